"""One article as it is read: its whole text in paragraphs, the words of a query marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.article import Article
from index.library import Library
from index.record import record
from search.marking import Marker
from search.parse import MAX_LENGTH, parse
from search.rank import Sought, compile_query
from search.ranking import EXPANDING, RANKING, Ranking
from search.results import Parts
from search.snippets import whole
from search.sought import in_body, in_title
from search.vocabulary import Vocabulary

_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_BREAK: Final = re.compile(r"\n")


@record
class ReadArticle:
    """An article and where the words of a query stand in it.

    Attributes:
        article: as the archive keeps it.
        title: the whole title.
        paragraphs: the whole body; each begins and ends with what is no white space, and none is empty.
    """

    article: Article
    title: Parts
    paragraphs: tuple[Parts, ...]


def read_article(
    library: Library,
    article_id: str,
    query_text: str = "",
    *,
    expand: bool = True,
    vocabulary: Vocabulary | None = None,
) -> ReadArticle | None:
    """The article with this id, or None.

    Args:
        library: where it is looked for.
        article_id: its identity.
        query_text: the query that led to it, as typed; one that is too long to be searched marks nothing.
        expand: whether other spellings of its words are marked too.
        vocabulary: what the index says of words: with it, all that a search looks for is marked.

    Raises:
        ArchiveError: the archive can't be read.
    """
    article = library.archive.get(article_id)
    if article is None:
        return None
    sought = _sought(query_text, RANKING if expand else RANKING.leave_out(EXPANDING), vocabulary)
    title = whole(Marker(in_title(sought)).mark(article.title))
    body = whole(Marker(in_body(sought)).mark(article.body))
    return ReadArticle(article, title, tuple(_paragraphs(body, article.body)))


def _sought(query_text: str, ranking: Ranking, vocabulary: Vocabulary | None) -> tuple[Sought, ...]:
    if not query_text.strip() or len(query_text) > MAX_LENGTH:
        return ()
    return compile_query(parse(query_text).node, ranking=ranking, vocabulary=vocabulary).sought


def _paragraphs(parts: Parts, body: str) -> Iterator[Parts]:
    """The body cut where lines are blank; at each line's end where none is."""
    gap = _BLANK_LINES if _BLANK_LINES.search(body.strip()) else _LINE_BREAK
    paragraph: list[tuple[str, bool]] = []
    for text, is_hit in parts:
        first, *rest = [text] if is_hit else gap.split(text)
        paragraph.append((first, is_hit))
        for begun in rest:
            yield from _trimmed(paragraph)
            paragraph = [(begun, False)]
    yield from _trimmed(paragraph)


def _trimmed(paragraph: list[tuple[str, bool]]) -> Iterator[Parts]:
    """The paragraph without white space at its ends, unless there is nothing else in it."""
    paragraph[0] = (paragraph[0][0].lstrip(), paragraph[0][1])
    paragraph[-1] = (paragraph[-1][0].rstrip(), paragraph[-1][1])
    kept = tuple(part for part in paragraph if part[0])
    if kept:
        yield kept
