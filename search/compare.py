"""Several searches over the same time: a line each, of the same days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from index.engines.contract import DAY, KeywordField
from index.library import Library
from index.record import record, replace
from search.ahead import latest
from search.facets import Counts
from search.results import Match, Results, SearchQuery
from search.service import search
from search.timeline import Bar, Span, Timeline, Unit, timeline
from search.totals import totals

FEWEST: Final = 2
MOST: Final = 5
"""Searches of one comparison: so many lines can still be told apart."""

MOST_SOURCES: Final = 6
"""Sources that are compared each by itself: those that most of the articles found are of."""


@record
class Line:
    """One search: how many articles it finds, and how many of which days."""

    asked: SearchQuery
    total: int
    undated: int
    bars: tuple[Bar, ...]


@record
class Comparison:
    """Lines over the same bars.

    Attributes:
        source: the one source that all are confined to; None where they are not.
        unit: what a bar stands for.
        units: what it could be.
        lines: in the order in which they were asked for.
    """

    source: str | None
    unit: Unit
    units: tuple[Unit, ...]
    lines: tuple[Line, ...]

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars of the first line: the days of all of them."""
        return self.lines[0].bars


@record
class Compared:
    """What came of searches over the same time.

    Attributes:
        totals: how many articles each finds, in all sources that it is confined to.
        comparisons: one, or one for each source.
        left_out: how many sources have no comparison of their own though something of them was found.
    """

    totals: tuple[int, ...]
    comparisons: tuple[Comparison, ...]
    left_out: int = 0


def compare(
    library: Library,
    queries: Sequence[SearchQuery],
    *,
    unit: Unit | None = None,
    extent: Span = (None, None),
    by_source: bool = False,
) -> Compared:
    """Searches over the same time, together, or once for each source that has most of what they find.

    Args:
        library: what is searched.
        queries: `FEWEST` to `MOST` searches, confined alike.
        unit: what a bar stands for, as in `timeline`.
        extent: the days that the archive has articles of.
        by_source: whether each source is compared by itself; all then have the same bars.

    Raises:
        QueryRefusedError: a query is too long.
        IndexMissingError, IndexOutdatedError, EngineError, ArchiveError: the data can't be searched.
    """
    found = [search(library, replace(each, limit=0)) for each in queries]
    days = _days(found)
    all_found = tuple(each.total for each in found)
    if not by_source:
        return Compared(all_found, (_together(library, queries, found, days, None, unit, extent),))
    sources = _sources(found)
    made = []
    for source in sources[:MOST_SOURCES]:
        narrowed = [
            replace(asked, sources=(source,), match=_as_found(asked, each))
            for asked, each in zip(queries, found, strict=True)
        ]
        of_source = [search(library, replace(each, limit=0)) for each in narrowed]
        made.append(_together(library, narrowed, of_source, days, source, unit, extent))
    return Compared(all_found, tuple(made), len(sources) - len(made))


def _together(  # noqa: PLR0913, PLR0917 - all that a comparison is made of
    library: Library,
    queries: Sequence[SearchQuery],
    found: Sequence[Results],
    days: Counts,
    source: str | None,
    unit: Unit | None,
    extent: Span,
) -> Comparison:
    whole = totals(library, queries[0])
    drawn = [
        timeline(
            each.facets[DAY],
            each.total,
            chosen=(asked.first, asked.last),
            extent=extent,
            unit=unit,
            whole=whole,
            besides=days,
            until=latest(asked.today),
        )
        for asked, each in zip(queries, found, strict=True)
    ]
    lines = tuple(_line(*each) for each in zip(queries, found, drawn, strict=True))
    return Comparison(source, drawn[0].unit, drawn[0].units, lines)


def _as_found(asked: SearchQuery, found: Results) -> Match:
    """How many of its words a search looked for in the end: one source must not be searched for fewer."""
    return Match.ANY if found.relaxed or asked.match is Match.ANY else Match.EVERY


def _line(asked: SearchQuery, found: Results, drawn: Timeline) -> Line:
    return Line(asked, found.total, drawn.undated + drawn.ahead, drawn.bars)


def _days(found: Iterable[Results]) -> Counts:
    """All days of all of them."""
    return tuple(dict.fromkeys(chain.from_iterable(each.facets[DAY] for each in found)))


def _sources(found: Iterable[Results]) -> list[str]:
    """The sources that most of what was found is of, the first first."""
    counts: dict[str, int] = {}
    for each in found:
        for name, count in each.facets[KeywordField.SOURCE]:
            counts[name] = counts.get(name, 0) + count
    return sorted(counts, key=lambda name: (-counts[name], name))
