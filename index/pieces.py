"""An archive's changes with their texts as numbers: each different piece between white space has one.

Of the pieces of news one in twenty is new, and of the words in these every other; whoever analyses those has
analysed all. All this needs nothing but the archive, and so can be done by other processes.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Final, NamedTuple

from index.analysis import END, Analyzer, listed
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
        new: the numbers of the words of each piece that got the next number, in order, `END`'s behind them.
        words: the words that got the next numbers, as they are written, in order.
        forms, stems: of the first of these words, as many as were analysed.
        anew: whether all numbers before were forgotten, and count anew.
    """

    last: int = 0
    removed: list[str] = field(default_factory=list)
    articles: list[Particulars] = field(default_factory=list)
    title: Split = field(default_factory=Split)
    body: Split = field(default_factory=Split)
    source: Split = field(default_factory=Split)
    author: Split = field(default_factory=Split)
    new: array[int] = field(default_factory=lambda: array("I"))
    words: list[str] = field(default_factory=list)
    forms: Sequence[str] = ()
    stems: Sequence[str] = ()
    anew: bool = False


class _Numbers(defaultdict[str, int]):
    """The number of each text; a new one gets the next."""

    def __init__(self, *known: str) -> None:
        super().__init__(count().__next__)
        self.of(known)
        self._told = len(self)

    def of(self, texts: Iterable[str]) -> array[int]:
        """The numbers of texts."""
        return array("I", map(self.__getitem__, texts))

    def new(self) -> list[str]:
        """Those that are new since this was asked last, in order."""
        new = list(islice(reversed(self), len(self) - self._told))
        self._told = len(self)
        return new[::-1]


class Numbering:
    """Numbers the pieces of an archive's texts, and their words. Of one process alone."""

    def __init__(self) -> None:
        self._analyzer = Analyzer()
        self._forget()

    def _forget(self) -> None:
        self._pieces, self._words = _Numbers(), _Numbers(END)

    def read(self, archive: Archive, after: int, upto: int, share: float) -> Numbered:
        """What changed in an archive after a sequence number and up to another.

        Args:
            archive: what is read.
            after: a sequence number.
            upto: a sequence number.
            share: of the new words that are to be analysed, 0 to 1.

        Raises:
            ArchiveError: the archive can't be read.
        """
        found = Numbered(anew=len(self._pieces) >= LIMIT)
        if found.anew:
            self._forget()
        for changed in archive.changes(after, upto):
            found.last = changed.seq
            if changed.article is None:
                found.removed.append(changed.id)
            else:
                self._number(changed.article, found)
        found.new = self._words.of(listed(self._pieces.new()))
        found.words = self._words.new()
        found.forms, found.stems = self._analyzer.analyzed(found.words[: int(share * len(found.words))])
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
            before = len(split.pieces)
            split.pieces.extend(self._pieces.of(text.split()))
            split.counts.append(len(split.pieces) - before)


def strides(after: int, upto: int) -> Iterator[tuple[int, int]]:
    """The pairs of sequence numbers between which changes are read at a time."""
    return ((start, min(start + STRIDE, upto)) for start in range(after, upto, STRIDE))
