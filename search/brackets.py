"""Brackets of a query: which have a partner, and which are too deep to count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from search.tokens import Token, TokenKind

MAX_DEPTH: Final = 20
"""Groups inside groups; brackets deeper than that are ignored, so that no tree is too deep to walk."""

_BRACKETS: Final = (TokenKind.OPEN, TokenKind.CLOSE)


def balanced(tokens: Sequence[Token]) -> tuple[list[Token], bool]:
    """The tokens without brackets that have no partner or are too deep, and whether any was too deep."""
    kept = list(_kept(tokens, _partners(tokens)))
    paired = 2 * sum(token.kind is TokenKind.OPEN for token in kept)
    return kept, paired < len(_partners(tokens))


def _kept(tokens: Sequence[Token], partners: frozenset[int]) -> Iterator[Token]:
    depth = 0
    for place, token in enumerate(tokens):
        opens = token.kind is TokenKind.OPEN and place in partners
        closes = token.kind is TokenKind.CLOSE and place in partners
        depth += opens
        if token.kind not in _BRACKETS or ((opens or closes) and depth <= MAX_DEPTH):
            yield token
        depth -= closes


def _partners(tokens: Sequence[Token]) -> frozenset[int]:
    """Places of the brackets that have a partner."""
    waiting: list[int] = []
    places: set[int] = set()
    for place, token in enumerate(tokens):
        if token.kind is TokenKind.OPEN:
            waiting.append(place)
        elif token.kind is TokenKind.CLOSE and waiting:
            places |= {waiting.pop(), place}
    return frozenset(places)
