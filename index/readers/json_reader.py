"""JSON: a list of articles, an object with such a list in it, or one article.

A list is read element by element, so that what stands before a broken place is read, and what stands after
it too where the layout shows where the next element begins.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

from index.readers.encoding import Decoded, decode, split
from index.readers.fields import has_body
from index.readers.jsonl_reader import BROKEN, DECODER, broken, kind, read_element, read_lines
from index.readers.limits import Limits
from index.readers.origin import Origin
from index.readers.record import Problem, Record

LISTS: tuple[str, ...] = ("articles", "items", "data", "results", "documents", "docs", "records", "entries", "news")
"""Names, in small letters, of the list of articles in an object."""

_SPACE = re.compile(r"[ \t\r\n]*")
_GAP = re.compile(r"[ \t\r\n,]*")
_FIRST_LINES = re.compile(r"\s*(\{[^\n]*[^\s\[:,])\s*\n\s*\{")
_LINE_START = re.compile(r"\n([ \t]*)(\S)")
_INDENT = re.compile(r"[ \t]*\Z")


def read(stream: io.BufferedReader, origin: Origin, limits: Limits) -> Iterator[Record | Problem]:
    """The articles in a file, numbered by their place; JSON Lines under the name of JSON are read too.

    Raises:
        UnreadableError: the file is too large, or in no encoding that is known.
    """
    decoded = decode(stream, limits)
    start = _skip(_SPACE, decoded.text, 0)
    opening = decoded.text[start : start + 1]
    if opening == "[":
        yield from _read_list(decoded, origin, start + 1, "]")
    elif opening == "{" and _FIRST_LINES.match(decoded.text):
        yield from read_lines(split(decoded), origin)
    elif opening == "{":
        yield from _read_object(decoded, origin, start)
    elif opening:
        yield origin.rejected(None, f"it is no JSON list or object: it begins with «{opening}»")
