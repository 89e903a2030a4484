"""Ways in which a word is misspelled in Arabic: what is confused with what, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from index.analysis import ARTICLE, analyze, has_clitic

SHORTEST: Final = 4
"""Letters of a word that may be misspelled; a shorter one is too close to too many."""

CONFUSED: Final = ("ضظ", "سصثز", "تطة", "ذزظ", "دض", "غجقك", "حهخ", "عا", "يى", "بف", "شج", "فو", "كج")
"""Letters that sound alike, or that foreign sounds are written with."""

WEAK: Final = "اوي"
"""Letters that are left out, or put in, where a vowel is not known to be long."""


def misspellings(form: str) -> Iterator[set[str]]:
    """Stems of words that a form may be misspelled from: the likeliest kind of slip first.

    Args:
        form: a word, its letters folded.
    """
    if len(form) < SHORTEST or not form.isalpha() or form.isascii():
        return
    bare = form.removeprefix(ARTICLE)
    for slips in (_vowels, _confused, _letters):
        yield {stem for slip in slips(bare) for stem in _stems(slip)}


def _stems(word: str) -> list[str]:
    """The stem of a word; none where a letter of it would be taken for a clitic: كوفد is not ك and وفد."""
    tokens = analyze(word)
    is_word = len(tokens) == 1 and bool(tokens[0].stem) and not has_clitic(tokens[0].form)
    return [tokens[0].stem] if is_word else []


def _vowels(form: str) -> Iterator[str]:
    """A long vowel too many or too few."""
    for place in range(1, len(form)):
        yield from (form[:place] + letter + form[place:] for letter in WEAK)
        if form[place] in WEAK:
            yield form[:place] + form[place + 1 :]


def _confused(form: str) -> Iterator[str]:
    """A letter for another that it is confused with."""
    for place, letter in enumerate(form):
        for group in CONFUSED:
            if letter in group:
                yield from (form[:place] + other + form[place + 1 :] for other in group if other != letter)


def _letters(form: str) -> Iterator[str]:
    """Two letters in the wrong order, or one of them twice."""
    for place in range(len(form) - 1):
        if form[place] != form[place + 1]:
            yield form[:place] + form[place + 1] + form[place] + form[place + 2 :]
            yield form[: place + 1] + form[place] + form[place + 1 :]
        else:
            yield form[:place] + form[place + 1 :]
