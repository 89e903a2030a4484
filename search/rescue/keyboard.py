"""Typed with another keyboard than was meant: `hgr,hj` is القوات on the same keys, and حقثسس is press."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, product
from math import inf, log
from typing import Final

from index.analysis import analyze
from search.rescue.exonyms import named
from search.rescue.layouts import AZERTY, AZERTY_MAC, LIGATURES, PAIRS, Layout, to_arabic, to_latin
from search.rescue.offer import Candidate, Kind
from search.rescue.situation import Situation

MOST: Final = 8
"""Texts that one text may be on a Latin keyboard: لا is the key of b, or those of g and h."""

UNUSUAL: Final = 2.5
"""How much less likely other keyboards are than the most usual, as the logarithm of a ratio: 12 times."""

SHORTEST: Final = 3
"""Letters of the longest word of a Latin text, at least: fewer are in every archive by chance."""

_LATIN: Final = "[A-Za-z]"
_ARABIC: Final = "[\u0621-\u064a]"
_LONG: Final = rf"[^\W\d_]{{{SHORTEST},}}"
_OTHER_THAN_TEXT: Final = ("[^\\s\\d\u0621-\u0652]", r"[^\s\dA-Za-z]")
"""What no Arabic text has, and no Latin one, but for signs."""

_SIGNS: Final = frozenset("\"'().:،؛؟,;?!-")
_ODD: Final = (
    r"[^\W\d_][،؛؟,;?/\\\[\]{}<>×÷`^|~$&*+=@#%][^\W\d_]|(?<![\u0621-\u0652])[\u064b-\u0652]"
    r"|(?<!\S)[،؛؟,;?!.:/$&%]+[^\W\d_]|[\u0621-\u064a]\d|\d[\u0621-\u064a]"
)
"""A sign inside a word or before it, a mark before it, a digit beside an Arabic letter: no such keyboard."""

_LEADING: Final = re.compile(r"(?<!\S)[-=](?=\w)")
"""What before a word is a sign of the query language."""

_DEAD: Final = {"\u0302": "^", "\u0308": "¨"}
"""Keys of a French keyboard that wait for the letter after them: `ê` was typed as `^` and `e`."""


def keyboards(situation: Situation) -> Iterator[Candidate]:
    """The query as another keyboard would have typed it: first what the archive has as it is.

    Nothing for the name of something in another language: whoever typed it meant it.
    """
    text = situation.asked.text
    if named(text):
        return
    others = {**dict.fromkeys(_in_part(text, situation), len(PAIRS)), **_retyped(text)}
    for other in sorted(others, key=lambda other: _order(other, others[other], situation)):
        yield Candidate(Kind.KEYBOARD, situation.asked_for(_as_written(other, situation)))


def _order(text: str, pair: int, situation: Situation) -> tuple[int, int, float]:
    """How many words of a text the archive never writes so, how many signs it has, and how unusual it is."""
    return _odd(text, situation), _signs(text), _rarity(text, situation) + UNUSUAL * bool(pair)


def unlikeliness(text: str, situation: Situation) -> float:
    """How little likely another keyboard than was meant typed a text: infinite where none types words."""
    others = (other for other in retyped(text) if not _odd(other, situation))
    return min((_rarity(other, situation) for other in others), default=inf)


def _signs(text: str) -> int:
    return sum(not (letter.isalpha() or letter.isspace()) for letter in text)


def _rarity(text: str, situation: Situation) -> float:
    return -sum(log(situation.count(token.form) or 1) for token in analyze(text))


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


def retyped(text: str) -> Iterable[str]:
    """A text as the same keys of other keyboards type it, the most usual keyboards first; never itself."""
    return _retyped(text).keys()


def _retyped(text: str) -> dict[str, int]:
    """The same, each with the number of its pair of keyboards."""
    found: dict[str, int] = {}
    for number, pair in enumerate(PAIRS):
        others: Iterable[str] = ()
        if re.search(_LATIN, text):
            # With caps lock, or with the capital that a program puts at the beginning, no shift was meant.
            others = _arabic(text, pair)
        elif re.search(_ARABIC, text):
            others = (typed for typed in _latin(text, pair) if re.search(_LONG, typed))
        for other in others:
            if other != text and _is_text(other, text):
                found.setdefault(other, number)
    return found


def _is_text(other: str, typed: str) -> bool:
    """Whether a text has nothing but letters of one kind, usual signs, and those that were typed."""
    form = _OTHER_THAN_TEXT[not re.search(_ARABIC, other)]
    signs = _SIGNS.union(letter for letter in typed if not letter.isalpha())
    if len(_LEADING.findall(other)) != len(_LEADING.findall(typed)):  # no key of a letter excludes a word
        return False
    return signs.issuperset(re.findall(form, other)) and not re.search(_ODD, other)


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
