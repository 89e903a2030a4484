"""Words that the first articles share: what they have in common says what was meant.

They find nothing by themselves: they put in order what the query's own words found.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from index.engines import query
from index.engines.contract import Hit, TextField
from search.expansion import Expansion, Kind
from search.levels import LookedFor, weighted
from search.ranking import Feedback, Ranking
from search.shared import Words, usual_forms
from search.vocabulary import Vocabulary

FIELDS: Final = (TextField.TITLE, TextField.BODY)
"""Where learned words are looked for: the lead brings nothing here, and would be a third of the work."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned from the first articles.

    Attributes:
        by: what adds to the scores of articles.
        expansions: the same for the reader, the heaviest first.
    """

    by: tuple[query.Node, ...] = ()
    expansions: tuple[Expansion, ...] = ()


def trust(hits: Sequence[Hit], feedback: Feedback) -> float:
    """How far the first articles can be trusted to be about one thing, 0 to 1: none may stand out."""
    if len(hits) < feedback.articles or not hits[0].score:
        return 0.0
    ratio = hits[feedback.articles - 1].score / hits[0].score
    return min(1.0, max(0.0, (ratio - feedback.steep) / (feedback.flat - feedback.steep)))


class Learner:
    """Learns from the first articles of a search.

    Args:
        vocabulary: what the archive says of words.
        ranking: how much what is learned counts.

    Source: as `ranking.Feedback`.
    """

    def __init__(self, vocabulary: Vocabulary, ranking: Ranking) -> None:
        self._vocabulary = vocabulary
        self._ranking = ranking

    def learn(
        self, typed: str, words: Sequence[LookedFor], first: Sequence[tuple[Words, float]], trusted: float
    ) -> Learned:
        """The words that the first articles share, and what each counts.

        Args:
            typed: the query as typed.
            words: its words, and all that is looked for because of them.
            first: the words of the first articles, and the score of each article, over 0.
            trusted: how far they are trusted, 0 to 1.
        """
        asked = [word.token.stem for word in words]
        sought = {stem for word in words for stem in (*word.stems, *dict(word.weaker))}
        shared = self._shared([read for read, _ in first]) - sought
        total = self._vocabulary.size
        shares = _shares(first, shared)
        counts = self._vocabulary.counts([*asked, *shares])
        weights = self._weights(shares, counts, total)
        if not weights:
            return Learned()
        given = sum(weight * _rarity(counts[stem], total) for stem, weight in weights.items())
        factor = self._ranking.feedback.weight * trusted
        scale = factor * sum(_rarity(counts[stem], total) for stem in asked) / given
        where = weighted(FIELDS, self._ranking)
        forms = usual_forms([read for read, _ in first], weights)
        return Learned(
            tuple(
                query.Boosted(query.Combined((stem,), where), scale * weight)
                for stem, weight in weights.items()
            ),
            tuple(
                Expansion(typed, Kind.FEEDBACK, forms[stem], factor * weight)
                for stem, weight in weights.items()
            ),
        )

    def _shared(self, read: Sequence[Words]) -> set[str]:
        """Words, and no numbers, that enough of the articles have."""
        articles = Counter(chain.from_iterable(words.counts for words in read))
        least = self._ranking.feedback.shared
        return {stem for stem, count in articles.items() if count >= least and not stem[:1].isdigit()} - {""}

    def _weights(
        self, shares: Mapping[str, float], counts: Mapping[str, int], total: int
    ) -> dict[str, float]:
        """The heaviest of the words, the heaviest first and as 1."""
        feedback = self._ranking.feedback
        weights = {
            stem: share * math.log(total / counts[stem])
            for stem, share in shares.items()
            if 0 < counts[stem] <= feedback.common * total
        }
        best = sorted(weights, key=lambda stem: (-weights[stem], stem))[: feedback.words]
        return {stem: weights[stem] / weights[best[0]] for stem in best}


def _shares(first: Sequence[tuple[Words, float]], stems: Iterable[str]) -> dict[str, float]:
    """For each of these stems its share of the articles' words, the better articles counting more."""
    each = [(words.counts, score / words.total) for words, score in first if words.total]
    return {stem: sum([score * of[stem] for of, score in each if stem in of]) for stem in stems}


def _rarity(count: int, total: int) -> float:
    """Source: as the engines'."""
    return math.log1p((total - count + 0.5) / (count + 0.5))
