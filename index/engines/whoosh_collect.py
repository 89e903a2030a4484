"""From matching documents to a page: the first hits in an order, and counts over all that matched."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from index.engines.contract import MONTH, Hit, KeywordField, Page, Request, Sort
from index.engines.whoosh_segments import Snapshot

_Key: TypeAlias = Callable[[int], float]


def collect(scores: Mapping[int, float], request: Request, snapshot: Snapshot) -> Page:
    """The page that a request asks for, from all documents that match and their scores.

    Raises:
        ValueError: a limit or offset below 0, or a facet that is none.
    """
    if request.limit < 0 or request.offset < 0:
        raise ValueError(f"limit {request.limit} and offset {request.offset} have to be 0 or more.")
    facets = {name: _count(name, scores, snapshot) for name in request.facets}
    return Page(len(scores), _hits(scores, request, snapshot) if request.limit else (), facets)


def _hits(scores: Mapping[int, float], request: Request, snapshot: Snapshot) -> tuple[Hit, ...]:
    # To nine digits, so that the order in which parts of a score were added decides no tie.
    rounded = {document: float(f"{score:.9g}") if score else 0.0 for document, score in scores.items()}
    ids = snapshot.values("id")
    keys = _keys(request.sort, rounded, snapshot)
    last = request.offset + request.limit
    ordered = sorted(
        _leading(list(rounded), last, keys),
        key=lambda document: (*(-key(document) for key in keys), ids[document]),
    )
    return tuple(Hit(ids[document], rounded[document]) for document in ordered[request.offset : last])


def _keys(sort: Sort, scores: Mapping[int, float], snapshot: Snapshot) -> tuple[_Key, ...]:
    """What an order goes by, highest first."""
    moments = snapshot.moments()

    def oldest(document: int) -> float:
        return -moments[document] if moments[document] else -math.inf

    return {
        Sort.RELEVANCE: (scores.__getitem__, moments.__getitem__),
        Sort.NEWEST: (moments.__getitem__, scores.__getitem__),
        Sort.OLDEST: (oldest, scores.__getitem__),
    }[sort]


def _leading(documents: list[int], count: int, keys: Sequence[_Key]) -> list[int]:
    """A short list with the first `count` of many documents in it: sorting all of them would take long."""
    leading: list[int] = []
    for key in keys:
        wanted = count - len(leading)
        if len(documents) <= wanted:
            break
        values = list(map(key, documents))
        limit = heapq.nlargest(wanted, values)[-1]
        leading += [document for document, value in zip(documents, values, strict=True) if value > limit]
        documents = [document for document, value in zip(documents, values, strict=True) if value == limit]
    return leading + documents


def _count(name: str, documents: Collection[int], snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    if name == MONTH:
        return _months(documents, snapshot)
    counts = Counter(map(snapshot.values(KeywordField(name)).__getitem__, documents))
    counts.pop("", None)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _months(documents: Collection[int], snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    moments = snapshot.moments()
    counts = Counter([moments[document] // 10**8 for document in documents])
    counts.pop(0, None)
    return tuple((f"{month // 100:04}-{month % 100:02}", count) for month, count in sorted(counts.items()))
