"""Query nodes over a snapshot: which documents match, each with its score, exactly and all of them.

Every node becomes the documents that match it and their scores, from the leaves of the tree up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from index.engines.contract import KeywordField, Scoring, TextField
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
    Term,
)
from index.engines.whoosh_bm25 import Fields, bm25, bm25f, idf
from index.engines.whoosh_found import NONE, Adder, Found, Numbers, all_of, plain
from index.engines.whoosh_nearby import neighbours, phrases
from index.engines.whoosh_snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class _Context:
    """What the nodes of one request are looked up in and scored by; each term is looked up once."""

    snapshot: Snapshot
    scoring: Scoring
    adder: Adder
    read: dict[tuple[str, str], Found] = field(default_factory=dict)
    placed: dict[tuple[str, str], Numbers] = field(default_factory=dict)

    def postings(self, field_name: str, term: str) -> Found:
        """The documents of a term, and how often each has it."""
        key = (field_name, term)
        if key not in self.read:
            self.read[key] = self.snapshot.postings(field_name, term)
        return self.read[key]

    def occurrences(self, field_name: str, terms: Iterable[str]) -> list[Numbers]:
        """Where each term stands."""
        keys = [(field_name, term) for term in terms]
        for key in keys:
            if key not in self.placed:
                self.placed[key] = self.snapshot.occurrences(*key)
        return [self.placed[key] for key in keys]


def evaluate(nodes: Sequence[Node], snapshot: Snapshot, scoring: Scoring) -> list[Found]:
    """For each node the documents that match it, and their scores.

    Raises:
        ValueError: a node names no field, or has no nodes or terms within.
    """
    context = _Context(snapshot, scoring, Adder(snapshot.size))
    return [_found(node, context) for node in nodes]


def _found(node: Node, context: _Context) -> Found:
    return _RULES[type(node)](node, context)


def _term(node: Term, context: _Context) -> Found:
    name, snapshot = TextField(node.field), context.snapshot
    postings = context.postings(name, node.term)
    return bm25(name, postings, idf(len(postings), snapshot), snapshot, context.scoring)


def _combined(node: Combined, context: _Context) -> Found:
    """Source: as the node's."""
    fields, terms = _weighted(node.fields), dict.fromkeys(_some(node.terms), 1.0)
    if not all(0 < weight <= 1 for _, weight in node.weaker):
        raise ValueError("The weight of a weaker term is not over 0 and at most 1.")
    weaker = dict(sorted((pair for pair in node.weaker if pair[0] not in terms), key=itemgetter(1)))
    having = _added(terms, fields, context)
    matching = context.adder.any_of([having, _added(weaker, fields, context)])
    return _scored(fields, matching, len(having) or len(matching), context)


def _added(weights: Mapping[str, float], fields: Fields, context: _Context) -> Found:
    """How often documents have terms, each times its weight and the weight of its field."""
    parts = [
        context.postings(name, term).times(share * weight)
        for term, share in weights.items()
        for name, weight in fields
    ]
    return context.adder.any_of(parts)


def _weighted(fields: tuple[tuple[str, float], ...]) -> Fields:
    """Fields with their weights, checked.

    Raises:
        ValueError: there is none, one is no field of the contract, or has no weight over 0.
    """
    checked = tuple((TextField(name), weight) for name, weight in _some(fields))
    if not all(weight > 0 for _, weight in checked):
        raise ValueError("The weight of a field is not over 0.")
    return checked


def _scored(fields: Fields, frequencies: Found, having: int, context: _Context) -> Found:
    """Scores over several fields of something that so many documents have."""
    return bm25f(fields, frequencies, idf(having, context.snapshot), context.snapshot, context.scoring)


def _near(node: Near, context: _Context) -> Found:
    """Source: as the node's."""
    fields = _weighted(node.fields)
    left, right = (tuple(dict.fromkeys(_some(side))) for side in (node.left, node.right))
    if min(node.after, node.before) < 0 or node.after + node.before == 0:
        raise ValueError(f"Nothing stands {node.after} words after or {node.before} before something.")
    parts = []
    for name, weight in fields:
        sides = context.occurrences(name, left), context.occurrences(name, right)
        parts.append(neighbours(*sides, node.after, node.before).times(weight))
    matching = context.adder.any_of(parts)
    return _scored(fields, matching, len(matching), context)


def _phrase(node: Phrase, context: _Context) -> Found:
    """A phrase is scored as if it were a term that is as rare as all of its terms: by the sum of their idfs.

    Source: Lucene's PhraseQuery.
    """
    name, snapshot = TextField(node.field), context.snapshot
    if len(_some(node.terms)) != len(node.offsets):
        raise ValueError(f"A phrase has {len(node.terms)} terms and {len(node.offsets)} offsets.")
    postings = [context.postings(name, term) for term in node.terms]
    if not all(map(len, postings)):
        return NONE
    frequencies = phrases(context.occurrences(name, node.terms), node.offsets)
    weight = sum(idf(len(each), snapshot) for each in postings)
    return bm25(name, frequencies, weight, snapshot, context.scoring)


def _keyword(node: Keyword, context: _Context) -> Found:
    return context.postings(KeywordField(node.field), node.value).times(0.0)


def _date_range(node: DateRange, context: _Context) -> Found:
    first = _midnight(node.first or date.min)
    after = _midnight(node.last or date.max) + 10**6
    documents = context.snapshot.documents
    moments = context.snapshot.moments()[documents]
    return plain(documents[(first <= moments) & (moments < after)])


def _midnight(day: date) -> int:
    return ((day.year * 100 + day.month) * 100 + day.day) * 10**6


def _and(node: And, context: _Context) -> Found:
    nodes = _some(node.nodes)
    wanted = [_found(part, context) for part in nodes if not isinstance(part, Not)]
    matching = all_of(wanted or [_everything(Everything(), context)])
    for part in nodes:
        if isinstance(part, Not):
            matching = matching.without(_found(part.node, context))
    return matching


def _or(node: Or, context: _Context) -> Found:
    return context.adder.any_of([_found(part, context) for part in _some(node.nodes)])


def _best(node: Best, context: _Context) -> Found:
    parts = [_found(part, context) for part in _some(node.nodes)]
    return context.adder.best_of(parts, node.tie)


def _promoted(node: Promoted, context: _Context) -> Found:
    matching = _found(node.node, context)
    for part in _some(node.by):
        matching = matching.promoted(_found(part, context))
    return matching


def _not(node: Not, context: _Context) -> Found:
    return _everything(Everything(), context).without(_found(node.node, context))


def _boosted(node: Boosted, context: _Context) -> Found:
    return _found(node.node, context).times(node.factor)


def _everything(_: Everything, context: _Context) -> Found:
    return plain(context.snapshot.documents)


def _nothing(_: Nothing, __: _Context) -> Found:
    return NONE


def _some(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    if not parts:
        raise ValueError("A query node has nothing within.")
    return parts


_RULES: dict[type, Callable[[Any, _Context], Found]] = {
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
    Everything: _everything,
    Nothing: _nothing,
}
