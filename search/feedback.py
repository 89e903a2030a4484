"""Words that the first articles share: what they have in common says what was meant.

They find nothing by themselves: they put in order what the query's own words found.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from index.engines import query
from index.engines.contract import Hit, TextField
from index.record import record
from search.expansion import Expansion, Kind
from search.levels import LookedFor, weighted
from search.numbered import First
from search.ranking import Feedback, Ranking
from search.vocabulary import Vocabulary

FIELDS: Final = (TextField.TITLE, TextField.BODY)
"""Where learned words are looked for: the lead brings nothing here, and would be a third of the work."""


@record
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
        self, typed: str, words: Sequence[LookedFor], first: First, scores: Sequence[float], trusted: float
    ) -> Learned:
        """The words that the first articles share, and what each counts.

        Args:
            typed: the query as typed.
            words: its words, and all that is looked for because of them.
            first: the first articles.
            scores: the score of each, over 0.
            trusted: how far they are trusted, 0 to 1.
        """
        asked = [word.token.stem for word in words]
        sought = {stem for word in words for stem in (*word.stems, *dict(word.weaker))}
        shared = self._shared(first, sought)
        total = self._vocabulary.size
        counts = self._vocabulary.counts([*asked, *shared])
        weights = self._weights(first.shares(shared, scores), counts, total)
        if not weights:
            return Learned()
        given = sum(weight * _rarity(counts[stem], total) for stem, weight in weights.items())
        factor = self._ranking.feedback.weight * trusted
        scale = factor * sum(_rarity(counts[stem], total) for stem in asked) / given
        where = weighted(FIELDS, self._ranking)
        return Learned(
            tuple(
                query.Boosted(query.Combined((stem,), where), scale * weight)
                for stem, weight in weights.items()
            ),
            tuple(
                Expansion(typed, Kind.FEEDBACK, first.usual_form(shared[stem]), factor * weight)
                for stem, weight in weights.items()
            ),
        )

    def _shared(self, first: First, sought: AbstractSet[str]) -> dict[str, int]:
        """Words, and no numbers, that enough of the articles have and that are not sought anyway."""
        shared = first.shared(self._ranking.feedback.shared)
        return {
            stem: number
            for stem, number in shared.items()
            if stem and not stem[0].isdigit() and stem not in sought
        }

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


def _rarity(count: int, total: int) -> float:
    """Source: as the engines'."""
    return math.log1p((total - count + 0.5) / (count + 0.5))
