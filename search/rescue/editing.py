"""A query's text edited: words of it replaced or left out, the rest as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from search import grammar
from search.grammar import Bound
from search.parse import parse
from search.syntax import AllOf, Between, Node, Quoted, Word
from search.tokens import Token

_BLANKS: Final = r"\s+"


def replaced(text: str, words: Mapping[Token, str]) -> str:
    """The text with other words for some of its own."""
    written, here = [], 0
    for token in sorted(words, key=lambda token: token.start):
        written += [text[here : token.start], words[token]]
        here = token.start + len(token.text)
    return "".join([*written, text[here:]])


def without_each(text: str) -> Iterator[tuple[str, str]]:
    """Each word or phrase that can be left out of a row of them, as typed, and the text without it.

    Only what then is understood as the query without it, so that nothing else changes with it.
    """
    node = parse(text).node
    nodes = node.nodes if isinstance(node, AllOf) else ()
    for place, child in enumerate(nodes):
        rest = (*nodes[:place], *nodes[place + 1 :])
        if isinstance(child, Word | Quoted) and any(isinstance(each, Word | Quoted) for each in rest):
            wanted = AllOf(rest) if len(rest) > 1 else rest[0]
            if (shorter := _without(text, child.text, wanted)) is not None:
                yield child.text, shorter


def _without(text: str, word: str, wanted: Node) -> str | None:
    pattern = rf'=?["“”„‟＂]?{re.escape(word)}["“”„‟＂]?'
    for match in re.finditer(pattern, text):
        shorter = _tidy(text[: match.start()] + " " + text[match.end() :])
        if parse(shorter).node == wanted:
            return shorter
    return None


def without_quotes(text: str) -> str:
    """The text without quotation marks and equals signs: their words side by side, or not."""
    kinds = grammar.kinds_of(text)
    return _tidy("".join(" " if kind in "q=" else letter for letter, kind in zip(text, kinds, strict=True)))


def without_dates(text: str) -> str:
    """The text without what it says of days; the text itself where that can't be told from the rest."""
    pieces = text.split()
    kept, place = [], 0
    while place < len(pieces):
        label, colon, value = pieces[place].partition(":")
        is_dated = bool(colon) and isinstance(grammar.label_of(label), Bound)
        place += 1 if not is_dated or value else 2  # `من: 2019` too
        kept += [] if is_dated else [pieces[place - 1]]
    shorter = " ".join(kept)
    return text if has_dates(shorter) else shorter


def has_dates(text: str) -> bool:
    """Whether a query says of itself when what it looks for was published."""
    node = parse(text).node
    return any(isinstance(each, Between) for each in (node.nodes if isinstance(node, AllOf) else (node,)))


def _tidy(text: str) -> str:
    return re.sub(_BLANKS, " ", text).strip()
