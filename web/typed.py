"""A query in a field, where nothing can be isolated: its dates keep their order by a sign that isn't seen."""

from __future__ import annotations

import re
from typing import Final

MARK: Final = "\u200e"
"""LEFT-TO-RIGHT MARK. Before the hyphens of a date it ends what Arabic letters do to the digits around these
(Unicode Standard Annex 9, W2 and W4): without it `من:2019-02` is shown as 02-2019."""

_ARABIC: Final = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_HYPHEN: Final = re.compile("(?<=[0-9])-(?=[0-9])")
_MARKED: Final = re.compile(f"(?<=[0-9]){MARK}+(?=-)")


def in_field(text: str) -> str:
    """A query for a field, with a mark before each hyphen between digits; without Arabic letters as it is."""
    return _HYPHEN.sub(f"{MARK}-", text) if _ARABIC.search(text) else text


def out_of_field(text: str) -> str:
    """A query from a field, without these marks: what was typed."""
    return _MARKED.sub("", text)
