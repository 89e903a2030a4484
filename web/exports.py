"""All results of a search as a file: JSON Lines, or CSV for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final

from flask import Blueprint, Response, stream_with_context, url_for
from flask.blueprints import BlueprintSetupState

from index.record import record
from search.export import BYTE_ORDER_MARK, MAX_ROWS, Row, csv_lines, export, json_lines, rows
from web.asked import Asked
from web.data import data
from web.programs import asked_whole, without_paging

blueprint = Blueprint("exports", __name__)


@record
class Format:
    """A kind of file: what it is called on the web, and how it is written."""

    mimetype: str
    write: Callable[[Iterable[Row]], Iterator[str]]
    before: str = ""


FORMATS: Final = {
    "csv": Format("text/csv; charset=utf-8; header=present", csv_lines, BYTE_ORDER_MARK),
    "jsonl": Format("application/jsonl", json_lines),
}
"""By the ending of the name."""


@blueprint.get("/export.csv")
def csv() -> Response:
    """The results of a search as a table."""
    return _file("csv")


@blueprint.get("/export.jsonl")
def jsonl() -> Response:
    """The results of a search, one JSON object a line."""
    return _file("jsonl")


def export_url(kind: str, asked: Asked) -> str:
    """The address of the file of a search."""
    return url_for(f"exports.{kind}", **without_paging(asked))


@blueprint.record_once
def _let_templates_link(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(export_url=export_url, most_rows=MAX_ROWS)


def _file(kind: str) -> Response:
    """The results, in the order of the pages: at most `MAX_ROWS`; where there are more, its name says so."""
    written = FORMATS[kind]
    found = export(data().library(), asked_whole().query())
    lines = chain([written.before], written.write(rows(found.hits)))
    answer = Response(stream_with_context(lines), content_type=written.mimetype)
    cut = f"-first-{MAX_ROWS}-of-{found.total}" if found.is_cut else ""
    answer.headers["Content-Disposition"] = f'attachment; filename="arshif{cut}.{kind}"'
    answer.headers["Arshif-Total"] = str(found.total)
    answer.headers["Arshif-Cut"] = str(int(found.is_cut))
    return answer
