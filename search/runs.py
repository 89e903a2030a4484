"""Which way a text runs; runs of one direction in a line of Arabic that would else stand in a wrong order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_DIGITS: Final = "[0-9٠-٩]"
_DAY: Final = rf"{_DIGITS}++(?:-{_DIGITS}++)++"
# No digit stands before it: in a number of many digits each would be tried for the beginning of a date.
_DATE: Final = re.compile(rf"((?<!{_DIGITS}){_DAY}(?:\.\.{_DAY})?)")

_LATIN_FIRST: Final = re.compile(r"[\W\d_]*+[A-Za-zÀ-ɏ]")
_WORDS: Final = re.compile(r"([A-Za-zÀ-ɏ]+)|[^\W\d_]+")
_ARABIC_SHARE: Final = 0.4
"""Of the words of a text, more than which make it one that runs from right to left, whatever comes first.
Source: Google Closure Library, `goog.i18n.bidi.estimateDirection`."""


def runs_right_to_left(text: str) -> bool:
    """Whether a text that begins with a Latin word is an Arabic one nevertheless: `EUR/USD عند 1.1 اليوم`.

    What begins with an Arabic word needs no such look: its first letter says how it runs.
    """
    if not _LATIN_FIRST.match(text):
        return False
    words = _WORDS.findall(text)
    return words.count("") > _ARABIC_SHARE * len(words)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is a date with hyphens, or a range of two: `2019-02..2019-06`.

    Such a date runs from left to right; after Arabic letters its numbers would stand in the other order
    (Unicode Standard Annex 9, W2 and W4).
    """
    for at, piece in enumerate(_DATE.split(text)):
        if piece:
            yield piece, at % 2 == 1
