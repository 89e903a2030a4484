"""The same as JSON, for programs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from flask.json.provider import DefaultJSONProvider

from index.archive import ArchiveError
from index.record import as_dict
from search.reading import read_article
from search.service import search
from web.absolute import absolute
from web.data import data
from web.kept import kept
from web.languages import language, say
from web.paging import neighbours
from web.programs import ARTICLE_PARAMETERS, asked_exactly, without_paging

blueprint = Blueprint("api", __name__)


class ReadableJSON(DefaultJSONProvider):
    """JSON with Arabic letters as they are, and names in the order in which they are given."""

    ensure_ascii = False
    sort_keys = False


@blueprint.get("/api/search")
@kept
def search_json() -> Response:
    """Results, as `arshif search --json` prints them; its headers say where those before and after are."""
    asked = asked_exactly()
    query = asked.query()
    found = search(data().library(), query)
    answer = jsonify(found.to_json(say, language()))
    for name, offset in neighbours(found.total, query.limit, query.offset).items():
        values = without_paging(asked) | {"limit": query.limit, "offset": offset}
        address = absolute("api.search_json", **values, lang=request.args.get("lang"))
        answer.headers.add("Link", f'<{address}>; rel="{name}"')
    return answer


@blueprint.get("/api/article/<article:article_id>")
def article_json(article_id: str) -> Response:
    """One article whole, the words of the query told apart in its title and paragraphs."""
    asked = asked_exactly(ARTICLE_PARAMETERS)
    found = read_article(data().library(), article_id, asked.text, expand=asked.expand)
    if found is None:
        abort(404)
    return jsonify(as_dict(found.article) | {"title_parts": found.title, "paragraphs": found.paragraphs})


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
