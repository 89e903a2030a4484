"""Files of a Whoosh index, written so that no crash or full disk spoils it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile

from index.small_files import sync_folder


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
        sync_folder(Path(self.folder))

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
