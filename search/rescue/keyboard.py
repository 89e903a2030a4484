"""Typed with another keyboard than was meant: `hgr,hj` is القوات on the same keys, and حقثسس is press."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from typing import Final

from index.analysis import analyze
from search.rescue.layouts import AZERTY, AZERTY_MAC, LIGATURES, PAIRS, Layout, to_arabic, to_latin
from search.rescue.offer import Candidate, Kind
from search.rescue.situation import Situation

MOST: Final = 8
"""Texts that one text may be on a Latin keyboard: لا is the key of b, or those of g and h."""

SHORTEST: Final = 3
"""Letters of the longest word of a Latin text, at least: fewer are in every archive by chance."""

_LATIN: Final = "[A-Za-z]"
_ARABIC: Final = "[\u0621-\u064a]"
_LONG: Final = rf"[^\W\d_]{{{SHORTEST},}}"
_ODD: Final = r"[^\W\d_][،؛؟,;?/\\\[\]{}<>×÷`^][^\W\d_]"
"""A sign inside a word: it was no such keyboard."""

_DEAD: Final = {"\u0302": "^", "\u0308": "¨"}
"""Keys of a French keyboard that wait for the letter after them: `ê` was typed as `^` and `e`."""


def keyboards(situation: Situation) -> Iterator[Candidate]:
    """The query as another keyboard would have typed it: first what the archive has as it is."""
    text = situation.asked.text
    others = {other: _odd(other, situation) for other in (*retyped(text), *_in_part(text, situation))}
    for other in sorted(others, key=others.__getitem__):
        yield Candidate(Kind.KEYBOARD, situation.asked_for(_as_written(other, situation)))


def _odd(text: str, situation: Situation) -> int:
    """How many words of a text the archive never writes so."""
    return sum(not situation.count(token.form) for token in analyze(text))


def _as_written(text: str, situation: Situation) -> str:
    """The text with the hamzas that its words have in the archive: capitals type some that were not meant."""
    written, here = [], 0
    for token in analyze(text):
        usual = situation.written([token.form]) if token.form.isalpha() and not token.form.isascii() else ""
        written += [text[here : token.start], usual or text[token.start : token.end]]
        here = token.end
    return "".join([*written, text[here:]])


def retyped(text: str) -> Iterator[str]:
    """A text as the same keys of other keyboards type it, the most usual keyboards first; never itself."""
    found = []
    if re.search(_LATIN, text):
        # With caps lock, or with the capital that a program puts at the beginning, no shift was meant.
        found = [typed for pair in PAIRS for typed in _arabic(text, pair)]
    elif re.search(_ARABIC, text):
        found = [typed for pair in PAIRS for typed in _latin(text, pair) if re.search(_LONG, typed)]
    return (each for each in dict.fromkeys(found) if each != text and not re.search(_ODD, each))


def _in_part(text: str, situation: Situation) -> Iterator[str]:
    """The text with those of its pieces retyped that the archive doesn't know."""
    pieces = text.split()
    unknown = [not situation.known(piece) for piece in pieces]
    if all(unknown):
        return
    others = [tuple(retyped(piece)) if is_odd else () for piece, is_odd in zip(pieces, unknown, strict=True)]
    for number in range(max(map(len, others), default=0)):
        chosen = zip(pieces, others, strict=True)
        yield " ".join(other[min(number, len(other) - 1)] if other else piece for piece, other in chosen)


def _arabic(text: str, pair: tuple[Layout, Layout]) -> Iterator[str]:
    typed = _with_dead_keys(text) if pair[0] in (AZERTY, AZERTY_MAC) else text
    for each in dict.fromkeys((typed, typed.lower())):
        yield each.translate(_arabic_keys(PAIRS.index(pair)))


def _with_dead_keys(text: str) -> str:
    """The text with each circumflex and diaeresis before its letter, as they were typed."""
    parts = [unicodedata.normalize("NFD", letter) for letter in text]
    return "".join(
        _DEAD[apart[1]] + apart[0] if apart[1:] in _DEAD else letter
        for letter, apart in zip(text, parts, strict=True)
    )


def _latin(text: str, pair: tuple[Layout, Layout]) -> Iterator[str]:
    keys = _latin_keys(PAIRS.index(pair))
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    apart = re.split("(لا|لأ|لإ|لآ)", text)
    ways = [_ways(part, keys) for part in apart]
    return islice(("".join(way) for way in product(*ways)), MOST)


def _ways(part: str, keys: dict[str, str]) -> tuple[str, ...]:
    """A part as one key, where one types all of it, and letter by letter."""
    letters = "".join(keys.get(letter, letter) for letter in part)
    return (keys[part], letters) if len(part) > 1 and part in keys else (letters,)


@cache
def _arabic_keys(number: int) -> dict[int, str]:
    return to_arabic(PAIRS[number])


@cache
def _latin_keys(number: int) -> dict[str, str]:
    return to_latin(PAIRS[number])
