"""Texts of articles and readers as they may be printed: nothing in them steers a terminal."""

from __future__ import annotations

from typing import Final

_DROPPED: Final = ("\u00ad\u061c\u200b\u200e\u200f\ufeff", range(0x202A, 0x202F), range(0x2060, 0x2070))
_UNSEEN: Final = {ord(each) if isinstance(each, str) else each: None for row in _DROPPED for each in row}
"""Marks of direction and the like: one that is left open would turn around what is printed after it."""

_CONTROLS: Final = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if code != ord("\t")}
"""No text may steer the terminal."""


def printable(text: str) -> str:
    """A text without marks of direction, its control characters shown as such."""
    return text.translate(_UNSEEN).translate(_CONTROLS)
