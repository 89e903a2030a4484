"""What was sought, found again in texts: which of their words matched, and as what they were typed.

A text goes through the analysis that indexed it, so that a word is marked exactly if it matched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple, TypeAlias

from index.analysis import SIGNS, Bases, Tokens, analyze_piece, known_word, known_words
from index.record import record
from search.sought import Beside, Sought

REMEMBERED: Final = 200_000
"""Pieces of texts that one marker remembers, some 35 MB; then all are forgotten: memory has a bound."""

NEW: Final = 300
"""Pieces that were never seen before it pays to find out which words can have the stems that are sought."""

_Typed: TypeAlias = Mapping[str, Sequence[str]]


@record
class Marked:
    """A text that was analysed and compared with what was sought.

    Attributes:
        text: the original.
        tokens: its words.
        matches: the place of each word that matched, and the words of the query, as typed.
    """

    text: str
    tokens: Tokens
    matches: Mapping[int, tuple[str, ...]]


class Occurrence(NamedTuple):
    """Something sought that stands in a text: the places of its words, and as what it was typed."""

    places: tuple[int, ...]
    typed: str


class _Seen(NamedTuple):
    """A word that may belong to something sought, and what it matches all by itself."""

    form: str
    stem: str
    typed: tuple[str, ...]


class _Row(NamedTuple):
    """Words side by side: which stem or form stands at which distance from the first."""

    typed: str
    terms: tuple[tuple[int, str], ...]
    as_written: bool


class Marker:
    """Finds what was sought in one text after another; it remembers which pieces of them are to be looked at.

    Args:
        sought: what is looked for.
    """

    def __init__(self, sought: Iterable[Sought]) -> None:
        self._together: Final[list[_Row | tuple[str, Beside]]] = []
        by_stem: dict[str, list[str]] = defaultdict(list)
        by_form: dict[str, list[str]] = defaultdict(list)
        for each in sought:
            for stem in each.stems:
                by_stem[stem].append(each.typed)
            for form in each.any_form:
                by_form[form].append(each.typed)
            self._together.extend(_together(each))
        self._pieces: Final = _Pieces(by_stem, by_form, self._together)

    def mark(self, text: str) -> Marked:
        """Find what was sought in a text."""
        tokens, found = self.find(text)
        matches: dict[int, dict[str, None]] = {}
        for places, typed in found:
            for place in places:
                matches.setdefault(place, {})[typed] = None
        return Marked(text, tokens, {place: tuple(typed) for place, typed in sorted(matches.items())})

    def find(self, text: str) -> tuple[Tokens, list[Occurrence]]:
        """The words of a text, and everything sought that stands there.

        What is several words side by side comes first, each time whole; then single words, in order.
        """
        pieces = text.split()
        self._pieces.look_through(pieces)
        ends = list(accumulate(map(self._pieces.__getitem__, pieces)))
        seen = self._pieces.seen
        there = {
            ends[number] + place: word
            for number, piece in enumerate(pieces)
            if piece in seen
            for place, word in seen[piece]
        }
        found = [occurrence for each in self._together for occurrence in _occurrences(each, there)]
        found += [Occurrence((place,), typed) for place, word in there.items() for typed in word.typed]
        return Tokens(text, pieces, ends), found


class _Pieces(dict[str, int]):
    """What stands between white space to how many words it has; few of them have to do with what was sought.

    Attributes:
        seen: of those that have, the words, each with its place counted from the end of its piece, under 0.
    """

    def __init__(
        self, by_stem: _Typed, by_form: _Typed, together: Iterable[_Row | tuple[str, Beside]]
    ) -> None:
        super().__init__()
        self.seen: Final[dict[str, tuple[tuple[int, _Seen], ...]]] = {}
        self._by_stem: Final = {stem: tuple(typed) for stem, typed in by_stem.items()}
        self._by_form: Final = {form: tuple(typed) for form, typed in by_form.items()}
        for each in together:
            terms, as_written = _terms(each)
            for term in terms:
                (self._by_form if as_written else self._by_stem).setdefault(term, ())
        self._new = 0

    def look_through(self, pieces: Iterable[str]) -> None:
        """Take in at once what most pieces are: a word that was seen before and is none of those sought."""
        if len(self) >= REMEMBERED:
            self.clear()
        new = set(pieces).difference(self)
        stems, forms = self._by_stem, self._by_form
        others = [
            piece
            for piece, pair in zip(new, known_words(new), strict=True)
            if pair and pair[0] and pair[1] not in stems and pair[0] not in forms
        ]
        self.update(dict.fromkeys(others, 1))

    def __missing__(self, piece: str) -> int:
        pair = known_word(piece) or known_word(piece.strip(SIGNS))
        pairs = [pair] if pair and pair[0] else self._analyzed(piece)
        for form, stem in pairs:
            if stem in self._by_stem or form in self._by_form:
                self.seen[piece] = self._seen(pairs)
                break
        self[piece] = size = len(pairs)
        return size

    def _analyzed(self, piece: str) -> list[tuple[str, str]]:
        """The forms and stems of a piece; "" for a stem that is none of those sought, where that is seen."""
        self._new += 1
        return analyze_piece(piece, self._bases.may_be_in) if self._new > NEW else analyze_piece(piece)

    @cached_property
    def _bases(self) -> Bases:
        return Bases(self._by_stem)

    def _seen(self, pairs: Sequence[tuple[str, str]]) -> tuple[tuple[int, _Seen], ...]:
        stems, forms = self._by_stem, self._by_form
        return tuple(
            (place - len(pairs), _Seen(form, stem, (*stems.get(stem, ()), *forms.get(form, ()))))
            for place, (form, stem) in enumerate(pairs)
            if stem in stems or form in forms
        )


def _together(sought: Sought) -> list[_Row | tuple[str, Beside]]:
    """What is more than a word by itself."""
    if sought.row:
        return [_Row(sought.typed, sought.row, as_written=False)]
    if sought.beside:
        return [(sought.typed, sought.beside)]
    return [_Row(sought.typed, tuple(enumerate(sought.forms)), as_written=True)] if sought.forms else []


def _terms(each: _Row | tuple[str, Beside]) -> tuple[set[str], bool]:
    """The words of it, and whether they are forms."""
    if isinstance(each, _Row):
        return {term for _, term in each.terms}, each.as_written
    return {*each[1].own, *each[1].other}, each[1].as_written


def _occurrences(each: _Row | tuple[str, Beside], seen: Mapping[int, _Seen]) -> Iterator[Occurrence]:
    if isinstance(each, _Row):
        return _rows(each, seen)
    typed, beside = each
    return (Occurrence((place,), typed) for place in _beside(beside, seen))


def _rows(row: _Row, seen: Mapping[int, _Seen]) -> Iterator[Occurrence]:
    """Where words stand each at its distance from the first."""
    terms = {place: word.form if row.as_written else word.stem for place, word in seen.items()}
    first, its_term = row.terms[0]
    for start in [place - first for place, term in terms.items() if term == its_term]:
        if all(terms.get(start + offset) == term for offset, term in row.terms):
            yield Occurrence(tuple(start + offset for offset, _ in row.terms), row.typed)


def _beside(beside: Beside, seen: Mapping[int, _Seen]) -> Iterator[int]:
    """The places of words that have another one close to them, before or after."""
    terms = {place: word.form if beside.as_written else word.stem for place, word in seen.items()}
    others = {place for place, term in terms.items() if term in beside.other}
    reach = [step for step in range(-beside.reach, beside.reach + 1) if step]
    return (
        place
        for place, term in terms.items()
        if term in beside.own and any(place + step in others for step in reach)
    )
