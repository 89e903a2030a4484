"""Finds the text files that paths stand for: in folders, and in containers."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from io import BufferedReader, FileIO
from pathlib import Path, PurePath

from index.readers.containers import Entry, gunzip, hidden, unzip
from index.readers.limits import SAMPLE, Limits
from index.readers.origin import Origin, printable
from index.readers.record import Problem
from index.record import record

EXTENSIONS: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
}
"""Extensions that are read, in lower case, and their formats; `.zip` and `.gz` of them are too."""

_KNOWN = " ".join(EXTENSIONS)
_FORMATS = "|".join(dict.fromkeys(EXTENSIONS.values()))


@record
class TextFile:
    """A file to read articles from.

    Attributes:
        name: as records and problems give it.
        format: one of the formats.
        entry: how to open it. A member of a container is open until the next file is asked for.
    """

    name: str
    format: str
    entry: Entry

    def open(self) -> AbstractContextManager[BufferedReader]:
        """Open it, unpacked.

        Raises:
            OSError, EOFError, zlib.error, zipfile.BadZipFile, UnreadableError: here or on reading.
        """
        return self.entry.open()


def find(paths: Iterable[Path], forced: str | None, limits: Limits) -> Iterator[TextFile | Problem]:
    """The text files that the paths stand for, in order, and what is passed over or can't be read.

    Args:
        paths: files and folders.
        forced: the format of all files, whatever their extension; None to go by it.
        limits: how deep containers may stand in each other, and how large they may be.
    """
    finder = _Finder(forced, limits)
    for path in paths:
        yield from finder.named(path)


@dataclass(slots=True)
class _Finder:
    """Walks folders and containers; a folder that links lead to again is walked once."""

    forced: str | None
    limits: Limits
    walked: set[tuple[int, int]] = field(default_factory=set)

    def named(self, path: Path) -> Iterator[TextFile | Problem]:
        """What one path that a person named stands for."""
        found = False
        for item in self._walk(path):
            found = True
            yield item
        if not found:
            yield Origin(_shown(path)).rejected(None, "there is no file in this folder")

    def _walk(self, top: Path) -> Iterator[TextFile | Problem]:
        # A stack and no recursion: a folder may be deeper than Python's stack.
        stack = [top]
        while stack:
            path = stack.pop()
            if path != top and hidden(path.name):
                yield Origin(_shown(path)).skipped("hidden files and folders are passed over")
                continue
            try:
                status = path.stat()
                if stat.S_ISDIR(status.st_mode):
                    stack += self._children(path, status)
                    continue
            except _SeenError:
                yield Origin(_shown(path)).skipped("this folder was read already")
            except (OSError, ValueError) as error:
                yield Origin(_shown(path)).rejected(None, _missing(error))
            else:
                yield from self._file(path, status, named=path == top)

    def _children(self, folder: Path, status: os.stat_result) -> list[Path]:
        """What is in a folder, the last first."""
        key = (status.st_dev, status.st_ino)
        if key in self.walked:
            raise _SeenError
        self.walked.add(key)
        return sorted(folder.iterdir(), key=lambda path: path.name, reverse=True)

    def _file(self, path: Path, status: os.stat_result, *, named: bool) -> Iterator[TextFile | Problem]:
        name = _shown(path)
        if stat.S_ISREG(status.st_mode):
            yield from self._entry(
                Entry(name, path.name, lambda: BufferedReader(FileIO(path), SAMPLE), named)
            )
        elif named:
            yield Origin(name).rejected(None, "this is a device or a pipe: give a file or a folder")
        else:
            yield Origin(name).skipped("this is a device or a pipe")

    def _entry(self, entry: Entry) -> Iterator[TextFile | Problem]:
        suffix = PurePath(entry.leaf).suffix.lower()
        if suffix in (".zip", ".gz"):
            yield from self._container(entry, suffix)
        elif kind := self.forced or EXTENSIONS.get(suffix):
            yield TextFile(entry.name, kind, entry)
        else:
            yield _unknown(entry, suffix)

    def _container(self, entry: Entry, suffix: str) -> Iterator[TextFile | Problem]:
        if entry.depth >= self.limits.depth:
            yield Origin(entry.name).rejected(
                None, f"it stands in {entry.depth} containers, which is the limit: unpack the outer ones"
            )
        elif suffix == ".gz":
            yield from self._entry(gunzip(entry, self.limits))
        else:
            for item in unzip(entry, self.limits):
                yield from (item,) if isinstance(item, Problem) else self._entry(item)


class _SeenError(Exception):
    """A folder was walked already."""


def _unknown(entry: Entry, suffix: str) -> Problem:
    what = f"files that end in {printable(suffix)}" if suffix else "files without an extension"
    if not entry.named:
        return Origin(entry.name).skipped(f"{what} are not read, only {_KNOWN} and .zip or .gz of them")
    return Origin(entry.name).rejected(
        None,
        f"{what} are not read, only {_KNOWN} and .zip or .gz of them: name the format, --format {_FORMATS}",
    )


def _missing(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    return f"can't be read: {getattr(error, 'strerror', None) or error}"


def _shown(path: Path) -> str:
    """The path as text that can be printed: a name on disk may be any bytes."""
    return printable(os.fsencode(path).decode("utf-8", "replace"))
