"""Where documents have a term: Whoosh's encoded positions of a whole posting list, decoded at once.

Whoosh writes for each document how often it has the term, in four bytes, and a pickle of a list: the first
position, and then the steps from one to the next. The pickles of a posting list are read side by side, the
first number of each, then the second of those that have one, and so on; what doesn't look as Whoosh's pickles
do is unpickled one by one.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.engines.scoring.found import Numbers
from index.engines.scoring.postings import Postings

PLACE_BITS: Final = 32
"""An occurrence is one number: its document's number shifted by so many bits, and its position below."""

_BEGIN: Final = np.frombuffer(b"\x80\x02]q\x00", np.uint8)
"""The begin of a pickled list; one of more than one number goes on with a mark."""

_MARK, _END = ord("("), ord(".")
_ONE, _ALL, _TUPLE = ord("a"), ord("e"), ord("t")
"""What puts one number in the list, and all since the mark; and what makes a tuple of these."""

_BYTE, _PAIR, _FOUR = ord("K"), ord("M"), ord("J")
"""Begins of a number: of one byte, of two, of four and signed; the lowest byte first."""

_LENGTHS: Final = np.zeros(256, np.int64)
_LENGTHS[[_BYTE, _PAIR, _FOUR]] = 2, 3, 5
_LENGTHS[[_ONE, _ALL, _TUPLE]] = 1  # where a number is due, so that the end is not found where it should be
_COUNT: Final = 4  # bytes
_MARGIN: Final = 16  # bytes that may be looked at behind the last pickle


def occurrences(encoded: Sequence[bytes], postings: Postings) -> Numbers:
    """All occurrences of a term, rising; `PLACE_BITS` says what of each number is the position.

    Args:
        encoded: for each posting its encoded positions.
        postings: the documents, and how often each has the term.

    Raises:
        ValueError: the two don't agree, or positions don't rise; spoiled ones raise what unpickling raises.
    """
    places = positions(encoded, postings.frequencies.astype(np.int64))
    return keyed(postings, places)


def keyed(postings: Postings, places: Numbers) -> Numbers:
    """Occurrences, by the documents of a term and its positions in them.

    Raises:
        ValueError: there are more or fewer than there should be, or they don't rise.
    """
    counts = postings.frequencies.astype(np.int64)
    if counts.sum() != len(places):
        raise ValueError("a posting list has other places than it counts")
    return _checked(np.repeat(postings.documents, counts), places)


def positions(encoded: Sequence[bytes], counts: Numbers) -> Numbers:
    """All positions of some postings, one behind the other.

    Args:
        encoded: for each posting its encoded positions.
        counts: how many each has, over 0.

    Raises:
        ValueError: the two don't agree; spoiled ones raise what unpickling raises.
    """
    pickles = _Pickles(encoded)
    if not pickles.agree(counts):
        raise ValueError("a posting list has other places than it counts")
    edges = np.concatenate(([0], np.cumsum(counts)))
    steps, odd = pickles.numbers(counts, edges[:-1])
    sums = np.concatenate(([0], np.cumsum(steps)))
    found: Numbers = sums[1:] - np.repeat(sums[edges[:-1]], counts)
    for row in odd.tolist():
        found[edges[row] : edges[row + 1]] = list(accumulate(pickle.loads(encoded[row][_COUNT:] + b".")))  # noqa: S301 - our own index
    return found


def _checked(documents: Numbers, positions: Numbers) -> Numbers:
    """Documents and positions as one number each."""
    keys: Numbers = (documents << PLACE_BITS) + positions
    if ((positions < 0) | (positions >= 1 << PLACE_BITS - 1)).any() or (np.diff(keys) <= 0).any():
        raise ValueError("a posting list has places out of order")
    return keys


class _Pickles:
    """Encoded positions, one after the other in one array of bytes."""

    def __init__(self, encoded: Sequence[bytes]) -> None:
        self._raw = np.frombuffer(b"".join(encoded) + bytes(_MARGIN), np.uint8)
        self._lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
        self._ends = np.cumsum(self._lengths)
        self._starts = self._ends - self._lengths
        self._tuples = self._raw[self._starts + _COUNT] == _MARK

    def agree(self, counts: Numbers) -> bool:
        """Whether so many positions are said to be in each, and may be: a number has two bytes or more."""
        if len(counts) != len(self._lengths) or (2 * counts + _COUNT > self._lengths).any():
            return False
        said = self._at(self._starts, _COUNT).view(">u4")[:, 0]
        return bool((said == counts).all())

    def numbers(self, counts: Numbers, into: Numbers) -> tuple[Numbers, Numbers]:
        """The numbers in all the pickles, and which pickles are to be read otherwise.

        Args:
            counts: how many numbers are in each, over 0.
            into: where the numbers of each begin among all.
        """
        most_first = np.argsort(-counts, kind="stable")
        cursors = self._starts + _COUNT + np.where(self._tuples, 1, len(_BEGIN) + (counts > 1))
        found = np.zeros(counts.sum(), np.int64)
        cursors[most_first] = self._walk(cursors[most_first], most_first, counts, into, found)
        return found, np.flatnonzero(~(self._begin_well(counts) & self._end_well(cursors, counts)))

    def _walk(
        self, cursors: Numbers, rows: Numbers, counts: Numbers, into: Numbers, found: Numbers
    ) -> Numbers:
        """Read numbers from where the cursors are; where they are after that."""
        ends, into = self._ends[rows], into[rows]
        left = len(counts) - np.cumsum(np.bincount(counts))  # how many have more than 0 numbers, than 1, …
        for number, active in enumerate(left[:-1].tolist()):
            at = cursors[:active]
            kinds = self._raw[at]
            found[into[:active] + number] = self._numbers_at(at, kinds)
            cursors[:active] = np.minimum(at + _LENGTHS[kinds], ends[:active])
        return cursors

    def _numbers_at(self, at: Numbers, kinds: NDArray[np.uint8]) -> Numbers:
        numbers = self._raw[at + 1].astype(np.int64)
        longer = np.flatnonzero(kinds != _BYTE)
        if longer.size:
            fours = self._at(at[longer] + 1, 4).view("<i4")[:, 0].astype(np.int64)
            numbers[longer] = np.where(kinds[longer] == _PAIR, fours & 0xFFFF, fours)
        return numbers

    def _begin_well(self, counts: Numbers) -> NDArray[np.bool_]:
        begins = self._at(self._starts + _COUNT, len(_BEGIN) + 1)
        well: NDArray[np.bool_] = (begins[:, :-1] == _BEGIN).all(axis=1)
        well &= (begins[:, -1] == _MARK) | (counts == 1)
        well |= self._tuples
        return well

    def _end_well(self, cursors: Numbers, counts: Numbers) -> NDArray[np.bool_]:
        ends = self._at(cursors, 2)
        well: NDArray[np.bool_] = cursors + 2 == self._ends
        expected = np.where(self._tuples, _TUPLE, np.where(counts > 1, _ALL, _ONE))
        well &= (ends[:, 0] == expected) & (ends[:, 1] == _END)
        return well

    def _at(self, places: Numbers, length: int) -> NDArray[np.uint8]:
        """So many bytes from each of these places on, a row each."""
        found: NDArray[np.uint8] = self._raw[places[:, None] + np.arange(length)]
        return found
