"""Text to words, as places in the original text: nothing is changed here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.analysis import letters

ARABIC = (
    "\u0620-\u063f\u0641-\u064a"  # the letters, tatweel left out
    "\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"  # other languages
    "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc"  # presentation forms
    "\U0001ee00-\U0001eebb"  # as signs of mathematics
)
"""Arabic letters, as the inside of a character class."""

SENTENCES = "\ufdfa-\ufdff"
"""Ligatures that are whole sentences (ﷺ): letters to Unicode, signs to a reader."""

_MARKS = re.escape(letters.HARAKAT + letters.TATWEEL)
_CONTROLS = re.escape(letters.CONTROLS)

WORD = re.compile(
    rf"""
      [{ARABIC}](?:[{ARABIC}{_MARKS}{_CONTROLS}]*[{ARABIC}{_MARKS}])?  # marks at its end belong to a word
    | \d+(?:[.,\u066b\u066c]\d+)*                                      # 1,500  3.5  ٣٫٥
    | [^\W\d_{ARABIC}{SENTENCES}](?:[^\W_{ARABIC}{SENTENCES}]|[\u0300-\u036f])*  # other letters: G20
    """,
    re.VERBOSE,
)
"""A word: letters of one kind with what belongs to them. Where Arabic letters meet digits, two words meet."""

SIGNS = ".,:;!?\"'()[]{}«»“”‘’…-–—/*،؛؟"
"""Signs that stand beside words often: none is the first letter of a word, nor its last."""


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The words of a text, in order, each as the slice `text[start:end]`."""
    return (match.span() for match in WORD.finditer(text))


def words(text: str) -> list[str]:
    """The words of a text, in order, as they are written."""
    return WORD.findall(text)
