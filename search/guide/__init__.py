"""The query language by examples, each a link on the page of help and a line of `arshif help query`."""

from __future__ import annotations

from typing import Final

from search.guide.confined import DATES, FIELDS
from search.guide.example import TODAY, Example, Section
from search.guide.misread import MISREAD
from search.guide.words import EXACT, NEAR, OPERATORS, PARTS, WORDS

__all__ = ["SECTIONS", "TODAY", "Example", "Section"]

SECTIONS: Final = (WORDS, EXACT, OPERATORS, NEAR, PARTS, FIELDS, DATES, MISREAD)
"""In the order in which one learns it."""
