"""Less asked for: without one of the words or two, or the words of a phrase anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from search.parse import parse
from search.rescue.editing import without_each, without_quotes
from search.rescue.offer import Candidate, Kind
from search.rescue.situation import Situation
from search.results import Match
from search.syntax import AllOf

WORDS: Final = 6
"""Words of the longest query of which it is tried to leave some out: then it is tried 6 times, or 15 more."""


def without_one(situation: Situation) -> Iterator[Candidate]:
    """The query without one of its words."""
    for words, text in _shorter(situation):
        yield Candidate(Kind.FEWER, situation.asked_for(text), words)


def without_two(situation: Situation) -> Iterator[Candidate]:
    """The query without two of its words."""
    seen = set()
    for (word,), text in _shorter(situation):
        for other, shorter in without_each(text):
            if frozenset((word, other)) not in seen:
                seen.add(frozenset((word, other)))
                yield Candidate(Kind.FEWER, situation.asked_for(shorter), (word, other))


def _shorter(situation: Situation) -> Iterator[tuple[tuple[str], str]]:
    node = parse(situation.asked.text).node
    if situation.asked.match is Match.ALL and isinstance(node, AllOf) and len(node.nodes) <= WORDS:
        yield from (((word,), text) for word, text in without_each(situation.asked.text))


def unquoted(situation: Situation) -> Iterator[Candidate]:
    """The query without its quotation marks, and without the sign that asks for a very form."""
    text = without_quotes(situation.asked.text)
    if parse(text).node != parse(situation.asked.text).node and text:
        yield Candidate(Kind.UNQUOTED, situation.asked_for(text))
