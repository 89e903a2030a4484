"""Did you mean: the query with words that the archive has for those that it doesn't, near to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from math import log
from typing import Final

from index.analysis import analyze, normalize
from search.rescue.editing import replaced
from search.rescue.misspelled import SPACE, WORTH, meant
from search.rescue.offer import Candidate, Kind
from search.rescue.situation import Situation
from search.tokens import Token

OFTEN: Final = 20
"""In how many times as many articles a word must be that two words make together."""

MOST: Final = 12
"""Queries that are weighed."""

WORDS: Final = 8
"""Words of the longest query that is respelled."""


def respellings(situation: Situation) -> Iterator[Candidate]:
    """The query with its likely misspelled words put right, the likeliest first."""
    words = situation.words()
    if not 0 < len(words) <= WORDS:
        return
    text = situation.asked.text
    found, whole = {}, set()
    for pair, other, unlikeliness in _parted_otherwise(text, words, situation):
        found[other] = unlikeliness
        whole |= set(pair)
    wrong = {word: meant(word.text, situation) for word in words if word not in whole}
    if wrong := {word: near for word, near in wrong.items() if near}:
        rows = sorted(product(*wrong.values()), key=lambda row: sum(near.unlikeliness for near in row))
        for row in rows[:MOST]:
            written = (situation.written(near.forms) for near in row)
            other = replaced(text, dict(zip(wrong, written, strict=True)))
            found.setdefault(other, sum(near.unlikeliness for near in row))
    for other in situation.in_context(found):
        if normalize(other) != normalize(text):
            yield Candidate(Kind.SPELLING, situation.asked_for(other))


def _parted_otherwise(
    text: str, words: Sequence[Token], situation: Situation
) -> Iterator[tuple[tuple[Token, Token], str, float]]:
    """The text with two of its words as one, or parted elsewhere: where the archive has that far oftener."""
    for left, right in pairwise(words):
        tokens = analyze(left.text + right.text)
        end, after = left.start + len(left.text), right.start + len(right.text)
        if text[end : right.start].strip() or len(tokens) != 1:
            continue
        form = tokens[0].form
        as_typed = (form[: len(normalize(left.text))], form[len(normalize(left.text)) :])
        others = [(form[:at], form[at:]) for at in range(2, len(form) - 1)]
        typed, *counts = situation.adjacent([as_typed, *others])
        rows = [((form,), situation.count(form)), *zip(others, counts, strict=True)]
        row, count = max(rows, key=lambda pair: pair[1])
        known = min(situation.known(left.text), situation.known(right.text))
        if row != as_typed and count and count >= OFTEN * (known if len(row) == 1 else typed + 1):
            other = text[: left.start] + situation.written(row) + text[after:]
            yield (left, right), other, SPACE * WORTH - log(count)
