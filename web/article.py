"""The page of an article: its marks numbered, what is near it, the results around it, its citation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, Final, TypeAlias

from flask import abort, render_template, request

from index.built import IndexMissingError, IndexOutdatedError
from index.engines.contract import EngineError
from index.library import Library
from index.record import record, replace
from search.citation import Citation, bibtex, json_ld
from search.reading import ReadArticle, read_article
from search.related import Related, related
from search.results import Parts, QueryRefusedError, ResultHit
from search.service import search
from search.vocabulary import Vocabulary
from web.asked import PAGE_SIZE, Asked
from web.cite import citation, in_words
from web.data import data
from web.parameters import read

JUMPS: Final = 40
"""Places that are linked to one by one where there is no script."""

Numbered: TypeAlias = tuple[tuple[str, int], ...]
"""A text in pieces: each with the number of the mark that it is, from 1; 0 for what is not marked."""

INDEX_ERRORS: Final = (IndexMissingError, IndexOutdatedError, EngineError)


@record
class Neighbour:
    """A result before or after: the article, and the search with the page that it stands on."""

    hit: ResultHit
    asked: Asked


@record
class Trail:
    """Where an article stands among the results of a search.

    Attributes:
        place: from 1.
        total: how many results there are.
        previous, following: the results around it.
    """

    place: int
    total: int
    previous: Neighbour | None
    following: Neighbour | None


@record
class Around:
    """What the index knows around an article; nothing when it can't be read."""

    related: Related | None = None
    trail: Trail | None = None


def article_page(article_id: str) -> str:
    """The page of an article, 404 where there is none."""
    library = data().library()
    asked, _ = read(request.args)
    came_from = asked if "q" in request.args else None
    found, around = _found(library, article_id, asked, came_from)
    number = count(1)
    cited = citation(found.article)
    return render_template(
        "article.html",
        found=found,
        title=numbered(found.title, number),
        paragraphs=[numbered(paragraph, number) for paragraph in found.paragraphs],
        marks=next(number) - 1,
        jumps=JUMPS,
        around=around,
        asked=asked,
        came_from=came_from,
        **_cited(cited),
    )


def numbered(parts: Parts, number: Iterator[int]) -> Numbered:
    """A text in pieces, each mark with the next number."""
    return tuple((text, next(number) if is_hit else 0) for text, is_hit in parts)


def trail(library: Library, asked: Asked, article_id: str) -> Trail | None:
    """Where an article stands on the page of results that led to it; None when it isn't there any more."""
    page = asked.query()
    start = max(0, page.offset - 1)
    try:
        found = search(library, replace(page, offset=start, limit=PAGE_SIZE + 2))
    except QueryRefusedError:
        return None
    place = next((each for each, hit in enumerate(found.hits) if hit.id == article_id), None)
    if place is None:
        return None
    around = [
        Neighbour(found.hits[each], replace(asked, page=(start + each) // PAGE_SIZE + 1))
        if 0 <= each < len(found.hits)
        else None
        for each in (place - 1, place + 1)
    ]
    return Trail(start + place + 1, found.total, *around)


def _found(
    library: Library, article_id: str, asked: Asked, came_from: Asked | None
) -> tuple[ReadArticle, Around]:
    """The article, and what is around it; without an index it can be read all the same."""
    try:
        with library.searching() as engine:
            vocabulary = Vocabulary(engine)
            found = read_article(
                library, article_id, asked.text, expand=asked.expand, vocabulary=vocabulary
            ) or abort(404)
            return found, Around(
                related(library, found.article), trail(library, came_from, article_id) if came_from else None
            )
    except INDEX_ERRORS:
        return read_article(library, article_id, asked.text, expand=asked.expand) or abort(404), Around()


def _cited(cited: Citation) -> dict[str, Any]:
    return {
        "permalink": cited.permalink,
        "json_ld": json_ld(cited),
        "bibtex": bibtex(cited),
        "citations": in_words(cited),
        "printed": cited.accessed,
    }
