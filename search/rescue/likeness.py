"""How near two words are to a reader's eye, ear and hand: an edit distance that knows what is confused.

The letters that sound alike are those of `search.spelling`, which the ranking's own correction goes by.
Source of the distance: Damerau, A technique for computer detection and correction of spelling errors, 1964,
restricted to neighbours (optimal string alignment), with weights.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Final

from index.analysis import normalize
from search.rescue.layouts import ARABIC_101
from search.spelling import CONFUSED, WEAK

SOUND: Final = 0.5
"""A letter for one that sounds alike."""

WEAK_FOR_WEAK: Final = 0.6
"""A long vowel for another."""

HAMZA: Final = 0.3
"""A hamza that stands alone, left out, put in, or on another seat."""

ENDING: Final = 0.3
"""At the end of a word ه (which is also ة), ا and ت for each other, and ء after ا."""

SHAPE: Final = 0.6
"""A letter for one that differs in its dots."""

NEIGHBOUR: Final = 0.8
"""A letter for that of the next key."""

OTHER: Final = 1.1
"""Any letter for any other, or too many."""

LEFT_OUT: Final = 0.9
"""Any letter too few."""

LAST: Final = 0.6
"""A ه too few at the end, which is also ة."""

VOWEL: Final = 0.4
"""A long vowel too many or too few."""

DOUBLED: Final = 0.4
"""A letter twice, or once instead of twice."""

SWAPPED: Final = 0.4
"""Two neighbours in the wrong order."""

FIRST: Final = 0.3
"""What is added where the first letter is another that neither sounds nor looks alike: few mistake that."""

FOREIGN: Final = ("بف", "شج", "فو", "كج")
"""Letters that are written for one foreign sound, and are no slip for each other elsewhere."""

SOUNDS: Final = (*(group for group in CONFUSED if group not in FOREIGN), "ثت", "دذ", "ضذ", "قا", "قء", "سش")
"""Letters that sound alike, with those that a dialect makes alike: تلاته, دهب."""

SHAPES: Final = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")
"""Letters that differ in their dots alone, at least inside a word."""

LONE_HAMZA: Final = "ء"
ENDINGS: Final = frozenset("هات")


def distance(typed: str, meant: str, most: float) -> float:
    """How far two forms are apart, 0 for the same; over `most` as soon as it can't be less."""
    before, row = [], [0.0]
    for letter in meant:
        row.append(row[-1] + _missing(meant, len(row) - 1, letter, LEFT_OUT))
    for at, letter in enumerate(typed):
        before, last, row = (
            row,
            before,
            [row[0] + _missing(typed, at, letter, OTHER) + (0.0 if at else FIRST)],
        )
        for place, other in enumerate(meant):
            swapped = SWAPPED + last[place - 1] if _is_swapped(typed, at, meant, place) else most + 1
            row.append(
                min(
                    before[place] + _replaced(typed, at, meant, place),
                    before[place + 1] + _missing(typed, at, letter, OTHER),
                    row[place] + _missing(meant, place, other, LEFT_OUT),
                    swapped,
                )
            )
        if min(row) > most:
            return min(row)
    return row[-1]


def _is_swapped(typed: str, at: int, meant: str, place: int) -> bool:
    return bool(at and place and typed[at] == meant[place - 1] and typed[at - 1] == meant[place])


def _missing(word: str, at: int, letter: str, other: float) -> float:
    """What it costs that a letter of one word is not in the other; `other` for any."""
    if letter == LONE_HAMZA:
        return HAMZA
    if at and word[at - 1] == letter:
        return DOUBLED
    if letter in WEAK and at:
        return VOWEL
    return LAST if other == LEFT_OUT and letter == "ه" and at == len(word) - 1 else other


def _replaced(typed: str, at: int, meant: str, place: int) -> float:
    one, other = typed[at], meant[place]
    if one == other:
        return 0.0
    is_end = at == len(typed) - 1 and place == len(meant) - 1
    if is_end and {one, other} <= ENDINGS:
        return ENDING
    cost = _letters(one, other)
    return cost if at or place or cost <= SHAPE else cost + FIRST


@cache
def _letters(one: str, other: str) -> float:
    """What one letter for another costs wherever they stand."""
    pair = {one, other}
    if LONE_HAMZA in pair and pair & set(WEAK):
        return HAMZA
    if any(pair <= set(group) for group in SOUNDS):
        return SOUND
    if pair <= set(WEAK):
        return WEAK_FOR_WEAK
    if any(pair <= set(group) for group in SHAPES):
        return SHAPE
    return NEIGHBOUR if any(one in pair and other in pair for pair in _neighbours()) else OTHER


@cache
def _neighbours() -> frozenset[str]:
    """Letters of keys that stand side by side, folded: ة stands beside و, and is ه in a form."""
    rows = [normalize(row).split() for row in ARABIC_101.plain]
    return frozenset(
        left + right
        for row in rows
        for left, right in pairwise(row)
        if len(left + right) == 2  # noqa: PLR2004 - لا is two letters
    )
