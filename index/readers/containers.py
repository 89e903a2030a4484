"""Looks into .zip and .gz files; nothing is written to disk."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BufferedReader
from pathlib import PurePosixPath
from typing import TypeAlias

from index.readers.limits import DAMAGE, SAMPLE, Limited, Limits, Readable, UnreadableError, size
from index.readers.origin import Origin, printable
from index.readers.record import Problem
from index.record import record

Opener: TypeAlias = Callable[[], AbstractContextManager[BufferedReader]]

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
"""Bits of a zip member's flags. Source: APPNOTE.TXT 4.4.4."""

_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@record
class Entry:
    """A file on disk or in a container.

    Attributes:
        name: as records and problems give it.
        leaf: the name that its extension is taken from.
        open: opens it.
        named: a person named it, so that it is not passed over.
        depth: how many containers it stands in.
    """

    name: str
    leaf: str
    open: Opener
    named: bool
    depth: int = 0


def hidden(name: str) -> bool:
    """Whether a file or folder is of the kind that systems keep for themselves."""
    return name.startswith(".") or name == "__MACOSX"


def gunzip(entry: Entry, limits: Limits) -> Entry:
    """The one file in a .gz: its name is that of the .gz, its extension the one before."""

    @contextmanager
    def unpack() -> Iterator[BufferedReader]:
        with (
            entry.open() as packed,
            gzip.GzipFile(fileobj=packed) as stream,
            _limited(stream, limits) as limited,
        ):
            yield limited

    return Entry(entry.name, entry.leaf[: -len(".gz")], unpack, entry.named, entry.depth + 1)


def unzip(entry: Entry, limits: Limits) -> Iterator[Entry | Problem]:
    """The files in a .zip in order of their names; each can be opened until the next is asked for."""
    origin = Origin(entry.name)
    try:
        with entry.open() as stream, _archive(stream, entry, limits) as archive:
            members = sorted(_members(archive), key=lambda member: member[0])
            if not members:
                yield origin.rejected(None, "there is no file in it")
            for name, info in members:
                yield _member(entry, archive, name, info, limits)
    except (*DAMAGE, NotImplementedError, ValueError) as error:
        # ValueError: a name that is not the UTF-8 it claims to be; NotImplementedError: a later zip format.
        yield origin.rejected(None, f"can't be unpacked: {error}")


def _archive(stream: BufferedReader, entry: Entry, limits: Limits) -> zipfile.ZipFile:
    if not entry.depth:
        return zipfile.ZipFile(stream)
    data = stream.read(limits.nested + 1)
    if len(data) > limits.nested:
        raise UnreadableError(
            f"inside another container it may have {size(limits.nested)} at most: unpack the outer one"
        )
    return zipfile.ZipFile(io.BytesIO(data))


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    return ((_decoded(info), info) for info in archive.infolist() if not info.is_dir())


def _decoded(info: zipfile.ZipInfo) -> str:
    """The member's name; many tools write UTF-8 without the flag that says so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _member(
    entry: Entry, archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo, limits: Limits
) -> Entry | Problem:
    shown = printable(f"{entry.name}/{name}")
    path = PurePosixPath(name)
    if any(hidden(part) for part in path.parts if part != ".."):
        return Origin(shown).skipped("hidden files and folders are passed over")
    return Entry(
        shown, path.name, lambda: _open_member(archive, info, limits), named=False, depth=entry.depth + 1
    )


@contextmanager
def _open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> Iterator[BufferedReader]:
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableError("it is encrypted: unpack it with its password first")
    if info.compress_type not in _COMPRESSIONS:
        raise UnreadableError("it is packed by a method other than deflate: pack it again")
    try:
        member = archive.open(info)
    except NotImplementedError as error:
        raise UnreadableError(str(error)) from error
    with member, _limited(member, limits) as limited:
        yield limited


def _limited(stream: Readable, limits: Limits) -> BufferedReader:
    return BufferedReader(Limited(stream, limits.text), SAMPLE)
