"""A request to what matches it, and what may be first of that: most can't be, and is promoted by nothing.

A term adds at most its weight times `k1 + 1` to a score. What lies by more than all terms together can add
below the last of the first before any is added, is below it after as well.

Source: Turtle and Flood, Query Evaluation: Strategies and Optimizations, 1995 (MaxScore).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from index.engines.contract import Request, Sort
from index.engines.query import Boosted, Combined, Node, Promoted
from index.engines.scoring.bm25 import Fields, idf, norms_of
from index.engines.scoring.context import Context
from index.engines.scoring.found import Found, Numbers, Reals, first_rows
from index.engines.scoring.queries import evaluate, terms_of, weighted_fields, weighted_terms
from index.record import record


@record
class _Adding:
    """A node that adds to scores: terms and fields, each with its weight, and what their sum counts."""

    terms: Mapping[str, float]
    fields: Fields
    weight: float


def answer(request: Request, context: Context) -> tuple[Found, Found]:
    """All that matches a request; and those of it that its hits are among, with their scores.

    Raises:
        ValueError: a node names no field, or has no nodes or terms within.
    """
    if request.sort is not Sort.RELEVANCE or request.limit <= 0 or request.offset < 0:
        matching = _filtered(request.node, request, context)
        return matching, matching
    inner, parts = _split(request.node)
    matching, last = _filtered(inner, request, context), request.offset + request.limit
    key = ("first", context.key_of(inner), tuple(parts), request.filters, last)
    return matching, context.kept(key, lambda: _leading(matching, parts, last, context))


def _split(node: Node) -> tuple[Node, list[Node]]:
    """A node, and what promotes it, as far as that is terms."""
    parts: list[Node] = []
    while isinstance(node, Promoted):
        by = [part for part in node.by if _is_term(part)]
        if not by or len(by) < len(node.by):
            break
        parts += by
        node = node.node
    return node, parts


def _is_term(node: Node) -> bool:
    while isinstance(node, Boosted) and node.factor >= 0:
        node = node.node
    return isinstance(node, Combined)


def _filtered(node: Node, request: Request, context: Context) -> Found:
    found = evaluate(node, context)
    for allowed in request.filters:
        found = found.within(evaluate(allowed, context))
    return found


def _leading(matching: Found, parts: Sequence[Node], count: int, context: Context) -> Found:
    """Those that may be among so many first ones when all parts have added to them."""
    if not parts:
        rows = first_rows(matching.scores, count)
        return Found(matching.documents[rows], matching.scores[rows])
    context.read_ahead(chain.from_iterable(map(terms_of, parts)))
    adding = [_adding(part, context) for part in parts]
    weights = np.array([each.weight for each in adding])[:, None] * (context.scoring.k1 + 1)
    rows = first_rows(matching.scores, count, weights.sum())
    documents = matching.documents[rows]
    often = _often(adding, documents, context)
    norms = [norms_of(each.fields, context.snapshot, context.scoring)[documents] for each in adding]
    shares = np.divide(often, often + norms, out=np.zeros_like(often), where=often > 0)
    return Found(documents, matching.scores[rows] + (weights * shares).sum(axis=0))


def _adding(node: Node, context: Context) -> _Adding:
    factor = 1.0
    while isinstance(node, Boosted):
        factor, node = factor * node.factor, node.node
    assert isinstance(node, Combined)
    fields, terms = weighted_fields(node.fields), weighted_terms(node)
    names = [name for name, _ in fields]
    having = context.having(names, node.terms) or context.having(names, terms)
    return _Adding(terms, fields, factor * idf(having, context.snapshot))


def _often(adding: Sequence[_Adding], documents: Numbers, context: Context) -> Reals:
    """How often each of these documents has what each node looks for: a row for each node."""
    lists = [
        (row, share * weight, context.packed(name, term))
        for row, each in enumerate(adding)
        for term, share in each.terms.items()
        for name, weight in each.fields
    ]
    together = np.concatenate([postings.documents for _, _, postings in lists])
    often = np.concatenate([postings.frequencies for _, _, postings in lists])
    hits = context.adder.rows_among(together, documents)
    which = np.searchsorted(np.cumsum([len(postings) for _, _, postings in lists]), hits, "right")
    rows = np.array([row for row, _, _ in lists])[which]
    weights = np.array([weight for _, weight, _ in lists])[which]
    cells = rows * len(documents) + np.searchsorted(documents, together[hits])
    sums = np.bincount(cells, often[hits] * weights, len(adding) * len(documents))
    return sums.astype(np.float64).reshape(len(adding), len(documents))  # of nothing it makes integers
