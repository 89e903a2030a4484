"""How much a reader takes in before it refuses, and the errors that end the reading of a file."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Protocol

from index.record import record

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer  # collections.abc.Buffer came with Python 3.12

SAMPLE = 1 << 20
"""Bytes at the head of a file from which its encoding is told; also the size of its read buffer."""


@record
class Limits:
    """Bounds on what is held in memory or unpacked, so that a hostile or broken file can't exhaust either.

    Attributes:
        depth: how many containers may stand in each other.
        text: bytes of one text file, where it is unpacked from a container or held in memory as a whole.
            JSON Lines and CSV that are not packed have no bound: they are read line by line.
        nested: bytes of a .zip inside a container; it is held in memory, nothing is written to disk.
        line: bytes of one line of JSON Lines or CSV, and characters of one cell.
    """

    depth: int = 3
    text: int = 1 << 30
    nested: int = 256 << 20
    line: int = 64 << 20


class UnreadableError(Exception):
    """A file, or the rest of it, can't be read; the message says why and what to do."""


DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, UnreadableError)
"""What opening and reading a file or a member of a container can raise."""


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes; none at the end."""


class Limited(io.RawIOBase):
    """A stream of unpacked bytes that refuses to give more than it may.

    Raises:
        UnreadableError: on reading past the limit.
    """

    def __init__(self, stream: Readable, limit: int) -> None:
        super().__init__()
        self._stream = stream
        self._limit = limit
        self._left = limit

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer; fewer bytes only at the end, so that a sample is as long as it can be."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (piece := self._stream.read(len(view) - filled)):
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        self._left -= filled
        if self._left < 0:
            raise UnreadableError(
                f"unpacked it is larger than {size(self._limit)}: split it into smaller files"
            )
        return filled


def size(count: int) -> str:
    """A number of bytes as people read it: `1 GiB`, `64 MiB`, `1000 bytes`."""
    for unit, power in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if count >= 1 << power and count % (1 << power) == 0:
            return f"{count >> power} {unit}"
    return f"{count} bytes"
