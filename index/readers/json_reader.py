"""JSON: a list of articles, an object with such a list in it, or one article.

A list is read element by element, so that what stands before a broken place is read, and what stands after
it too, from where the layout or the brackets show that the next element begins. Where the brackets or quotes
of the broken element don't match, that is the next object that can be decoded, has a body, and by the
brackets after it is no part of the broken element. If there is none, the rest is not read, and it is said.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Collection, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from index.readers.encoding import Decoded, decode, split
from index.readers.fields import has_body
from index.readers.jsonl_reader import BROKEN, DECODER, broken, read_element, read_lines
from index.readers.limits import Limits
from index.readers.origin import Origin, quoted
from index.readers.record import Problem, Record

LISTS: tuple[str, ...] = (
    *("articles", "items", "data", "results", "documents", "docs", "records", "entries", "news"),
)
"""Names, in small letters, of the list of articles in an object."""

LOOKS = 2_000
"""Places in a file that are looked at for an element after a broken one, where the layout shows none.

A look can cost as much as the file is long: the bound keeps a file of nothing but broken elements quick.
"""

WINDOW = 1 << 13
"""Characters that are looked ahead for the brackets that close what an object stands in."""

_SPACE = re.compile(r"[ \t\r\n]*")
_GAP = re.compile(r"[ \t\r\n,]*")
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_LINE_START = re.compile(r"\n([ \t]*)(\S)")
_SIGN = re.compile(r'\\.|["{}\[\]]', re.DOTALL)
_ENDS_STRING = re.compile(r'\s*+(?:[,:}\]]|\Z|"(?!\s*+(?:[,:}\]]|\Z)))')
_MORE = re.compile(r'[\s,]*+(?:"((?:[^"\\]|\\.)*+)"\s*+:|}(?!\s*+\Z))|\s*+:', re.DOTALL)
"""After an element: what stands only in an object."""

_Found: TypeAlias = Iterator[Record | Problem]


def read(stream: io.BufferedReader, origin: Origin, limits: Limits) -> Iterator[Record | Problem]:
    """The articles in a file, numbered by their place; JSON Lines under the name of JSON are read too.

    Raises:
        UnreadableError: the file is too large, or in no encoding that is known.
    """
    decoded = decode(stream, limits)
    start = _skip(_SPACE, decoded.text, 0)
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
        and text.startswith("{", _skip(_SPACE, text, end))
    )


def _read_top_list(decoded: Decoded, origin: Origin, start: int) -> _Found:
    end = yield from _read_list(decoded, origin, start, "]")
    if end is not None and (more := _skip(_SPACE, decoded.text, end)) < len(decoded.text):
        line = decoded.text.count("\n", 0, more) + 1
        yield origin.rejected(None, f"what comes after the list, from line {line} on, was not read")


def _read_object(decoded: Decoded, origin: Origin, start: int) -> _Found:
    """What an object at the top is: an article, articles one after another, or a list in an object."""
    try:
        value, end = DECODER.raw_decode(decoded.text, start)
    except BROKEN as error:
        yield from _read_broken(decoded, origin, start, error)
        return
    if _skip(_SPACE, decoded.text, end) < len(decoded.text):
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
    place = _skip(_GAP, text, start + 1)
    try:
        while text.startswith('"', place):
            name, place = DECODER.raw_decode(text, place)
            place = _skip(_COLON, text, place)
            if text.startswith("[", place) and (name in names or name.lower() in names):
                return place + 1
            _, place = DECODER.raw_decode(text, place)
            place = _skip(_GAP, text, place)
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
    text, number, resumption = decoded.text, 0, _Resumption(decoded.text, closing)
    while (place := _skip(_GAP, text, place)) < len(text):
        if closing and text.startswith(closing[0], place):
            return place + 1
        number += 1
        try:
            value, end = _decode(text, place)
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


def _decode(text: str, place: int) -> tuple[object, int]:
    """The element at a place, and where it ends.

    Raises:
        ValueError, RecursionError: it can't be decoded, or what follows shows that it was closed too early.
    """
    value, end = DECODER.raw_decode(text, place)
    more = _MORE.match(text, end)
    if more and not (isinstance(value, dict) and more[1] in value):  # a name it has: the next lost its brace
        raise json.JSONDecodeError("Extra data", text, _skip(_GAP, text, end))
    return value, end


def _read_element(
    decoded: Decoded, origin: Origin, number: int, value: object, span: tuple[int, int]
) -> _Found:
    if fault := decoded.fault(*span):
        yield origin.rejected(number, fault)
    else:
        yield from read_element(value, origin, number)


@dataclass(slots=True)
class _Resumption:
    """Finds where the element after a broken one begins, or the bracket that closes the list."""

    text: str
    closing: str
    looks: int = LOOKS

    def after(self, place: int) -> int | None:
        """Where to read on after the broken element at a place; None when nothing shows it."""
        by_layout = _by_layout(self.text, place)
        nesting = _Nesting(self.text)
        for sign in _SIGN.finditer(self.text, place, by_layout or len(self.text)):
            found = nesting.candidate(sign)
            if found is not None and found > place:
                if self.looks == 0:
                    return by_layout
                self.looks -= 1
                if self._is_next(found, nesting):
                    return found
            nesting.follow(sign)
        return by_layout or (len(self.text) if nesting.is_sound() else None)

    def _is_next(self, place: int, nesting: _Nesting) -> bool:
        closes = self.text[place] == "]"
        parted = closes or not self.closing or self.text[_before(self.text, place)] == ","
        if parted and nesting.is_sound():
            return bool(self.closing) or not closes
        if closes:
            return place + WINDOW >= len(self.text) and _closers(self.text, place) == self.closing != ""
        return _is_article(self.text, place) and self.closing.startswith(_closers(self.text, place))


@dataclass(slots=True)
class _Nesting:
    """What is open at a place in an element that is broken.

    On JSON that is not broken it is exact. A quote that can't end a string, by what follows it, is taken
    as part of the string; a bracket that closes another than the last closes those between too. The first of
    either is `mended`: how many were open. Closing brackets of what was not open are `loose`.
    """

    text: str
    open: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    in_string: bool = False
    mended: int | None = None
    _counts: dict[str, int] = field(default_factory=lambda: {"{": 0, "[": 0})

    def is_sound(self) -> bool:
        """Whether all that was opened is closed, and nothing else."""
        return not (self.open or self.loose or self.in_string or self.mended is not None)

    def candidate(self, sign: re.Match[str]) -> int | None:
        """Where, at a sign that is not followed yet, an element may begin or the list end."""
        start, in_list = sign.start(), self._counts["["] > 0
        if sign[0] == '"' and self.in_string:  # an object begins in a string only if that was not closed
            start = _before(self.text, start)
            return start if self.text[start] == "{" and not in_list and self._is_apart(start) else None
        if self.in_string or sign[0] not in "{]":
            return None
        if sign[0] == "]":
            return None if in_list else start
        sure = self.mended is None or len(self.open) > self.mended  # what is open, as far as can be told
        return None if (self.open[-1:] == ["["] and sure) or not self._is_apart(start) else start

    def _is_apart(self, place: int) -> bool:
        """Whether what stands there is neither a value of an object nor the first in something."""
        return self.text[_before(self.text, place)] not in ":[{"

    def follow(self, sign: re.Match[str]) -> None:
        """Take in the next sign."""
        if sign[0] == '"':
            self._quote(sign)
        elif self.in_string or sign[0][0] == "\\":
            return
        elif sign[0] in "{[":
            self.open.append(sign[0])
            self._counts[sign[0]] += 1
        else:
            self._close(sign[0])

    def _quote(self, sign: re.Match[str]) -> None:
        matches = ends = _ENDS_STRING.match(self.text, sign.end()) is not None
        if not self.in_string:  # else it may be the end of a string whose beginning was lost
            matches = not ends or self.text[_before(self.text, sign.start())] in "{[,:"
        self.in_string = matches is not self.in_string
        if not matches and self.mended is None:
            self.mended = len(self.open)

    def _close(self, closing: str) -> None:
        opening = "{" if closing == "}" else "["
        if not self._counts[opening]:
            self.loose.append(closing)
            return
        if self.open[-1] != opening and self.mended is None:
            self.mended = len(self.open)
        while (last := self.open.pop()) != opening:
            self._counts[last] -= 1
        self._counts[opening] -= 1


def _is_article(text: str, place: int) -> bool:
    try:
        value, _ = _decode(text, place)
    except BROKEN:
        return False
    return isinstance(value, dict) and has_body(tuple(value))


def _closers(text: str, place: int) -> str:
    """The brackets, from the first that closes a list, that close what the element at a place stands in."""
    nesting = _Nesting(text)
    for sign in _SIGN.finditer(text, place, place + WINDOW):
        nesting.follow(sign)
    return "".join(nesting.loose).lstrip("}")


def _before(text: str, place: int) -> int:
    """The place of the last character before a place that is no white space; -1 if there is none."""
    while place > 0 and text[place - 1] in " \t\r\n":
        place -= 1
    return place - 1


def _by_layout(text: str, place: int) -> int | None:
    """Where the element after a broken one begins, by the layout; None when the layout does not show it.

    It shows it where elements begin lines of their own and what is in them stands further in.
    """
    indent = text[text.rfind("\n", 0, place) + 1 : place]
    if indent.strip(" \t"):
        return None
    for match in _LINE_START.finditer(text, place):
        if len(match[1]) > len(indent):
            continue
        if len(match[1]) < len(indent) or match[2] not in "{},":
            return None
        if match[2] == "{":
            return match.start(2)
    return None


def _skip(pattern: re.Pattern[str], text: str, place: int) -> int:
    match = pattern.match(text, place)
    return match.end() if match else place
