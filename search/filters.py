"""What a search is confined to, as an engine's filters: sources, authors, categories, days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from index.analysis import normalize
from index.engines import query
from index.engines.contract import KeywordField
from index.library import Library
from index.record import replace
from search import notices
from search.messages import Message
from search.results import SearchQuery

LISTED_NAMES: Final = 12
"""Names of sources, authors or categories that a notice lists."""

_MISSING: Final[Mapping[KeywordField, Message]] = {
    KeywordField.SOURCE: notices.NO_SUCH_SOURCE,
    KeywordField.AUTHOR: notices.NO_SUCH_AUTHOR,
    KeywordField.CATEGORY: notices.NO_SUCH_CATEGORY,
}


def filters(library: Library, asked: SearchQuery, told: list[str]) -> tuple[query.Node, ...]:
    """All that a search is confined to.

    Args:
        library: which names there are.
        asked: what is asked.
        told: gets a sentence for each name that no article has.
    """
    confined = name_filters(library, asked, told)
    if asked.first or asked.last:
        confined += (query.DateRange(asked.first, asked.last),)
    return confined


def name_filters(library: Library, asked: SearchQuery, told: list[str]) -> tuple[query.Node, ...]:
    """The sources, authors and categories that a search is confined to, as `filters`."""
    return tuple(
        _one_of(field, wanted, names(library, field), told)
        for field in KeywordField
        if (wanted := chosen(asked, field))
    )


def chosen(asked: SearchQuery, field: KeywordField) -> tuple[str, ...]:
    """The names of one field that a search is confined to; none for all."""
    return {
        KeywordField.SOURCE: asked.sources,
        KeywordField.AUTHOR: asked.authors,
        KeywordField.CATEGORY: asked.categories,
    }[field]


def without(asked: SearchQuery, field: KeywordField) -> SearchQuery:
    """The same search, not confined to names of this field."""
    match field:
        case KeywordField.SOURCE:
            return replace(asked, sources=())
        case KeywordField.AUTHOR:
            return replace(asked, authors=())
        case KeywordField.CATEGORY:
            return replace(asked, categories=())


def names(library: Library, field: KeywordField) -> tuple[str, ...]:
    """All names of one field that articles of the archive have."""
    match field:
        case KeywordField.SOURCE:
            return library.archive.sources()
        case KeywordField.AUTHOR:
            return library.archive.authors()
        case KeywordField.CATEGORY:
            return library.archive.categories()


def _one_of(
    field: KeywordField, wanted: Iterable[str], known: tuple[str, ...], told: list[str]
) -> query.Node:
    """One of these names, whatever their hamzas and case; the reader is told of one that no article has."""
    ways: dict[str, list[str]] = defaultdict(list)
    for name in known:
        ways[normalize(name)].append(name)
    nodes: list[query.Node] = []
    for name in wanted:
        same = ways.get(normalize(name), ())
        nodes += [query.Keyword(field, each) for each in same]
        if not same:
            told.append(notices.unknown_name(_MISSING[field], name, known[:LISTED_NAMES]))
    return query.Or(tuple(nodes)) if nodes else query.Nothing()
