"""What was counted over all that matched, as a reader counts: by name, whatever its hamzas, and by time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Final, TypeAlias

from index.analysis import normalize
from index.engines.contract import DAY, MONTH, Engine, KeywordField, Request
from index.engines.query import Node
from index.library import Library
from search.filters import chosen, filters, without
from search.results import SearchQuery

Counts: TypeAlias = tuple[tuple[str, int], ...]
"""Values, each with how many articles have it."""

COUNTED: Final = (*(field.value for field in KeywordField), DAY)
"""What an engine is asked to count."""

NAMES_REMEMBERED: Final = 100_000


@lru_cache(NAMES_REMEMBERED)
def same(name: str) -> str:
    """What two names have in common that are taken for one: they differ by hamzas, case and the like."""
    return normalize(name)


def tidy(counted: Mapping[str, Counts]) -> dict[str, Counts]:
    """What an engine counted, names that are taken for one counted as one, and months made of days.

    A name is written as most articles write it. `filters` confines a search to all of its ways, so that a
    value has as many hits as is said here.
    """
    found = {field.value: merged(counted.get(field.value, ())) for field in KeywordField}
    days = counted.get(DAY, ())
    return {**found, MONTH: months(days), DAY: days}


def merged(counts: Counts) -> Counts:
    """Counts by name, highest first; those of names that are taken for one added up under the first."""
    keys = [same(name) for name, _ in counts]
    several = {key for key, ways in Counter(keys).items() if ways > 1}
    if not several:
        return counts
    rows: list[tuple[str, int] | None] = [*counts]
    first: dict[str, int] = {}
    for place in [place for place, key in enumerate(keys) if key in several]:
        at = first.setdefault(keys[place], place)
        if at != place:
            name, count = rows[at] or counts[at]
            rows[at], rows[place] = (name, count + counts[place][1]), None
    return tuple(sorted(filter(None, rows), key=itemgetter(1), reverse=True))


def months(days: Counts) -> Counts:
    """Counts by month, `YYYY-MM`, of counts by day, in order of time."""
    totals: Counter[str] = Counter()
    for day, count in days:
        totals[day[:7]] += count
    return tuple(totals.items())


def missing(counts: Counts, total: int) -> int:
    """How many of all articles have no value."""
    return total - sum(count for _, count in counts)


def others(library: Library, engine: Engine, node: Node, asked: SearchQuery) -> dict[str, Counts]:
    """For each field whose names a search is confined to: what it has beside those, to choose from.

    Args:
        library: which names there are.
        engine: what is asked.
        node: what must match.
        asked: the search; only what it is confined to is looked at.
    """
    return {
        field.value: _unconfined(library, engine, node, without(asked, field), field)
        for field in KeywordField
        if chosen(asked, field)
    }


def _unconfined(
    library: Library, engine: Engine, node: Node, asked: SearchQuery, field: KeywordField
) -> Counts:
    request = Request(node, filters=filters(library, asked, []), limit=0, facets=(field.value,))
    return merged(engine.search(request).facets[field.value])
