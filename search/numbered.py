"""Articles as numbers: each word that was ever seen has one, and an article takes a few bytes for each."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from operator import sub
from typing import Final

from index.analysis import END, SIGNS, analyze_word, listed
from index.article import Article
from index.record import record
from search.shared import TITLE_COUNTS

_WORD: Final = 200
"""Bytes of a word that has a number, about: its letters, and its places in the tables."""

_ARTICLE: Final = 700
"""Bytes of an article besides its numbers, about: five arrays, what holds them, and its id."""

_BYTE: Final = 0xFF


@record
class Counted:
    """The words of an article, as numbers.

    Attributes:
        total: how many words it has, those in its title counted `TITLE_COUNTS` times.
        stems: its stems, each once; of stop words that is "".
        counts: how often each stands there.
        edges: where the forms of each begin, and behind the last where they end.
        forms: how the words of each stem are written.
        often: how often each form stands there.
    """

    total: int
    stems: array[int]
    counts: array[int]
    edges: array[int]
    forms: array[int]
    often: array[int]

    @property
    def nbytes(self) -> int:
        """How many bytes it takes, about."""
        arrays = (self.stems, self.counts, self.edges, self.forms, self.often)
        return sum([len(each) * each.itemsize for each in arrays]) + _ARTICLE


class Numbered:
    """Words, each with a number that it keeps, and stems with their own. For one thread at a time."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.stems: list[str] = []
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._stem_of: list[int] = []

    @property
    def nbytes(self) -> int:
        """How many bytes it takes, about."""
        return (len(self.words) + len(self.stems)) * _WORD

    def counted(self, article: Article) -> Counted:
        """The words of an article."""
        written, stem_of = self._written(article), self._stem_of.__getitem__
        forms = sorted(written, key=stem_of)
        often = [*map(written.__getitem__, forms)]
        stems = Counter(map(stem_of, forms))  # in the order of the forms
        edges = [*accumulate(stems.values(), initial=0)]
        sums = [*accumulate(often, initial=0)]
        totals = [*map(sums.__getitem__, edges)]
        return Counted(
            sums[-1],
            array("I", stems),
            _small([*map(sub, totals[1:], totals)]),
            array("I", edges),
            array("I", forms),
            _small(often),
        )

    def _written(self, article: Article) -> dict[int, int]:
        """The numbers of an article's words as they are written, and how often each stands there."""
        pieces = Counter(article.body.split())
        for piece in article.title.split():
            pieces[piece] += TITLE_COUNTS
        # No word has white space in it, and most pieces are one word that was seen before, if not for a sign.
        found = [*map(self._words.get, pieces)]
        written = {
            number: count for number, count in zip(found, pieces.values(), strict=True) if number is not None
        }
        others = [piece for piece, number in zip(pieces, found, strict=True) if number is None]
        rest = []
        for piece in others:
            number = self._words.get(piece.strip(SIGNS))
            if number is None:
                rest.append(piece)
            else:
                written[number] = written.get(number, 0) + pieces[piece]
        self._add(rest, pieces, written)
        return written

    def _add(self, others: Sequence[str], pieces: Mapping[str, int], written: dict[int, int]) -> None:
        """Count the words of other pieces as well, as often as each piece stands there."""
        at = iter(others)
        piece = next(at, "")
        for word in listed(others):
            if word == END:
                piece = next(at, "")
            else:
                number = self._number(word)
                written[number] = written.get(number, 0) + pieces[piece]

    def _number(self, word: str) -> int:
        """The number of a word, a new one if it has none."""
        number = self._words.get(word)
        if number is None:
            number = self._words[word] = len(self.words)
            self.words.append(word)
            _, stem = analyze_word(word)
            stem_number = self._stems.setdefault(stem, len(self.stems))
            if stem_number == len(self.stems):
                self.stems.append(stem)
            self._stem_of.append(stem_number)
        return number


def _small(counts: Sequence[int]) -> array[int]:
    """Numbers of a byte each, if none is greater."""
    return array("B" if max(counts, default=0) <= _BYTE else "I", counts)


class First:
    """Some articles together.

    Args:
        articles: their words.
        numbered: what the numbers stand for.
    """

    def __init__(self, articles: Sequence[Counted], numbered: Numbered) -> None:
        self._articles = articles
        self._numbered = numbered
        self._rows = [dict(zip(each.stems, range(len(each.stems)), strict=True)) for each in articles]

    def shared(self, least: int) -> dict[str, int]:
        """The stems that at least so many of the articles have, each with its number."""
        articles = Counter(chain.from_iterable(self._rows))
        stems = self._numbered.stems
        return {stems[stem]: stem for stem, count in articles.items() if count >= least}

    def shares(self, stems: Mapping[str, int], scores: Sequence[float]) -> dict[str, float]:
        """Of each of these stems its share of the articles' words, better articles counting more."""
        shares = dict.fromkeys(stems.values(), 0.0)
        for article, rows, score in zip(self._articles, self._rows, scores, strict=True):
            share = score / article.total if article.total else 0.0
            for number in rows.keys() & shares.keys():
                shares[number] += share * article.counts[rows[number]]
        return {stem: shares[number] for stem, number in stems.items()}

    def usual_form(self, number: int) -> str:
        """How the stem with this number is written most often, the shortest way of these."""
        found: Counter[str] = Counter()
        for article, rows in zip(self._articles, self._rows, strict=True):
            if (row := rows.get(number)) is not None:
                for at in range(article.edges[row], article.edges[row + 1]):
                    found[self._numbered.words[article.forms[at]]] += article.often[at]
        return min(found, key=lambda form: (-found[form], len(form), form))
