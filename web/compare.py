"""Several queries over time in one drawing: as a page, as a drawing to keep, as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext, lazy_gettext

from index.record import record, replace
from search.compare import FEWEST, MOST, Compared, Comparison, compare
from search.export import BYTE_ORDER_MARK, cell
from search.results import QueryRefusedError
from web.arabic import named, number
from web.asked import Asked
from web.axis import UNITS, value_of
from web.chart import WIDTH, Chart, charts
from web.data import data
from web.facets import narrowings
from web.languages import say
from web.links import days_url, search_url
from web.parameters import PAGE_PARAMETERS, Problem, read, shortened
from web.programs import refuse
from web.timeline import extent
from web.typed import out_of_field

LISTED_SOURCES: Final = 40
"""Sources that can be chosen from a list."""

NOTHING: Final = Compared((), ())

EXAMPLE: Final = ("النفط", "الغاز")

_NOT_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

TOO_FEW: Final = lazy_gettext("اكتب استعلامين على الأقل للمقارنة بينهما.")
TOO_MANY: Final = lazy_gettext("تُقارَن خمسة استعلامات على الأكثر، وفي العنوان {count}.")
EMPTY: Final = lazy_gettext("تُركت خانات فارغة ولم يبق للمقارنة إلا استعلام واحد. اكتب استعلامًا آخر.")
BY_REASON: Final = lazy_gettext("«{value}» ليس source في «{name}»")
BY_INSTEAD: Final = lazy_gettext("فعُرضت المصادر معًا")

COMPARE_PARAMETERS: Final = (*PAGE_PARAMETERS, "by")
"""What a comparison as a file may be asked for once."""

blueprint = Blueprint("compare", __name__)


@record
class AskedComparison:
    """A comparison as an address has it.

    Attributes:
        queries: as typed, each once, without empty ones.
        asked: what all of them are confined to, and what the drawing shows.
        by_source: whether each source has a drawing of its own.
        blank: how many empty queries the address has.
    """

    queries: tuple[str, ...]
    asked: Asked
    by_source: bool = False
    blank: int = 0

    def parameters(self) -> dict[str, Any]:
        """Of the address of this comparison."""
        written = {**replace(self.asked, page=1).parameters(), "q": list(self.queries)}
        written.pop("sort", None)
        return {**written, "by": "source"} if self.by_source else written

    def showing(self, **changed: Any) -> AskedComparison:  # noqa: ANN401 - attributes of `Asked`
        """The same queries, shown otherwise."""
        return replace(self, asked=replace(self.asked, **changed))

    def each(self) -> list[Asked]:
        """Its searches, as the page of results has them."""
        return [replace(self.asked, text=text, unit=None, share=False, page=1) for text in self.queries]

    def refusal(self) -> str | None:
        """Why there is nothing to compare, and what to do; None where there is."""
        if len(self.queries) > MOST:
            return str(TOO_MANY).format(count=len(self.queries))
        if len(self.queries) >= FEWEST:
            return None
        return str(EMPTY if self.queries and self.blank else TOO_FEW)


@record
class Row:
    """The days of a bar, and of each line what it says and where the articles are."""

    days: str
    cells: tuple[tuple[str, str | None], ...]


@blueprint.get("/compare")
def page() -> str:
    """The form and, for two to five queries, the drawing with its table."""
    wanted, problems = _read()
    refusal = wanted.refusal()
    if refusal is None:
        try:
            return _page(wanted, problems, _compared(wanted))
        except QueryRefusedError as refused:
            refusal = say(str(refused))
    if "q" not in request.args:
        return _page(wanted, problems, NOTHING)
    return _page(wanted, problems, NOTHING, refusal)


@blueprint.get("/compare.svg")
def drawing() -> Response:
    """The drawing alone, with all that it needs to be read elsewhere."""
    wanted, made = _strictly()
    names = [_NOT_XML.sub("", text) for text in wanted.queries]
    drawn = render_template(
        "compare.svg", wanted=wanted, names=names, charts=_charts(wanted, made, names), **_around(made)
    )
    return _file(drawn, "image/svg+xml", "compare.svg")


@blueprint.get("/compare.csv")
def table() -> Response:
    """A line for each query, source and bar."""
    wanted, made = _strictly()
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(("query", "source", "first", "last", "count", "all", "share"))
    for each in made.comparisons:
        for text, line in zip(wanted.queries, each.lines, strict=True):
            about = (cell(text), cell(each.source or ""))
            for bar in line.bars:
                writer.writerow((*about, bar.first, bar.last, bar.count, bar.whole, f"{bar.share:.6f}"))
            writer.writerow((*about, "", "", line.undated, "", ""))
    return _file(BYTE_ORDER_MARK + lines.getvalue(), "text/csv", "compare.csv")


def compare_url(wanted: AskedComparison, kind: str = "page") -> str:
    """The address of a comparison: its `page`, its `drawing` or its `table`."""
    return url_for(f"compare.{kind}", **wanted.parameters())


def _read() -> tuple[AskedComparison, list[Problem]]:
    asked, problems = read(request.args)
    typed = [out_of_field(text).strip() for text in request.args.getlist("q")]
    by = request.args.get("by", "").strip()
    if by not in ("", "source"):
        reason = str(BY_REASON).format(value=shortened(by), name="by")
        problems = [*problems, Problem(reason, str(BY_INSTEAD), "by")]
    queries = tuple(dict.fromkeys(filter(None, typed)))
    return AskedComparison(queries, replace(asked, text=""), by == "source", typed.count("")), problems


def _strictly() -> tuple[AskedComparison, Compared]:
    """What is asked for as a file; refused where there is nothing to compare, or a query twice."""
    wanted, problems = _read()
    refuse([*problems, *_idle(wanted)], COMPARE_PARAMETERS)
    if refusal := wanted.refusal():
        raise QueryRefusedError(refusal)
    return wanted, _compared(wanted)


def _idle(wanted: AskedComparison) -> Iterator[Problem]:
    """Queries that are empty or the same as another, which only a form may have."""
    if wanted.refusal() is None and len(request.args.getlist("q")) > len(wanted.queries):
        yield Problem(str(gettext("في «q» استعلام فارغ أو مكرر")), "", "q")


def _compared(wanted: AskedComparison) -> Compared:
    return compare(
        data().library(),
        [each.query() for each in wanted.each()],
        unit=wanted.asked.unit,
        extent=extent(),
        by_source=wanted.by_source,
    )


def _charts(wanted: AskedComparison, made: Compared, names: Sequence[str]) -> list[Chart]:
    return charts(made.comparisons, names, share=wanted.asked.share)


def _around(made: Compared) -> Mapping[str, Any]:
    """What stands around the drawings."""
    bars = next((each.bars for each in made.comparisons if each.bars), ())
    return {
        "width": WIDTH,
        "days": named(bars[0].first, bars[-1].last) if bars else "",
        "totals": made.totals,
        "left_out": made.left_out,
    }


def _page(
    wanted: AskedComparison, problems: list[Problem], made: Compared, refusal: str | None = None
) -> str:
    first = next((each for each in made.comparisons if each.bars), None)
    return render_template(
        "compare.html",
        asked=Asked(),
        wanted=wanted,
        fields=_fields(wanted.queries),
        example=compare_url(AskedComparison(EXAMPLE, Asked())),
        notices=[*([refusal] if refusal else []), *map(str, problems)],
        narrowings=narrowings(wanted.asked),
        sources=[name for name, _ in data().summary().sources[:LISTED_SOURCES]],
        searches=[search_url(each) for each in wanted.each()],
        made=made,
        charts=_charts(wanted, made, wanted.queries),
        tables=[(each.source, tuple(_rows(wanted, each))) for each in made.comparisons if each.bars],
        unit=first and first.unit,
        units={unit: UNITS[unit] for unit in first.units} if first else {},
        compare_url=compare_url,
        **_around(made),
    )


def _fields(queries: tuple[str, ...]) -> tuple[str, ...]:
    """What stands in the fields of the form: as many as can be compared."""
    return (queries + ("",) * MOST)[:MOST]


def _rows(wanted: AskedComparison, made: Comparison) -> Iterator[Row]:
    sources = (made.source,) if made.source else wanted.asked.sources
    urls = [days_url(replace(each, sources=sources, first=None, last=None)) for each in wanted.each()]
    for bars in zip(*(line.bars for line in made.lines), strict=True):
        first, last = bars[0].first, bars[0].last
        yield Row(
            named(first, last),
            tuple(
                (
                    value_of(bar, share=True) if wanted.asked.share else number(bar.count),
                    url(first, last) if bar.count else None,
                )
                for bar, url in zip(bars, urls, strict=True)
            ),
        )


def _file(text: str, mimetype: str, name: str) -> Response:
    answer = Response(text, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
