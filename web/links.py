"""Addresses of the page: of searches and of articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from urllib.parse import quote, quote_plus, urlencode

from flask import Flask, g, url_for
from werkzeug.routing import BaseConverter
from werkzeug.urls import uri_to_iri

from index.record import replace
from search.addresses import host_of
from search.rescue.offer import Offer
from search.results import Order
from web.asked import Asked

SAFE: Final = "!$'()*,/:;?@"
"""What stands in a query as it is: WHATWG's URL Standard, and Werkzeug's `url_for`."""


class ArticleConverter(BaseConverter):
    """Any id in an address. Its slashes are escaped, so that no browser takes `..` in it for a folder."""

    regex = r"[\s\S]+"
    part_isolating = False

    def to_url(self, value: Any) -> str:  # noqa: ANN401 - as it is declared in Werkzeug
        """The id as it stands in an address."""
        return quote(str(value), safe="")


def search_url(asked: Asked) -> str:
    """The address of a search: as `url_for` makes it, the part that all of a page share made once."""
    if "results_url" not in g:
        address = url_for("pages.results")
        g.results_url = address + ("&" if "?" in address else "?")  # the language may stand there
    return f"{g.results_url}{urlencode(asked.parameters(), doseq=True, safe=SAFE)}"


def narrowing_url(asked: Asked, parameter: str) -> Callable[[str], str]:
    """The address of a search narrowed to one more value of a parameter, for each of many values.

    Args:
        asked: the search that is narrowed.
        parameter: of its address; what it has already stays.
    """
    start = f"{search_url(asked)}&{parameter}="  # the query always stands in an address, so there is a `?`
    return lambda value: start + quote_plus(value)


def days_url(asked: Asked) -> Callable[[date, date], str]:
    """The address of a search, which is not confined to days, narrowed to some days, for each of many."""
    start = search_url(asked)
    return lambda first, last: f"{start}&from={first.isoformat()}&to={last.isoformat()}"


def article_url(article_id: str, asked: Asked | None = None) -> str:
    """The address of an article, with the search that led to it; what all of a page share is made once."""
    if g.get("led_by") != (asked,):
        address = url_for("pages.article", article_id="0", **(asked.parameters() if asked else {}))
        path, mark, parameters = address.partition("?")
        g.led_by, g.article_url = (asked,), (path.removesuffix("0"), mark + parameters)
    start, end = g.article_url
    return f"{start}{quote(article_id, safe='')}{end}"


def source_url(name: str) -> str:
    """The address of all articles of one source."""
    return search_url(Asked(sources=(name,)))


def author_url(name: str) -> str:
    """The address of all articles of one author."""
    return search_url(Asked(authors=(name,)))


def timeline_csv_url(asked: Asked) -> str:
    """The address of the timeline of a search as a file."""
    return url_for("timeline.table", **replace(asked, page=1, share=False, sort=Order.RELEVANCE).parameters())


def without_days(asked: Asked) -> Asked:
    """The same search of all times."""
    return replace(asked, first=None, last=None, page=1)


def with_share(asked: Asked, *, share: bool) -> Asked:
    """The same search, its timeline in shares or in counts."""
    return replace(asked, share=share)


def sorted_by(asked: Asked, sort: Order) -> Asked:
    """The same search in another order, from its first page."""
    return replace(asked, sort=sort, page=1)


def on_page(asked: Asked, page: int) -> Asked:
    """Another page of the same search."""
    return replace(asked, page=page)


def offered(asked: Asked, offer: Offer) -> Asked:
    """The search that is offered instead of another, from its first page."""
    other = offer.asked
    return replace(
        asked,
        text=other.text,
        sources=other.sources,
        authors=other.authors,
        categories=other.categories,
        first=other.first,
        last=other.last,
        match=other.match,
        page=1,
    )


_GLOBALS: Final = (
    search_url,
    article_url,
    source_url,
    author_url,
    timeline_csv_url,
    without_days,
    with_share,
    sorted_by,
    on_page,
    offered,
    host_of,
)


def register(app: Flask) -> None:
    """Let the templates of an application link."""
    app.jinja_env.filters["readable"] = uri_to_iri  # Arabic letters in an address, for the eye
    for function in _GLOBALS:
        app.jinja_env.globals[function.__name__] = function
