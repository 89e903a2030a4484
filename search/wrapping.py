"""Lines cut into rows that fit on a screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.record import replace
from search.cells import cells, first_letters
from search.layout import Line, Span
from search.printable import printable

_WORDS: Final = r"\s+|\S+"


def wrapped(line: Line, width: int) -> list[list[Span]]:
    """The spans of a line cut into rows, at white space; a word that is too long is cut where a row ends."""
    made: list[list[Span]] = [[]]
    room = width
    for word in _words(line):
        size = cells("".join(piece.text for piece in word))
        if size > room and (word[0].text.isspace() or not _is_blank(made[-1])):
            made.append([])
            room = width
        if not (word[0].text.isspace() and not made[-1] and len(made) > 1):
            for piece in _cut(word, width):
                if (size := cells(piece.text)) > room:
                    made.append([])
                    room = width
                made[-1].append(piece)
                room -= size
    return [row for row in map(_without_end, made) if row]


def _words(line: Line) -> Iterator[list[Span]]:
    """White space and words in turn; a word may be of several spans."""
    word: list[Span] = []
    for span in line.spans:
        for match in re.finditer(_WORDS, printable(span.text)):
            piece = replace(span, text=match[0])
            if word and word[-1].text[-1].isspace() != piece.text[0].isspace():
                yield word
                word = []
            word.append(piece)
    if word:
        yield word


def _cut(word: list[Span], width: int) -> Iterator[Span]:
    for piece in word:
        rest = piece.text
        while cells(rest) > width:
            first = first_letters(rest, width) or rest[0]
            yield replace(piece, text=first)
            rest = rest[len(first) :]
        if rest:
            yield replace(piece, text=rest)


def _is_blank(row: list[Span]) -> bool:
    return all(span.text.isspace() for span in row)


def _without_end(row: list[Span]) -> list[Span]:
    """A row without the white space at its end."""
    kept = list(row)
    while kept and kept[-1].text.isspace():
        kept.pop()
    return kept
