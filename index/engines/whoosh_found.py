"""Documents that were found, in numpy's arrays: what comes of adding, sharing out and taking away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]
Reals: TypeAlias = NDArray[np.float64]

_FEW: Final = 16
"""Fewer than one in so many documents are added up by sorting them, more in an array of all documents."""


@dataclass(frozen=True, slots=True)
class Found:
    """Documents, rising, and a number for each: its score, or how often it has something."""

    documents: Numbers
    scores: Reals

    def __len__(self) -> int:
        return len(self.documents)

    def times(self, factor: float) -> Found:
        """The same documents, their numbers multiplied."""
        return Found(self.documents, self.scores * factor)

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


NONE: Final = Found(np.empty(0, np.int64), np.empty(0))
"""No document."""


def plain(documents: Numbers) -> Found:
    """Documents that are found and have no score."""
    return Found(documents, np.zeros(len(documents)))


def any_of(parts: Sequence[Found], size: int) -> Found:
    """What is in any of these, numbers added, of an index with `size` documents."""
    parts = [part for part in parts if len(part)]
    if len(parts) < 2:  # noqa: PLR2004 - one is its own sum
        return parts[0] if parts else NONE
    if _FEW * sum(map(len, parts)) < size:
        return _sorted(parts)
    return _added(parts, size)


def _sorted(parts: Sequence[Found]) -> Found:
    documents, rows = np.unique(np.concatenate([part.documents for part in parts]), return_inverse=True)
    sums = np.zeros(len(documents))
    np.add.at(sums, rows, np.concatenate([part.scores for part in parts]))
    return Found(documents, sums)


def _added(parts: Sequence[Found], size: int) -> Found:
    sums, seen = np.zeros(size), np.zeros(size, bool)
    for part in parts:
        sums[part.documents] += part.scores
        seen[part.documents] = True
    documents = np.flatnonzero(seen)
    return Found(documents, sums[documents])


def all_of(parts: Sequence[Found]) -> Found:
    """What is in each of these, numbers added. At least one part."""
    return reduce(_both, sorted(parts, key=len))


def _both(one: Found, other: Found) -> Found:
    rows, others = _shared(one.documents, other.documents)
    return Found(one.documents[rows], one.scores[rows] + other.scores[others])


def best_of(parts: Sequence[Found], tie: float, size: int) -> Found:
    """What is in any of these; the best number counts, and `tie` of each of the others."""
    sums = any_of(parts, size)
    best = np.zeros(len(sums))
    for part in parts:
        rows = np.searchsorted(sums.documents, part.documents)
        best[rows] = np.maximum(best[rows], part.scores)
    return Found(sums.documents, best + tie * (sums.scores - best))


def _shared(one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    """In which rows of each the documents stand that both have; the shorter is looked up in the longer."""
    if len(one) > len(other):
        others, rows = _shared(other, one)
        return rows, others
    places = np.searchsorted(other, one)
    places[places == len(other)] = 0  # beyond the last: is not there, as any other that is not the same
    rows = np.flatnonzero(other[places] == one) if len(other) else places
    return rows, places[rows]
