"""From paths to records: finds the files and hands each to the reader of its format."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from index.readers.cleaning import collapse
from index.readers.csv_reader import read as read_csv
from index.readers.files import TextFile, find
from index.readers.json_reader import read as read_json
from index.readers.jsonl_reader import read as read_jsonl
from index.readers.limits import DAMAGE, Limits
from index.readers.origin import Origin
from index.readers.record import Problem, Record
from index.readers.text_reader import read as read_text

Reader: TypeAlias = Callable[[io.BufferedReader, Origin, Limits], Iterator[Record | Problem]]

READERS: Mapping[str, Reader] = {
    "text": read_text,
    "json": read_json,
    "jsonl": read_jsonl,
    "csv": read_csv,
}

FORMATS: tuple[str, ...] = tuple(READERS)
"""Names of the formats."""


def read(
    paths: Iterable[Path],
    *,
    format: str | None = None,  # noqa: A002 - named as the option that gives it, --format
    source: str | None = None,
    limits: Limits | None = None,
) -> Iterator[Record | Problem]:
    """Read articles from files and from all files in folders, in order of their names.

    `.zip` and `.gz` files are looked into, in each other too. A record's ADJUSTED problems come right after
    it. `Record.number` is the number of the line in JSON Lines, of the element in a JSON list, of the data
    record in CSV (the header and blank rows are not counted), and 1 for plain text.

    Args:
        paths: files and folders; in folders, files of other kinds and hidden ones are SKIPPED.
        format: one of `FORMATS`, for every file that is not a container; None to go by the extension.
        source: the newspaper or agency of articles that name none.
        limits: how much is taken in; the defaults of `Limits` unless given.

    Raises:
        ValueError: there is no such format.
    """
    if format is not None and format not in READERS:
        raise ValueError(f"no format {format!r}: there are {', '.join(FORMATS)}")
    return _read(paths, format, collapse(source or "") or None, limits or Limits())


def _read(
    paths: Iterable[Path], forced: str | None, source: str | None, limits: Limits
) -> Iterator[Record | Problem]:
    for found in find(paths, forced, limits):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _read_file(found, Origin(found.name, source), limits)


def _read_file(file: TextFile, origin: Origin, limits: Limits) -> Iterator[Record | Problem]:
    last: Record | Problem | None = None
    try:
        with file.open() as stream:
            empty = not stream.peek(1)
            for last in READERS[file.format](stream, origin, limits):
                yield last
    except DAMAGE as error:
        yield origin.rejected(None, _damage(error, last))
    else:
        if last is None:
            yield origin.rejected(None, "the file is empty" if empty else "there are no articles in it")


def _damage(error: Exception, last: Record | Problem | None) -> str:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    where = f"what comes after record {last.number}" if last and last.number else "nothing of it"
    verb = "was not read" if last and last.number else "was read"
    return f"can't be read: {reason}; {where} {verb}"
