"""CSV: an article a row, the names of the fields in the first."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence

from index.readers.encoding import Line, lines
from index.readers.fields import NAMES, has_body, read_fields
from index.readers.limits import Limits
from index.readers.origin import Origin, quoted
from index.readers.record import Problem, Record

DELIMITERS = (",", ";", "\t")
"""What may stand between cells; the one that gives a header with a body is taken."""

MAX_HEADER_LINES = 100
"""Lines that a header with line breaks in its names may take."""

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class _Lines:
    """The lines of a file for the csv module, which also end in a lone CR; keeps what was wrong with them."""

    def __init__(self, source: Iterator[Line]) -> None:
        self._source = source
        self._pieces: deque[str] = deque()
        self._fault: str | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self._pieces:
            text, fault = next(self._source)
            self._fault = self._fault or fault
            self._pieces.extend(_LINES.findall(text) if "\r" in text.removesuffix("\n")[:-1] else (text,))
        return self._pieces.popleft()

    def take_fault(self) -> str | None:
        """What was wrong with the lines since this was last asked."""
        fault, self._fault = self._fault, None
        return fault


def read(stream: io.BufferedReader, origin: Origin, limits: Limits) -> Iterator[Record | Problem]:
    """The articles in a file, numbered by row after the header; rows with nothing in them are not counted.

    Raises:
        UnreadableError: in no encoding that is known, or one line is too long to go on after it.
    """
    # The csv module has one limit for all; it is only ever raised.
    csv.field_size_limit(max(limits.line, csv.field_size_limit()))
    source = _Lines(lines(stream, limits))
    head = _header_lines(source)
    if not head:
        return
    delimiter, names = _header(head)
    if fault := source.take_fault():
        yield origin.rejected(None, f"the header has {fault}")
    elif not has_body(names):
        yield origin.rejected(None, _no_body(names))
    else:
        yield from _read_rows(source, origin, delimiter, tuple(names), len(head))


def _header_lines(source: _Lines) -> list[str]:
    """The lines of the header: those up to where its quotes are closed."""
    head: list[str] = []
    for line in source:
        if head or line.strip():
            head.append(line)
        if head and ("".join(head).count('"') % 2 == 0 or len(head) >= MAX_HEADER_LINES):
            break
    return head


def _header(head: list[str]) -> tuple[str, Sequence[str]]:
    """The delimiter, and the names it gives: with a body if any does, else as many as there can be."""
    found = [(delimiter, _cells(head, delimiter)) for delimiter in DELIMITERS]
    return max(found, key=lambda pair: (has_body(pair[1]), len(pair[1])))


def _cells(head: list[str], delimiter: str) -> list[str]:
    try:
        return next(csv.reader(head, delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _no_body(names: Sequence[str]) -> str:
    return (
        f"no column for the body: it is looked for under {', '.join(NAMES['body'])};"
        f" the columns in the first row: {quoted(', '.join(names))}"
    )


def _read_rows(
    source: _Lines, origin: Origin, delimiter: str, names: tuple[str, ...], before: int
) -> Iterator[Record | Problem]:
    # Strict: a quote that is not closed is an error, and not a cell that swallows the rows after it.
    rows = csv.reader(source, delimiter=delimiter, strict=True)
    number = 0
    while True:
        first = before + rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            source.take_fault()
            why = str(error).replace("\t", "tab")
            yield origin.rejected(number, f"broken CSV, lines {first} to {before + rows.line_num}: {why}")
            continue
        fault = source.take_fault()
        if fault or any(cell.strip() for cell in row):
            number += 1
            yield from _read_row(row, fault, origin, number, names)


def _read_row(
    row: list[str], fault: str | None, origin: Origin, number: int, names: tuple[str, ...]
) -> Iterator[Record | Problem]:
    if fault:
        yield origin.rejected(number, fault)
    elif len(row) != len(names):
        yield origin.rejected(number, f"cells in the row: {len(row)}, in the header: {len(names)}")
    else:
        yield from read_fields(origin, number, names, row)
