"""tantivy's posting lists, decoded whole: which documents have a term, how often, and where.

Numbers come in blocks of 128, each in as many bits as its highest needs, and what is left over in numbers of
seven bits a byte. Blocks of the same width are unpacked together.

Source: tantivy's `BlockSegmentPostings`, `SkipReader` and `PositionReader`; the crate bitpacking's
`BitPacker4x`, after Lemire and Boytsov, Decoding billions of integers per second through vectorization, 2015.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.engines.tantivy_files import number_at
from index.engines.whoosh_found import Numbers
from index.engines.whoosh_places import PLACE_BITS
from index.engines.whoosh_postings import Postings

_BLOCK: Final = 128  # numbers in a block
_LANES: Final = 4  # every fourth number of a block is packed together
_WORD: Final = 32  # bits
_ROWS: Final = _BLOCK // _LANES
_PACKED: Final = _BLOCK // 8  # bytes a block takes for each bit of its numbers
_WIDTH: Final = 0x1F  # of a byte: how many bits a block's documents have
_STRICT: Final = 0x40  # of the same byte: what rises is written less one
_STOP: Final = 0x80
_SEVEN: Final = np.arange(0, 70, 7)

_SKIP: Final = np.dtype(
    [("last", "<u4"), ("width", "u1"), ("often", "u1"), ("sum", "<u4"), ("norm", "u1"), ("most", "u1")]
)
"""What is said of each block of a field with positions, before all of them."""

_SKIP_PLAIN: Final = np.dtype([("last", "<u4"), ("width", "u1")])
"""The same of a field without."""

_Bytes: TypeAlias = NDArray[np.uint8]


def decode(data: memoryview, count: int, size: int, *, counted: bool) -> Postings:
    """Decode a whole posting list.

    Args:
        data: as tantivy encodes it.
        count: how many documents it has, over 0.
        size: how many documents the segment has.
        counted: whether it says how often each document has the term.

    Raises:
        ValueError: these bytes are no such list.
    """
    blocks, at = count // _BLOCK, 0
    skips = np.empty(0, _SKIP if counted else _SKIP_PLAIN)
    if blocks:
        length, at = number_at(data, 0)
        skips = np.frombuffer(data[at : at + length], skips.dtype)
        at += length
    if len(skips) != blocks or not (skips["width"] & _STRICT).all():
        raise ValueError("a posting list has other blocks than it counts")
    widths = skips["width"] & _WIDTH
    oftens = skips["often"] if counted else np.zeros(blocks, np.uint8)
    both = np.stack((widths, oftens), axis=1).astype(np.int64)
    packed, end = unpack(data, at, both.ravel())
    left = count % _BLOCK
    rest = _sevens(data[end:], left * (1 + counted))
    steps = np.concatenate((packed[::2].ravel() + 1, rest[:left]))
    if blocks:
        # A step less one is written in a block, and the first of all from one before the first document.
        steps[0] -= 1
    documents = np.cumsum(steps)
    if not counted:
        return _checked(documents, np.ones(count), size)
    return _checked(documents, np.concatenate((packed[1::2].ravel() + 1, rest[left:])), size)


def occurrences(data: memoryview, postings: Postings) -> Numbers:
    """All occurrences of a term with these postings, rising, as `whoosh_places.occurrences` writes them.

    Args:
        data: positions, as tantivy encodes them.
        postings: the documents, and how often each has the term.

    Raises:
        ValueError: these bytes are no such positions.
    """
    counts = postings.frequencies.astype(np.int64)
    total = int(counts.sum())
    blocks, at = number_at(data, 0)
    if blocks != total // _BLOCK:
        raise ValueError("a posting list has other places than it counts")
    widths = np.frombuffer(data[at : at + blocks], np.uint8).astype(np.int64)
    packed, end = unpack(data, at + blocks, widths)
    steps = np.concatenate((packed.ravel(), _sevens(data[end:], total % _BLOCK)))
    sums = np.concatenate(([0], np.cumsum(steps)))
    starts = np.cumsum(counts) - counts
    positions = sums[1:] - np.repeat(sums[starts], counts)
    keys: Numbers = (np.repeat(postings.documents, counts) << PLACE_BITS) + positions
    if ((positions < 0) | (positions >= 1 << PLACE_BITS - 1)).any() or (np.diff(keys) <= 0).any():
        raise ValueError("a posting list has places out of order")
    return keys


def unpack(data: memoryview, start: int, widths: Numbers) -> tuple[Numbers, int]:
    """The numbers of blocks that stand one behind the other, a row each; and where the last ends.

    Args:
        data: where they stand.
        start: from which byte on.
        widths: how many bits the numbers of each have, 32 at most.

    Raises:
        ValueError: there are not so many bytes.
    """
    ends = start + np.cumsum(widths * _PACKED)
    end = int(ends[-1]) if len(ends) else start
    if end > len(data):
        raise ValueError("a posting list is cut short")
    numbers = np.zeros((len(widths), _BLOCK), np.int64)
    raw = np.frombuffer(data, np.uint8)
    for width in np.unique(widths).tolist():
        if width:
            rows = np.flatnonzero(widths == width)
            places = (ends[rows] - width * _PACKED)[:, None] + np.arange(width * _PACKED)
            numbers[rows] = _unpacked(raw[places], width)
    return numbers, end


def _unpacked(blocks: _Bytes, width: int) -> Numbers:
    """The numbers of blocks of one width: of each lane its words, and in these number after number."""
    words = blocks.view("<u4").reshape(-1, width, _LANES).astype(np.uint64)
    these, following, shifts, mask = _shifts(width)
    pairs = words[:, these] | words[:, following] << np.uint64(_WORD)
    numbers: Numbers = ((pairs >> shifts) & mask).reshape(-1, _BLOCK).astype(np.int64)
    return numbers


@cache
def _shifts(width: int) -> tuple[Any, Any, Any, Any]:
    """For each row of a block the word that it begins in, the next, and how far within."""
    bits = np.arange(_ROWS) * width
    these = bits // _WORD
    following = np.minimum(these + 1, width - 1)
    shifts = (bits % _WORD).astype(np.uint64)[None, :, None]
    return these, following, shifts, np.uint64((1 << width) - 1)


def _sevens(data: memoryview, count: int) -> Numbers:
    """So many numbers of seven bits a byte, the lowest first.

    Raises:
        ValueError: there are fewer.
    """
    if not count:
        return np.empty(0, np.int64)
    raw = np.frombuffer(data[: 5 * count], np.uint8)
    ends = np.flatnonzero(raw & _STOP)[:count]
    if len(ends) < count:
        raise ValueError("a posting list is cut short")
    if ends[-1] == count - 1:  # most are small: each has a byte
        small: Numbers = (raw[:count] & ~np.uint8(_STOP)).astype(np.int64)
        return small
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends + 1 - starts
    within = np.arange(ends[-1] + 1) - np.repeat(starts, lengths)
    if lengths.max() > len(_SEVEN):
        raise ValueError("a posting list has a number that is too long")
    sevens = (raw[: ends[-1] + 1] & ~np.uint8(_STOP)).astype(np.int64) << _SEVEN[within]
    numbers: Numbers = np.add.reduceat(sevens, starts)
    return numbers


def _checked(documents: Numbers, frequencies: NDArray[Any], size: int) -> Postings:
    """These as postings; all that is done with them takes for granted what is seen to here."""
    if not len(documents) == len(frequencies) > 0 or documents[0] < 0 or documents[-1] >= size:
        raise ValueError("a posting list goes beyond the last document")
    if not (np.diff(documents) > 0).all() or not (frequencies > 0).all():
        raise ValueError("a posting list is out of order")
    return Postings(documents, frequencies.astype(np.float64))
