"""A query with some of its words asked for as they were typed: an equals sign is put before them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from search import grammar
from search.brackets import balanced
from search.lexer import lex, words_of
from search.tokens import Token, TokenKind

_BEFORE_A_SIGN: Final = "s(|&"
"""Kinds of characters after which an equals sign is no punctuation; elsewhere a blank is put before it."""

_WORDS: Final = (TokenKind.WORD, TokenKind.WILDCARD, TokenKind.FUZZY)


def verbatim(text: str, words: Container[str]) -> str:
    """The query with `=` before each of these words, and the rest as typed.

    Args:
        text: a query.
        words: as they stand in it; those with stars or `~` lose these. Where one is excluded, or in a group
            that is, it is left: nothing else is looked for there.
    """
    written, here = [], 0
    for token in _plain(balanced(lex(text).tokens)[0]):
        if token.text in words:
            written += [text[here : token.start], _sign(text[: token.start])]
            if token.kind is TokenKind.WORD:
                here = token.start
            else:
                written.append("".join(words_of(token.text)))
                here = token.end
    return "".join([*written, text[here:]])


def _plain(tokens: list[Token]) -> Iterator[Token]:
    """The words that are not excluded."""
    groups = [False]
    excludes, before = False, None
    for token in tokens:
        if token.kind is TokenKind.OPEN:
            groups.append(groups[-1] or excludes)
        elif token.kind is TokenKind.CLOSE:
            groups.pop()
        elif token.kind in _WORDS and not (groups[-1] or excludes):
            yield token
        # Between an exclusion and what it excludes may stand a field; one with nothing behind it is a word.
        is_its_field = token.kind is TokenKind.FIELD and before is TokenKind.NOT
        excludes, before = token.kind is TokenKind.NOT or (excludes and is_its_field), token.kind


def _sign(before: str) -> str:
    kinds = grammar.kinds_of(before).rstrip("f")
    return "=" if not kinds or kinds[-1] in _BEFORE_A_SIGN else " ="
