"""A request to what matches it, and what may be first of that: most can't be, and is promoted by nothing.

A term adds at most its weight times `k1 + 1` to a score. What lies by more than all terms together can add
below the last of the first before any is added, is below it after as well.

Source: Turtle and Flood, Query Evaluation: Strategies and Optimizations, 1995 (MaxScore).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from index.engines.contract import Request, Sort
from index.engines.query import Node, Promoted
from index.engines.scoring.context import Context
from index.engines.scoring.found import Found, first_rows
from index.engines.scoring.queries import evaluate, terms_of
from index.engines.scoring.words import is_word, looked, shares


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
        by = [part for part in node.by if is_word(part)]
        if not by or len(by) < len(node.by):
            break
        parts += by
        node = node.node
    return node, parts


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
    words = [looked(part, context) for part in parts]
    weights = np.array([word.weight for word in words])[:, None] * (context.scoring.k1 + 1)
    rows = first_rows(matching.scores, count, weights.sum())
    documents = matching.documents[rows]
    added = (weights * shares(words, documents, context)).sum(axis=0)
    return Found(documents, matching.scores[rows] + added)
