"""JSON Lines: an article a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator

from index.readers.encoding import Line, lines
from index.readers.fields import read_fields
from index.readers.limits import Limits
from index.readers.origin import Origin
from index.readers.record import Problem, Record

DECODER = json.JSONDecoder(strict=False)
"""Not strict: it lets tabs and line breaks stand in a string as they are, for they can't be mistaken."""

_BLANKS = " \t\r\n\ufeff"
"""A mark of UTF-8 too: it begins a line where files were joined."""

BROKEN = (ValueError, RecursionError)
"""What decoding raises: ValueError for broken JSON, and for whole numbers of more than 4,300 digits."""


def read(stream: io.BufferedReader, origin: Origin, limits: Limits) -> Iterator[Record | Problem]:
    """The articles in a file, each numbered by its line; blank lines are passed over.

    Raises:
        UnreadableError: in no encoding that is known, or one line is too long to go on after it.
    """
    return read_lines(lines(stream, limits), origin)


def read_lines(source: Iterable[Line], origin: Origin) -> Iterator[Record | Problem]:
    """The articles in lines that are decoded; a line that is broken is rejected and the next is read."""
    first = True
    for number, line in enumerate(source, 1):
        text = line.text.strip(_BLANKS)
        if first and text in ("[", "{"):
            yield origin.rejected(
                None, "it is not JSON Lines but one JSON text over several lines: use --format json"
            )
            return
        if text or line.fault:
            first = False
            yield from _read_line(line, origin, number)


def read_element(value: object, origin: Origin, number: int) -> Iterator[Record | Problem]:
    """The article that a JSON value is."""
    if isinstance(value, dict):
        yield from read_fields(origin, number, tuple(value), tuple(value.values()))
    else:
        yield origin.rejected(number, f"it is {kind(value)}, not an object with the fields of an article")


def broken(error: Exception) -> str:
    """What is wrong with JSON, and where."""
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON at line {error.lineno}, column {error.colno}: {error.msg}"
    if isinstance(error, RecursionError):
        return "its JSON is nested too deep to be read"
    return "it holds a whole number of more digits than are read"


def kind(value: object) -> str:
    """What a JSON value is, in words."""
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "null", dict: "an object"}
    return names.get(type(value), "a number")


def _read_line(line: Line, origin: Origin, number: int) -> Iterator[Record | Problem]:
    if line.fault:
        yield origin.rejected(number, line.fault)
        return
    try:
        value = DECODER.decode(line.text.lstrip("\ufeff").rstrip())
    except json.JSONDecodeError as error:
        yield origin.rejected(number, f"broken JSON at column {error.colno}: {error.msg}")
    except BROKEN as error:
        yield origin.rejected(number, broken(error))
    else:
        yield from read_element(value, origin, number)
