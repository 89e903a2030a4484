"""An index as it was at one commit: all its segments as one sequence of documents.

What is read here is read from bytes that never change, so that threads may share a snapshot without a lock.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from itertools import accumulate, repeat
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.engines.contract import DAY, MONTH
from index.engines.files import reading
from index.engines.scoring.cache import Cache, Key, Sized
from index.engines.scoring.found import Numbers, Reals
from index.engines.scoring.leaf import LENGTHS, Column, Keeper, Leaf
from index.engines.scoring.places import PLACE_BITS
from index.engines.scoring.postings import Packed

_LENGTHS = np.array(LENGTHS, np.float64)

_TIMES = {MONTH: (10**8, 6), DAY: (10**6, 8)}
"""Of each facet: what a moment is divided by, and the digits that are left."""

Stamp: TypeAlias = tuple[int, int, int]
"""By which something on the disk is known without reading it."""

S = TypeVar("S", bound=Sized)


class Snapshot(Keeper, ABC):
    """The index as it was at one commit, its documents numbered through from 0; never changes.

    What it keeps in memory goes with it: a segment's file is closed when the last search is done with it.

    Attributes:
        stamp: by which it is known that there is no newer one, without looking for it; None where it isn't.

    Args:
        folder: the index's folder.
        version: what tells this commit from others.
        leaves: its segments, open.
        deleted: of each, the numbers of its documents that are deleted.
        cache: where words are kept that were decoded.
    """

    def __init__(
        self,
        folder: Path,
        version: tuple[int, ...],
        leaves: Sequence[Leaf],
        deleted: Iterable[Iterable[int]],
        cache: Cache,
    ) -> None:
        super().__init__()
        self.stamp: Stamp | None = None
        self.version = version
        self.leaves = leaves
        self._folder = folder
        self._cache = cache
        self._bases = tuple(accumulate((leaf.size for leaf in leaves), initial=0))
        self._alive = np.ones(self.size, bool)
        for base, numbers in zip(self._bases, deleted, strict=False):
            self._alive[[base + number for number in numbers]] = False
        self._whole = bool(self._alive.all())

    @property
    def size(self) -> int:
        """How many documents there are, the deleted ones among them."""
        return self._bases[-1]

    @cached_property
    def documents(self) -> Numbers:
        """The numbers of the documents that are not deleted."""
        return np.flatnonzero(self._alive)

    @property
    def count(self) -> int:
        """How many documents there are, the deleted ones not counted."""
        return len(self.documents)

    @property
    def owners(self) -> Iterable[Hashable]:
        """Whose decoded words and lengths are of use to it."""
        return [self.version, *(leaf.name for leaf in self.leaves)]

    def reading(self) -> AbstractContextManager[None]:
        """Say of whatever goes wrong while something of this snapshot is decoded what it means."""
        return reading(self._folder)

    def postings(self, field_name: str, term: str) -> Packed:
        """The documents of a term in all segments, without deleted ones, and how often each has it."""
        return self.postings_of([(field_name, term)])[0]

    def postings_of(self, terms: Sequence[tuple[str, str]]) -> list[Packed]:
        """The same of many terms, each with its field: sooner than one by one."""
        parts = [self._postings(leaf, terms) for leaf in self.leaves]
        rows = zip(*parts, strict=True) if parts else [()] * len(terms)
        found = parts[0] if len(parts) == 1 else [self._together(each) for each in rows]
        return found if self._whole else [self._living(each) for each in found]

    def frequency(self, field_name: str, term: str) -> int:
        """How many documents have a term; cheap where none is deleted."""
        return self.counts([(field_name, term)])[0]

    def counts(self, terms: Iterable[tuple[str, str]]) -> list[int]:
        """How many documents have each of these terms: fields with their terms."""
        if not self._whole:
            return [len(self.postings(*pair)) for pair in terms]
        with self.reading():
            return [sum([leaf.frequency(*pair) for leaf in self.leaves]) for pair in terms]

    def occurrences(self, field_name: str, term: str) -> Numbers:
        """All occurrences of a term in documents that are not deleted, as `places` writes them."""
        found = [self._occurrences(leaf, field_name, term) for leaf in self.leaves]
        places = _joined(found, [base << PLACE_BITS for base in self._bases])
        return places if self._whole else places[self._alive[places >> PLACE_BITS]]

    def moments(self) -> Numbers:
        """When each document was published, as `contract.moment` writes it."""
        return self._once("moments", "", lambda: self._concatenated(lambda leaf: leaf.moments()))

    def days(self) -> Numbers:
        """The day of each document's publication, as `date.toordinal` counts; 0 where it has none."""
        return self._once("days", "", self._days)

    def column(self, name: str) -> Column:
        """Each document's value of a keyword field; the values are in order."""
        return self._once("column", name, lambda: self._column(name))

    def times(self, name: str) -> Column:
        """Each document's month or day of publication, as the facet of this name writes it, or empty."""
        return self._once("times", name, lambda: self._times(*_TIMES[name]))

    def ids(self, documents: Iterable[int]) -> list[str]:
        """The ids of documents."""
        with self.reading():
            return [self._id(*self._place(number)) for number in documents]

    def lengths(self, field_name: str) -> NDArray[np.uint8]:
        """How many terms each document has in a text field, as a byte to look up in `LENGTHS`."""
        return self._once(
            "lengths", field_name, lambda: self._concatenated(lambda leaf: leaf.lengths(field_name))
        )

    def weighted_lengths(self, fields: tuple[tuple[str, float], ...]) -> Reals:
        """How many terms each document has in fields, each times its weight."""
        lengths = np.zeros(self.size)
        for name, weight in fields:
            lengths += (weight * _LENGTHS)[self.lengths(name)]
        return lengths

    def kept(self, key: Key, make: Callable[[], S], *, passing: bool = False) -> S:
        """What was made of this snapshot before, under this key; made, and kept, if nothing is.

        Args:
            key: what it is.
            make: makes it.
            passing: it may be of use again soon, or never.
        """
        return self._cache.fetch((self.version, *key), make, passing=passing)

    def mean_length(self, field_name: str) -> float:
        """How many terms a document has on average in a text field, of those that have any; 1 if none has."""
        return self._once("mean", field_name, lambda: self._mean_length(field_name))

    @abstractmethod
    def frequencies(self, field_name: str, prefix: str) -> list[tuple[str, int]]:
        """Terms of a text field that begin so, and how many documents have each, deleted ones too."""

    def terms(self) -> int:
        """How many different terms the text fields have; deleted documents' count until merged away."""
        return self._once("terms", "", self._terms)

    def _postings(self, leaf: Leaf, terms: Sequence[tuple[str, str]]) -> list[Packed]:
        def made(rows: Sequence[int]) -> list[Packed]:
            with self.reading():
                return leaf.postings_of([terms[row] for row in rows])

        return self._cache.fetch_all([(leaf.name, *term) for term in terms], made)

    def _together(self, parts: Sequence[Packed]) -> Packed:
        """The postings of a term in each segment as one."""
        documents = _joined([part.documents for part in parts], self._bases)
        return Packed(documents, _joined([part.frequencies for part in parts]))

    def _living(self, postings: Packed) -> Packed:
        """Those of documents that are not deleted."""
        alive = self._alive[postings.documents]
        return Packed(postings.documents[alive], postings.frequencies[alive])

    def _occurrences(self, leaf: Leaf, field_name: str, term: str) -> Numbers:
        def made() -> Numbers:
            postings = self._postings(leaf, [(field_name, term)])[0].unpacked()
            with self.reading():
                return leaf.occurrences(field_name, term, postings)

        return self._cache.fetch((leaf.name, field_name, term, "places"), made)

    def _concatenated(self, read: Callable[[Leaf], NDArray[Any]]) -> NDArray[Any]:
        with self.reading():
            return _joined([read(leaf) for leaf in self.leaves])

    def _column(self, name: str) -> Column:
        with self.reading():
            columns = [leaf.column(name) for leaf in self.leaves]
        values = sorted({value for column in columns for value in column.values})
        places = {value: place for place, value in enumerate(values)}
        numbers = [np.empty(0, np.int32)]
        for column in columns:
            same = [places[value] for value in column.values]
            numbers.append(np.array(same, np.int32)[column.numbers])
        return Column(tuple(values), np.concatenate(numbers))

    def _days(self) -> Numbers:
        days, numbers = np.unique(self.moments() // 10**6, return_inverse=True)
        with self.reading():
            ordinals = [_ordinal(day) if day else 0 for day in days.tolist()]
        return np.array(ordinals, np.int64)[numbers]

    def _times(self, rest: int, length: int) -> Column:
        times, numbers = np.unique(self.moments() // rest, return_inverse=True)
        names = [_dashed(f"{time:0{length}}") if time else "" for time in times.tolist()]
        return Column(tuple(names), numbers.astype(np.int32))

    def _place(self, number: int) -> tuple[int, int]:
        """Which segment has a document, and its number there."""
        at = bisect_right(self._bases, number) - 1
        return at, number - self._bases[at]

    @abstractmethod
    def _id(self, at: int, number: int) -> str:
        """The id of a document: of which segment, and its number there."""

    def _mean_length(self, field_name: str) -> float:
        counts = np.bincount(self.lengths(field_name)[self.documents], minlength=len(LENGTHS))
        counted = counts[1:].sum()
        return float(counts @ _LENGTHS / counted) if counted else 1.0

    @abstractmethod
    def _terms(self) -> int:
        """How many different terms the text fields have."""


def _dashed(digits: str) -> str:
    """A month or a day, 201902 or 20190217, as ISO 8601 writes it."""
    return "-".join(filter(None, (digits[:4], digits[4:6], digits[6:])))


def _ordinal(day: int) -> int:
    """A day that is written 20190217."""
    return date(day // 10_000, day // 100 % 100, day % 100).toordinal()


def _joined(parts: Sequence[NDArray[Any]], bases: Iterable[int] = repeat(0)) -> NDArray[Any]:
    """What is found in each segment as one array; numbers of documents are told from where on they count."""
    joined = [part + base if base else part for part, base in zip(parts, bases, strict=False)]
    if len(joined) == 1:
        return joined[0]
    return np.concatenate(joined) if joined else np.empty(0, np.int64)
