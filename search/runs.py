"""Which way a text runs; runs of one direction in a line of Arabic that would else stand in a wrong order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_DIGITS: Final = "[0-9٠-٩]"
_DAY: Final = rf"{_DIGITS}++(?:-{_DIGITS}++)++"
# No digit stands before it: in a number of many digits each would be tried for the beginning of a date.
_DATE: Final = re.compile(rf"((?<!{_DIGITS}){_DAY}(?:\.\.{_DAY})?)")

_FIRST: Final = re.compile(r"[\W\d_]*+(?:([A-Za-zÀ-ɏ])|[^\W\d_])")
"""The first letter; a group if it is a Latin one."""

_ADDRESS: Final = re.compile(r"[\W_]*+(?:https?://|www\.)", re.IGNORECASE)
_ARABIC_SHARE: Final = 0.4
"""Of the words of a text, more than which make it one that runs from right to left, whatever comes first.
Addresses and numbers don't count. Source: Google Closure Library, `goog.i18n.bidi.estimateDirection`."""


def runs_right_to_left(text: str) -> bool:
    """Whether a text that begins with a Latin word is an Arabic one nevertheless: `EUR/USD عند 1.1 اليوم`.

    What begins with an Arabic word needs no such look: its first letter says how it runs.
    """
    first = _FIRST.match(text)
    if not first or not first[1]:
        return False
    firsts = [_FIRST.match(word) for word in text.split() if not _ADDRESS.match(word)]
    is_latin = [bool(found[1]) for found in firsts if found]
    return is_latin.count(False) > _ARABIC_SHARE * len(is_latin)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is a date with hyphens, or a range of two: `2019-02..2019-06`.

    Such a date runs from left to right; after Arabic letters its numbers would stand in the other order
    (Unicode Standard Annex 9, W2 and W4).
    """
    for at, piece in enumerate(_DATE.split(text)):
        if piece:
            yield piece, at % 2 == 1
