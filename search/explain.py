"""How a search was done: the tree that the engine was asked, as lines a person can read."""

from __future__ import annotations

from collections.abc import Iterator

from index.engines import query
from index.engines.contract import KeywordField
from search.filters import chosen
from search.results import Results, SearchQuery


def explain(asked: SearchQuery, results: Results) -> Iterator[str]:
    """What the engine was asked, a node a line, what is in it indented; then what narrowed it down.

    Args:
        asked: the search that was done.
        results: what it gave.
    """
    yield "The engine's query:"
    yield from outline(results.node, depth=1)
    yield from (f"  only: {each}" for each in _filters(asked))
    yield f"Sorted by {asked.sort}; took {results.took_ms:.1f} ms."


def outline(node: query.Node, depth: int = 0) -> Iterator[str]:
    """A node and all below it, two spaces a level."""
    yield "  " * depth + _label(node)
    for child in _children(node):
        yield from outline(child, depth + 1)


def _label(node: query.Node) -> str:  # noqa: C901, PLR0911, PLR0912 - one return for each kind of node
    match node:
        case query.Boosted(inner, factor):
            return f"×{factor:g} {_label(inner)}"
        case query.Term(field, term):
            return f"{field}: {term}"
        case query.Combined(terms, fields, weaker):
            counted = [*terms, *(f"{term} ×{weight:g}" for term, weight in weaker)]
            return f"{_weighted(fields)}: {' | '.join(counted)}"
        case query.Near(left, right, fields, after, before):
            reach = f"{after} after, {before} before"
            return f"{_weighted(fields)}: {' | '.join(left)} near {' | '.join(right)} ({reach})"
        case query.Phrase(field, terms, offsets):
            return f'{field}: "{_spaced(terms, offsets)}"'
        case query.Keyword(field, value):
            return f"{field} = {value}"
        case query.DateRange(first, last):
            return f"published from {first or 'the first'} to {last or 'the last'}"
        case query.And():
            return "all of"
        case query.Or():
            return "any of"
        case query.Best(_, tie):
            return f"the best of, and {tie:g} of the others"
        case query.Promoted():
            return "the first, promoted by"
        case query.Recent(_, newest, half_life, weight):
            return f"up to {1 + weight:g} times for the newest: half of it {half_life:g} days before {newest}"
        case query.Not():
            return "not"
        case query.Everything():
            return "everything"
        case query.Nothing():
            return "nothing"


def _children(node: query.Node) -> tuple[query.Node, ...]:
    match node:
        case query.Boosted(inner):
            return _children(inner)
        case query.And(nodes) | query.Or(nodes) | query.Best(nodes):
            return nodes
        case query.Promoted(inner, by):
            return (inner, *by)
        case query.Not(inner) | query.Recent(inner):
            return (inner,)
        case _:
            return ()


def _weighted(fields: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{field} ×{weight:g}" for field, weight in fields)


def _spaced(terms: tuple[str, ...], offsets: tuple[int, ...]) -> str:
    """The terms of a phrase at their places, `_` for a word that may be any."""
    places = dict(zip(offsets, terms, strict=True))
    return " ".join(places.get(place, "_") for place in range(offsets[-1] + 1))


def _filters(asked: SearchQuery) -> Iterator[str]:
    """What narrows the search down, as options gave it."""
    for field in KeywordField:
        if values := chosen(asked, field):
            yield " or ".join(f"{field} = {value}" for value in values)
    if asked.first or asked.last:
        yield _label(query.DateRange(asked.first, asked.last))
