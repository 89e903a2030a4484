"""Words, and what they are worth in some documents alone: most that match a word match not all of a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Any, Final

import numpy as np

from index.engines.contract import TextField
from index.engines.query import Boosted, Combined, Node
from index.engines.scoring.bm25 import Fields, idf, norms_of
from index.engines.scoring.context import Context
from index.engines.scoring.found import Numbers, Reals
from index.record import record

_REMEMBERED: Final = 64
"""Fields with weights: a ranking has few."""


@record
class Looked:
    """A `Combined` that is looked up.

    Attributes:
        terms: the terms, each with its weight.
        fields: the fields, each with its weight.
        weight: how much it says: its idf, times its factors if it is boosted.
    """

    terms: Mapping[str, float]
    fields: Fields
    weight: float


def is_word(node: Node) -> bool:
    """Whether a node is a `Combined`, boosted or not."""
    while isinstance(node, Boosted) and node.factor >= 0:
        node = node.node
    return isinstance(node, Combined)


def looked(node: Node, context: Context) -> Looked:
    """A node for which `is_word` holds, looked up.

    Raises:
        ValueError: it names no field, or has no terms, or a weight that is none.
    """
    factor = 1.0
    while isinstance(node, Boosted):
        factor, node = factor * node.factor, node.node
    assert isinstance(node, Combined)
    fields, terms = weighted_fields(node.fields), weighted_terms(node)
    names = [name for name, _ in fields]
    having = context.having(names, node.terms) or context.having(names, terms)
    return Looked(terms, fields, factor * idf(having, context.snapshot))


def shares(words: Sequence[Looked], documents: Numbers, context: Context) -> Reals:
    """How much of what a word can be worth at most it is in each document: a row for each word.

    Args:
        words: at least one.
        documents: rising.
        context: of the request.
    """
    often = _often(words, documents, context)
    fields = dict.fromkeys(word.fields for word in words)
    norms = {each: norms_of(each, context.snapshot, context.scoring)[documents] for each in fields}
    lengths = np.array([norms[word.fields] for word in words])
    found: Reals = np.divide(often, often + lengths, out=np.zeros_like(often), where=often > 0)
    return found


def _often(words: Sequence[Looked], documents: Numbers, context: Context) -> Reals:
    """How often each of these documents has each word: a row for each word."""
    lists = [
        (row, share * weight, context.packed(name, term))
        for row, each in enumerate(words)
        for term, share in each.terms.items()
        for name, weight in each.fields
    ]
    together = np.concatenate([postings.documents for _, _, postings in lists])
    often = np.concatenate([postings.frequencies for _, _, postings in lists])
    hits = context.adder.rows_among(together, documents)
    ends = np.array([*accumulate(len(postings) for _, _, postings in lists)])
    which = ends.searchsorted(hits, "right")
    rows = np.array([row for row, _, _ in lists])[which]
    weights = np.array([weight for _, weight, _ in lists])[which]
    cells = rows * len(documents) + documents.searchsorted(together[hits])
    sums = np.bincount(cells, often[hits] * weights, len(words) * len(documents))
    return sums.astype(np.float64).reshape(len(words), len(documents))  # of nothing it makes integers


def weighted_terms(node: Combined) -> dict[str, float]:
    """The terms of a node, each once, with its weight.

    Raises:
        ValueError: there is none, or one that is weaker has no weight over 0 and at most 1.
    """
    own = dict.fromkeys(some(node.terms), 1.0)
    if not node.weaker:
        return own
    if not all(0 < weight <= 1 for _, weight in node.weaker):
        raise ValueError("The weight of a weaker term is not over 0 and at most 1.")
    return dict(sorted(node.weaker, key=itemgetter(1))) | own


@lru_cache(_REMEMBERED)
def weighted_fields(fields: tuple[tuple[str, float], ...]) -> Fields:
    """Fields with their weights, checked.

    Raises:
        ValueError: there is none, one is no field of the contract, or has no weight over 0.
    """
    checked = tuple((TextField(name), weight) for name, weight in some(fields))
    if not all(weight > 0 for _, weight in checked):
        raise ValueError("The weight of a field is not over 0.")
    return checked


def some(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """What is within a node.

    Raises:
        ValueError: nothing is.
    """
    if not parts:
        raise ValueError("A query node has nothing within.")
    return parts
