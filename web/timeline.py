"""The timeline of a search: where its bars stand on the page, its table, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from flask import Blueprint, Response
from flask_babel import gettext

from index.engines.contract import DAY
from index.record import record, replace
from search.ahead import latest
from search.export import BYTE_ORDER_MARK
from search.results import Results
from search.service import search
from search.timeline import Span, Timeline, Unit, timeline
from search.totals import totals
from web.arabic import is_dated, named, number
from web.asked import Asked
from web.axis import Tick, height_of, percent, runs_right_to_left, ticks, value_of
from web.data import data
from web.links import days_url
from web.programs import asked_whole

GAP: Final = 0.16
"""How much of a bar's width is left free beside it."""

LOWEST: Final = 2.0
"""The height in percent of a bar that would be too low to be seen."""

ISOLATED: Final = "\u2068{}\u2069"
"""A value that is read by itself, whatever the direction of the sentence that it stands in."""

blueprint = Blueprint("timeline", __name__)


@record
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


@record
class Drawing:
    """A timeline as it stands on a page.

    Attributes:
        columns: its bars, in order of time.
        ticks: dates below them.
        top: what the highest bar stands for; `top_x` and `top_anchor` where that is written: where the
            reader's eye begins.
        summary: it all in a sentence.
        undated: how many articles have no date.
        ahead: how many have one that is still to come.
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
    ahead: int
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
    highest = max(height_of(bar, share=asked.share) for bar in made.bars)
    columns = tuple(_columns(made, asked, highest or 1, days_url(back)))
    return Drawing(
        made.unit,
        columns,
        tuple(ticks(made.bars, made.unit)),
        percent(highest) if asked.share else number(int(highest)),
        "100%" if runs_right_to_left() else "0",
        "end" if runs_right_to_left() else "start",
        _summary(made, asked),
        made.undated,
        made.ahead,
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
        until=latest(),
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
    asked = replace(asked_whole(), share=True)
    found = search(data().library(), replace(asked.query(), limit=0))
    answer = Response(BYTE_ORDER_MARK + written(made_of(found, asked)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="timeline.csv"'
    return answer


def written(made: Timeline) -> str:
    """A timeline as CSV: a line a bar, one for what is undated, one for dates to come. No one typed any."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(("first", "last", "count", "all", "share"))
    for bar in made.bars:
        writer.writerow((bar.first, bar.last, bar.count, bar.whole, f"{bar.share:.6f}"))
    writer.writerow(("", "", made.undated, "", ""))
    if made.ahead:
        writer.writerow((latest() + timedelta(1), "", made.ahead, "", ""))
    return lines.getvalue()


def _columns(
    made: Timeline, asked: Asked, highest: float, url: Callable[[date, date], str]
) -> Iterator[Column]:
    reach = 100 / len(made.bars)
    for place, bar in enumerate(made.bars):
        left = 100 - reach * (place + 1) if runs_right_to_left() else reach * place
        height = max(LOWEST, 100 * height_of(bar, share=asked.share) / highest) if bar.count else 0
        yield Column(
            named(bar.first, bar.last),
            value_of(bar, share=asked.share),
            bar.count,
            f"{left + reach * GAP / 2:.2f}%",
            f"{100 - height:.1f}%",
            f"{reach * (1 - GAP):.2f}%",
            f"{height:.1f}%",
            f"{left:.2f}%",
            f"{reach:.2f}%",
            url(bar.first, bar.last) if bar.count else None,
        )


def _summary(made: Timeline, asked: Asked) -> str:
    best = max(made.bars, key=lambda bar: height_of(bar, share=asked.share))
    text = gettext("أعلى حصة في {days}: {value}.") if asked.share else gettext("أكثرها في {days}: {value}.")
    return str(text).format(
        days=named(best.first, best.last), value=ISOLATED.format(value_of(best, share=asked.share))
    )
