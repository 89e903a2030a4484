"""Variants: other ways to write the same thing, which a query for one has to find as well. Tables, by hand.

`variants/` holds a group a line, all ways to write one thing: spellings of a word, names in transliteration,
words joined or apart, organisations with their short names, months of four calendars. They are asked for by
queries and are in no index, so that a change of them needs no reindex. (The words of three of the tables are
in the lexicon as well, see lexicon.py, and a new word there does.)
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TypeAlias

from index.analysis import kept, tables
from index.analysis.chain import analyze
from index.analysis.letters import ARTICLE
from index.analysis.normalize import normalize
from index.record import record

TABLES = ("spellings", "names", "compounds", "organisations", "months")

UNSURE = "?"
"""Stands before a spelling that is other things too (آب, مارس): it is of its group beside a number only."""

SAME = 1.0
"""The weight of a variant that can't be taken for anything else."""

DOUBTFUL = 0.5
"""The weight of what is in doubt, or is an inflection of another word as well."""


@record
class Variant:
    """Another way to write something.

    Attributes:
        text: as the table has it.
        stems: of its words, stop words left out.
        offsets: the place of each stem, counted in words from the first.
        weight: how surely it is the same, over 0 and at most 1.
    """

    text: str
    stems: tuple[str, ...]
    offsets: tuple[int, ...]
    weight: float


_Row: TypeAlias = tuple[tuple[int, str], ...]
"""Stems, each with its place from the first."""

_Table: TypeAlias = dict[_Row, dict[_Row, Variant]]


def variants(
    stems: tuple[str, ...], offsets: tuple[int, ...] = (0,), *, dated: bool = False
) -> tuple[Variant, ...]:
    """The variants of words that stand side by side.

    Args:
        stems: the stems of the words, in order; those of stop words left out.
        offsets: the place of each, counted in words from the first.
        dated: a number stands beside them, so that they may name a month whatever else they are.

    Raises:
        FileNotFoundError: the installation is damaged: a table is missing.
    """
    row = tuple(zip(offsets, stems, strict=True))
    found = _kept(dated=dated).get(_name(row)) or ()
    return tuple(Variant(text, tuple(its), tuple(places), weight) for text, its, places, weight in found)


@cache
def longest() -> int:
    """How many words the longest of all has."""
    return int(bytes(kept.fetch("variants-longest", lambda: [kept.as_json(_longest())])[0]))


def _longest() -> int:
    return max(map(len, _variants(dated=True)))


@cache
def _kept(*, dated: bool) -> kept.Pieces[list[tuple[str, list[str], list[int], float]]]:
    """The variants of each row by its name."""
    return kept.Pieces(
        kept.fetch("variants-dated" if dated else "variants", lambda: _pieces(_variants(dated=dated)))
    )


def _pieces(table: _Table) -> list[bytes]:
    return kept.pieces(
        {
            _name(row): [
                (variant.text, variant.stems, variant.offsets, variant.weight)
                for other, variant in found.items()
                if other != row
            ]
            for row, found in table.items()
        }
    )


def _name(row: _Row) -> str:
    return " ".join(f"{place} {stem}" for place, stem in row)


def _variants(*, dated: bool) -> _Table:
    """For each row of stems its variants by theirs, from the tables."""
    table: _Table = defaultdict(dict)
    for name in TABLES:
        for line in tables.lines(f"variants/{name}.tsv"):
            spellings = [text for text in line.split("\t") if dated or not text.startswith(UNSURE)]
            found = _read(spellings)
            for row in found:
                table[row].update(found)
    return dict(table)


def _read(spellings: list[str]) -> dict[_Row, Variant]:
    """The spellings of a group by their stems; of two with the same stems the first stands for both.

    One that would be another thing without its stop words is left out (لا سلكي).
    """
    forms = {form for text in spellings for form in (normalize(text), normalize(text.removeprefix(ARTICLE)))}
    found: dict[_Row, Variant] = {}
    for spelling in spellings:
        text = spelling.removeprefix(UNSURE)
        tokens = analyze(text)
        kept = [(place, token.stem) for place, token in enumerate(tokens) if token.stem]
        if kept and (len(kept) > 1 or len(tokens) == 1):
            row = tuple((place - kept[0][0], stem) for place, stem in kept)
            is_word_of_its_own = text == spelling and (len(row) > 1 or row[0][1] in forms)
            found.setdefault(row, _variant(text, row, SAME if is_word_of_its_own else DOUBTFUL))
    return found


def _variant(text: str, row: _Row, weight: float) -> Variant:
    return Variant(text, tuple(stem for _, stem in row), tuple(place for place, _ in row), weight)
