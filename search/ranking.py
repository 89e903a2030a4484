"""The numbers of the ranking, all in one place; `make tune` says what others would do on the judged sets."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from index.record import field, record, replace


class Level(StrEnum):
    """What the ranking can do without: `arshif evaluate --without LEVEL` shows what it brings."""

    FORM = "form"  # the very form that was typed, beside its stem
    LEAD = "lead"  # the first words of an article, once more
    VARIANT = "variant"  # other ways to write it, from the tables
    ROOT = "root"  # derivations of one root, as far as the archive uses them together
    SPELLING = "spelling"  # words of the archive that a word it hasn't may be misspelled from
    ORDER = "order"  # neighbours in the query that stand close in the article, in this order
    ALL_WORDS = "all-words"  # articles that have all of the words
    FEEDBACK = "feedback"  # words that the first articles share


EXPANDING: Final = frozenset({Level.VARIANT, Level.ROOT, Level.SPELLING, Level.FEEDBACK})
"""Levels that bring in words which were not typed: a reader can do without them."""


@record
class Feedback:
    """How words of the first articles are learned and used.

    Source: Lavrenko and Croft, Relevance-Based Language Models, 2001; Abdul-Jaleel and others, UMass at TREC
    2004 (RM3). Here only words that several of the articles share are taken.

    Attributes:
        weight: what they count together, beside the words of the query.
        articles: how many of the first are read.
        words: how many words are taken at most.
        shared: how many of the articles must have a word.
        common: no word is taken that a larger share of the archive has.
        flat, steep: the score of the last of the articles read as a share of the first one's. From `flat` on
            they are alike and are trusted; up to `steep` the first stand out and nothing is learned.
        longest: of how many words a query may be; longer ones say themselves what they mean.
    """

    weight: float = 0.5
    articles: int = 10
    words: int = 12
    shared: int = 4
    common: float = 0.1
    flat: float = 0.7
    steep: float = 0.4
    longest: int = 5


@record
class Ranking:
    """What counts how much. Source of BM25F's part: Robertson, Zaragoza and Taylor, 2004.

    Attributes:
        k1, b: how fast repetition saturates, 0 or more; how much length counts, 0 to 1.
        title, lead: what a word in the title, and once more in the lead, counts beside one in the body.
        form: what the very form counts beside the stem, in queries of `form_full` words and more; in those of
            `form_none` it is `form_least`, and only parts what is alike: who types little types in haste.
        root: what a derivation counts at most, as a share of the word itself.
        root_least: derivations that would count less than this share of that are left out.
        spelling: what a word that the query's may be misspelled from counts.
        order: what a pair of neighbours counts that stands in this order within `reach` words, or as far
            apart as in the query.
        all_words: what is added for all words together, as a share of their scores.
        recent, half_life: where newer articles are preferred, what the newest is worth more, as a share of
            its score, and in how many days that falls by half.
        longest: of how many words a query may be for derivations and misspellings to be looked for.
        without: levels that are left out.
    """

    k1: float = 1.4
    b: float = 0.75
    title: float = 4.0
    lead: float = 2.5
    form: float = 0.3
    form_least: float = 0.02
    form_none: int = 3
    form_full: int = 6
    root: float = 0.5
    root_least: float = 0.2
    spelling: float = 0.7
    order: float = 0.2
    reach: int = 2
    all_words: float = 0.02
    recent: float = 1.0
    half_life: float = 90.0
    longest: int = 24
    feedback: Feedback = field(default_factory=Feedback)
    without: frozenset[Level] = frozenset()

    def has(self, level: Level) -> bool:
        """Whether a level is in use."""
        return level not in self.without

    def leave_out(self, levels: frozenset[Level]) -> Ranking:
        """The same ranking without these levels."""
        return replace(self, without=self.without | levels)

    def form_weight(self, words: int) -> float:
        """What the very form counts in a query of so many words."""
        share = (words - self.form_none) / (self.form_full - self.form_none)
        return max(self.form_least, self.form * min(1.0, share)) if self.has(Level.FORM) else 0.0


RANKING: Final = Ranking()
"""The ranking that searches use."""
