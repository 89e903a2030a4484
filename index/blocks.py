"""Many articles to what an engine indexes of them: every new word is analysed once, the rest is arrays.

What comes of it is what `documents.document` makes of each article.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.analysis import Analyzer, remember
from index.documents import LEAD_WORDS
from index.engines.columns import Vocabulary
from index.engines.contract import Documents, KeywordField, TextField, Texts
from index.pieces import Numbered, Split
from index.record import record

_Numbers = NDArray[np.int32]


@record
class _Words:
    """The words of many texts: the number of the form and of the stem of each, and how many a text has."""

    forms: _Numbers
    stems: _Numbers
    counts: _Numbers

    def first(self, most: int) -> Texts:
        """The stems of the first words of each text."""
        counts = np.minimum(self.counts, most)
        starts = np.cumsum(self.counts) - self.counts
        return Texts(self.stems[_slices(starts, counts)], counts)

    def names(self) -> Texts:
        """The terms of names: the stem of each word, its form where it is too common to have one."""
        return Texts(np.where(self.stems > 0, self.stems, self.forms), self.counts)


class _Column:
    """Numbers that become more."""

    def __init__(self, *numbers: int) -> None:
        self._room = np.empty(1024, np.int32)
        self._size = 0
        self.extend(numbers)

    def extend(self, numbers: Sequence[int] | _Numbers) -> None:
        start, self._size = self._size, self._size + len(numbers)
        if self._size > len(self._room):
            self._room = np.concatenate((self._room[:start], np.empty(2 * self._size - start, np.int32)))
        self._room[start : self._size] = numbers

    def numbers(self) -> _Numbers:
        return self._room[: self._size]


class Words:
    """The words of texts; what is analysed here is remembered.

    Attributes:
        vocabulary: forms and stems.
    """

    def __init__(self) -> None:
        self.vocabulary: Final = Vocabulary()
        self._analyzer: Final = Analyzer()

    def analyzed(self, numbered: Numbered) -> tuple[_Numbers, _Numbers]:
        """The numbers of the forms of new words, and of their stems, 0 for a stop word.

        Those that are not analysed yet are here.
        """
        rest = self._analyzer.analyzed(numbered.words[len(numbered.forms) :])
        forms, stems = [*numbered.forms, *rest[0]], [*numbered.stems, *rest[1]]
        remember(numbered.words, forms, stems)
        return self.vocabulary.numbers(forms), self.vocabulary.numbers(stems)


class Analysis:
    """What becomes of what one `Numbering` has numbered, in the order in which it did.

    Args:
        words: those that were analysed already; others may share them.
    """

    def __init__(self, words: Words) -> None:
        self._known: Final = words
        self._forget()

    def _forget(self) -> None:
        # Of each word its form and its stem; of `END`, the first, there is neither.
        self._form_of, self._stem_of = _Column(0), _Column(0)
        # Of each piece where its words begin, and how many it has; of each of these the form and the stem.
        self._starts, self._counts, self._forms, self._stems = (_Column() for _ in range(4))

    def documents(self, numbered: Numbered) -> Documents:
        """What an engine indexes of articles."""
        if numbered.anew:
            self._forget()
        self._learn(numbered)
        title, body = self._words(numbered.title), self._words(numbered.body)
        articles = numbered.articles
        return Documents(
            [article.id for article in articles],
            {
                TextField.TITLE: Texts(title.stems, title.counts),
                TextField.TITLE_EXACT: Texts(title.forms, title.counts),
                TextField.BODY: Texts(body.stems, body.counts),
                TextField.BODY_EXACT: Texts(body.forms, body.counts),
                TextField.LEAD: body.first(LEAD_WORDS),
                TextField.SOURCE: self._words(numbered.source).names(),
                TextField.AUTHOR: self._words(numbered.author).names(),
            },
            {
                KeywordField.SOURCE: [article.source for article in articles],
                KeywordField.AUTHOR: [article.author for article in articles],
                KeywordField.CATEGORY: [article.category for article in articles],
            },
            [article.published for article in articles],
            self._known.vocabulary.terms,
        )

    def _learn(self, numbered: Numbered) -> None:
        """Take up new words, and new pieces."""
        for column, more in zip((self._form_of, self._stem_of), self._known.analyzed(numbered), strict=True):
            column.extend(more)
        words = np.frombuffer(numbered.new, np.uint32)
        forms, stems = self._form_of.numbers()[words], self._stem_of.numbers()[words]
        kept = forms > 0
        counts = np.diff(np.cumsum(kept, dtype=np.int32)[words == 0], prepend=np.int32(0))
        self._starts.extend(len(self._forms.numbers()) + np.cumsum(counts, dtype=np.int32) - counts)
        self._counts.extend(counts)
        self._forms.extend(forms[kept])
        self._stems.extend(stems[kept])

    def _words(self, split: Split) -> _Words:
        """The words of texts."""
        pieces = np.frombuffer(split.pieces, np.uint32)
        of_each = self._counts.numbers()[pieces]
        places = _slices(self._starts.numbers()[pieces], of_each)
        edges = np.concatenate(([0], np.cumsum(of_each)))
        ends = np.cumsum(np.frombuffer(split.counts, np.uint32))
        counts = np.diff(edges[ends], prepend=0).astype(np.int32)
        return _Words(self._forms.numbers()[places], self._stems.numbers()[places], counts)


def _slices(starts: _Numbers, counts: _Numbers) -> NDArray[Any]:
    """The places of all that stands in slices, one slice behind the other."""
    ends = np.cumsum(counts, dtype=np.int32)
    before = ends - counts
    return np.repeat(starts - before, counts) + np.arange(ends[-1] if len(ends) else 0, dtype=np.int32)
