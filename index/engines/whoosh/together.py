"""Many posting lists decoded in one pass: a query looks for some fifty terms, and most lists are short.

Each list is one block as `whoosh.even` describes it. Bytes of all lists stand in one array, and a step of the
way through a block is taken in all of them at once. If one looks otherwise, or is spoiled, all are decoded
one by one, and what is wrong is told there.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.engines.scoring.found import Numbers, Reals
from index.engines.scoring.postings import Packed, Postings, is_small, packed
from index.engines.whoosh import even
from index.engines.whoosh.even import Bytes, Uneven
from index.engines.whoosh.postings import decode

FEW: Final = 4
"""Fewer lists are decoded sooner one by one."""

_LONG: Final = 2**14
"""Bytes of a list that is decoded sooner by itself."""

_MARGIN: Final = 16  # bytes that may be looked at behind the last list
_WIDTHS: Final = np.array([even.WIDTHS.get(kind, 0) for kind in range(256)], np.int64)
_BEGIN: Final = np.frombuffer(even.BEGIN, np.uint8)


def decode_all(lists: Sequence[bytes], size: int) -> list[Packed]:
    """Decode whole posting lists of Whoosh's codec `W3`, of a segment with `size` documents.

    Raises:
        ValueError: as `whoosh.postings.decode`.
    """
    short = [data for data in lists if len(data) < _LONG]
    if len(short) >= FEW:
        with suppress(Uneven):
            found = iter(_packed(*_postings(short, size)))
            return [next(found) if len(data) < _LONG else packed(decode(data, size)) for data in lists]
    return [packed(decode(data, size)) for data in lists]


def _packed(documents: Numbers, frequencies: Reals, counts: Numbers) -> list[Packed]:
    """Lists of so many postings, that stand one behind the other, as they are kept."""
    edges = [*accumulate(counts.tolist(), initial=0)]
    parts = pairwise(edges)
    # Copies, so that what is kept of one list does not keep all.
    if is_small(frequencies):
        narrow, small = documents.astype(np.int32), frequencies.astype(np.uint8)
        return [Packed(narrow[start:end].copy(), small[start:end].copy()) for start, end in parts]
    return [packed(Postings(documents[start:end], frequencies[start:end].copy())) for start, end in parts]


def _postings(lists: Sequence[bytes], size: int) -> tuple[Numbers, Reals, Numbers]:
    """Documents, how often each has the term, and how many postings each list has.

    Raises:
        Uneven: one is not written as here, or spoiled.
    """
    starts, ends, counts = _places(lists)
    raw = np.frombuffer(b"".join([*lists, bytes(_MARGIN)]), np.uint8)
    _expect(raw[starts[:, None] + np.arange(len(_BEGIN))] == _BEGIN)
    first, at = _numbers(raw, starts + len(_BEGIN), np.ones_like(counts), ends)
    steps, at = _numbers(raw, at, counts - 1, ends)
    _expect(raw[at] == even.TUPLE_END)
    documents = _summed(first, steps, counts)
    frequencies, at = _frequencies(raw, at + 1, counts, ends)
    _expect(at <= ends)
    _check(documents, frequencies, counts, size)
    return documents, frequencies, counts


def _places(lists: Sequence[bytes]) -> tuple[Numbers, Numbers, Numbers]:
    """Where the block of each list begins among the bytes of all and where it ends, and its postings.

    Raises:
        Uneven: a list has more blocks, or one that is zipped or empty.
        ValueError: these bytes are no posting lists.
    """
    found, base = [], 0
    for data in lists:
        block, *others = even.blocks(data)
        if others or block.is_zipped or block.count <= 0 or block.end > len(data):
            raise Uneven
        found.append((base + block.start, base + block.end, block.count))
        base += len(data)
    starts, ends, counts = np.array(found, np.int64).T
    return starts, ends, counts


def _numbers(raw: Bytes, at: Numbers, counts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """So many numbers from each place on, those of a place of one width; and where they end."""
    kinds = raw[at]
    widths: Numbers = np.where(counts > 0, _WIDTHS[kinds], 1)
    after = at + widths * counts
    _expect((widths > 0) & (after <= ends))
    begins = np.repeat(at - widths * (np.cumsum(counts) - counts), counts)
    wide = np.repeat(widths, counts)
    places = begins + wide * np.arange(len(wide))
    _expect(raw[places] == np.repeat(kinds, counts))
    numbers = raw[places + 1].astype(np.int64)
    for byte in range(2, int(widths.max())):
        rows = np.flatnonzero(wide > byte)
        numbers[rows] |= raw[places[rows] + byte].astype(np.int64) << 8 * (byte - 1)
    return numbers, after


def _summed(first: Numbers, steps: Numbers, counts: Numbers) -> Numbers:
    """The documents of lists: in each the first, and then the steps from one to the next."""
    begins = np.cumsum(counts) - counts
    numbers = np.empty(counts.sum(), np.int64)
    numbers[begins] = first
    later = np.ones(len(numbers), bool)
    later[begins] = False
    numbers[later] = steps
    sums = np.cumsum(numbers)
    documents: Numbers = sums - np.repeat(sums[begins] - first, counts)
    return documents


def _frequencies(raw: Bytes, at: Numbers, counts: Numbers, ends: Numbers) -> tuple[Reals, Numbers]:
    """None for a run of ones, one number for a run of equals, else all; and where these end."""
    kinds = raw[at]
    equal, all_written = kinds == even.FLOAT, kinds == even.TUPLE
    _expect(equal | all_written | (kinds == even.NONE))
    each = np.ones(len(counts))
    each[equal] = raw[at[equal][:, None] + np.arange(1, 9)].view(">f8")[:, 0]
    frequencies: Reals = np.repeat(each, counts)
    after = at + np.where(equal, 9, 1)
    if all_written.any():
        rows = np.flatnonzero(all_written)
        numbers, after[rows] = _numbers(raw, at[rows] + 1, counts[rows], ends[rows])
        frequencies[np.repeat(all_written, counts)] = numbers
        _expect(raw[after[all_written]] == even.TUPLE_END)
    return frequencies, after


def _check(documents: Numbers, frequencies: Reals, counts: Numbers, size: int) -> None:
    """See to it that all is as `whoosh.postings` wants it."""
    ends = np.cumsum(counts)
    rises = documents[1:] > documents[:-1]
    rises[ends[:-1] - 1] = True  # the next list begins
    _expect(rises)
    _expect(documents[ends - 1] < size)
    _expect(np.array(0 < frequencies.min() <= frequencies.max() < np.inf))


def _expect(said: NDArray[np.bool_]) -> None:
    if not said.all():
        raise Uneven
