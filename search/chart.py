"""A timeline as a row of blocks, as many as fit on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from search import notices
from search.ahead import latest
from search.layout import DOT, Line, Look, Span, Way, line
from search.messages import Message
from search.results import Results
from search.timeline import Bar, Unit, fitting, timeline
from search.translation import AS_WRITTEN, Translator

BLOCKS: Final = "▁▂▃▄▅▆▇█"
NONE: Final = "·"
"""Where there is nothing: a space would hide how long it is."""

BESIDE: Final = 2 * len("2019-02-17 ")
"""Columns of the first and the last day."""

FEWEST: Final = 10
"""Blocks, however narrow the screen is."""

UNITS: Final = {
    Unit.DAY: Message("بالأيام"),
    Unit.WEEK: Message("بالأسابيع"),
    Unit.MONTH: Message("بالأشهر"),
    Unit.YEAR: Message("بالسنوات"),
    Unit.DECADE: Message("بالعقود"),
    Unit.CENTURY: Message("بالقرون"),
}
_SHOWN: Final = {Unit.MONTH: len("2019-02"), Unit.YEAR: len("2019"), Unit.DECADE: 4, Unit.CENTURY: 4}
"""How much of its first day names a bar."""


def blocks(counts: Sequence[int]) -> str:
    """Counts as blocks, as high as their share of the highest; one that is not 0 can be seen."""
    highest = max(counts, default=0)
    return "".join(BLOCKS[(count * len(BLOCKS) - 1) // highest] if count else NONE for count in counts)


def chart(
    results: Results,
    first: date | None,
    last: date | None,
    width: int,
    translator: Translator = AS_WRITTEN,
) -> tuple[Line, ...]:
    """When the articles that matched were published; nothing where that is one moment.

    Args:
        results: what was found.
        first: what the search is confined to, its first day.
        last: its last.
        width: the columns of the screen.
        translator: of what is said of it.
    """
    days = results.facets.get("day", ())
    bars = _bars(days, results.total, (first, last), max(width - BESIDE, FEWEST))
    if bars is None:
        return ()
    unit, row = bars
    peak = max(row, key=lambda bar: bar.count)
    drawn = (
        Span(_name(row[0].first, unit), Look.DETAIL, Way.LEFT_TO_RIGHT),
        Span(" "),
        Span(blocks([bar.count for bar in row]), Look.CHART),
        Span(" "),
        Span(_name(row[-1].first, unit), Look.DETAIL, Way.LEFT_TO_RIGHT),
    )
    most = Message("أكثرها {articles} في", articles=notices.articles(peak.count))
    told = (
        Span(translator.say(UNITS[unit]), Look.DETAIL),
        DOT,
        Span(translator.say(most) + " ", Look.DETAIL),
        Span(_name(peak.first, unit), Look.DETAIL, Way.LEFT_TO_RIGHT),
    )
    return (line(drawn, translator), line(told, translator))


def _bars(
    days: Sequence[tuple[str, int]], total: int, chosen: tuple[date | None, date | None], most: int
) -> tuple[Unit, tuple[Bar, ...]] | None:
    made = timeline(tuple(days), total, chosen=chosen, until=latest())
    if len(made.bars) > most:
        unit = fitting(made.bars[0].first, made.bars[-1].last, most)
        made = timeline(tuple(days), total, chosen=chosen, unit=unit, until=latest())
    return (made.unit, made.bars) if len(made.bars) > 1 else None


def _name(day: date, unit: Unit) -> str:
    return day.isoformat()[: _SHOWN.get(unit)]
