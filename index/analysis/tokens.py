"""The tokens of a text of which few are looked at: each is made and placed when it is asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, overload

from index.analysis.chain import Token, analyze, analyze_piece, known_word

_PIECE: Final = re.compile(r"\S+")
"""What `str.split` gives: both go by what Unicode calls white space."""


class Tokens(Sequence[Token]):
    """The tokens of a text, as `analyze` gives them.

    Args:
        text: the original.
        pieces: what stands between its white space, as `str.split` gives it.
        ends: how many tokens there are up to the end of each piece.
    """

    __slots__ = ("_begins", "_ends", "_made", "_pieces", "_text")

    def __init__(self, text: str, pieces: Sequence[str], ends: Sequence[int]) -> None:
        self._text: Final = text
        self._pieces: Final = pieces
        self._ends: Final = ends
        self._begins: list[int] = []
        self._made: Final[dict[int, Token]] = {}

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...
    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        if isinstance(place, slice):
            return [self._token(each) for each in range(*place.indices(len(self)))]
        return self._token(range(len(self))[place])

    def form(self, place: int) -> str:
        """The form of the token at a place from 0 on."""
        return self._token(place).form

    def forms(self, first: int, last: int) -> tuple[str, ...]:
        """The forms of the tokens from one place up to another, this one left out."""
        if first >= last:
            return ()
        start, stop = bisect_right(self._ends, first), bisect_right(self._ends, last - 1) + 1
        forms = [form for piece in self._pieces[start:stop] for form, _ in analyze_piece(piece)]
        before = self._before(start)
        return tuple(forms[first - before : last - before])

    def _token(self, place: int) -> Token:
        token = self._made.get(place)
        if token is None:
            token = self._made[place] = self._make(place)
        return token

    def _make(self, place: int) -> Token:
        number = bisect_right(self._ends, place)
        piece, begin = self._pieces[number], self._begin(number)
        if pair := known_word(piece):
            return Token(begin, begin + len(piece), *pair)
        token = analyze(piece)[place - self._before(number)]
        return Token(token.start + begin, token.end + begin, token.form, token.stem)

    def _before(self, number: int) -> int:
        """How many tokens stand before a piece."""
        return self._ends[number - 1] if number else 0

    def _begin(self, number: int) -> int:
        """Where a piece begins."""
        if not self._begins:
            self._begins = [piece.start() for piece in _PIECE.finditer(self._text)]
        return self._begins[number]
