"""From matching documents to a page: the first hits in an order, and counts over all that matched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.engines.contract import TIMES, Hit, KeywordField, Page, Request, Sort
from index.engines.scoring.found import Found, Numbers, Reals, first_rows
from index.engines.scoring.snapshot import Snapshot

_Key: TypeAlias = NDArray[Any]

_FEW: Final = 100
"""So many scores are written sooner than their different ones are found."""

_NEVER: Final = 10**18
"""Later than any moment."""


def collect(found: Found, leading: Found, request: Request, snapshot: Snapshot) -> Page:
    """The page that a request asks for.

    Args:
        found: all documents that match.
        leading: those that the hits are among, with their scores.
        request: what is asked for.
        snapshot: what they are documents of.

    Raises:
        ValueError: a limit or offset below 0, or a facet that is none.
    """
    if request.limit < 0 or request.offset < 0:
        raise ValueError(f"limit {request.limit} and offset {request.offset} have to be 0 or more.")
    facets = {name: _count(name, found.documents, snapshot) for name in request.facets}
    return Page(len(found), _hits(leading, request, snapshot) if request.limit else (), facets)


def _hits(found: Found, request: Request, snapshot: Snapshot) -> tuple[Hit, ...]:
    last = request.offset + request.limit
    moments = snapshot.moments()
    if request.sort is Sort.RELEVANCE:
        near = first_rows(found.scores, last)
    else:
        near = first_rows(_dates(request.sort, moments[found.documents]), last)
    scores = _rounded(found.scores[near])
    dates = _dates(request.sort, moments[found.documents[near]])
    keys = (scores, dates) if request.sort is Sort.RELEVANCE else (dates, scores)
    leading = _leading(keys, last)
    ids = snapshot.ids(found.documents[near[leading]].tolist())
    first, second = ((-key[leading]).tolist() for key in keys)
    order = sorted(range(len(ids)), key=lambda row: (first[row], second[row], ids[row]))
    return tuple(Hit(ids[row], float(scores[leading[row]])) for row in order[request.offset : last])


def _dates(sort: Sort, moments: Numbers) -> Numbers:
    """What an order goes by of moments, highest first; a document without one comes last."""
    return np.where(moments, -moments, -_NEVER) if sort is Sort.OLDEST else moments


def _rounded(scores: Reals) -> Reals:
    """Scores to nine digits, so that the order in which parts of one were added decides no tie."""
    if len(scores) <= _FEW:
        return _as_written(scores)
    different, rows = np.unique(scores, return_inverse=True)
    return _as_written(different)[rows]


def _as_written(scores: Reals) -> Reals:
    return np.array([float(f"{score:.9g}") for score in scores.tolist()], np.float64)


def _leading(keys: Sequence[_Key], count: int) -> Numbers:
    """The rows of the first `count`, and of all that are the same as the last of them, in no order."""
    leading, rows = [np.empty(0, np.int64)], np.arange(len(keys[0]))
    for key in keys:
        wanted = count - sum(map(len, leading))
        if len(rows) <= wanted:
            break
        values = key[rows]
        limit = np.partition(values, -wanted)[-wanted]
        leading.append(rows[values > limit])
        rows = rows[values == limit]
    return np.concatenate([*leading, rows])


def _count(name: str, documents: Numbers, snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    column = snapshot.times(name) if name in TIMES else snapshot.column(KeywordField(name))
    counts = np.bincount(column.numbers[documents], minlength=len(column.values))
    used = np.flatnonzero(counts)  # in the order of the values
    if name not in TIMES:
        used = used[np.argsort(-counts[used], kind="stable")]
    named = zip([column.values[at] for at in used.tolist()], counts[used].tolist(), strict=True)
    return tuple(pair for pair in named if pair[0])
