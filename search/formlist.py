"""All words of a field as they are written, packed: those that fit a pattern, those that are nearly so.

Words of one length stand in one text, a line each, so that a regular expression finds all that fit, and only
words of a length that can be near are compared: 260,000 words take 5 MB, where a dictionary takes 40.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple


class _Lines(NamedTuple):
    """Words of one length: a line feed and each with one behind it; and the count of each, in this order."""

    text: str
    counts: Sequence[int]


class FormList:
    """Words and in how many articles each stands.

    Args:
        counted: the words, each once, with their counts.
    """

    def __init__(self, counted: Sequence[tuple[str, int]]) -> None:
        ordered = sorted(counted, key=lambda pair: len(pair[0]))
        groups = ((length, [*pairs]) for length, pairs in groupby(ordered, lambda pair: len(pair[0])))
        self._lines: Final = {length: _lines(pairs) for length, pairs in groups}

    def __len__(self) -> int:
        return sum(len(lines.counts) for lines in self._lines.values())

    def fitting(self, pattern: str) -> Iterator[tuple[str, int]]:
        """The words that are written as a word with stars for any letters, with their counts."""
        compiled = re.compile(f"\n({expression(pattern)})(?=\n)")
        shortest = len(pattern) - pattern.count("*")
        for length, (text, counts) in self._lines.items():
            if length >= shortest:
                for match in compiled.finditer(text):
                    yield match[1], counts[match.start() // (length + 1)]

    def near(self, word: str, most: int) -> Iterator[tuple[str, int, int]]:
        """The words that differ in no more letters, with counts and distances; to swap two counts once."""
        from rapidfuzz import process  # only when it is needed: it takes a while
        from rapidfuzz.distance import OSA

        for length in range(max(1, len(word) - most), len(word) + most + 1):
            if lines := self._lines.get(length):
                others = lines.text[1:-1].split("\n")
                found = process.extract(word, others, scorer=OSA.distance, score_cutoff=most, limit=None)
                yield from ((other, lines.counts[at], int(apart)) for other, apart, at in found)


def _lines(pairs: Sequence[tuple[str, int]]) -> _Lines:
    text = "\n".join(["", *(word for word, _ in pairs), ""])
    return _Lines(text, array("I", [count for _, count in pairs]))


def expression(pattern: str) -> str:
    """A word with stars for any letters and ? for one as a regular expression.

    What it costs grows with the length of a word alone.
    """
    first, *others = (re.escape(piece).replace(r"\?", ".") for piece in pattern.split("*"))
    if not others:
        return first
    *inside, last = others
    found = "".join(f"(?>.*?{piece})" for piece in inside if piece)
    return f"{first}{found}.*{last}"
