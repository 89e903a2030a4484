"""What came of the last queries over an index and its archive, for those who ask the same again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary, ref

from index.archive import Archive
from index.engines.contract import Engine

if TYPE_CHECKING:
    from search.find import Found


BYTES: Final = 6 * 2**20
"""What is remembered of an index takes no more, about: some three hundred queries."""

_QUERY: Final = 20_000
"""Bytes, about, of a query: what it was compiled to, and what was learned."""

_HIT: Final = 250
_VALUE: Final = 200
"""Bytes, about, of a hit, and of a value of a facet with its count."""


class Answered:
    """What came of queries, of one state of an index and an archive; threads may share it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = ref(archive)
        self._lock = Lock()
        self._state: Hashable = None
        self._known: OrderedDict[Hashable, tuple[Found, int]] = OrderedDict()
        self.nbytes = 0

    def is_of(self, archive: Archive) -> bool:
        """Whether it is of this archive."""
        return self._archive() is archive

    def get(self, state: Hashable, asked: Hashable) -> Found | None:
        """What came of this in this state, if that is remembered."""
        with self._lock:
            if self._state != state or asked not in self._known:
                return None
            self._known.move_to_end(asked)
            return self._known[asked][0]

    def put(self, state: Hashable, asked: Hashable, found: Found) -> None:
        """Remember what came of this in this state, and forget all of another."""
        size = _QUERY + _HIT * len(found.page.hits) + _VALUE * sum(map(len, found.page.facets.values()))
        with self._lock:
            if self._state != state:
                self._state, self.nbytes = state, 0
                self._known.clear()
            if asked not in self._known and size <= BYTES:
                self._known[asked] = (found, size)
                self.nbytes += size
            while self.nbytes > BYTES:
                self.nbytes -= self._known.popitem(last=False)[1][1]


_answered: WeakKeyDictionary[Engine, Answered] = WeakKeyDictionary()


def answered(engine: Engine, archive: Archive) -> Answered:
    """What came of queries over an engine and an archive."""
    known = _answered.get(engine)
    if known is None or not known.is_of(archive):
        known = _answered[engine] = Answered(archive)
    return known
