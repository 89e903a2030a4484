"""Posting lists as they are written here, read without unpickling: numbers of one width stand in rows.

To pickle a block is three tuples. To numpy it is arrays with a byte of pickle's before each number, as far as
all numbers of a kind are equally wide, which `whoosh.encode` sees to. What looks otherwise, as Whoosh's own
blocks do, is `Uneven`, and left to pickle.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.engines.scoring.found import Numbers, Reals
from index.record import record

Bytes = NDArray[np.uint8]

MAGIC: Final = b"W3Bl"
"""Begins a posting list."""

BEGIN: Final = b"\x80\x03("
_END: Final = b"\x87."
WIDTHS: Final = {ord("K"): 2, ord("M"): 3, ord("J"): 5}  # a byte that says which, and the number
TUPLE, TUPLE_END, NONE, FLOAT, _STOP = b"(tNG."
_SHORT, _LONG = b"CB"  # begins of `bytes`, whose length takes one byte, or four
_COUNT: Final = 4  # bytes
_BYTE: Final = 0xFF


class Uneven(Exception):  # noqa: N818 - it is no error: another way of reading is tried
    """A block that is not written as here."""


@record
class Block:
    """Where a block of a posting list stands in its bytes, how many postings it has, and if it is zipped."""

    start: int
    end: int
    count: int
    is_zipped: bool


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a posting list of Whoosh's codec `W3`.

    Raises:
        ValueError: these bytes are no posting list; spoiled ones raise what unpickling raises.
    """
    if not data.startswith(MAGIC):
        raise ValueError("a posting list does not begin as it should")
    stream = BytesIO(data)
    end, length = len(MAGIC), 0
    while length >= 0:
        stream.seek(end)
        (length,) = struct.unpack("!i", stream.read(4))  # negative for the last
        count, _, _, zipped, _, _ = pickle.load(stream)  # noqa: S301 - our own index
        start, end = stream.tell(), end + 4 + abs(length)
        yield Block(start, end, count, bool(zipped))


def postings(data: bytes) -> tuple[Numbers, Reals]:
    """The documents of a posting list, unchecked, and how often each has the term.

    Raises:
        Uneven: it is not written as here.
        ValueError: as `blocks`.
    """
    raw = np.frombuffer(data, np.uint8)
    parts = [_postings(raw, block) for block in blocks(data)]
    return joined([part[0] for part in parts]), joined([part[1] for part in parts])


def positions(data: bytes) -> Numbers:
    """Where each document of a posting list has the term, unchecked, one document's behind the other's.

    Raises:
        Uneven: it is not written as here.
        ValueError: as `blocks`.
    """
    raw = np.frombuffer(data, np.uint8)
    parts = []
    for block in blocks(data):
        _, frequencies, at = _postings(raw, block)
        parts.append(_positions(raw, block, frequencies, at))
    return joined(parts)


def joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Arrays as one. At least one."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _postings(raw: Bytes, block: Block) -> tuple[Numbers, Reals, int]:
    """The documents of a block, how often each has the term, and where it goes on.

    Raises:
        Uneven: it is not written as here.
    """
    if block.is_zipped or bytes(raw[block.start : block.start + len(BEGIN)]) != BEGIN:
        raise Uneven
    at = block.start + len(BEGIN)
    steps = np.empty(block.count, np.int64)
    steps[:1], at = _numbers(raw, at, 1)
    steps[1:], at = _numbers(raw, at, block.count - 1)
    _expect(raw, at, TUPLE_END)
    frequencies, at = _frequencies(raw, at + 1, block.count)
    return np.cumsum(steps), frequencies, at


def _positions(raw: Bytes, block: Block, frequencies: Reals, at: int) -> Numbers:
    """Where each document of a block has the term: positions, one document's behind the other's.

    Args:
        raw: the posting list.
        block: a block of it.
        frequencies: how often each of its documents has the term.
        at: where `_postings` says that it goes on.

    Raises:
        Uneven: it is not written as here.
    """
    _expect(raw, at, TUPLE)
    counts = frequencies.astype(np.int64)
    width = _width(raw, at + 1 + (2 if raw[at + 1] == _SHORT else 5) + _COUNT + 1)
    lengths = _COUNT + 1 + width * counts + 2
    heads = np.where(lengths > _BYTE, 5, 2)
    ends = at + 1 + np.cumsum(heads + lengths)
    bodies = ends - lengths
    if ends[-1] + 1 + len(_END) != block.end or bytes(raw[ends[-1] : block.end]) != b"t" + _END:
        raise Uneven
    _check_values(raw, bodies, ends, counts, heads)
    before = np.cumsum(counts) - counts
    at_numbers = np.repeat(bodies + _COUNT + 1 - width * before, counts) + width * np.arange(counts.sum())
    steps = _read(raw[at_numbers[:, None] + np.arange(width)])
    sums = np.cumsum(steps)
    found: Numbers = sums - np.repeat(sums[before] - steps[before], counts)
    return found


def _check_values(raw: Bytes, bodies: Numbers, ends: Numbers, counts: Numbers, heads: Numbers) -> None:
    """See to it that what stands around positions is what should."""
    said = sum(raw[bodies + byte].astype(np.int64) << 8 * (_COUNT - 1 - byte) for byte in range(_COUNT))
    is_even = (
        (raw[bodies - heads] == np.where(heads == 2, _SHORT, _LONG))  # noqa: PLR2004 - the short head
        & (said == counts)
        & (raw[bodies + _COUNT] == TUPLE)
        & (raw[ends - 2] == TUPLE_END)
        & (raw[ends - 1] == _STOP)
    )
    if not is_even.all():
        raise Uneven


def _frequencies(raw: Bytes, at: int, count: int) -> tuple[Reals, int]:
    """None for a run of ones, one number for a run of equals, else all."""
    if raw[at] == NONE:
        return np.ones(count), at + 1
    if raw[at] == FLOAT:
        (weight,) = struct.unpack(">d", bytes(raw[at + 1 : at + 9]))
        return np.full(count, weight), at + 9
    _expect(raw, at, TUPLE)
    numbers, at = _numbers(raw, at + 1, count)
    _expect(raw, at, TUPLE_END)
    return numbers.astype(np.float64), at + 1


def _numbers(raw: Bytes, at: int, count: int) -> tuple[Numbers, int]:
    """So many numbers of one width, and where they end."""
    if not count:
        return np.empty(0, np.int64), at
    width = _width(raw, at)
    end = at + width * count
    if end > len(raw):
        raise Uneven
    return _read(raw[at:end].reshape(count, width)), end


def _read(rows: Bytes) -> Numbers:
    """Numbers of one width, a row each, the lowest byte first."""
    if (rows[:, 0] != rows[0, 0]).any():
        raise Uneven
    numbers = rows[:, 1].astype(np.int64)
    for byte in range(2, rows.shape[1]):
        numbers |= rows[:, byte].astype(np.int64) << 8 * (byte - 1)
    return numbers


def _width(raw: Bytes, at: int) -> int:
    """How many bytes a number takes that begins here."""
    width = WIDTHS.get(int(raw[at])) if at < len(raw) else None
    if width is None:
        raise Uneven
    return width


def _expect(raw: Bytes, at: int, byte: int) -> None:
    if at >= len(raw) or raw[at] != byte:
        raise Uneven
