"""Pages of results: which there are, and which are linked to."""

from __future__ import annotations

from typing import Final

from index.record import record
from web.asked import PAGE_SIZE

REACH: Final = 2
"""Pages linked to on either side of the one that is shown."""


@record
class Paging:
    """Where the reader is.

    Attributes:
        current: the page asked for, from 1; may be beyond the last.
        last: the number of the last page, 1 when there are no results.
        numbers: pages to link to, in order, None where some are left out.
        size: how many results a page has.
    """

    current: int
    last: int
    numbers: tuple[int | None, ...]
    size: int = PAGE_SIZE

    @property
    def first_result(self) -> int:
        """The number of the first result of the page, from 1."""
        return (self.current - 1) * self.size + 1

    @property
    def previous(self) -> int | None:
        """The page before, if there is one to go to."""
        return self.current - 1 if 1 < self.current <= self.last else None

    @property
    def following(self) -> int | None:
        """The page after, if there is one."""
        return self.current + 1 if self.current < self.last else None

    @property
    def is_beyond(self) -> bool:
        """Whether the page asked for comes after the last."""
        return self.current > self.last


def paging(total: int, current: int, size: int = PAGE_SIZE) -> Paging:
    """The pages of so many results, so many a page."""
    last = max(1, -(-total // size))
    here = min(current, last)
    near = range(max(1, here - REACH), min(last, here + REACH) + 1)
    return Paging(current, last, _with_gaps(sorted({1, *near, last})), size)


def _with_gaps(numbers: list[int]) -> tuple[int | None, ...]:
    """The numbers, None between two that are not neighbours; one that alone is missing is put in."""
    filled: list[int | None] = []
    for number in numbers:
        before = filled[-1] if filled else 0
        if before is not None and number - before == 2:  # noqa: PLR2004 - one is missing
            filled.append(number - 1)
        elif before is not None and number - before > 2:  # noqa: PLR2004 - more are missing
            filled.append(None)
        filled.append(number)
    return tuple(filled)


def neighbours(total: int, limit: int, offset: int) -> dict[str, int]:
    """The offsets of other pages of so many results, where there are such: `first`, `prev`, `next`, `last`.

    Source of the names: RFC 8288 and the IANA registry of link relations.
    """
    if not limit or not total:
        return {}
    start = offset % limit
    last = start + (total - 1 - start) // limit * limit if start < total else 0
    found = {"first": 0}
    if offset:
        found["prev"] = max(0, min(offset - limit, last))
    if offset + limit < total:
        found["next"] = offset + limit
    return found | {"last": last}
