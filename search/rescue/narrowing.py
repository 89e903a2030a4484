"""The same words at other times, in other sources, or everywhere, where narrowing leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator

from index.record import replace
from search.rescue.editing import has_dates, without_dates
from search.rescue.offer import Candidate, Kind
from search.rescue.situation import Situation


def wider(situation: Situation) -> Iterator[Candidate]:
    """The search without its days, without its sources, authors and categories, and without any of these."""
    asked = situation.asked
    any_time = replace(asked, text=without_dates(asked.text), first=None, last=None)
    is_dated = any_time != asked
    is_named = bool(asked.sources or asked.authors or asked.categories)
    if not (is_dated and (any_time.text or not asked.text.strip())) or has_dates(any_time.text):
        is_dated = False
    if is_dated:
        yield Candidate(Kind.PERIOD, any_time)
    if is_named:
        yield Candidate(Kind.SOURCES, replace(asked, sources=(), authors=(), categories=()))
    if is_dated and is_named:
        yield Candidate(Kind.EVERYWHERE, replace(any_time, sources=(), authors=(), categories=()))
