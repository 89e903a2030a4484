"""The contract that every engine keeps, and what goes in and comes out of one.

An engine stores terms and answers with ids, scores and counts. It never sees a text, and it can be thrown
away: the archive is the truth.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from index.engines.query import Node
from index.record import field, record

if TYPE_CHECKING:  # what asks an engine and reads no arrays starts without numpy
    import numpy as np
    from numpy.typing import NDArray


class TextField(StrEnum):
    """Fields of terms with positions.

    The `…_EXACT` ones hold every word as it was written, its letters folded; the others hold stems. `LEAD`
    holds the first words of a body once more: news says first what it is about.
    """

    TITLE = "title"
    TITLE_EXACT = "title_exact"
    BODY = "body"
    BODY_EXACT = "body_exact"
    LEAD = "lead"
    SOURCE = "source_words"
    AUTHOR = "author_words"


class KeywordField(StrEnum):
    """Fields of one whole value: to filter by and to count."""

    SOURCE = "source"
    AUTHOR = "author"
    CATEGORY = "category"


class Sort(StrEnum):
    """Orders of hits. Ties: higher score, then newer, then by id. Without a date a document comes last."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


MONTH = "month"
"""The facet that counts by month of publication, `YYYY-MM`."""

DAY = "day"
"""The facet that counts by day of publication, `YYYY-MM-DD`; the others are the names of keyword fields."""

TIMES = (MONTH, DAY)
"""Facets whose values are in order of time."""

GAP = ""
"""Stands in a sequence of terms where a word was dropped, so that the next keeps its position."""


@record
class Document:
    """What an engine indexes of one article.

    Attributes:
        id: the article's identity.
        terms: for each text field its terms in order, `GAP` for a dropped word.
        keywords: for each keyword field its value, if there is one.
        published: ISO 8601, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`.
    """

    id: str
    terms: Mapping[TextField, Sequence[str]]
    keywords: Mapping[KeywordField, str]
    published: str | None = None


@record
class Texts:
    """A text field of many documents.

    Attributes:
        terms: the number of each term, document after document, 0 for a dropped word.
        counts: how many each document has. Fields whose words stand in the same places may share it.
    """

    terms: NDArray[np.int32]
    counts: NDArray[np.int32]


@record
class Documents:
    """Many documents by columns: what an engine takes in without looking at every term. See `columns.py`.

    Attributes:
        ids: of each document its article's identity.
        texts: the text fields; one that is left out is empty.
        keywords: the keyword fields, of each document its value, "" or None for none.
        published: as in `Document`.
        vocabulary: the term of each number, the first is `GAP`. Those that follow may have the same, longer.
    """

    ids: Sequence[str]
    texts: Mapping[TextField, Texts]
    keywords: Mapping[KeywordField, Sequence[str | None]]
    published: Sequence[str | None]
    vocabulary: Sequence[str]


@record
class Scoring:
    """BM25F's parameters. Source: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009.

    Attributes:
        k1: how fast repetition saturates, 0 or more.
        b: how much length counts, 0 to 1, for a field that `field_b` does not name.
        field_b: the same for one field.
    """

    k1: float = 1.2
    b: float = 0.75
    field_b: Mapping[TextField, float] = field(default_factory=dict)


@record
class Request:
    """One question to an engine.

    Attributes:
        node: what must match, and is scored.
        filters: what must match too, and is not scored.
        limit: the most hits to return, 0 or more.
        offset: how many hits to pass over.
        facets: what to count over all that matches: names of keyword fields, or of `TIMES`.
    """

    node: Node
    filters: tuple[Node, ...] = ()
    limit: int = 10
    offset: int = 0
    sort: Sort = Sort.RELEVANCE
    facets: tuple[str, ...] = ()
    scoring: Scoring = Scoring()


@record
class Hit:
    """A document that matched, and its score (0 or more, higher is better)."""

    id: str
    score: float


@record
class Page:
    """The answer to a request.

    Attributes:
        total: how many documents matched, exactly.
        hits: those asked for, in order.
        facets: for each facet asked for (value, count) pairs: keywords by count, highest first, then by
            value; months and days in order of time. Documents without a value are not counted.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


@record
class Size:
    """How big an index is: documents, distinct terms over all text fields, and bytes on disk."""

    documents: int
    terms: int
    bytes: int


class Batch(Protocol):
    """Changes that become visible together."""

    def add(self, document: Document) -> None:
        """Index a document; one with the same id is replaced."""

    def add_all(self, documents: Documents) -> None:
        """Index documents; those with the same ids are replaced, of these the last stays.

        Raises:
            ValueError: one has no id, or a term that can't be kept; none of them is indexed.
        """

    def remove(self, document_id: str) -> None:
        """Take a document out; nothing happens when it is not there."""


class Engine(Protocol):
    """An index that is open. One per process is enough: it may be shared by threads."""

    def batch(self) -> AbstractContextManager[Batch]:
        """Start a batch: committed when the block ends well, cancelled whole when it raises.

        Raises:
            IndexBusyError: another process has been writing for too long.
        """

    def search(self, request: Request) -> Page:
        """Answer a request over what was committed when `refresh` was last called, or later."""

    def counts(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        """How many documents match each of these, exactly, over what `search` would answer from.

        All are counted over the same state of the index.

        Raises:
            IndexBrokenError: the index can't be read.
            ValueError: a node makes no sense.
        """

    def terms(self, field: str, prefix: str = "") -> Sequence[tuple[str, int]]:
        """Every term of a text field that begins so, in order, with how many documents have it.

        Documents that were taken out may still count.

        Raises:
            IndexBrokenError: the index can't be read.
            ValueError: there is no such field.
        """

    def state(self) -> Hashable:
        """A value that changes whenever what `search` answers from does, and only then."""

    def refresh(self) -> None:
        """See what has been committed since; cheap when nothing was."""

    def size(self) -> Size:
        """How big the index is."""

    def close(self) -> None:
        """Let go of files. The engine is not used after."""


class EngineError(Exception):
    """An engine can't do what was asked; the message says what to do."""


class IndexBusyError(EngineError):
    """Another process is writing to the index."""


class IndexBrokenError(EngineError):
    """The index can't be read; it has to be rebuilt from the archive."""


def moment(published: str | None) -> int:
    """A date of publication as a number that sorts: 20190217000000; 0 when there is none."""
    if not published:
        return 0
    return int("".join(character for character in published if character.isdigit()).ljust(14, "0")[:14])
