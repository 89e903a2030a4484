"""The same as JSON, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask_babel import gettext

from index.archive import ArchiveError
from search.reading import read_article
from search.service import search
from web.asked import API_PARAMETERS, read, unknown
from web.data import data
from web.languages import say

blueprint = Blueprint("api", __name__)


class ReadableJSON(DefaultJSONProvider):
    """JSON with Arabic letters as they are, and names in the order in which they are given."""

    ensure_ascii = False
    sort_keys = False


class BadParameterError(Exception):
    """A parameter of the address is no good; the message says which and why."""


@blueprint.get("/api/search")
def search_json() -> Response:
    """Results, as `arshif search --json` prints them."""
    asked, problems = read(request.args, API_PARAMETERS)
    if wrong := [*problems, *unknown(request.args)]:
        raise BadParameterError(str(gettext("؛ ")).join(problem.reason for problem in wrong) + ".")
    found = search(data().library(), asked.query())
    return jsonify(found.to_json() | {"notices": [say(notice) for notice in found.notices]})


@blueprint.get("/api/article/<article:article_id>")
def article_json(article_id: str) -> Response:
    """One article whole, the words of the query told apart in its title and paragraphs."""
    found = read_article(data().library(), article_id, request.args.get("q", ""))
    if found is None:
        abort(404)
    return jsonify(asdict(found.article) | {"title_parts": found.title, "paragraphs": found.paragraphs})


@blueprint.get("/healthz")
def health() -> tuple[Response, int]:
    """Whether searches are answered, for whoever watches the server."""
    state = _health()
    return jsonify(state), 200 if state["error"] is None else 503


def _health() -> dict[str, Any]:
    try:
        library = data().library()
        articles, index = library.archive.count(), library.index_status()
    except ArchiveError as error:
        return {"status": "error", "error": str(error), "articles": None, "index": None}
    return {
        "status": "error" if index.problem else "ok" if index.up_to_date else "behind",
        "error": index.problem,
        "articles": articles,
        "index": {"engine": index.engine, "up_to_date": index.up_to_date, "pending": index.pending},
    }
