"""Files of a Whoosh index, read where they are mapped."""

from __future__ import annotations

import mmap
import os
import pickle
import struct
import weakref
from pathlib import Path


class SegmentFiles:
    """The files inside a segment's file.

    The map goes when the last file of it does, and its file descriptor with this.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._descriptor)
        self._view = memoryview(mmap.mmap(self._descriptor, 0, access=mmap.ACCESS_READ))
        (directory,) = struct.unpack_from("!q", self._view)
        self._places: dict[str, dict[str, int]] = pickle.loads(self._view[directory:])  # noqa: S301 - our own index

    @property
    def nbytes(self) -> int:
        """How long the segment's file is."""
        return len(self._view)

    def open(self, name: str) -> memoryview | None:
        """A file, if there is one of this name."""
        place = self._places.get(name)
        return self._view[place["offset"] : place["offset"] + place["length"]] if place else None

    def read(self, name: str, start: int, length: int) -> bytes:
        """So many bytes of a file from one on, fewer where it ends.

        They are read and not copied from the map: what is mapped and was looked at counts as memory of the
        process, and of posting lists that would be more and more with every query.
        """
        place = self._places[name]
        end = min(start + length, place["length"])
        if not 0 <= start <= end:
            raise ValueError(f"there are no {length} bytes from {start} on in {name}")
        if not hasattr(os, "pread"):  # on Windows
            return bytes(self._view[place["offset"] + start : place["offset"] + end])
        return os.pread(self._descriptor, end - start, place["offset"] + start)

    def required(self, name: str) -> memoryview:
        """A file.

        Raises:
            FileNotFoundError: there is none of this name.
        """
        file = self.open(name)
        if file is None:
            raise FileNotFoundError(f"there is no {name} in the segment")
        return file
