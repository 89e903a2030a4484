"""Documents that were found, in numpy's arrays: what comes of adding, sharing out and taking away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.record import record

Numbers: TypeAlias = NDArray[np.int64]
Reals: TypeAlias = NDArray[np.float64]

_ALIKE: Final = 1e-8
"""Numbers that differ by less than this share of them may be the same when they are rounded."""

_FEW: Final = 2
"""Fewer than one in so many documents are put in order by sorting, more by ticking them off among all; each
counts once more for each doubling of the parts they come in, as it does for a sort."""


@record
class Found:
    """Documents, rising, and a number for each: its score, or how often it has something."""

    documents: Numbers
    scores: Reals

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def nbytes(self) -> int:
        """How many bytes the numbers take."""
        return self.documents.nbytes + self.scores.nbytes

    def times(self, factor: float) -> Found:
        """The same documents, their numbers multiplied."""
        return self if factor == 1 else Found(self.documents, self.scores * factor)

    def within(self, others: Found) -> Found:
        """Those that are among others too, with their own numbers."""
        rows, _ = _shared(self.documents, others.documents)
        return Found(self.documents[rows], self.scores[rows])

    def without(self, others: Found) -> Found:
        """Those that are not among others."""
        kept = np.ones(len(self), bool)
        kept[_shared(self.documents, others.documents)[0]] = False
        return Found(self.documents[kept], self.scores[kept])

    def promoted(self, others: Found) -> Found:
        """The same documents; to their numbers those that others give them are added."""
        rows, theirs = _shared(self.documents, others.documents)
        scores = self.scores.copy()
        scores[rows] += others.scores[theirs]
        return Found(self.documents, scores)


class Listed(Protocol):
    """Documents, rising, and how often each has something, in numbers of any kind."""

    @property
    def documents(self) -> NDArray[Any]:
        """Which documents."""

    @property
    def frequencies(self) -> NDArray[Any]:
        """How often each has it."""


def joined(lists: Sequence[Listed], weights: Sequence[float]) -> tuple[Numbers, Reals]:
    """The documents of lists, one behind the other, and how often each has what, times its list's weight."""
    documents = np.concatenate([each.documents for each in lists], dtype=np.int64)
    often = np.empty(len(documents))
    start = 0
    for each, weight in zip(lists, weights, strict=True):
        end = start + len(each.documents)
        np.multiply(each.frequencies, weight, out=often[start:end], dtype=np.float64)
        start = end
    return documents, often


NONE: Final = Found(np.empty(0, np.int64), np.empty(0))
"""No document."""


def plain(documents: Numbers) -> Found:
    """Documents that are found and have no score."""
    return Found(documents, np.zeros(len(documents)))


class Adder:
    """Adds up what is found, of an index with `size` documents; for one request at a time: it has a slate."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._few = size // _FEW
        # One of each for all sums: a new one for each would take longer than the adding.
        self._sums, self._seen = np.zeros(size), np.zeros(size, bool)

    def any_of(self, parts: Iterable[Found]) -> Found:
        """What is in any of these, numbers added."""
        parts = [part for part in parts if len(part)]
        if len(parts) < 2:  # noqa: PLR2004 - one is its own sum
            return parts[0] if parts else NONE
        together = np.concatenate([part.documents for part in parts])
        return self._sum(together, np.concatenate([part.scores for part in parts]), len(parts))

    def weighted(self, lists: Iterable[tuple[Listed, float]]) -> Found:
        """What is in any of these lists: how often each has it, times the weight of the list, added."""
        kept = [(each, weight) for each, weight in lists if len(each.documents)]
        if not kept:
            return NONE
        together, often = joined([each for each, _ in kept], [weight for _, weight in kept])
        return self._sum(together, often, len(kept))

    def _sum(self, together: Numbers, numbers: Reals, parts: int) -> Found:
        """The numbers of so many rising parts, one after the other, added up for each document."""
        if parts == 1:
            return Found(together, numbers)
        np.add.at(self._sums, together, numbers)
        documents = self._different(together, parts)
        sums = self._sums[documents]
        self._sums[documents] = 0.0
        return Found(documents, sums)

    def different(self, parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """The documents that are in any of these, rising."""
        if len(parts) < 2:  # noqa: PLR2004 - one has each once
            return parts[0] if parts else NONE.documents
        return self._different(np.concatenate(parts), len(parts))

    def rows_among(self, together: NDArray[Any], documents: NDArray[Any]) -> Numbers:
        """In which rows of many documents these stand."""
        self._seen[documents] = True
        rows: Numbers = self._seen[together].nonzero()[0]
        self._seen[documents] = False
        return rows

    def _different(self, together: Numbers, parts: int) -> Numbers:
        """The documents of so many rising parts, one after the other, as one rising sequence."""
        if len(together) * parts.bit_length() < self._few:
            return _merged(together)
        self._seen[together] = True
        documents: Numbers = self._seen.nonzero()[0]
        self._seen[documents] = False
        return documents

    def best_of(self, parts: Sequence[Found], tie: float) -> Found:
        """What is in any of these; the best number counts, and `tie` of each of the others."""
        sums = self.any_of(parts)
        best = np.zeros(len(sums))
        for part in parts:
            rows = np.searchsorted(sums.documents, part.documents)
            best[rows] = np.maximum(best[rows], part.scores)
        return Found(sums.documents, best + tie * (sums.scores - best))


def common(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """The documents that are in each of these. At least one part; all rise."""
    return reduce(lambda one, other: one[rows_among(one, other)], sorted(parts, key=len))


def rows_among(some: NDArray[Any], others: NDArray[Any]) -> Numbers:
    """In which rows those stand that are among others; both rise."""
    rows, _ = _shared(some, others)
    return rows


def first_rows(values: NDArray[Any], count: int, more: float = 0.0) -> Numbers:
    """The rows of the `count` highest, and of those that may be as high when they are added to and rounded.

    Args:
        values: in no order.
        count: how many are wanted, over 0.
        more: what is added to each at most; nothing is taken away.
    """
    if len(values) <= count:
        return np.arange(len(values))
    limit = np.partition(values, -count)[-count]
    rows: Numbers = (values >= limit - more - _ALIKE * abs(limit)).nonzero()[0]
    return rows


def merged(parts: Sequence[Numbers]) -> Numbers:
    """Rising numbers as one rising sequence, each once. At least one part."""
    return parts[0] if len(parts) == 1 else _merged(np.concatenate(parts))


def _merged(together: Numbers) -> Numbers:
    """The same of rising parts that stand one after the other."""
    # A stable sort finds the parts in order and only merges them: twenty times as fast as one that is not.
    numbers: Numbers = np.sort(together, kind="stable")
    new = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return numbers[new]


def _shared(one: NDArray[Any], other: NDArray[Any]) -> tuple[Numbers, Numbers]:
    """In which rows of each the documents stand that both have; the shorter is looked up in the longer."""
    if len(one) > len(other):
        others, rows = _shared(other, one)
        return rows, others
    if not len(one):
        return NONE.documents, NONE.documents
    places = other.searchsorted(one)
    # Beyond the last is the last, which is not the same, as any other that is not there.
    rows = (other.take(places, mode="clip") == one).nonzero()[0]
    return rows, places[rows]
