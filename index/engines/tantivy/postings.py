"""tantivy's posting lists, decoded whole: which documents have a term, how often, and where.

Numbers come in blocks of 128, each in as many bits as its highest needs, and what is left over in numbers of
seven bits a byte. Blocks are unpacked side by side, whatever their widths.

Source: tantivy's `BlockSegmentPostings`, `SkipReader` and `PositionReader`; the crate bitpacking's
`BitPacker4x`, after Lemire and Boytsov, Decoding billions of integers per second through vectorization, 2015.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.engines.scoring.found import Numbers
from index.engines.scoring.places import PLACE_BITS
from index.engines.scoring.postings import Postings
from index.engines.tantivy.files import number_at

_BLOCK: Final = 128  # numbers in a block
_LANES: Final = 4  # every fourth number of a block is packed together
_WORD: Final = 32  # bits
_ROWS: Final = _BLOCK // _LANES
_WIDTH: Final = 0x1F  # of a byte: how many bits a block's documents have
_STRICT: Final = 0x40  # of the same byte: what rises is written less one
_STOP: Final = 0x80  # set in the last byte of a number
_SEVEN: Final = np.uint8(0x7F)
_LONGEST: Final = 5  # bytes of a number
_BYTES: Final = 4  # in a word
_PORTION: Final = 64
"""Blocks that are unpacked at a time: what they take then stays near the processor."""

_BITS: Final = np.repeat(np.outer(np.arange(_WORD + 1), np.arange(_ROWS)), _LANES, axis=1)
"""For each width and each number of a block at which bit of its lane it begins."""

_BEGINS: Final = _BITS // _WORD * _LANES + np.arange(_BLOCK) % _LANES
"""The same: in which word of the block."""

_SHIFTS: Final = (_BITS % _WORD).astype(np.uint64)
_MASKS: Final = np.array([[(1 << width) - 1] for width in range(_WORD + 1)], np.uint64)

_SKIP: Final = np.dtype(
    [("last", "<u4"), ("width", "u1"), ("often", "u1"), ("sum", "<u4"), ("norm", "u1"), ("most", "u1")]
)
"""What is said of each block of a field with positions, before all of them."""

_SKIP_PLAIN: Final = np.dtype([("last", "<u4"), ("width", "u1")])
"""The same of a field without."""

_Words: TypeAlias = NDArray[np.uint32]


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
    blocks, left = divmod(count, _BLOCK)
    if not blocks:
        rest = _sevens(data, count * (1 + counted))
        return _checked(rest[:count], rest[count:], rest[:count], size)
    packed, end = _blocks(data, blocks, counted=counted)
    rest = _sevens(data[end:], left * (1 + counted))
    # What is packed is less one: the step from a document to the next, and how often a document has a term.
    # The first of all steps is one from before the first document.
    packed += 1
    steps = np.concatenate((packed[:blocks].ravel(), rest[:left]))
    steps[0] -= 1
    often = np.concatenate((packed[blocks:].ravel(), rest[left:])) if counted else rest[left:]
    return _checked(steps, often, rest[:left], size)


def _blocks(data: memoryview, blocks: int, *, counted: bool) -> tuple[Numbers, int]:
    """The numbers of so many blocks, a row each: all of documents, then all of frequencies; where they end.

    Raises:
        ValueError: there are other blocks.
    """
    length, at = number_at(data, 0)
    skips = np.frombuffer(data[at : at + length], _SKIP if counted else _SKIP_PLAIN)
    if len(skips) != blocks or not (skips["width"] & _STRICT).all():
        raise ValueError("a posting list has other blocks than it counts")
    widths = (skips["width"] & _WIDTH).astype(np.int64)
    if not counted:
        return unpack(data, at + length, widths)
    both = np.stack((widths, skips["often"].astype(np.int64)), axis=1).ravel()
    packed, end = unpack(data, at + length, both)
    return np.concatenate((packed[::2], packed[1::2])), end


def occurrences(data: memoryview, postings: Postings) -> Numbers:
    """All occurrences of a term with these postings, rising, as `scoring.places.occurrences` writes them.

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
    ends = np.cumsum(widths) * _LANES
    end = start + (int(ends[-1]) * _BYTES if len(ends) else 0)
    if end > len(data) or (widths > _WORD).any():
        raise ValueError("a posting list is cut short, or its numbers are too long")
    starts = ends - widths * _LANES
    words = np.frombuffer(data[start:end], "<u4")
    numbers = np.zeros((len(widths), _BLOCK), np.int64)
    for row in range(0, len(widths) if len(words) else 0, _PORTION):
        rows = slice(row, row + _PORTION)
        numbers[rows] = _unpacked(words[starts[row] :], starts[rows] - starts[row], widths[rows])
    return numbers, end


def _unpacked(words: _Words, starts: Numbers, widths: Numbers) -> Numbers:
    """The numbers of some blocks, a row each: where each begins in these words, and how wide it is."""
    these = _BEGINS[widths]
    these += starts[:, None]
    numbers = words.take(these, mode="clip").astype(np.uint64)
    these += _LANES  # what does not end in its word ends in the next of its lane
    numbers |= words.take(these, mode="clip").astype(np.uint64) << np.uint64(_WORD)
    numbers >>= _SHIFTS[widths]
    numbers &= _MASKS[widths]
    return numbers.view(np.int64)


def _sevens(data: memoryview, count: int) -> Numbers:
    """So many numbers of seven bits a byte, the lowest first.

    Raises:
        ValueError: there are fewer.
    """
    if not count:
        return np.empty(0, np.int64)
    raw = np.frombuffer(data[: _LONGEST * count], np.uint8)
    if len(raw) >= count and raw[:count].min() >= _STOP:  # most are small: each has a byte
        small: Numbers = raw[:count].astype(np.int64)
        small -= _STOP
        return small
    ends = (raw & _STOP).nonzero()[0][:count]
    if len(ends) < count:
        raise ValueError("a posting list is cut short")
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends + 1 - starts
    if lengths.max() > _LONGEST:
        raise ValueError("a posting list has a number that is too long")
    within = np.arange(ends[-1] + 1) - np.repeat(starts, lengths)
    sevens = (raw[: ends[-1] + 1] & _SEVEN).astype(np.int64) << 7 * within
    numbers: Numbers = np.add.reduceat(sevens, starts)
    return numbers


def _checked(steps: Numbers, often: Numbers, rest: Numbers, size: int) -> Postings:
    """These as postings; all that is done with them takes for granted what is seen to here.

    Args:
        steps: from each document to the next, the first from 0.
        often: how often each document has the term; none where that is not said.
        rest: those of the steps that may be 0, in a spoiled list; the first of all may.
        size: how many documents the segment has.
    """
    documents = np.cumsum(steps)
    if documents[-1] >= size:
        raise ValueError("a posting list goes beyond the last document")
    if not rest[len(rest) == len(steps) :].all() or not often.all():
        raise ValueError("a posting list is out of order")
    return Postings(documents, often.astype(np.float64) if len(often) else np.ones(len(documents)))
