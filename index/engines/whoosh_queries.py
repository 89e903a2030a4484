"""Query nodes over a snapshot: which documents match, each with its score, exactly and all of them.

Every node becomes a mapping of matching documents to scores, from the leaves of the tree up.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any, TypeAlias

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
from index.engines.whoosh_postings import Postings, positions
from index.engines.whoosh_segments import LENGTHS, Snapshot

Scores: TypeAlias = dict[int, float]
_Fields: TypeAlias = Sequence[tuple[TextField, float]]


@dataclass(frozen=True, slots=True)
class _Context:
    """What the nodes of one request are looked up in and scored by."""

    snapshot: Snapshot
    scoring: Scoring
    read: dict[tuple[str, str], Postings] = field(default_factory=dict)

    def postings(self, field_name: str, term: str) -> Postings:
        """A term's postings, decoded once for each request."""
        key = (field_name, term)
        if key not in self.read:
            self.read[key] = self.snapshot.postings(field_name, term)
        return self.read[key]


def evaluate(nodes: Sequence[Node], snapshot: Snapshot, scoring: Scoring) -> list[Scores]:
    """For each node the documents that match it, and their scores.

    Raises:
        ValueError: a node names no field, or has no nodes or terms within.
    """
    context = _Context(snapshot, scoring)
    return [_scores(node, context) for node in nodes]


def _scores(node: Node, context: _Context) -> Scores:
    return _RULES[type(node)](node, context)


def _term(node: Term, context: _Context) -> Scores:
    postings = context.postings(TextField(node.field), node.term)
    frequencies = zip(postings.documents, postings.frequencies, strict=True)
    return _bm25(node.field, frequencies, _idf(len(postings.documents), context), context)


def _combined(node: Combined, context: _Context) -> Scores:
    """Source: as the node's."""
    fields = _weighted(node.fields)
    if not all(0 < weight <= 1 for _, weight in node.weaker):
        raise ValueError("The weight of a weaker term is not over 0 and at most 1.")
    weaker = {**dict(sorted(node.weaker, key=itemgetter(1))), **dict.fromkeys(_some(node.terms), 0.0)}
    frequencies = _added(dict.fromkeys(node.terms, 1.0), fields, context)
    having = len(frequencies)
    for document, frequency in _added(weaker, fields, context).items():
        frequencies[document] = frequencies.get(document, 0.0) + frequency
    return _bm25f(frequencies, having or len(frequencies), fields, context)


def _added(weights: Mapping[str, float], fields: _Fields, context: _Context) -> dict[int, float]:
    """How often documents have terms, each times its weight and the weight of its field."""
    frequencies: dict[int, float] = {}
    for term, share in weights.items():
        for name, weight in fields if share else ():
            postings = context.postings(name, term)
            for document, frequency in zip(postings.documents, postings.frequencies, strict=True):
                frequencies[document] = frequencies.get(document, 0.0) + share * weight * frequency
    return frequencies


def _weighted(fields: tuple[tuple[str, float], ...]) -> _Fields:
    """Fields with their weights, checked.

    Raises:
        ValueError: there is none, one is no field of the contract, or has no weight over 0.
    """
    checked = [(TextField(name), weight) for name, weight in _some(fields)]
    if not all(weight > 0 for _, weight in checked):
        raise ValueError("The weight of a field is not over 0.")
    return checked


def _bm25f(frequencies: Mapping[int, float], having: int, fields: _Fields, context: _Context) -> Scores:
    """Scores by weighted frequency and length, for something that `having` documents have.

    The average length is, for each field, of the documents that have it at all.
    """
    lengths = [(weight, context.snapshot.lengths(name)) for name, weight in fields]
    mean = sum(weight * context.snapshot.mean_length(name) for name, weight in fields)
    k1, b = context.scoring.k1, context.scoring.b
    full = _idf(having, context) * (k1 + 1)
    scores = {}
    for document, frequency in frequencies.items():
        length = sum([weight * LENGTHS[column[document]] for weight, column in lengths])
        scores[document] = full * frequency / (frequency + k1 * (1 - b + b * length / mean))
    return scores


def _near(node: Near, context: _Context) -> Scores:
    """Source: as the node's."""
    fields, sides = _weighted(node.fields), (_some(node.left), _some(node.right))
    if min(node.after, node.before) < 0 or node.after + node.before == 0:
        raise ValueError(f"Nothing stands {node.after} words after or {node.before} before something.")
    frequencies: dict[int, float] = {}
    for name, weight in fields:
        left, right = (_places(name, side, context) for side in sides)
        for document in _common([left, right]):
            if count := _neighbours(left[document], right[document], node):
                frequencies[document] = frequencies.get(document, 0.0) + weight * count
    return _bm25f(frequencies, len(frequencies), fields, context)


def _places(name: TextField, terms: Iterable[str], context: _Context) -> dict[int, set[int]]:
    """Where documents have any of these terms."""
    places: dict[int, set[int]] = {}
    with context.snapshot.reading():
        for term in dict.fromkeys(terms):
            postings = context.postings(name, term)
            for document, place in zip(postings.documents, postings.places, strict=True):
                places.setdefault(document, set()).update(positions(place))
    return places


def _neighbours(left: Iterable[int], right: set[int], node: Near) -> int:
    steps = [step for step in range(-node.before, node.after + 1) if step]
    return sum(any(place + step in right for step in steps) for place in left)


def _phrase(node: Phrase, context: _Context) -> Scores:
    """A phrase is scored as if it were a term that is as rare as all of its terms: by the sum of their idfs.

    Source: Lucene's PhraseQuery.
    """
    if len(_some(node.terms)) != len(node.offsets):
        raise ValueError(f"A phrase has {len(node.terms)} terms and {len(node.offsets)} offsets.")
    found = [context.postings(TextField(node.field), term) for term in node.terms]
    with context.snapshot.reading():
        frequencies = list(_frequencies(found, node.offsets))
    idf = sum(_idf(len(postings.documents), context) for postings in found)
    return _bm25(node.field, frequencies, idf, context)


def _frequencies(found: Sequence[Postings], offsets: Sequence[int]) -> Iterator[tuple[int, int]]:
    """How often each document has terms at these offsets from each other, where it has them at all."""
    places = [dict(zip(postings.documents, postings.places, strict=True)) for postings in found]
    for document in _common(places):
        starts = [
            {position - offset for position in positions(place[document])}
            for place, offset in zip(places, offsets, strict=True)
        ]
        if count := len(set.intersection(*starts)):
            yield document, count


def _idf(documents: int, context: _Context) -> float:
    """How much a term says that this many of all documents have; never negative.

    Source: Lucene's BM25Similarity, after Robertson and Spärck Jones.
    """
    return math.log1p((context.snapshot.count - documents + 0.5) / (documents + 0.5))


def _bm25(field_name: str, frequencies: Iterable[tuple[int, float]], idf: float, context: _Context) -> Scores:
    """Scores by frequency and by the field's length.

    Documents count whatever segment they are in, and deleted ones don't; the average length is of those that
    have the field at all. Each field is scored by itself, and `Or` and `And` add.

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.4.
    """
    k1 = context.scoring.k1
    b = context.scoring.field_b.get(TextField(field_name), context.scoring.b)
    mean = context.snapshot.mean_length(field_name)
    lengths = context.snapshot.lengths(field_name)
    norms = [k1 * (1 - b + b * length / mean) for length in LENGTHS]
    full = idf * (k1 + 1)
    return {
        document: full * frequency / (frequency + norms[lengths[document]])
        for document, frequency in frequencies
    }


def _keyword(node: Keyword, context: _Context) -> Scores:
    return dict.fromkeys(context.postings(KeywordField(node.field), node.value).documents, 0.0)


def _date_range(node: DateRange, context: _Context) -> Scores:
    first = _day(node.first or date.min)
    after = _day(node.last or date.max) + 1
    moments = context.snapshot.moments()
    return {
        document: 0.0
        for document in context.snapshot.documents
        if first <= moments[document] // 10**6 < after
    }


def _day(day: date) -> int:
    return (day.year * 100 + day.month) * 100 + day.day


def _and(node: And, context: _Context) -> Scores:
    nodes = _some(node.nodes)
    wanted = [_scores(part, context) for part in nodes if not isinstance(part, Not)]
    common = _common(wanted or [_everything(Everything(), context)])
    for part in nodes:
        if isinstance(part, Not):
            common -= _scores(part.node, context).keys()
    return {document: sum([scores[document] for scores in wanted], 0.0) for document in common}


def _common(maps: Sequence[Mapping[int, object]]) -> set[int]:
    shortest, *others = sorted(maps, key=len)
    common = set(shortest)
    for other in others:
        common &= other.keys()
    return common


def _or(node: Or, context: _Context) -> Scores:
    first, *others = [_scores(part, context) for part in _some(node.nodes)]
    total = dict(first)
    for scores in others:
        for document, score in scores.items():
            total[document] = total.get(document, 0.0) + score
    return total


def _best(node: Best, context: _Context) -> Scores:
    first, *others = [_scores(part, context) for part in _some(node.nodes)]
    best, total = dict(first), dict(first)
    for scores in others:
        for document, score in scores.items():
            best[document] = max(best.get(document, 0.0), score)
            total[document] = total.get(document, 0.0) + score
    return {document: score + node.tie * (total[document] - score) for document, score in best.items()}


def _promoted(node: Promoted, context: _Context) -> Scores:
    scores = _scores(node.node, context)
    for part in _some(node.by):
        added = _scores(part, context)
        scores = {document: score + added.get(document, 0.0) for document, score in scores.items()}
    return scores


def _not(node: Not, context: _Context) -> Scores:
    matched = _scores(node.node, context)
    return {document: 0.0 for document in context.snapshot.documents if document not in matched}


def _boosted(node: Boosted, context: _Context) -> Scores:
    return {document: score * node.factor for document, score in _scores(node.node, context).items()}


def _everything(_: Everything, context: _Context) -> Scores:
    return dict.fromkeys(context.snapshot.documents, 0.0)


def _nothing(_: Nothing, __: _Context) -> Scores:
    return {}


def _some(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    if not parts:
        raise ValueError("A query node has nothing within.")
    return parts


_RULES: dict[type, Callable[[Any, _Context], Scores]] = {
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
