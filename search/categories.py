"""A category that is asked for in a query, to the categories that articles have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from index.analysis import Token, analyze
from index.engines import query
from index.engines.contract import KeywordField
from search.forms import Forms
from search.joining import all_of, any_of
from search.syntax import AllOf, AnyOf, Exclude, Fuzzy, Nearby, Node, Quoted, Wildcard, Word
from search.wild import is_nearly, matcher, patterns

Named: TypeAlias = Word | Quoted | Wildcard | Fuzzy
"""What can stand in a name."""


def category(
    asked: Node, forms: Forms | None, elsewhere: Callable[[Node], query.Node | None]
) -> query.Node | None:
    """The articles of the categories that have words in their names, as sources are asked for.

    Args:
        asked: the words, each in any form; a phrase as it is written.
        forms: what the archive has; None where it isn't asked, and a name is taken whole.
        elsewhere: what is made of another field or dates inside.
    """

    def each(node: Node) -> query.Node | None:
        return category(node, forms, elsewhere)

    match asked:
        case Word() | Quoted() | Wildcard() | Fuzzy():
            return _named(asked, forms)
        case AllOf(nodes) | Nearby(nodes):
            return all_of(map(each, nodes))
        case AnyOf(nodes):
            return any_of(map(each, nodes))
        case Exclude(inner):
            excluded = each(inner)
            return None if excluded is None else query.Not(excluded)
        case _:
            return elsewhere(asked)


def _named(asked: Named, forms: Forms | None) -> query.Node:
    if forms is None:
        return query.Keyword(KeywordField.CATEGORY, asked.text)
    is_named = _is_named(asked)
    found = (name for name in forms.categories() if is_named(analyze(name)))
    nodes = tuple(query.Keyword(KeywordField.CATEGORY, name) for name in found)
    return query.Or(nodes) if nodes else query.Nothing()


def _is_named(asked: Named) -> Callable[[list[Token]], bool]:
    """Whether a name, as it was analysed, has what is asked for."""
    match asked:
        case Word(text):
            wanted = {token.stem or token.form for token in analyze(text)}
            return lambda name: wanted <= {token.stem or token.form for token in name}
        case Quoted(text):
            row = f" {_row(analyze(text))} "
            return lambda name: row in f" {_row(name)} "
        case Wildcard(text):
            matches = [matcher(pattern) for pattern in patterns(text)]
            return lambda name: all(any(match(token.form) for token in name) for match in matches)
        case Fuzzy(text, edits):
            nearly = [is_nearly(token.form, edits) for token in analyze(text)]
            return lambda name: all(any(match(token.form) for token in name) for match in nearly)


def _row(tokens: list[Token]) -> str:
    return " ".join(token.form for token in tokens)
