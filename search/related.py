"""What else the archive has on the subject of an article: its most telling words, asked for at once.

Articles that tell the same story in the same words, as newspapers print what agencies send, are told apart
from those that tell more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from index.article import Article
from index.engines import query
from index.engines.contract import Engine, Request, TextField
from index.library import Library
from index.record import record, replace
from search.rank import scoring
from search.ranking import RANKING
from search.shared import Words, words_of
from search.vocabulary import Vocabulary

LEAD: Final = 700
"""Letters of a body that are its beginning: what the news is, and to whom and where it happened."""

TELLING: Final = 14
"""Words that are asked for; more of them cost time and find nothing better."""

CANDIDATES: Final = 16
"""Articles that are looked at."""

SHOWN: Final = 5
"""Articles of each kind that are given."""

RARE: Final = 2
"""Articles that must have a word: one that only this article has finds nothing."""

COMMON, FEW = 0.1, 10
"""The share of all articles above which a word tells nothing of one, if they are more than these."""

ALIKE: Final = 0.25
"""The share of an article's own score that one on its subject has at least."""

SAME: Final = 0.55
"""The share of the words of both that two articles have in common when they tell the same."""

DAYS, LATER = 2, 0.8
"""Days within which newspapers print the same story, and what two articles further apart have in common.

Of 1,685 pairs over `SAME` in a sample of 30,676 articles 100 are further apart: below .8 most of these are
other telegrams of the same formula (congratulations, weather, executions), or tell what came later.
"""

FIELDS: Final = ((TextField.TITLE.value, 2.0), (TextField.BODY.value, 1.0))


@record
class Related:
    """Articles near one, the nearest first.

    Attributes:
        others: on the same subject.
        same: that tell the same in nearly the same words.
    """

    others: tuple[Article, ...] = ()
    same: tuple[Article, ...] = ()


def related(library: Library, article: Article) -> Related:
    """What else there is on the subject of an article.

    Raises:
        IndexMissingError, IndexOutdatedError, EngineError, ArchiveError: the data can't be searched.
    """
    with library.searching() as engine:
        found = _alike(engine, article)
    articles = library.archive.get_many(found)
    own = _beginning(article)
    others: list[Article] = []
    same: list[Article] = []
    for other in articles.values():
        least = SAME if near(article, other) else LATER
        (same if overlap(own, _beginning(other)) >= least else others).append(other)
    return Related(_each_once(others)[:SHOWN], tuple(same[:SHOWN]))


def telling(engine: Engine, article: Article) -> dict[str, float]:
    """The stems that tell an article from others, each with its weight, over 0 and at most 1, heaviest first.

    Source: tf-idf, Spärck Jones, A statistical interpretation of term specificity, 1972.
    """
    counts = _beginning(article).counts
    vocabulary = Vocabulary(engine)
    total, known = vocabulary.size, vocabulary.counts(stem for stem in counts if stem)
    weights = {
        stem: (1 + math.log(counts[stem])) * math.log(total / articles)
        for stem, articles in known.items()
        if RARE <= articles <= max(FEW, COMMON * total) and not stem[0].isdigit()
    }
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:TELLING]
    return {stem: weights[stem] / weights[best[0]] for stem in best if weights[stem] > 0}


def _beginning(article: Article) -> Words:
    return words_of(replace(article, body=article.body[:LEAD]))


def overlap(one: Words, other: Words) -> float:
    """The share of their words that two articles have in common, 0 to 1, stop words left out.

    Source: Jaccard's index of multisets.
    """
    left, right = (Counter({stem: n for stem, n in words.counts.items() if stem}) for words in (one, other))
    either = (left | right).total()
    return (left & right).total() / either if either else 0.0


def near(one: Article, other: Article) -> bool:
    """Whether two articles are of days that are near; so are those whose day is not known."""
    try:
        days = [date.fromisoformat(each.day or "") for each in (one, other)]
    except ValueError:
        return True
    return abs(days[0] - days[1]) <= timedelta(DAYS)


def _each_once(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles without those that have the title of one before: a newspaper prints some twice."""
    return tuple({article.title or article.id: article for article in reversed([*articles])}.values())[::-1]


def _alike(engine: Engine, article: Article) -> list[str]:
    """The ids of articles that have enough of its telling words, the nearest first."""
    weights = telling(engine, article)
    if not weights:
        return []
    nodes = tuple(query.Boosted(query.Combined((stem,), FIELDS), weight) for stem, weight in weights.items())
    request = Request(query.Or(nodes), limit=CANDIDATES, scoring=scoring(RANKING))
    hits = engine.search(request).hits
    own = max((hit.score for hit in hits), default=0.0)
    return [hit.id for hit in hits if hit.id != article.id and hit.score >= ALIKE * own]
