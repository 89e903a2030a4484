"""Reading a column of strings, as Whoosh's `VarBytesColumn` writes it: a value for each document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

_WITH_OFFSETS: Final = ord("X")
"""Ends a column that says where each value begins; else it follows from the lengths."""


class StringColumn:
    """The values of a column. Threads may share it.

    Args:
        data: the file.
        size: how many values it has.

    Raises:
        ValueError: it is none of so many.
    """

    def __init__(self, data: memoryview, size: int) -> None:
        self._data: Final = data
        end = len(data) - 1
        if with_offsets := data[end] == _WITH_OFFSETS:
            offsets, end = _numbers(data, end - 2, data[end - 1], size)
        lengths, _ = _numbers(data, end, data[len(data) - 3] if with_offsets else data[end], size)
        starts = offsets if with_offsets else np.cumsum(lengths) - lengths
        self._starts: Final = starts
        self._ends: Final = starts + lengths

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._data[self._starts[number] : self._ends[number]])

    def __iter__(self) -> Iterator[bytes]:
        places = map(slice, self._starts.tolist(), self._ends.tolist())
        return map(bytes(self._data).__getitem__, places)


def _numbers(data: memoryview, end: int, code: int, size: int) -> tuple[NDArray[np.int64], int]:
    """So many numbers of an array's type code that end there, and where they begin."""
    kind = np.dtype(chr(code)).newbyteorder(">")
    start = end - size * kind.itemsize
    return np.frombuffer(data, kind, size, start).astype(np.int64), start
