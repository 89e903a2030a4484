"""Arabic written in Latin letters: `dimashq`, `al-quwat`, `7alab`, `swryA`, `Damascus`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import log
from typing import Final

from search.rescue.exonyms import LONGEST, named
from search.rescue.keyboard import unlikeliness
from search.rescue.offer import Candidate, Kind
from search.rescue.reading import WORTH, literal, readings
from search.rescue.situation import Situation

CHOICES: Final = 3
"""Readings of a word that are tried, of a query of one word twice as many."""

MOST: Final = 12
"""Queries that are weighed."""

LITERAL: Final = -WORTH
"""How much likelier a word is that is written in Arabic letter by letter, or that stands in the table."""

MARGIN: Final = 4.5
"""How much less likely than the likeliest a text may be, as the logarithm of a ratio: 90 times."""

PLAIN: Final = 0.5
"""What a reading may cost beside the name of what is called so."""

APART: Final = WORTH
"""How much less likely a word with a hyphen is two words in Arabic."""

WORDS: Final = 6
"""Words in Latin letters of the longest query that is read."""

_PIECE: Final = re.compile(r"[^\s\"“”„()]+")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_WORD: Final = re.compile(r"[\wʿʾʼ'’‘`´$*~|<>&{}-]+[.,;:!?]*")
"""A word in Latin letters: other signs inside a word are keys of an Arabic keyboard, not romanizations."""

_ARTICLE: Final = re.compile(r"\b([aei]l|a[tdrzsn]|a[sdt]h)\s+(?=[2-9A-Za-zÀ-ɏḀ-ỿ])", re.IGNORECASE)
_GOD: Final = re.compile(r"(?P<servant>\w{3,}?)[aeou]?l+ah", re.IGNORECASE)
_SERVANT: Final = re.compile(r"abd(?:[aeiou]+[lrsntdz]|[-' ]?[aeiou]l[-' ]?)(?P<name>\w{3,})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class _Reading:
    """What pieces of a query may be: how little likely, and in the archive's own letters."""

    unlikeliness: float
    text: str


def transliterations(situation: Situation) -> Iterator[Candidate]:
    """The query with its Latin words in Arabic letters, the likeliest first."""
    text = _ARTICLE.sub(r"\1-", situation.asked.text)
    pieces = list(_PIECE.finditer(text))
    if not 0 < sum(_is_latin(piece[0]) for piece in pieces) <= WORDS:
        return
    parts, here, choices = [], 0, []
    for start, end, read in _read(text, pieces, situation):
        parts.append(text[here:start])
        choices.append(read)
        here = end
    most = CHOICES if len(choices) > 1 else 2 * CHOICES
    otherwise = unlikeliness(situation.asked.text, situation)
    found: dict[str, float] = {}
    for row in _likeliest([read[:most] for read in choices]):
        woven = (piece for part, chosen in zip(parts, row, strict=True) for piece in (part, chosen.text))
        unlikely = sum(reading.unlikeliness for reading in row)
        if unlikely <= otherwise:
            found.setdefault("".join([*woven, text[here:]]), unlikely)
    for other in situation.in_context(found, MARGIN):
        yield Candidate(Kind.TRANSLITERATION, situation.asked_for(other))


def _is_latin(piece: str) -> bool:
    return bool(_LATIN.search(piece) and _WORD.fullmatch(piece))


def _likeliest(choices: list[list[_Reading]]) -> list[tuple[_Reading, ...]]:
    """The likeliest rows of one reading of each; none where one has no reading."""
    rows = sorted(product(*choices), key=lambda row: (sum(reading.unlikeliness for reading in row), row))
    return rows[:MOST] if choices else []


def _read(
    text: str, pieces: list[re.Match[str]], situation: Situation
) -> Iterator[tuple[int, int, list[_Reading]]]:
    """The pieces in Latin letters, or rows of them that are one name: where, and what they may be."""
    place = 0
    while place < len(pieces):
        length = 1
        if _is_latin(pieces[place][0]):
            for length in range(min(LONGEST, len(pieces) - place), 0, -1):
                start, end = pieces[place].start(), pieces[place + length - 1].end()
                read = _readings(text[start:end], situation, is_row=length > 1)
                if read or length == 1:
                    yield start, end, read
                    break
        place += length


def _readings(latin: str, situation: Situation, *, is_row: bool) -> list[_Reading]:
    """What a word may be, or several that are one name; the word itself too where the archive has it."""
    names = [
        _Reading(LITERAL + place / 8 - log(1 + situation.known(name)), name)
        for place, name in enumerate(named(latin))
    ]
    if is_row:
        return names
    known = [_Reading(0.0, latin)] if situation.known(latin) else []
    counted = [(form, situation.count(form)) for form in literal(latin)]
    exact = [_Reading(LITERAL - log(count), form) for form, count in counted if count]
    plain = [each for each in readings(latin, situation) if not names or each.cost <= PLAIN]
    read = [_Reading(each.unlikeliness, each.form) for each in plain]
    found = sorted([*_in_the_archive(names, situation), *exact, *read, *_compounds(latin, situation), *known])
    words = dict.fromkeys(_Reading(each.unlikeliness, _written(each.text, situation)) for each in found)
    best = {each.text: each for each in reversed(words)}
    return sorted(best.values())


def _in_the_archive(names: list[_Reading], situation: Situation) -> list[_Reading]:
    return [name for name in names if situation.known(name.text)]


def _written(text: str, situation: Situation) -> str:
    """A form as the archive writes it; what is no form as it is."""
    return situation.written(text.split()) if text.isalpha() and not _LATIN.search(text) else text


def _compounds(latin: str, situation: Situation) -> Iterator[_Reading]:
    """Names of two words in Arabic that are one in Latin letters: حزب الله, عبد الرحمن."""
    if (match := _GOD.fullmatch(latin)) and not match["servant"].lower().startswith("al"):
        for read in readings(match["servant"], situation)[:CHOICES]:
            yield _Reading(read.unlikeliness, f"{read.form} الله")
    if match := _SERVANT.fullmatch(latin):
        for read in readings(f"al-{match['name']}", situation)[:CHOICES]:
            yield _Reading(read.unlikeliness, f"عبد {read.form}")
    first, *rest = (part for part in re.split("[-']", latin) if part)
    if rest and len(first) > 2:  # noqa: PLR2004 - an article is read as one
        parts = [readings(part, situation)[:CHOICES] for part in (first, *rest)]
        for row in product(*parts):
            unlikeliness = max(read.unlikeliness for read in row) + APART
            yield _Reading(unlikeliness, " ".join(read.form for read in row))
