"""The concordance of a query as a page, and its lines as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext, lazy_gettext

from index.record import record, replace
from search.export import BYTE_ORDER_MARK, csv_lines, json_lines
from search.kwic import (
    FIELDS,
    LINES,
    MAX_LINES,
    MAX_WORDS,
    WORDS,
    Concordance,
    KwicLine,
    KwicOrder,
    KwicQuery,
    kwic,
)
from search.notices import is_few, is_of_hundreds
from search.results import Order, QueryRefusedError
from web.arabic import number
from web.asked import Asked
from web.data import data
from web.facets import narrowings
from web.kept import kept
from web.languages import say
from web.links import article_url
from web.paging import paging
from web.parameters import PAGE_PARAMETERS, Parameters, Problem, read, shortened
from web.programs import refuse

ORDERS: Final = {
    KwicOrder.RELEVANCE: lazy_gettext("الأوثق صلة"),
    KwicOrder.BEFORE: lazy_gettext("الكلمة السابقة"),
    KwicOrder.AFTER: lazy_gettext("الكلمة التالية"),
    KwicOrder.KEYWORD: lazy_gettext("الكلمة نفسها"),
    KwicOrder.NEWEST: lazy_gettext("الأحدث"),
    KwicOrder.OLDEST: lazy_gettext("الأقدم"),
    KwicOrder.SOURCE: lazy_gettext("المصدر"),
}
"""What each order is called."""

PARAMETERS: Final[Parameters] = {
    name: parameter for name, parameter in PAGE_PARAMETERS.items() if name != "sort"
}
LINE_PARAMETERS: Final = (*PAGE_PARAMETERS, "words")
"""What a concordance as a file may be asked for once."""

NEAREST: Final = 3
"""Words on each side by which a browser finds the place in the article."""

FILES: Final = {"csv": "text/csv; charset=utf-8; header=present", "jsonl": "application/jsonl"}

blueprint = Blueprint("concordance", __name__)


@record
class AskedLines:
    """A concordance as an address has it.

    Attributes:
        asked: the search.
        words: on each side of a keyword.
    """

    asked: Asked
    order: KwicOrder = KwicOrder.RELEVANCE
    words: int = WORDS

    def query(self, limit: int = LINES) -> KwicQuery:
        """What `search.kwic` is asked for: a page of lines, or the first of all."""
        offset = (self.asked.page - 1) * limit
        return KwicQuery(self.asked.query(), self.order, self.words, limit, offset)

    def parameters(self) -> dict[str, Any]:
        """Of its address; what is as usual is left out."""
        written = {name: value for name, value in self.asked.parameters().items() if name != "sort"}
        if self.order is not KwicOrder.RELEVANCE:
            written["sort"] = self.order.value
        if self.words != WORDS:
            written["words"] = str(self.words)
        return written

    def by(self, order: KwicOrder) -> AskedLines:
        """The same lines in another order, from the first."""
        return replace(self, order=order, asked=replace(self.asked, page=1))

    def on_page(self, page: int) -> AskedLines:
        """Another page of the same lines."""
        return replace(self, asked=replace(self.asked, page=page))

    def of(self, asked: Asked) -> AskedLines:
        """The lines of another search."""
        return replace(self, asked=asked)


@blueprint.get("/concordance")
@kept
def lines() -> str:
    """Every occurrence in its line, fifty a page."""
    asked, problems = _read()
    try:
        found = kwic(data().library(), asked.query()) if asked.asked.has_words else None
    except QueryRefusedError as refusal:
        return render_template("refused.html", asked=asked.asked, refusal=say(refusal.args[0]))
    told = [say(notice) for notice in found.notices] if found else []
    return render_template(
        "concordance.html",
        asked=asked.asked,
        lines=asked,
        found=found,
        total=_total(found) if found else "",
        notices=[*map(str, problems), *told],
        narrowings=narrowings(asked.asked),
        paging=paging(found.total if found else 0, asked.asked.page, LINES),
        orders=ORDERS,
        most_words=MAX_WORDS,
    )


@blueprint.get("/concordance.csv")
def csv() -> Response:
    """The lines as a table for a spreadsheet."""
    return _file("csv")


@blueprint.get("/concordance.jsonl")
def jsonl() -> Response:
    """The lines, one JSON object each."""
    return _file("jsonl")


def concordance_url(asked: AskedLines | Asked) -> str:
    """The address of a concordance, or of that of a search."""
    return url_for("concordance.lines", **_lines(asked).parameters())


def file_url(kind: str, asked: AskedLines) -> str:
    """The address of all its lines as a file."""
    return url_for(f"concordance.{kind}", **asked.on_page(1).parameters())


def place_url(line: KwicLine, asked: AskedLines) -> str:
    """The address of an article where a line stands in it.

    A browser finds the place by its words (WICG, Scroll to Text Fragment); others show the beginning.
    """
    address = article_url(line.article.id, asked.asked)
    if line.field == "title":
        return address
    before = line.text.before.rpartition("\n")[2].split()[-NEAREST:]
    after = line.text.after.partition("\n")[0].split()[:NEAREST]
    keyword = _directive(line.text.keyword.split())
    prefix = f"{_directive(before)}-," if before else ""
    suffix = f",-{_directive(after)}" if after else ""
    return f"{address}#:~:text={prefix}{keyword}{suffix}"


@blueprint.record_once
def _let_templates_link(state: Any) -> None:  # noqa: ANN401 - Flask's
    state.app.jinja_env.globals.update(
        concordance_url=concordance_url, concordance_file_url=file_url, place_url=place_url
    )


def _file(kind: str) -> Response:
    """All lines that were found, in the order of the page; nothing is left out without being said."""
    asked, problems = _read()
    refuse(problems, LINE_PARAMETERS)
    found = kwic(data().library(), asked.on_page(1).query(limit=MAX_LINES))
    answer = Response(_written(kind, found.lines), content_type=FILES[kind])
    cut = f"-{found.looked}-of-{found.matching}-articles" if found.is_cut else ""
    answer.headers["Content-Disposition"] = f'attachment; filename="arshif-concordance{cut}.{kind}"'
    return answer


def _written(kind: str, found: Iterable[KwicLine]) -> Iterator[str]:
    rows = (line.row() for line in found)
    if kind == "jsonl":
        yield from json_lines(rows)
        return
    yield BYTE_ORDER_MARK
    yield from csv_lines(rows, FIELDS)


def _read() -> tuple[AskedLines, list[Problem]]:
    asked, problems = read(request.args, PARAMETERS)
    order, words = KwicOrder.RELEVANCE, WORDS
    if sort := request.args.get("sort", "").strip():
        if sort in tuple(KwicOrder):
            order = KwicOrder(sort)
        elif sort not in tuple(Order):  # one that only articles have is that of relevance
            problems.append(_problem("sort", sort, ", ".join(KwicOrder)))
    if text := request.args.get("words", "").strip():
        if text.isdecimal() and int(text[:9]) <= MAX_WORDS:
            words = int(text[:9])
        else:
            problems.append(_problem("words", text, f"0-{MAX_WORDS}"))
    return AskedLines(asked, order, words), problems


def _problem(name: str, value: str, allowed: str) -> Problem:
    reason = gettext("«{value}» ليس في «{name}» من {allowed}")
    return Problem(reason.format(value=shortened(value), name=name, allowed=allowed), gettext("فأُهمل"), name)


def _lines(asked: AskedLines | Asked) -> AskedLines:
    return asked if isinstance(asked, AskedLines) else AskedLines(replace(asked, page=1))


def _total(found: Concordance) -> str:
    """How many occurrences in how many articles, as the grammar of the language wants it."""
    places, articles = _counted(found.total, _PLACES), _counted(found.looked, _ARTICLES)
    return str(gettext("{places} في {articles}")).format(places=places, articles=articles)


_PLACES: Final = (
    lazy_gettext("موضع واحد"),
    lazy_gettext("موضعان"),
    lazy_gettext("{number} مواضع"),
    lazy_gettext("{number} موضعًا"),
    lazy_gettext("{number} موضع"),
)
_ARTICLES: Final = (
    lazy_gettext("مقالة واحدة"),
    lazy_gettext("مقالتين"),
    lazy_gettext("{number} مقالات"),
    lazy_gettext("{number} مقالة"),
    lazy_gettext("{number} مقالة"),
)
"""After a number of 1, 2, 3 to 10, 11 to 99, and of whole hundreds."""


def _counted(count: int, nouns: tuple[Any, ...]) -> str:
    if count in (1, 2):
        return str(nouns[count - 1])
    place = 2 if is_few(count) else 4 if is_of_hundreds(count) else 3
    return str(nouns[place]).format(number=number(count))


def _directive(words: Iterable[str]) -> str:
    """Words as a text directive has them: its own signs, the hyphen among them, are escaped."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
