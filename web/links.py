"""Addresses: of searches, of articles, and of what an article was published under."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote, urlsplit

from flask import Flask, url_for
from werkzeug.routing import BaseConverter

from search.results import Order
from web.asked import Asked

WEB_SCHEMES: Final = ("http", "https")
"""What a link may lead to: `javascript:` and its like would act in the reader's name."""


class ArticleConverter(BaseConverter):
    """Any id in an address. Its slashes are escaped, so that no browser takes `..` in it for a folder."""

    regex = r"[\s\S]+"
    part_isolating = False

    def to_url(self, value: Any) -> str:  # noqa: ANN401 - as it is declared in Werkzeug
        """The id as it stands in an address."""
        return quote(str(value), safe="")


def search_url(asked: Asked) -> str:
    """The address of a search."""
    return url_for("pages.results", **asked.parameters())


def article_url(article_id: str, asked: Asked | None = None) -> str:
    """The address of an article, with the search that led to it."""
    return url_for("pages.article", article_id=article_id, **(asked.parameters() if asked else {}))


def source_url(name: str) -> str:
    """The address of all articles of one source."""
    return search_url(Asked(sources=(name,)))


def author_url(name: str) -> str:
    """The address of all articles of one author."""
    return search_url(Asked(authors=(name,)))


def sorted_by(asked: Asked, sort: Order) -> Asked:
    """The same search in another order, from its first page."""
    return replace(asked, sort=sort, page=1)


def on_page(asked: Asked, page: int) -> Asked:
    """Another page of the same search."""
    return replace(asked, page=page)


def outside(url: str | None) -> str | None:
    """The host that an address on the web leads to; None for any other address, which must not be a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:  # brackets that hold no address
        return None
    return parts.hostname if parts.scheme in WEB_SCHEMES else None


def register(app: Flask) -> None:
    """Let the templates of an application link."""
    for function in (search_url, article_url, source_url, author_url, sorted_by, on_page, outside):
        app.jinja_env.globals[function.__name__] = function
