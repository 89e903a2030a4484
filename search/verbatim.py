"""A query with some of its words asked for as they were typed: an equals sign is put before them."""

from __future__ import annotations

from collections.abc import Container
from itertools import pairwise
from typing import Final

from search import grammar
from search.lexer import Token, TokenKind, lex

_BEFORE_A_SIGN: Final = "s(|&"
"""Kinds of characters after which an equals sign is no punctuation; elsewhere a blank is put before it."""


def verbatim(text: str, words: Container[str]) -> str:
    """The query with `=` before each of these words, and the rest as typed.

    Args:
        text: a query.
        words: as they stand in it. Where one is excluded it is left: nothing else is looked for there.
    """
    written, here = [], 0
    for before, token in pairwise([None, *lex(text).tokens]):
        if token and _is_plain(before, token) and token.text in words:
            written += [text[here : token.start], _sign(text[: token.start])]
            here = token.start
    return "".join([*written, text[here:]])


def _is_plain(before: Token | None, token: Token) -> bool:
    return token.kind is TokenKind.WORD and (before is None or before.kind is not TokenKind.NOT)


def _sign(before: str) -> str:
    kinds = grammar.kinds_of(before).rstrip("f")
    return "=" if not kinds or kinds[-1] in _BEFORE_A_SIGN else " ="
