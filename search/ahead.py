"""Articles that are dated after today: a wrong date must not come before all others or stretch a timeline."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from index.archive import Archive
from index.engines import query
from index.engines.contract import Engine, Page, Request, Sort
from index.record import replace

SLACK: Final = timedelta(1)
"""How far a publisher's clock may be ahead of the machine's."""


def latest(today: date | None = None) -> date:
    """The last day that an article can have been published on.

    Args:
        today: the machine's when None.
    """
    return (today or datetime.now().astimezone().date()) + SLACK


def newest(engine: Engine, archive: Archive, today: date | None = None) -> date | None:
    """The day of the newest article that is not dated ahead; None where no article has such a day."""
    dated = query.DateRange(None, latest(today))
    page = engine.search(Request(dated, sort=Sort.NEWEST, limit=1))
    found = archive.get_many(hit.id for hit in page.hits)
    days = [article.published[:10] for article in found.values() if article.published]
    return date.fromisoformat(days[0]) if days else None


def newest_first(engine: Engine, request: Request, today: date | None = None) -> tuple[Page, int]:
    """A page of articles, the newest first, those that are dated ahead last of all; and how many these are.

    Args:
        engine: what is asked.
        request: sorted by the newest.
        today: the machine's when None.
    """
    ahead = query.DateRange(latest(today) + timedelta(1), None)
    (number,) = engine.counts([query.And((request.node, ahead, *request.filters))])
    if not number:
        return engine.search(request), 0
    counted = engine.search(replace(request, limit=0))
    possible = replace(request, filters=(*request.filters, query.Not(ahead)), facets=())
    hits = engine.search(possible).hits
    start = max(0, request.offset - (counted.total - number))
    rest = replace(request, filters=(*request.filters, ahead), facets=(), offset=start)
    hits += engine.search(replace(rest, limit=request.limit - len(hits))).hits
    return replace(counted, hits=hits), number
