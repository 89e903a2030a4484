"""Query nodes: what can be asked of an engine. Terms, never text; frozen, so that they compare and hash."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import TypeAlias

from index.record import record


@record
class Term:
    """Documents whose text field has this term; scored by BM25F."""

    field: str
    term: str


@record
class Combined:
    """Documents that have any of these terms in any of these fields, scored as one term of one text.

    Frequencies and lengths of the fields are added, each times its field's weight (over 0), before BM25 is
    taken of them. At least one term and one field.

    `weaker` are other terms, each with a weight over 0 and at most 1: a document that has only such terms
    matches too, and their frequencies are added times that weight. How rare the whole is says the number of
    documents that have any of `terms`, so that a common weaker term takes nothing from a rare one; where no
    document has, the number that match. A term counts once: by `terms` if it stands there, else by the
    highest weight it is given.

    Source: Robertson, Zaragoza and Taylor, Simple BM25 Extension to Multiple Weighted Fields, 2004; Lucene's
    CombinedFieldQuery, and its SynonymQuery, whose terms have boosts.
    """

    terms: tuple[str, ...]
    fields: tuple[tuple[str, float], ...]
    weaker: tuple[tuple[str, float], ...] = ()


@record
class Near:
    """Documents where a term of `right` stands close to a term of `left`, in one of these fields.

    Close is 1 to `after` words after it, or 1 to `before` words before it; a dropped word counts as one. It
    is scored as `Combined` is, as one term: its frequency is the number of occurrences of left terms that
    have such a neighbour, times the field's weight (over 0), added up over the fields; how rare it is says
    the number of documents that match. At least one term on each side and one field; `after` and `before`
    are 0 or more, and not both 0.

    Source: Metzler and Croft, A Markov Random Field Model for Term Dependencies, 2005.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    fields: tuple[tuple[str, float], ...]
    after: int
    before: int = 0


@record
class Phrase:
    """Documents whose text field has these terms at these offsets from the first: (0, 1, 3) has a gap."""

    field: str
    terms: tuple[str, ...]
    offsets: tuple[int, ...]


@record
class Keyword:
    """Documents whose keyword field is exactly this value; adds nothing to a score."""

    field: str
    value: str


@record
class DateRange:
    """Documents published on these days, both ends included, None for open; adds nothing to a score.

    A document without a date is in no range.
    """

    first: date | None
    last: date | None


@record
class And:
    """Documents that match every node; their scores are added. At least one node."""

    nodes: tuple[Node, ...]


@record
class Or:
    """Documents that match any node; the scores of those that match are added. At least one node."""

    nodes: tuple[Node, ...]


@record
class Best:
    """Documents that match any node; the best score counts, and `tie` (0 to 1) of each of the others.

    Source: Lucene's DisjunctionMaxQuery.
    """

    nodes: tuple[Node, ...]
    tie: float = 0.0


@record
class Promoted:
    """Documents that match the node; the scores of those of `by` that match are added to its own.

    At least one node in `by`. Source: Lucene's BooleanQuery, MUST beside SHOULD.
    """

    node: Node
    by: tuple[Node, ...]


@record
class Not:
    """Documents that don't match the node; adds nothing to a score."""

    node: Node


@record
class Boosted:
    """The node, its score multiplied by a factor of 0 or more."""

    node: Node
    factor: float


@record
class Recent:
    """Documents that match the node, the newer ones scored higher.

    A score is multiplied by `1 + weight * 2 ** (-age / half_life)`; the age is in days, from the document's
    day of publication to `newest`, and not below 0. That of a document without a date stays as it is. The
    half-life is over 0 and the weight 0 or more.

    Source: Li and Croft, Time-Based Language Models, 2003: an exponential prior.
    """

    node: Node
    newest: date
    half_life: float
    weight: float


@record
class Everything:
    """Every document, with score 0."""


@record
class Nothing:
    """No document."""


Node: TypeAlias = (
    Term
    | Combined
    | Near
    | Phrase
    | Keyword
    | DateRange
    | And
    | Or
    | Best
    | Promoted
    | Not
    | Boosted
    | Recent
    | Everything
    | Nothing
)


class Hashed:
    """A part of a key that takes long to hash, a deep node for one; it is hashed once."""

    __slots__ = ("_hash", "_part")

    def __init__(self, part: Hashable) -> None:
        self._part = part
        self._hash = hash(part)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hashed) and self._hash == other._hash and self._part == other._part
