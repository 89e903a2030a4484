"""How many articles there are of each day, whatever they say: what a share is a share of."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final
from weakref import WeakKeyDictionary

from index.engines.contract import DAY, Engine, Request
from index.engines.query import Everything, Node
from index.library import Library
from index.record import field, record
from search.facets import Counts
from search.filters import name_filters
from search.results import SearchQuery

REMEMBERED: Final = 64
"""Choices of sources, authors and categories whose counts are remembered; then all are forgotten."""


@record
class _Memory:
    """What was counted over one state of an index, by what it was confined to."""

    state: Hashable
    counts: dict[tuple[Node, ...], Counts] = field(default_factory=dict)


_memories: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()


def totals(library: Library, asked: SearchQuery) -> Counts:
    """How many articles there are of each day, of the sources, authors and categories of a search.

    Counted once for each state of the index.

    Raises:
        IndexMissingError, IndexOutdatedError, EngineError, ArchiveError: the data can't be searched.
    """
    confined = name_filters(library, asked, [])
    with library.searching() as engine:
        state = engine.state()
        memory = _memories.get(engine)
        if memory is None or memory.state != state or len(memory.counts) >= REMEMBERED:
            memory = _memories[engine] = _Memory(state)
        if confined not in memory.counts:
            request = Request(Everything(), filters=confined, limit=0, facets=(DAY,))
            memory.counts[confined] = engine.search(request).facets[DAY]
        return memory.counts[confined]
