"""What a person asked for, as a tree of their own words; analysis and engines come later."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TypeAlias

from index.record import record


class Field(StrEnum):
    """Fields that can be named in a query."""

    TITLE = "title"
    BODY = "body"
    SOURCE = "source"
    AUTHOR = "author"
    CATEGORY = "category"


@record
class Word:
    """A word as typed, never empty. It may hold more than one token (`كوفيد-19`)."""

    text: str


@record
class Quoted:
    """Words between quotes, as typed, never blank: this order, these forms."""

    text: str


@record
class Wildcard:
    """Every word that is written so: `قوا*`, a star for any letters or none; `سو?يا`, ? for one letter.

    There is one letter at least.
    """

    text: str


@record
class Fuzzy:
    """Words that are written nearly so: up to `edits` letters, 1 or more, are others, too many or missing."""

    text: str
    edits: int


@record
class Nearby:
    """Words that stand close to each other, in any order; at least two.

    Attributes:
        nodes: a word in any of its forms, one as written, or any of several words.
        gaps: for each two that follow each other here, the most words between them, 0 or more.
    """

    nodes: tuple[Word | Quoted | AnyOf, ...]
    gaps: tuple[int, ...]


@record
class AllOf:
    """Every one of these; at least two."""

    nodes: tuple[Node, ...]


@record
class AnyOf:
    """Any one of these; at least two."""

    nodes: tuple[Node, ...]


@record
class Exclude:
    """Not this."""

    node: Node


@record
class InField:
    """This, looked for in one field only."""

    field: Field
    node: Node


@record
class Between:
    """Published on these days, both included; None for open, never both."""

    first: date | None
    last: date | None


@record
class Anything:
    """Every article: what `*` and an empty query mean."""


Node: TypeAlias = (
    Word | Quoted | Wildcard | Fuzzy | Nearby | AllOf | AnyOf | Exclude | InField | Between | Anything
)


@record
class Parsed:
    """A query that was read.

    Attributes:
        node: what was understood; None when there is nothing in it to look for.
        notices: what the reader should be told, in Arabic: what was not understood and how it was taken.
    """

    node: Node | None
    notices: tuple[str, ...] = ()
