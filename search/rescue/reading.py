"""Latin letters to the words of the archive that they may stand for: the cheapest readings first."""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from math import log
from typing import Final

from index.analysis import ARTICLE, normalize
from search.rescue import romanized
from search.rescue.situation import Situation
from search.rescue.wordlist import is_start

STEPS: Final = 6_000
"""Beginnings of words that are looked at for one word, at most: some 50 ms."""

ENOUGH: Final = 24
"""Words after which no dearer ones are looked for."""

LEAST: Final = 0.6
PER_LETTER: Final = 0.25
"""What the readings of a word may cost: so much, and so much for each of its letters."""

UNSAID_ARTICLE: Final = 0.4
"""What it costs to find a word with the article where none was written."""

BARE: Final = 0.5
"""What it costs to find a word without the article that was written."""

WORTH: Final = 4.0
"""How much rarer a word must be for a cheaper reading to make up, for each 1: e to this power."""

ATTACHED: Final = (("بال", ARTICLE), ("وال", ARTICLE), ("لل", ARTICLE), ("ب", ""), ("و", ""), ("ل", ""))
"""What may stand before a word where the archive has it no other way, and what of it is the article."""

ATTACHED_COST: Final = 0.5

LONGEST: Final = 40
"""Letters of the longest word that is read."""

_VOWELS: Final = frozenset("aiuo")
_QUOTES: Final = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | {"ˁ": "ʿ"})
_ASSIMILATED: Final = re.compile(romanized.ASSIMILATED)
_LETTERS: Final = frozenset("".join([*romanized.CONSONANTS, *romanized.MIDDLE, *romanized.LAST]))
_MOST_LETTERS: Final = max(map(len, [*romanized.CONSONANTS, *romanized.LAST]))


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """A word that was read.

    Attributes:
        unlikeliness: how little likely it is.
        form: the word.
        cost: of the reading alone, however frequent the word is.
    """

    unlikeliness: float
    form: str
    cost: float = 0.0


@dataclass(order=True, slots=True)
class _State:
    """A beginning of a word.

    Attributes:
        cost: of what was read so far.
        at: where in the Latin letters that ends.
        form: what it is.
        latin: the Latin letters.
        filled: a letter was put in last that isn't written.
        attached, article: what the form begins with that is no part of the word, and its article.
    """

    cost: float
    at: int
    form: str
    latin: str = field(compare=False)
    filled: bool = field(default=False, compare=False)
    attached: str = field(default="", compare=False)
    article: str = field(default="", compare=False)


def readings(latin: str, situation: Situation) -> list[Read]:
    """The words of the archive that a word in Latin letters may stand for, the likeliest first.

    Likely is a reading that costs little, and a word that many articles have.
    """
    word = prepared(latin)
    if not 1 < len(word) <= LONGEST:
        return []
    found = _found(_beginnings(word), situation) or _found(_attached(word), situation)
    return sorted(found)


def _found(beginnings: Iterable[_State], situation: Situation) -> list[Read]:
    """Words, each once, without what is attached to them."""
    found: dict[str, Read] = {}
    for state in _cheapest(beginnings, situation):
        form = state.article + state.form.removeprefix(state.attached)
        if form not in found and (count := situation.count(state.form)):
            found[form] = Read(state.cost * WORTH - log(count), form, state.cost)
        if len(found) == ENOUGH:
            break
    return list(found.values())


def literal(latin: str) -> tuple[str, ...]:
    """The forms of a word in Buckwalter's transliteration; none for what isn't in it, or is a plain word.

    Small letters with vowels among them are plain: there `i` would be a kasra, and nobody types these.
    """
    if latin.istitle() or (latin.islower() and not _VOWELS.isdisjoint(latin)):
        return ()
    tables = (romanized.BUCKWALTER, romanized.SAFE_BUCKWALTER)
    words = ["".join(table.get(letter, "?") for letter in latin) for table in tables]
    return tuple(dict.fromkeys(normalize(word) for word in words if "?" not in word and normalize(word)))


def prepared(latin: str) -> str:
    """A word with the letters that the tables have: no capitals, no other accents."""
    lower = unicodedata.normalize("NFC", latin.translate(_QUOTES)).lower()
    return "".join(letter if letter in _LETTERS else _bare(letter) for letter in lower)


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base in _LETTERS else ""


def _cheapest(beginnings: Iterable[_State], situation: Situation) -> Iterator[_State]:
    """Best-first: a heap of beginnings, each continued by every row of the tables that fits."""
    waiting = list(beginnings)
    heapq.heapify(waiting)
    seen = set()
    for _ in range(STEPS):
        if not waiting:
            return
        state = heapq.heappop(waiting)
        key = (state.latin, state.at, state.form, state.filled)
        if key in seen:
            continue
        seen.add(key)
        if state.at == len(state.latin):
            yield state
        most = LEAST + PER_LETTER * len(state.latin)
        for new in _continued(state):
            if new.cost <= most and _exists(new.form, situation):
                heapq.heappush(waiting, new)


def _exists(beginning: str, situation: Situation) -> bool:
    return not is_start(beginning) or situation.section(beginning).has_beginning(beginning)


def _beginnings(word: str) -> Iterator[_State]:
    yield _State(0.0, 0, "", word)
    yield _State(UNSAID_ARTICLE, 0, ARTICLE, word)
    for arabic, ways, cost in romanized.PREFIXES:
        for way in ways:
            if word.startswith(way) and len(word) > len(way) + 1:
                rest = word.removeprefix(way).lstrip("-'")
                yield _State(cost, 0, arabic, rest)
                yield _State(cost + BARE, 0, "", rest)
    if match := _ASSIMILATED.match(word):
        rest = word[match.end() :].lstrip("-'")
        yield _State(0.0, 0, ARTICLE, rest)
        yield _State(BARE, 0, "", rest)


def _attached(word: str) -> Iterator[_State]:
    """The same for words that the archive has only with something before them: بالأردن."""
    for state in list(_beginnings(word)):
        if state.form in ("", ARTICLE):
            for clitic, article in ATTACHED:
                cost = state.cost + ATTACHED_COST
                yield replace(state, cost=cost, form=clitic, attached=clitic, article=article)


def _continued(state: _State) -> Iterator[_State]:
    latin, at = state.latin, state.at
    for length in range(1, min(_MOST_LETTERS, len(latin) - at) + 1):
        end = at + length
        for letters, cost in _rows(latin[at:end], is_first=at == 0, is_last=end == len(latin)):
            again = romanized.DOUBLED if at and latin[at:end] == latin[at - length : at] else 0.0
            cost_so_far = state.cost + cost + again + romanized.STEP
            yield replace(state, cost=cost_so_far, at=end, form=state.form + letters, filled=False)
    if 0 < at < len(latin) and not state.filled:
        for letter, cost in romanized.UNWRITTEN:
            yield replace(state, cost=state.cost + cost, form=state.form + letter, filled=True)


@cache
def _rows(latin: str, *, is_first: bool, is_last: bool) -> tuple[tuple[str, float], ...]:
    """What these Latin letters may stand for where they are; a doubled consonant is as a single one."""
    if is_first and not is_last and latin in romanized.FIRST:
        return romanized.FIRST[latin]
    if is_last and latin in romanized.LAST:
        return romanized.LAST[latin]
    half = latin[: len(latin) // 2]
    single = half if half and half * 2 == latin and half.isalpha() else latin
    if single in romanized.CONSONANTS:
        return romanized.CONSONANTS[single]
    return () if is_first else romanized.MIDDLE.get(latin, ())
