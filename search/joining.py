"""Nodes of an engine's query, joined: one stays itself, none is None."""

from __future__ import annotations

from collections.abc import Iterable

from index.engines import query


def all_of(nodes: Iterable[query.Node | None]) -> query.Node | None:
    """Documents that match every one of these; None is passed over."""
    kept = tuple(found for found in nodes if found is not None)
    return query.And(kept) if len(kept) > 1 else next(iter(kept), None)


def any_of(nodes: Iterable[query.Node | None]) -> query.Node | None:
    """Documents that match any of these; None is passed over."""
    kept = tuple(found for found in nodes if found is not None)
    return query.Or(kept) if len(kept) > 1 else next(iter(kept), None)
