"""Phrases that many articles have in their titles or first words, to complete what is being typed."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from index.analysis import ARTICLE, Token, analyze
from index.article import Article
from index.record import record
from search.spellings import plain

LONGEST: Final = 4
"""Words of the longest phrase."""

LEAD: Final = 160
"""Characters of a body that are read beside its title: news says first what it is about."""

COUNTED: Final = 300_000
"""Phrases that are counted at once, about 60 MB; then the rarest are forgotten until half of them are left.

Source: Manku and Motwani, Approximate Frequency Counts over Data Streams, 2002: lossy counting.
"""

KEPT: Final = 50_000
"""Phrases that are kept, those of most articles: about 15 MB."""

LEAST: Final = 2
"""Articles that must have a phrase."""

SHORTEST: Final = 3
"""Letters of the words that a phrase begins and ends with: none is a name's بن, or a number's م."""


@record
class Phrase:
    """A phrase as people write it mostly, and how many of the articles that were read have it."""

    text: str
    articles: int


@record
class Phrases:
    """Phrases by their keys, in the order of these."""

    keys: Sequence[str] = ()
    phrases: Sequence[Phrase] = ()

    def beginning(self, key: str, limit: int) -> list[Phrase]:
        """Phrases whose keys begin so, most frequent first, of each only the longest that is as frequent."""
        start = bisect_left(self.keys, key)
        end = bisect_left(self.keys, key + "\U0010ffff", start)
        numbers = heapq.nsmallest(
            4 * limit, range(start, end), key=lambda at: (-self.phrases[at].articles, at)
        )
        shown = [at for at in numbers if not self._is_part(at, numbers)]
        return [self.phrases[at] for at in islice(shown, limit)]

    def _is_part(self, at: int, others: Iterable[int]) -> bool:
        """Whether another goes on where one ends, in most of the same articles: حرمين for حرمين شريفين."""
        longer = (other for other in others if self.keys[other].startswith(self.keys[at] + " "))
        return any(2 * self.phrases[other].articles > self.phrases[at].articles for other in longer)


def key_of(text: str) -> str:
    """What a phrase is found by: its letters folded, without articles before its words."""
    return " ".join(map(bare, (token.form for token in analyze(text))))


def bare(form: str) -> str:
    """A form without an article."""
    return form[len(ARTICLE) :] if form.startswith(ARTICLE) and len(form) > SHORTEST else form


def count_phrases(articles: Iterable[Article]) -> Phrases:
    """The phrases of articles that enough of them have; a spelling that one alone has is not counted."""
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update(phrases_of(article))
        if len(counts) > COUNTED:
            counts = _frequent(counts, COUNTED // 2)
    return _kept({text: count for text, count in counts.items() if count > 1})


def _frequent(counts: Counter[str], most: int) -> Counter[str]:
    """No more of them than so many: without those that came once, then those that came twice, and so on."""
    least = 1
    while len(counts) > most:
        counts = Counter({text: count for text, count in counts.items() if count > least})
        least += 1
    return counts


def phrases_of(article: Article) -> set[str]:
    """The words and rows of words of an article that could be typed, each once, as they are written."""
    lead = article.body[:LEAD]
    if len(article.body) > LEAD:
        lead = lead.rpartition(" ")[0]  # no half word
    return {phrase for text in (article.title, lead) for phrase in _rows(plain(text))}


def _rows(text: str) -> Iterator[str]:
    tokens = analyze(text)
    for start, first in enumerate(tokens):
        if not _may_end(first):
            continue
        for end in range(start, min(start + LONGEST, len(tokens))):
            if end > start and text[tokens[end - 1].end : tokens[end].start].strip():
                break  # a sign parts them
            if _may_end(tokens[end]):
                yield " ".join(text[token.start : token.end] for token in tokens[start : end + 1])


def _may_end(token: Token) -> bool:
    """Whether a word can begin or end a phrase: no stop word, no number, nothing very short."""
    return bool(token.stem) and len(token.form) >= SHORTEST and not token.form[0].isdigit()


def _kept(counts: dict[str, int]) -> Phrases:
    """The most frequent, of each key the spelling that most have; none that is mostly the end of another."""
    spellings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for text, count in counts.items():
        spellings[key_of(text)].append((count, text))
    totals = {key: sum(count for count, _ in each) for key, each in spellings.items()}
    ends = {
        end
        for key, total in totals.items()
        if " " in (end := key.partition(" ")[2]) and 2 * total > totals.get(end, 2 * total)
    }
    frequent = (key for key, total in totals.items() if total >= LEAST and key not in ends)
    keys = sorted(heapq.nlargest(KEPT, frequent, key=lambda key: (totals[key], key)))
    return Phrases(keys, [Phrase(max(spellings[key])[1], totals[key]) for key in keys])
