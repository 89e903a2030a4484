"""What a query is widened by: words that were not typed, each with why and how much it counts."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from index.record import record


class Kind(StrEnum):
    """Why a word is looked for that was not typed."""

    VARIANT = "variant"  # the same, written otherwise
    ROOT = "root"  # another word of its root
    SPELLING = "spelling"  # what it may be misspelled from
    WILDCARD = "wildcard"  # a word that a typed one with stars stands for
    FUZZY = "fuzzy"  # a word that is written nearly as a typed one, where that was asked for
    FEEDBACK = (
        "feedback"  # what the first articles share; it finds nothing by itself, and orders what was found
    )


AS_WRITTEN = frozenset({Kind.WILDCARD, Kind.FUZZY})
"""Kinds whose words are found as forms, their letters folded."""


@record
class Expansion:
    """A word, or words side by side, that the query was widened by.

    Attributes:
        typed: the words of the query that it belongs to, as typed; the whole query for feedback.
        kind: why.
        text: what it is, as a reader would write it.
        weight: how much it counts beside what was typed, over 0 and at most 1.
    """

    typed: str
    kind: Kind
    text: str
    weight: float

    def to_json(self) -> dict[str, Any]:
        """The expansion as the API gives it."""
        return {"word": self.typed, "kind": self.kind, "text": self.text, "weight": round(self.weight, 3)}


def grouped(expansions: Iterable[Expansion]) -> list[tuple[Kind, str, tuple[str, ...]]]:
    """For each kind, in their order, and what was typed: what was not, the heaviest first."""
    found: dict[tuple[Kind, str], dict[str, None]] = {}
    for expansion in sorted(expansions, key=lambda expansion: -expansion.weight):
        found.setdefault((expansion.kind, expansion.typed), {})[expansion.text] = None
    ordered = sorted(found.items(), key=lambda item: list(Kind).index(item[0][0]))
    return [(kind, typed, tuple(texts)) for (kind, typed), texts in ordered]
