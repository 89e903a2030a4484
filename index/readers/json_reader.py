"""JSON: a list of articles, an object with such a list in it, or one article.

A list is read element by element, so that what stands before a broken place is read, and what stands after
it too, as far as it can be told where the next element begins (`json_recovery`). If it can't, the rest is not
read, and it is said.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Generator, Iterator, Mapping
from typing import TypeAlias

from index.readers.encoding import Decoded, decode, split
from index.readers.fields import has_body
from index.readers.json_recovery import GAP, Resumption, decode_element, skip
from index.readers.jsonl_reader import BROKEN, DECODER, broken, read_element, read_lines
from index.readers.limits import Limits
from index.readers.origin import Origin, quoted
from index.readers.record import Problem, Record

LISTS: tuple[str, ...] = (
    *("articles", "items", "data", "results", "documents", "docs", "records", "entries", "news"),
)
"""Names, in small letters, of the list of articles in an object."""

_SPACE = re.compile(r"[ \t\r\n]*")
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")

_Found: TypeAlias = Iterator[Record | Problem]


def read(stream: io.BufferedReader, origin: Origin, limits: Limits) -> Iterator[Record | Problem]:
    """The articles in a file, numbered by their place; JSON Lines under the name of JSON are read too.

    Raises:
        UnreadableError: the file is too large, or in no encoding that is known.
    """
    decoded = decode(stream, limits)
    start = skip(_SPACE, decoded.text, 0)
    opening = decoded.text[start : start + 1]
    if opening == "[":
        yield from _read_top_list(decoded, origin, start + 1)
    elif opening == "{" and _is_lines(decoded.text, start):
        yield from read_lines(split(decoded), origin)
    elif opening == "{":
        yield from _read_object(decoded, origin, start)
    elif opening:
        yield origin.rejected(None, f"it is no JSON list or object: it begins with {quoted(opening)}")


def _is_lines(text: str, start: int) -> bool:
    """Whether two lines begin with an object and the first is not open for a value: no JSON text has them."""
    end = text.find("\n", start)
    return (
        end >= 0
        and text[start:end].rstrip()[-1] not in "[:,{"
        and text.startswith("{", skip(_SPACE, text, end))
    )


def _read_top_list(decoded: Decoded, origin: Origin, start: int) -> _Found:
    end = yield from _read_list(decoded, origin, start, "]")
    if end is not None and (more := skip(_SPACE, decoded.text, end)) < len(decoded.text):
        line = decoded.text.count("\n", 0, more) + 1
        yield origin.rejected(None, f"what comes after the list, from line {line} on, was not read")


def _read_object(decoded: Decoded, origin: Origin, start: int) -> _Found:
    """What an object at the top is: an article, articles one after another, or a list in an object."""
    try:
        value, end = DECODER.raw_decode(decoded.text, start)
    except BROKEN as error:
        yield from _read_broken(decoded, origin, start, error)
        return
    if skip(_SPACE, decoded.text, end) < len(decoded.text):
        yield from _read_list(decoded, origin, start, "")
    elif not has_body(tuple(value)) and (names := _lists(value)):
        yield from _read_wrapped(decoded, origin, start, names)
    else:
        yield from _read_element(decoded, origin, 1, value, (start, end))


def _lists(value: Mapping[str, object]) -> list[str]:
    """The names of the lists that may be the articles: those that hold objects, if any does."""
    lists = [name for name, held in value.items() if name.lower() in LISTS and isinstance(held, list)]
    return [name for name in lists if _holds_objects(value[name])] or lists


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _read_wrapped(decoded: Decoded, origin: Origin, start: int, names: list[str]) -> _Found:
    if len(names) > 1:
        yield origin.rejected(
            None, f"it holds lists under {' and '.join(names)}: leave the one with the articles"
        )
        return
    place = _find_list(decoded.text, start, names)
    assert place is not None  # it was decoded
    yield from _read_list(decoded, origin, place, "]}")


def _read_broken(decoded: Decoded, origin: Origin, start: int, error: Exception) -> _Found:
    """What can be read of an object that is broken: its list of articles, or objects one after another."""
    place = _find_list(decoded.text, start, LISTS)
    if place is None:
        yield from _read_list(decoded, origin, start, "")
        return
    end = yield from _read_list(decoded, origin, place, "]}")
    if end is not None and getattr(error, "pos", 0) >= end:
        yield origin.rejected(None, f"{broken(error)}, after the list of articles, which was read")


def _find_list(text: str, start: int, names: Collection[str]) -> int | None:
    """Where the first list under one of the names begins, after its bracket, in the object at `start`."""
    place = skip(GAP, text, start + 1)
    try:
        while text.startswith('"', place):
            name, place = DECODER.raw_decode(text, place)
            place = skip(_COLON, text, place)
            if text.startswith("[", place) and (name in names or name.lower() in names):
                return place + 1
            _, place = DECODER.raw_decode(text, place)
            place = skip(GAP, text, place)
    except BROKEN:
        return None
    return None


def _read_list(
    decoded: Decoded, origin: Origin, place: int, closing: str
) -> Generator[Record | Problem, None, int | None]:
    """The elements from a place on, up to the first of the closing brackets, or to the end if there are none.

    Returns:
        The place after that bracket; None when it was not reached.
    """
    text, number, resumption = decoded.text, 0, Resumption(decoded.text, closing)
    while (place := skip(GAP, text, place)) < len(text):
        if closing and text.startswith(closing[0], place):
            return place + 1
        number += 1
        try:
            value, end = decode_element(text, place)
        except BROKEN as error:
            after = resumption.after(place)
            lost = "" if after else f"; the rest of the file, from record {number} on, was not read"
            yield origin.rejected(number, broken(error) + lost)
            if after is None:
                return None
            place = after
        else:
            yield from _read_element(decoded, origin, number, value, (place, end))
            place = end
    if closing:
        yield origin.rejected(
            None, f"the list is not closed: the file seems to be cut off after record {number}"
        )
    return None


def _read_element(
    decoded: Decoded, origin: Origin, number: int, value: object, span: tuple[int, int]
) -> _Found:
    if fault := decoded.fault(*span):
        yield origin.rejected(number, fault)
    else:
        yield from read_element(value, origin, number)
