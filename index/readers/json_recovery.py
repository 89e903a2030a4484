"""JSON that is broken: an element decoded with care, and where the next begins after one that can't be.

The layout shows it, or the brackets. Where the brackets or quotes of the broken element don't match, it is
the next object that can be decoded, has a body, and by the brackets after it is no part of the broken one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from index.readers.fields import has_body
from index.readers.jsonl_reader import BROKEN, DECODER

LOOKS = 2_000
"""Places in a file that are looked at for an element after a broken one, where the layout shows none.

A look can cost as much as the file is long: the bound keeps a file of nothing but broken elements quick.
"""

WINDOW = 1 << 13
"""Characters that are looked ahead for the brackets that close what an object stands in."""

GAP = re.compile(r"[ \t\r\n,]*")
"""What may stand between elements of a list."""

_LINE_START = re.compile(r"\n([ \t]*)(\S)")
_SIGN = re.compile(r'\\.|["{}\[\]]', re.DOTALL)
_ENDS_STRING = re.compile(r'\s*+(?:[,:}\]]|\Z|"(?!\s*+(?:[,:}\]]|\Z)))')
_MORE = re.compile(r'[\s,]*+(?:"((?:[^"\\]|\\.)*+)"\s*+:|}(?!\s*+\Z))|\s*+:', re.DOTALL)
"""After an element: what stands only in an object."""


def decode_element(text: str, place: int) -> tuple[object, int]:
    """The element at a place, and where it ends.

    Raises:
        ValueError, RecursionError: it can't be decoded, or what follows shows that it was closed too early.
    """
    value, end = DECODER.raw_decode(text, place)
    more = _MORE.match(text, end)
    if more and not (isinstance(value, dict) and more[1] in value):  # a name it has: the next lost its brace
        raise json.JSONDecodeError("Extra data", text, skip(GAP, text, end))
    return value, end


@dataclass(slots=True)
class Resumption:
    """Finds where the element after a broken one begins, or the bracket that closes the list.

    Attributes:
        text: of the file.
        closing: the brackets that close the list and what it stands in; empty where elements stand alone.
        looks: how many places may still be looked at.
    """

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
        value, _ = decode_element(text, place)
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


def skip(pattern: re.Pattern[str], text: str, place: int) -> int:
    """The place after what a pattern matches at a place; the place itself where it doesn't."""
    match = pattern.match(text, place)
    return match.end() if match else place
