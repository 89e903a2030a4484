"""The timeline of a search: where its bars stand on the page, its table, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from flask import Blueprint, Response, request
from flask_babel import gettext, lazy_gettext

from index.engines.contract import DAY
from search.export import BYTE_ORDER_MARK
from search.results import Results
from search.service import search
from search.timeline import Bar, Span, Timeline, Unit, timeline
from search.totals import totals
from web.arabic import articles, is_dated, named, number
from web.asked import Asked, read
from web.data import data
from web.languages import direction
from web.links import days_url

UNITS: Final = {
    Unit.DAY: lazy_gettext("يوم"),
    Unit.WEEK: lazy_gettext("أسبوع"),
    Unit.MONTH: lazy_gettext("شهر"),
    Unit.YEAR: lazy_gettext("سنة"),
    Unit.DECADE: lazy_gettext("عقد"),
    Unit.CENTURY: lazy_gettext("قرن"),
}
"""What a bar stands for, in words."""

TICKS: Final = 5
"""Dates below the bars."""

GAP: Final = 0.16
"""How much of a bar's width is left free beside it."""

LOWEST: Final = 2.0
"""The height in percent of a bar that would be too low to be seen."""

SMALLEST: Final = 0.001
"""The smallest share that is written as a number."""

ISOLATED: Final = "\u2068{}\u2069"
"""A value that is read by itself, whatever the direction of the sentence that it stands in."""

_DATE_LENGTHS: Final = {Unit.DAY: 10, Unit.WEEK: 10, Unit.MONTH: 7}

blueprint = Blueprint("timeline", __name__)


@dataclass(frozen=True, slots=True)
class Column:
    """A bar as it is drawn and read. Lengths are percents of the drawing.

    Attributes:
        name: its days in words.
        value: how many articles, or which share.
        x, y, width, height: of the bar.
        left, reach: of the place that it has, which is as high as the drawing.
        url: the search narrowed to its days; None where there is nothing.
    """

    name: str
    value: str
    count: int
    x: str
    y: str
    width: str
    height: str
    left: str
    reach: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A date below the bars: where it stands, in percent, and on which side of that."""

    text: str
    x: str
    anchor: str
    is_minor: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A timeline as it stands on a page.

    Attributes:
        columns: its bars, in order of time.
        ticks: dates below them.
        top: what the highest bar stands for; `top_x` and `top_anchor` where that is written: where the
            reader's eye begins.
        summary: it all in a sentence.
        undated: how many articles have no date.
        units: what a bar could stand for, each with the search that has it so.
        starts: the first day of each bar, for scripts.
        last: the last day of the last.
        narrowed: the address that days are added to, for scripts.
    """

    unit: Unit
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    top: str
    top_x: str
    top_anchor: str
    summary: str
    undated: int
    units: tuple[tuple[Unit, Asked], ...]
    starts: str
    last: str
    narrowed: str


def drawn(found: Results, asked: Asked) -> Drawing | None:
    """The timeline of results; None where there are not two bars to compare."""
    made = made_of(found, asked)
    if len(made.bars) <= 1:
        return None
    back = replace(asked, page=1, first=None, last=None, unit=None)
    highest = max(_height(bar, asked) for bar in made.bars)
    columns = tuple(_columns(made, asked, highest or 1, days_url(back)))
    return Drawing(
        made.unit,
        columns,
        tuple(_ticks(made)),
        _percent(highest) if asked.share else number(int(highest)),
        "100%" if runs_right_to_left() else "0",
        "end" if runs_right_to_left() else "start",
        _summary(made, asked),
        made.undated,
        tuple((unit, replace(asked, unit=unit, page=1)) for unit in made.units),
        ",".join(bar.first.isoformat() for bar in made.bars),
        made.bars[-1].last.isoformat(),
        days_url(back)(date.min, date.max).partition("&from=")[0],
    )


def made_of(found: Results, asked: Asked) -> Timeline:
    """The timeline of results, in the unit that is asked for, with totals where shares are."""
    return timeline(
        found.facets.get(DAY, ()),
        found.total,
        chosen=(asked.first, asked.last),
        extent=extent(),
        unit=asked.unit,
        whole=totals(data().library(), asked.query()) if asked.share else None,
    )


def extent() -> Span:
    """The first and the last day that the archive has articles of."""
    summary = data().summary()
    first, last = (
        date.fromisoformat(day) if day and is_dated(day) else None for day in (summary.first, summary.last)
    )
    return first, last


@blueprint.get("/timeline.csv")
def table() -> Response:
    """The timeline of a search as CSV, the shares always with it."""
    asked, _ = read(request.args)
    asked = replace(asked, share=True, page=1)
    found = search(data().library(), replace(asked.query(), limit=0))
    answer = Response(BYTE_ORDER_MARK + written(made_of(found, asked)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="timeline.csv"'
    return answer


def written(made: Timeline) -> str:
    """A timeline as CSV: a line a bar, one for what is undated. Nothing in it was typed by anyone."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(("first", "last", "count", "all", "share"))
    for bar in made.bars:
        writer.writerow((bar.first, bar.last, bar.count, bar.whole, f"{bar.share:.6f}"))
    writer.writerow(("", "", made.undated, "", ""))
    return lines.getvalue()


def runs_right_to_left() -> bool:
    """Whether time runs as the page is read: from right to left in Arabic."""
    return direction() == "rtl"


def _height(bar: Bar, asked: Asked) -> float:
    return bar.share if asked.share else bar.count


def _columns(
    made: Timeline, asked: Asked, highest: float, url: Callable[[date, date], str]
) -> Iterator[Column]:
    reach = 100 / len(made.bars)
    for place, bar in enumerate(made.bars):
        left = 100 - reach * (place + 1) if runs_right_to_left() else reach * place
        height = max(LOWEST, 100 * _height(bar, asked) / highest) if bar.count else 0
        yield Column(
            named(bar.first, bar.last),
            value_of(bar, asked),
            bar.count,
            f"{left + reach * GAP / 2:.2f}%",
            f"{100 - height:.1f}%",
            f"{reach * (1 - GAP):.2f}%",
            f"{height:.1f}%",
            f"{left:.2f}%",
            f"{reach:.2f}%",
            url(bar.first, bar.last) if bar.count else None,
        )


def value_of(bar: Bar, asked: Asked) -> str:
    """What a bar says, in words."""
    return _percent(bar.share) if asked.share else articles(bar.count)


def _percent(share: float) -> str:
    if 0 < share < SMALLEST:
        return f"<{SMALLEST:.1%}"
    return f"{share:.1%}" if share < 1 else "100%"


def _ticks(made: Timeline) -> Iterator[Tick]:
    last = len(made.bars) - 1
    places = sorted({round(last * step / (TICKS - 1)) for step in range(TICKS)})
    length = _DATE_LENGTHS.get(made.unit, 4)
    for order, place in enumerate(places):
        at = (place + 0.5) * 100 / (last + 1)
        is_edge = place in (0, last)
        anchor = ("start" if place == 0 else "end") if is_edge else "middle"
        if is_edge:
            at = 0 if place == 0 else 100
        right_to_left = runs_right_to_left()
        yield Tick(
            made.bars[place].first.isoformat()[:length],
            f"{100 - at if right_to_left else at:.2f}%",
            {"start": "end", "end": "start"}.get(anchor, anchor) if right_to_left else anchor,
            not is_edge and order % 2 == 1,
        )


def _summary(made: Timeline, asked: Asked) -> str:
    best = max(made.bars, key=lambda bar: _height(bar, asked))
    text = gettext("أعلى حصة في {days}: {value}.") if asked.share else gettext("أكثرها في {days}: {value}.")
    return str(text).format(days=named(best.first, best.last), value=ISOLATED.format(value_of(best, asked)))
