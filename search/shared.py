"""The words of an article, counted by their stems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from index.analysis import counted
from index.article import Article
from index.record import record

TITLE_COUNTS: Final = 2
"""A word in a title counts as if it stood there this often."""


@record
class Words:
    """The words of an article.

    Attributes:
        total: how many there are.
        counts: for each stem, "" for stop words, how often it stands there.
    """

    total: int
    counts: Mapping[str, int]


def words_of(article: Article) -> Words:
    """The words of an article, those in its title counted `TITLE_COUNTS` times."""
    written, stems = counted("\n".join([article.body, *[article.title] * TITLE_COUNTS]))
    counts: dict[str, int] = defaultdict(int)
    for stem, count in zip(stems, written.values(), strict=True):
        counts[stem] += count
    return Words(written.total(), counts)
