"""Files of a tantivy index: which there are, and what stands in them, read where they are mapped.

tantivy's Python package finds documents and gives ten of them back; it gives out no posting lists. They are
read here as tantivy writes them, by its index format 7, and an index of any other format is refused.

Source: tantivy's doc/src/index-fileformats.md, and its `Footer` and `CompositeFile`.
"""

from __future__ import annotations

import json
import mmap
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final

from index.engines import files

FORMAT: Final = 7
"""The version of tantivy's index format that is written and read."""

META: Final = "meta.json"
"""What tantivy replaces in one step at a commit: the segments there are, and the fields."""

_MAGIC: Final = 1337
_TAIL: Final = struct.Struct("<II")  # how long the footer is, and the magic number
_LENGTH: Final = struct.Struct("<I")
_STOP: Final = 0x80  # set in the last byte of a number
_PANIC: Final = "PanicException"
"""What tantivy raises where it finds an index spoiled: no `Exception`, and no name to import it by."""


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Say of whatever goes wrong while an index's files are read what it means.

    Raises:
        IndexBrokenError: a file is missing or spoiled.
        EngineError: the system doesn't let it be read.
    """
    with files.reading(folder), _panics(ValueError):
        yield


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say of whatever goes wrong while an index's files are written what it means.

    Raises:
        EngineError: the system doesn't let it be written: no room, no permission.
    """
    with files.writing(folder), _panics(OSError):
        try:
            yield
        except ValueError as error:  # of a full disk tantivy says that a value is wrong
            raise OSError(str(error)) from error


@contextmanager
def _panics(instead: type[Exception]) -> Iterator[None]:
    """Raise another error for tantivy's panic, which is no `Exception`."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise instead(f"{_PANIC}: {error}") from error


class Mapped:
    """A file of a segment without its footer; the map goes when the last part of it does.

    Raises:
        FileNotFoundError: a writer has taken the file away meanwhile.
        ValueError: it is cut short, or of another format.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        length, magic = _TAIL.unpack(view[-_TAIL.size :])
        end = len(view) - _TAIL.size - length
        if magic != _MAGIC or end < 0:
            raise ValueError(f"{path.name} does not end as it should")
        version = json.loads(bytes(view[end : end + length]))["version"]["index_format_version"]
        if version != FORMAT:
            raise ValueError(f"{path.name} is of index format {version}, not {FORMAT}")
        self.body = view[:end]


def parts(path: Path) -> dict[int, memoryview]:
    """What a file has of each field, by the field's number; of several parts the first.

    Raises:
        FileNotFoundError, ValueError: as `Mapped`.
    """
    body = Mapped(path).body
    end = len(body) - _LENGTH.size
    (length,) = _LENGTH.unpack(body[end:])
    directory = bytes(body[end - length : end])
    count, at = number_at(directory, 0)
    offset, starts, fields = 0, [], []
    for _ in range(count):
        step, at = number_at(directory, at)
        offset += step
        (field,) = _LENGTH.unpack_from(directory, at)
        index, at = number_at(directory, at + _LENGTH.size)
        starts.append(offset)
        fields.append((field, index))
    edges = pairwise([*starts, end - length])
    return {
        field: body[start:stop]
        for (field, index), (start, stop) in zip(fields, edges, strict=True)
        if not index
    }


def number_at(data: bytes | memoryview, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & ~_STOP) << shift
        shift += 7
        if byte & _STOP:
            return number, at
