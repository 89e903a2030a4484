"""An archive's changes with their texts as numbers: each different piece between white space has one.

Of the pieces of news one in twenty is new, and whoever analyses those has analysed all. Splitting texts and
numbering their pieces takes as long as that, needs nothing else, and so can be done by other processes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from index.archive import Archive
from index.article import Article

LIMIT: Final = 1_000_000
"""Pieces that have a number, about 200 MB; then all are forgotten, so that memory has a bound."""

STRIDE: Final = 400
"""Sequence numbers that are read at a time."""


class Particulars(NamedTuple):
    """What there is to an article beside its texts, as `Article` has it."""

    id: str
    source: str | None
    author: str | None
    category: str | None
    published: str | None


@dataclass(slots=True)
class Split:
    """Many texts of a kind.

    Attributes:
        pieces: the numbers of their pieces, one text behind the other.
        counts: how many each text has.
    """

    pieces: array[int] = field(default_factory=lambda: array("I"))
    counts: array[int] = field(default_factory=lambda: array("I"))


@dataclass(slots=True)
class Numbered:
    """What changed between two sequence numbers.

    Attributes:
        last: the number of the last change, 0 when there was none.
        removed: the ids of articles that were taken out.
        articles: the others.
        title, body, source, author: their texts; of an article that has none an empty one.
        new: the pieces that got the next numbers, in order; none has white space in it.
        anew: whether all numbers before were forgotten, and count from 0 again.
    """

    last: int = 0
    removed: list[str] = field(default_factory=list)
    articles: list[Particulars] = field(default_factory=list)
    title: Split = field(default_factory=Split)
    body: Split = field(default_factory=Split)
    source: Split = field(default_factory=Split)
    author: Split = field(default_factory=Split)
    new: list[str] = field(default_factory=list)
    anew: bool = False


class _Numbers(dict[str, int]):
    """The number of each piece; a new one gets the next."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[str] = []

    def __missing__(self, piece: str) -> int:
        self[piece] = number = len(self)
        self.new.append(piece)
        return number


class Numbering:
    """Numbers the pieces of an archive's texts. Of one process alone."""

    def __init__(self) -> None:
        self._numbers = _Numbers()

    def read(self, archive: Archive, after: int, upto: int) -> Numbered:
        """What changed in an archive after a sequence number and up to another.

        Raises:
            ArchiveError: the archive can't be read.
        """
        found = Numbered(anew=len(self._numbers) >= LIMIT)
        if found.anew:
            self._numbers.clear()
        self._numbers.new = found.new
        for changed in archive.changes(after, upto):
            found.last = changed.seq
            if changed.article is None:
                found.removed.append(changed.id)
            else:
                self._number(changed.article, found)
        return found

    def _number(self, article: Article, found: Numbered) -> None:
        found.articles.append(
            Particulars(article.id, article.source, article.author, article.category, article.published)
        )
        for text, split in (
            (article.title, found.title),
            (article.body, found.body),
            (article.source or "", found.source),
            (article.author or "", found.author),
        ):
            pieces = text.split()
            split.counts.append(len(pieces))
            split.pieces.extend(map(self._numbers.__getitem__, pieces))


def strides(after: int, upto: int) -> Iterator[tuple[int, int]]:
    """The pairs of sequence numbers between which changes are read at a time."""
    return ((start, min(start + STRIDE, upto)) for start in range(after, upto, STRIDE))
