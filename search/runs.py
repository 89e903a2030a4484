"""Runs of one direction in a line of Arabic: dates that would else stand in the wrong order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_DIGITS: Final = "[0-9٠-٩]"
_DAY: Final = rf"{_DIGITS}++(?:-{_DIGITS}++)++"
# No digit stands before it: in a number of many digits each would be tried for the beginning of a date.
_DATE: Final = re.compile(rf"((?<!{_DIGITS}){_DAY}(?:\.\.{_DAY})?)")


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is a date with hyphens, or a range of two: `2019-02..2019-06`.

    Such a date runs from left to right; after Arabic letters its numbers would stand in the other order
    (Unicode Standard Annex 9, W2 and W4).
    """
    for at, piece in enumerate(_DATE.split(text)):
        if piece:
            yield piece, at % 2 == 1
