"""Query nodes: what can be asked of an engine. Terms, never text; frozen, so that they compare and hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Term:
    """Documents whose text field has this term; scored by BM25F."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class Combined:
    """Documents that have any of these terms in any of these fields, scored as one term of one text.

    Frequencies and lengths of the fields are added, each times its field's weight (over 0), before BM25 is
    taken of them; how rare it is says the number of documents that match. At least one term and one field.

    Source: Robertson, Zaragoza and Taylor, Simple BM25 Extension to Multiple Weighted Fields, 2004; Lucene's
    CombinedFieldQuery.
    """

    terms: tuple[str, ...]
    fields: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents whose text field has these terms at these offsets from the first: (0, 1, 3) has a gap."""

    field: str
    terms: tuple[str, ...]
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Keyword:
    """Documents whose keyword field is exactly this value; adds nothing to a score."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """Documents published on these days, both ends included, None for open; adds nothing to a score.

    A document without a date is in no range.
    """

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class And:
    """Documents that match every node; their scores are added. At least one node."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that match any node; the scores of those that match are added. At least one node."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Best:
    """Documents that match any node; the best score counts, and `tie` (0 to 1) of each of the others.

    Source: Lucene's DisjunctionMaxQuery.
    """

    nodes: tuple[Node, ...]
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that don't match the node; adds nothing to a score."""

    node: Node


@dataclass(frozen=True, slots=True)
class Boosted:
    """The node, its score multiplied by a factor of 0 or more."""

    node: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document, with score 0."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


Node: TypeAlias = (
    Term | Combined | Phrase | Keyword | DateRange | And | Or | Best | Not | Boosted | Everything | Nothing
)
