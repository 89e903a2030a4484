"""What an archive holds, in numbers."""

from __future__ import annotations

from index.record import record


@record
class Summary:
    """What the archive holds.

    Attributes:
        articles: how many.
        sources: each source and how many articles it has, most first, then by name.
        without_source: how many articles name no source.
        first, last: the earliest and latest day of publication, `YYYY-MM-DD`; None when no article has one.
        bytes: size of the database and its write-ahead log on the disk.
    """

    articles: int
    sources: tuple[tuple[str, int], ...]
    without_source: int
    first: str | None
    last: str | None
    bytes: int
