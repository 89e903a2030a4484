"""Reading a term dictionary of Whoosh's codec `W3`: what it says of each term, and where its postings are.

`whoosh_hashed` says how it is laid out.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from zlib import crc32

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
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._entry(self._position(middle))[0] < wanted:
                low = middle + 1
            else:
                high = middle
        return self._position(low) if low < self._count else self._end

    def _position(self, place: int) -> int:
        """Where a key stands, by its place in the order."""
        position: int = self._order.unpack_from(self._data, self._order_at + place * self._order.size)[0]
        return position


def _md5(key: bytes) -> int:
    """Whoosh's first choice, which we don't write."""
    from hashlib import md5

    return int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")


_HASHES: Final[tuple[Callable[[bytes], int], ...]] = (_md5, crc32)
"""By Whoosh's numbers."""
