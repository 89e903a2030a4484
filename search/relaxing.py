"""What of a query says what it is about, what only narrows that, and how it reads when any word is enough."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import Final

from index.analysis import Token, analyze
from search.syntax import AllOf, AnyOf, Between, Exclude, Field, InField, Node, Word

TEXTS: Final = frozenset((Field.TITLE, Field.BODY))
"""Fields that hold texts, and no names, categories or days."""

_REMEMBERED: Final = 64
"""Pieces of queries whose words are remembered: more than a query has that is typed."""


def widen(asked: Node | None) -> Node | None:
    """The query as it reads when any of its words is enough where all were asked for."""
    if not isinstance(asked, AllOf):
        return asked
    wanted = tuple(child for child in asked.nodes if not narrows(child))
    narrowing = tuple(child for child in asked.nodes if narrows(child))
    if len(wanted) < 2:  # noqa: PLR2004 - one is any already
        return asked
    parts = (child.nodes if isinstance(child, AnyOf) else (child,) for child in wanted)
    either = AnyOf(tuple(chain.from_iterable(parts)))
    return AllOf((either, *narrowing)) if narrowing else either


def narrows(asked: Node) -> bool:
    """Whether a node only narrows down what the words find."""
    return isinstance(asked, Exclude | Between) or (isinstance(asked, InField) and asked.field not in TEXTS)


@lru_cache(_REMEMBERED)
def analyzed(text: str) -> tuple[Token, ...]:
    """What a piece of a query is analysed to: it is looked at several times while it is compiled."""
    return tuple(analyze(text))


def count_words(asked: Node | None) -> int:
    """How many words of a query say what it is about."""
    match asked:
        case Word(text):
            return sum(bool(token.stem) for token in analyzed(text))
        case AllOf(nodes) | AnyOf(nodes):
            return sum(map(count_words, nodes))
        case InField(name, inner) if name in TEXTS:
            return count_words(inner)
        case _:
            return 0
