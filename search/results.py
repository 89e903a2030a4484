"""What a search gives: the one shape that the page, the API and the command line share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from index.engines.contract import DAY, MONTH
from index.engines.query import Node, Nothing
from index.record import field, record
from search import syntax
from search.describe import describe
from search.expansion import Expansion
from search.messages import Message
from search.notices import expanded
from search.translation import ARABIC
from search.why import Why, reasons

if TYPE_CHECKING:  # an offer holds a `SearchQuery`
    from search.rescue.offer import Offer

Parts: TypeAlias = tuple[tuple[str, bool], ...]
"""A text in pieces, in order: each with whether it is a word that matched. Joined, they are the text."""

ELLIPSIS = " … "
"""Stands between fragments where they are shown as one line."""

LISTED_VALUES = 100
"""Values of a facet that the JSON lists, those that most articles have; a large archive has many authors."""


class Match(StrEnum):
    """How many of the words an article must have."""

    ALL = "all"  # all, or any where no article has all
    ANY = "any"  # any from the start
    EVERY = "every"  # all, and nothing where no article has all


class Order(StrEnum):
    """How results are ordered: `contract.Sort`'s ways, and by relevance with the newer ones preferred."""

    RELEVANCE = "relevance"
    RECENT = "recent"
    NEWEST = "newest"
    OLDEST = "oldest"


@record
class SearchQuery:
    """What is asked of the archive.

    Attributes:
        text: as typed.
        limit: the most hits to return, 0 or more.
        offset: how many hits to pass over.
        sources: only articles of one of these sources (whole names); empty for all.
        authors, categories: the same for authors and categories.
        first, last: only articles published on these days, both included; None for open.
        match: how many of the words an article must have.
        expand: whether words may be looked for that were not typed.
        today: the day that «أمس» in a query is counted from; the machine's when None.
    """

    text: str
    limit: int = 10
    offset: int = 0
    sort: Order = Order.RELEVANCE
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    match: Match = Match.ALL
    expand: bool = True
    categories: tuple[str, ...] = ()
    today: date | None = None


@record
class ListedHit:
    """One article that matched, as it stands in a list.

    Attributes:
        fragments: places in the body, in order, that show why it matched; its beginning when none does.
    """

    id: str
    score: float
    title: str
    url: str | None
    source: str | None
    author: str | None
    category: str | None
    published: str | None
    fragments: tuple[Parts, ...]

    @property
    def snippet_parts(self) -> Parts:
        """The fragments as one line."""
        line: list[tuple[str, bool]] = []
        for fragment in self.fragments:
            line += [(ELLIPSIS, False), *fragment] if line else fragment
        return tuple(line)


@record
class ResultHit(ListedHit):
    """One article that matched, and why.

    Attributes:
        title_parts: the whole title, its matching words told apart.
        matched: for each word of the query, as typed, the words of this article that matched it.
        why: the same words, each with how it matched.
    """

    title_parts: Parts
    matched: Mapping[str, tuple[str, ...]]
    why: tuple[Why, ...] = ()

    @property
    def reasons(self) -> list[Message]:
        """Why it matched: a sentence for each word of the query and each way."""
        return reasons(self.why)

    def to_json(self) -> dict[str, Any]:
        """The hit as the API gives it."""
        return {
            "id": self.id,
            "score": round(self.score, 4),
            "title": self.title,
            "url": self.url,
            "source": self.source,
            "author": self.author,
            "category": self.category,
            "published": self.published,
            "title_parts": [list(part) for part in self.title_parts],
            "snippet_parts": [list(part) for part in self.snippet_parts],
            "matched": {word: list(forms) for word, forms in self.matched.items()},
            "why": [each.to_json() for each in self.why],
        }


@record
class Results:
    """The answer to a search.

    Attributes:
        query: as typed.
        understood: the query as it was read, in Arabic.
        total: how many articles matched.
        took_ms: how long the search took, in milliseconds.
        relaxed: no article has all the words, so those with any of them are given.
        notices: what the reader should be told, in Arabic, one sentence each.
        facets: counts over all that matched, by name of the facet: `source`, `author`, `category`, `month`,
            and `day`, which is no part of the JSON.
        choices: the same for a facet whose values the search is confined to, as if it were not: what else
            could be chosen; no part of the JSON.
        can_widen: there may be more articles that have some of the words.
        expansions: what was looked for, or ordered by, that was not typed.
        offers: what may be searched for instead, where nothing or little was found.
        node: what the engine was asked, for who wants it explained; no part of the JSON.
        asked: what was understood, as a tree; no part of the JSON.
    """

    query: str
    understood: str
    total: int
    took_ms: float
    relaxed: bool
    notices: tuple[str, ...]
    hits: tuple[ResultHit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    can_widen: bool = False
    expansions: tuple[Expansion, ...] = ()
    offers: tuple[Offer, ...] = ()
    node: Node = field(default_factory=Nothing)
    asked: syntax.Node | None = None
    choices: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def understood_in(self, language: str) -> str:
        """The query as it was read, in one of `describe.LANGUAGES`."""
        return describe(self.asked, language)

    @property
    def other_notices(self) -> tuple[str, ...]:
        """The notices but those of the expansions, for who shows these otherwise."""
        told = expanded(self.expansions)
        return tuple(notice for notice in self.notices if notice not in told)

    def to_json(self, say: Callable[[str], str] = str, language: str = ARABIC) -> dict[str, Any]:
        """The answer as `arshif search --json` prints it and `/api/search` returns it.

        Args:
            say: gives a sentence in the language.
            language: one of `describe.LANGUAGES`.
        """
        return {
            "query": self.query,
            "understood": self.understood_in(language),
            "total": self.total,
            "took_ms": round(self.took_ms, 2),
            "relaxed": self.relaxed,
            "notices": [say(each) for each in self.notices],
            "hits": [hit.to_json() for hit in self.hits],
            "facets": _listed(self.facets),
            "expansions": [expansion.to_json() for expansion in self.expansions],
            "offers": [offer.to_json() | {"text": say(offer.text)} for offer in self.offers],
        }


def _listed(facets: Mapping[str, tuple[tuple[str, int], ...]]) -> dict[str, list[list[Any]]]:
    """The facets of the JSON: all months, no days, and of other values the most frequent."""
    return {
        name: [list(pair) for pair in (counts if name == MONTH else counts[:LISTED_VALUES])]
        for name, counts in facets.items()
        if name != DAY
    }


class QueryRefusedError(Exception):
    """A query that is not run at all; the message says why and what to do, in Arabic."""


class BadInputError(Exception):
    """A file that is not what it should be; the message says where and why."""
