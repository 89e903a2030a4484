"""Files of a Whoosh index: written so that no crash or full disk spoils it, read where they are mapped."""

from __future__ import annotations

import mmap
import os
import pickle
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile

from index.engines.contract import EngineError, IndexBrokenError

_MISSING = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Say of whatever goes wrong while an index's files are read what it means.

    No list of exceptions would do: spoiled pickles raise whatever is built by them raises, even `re.error`,
    and Whoosh itself raises bare `Exception`. So this stands around nothing but what reads and decodes.

    Raises:
        IndexBrokenError: a file is missing or spoiled.
        EngineError: the system doesn't let it be read.
    """
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and not isinstance(error, _MISSING):
            raise EngineError(f"The index in {folder} can't be read: {error}.") from error
        what = f"{type(error).__name__}: {error}"
        raise IndexBrokenError(
            f"The index in {folder} can't be read ({what}): run `arshif reindex`."
        ) from error


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say of whatever goes wrong while an index's files are written what it means.

    Raises:
        EngineError: the system doesn't let it be written: no room, no permission.
    """
    try:
        yield
    except OSError as error:
        message = f"The index in {folder} can't be written: {error}. Put that right, and try again."
        raise EngineError(message) from error


class Storage(FileStorage):  # type: ignore[misc] # Whoosh ships no types
    """Whoosh's storage in a folder, for one batch or one look.

    Whoosh never asks the system to put a file on the disk. Here a segment's file and a table of contents are
    synced as they are closed, the folder when the table has got its name, and only then does Whoosh delete
    what the new table doesn't name: after a power cut the index is the old one or the new one.
    """

    def __init__(self, folder: str | Path) -> None:
        super().__init__(str(folder))
        self._files: list[Any] = []
        self._made: list[Path] = []
        self._committed = False

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **options: Any) -> StructFile:  # noqa: ANN401, FBT001, FBT002 - Whoosh's signature
        """Open a new file for writing."""
        file = super().create_file(name, excl=excl, mode=mode, onclose=_sync, **options)
        self._files.append(file.raw_file())
        self._made.append(Path(self.folder, name))
        return file

    def open_file(self, name: str, **_: Any) -> StructFile:  # noqa: ANN401 - Whoosh's signature
        """A table of contents, from memory: Whoosh leaves a spoiled one open."""
        return BufferFile(Path(self.folder, name).read_bytes(), name=name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 - Whoosh's signature
        """Give a file its name: the one moment at which a batch becomes the index."""
        self._committed = True  # before it is so: files left over do less harm than files deleted too early
        try:
            super().rename_file(oldname, newname, safe=safe)
        except OSError:
            self._committed = False
            raise
        _sync_folder(Path(self.folder))

    def finish(self) -> None:
        """Close what is open when a batch is cut short; delete what is not the index."""
        for file in self._files:
            with suppress(OSError):  # the disk is full: what could not be flushed is about to be deleted
                file.close()
        for path in () if self._committed else self._made:
            path.unlink(missing_ok=True)


def _sync(file: StructFile) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class MappedFile(BufferFile):  # type: ignore[misc] # Whoosh ships no types
    """A file inside a segment, read where it is mapped: Whoosh's own copies each into memory as it opens it.

    `get` and what is built on it is safe to use from several threads; `seek` and `read` work on a copy.
    """

    def __init__(self, view: memoryview, name: str) -> None:
        self._buf = view
        self._name = name
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    @cached_property
    def file(self) -> BytesIO:
        """The copy for those who must seek."""
        return BytesIO(self._buf)


class SegmentFiles:
    """The files inside a segment's file, as Whoosh's codec asks a storage for them.

    The map and its file descriptor go when the last file of it does.
    """

    def __init__(self, path: Path) -> None:
        self._opened: list[MappedFile] = []
        with path.open("rb") as file:
            self._view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        (directory,) = struct.unpack_from("!q", self._view)
        self._places: dict[str, dict[str, int]] = pickle.loads(self._view[directory:])  # noqa: S301 - our own index

    @property
    def nbytes(self) -> int:
        """How long the segment's file is."""
        return len(self._view)

    def file_exists(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return name in self._places

    def file_length(self, name: str) -> int:
        """How long it is, in bytes."""
        return self._places[name]["length"]

    def open_file(self, name: str) -> MappedFile:
        """Open it for reading."""
        start = self._places[name]["offset"]
        file = MappedFile(self._view[start : start + self._places[name]["length"]], name)
        self._opened.append(file)
        return file

    def drop_copies(self) -> None:
        """Let go of the copies that were made for seeking; one comes back when someone seeks again."""
        for file in self._opened:
            file.__dict__.pop("file", None)
