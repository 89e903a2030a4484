"""Reading a term dictionary of Whoosh's codec `W3`: what it says of each term, and where its postings are.

`whoosh.hashed` says how it is laid out.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_MAGIC: Final = b"HSH3"
_START: Final = len(_MAGIC) + 9
"""Where the first key stands: behind the number of the hash, and bytes for times to come."""

_LENGTHS: Final = struct.Struct("!ii")
_POINTER: Final = struct.Struct("!Iq")
_TABLE: Final = struct.Struct("!qi")
_TABLES: Final = 256
_FIELD: Final = struct.Struct("!H")
_INFO: Final = struct.Struct("!BfI10xIqi")
"""Of a term: whether its postings stand here, its weight, how many documents have it; what is not used, and
the last of these; where its postings begin, and how many bytes they are."""


_DOCUMENTS: Final = 5
"""Where of these the number of documents stands."""

_BEHIND: Final = b"\xff"
"""No byte of a term in UTF-8, and behind all that are."""


class Info(NamedTuple):
    """What is said of a term: how many documents have it, deleted ones too; which bytes its postings are."""

    documents: int
    offset: int
    length: int


class TermDictionary:
    """The terms of a segment. Threads may share it.

    Args:
        data: the file.

    Raises:
        ValueError, struct.error: it is none; spoiled ones raise what unpickling raises.
    """

    def __init__(self, data: memoryview) -> None:
        if bytes(data[: len(_MAGIC)]) != _MAGIC:
            raise ValueError("a term dictionary does not begin as it should")
        self._data: Final = data
        self._hash: Final = _HASHES[data[len(_MAGIC)]]
        (length,) = struct.unpack_from("!i", data, len(data) - 4)
        extras_at = len(data) - 4 - length
        extras = pickle.loads(data[extras_at:])  # noqa: S301 - our own index
        self._numbers: Final[dict[str, int]] = extras["fieldmap"]
        self._names: Final = {number: name for name, number in self._numbers.items()}
        self._order: Final = struct.Struct("!" + extras["indextype"])
        self._count: Final[int] = extras["indexlen"]
        self._order_at: Final = len(data) - 4 - self._order.size * self._count
        self._directory_at: Final = extras_at - _TABLES * _TABLE.size
        self._end: Final[int] = _TABLE.unpack_from(data, self._directory_at)[0]

    def find(self, field: str, term: bytes) -> Info | None:
        """What is said of a term, if the segment has it."""
        if field not in self._numbers:
            return None
        key = _FIELD.pack(self._numbers[field]) + term
        hashed = self._hash(key)
        table, slots = _TABLE.unpack_from(self._data, self._directory_at + (hashed & 255) * _TABLE.size)
        slot = (hashed >> 8) % slots if slots > 0 else 0
        for _ in range(slots):
            its_hash, position = _POINTER.unpack_from(self._data, table + slot * _POINTER.size)
            if not position:
                return None
            if its_hash == hashed:
                its_key, value, _ = self._entry(position)
                if its_key == key:
                    return self._info(value)
            slot = (slot + 1) % slots
        return None

    def items(self, field: str, prefix: bytes = b"") -> Iterator[tuple[bytes, Info]]:
        """The terms of a field that begin so, in order."""
        if field not in self._numbers:
            return
        wanted = _FIELD.pack(self._numbers[field]) + prefix
        position = self._first_from(wanted)
        while position < self._end:
            key, value, position = self._entry(position)
            if not key.startswith(wanted):
                return
            yield key[_FIELD.size :], self._info(value)

    def counts(self, field: str, prefix: bytes = b"") -> tuple[list[bytes], list[int]]:
        """The terms of a field that begin so, in order, and how many documents have each, read at once."""
        if field not in self._numbers:
            return [], []
        wanted = _FIELD.pack(self._numbers[field]) + prefix
        first, last = self._place_from(wanted), self._place_from(wanted + _BEHIND)
        if first == last:
            return [], []
        kind = np.dtype(self._order.format[1:]).newbyteorder(">")
        at = np.frombuffer(self._data, kind, last - first, self._order_at + first * kind.itemsize)
        return _read(self._data, at.astype(np.int64), self._entry(int(at[-1]))[2])

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Every field's terms."""
        position = _START
        while position < self._end:
            key, _, position = self._entry(position)
            yield self._names[_FIELD.unpack_from(key)[0]], key[_FIELD.size :]

    def _entry(self, position: int) -> tuple[bytes, int, int]:
        """The key that stands there, and where its value and the next key do."""
        length, size = _LENGTHS.unpack_from(self._data, position)
        start = position + _LENGTHS.size
        if length < _FIELD.size or size < 0:
            raise ValueError("a term dictionary has a term of no length")
        return bytes(self._data[start : start + length]), start + length, start + length + size

    def _info(self, position: int) -> Info:
        stands_here, _, count, _, offset, length = _INFO.unpack_from(self._data, position)
        if stands_here:
            raise ValueError("a term dictionary has postings in it, which are not written so")
        return Info(count, offset, length)

    def _first_from(self, wanted: bytes) -> int:
        """Where the first key stands that is not before this one."""
        place = self._place_from(wanted)
        return self._position(place) if place < self._count else self._end

    def _place_from(self, wanted: bytes) -> int:
        """How many keys are before this one."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._entry(self._position(middle))[0] < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _position(self, place: int) -> int:
        """Where a key stands, by its place in the order."""
        position: int = self._order.unpack_from(self._data, self._order_at + place * self._order.size)[0]
        return position


def _read(data: memoryview, at: NDArray[np.int64], end: int) -> tuple[list[bytes], list[int]]:
    """The keys that stand there, one behind the other, without their field, and their documents.

    Raises:
        ValueError: they don't stand so.
    """
    raw = np.frombuffer(data, np.uint8, end - at[0], at[0]).copy()
    starts = at - at[0] + _LENGTHS.size
    ends = starts + _numbers(raw, starts - _LENGTHS.size)
    values = ends + _numbers(raw, starts - _LENGTHS.size // 2)
    if (values != np.append(at[1:], end) - at[0]).any() or (ends < starts + _FIELD.size).any():
        raise ValueError("a term dictionary is out of order")
    if raw[ends].any():
        raise ValueError("a term dictionary has postings in it, which are not written so")
    documents = _numbers(raw, ends + _DOCUMENTS)
    raw[ends] = _BEHIND[0]  # keys are parted by what is no part of one
    steps = np.zeros(len(raw) + 1, np.int8)
    steps[starts + _FIELD.size] += 1
    steps[ends + 1] -= 1
    keys = raw[np.cumsum(steps[:-1], dtype=np.int8) > 0].tobytes()
    return keys.split(_BEHIND)[:-1], documents.tolist()


def _numbers(raw: NDArray[np.uint8], at: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of four bytes that stand there, the highest first."""
    read: NDArray[np.int64] = raw[at[:, None] + np.arange(4)].astype(np.int64) @ (
        1 << np.array([24, 16, 8, 0])
    )
    return read


def _md5(key: bytes) -> int:
    """Whoosh's first choice, which we don't write."""
    from hashlib import md5

    return int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")


_HASHES: Final[tuple[Callable[[bytes], int], ...]] = (_md5, crc32)
"""By Whoosh's numbers."""
