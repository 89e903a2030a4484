"""Query nodes over a snapshot: which documents match, each with its score, exactly and all of them.

Every node becomes the documents that match it and their scores, from the leaves of the tree up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.contract import KeywordField, TextField
from index.engines.query import (
    And,
    Best,
    Boosted,
    Combined,
    DateRange,
    Everything,
    Keyword,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Promoted,
    Recent,
    Term,
)
from index.engines.scoring.bm25 import Fields, bm25, bm25f, idf
from index.engines.scoring.conjunction import all_of
from index.engines.scoring.context import Context
from index.engines.scoring.found import NONE, Found, plain
from index.engines.scoring.nearby import neighbours, phrases
from index.engines.scoring.words import some, weighted_fields, weighted_terms


def evaluate(node: Node, context: Context) -> Found:
    """The documents that match a node of a request, and their scores; kept for the next that asks for them.

    Raises:
        ValueError: a node names no field, or has no nodes or terms within.
    """

    def made() -> Found:
        if isinstance(node, Promoted | Recent):  # what only orders: what it orders was often asked for before
            context.known[id(node.node)] = evaluate(node.node, context)
        else:
            context.read_ahead(terms_of(node))
        return found(node, context)

    return context.kept(("found", context.key_of(node)), made)


def found(node: Node, context: Context) -> Found:
    """The documents that match a node within, and their scores.

    Raises:
        ValueError: as `evaluate`.
    """
    known = context.known.get(id(node))
    if known is None:
        known = context.known[id(node)] = _RULES[type(node)](node, context)
    return known


def terms_of(node: Node) -> Iterator[tuple[str, str]]:
    """The terms whose postings a node is evaluated by, each with its field.

    Raises:
        ValueError: one is no field of the contract.
    """
    match node:
        case Term(name, term):
            yield TextField(name), term
        case Combined(terms, fields, weaker):
            names = [name for name, _ in weighted_fields(fields)]
            yield from product(names, [*terms, *(term for term, _ in weaker)])
        case Phrase(name, terms):
            yield from product([TextField(name)], terms)
        case Near(left, right, fields):
            yield from product([name for name, _ in weighted_fields(fields)], [*left, *right])
        case And(nodes) | Or(nodes) | Best(nodes):
            for each in nodes:
                yield from terms_of(each)
        case Promoted(inner, by):
            yield from terms_of(inner)
            for each in by:
                yield from terms_of(each)
        case Not(inner) | Boosted(inner) | Recent(inner):
            yield from terms_of(inner)


def _term(node: Term, context: Context) -> Found:
    name, snapshot = TextField(node.field), context.snapshot
    postings = context.postings(name, node.term)
    return bm25(name, postings, idf(len(postings), snapshot), snapshot, context.scoring)


def _combined(node: Combined, context: Context) -> Found:
    """Source: as the node's."""
    fields, names = weighted_fields(node.fields), [name for name, _ in node.fields]
    weights = weighted_terms(node)
    lists = [
        (context.packed(name, term), share * weight)
        for term, share in weights.items()
        for name, weight in fields
    ]
    matching = context.adder.weighted(lists)
    having = context.having(names, node.terms) if len(weights) > len(set(node.terms)) else 0
    return _scored(fields, matching, having or len(matching), context)


def _scored(fields: Fields, frequencies: Found, having: int, context: Context) -> Found:
    """Scores over several fields of something that so many documents have."""
    return bm25f(fields, frequencies, idf(having, context.snapshot), context.snapshot, context.scoring)


def _near(node: Near, context: Context) -> Found:
    """Source: as the node's."""
    fields = weighted_fields(node.fields)
    left, right = some(node.left), some(node.right)
    if min(node.after, node.before) < 0 or node.after + node.before == 0:
        raise ValueError(f"Nothing stands {node.after} words after or {node.before} before something.")
    matching = context.adder.any_of(
        neighbours(*context.beside(name, left, right), node.after, node.before).times(weight)
        for name, weight in fields
    )
    return _scored(fields, matching, len(matching), context)


def _phrase(node: Phrase, context: Context) -> Found:
    """A phrase is scored as if it were a term that is as rare as all of its terms: by the sum of their idfs.

    Source: Lucene's PhraseQuery.
    """
    name, snapshot = TextField(node.field), context.snapshot
    if len(some(node.terms)) != len(node.offsets):
        raise ValueError(f"A phrase has {len(node.terms)} terms and {len(node.offsets)} offsets.")
    postings = [context.postings(name, term) for term in node.terms]
    if not all(map(len, postings)):
        return NONE
    frequencies = phrases([context.occurrences(name, (term,)) for term in node.terms], node.offsets)
    weight = sum(idf(len(each), snapshot) for each in postings)
    return bm25(name, frequencies, weight, snapshot, context.scoring)


def _keyword(node: Keyword, context: Context) -> Found:
    return context.postings(KeywordField(node.field), node.value).times(0.0)


def _date_range(node: DateRange, context: Context) -> Found:
    first = _midnight(node.first or date.min)
    after = _midnight(node.last or date.max) + 10**6
    documents = context.snapshot.documents
    moments = context.snapshot.moments()[documents]
    return plain(documents[(first <= moments) & (moments < after)])


def _midnight(day: date) -> int:
    return ((day.year * 100 + day.month) * 100 + day.day) * 10**6


def _and(node: And, context: Context) -> Found:
    nodes = some(node.nodes)
    wanted = [part for part in nodes if not isinstance(part, Not)]
    matching = all_of(wanted or [Everything()], found, context)
    for part in nodes:
        if isinstance(part, Not):
            matching = matching.without(found(part.node, context))
    return matching


def _or(node: Or, context: Context) -> Found:
    return context.adder.any_of([found(part, context) for part in some(node.nodes)])


def _best(node: Best, context: Context) -> Found:
    parts = [found(part, context) for part in some(node.nodes)]
    return context.adder.best_of(parts, node.tie)


def _promoted(node: Promoted, context: Context) -> Found:
    matching = found(node.node, context)
    for part in some(node.by):
        matching = matching.promoted(found(part, context))
    return matching


def _not(node: Not, context: Context) -> Found:
    return _everything(Everything(), context).without(found(node.node, context))


def _boosted(node: Boosted, context: Context) -> Found:
    return found(node.node, context).times(node.factor)


def _recent(node: Recent, context: Context) -> Found:
    """Source: as the node's."""
    if not (node.half_life > 0 and node.weight >= 0):
        raise ValueError(
            f"A half-life of {node.half_life} days, or a weight of {node.weight}, makes no sense."
        )
    matching = found(node.node, context)
    days = context.snapshot.days()[matching.documents]
    ages = np.maximum(node.newest.toordinal() - days, 0)
    newer = np.where(days, node.weight * np.exp2(-ages / node.half_life), 0.0)
    return Found(matching.documents, matching.scores * (1 + newer))


def _everything(_: Everything, context: Context) -> Found:
    return plain(context.snapshot.documents)


def _nothing(_: Nothing, __: Context) -> Found:
    return NONE


_RULES: dict[type, Callable[[Any, Context], Found]] = {
    Term: _term,
    Combined: _combined,
    Near: _near,
    Phrase: _phrase,
    Keyword: _keyword,
    DateRange: _date_range,
    And: _and,
    Or: _or,
    Best: _best,
    Promoted: _promoted,
    Not: _not,
    Boosted: _boosted,
    Recent: _recent,
    Everything: _everything,
    Nothing: _nothing,
}


def count(node: Node, context: Context) -> int:
    """How many documents match a node.

    Raises:
        ValueError: as `evaluate`.
    """
    match node:
        case Term(name, term):
            return context.snapshot.frequency(TextField(name), term)
        case Combined(fields=fields):
            return context.having([name for name, _ in weighted_fields(fields)], weighted_terms(node))
        case And((Term() | Combined() as one, Term() | Combined() as other)):
            # Which documents match is enough: what they score is not worked out.
            return len(context.adder.rows_among(_matching(one, context), _matching(other, context)))
        case _:
            return len(found(node, context))


def _matching(node: Term | Combined, context: Context) -> NDArray[Any]:
    """The documents that match a node."""
    if isinstance(node, Term):
        return context.packed(TextField(node.field), node.term).documents
    return context.any_of([name for name, _ in weighted_fields(node.fields)], tuple(weighted_terms(node)))
