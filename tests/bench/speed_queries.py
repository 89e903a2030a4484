"""The queries that every system is asked: words of the titles in ../shared/relevance/known-item."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from judged import SHARED
from speed_system import Kind, Query

from index.analysis import analyze
from index.article import Article
from search.evaluate import read_topics

LENGTHS = {Kind.ALL: range(1, 6), Kind.ANY: range(2, 6), Kind.PHRASE: range(2, 5), Kind.FILTERED: range(1, 6)}
"""Of one word, all and any are the same."""

MOST = 5
"""Words of a query."""

SHORTEST = 3
"""Letters of a word: shorter ones are rarely searched for."""

SEED = 7


@dataclass(frozen=True)
class Queries:
    """What is measured, what a system is warmed up with, and many more for a server.

    None of them is of the same title as another's of the same kind and number of words.
    """

    measured: list[Query]
    warming: list[Query]
    many: list[Query]


def queries(articles: Sequence[Article], each: int) -> Queries:
    """So many of each kind and number of words, always the same for the same articles.

    The titles are of those articles, so that all the words of each are found together at least once.
    """
    days = sorted(article.day for article in articles if article.day)
    period = [date.fromisoformat(days[len(days) * quarter // 4]) for quarter in (1, 3)]
    titles = _titles(len(articles))
    measured, warming, many = [], [], []
    for kind, lengths in LENGTHS.items():
        for words in lengths:
            found = list(_of(kind, words, titles, period))
            Random(f"{SEED} {kind} {words}").shuffle(found)
            measured += found[:each]
            warming += found[each : 2 * each]
            many += found[2 * each :]
    for part in (warming, many):
        Random(SEED).shuffle(part)
    return Queries(measured, warming, many)


def different(articles: int, count: int) -> list[str]:
    """So many different texts, or as many as there are: words that stand side by side in a title."""
    titles = _titles(articles)
    texts = {
        " ".join(title[start : start + words])
        for title in titles
        for words in range(1, MOST + 1)
        for start in range(len(title) - words + 1)
        if all(title[start : start + words])
    }
    return Random(SEED).sample(sorted(texts), min(count, len(texts)))


def _titles(articles: int) -> list[list[str]]:
    """Each title's words, empty where a stop word or a short one stands."""
    topics = read_topics(SHARED / "relevance" / "known-item" / "topics.tsv")
    texts = [html.unescape(topic.text) for topic in topics if int(topic.id) < articles]
    return [
        [text[token.start : token.end] if _says_something(token) else "" for token in analyze(text)]
        for text in texts
    ]


def _says_something(token) -> bool:
    return bool(token.stem) and len(token.form) >= SHORTEST and token.form.isalpha()


def _of(kind: Kind, count: int, titles, period) -> Iterator[Query]:
    """One of each title that is long enough; a phrase's words stand side by side in it."""
    seen = set()
    for title in titles:
        if kind is Kind.PHRASE:
            rows = [title[start : start + count] for start in range(len(title) - count + 1)]
            found = next((row for row in rows if all(row)), [])
        else:
            found = [word for word in title if word][:count]
        text = " ".join(found)
        if len(found) == count and text not in seen:
            seen.add(text)
            yield Query(kind, count, text, *(period if kind is Kind.FILTERED else ()))
