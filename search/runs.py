"""Runs of one direction in a line of Arabic: dates that would else stand in the wrong order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_DATE: Final = re.compile(r"([0-9٠-٩]+(?:-[0-9٠-٩]+)+(?:\.\.[0-9٠-٩]+(?:-[0-9٠-٩]+)+)?)")


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is a date with hyphens, or a range of two: `2019-02..2019-06`.

    Such a date runs from left to right; after Arabic letters its numbers would stand in the other order
    (Unicode Standard Annex 9, W2 and W4).
    """
    for at, piece in enumerate(_DATE.split(text)):
        if piece:
            yield piece, at % 2 == 1
