"""What was worked out of tables and data files, kept on the disk: the next process need not do it again.

A file a table, in the user's folder for caches. It says what it was made from: every file of this package and
those of the libraries that have a say in it, by size, inode and times, as the system has them. Another file
of one of these, and it is made anew; so it is where it is damaged. Where none can be written, every process
works out what it needs.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final, Generic, TypeAlias, TypeVar
from zlib import crc32

V = TypeVar("V")

Parts: TypeAlias = Sequence[bytes | memoryview]
"""What a file holds, in an order that its maker knows: as it was made, or where the file is mapped."""

PACKAGE: Final = os.path.dirname(__file__)  # noqa: PTH120 - a Path takes longer, and every process waits
LIBRARIES: Final = (("pyarabic", "araby_const.py"), ("tashaphyne", "stemming.py"))
"""Modules of others that the tables are made with."""

PIECES: Final = 512
"""Pieces of a mapping; each is read when something is looked for that would be in it."""

_IS_LINUX: Final = sys.platform == "linux"

_HEAD: Final = struct.Struct("!8sII")  # what it is, how long the description is, checksum of all that follows
_MAGIC: Final = b"arshif-1"


def fetch(name: str, make: Callable[[], Sequence[bytes]]) -> Parts:
    """What is kept under a name; made, and kept, if nothing is that belongs to this version.

    Args:
        name: of the file.
        make: makes it from the sources.
    """
    path = folder() / f"{name}-{crc32(PACKAGE.encode()):08x}"
    with suppress(OSError, ValueError, struct.error):
        return _parted(_mapped(path))
    parts = make()
    with suppress(OSError):  # a full disk, a user without a home: nothing is lost but time
        _write(path, parts)
    return parts


class Pieces(Generic[V]):
    """A mapping of strings that is read piece by piece. Threads may share it.

    Args:
        pieces: as `pieces` makes them.
    """

    def __init__(self, pieces: Parts) -> None:
        self._pieces: Final = pieces
        self._read: Final[dict[int, dict[str, V]]] = {}

    def get(self, key: str) -> V | None:
        """The value of a key, or None."""
        number = _place(key, len(self._pieces))
        piece = self._read.get(number)
        if piece is None:
            piece = self._read[number] = json.loads(bytes(self._pieces[number]))
        return piece.get(key)

    def __iter__(self) -> Iterator[str]:
        for piece in self._pieces:
            yield from json.loads(bytes(piece))


def pieces(mapping: dict[str, Any]) -> list[bytes]:
    """A mapping whose values JSON can say, in pieces."""
    parted: list[dict[str, Any]] = [{} for _ in range(PIECES)]
    for key, value in mapping.items():
        parted[_place(key, PIECES)][key] = value
    return [as_json(piece) for piece in parted]


def as_json(value: object) -> bytes:
    """A value as JSON, without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


@cache
def folder() -> Path:
    """Where the files are."""
    if _IS_LINUX:  # as platformdirs has it, which takes longer to import than what is kept to read
        chosen, home = (os.environ.get(name, "") for name in ("XDG_CACHE_HOME", "HOME"))
        if chosen.startswith("/"):
            return Path(chosen, "arshif")
        if home.startswith("/"):
            return Path(home, ".cache", "arshif")
    from platformdirs import user_cache_path

    return user_cache_path("arshif")


def _place(key: str, count: int) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % count


def _sources() -> str:
    """What is to be told by: which files there are, and which Python reads them."""
    files = [entry for place in (PACKAGE, os.path.join(PACKAGE, "variants")) for entry in os.scandir(place)]  # noqa: PTH118 - as above
    found = {entry.path: entry.stat() for entry in files if entry.is_file()}
    for name, module in LIBRARIES:
        spec = find_spec(name)
        for place in (spec and spec.submodule_search_locations) or ():
            found[f"{place}/{module}"] = os.stat(f"{place}/{module}")  # noqa: PTH116 - as above
    told = {path: (s.st_size, s.st_ino, s.st_mtime_ns, s.st_ctime_ns) for path, s in sorted(found.items())}
    return f"{sys.version} {unicodedata.unidata_version} {told}"


_SOURCES: Final = _sources().encode("utf-8", "surrogateescape")
"""As they were before anything was made from them."""


def _write(path: Path, parts: Sequence[bytes]) -> None:
    """Write a file whole or not at all."""
    lengths = struct.pack(f"!I{len(parts)}I", len(parts), *map(len, parts))
    body = b"".join((_SOURCES, lengths, *parts))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(_HEAD.pack(_MAGIC, len(_SOURCES), crc32(body)) + body)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _mapped(path: Path) -> memoryview:
    """A file where the system has it, so that what nobody looks at isn't copied.

    Raises:
        OSError, ValueError: there is none, or nothing in it.
    """
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _parted(data: memoryview) -> list[memoryview]:
    """The parts of a file.

    Raises:
        ValueError, struct.error: it is damaged, or made from something else.
    """
    magic, described, checksum = _HEAD.unpack_from(data)
    start = _HEAD.size + described
    if magic != _MAGIC or data[_HEAD.size : start] != _SOURCES or crc32(data[_HEAD.size :]) != checksum:
        raise ValueError("not of these sources")
    (count,) = struct.unpack_from("!I", data, start)
    lengths = struct.unpack_from(f"!{count}I", data, start + 4)
    places = accumulate(lengths, initial=start + 4 + 4 * count)
    return [data[first:last] for first, last in pairwise(places)]
