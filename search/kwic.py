"""Concordance: every occurrence of a query in its line, as keyword in context (KWIC).

The index says which articles match; their texts are read from the archive a few at a time and looked through.
That costs about a millisecond an article, so it has a bound, and what was left out is said.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from index.analysis import normalize
from index.article import Article
from index.engines.contract import Hit
from index.library import Library
from index.record import record, replace
from search import syntax
from search.describe import describe
from search.export import Row
from search.kwic_lines import KwicText, kwic_texts
from search.marking import Marker
from search.notices import is_of_relevance
from search.results import Order, SearchQuery
from search.service import ask, read_as
from search.sought import in_body, in_title
from search.translation import AS_WRITTEN, Translator

WORDS: Final = 8
"""Words on each side of a keyword, where no number is given."""

MAX_WORDS: Final = 30
LINES: Final = 50
"""Lines on a page."""

ARTICLES: Final = 1000
"""Articles that are looked through, where no number is given: the first in the order that is asked for."""

MAX_LINES: Final = 20_000
"""Occurrences that are collected; one line is about half a kilobyte."""

PORTION: Final = 100
"""Articles that are read from the archive at once."""


class KwicOrder(StrEnum):
    """How lines are ordered; all but the first are the same for lines that are alike, so they end with it."""

    RELEVANCE = "relevance"
    BEFORE = "before"
    AFTER = "after"
    KEYWORD = "keyword"
    NEWEST = "newest"
    OLDEST = "oldest"
    SOURCE = "source"


@record
class KwicQuery:
    """What is asked of a concordance.

    Attributes:
        asked: the search; its limit, offset and sort don't count.
        words: on each side of a keyword, 0 to `MAX_WORDS`.
        limit, offset: which lines.
        articles: how many are looked through at most.
    """

    asked: SearchQuery
    order: KwicOrder = KwicOrder.RELEVANCE
    words: int = WORDS
    limit: int = LINES
    offset: int = 0
    articles: int = ARTICLES


@record
class Reference:
    """An article as a line refers to it.

    Attributes:
        number: its place among the hits, from 1.
    """

    number: int
    id: str
    title: str
    url: str | None
    source: str | None
    author: str | None
    published: str | None


@record
class KwicLine:
    """One occurrence: where it is, and its text.

    Attributes:
        field: of the article: `title` or `body`.
    """

    article: Reference
    field: str
    text: KwicText

    @property
    def parts(self) -> tuple[str, str, str]:
        """Before, keyword and after as they are shown: white space single, none at the outer ends."""
        before, keyword, after = map(_on_one_line, (self.text.before, self.text.keyword, self.text.after))
        return before.lstrip(), keyword, after.rstrip()

    def row(self) -> Row:
        """The line as it is exported; offsets are in code points of the title or the body."""
        before, keyword, after = (part.strip() for part in self.parts)
        article = self.article
        return {
            "before": before,
            "keyword": keyword,
            "after": after,
            "matched": "، ".join(self.text.matched),
            "published": article.published,
            "source": article.source,
            "author": article.author,
            "title": article.title,
            "url": article.url,
            "id": article.id,
            "field": self.field,
            "start": self.text.start,
            "end": self.text.end,
        }


FIELDS: Final = (
    *("before", "keyword", "after", "matched", "published", "source", "author"),
    *("title", "url", "id", "field", "start", "end"),
)
"""What a row has, in order."""


@record
class Concordance:
    """The lines that were asked for, and of how many they are.

    Attributes:
        understood: the query as it was read, in Arabic.
        notices: what the reader should be told, in Arabic, one sentence each.
        lines: those asked for, in order.
        total: occurrences that were found in the articles that were looked through.
        matching: articles that match.
        looked: articles of these that were looked through.
        took_ms: how long it took, in milliseconds.
        asked: what was understood, as a tree; no part of the JSON.
    """

    query: str
    understood: str
    notices: tuple[str, ...]
    lines: tuple[KwicLine, ...]
    total: int
    matching: int
    looked: int
    took_ms: float
    asked: syntax.Node | None = None

    def understood_in(self, language: str) -> str:
        """The query as it was read, in one of `describe.LANGUAGES`."""
        return describe(self.asked, language)

    @property
    def is_cut(self) -> bool:
        """Whether there may be more occurrences, in articles that were not looked through."""
        return self.looked < self.matching

    def to_json(self, translator: Translator = AS_WRITTEN) -> dict[str, Any]:
        """The answer as `arshif kwic --json` prints it, in the language of a translator."""
        return {
            "query": self.query,
            "understood": self.understood_in(translator.language),
            "total": self.total,
            "matching": self.matching,
            "looked": self.looked,
            "took_ms": round(self.took_ms, 2),
            "notices": [translator.say(each) for each in self.notices],
            "lines": [line.row() for line in self.lines],
        }


def kwic(library: Library, asked: KwicQuery) -> Concordance:
    """Find every occurrence.

    Raises:
        QueryRefusedError: the query is too long.
        ValueError: a number is out of its bounds.
        IndexMissingError, IndexOutdatedError, EngineError, ArchiveError: the data can't be searched.
    """
    started = time.perf_counter()
    if not 0 <= asked.words <= MAX_WORDS or min(asked.limit, asked.offset, asked.articles) < 0:
        raise ValueError(f"words must be 0 to {MAX_WORDS}; limit, offset and articles 0 or more")
    hits_order = _HITS.get(asked.order, Order.RELEVANCE)
    answer = ask(library, replace(asked.asked, limit=asked.articles, offset=0, sort=hits_order))
    page, read = answer.found.page, read_as(answer.parsed, asked.asked)
    sought = answer.found.compiled.sought
    markers = Marker(in_title(sought)), Marker(in_body(sought))
    lines: list[KwicLine] = []
    looked = 0
    for number, article in _articles(library, page.hits):
        if len(lines) >= MAX_LINES:
            break
        looked = number
        lines += _lines(_reference(number, article), article, markers, asked.words)
    if asked.order in _KEYS:
        lines.sort(key=_KEYS[asked.order])
    return Concordance(
        query=asked.asked.text,
        understood=describe(read),
        notices=_told(answer.notices, asked.order),
        lines=tuple(lines[asked.offset : asked.offset + asked.limit]),
        total=len(lines),
        matching=page.total,
        looked=looked if len(lines) >= MAX_LINES else len(page.hits),
        took_ms=(time.perf_counter() - started) * 1000,
        asked=read,
    )


def _told(told: tuple[str, ...], order: KwicOrder) -> tuple[str, ...]:
    """What the reader should be told: not how articles were put in order, where lines are in another."""
    return tuple(each for each in told if order not in _KEYS or not is_of_relevance(each))


_HITS: Final = {KwicOrder.NEWEST: Order.NEWEST, KwicOrder.OLDEST: Order.OLDEST}
"""In which order articles are looked through; by relevance where none is named here."""

_Key = Callable[[KwicLine], tuple[Any, ...]]
_KEYS: Final[Mapping[KwicOrder, _Key]] = {
    KwicOrder.BEFORE: lambda line: (*_by(line.text.forms_before), line.text.forms, line.text.forms_after),
    KwicOrder.AFTER: lambda line: (*_by(line.text.forms_after), line.text.forms, line.text.forms_before),
    KwicOrder.KEYWORD: lambda line: (line.text.forms, line.text.forms_after, line.text.forms_before),
    KwicOrder.SOURCE: lambda line: (not line.article.source, normalize(line.article.source or "")),
}
"""What lines are sorted by, by folded letters; the others stay in the order of their articles."""


def _by(words: tuple[str, ...]) -> tuple[bool, tuple[str, ...]]:
    """A key of words; where there are none, at the end: such a line shows nothing of what is looked for."""
    return not words, words


def _articles(library: Library, hits: Sequence[Hit]) -> Iterator[tuple[int, Article]]:
    """The articles of hits that are still there, each with its place among the hits."""
    for start in range(0, len(hits), PORTION):
        ids = [hit.id for hit in hits[start : start + PORTION]]
        articles = library.archive.get_many(ids)
        for number, article_id in enumerate(ids, start + 1):
            if article_id in articles:
                yield number, articles[article_id]


def _reference(number: int, article: Article) -> Reference:
    return Reference(
        number, article.id, article.title, article.url, article.source, article.author, article.published
    )


def _lines(
    article: Reference, whole: Article, markers: tuple[Marker, Marker], words: int
) -> Iterator[KwicLine]:
    for_title, for_body = markers
    for found in kwic_texts(whole.title, for_title, words):
        yield KwicLine(article, "title", found)
    for found in kwic_texts(whole.body, for_body, words):
        yield KwicLine(article, "body", found)


def _on_one_line(text: str) -> str:
    """White space made single, and kept at the ends as one space."""
    joined = " ".join(text.split())
    left, right = (" " * (bool(text) and edge.isspace()) for edge in (text[:1], text[-1:]))
    return f"{left}{joined}{right}" if joined else left
