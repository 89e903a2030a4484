"""Terms that stand where others do: occurrences, each one number, looked up in one another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Final

import numpy as np

from index.engines.scoring.found import NONE, Found, Numbers
from index.engines.scoring.places import PLACE_BITS

_FARTHEST: Final = (1 << PLACE_BITS - 1) - 1
"""The highest position; no reach leads from one document into another that ends here."""


def phrases(places: Sequence[Numbers], offsets: Sequence[int]) -> Found:
    """The documents where each term stands at its offset from the same place, and how many such places.

    Args:
        places: the occurrences of each term.
        offsets: how many words after the place it has to stand; before, if less than 0.
    """
    starts = [each - offset for each, offset in zip(places, offsets, strict=True)]
    common = reduce(lambda one, other: one[_are_in(one, other)], sorted(starts, key=len))
    return _counted(common + (_FARTHEST + 1))  # a place before the first word is its document's too


def neighbours(lefts: Numbers, rights: Numbers, after: int, before: int) -> Found:
    """The documents where a term stands close to another, and how many occurrences of the left ones do.

    Args:
        lefts: the occurrences of some terms.
        rights: those of others.
        after: how many words after a left term a right one may stand.
        before: how many words before.
    """
    if not len(rights):
        return NONE
    following = rights.searchsorted(lefts, "right")
    close = rights.take(following, mode="clip") <= lefts + min(after, _FARTHEST)
    close &= following < len(rights)
    if before:
        preceding = rights.searchsorted(lefts, "left")
        close |= (rights.take(preceding - 1, mode="clip") >= lefts - min(before, _FARTHEST)) & (preceding > 0)
    return _counted(lefts[close])


def side_by_side(lefts: Numbers, rights: Numbers) -> tuple[Numbers, Numbers]:
    """The occurrences on each side that are in documents with both: much less to look up."""
    lefts = _alongside(lefts, rights)
    return lefts, _alongside(rights, lefts)


def _alongside(some: Numbers, others: Numbers) -> Numbers:
    documents, theirs = some >> PLACE_BITS, others >> PLACE_BITS
    have = np.zeros(1 + max(documents[-1:].max(initial=0), theirs[-1:].max(initial=0)), bool)
    have[theirs] = True
    rows: Numbers = have[documents].nonzero()[0]
    return some[rows]


def _are_in(some: Numbers, others: Numbers) -> Numbers:
    """In which rows those stand that are among others; both rise."""
    places = np.searchsorted(others, some)
    places[places == len(others)] = 0
    return np.flatnonzero(others[places] == some) if len(others) else places[:0]


def _counted(places: Numbers) -> Found:
    """The documents of rising occurrences, and how many each has."""
    documents = places >> PLACE_BITS
    new = np.ones(len(documents) + 1, bool)
    np.not_equal(documents[1:], documents[:-1], out=new[1:-1])
    starts = new.nonzero()[0]  # the last is where the occurrences end
    return Found(documents[starts[:-1]], (starts[1:] - starts[:-1]).astype(np.float64))
