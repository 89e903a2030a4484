"""A search as an address has it, and back to the address."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from index.record import record, replace
from search.results import Match, Order, SearchQuery
from search.timeline import Unit

PAGE_SIZE: Final = 10
"""Hits on a page."""

MAX_NUMBER: Final = 2**31 - 1
"""The largest page or offset: more articles than an index can hold."""


@record
class Asked:
    """A search as an address has it.

    Attributes:
        text: as typed.
        page: from 1.
        sources, authors, categories: whole names; empty for all.
        first, last: days, both included; None for open.
        limit, offset: the API's way to page; None for a page of `PAGE_SIZE`.
        match: how many of the words an article must have.
        expand: whether words may be looked for that were not typed.
        unit: what a bar of the timeline stands for; None for what fits.
        share: whether the timeline shows shares of all articles, and not how many matched.
    """

    text: str = ""
    page: int = 1
    sort: Order = Order.RELEVANCE
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    limit: int | None = None
    offset: int | None = None
    match: Match = Match.ALL
    expand: bool = True
    categories: tuple[str, ...] = ()
    unit: Unit | None = None
    share: bool = False

    def query(self) -> SearchQuery:
        """The search that `search.service` is asked for."""
        limit = PAGE_SIZE if self.limit is None else self.limit
        offset = min((self.page - 1) * limit, MAX_NUMBER) if self.offset is None else self.offset
        return SearchQuery(
            self.text,
            limit,
            offset,
            self.sort,
            self.sources,
            self.authors,
            self.first,
            self.last,
            self.match,
            self.expand,
            self.categories,
        )

    def widened(self) -> Asked:
        """The same search, any of its words enough."""
        return replace(self, match=Match.ANY, page=1)

    def expanded(self) -> Asked:
        """The same search, and what was not typed too."""
        return replace(self, expand=True, page=1)

    def parameters(self) -> dict[str, Any]:
        """Of the address of this search; what is as usual is left out, the query never."""
        written = {
            "q": self.text,
            "source": list(self.sources),
            "author": list(self.authors),
            "category": list(self.categories),
            "from": self.first and self.first.isoformat(),
            "to": self.last and self.last.isoformat(),
            "match": self.match.value if self.match is not Match.ALL else None,
            "expand": None if self.expand else "0",
            "sort": self.sort.value if self.sort is not Order.RELEVANCE else None,
            "page": str(self.page) if self.page > 1 else None,
            "unit": self.unit and self.unit.value,
            "share": "1" if self.share else None,
        }
        return {name: value for name, value in written.items() if value or name == "q"}

    @property
    def is_narrowed(self) -> bool:
        """Whether the search is confined to sources, authors, categories or days."""
        return bool(self.sources or self.authors or self.categories or self.first or self.last)

    @property
    def has_words(self) -> bool:
        """Whether anything was typed; without words no article is more relevant than another."""
        return bool(self.text.strip())

    def bare(self) -> Asked:
        """The same search without what its timeline looks like: what programs ask for."""
        return replace(self, unit=None, share=False)
