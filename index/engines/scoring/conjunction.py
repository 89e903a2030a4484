"""Documents that match all of several nodes: words are scored in these alone, which are few beside theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.query import Boosted, Combined, Node, Promoted
from index.engines.scoring.context import Context
from index.engines.scoring.found import NONE, Found, Numbers, Reals, common, rows_among
from index.engines.scoring.words import Looked, looked, shares, weighted_fields, weighted_terms
from index.record import record


@record
class _Word:
    """A word that has not been scored yet: a `Combined`, and what promotes it.

    Attributes:
        documents: those that match.
        looked: the word, and then each that promotes it.
        factors: of each, by what its scores are multiplied.
    """

    documents: NDArray[Any]
    looked: tuple[Looked, ...]
    factors: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.documents)


def all_of(nodes: Sequence[Node], found: Callable[[Node, Context], Found], context: Context) -> Found:
    """What matches each of these, numbers added in the order of how many match each.

    Every number is what it would be if each node were found by itself, to the last bit.

    Args:
        nodes: at least one.
        found: evaluates a node.
        context: of the request.

    Raises:
        ValueError: as `found`.
    """
    parts = sorted([_part(node, found, context) for node in nodes], key=len)
    documents = common([part.documents for part in parts]).astype(np.int64)
    if not len(documents):
        return NONE
    words = [word for part in parts if isinstance(part, _Word) for word in part.looked]
    rows = iter(shares(words, documents, context) if words else ())
    most = context.scoring.k1 + 1
    return Found(documents, reduce(add, [_scores(part, documents, rows, most) for part in parts]))


def _part(node: Node, found: Callable[[Node, Context], Found], context: Context) -> _Word | Found:
    """A word that nothing has scored yet, or whatever else was found."""
    if id(node) not in context.known:
        match node:
            case Combined():
                return _word(node, (), context)
            case Promoted(Combined() as word, by) if by and all(map(_is_simple, by)):
                return _word(word, by, context)
    return found(node, context)


def _is_simple(node: Node) -> bool:
    return isinstance(node.node if isinstance(node, Boosted) else node, Combined)


def _word(node: Combined, by: Sequence[Node], context: Context) -> _Word:
    names = [name for name, _ in weighted_fields(node.fields)]
    documents = context.any_of(names, tuple(weighted_terms(node)))
    promoting = [(each.node, each.factor) if isinstance(each, Boosted) else (each, 1.0) for each in by]
    words = [looked(each, context) for each in (node, *(word for word, _ in promoting))]
    return _Word(documents, tuple(words), (1.0, *(factor for _, factor in promoting)))


def _scores(part: _Word | Found, documents: Numbers, rows: Iterator[Reals], most: float) -> Reals:
    """What a part gives to documents that all of them match."""
    if isinstance(part, Found):
        return part.scores[rows_among(part.documents, documents)]
    worth = [word.weight * most * next(rows) for word in part.looked]
    return reduce(add, [scores * factor for scores, factor in zip(worth, part.factors, strict=True)])
