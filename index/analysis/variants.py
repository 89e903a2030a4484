"""Variants: other ways to write the same thing, which a query for one has to find as well. Tables, by hand.

`variants/` holds a group a line, all ways to write one thing: spellings of a word, names in transliteration,
words joined or apart, organisations with their short names, months of four calendars. They are asked for by
queries and are in no index, so that a change of them needs no reindex. (The words of three of the tables are
in the lexicon as well, see lexicon.py, and a new word there does.)
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from index.analysis import tables
from index.analysis.chain import Token, analyze
from index.analysis.letters import ARTICLE

TABLES = ("spellings", "names", "compounds", "organisations", "months")

UNSURE = "?"
"""Stands before a spelling that is other things too (آب, مارس): it is understood beside a number only, and
nobody is sent to look for it."""

SAME = 1.0
"""The weight of a variant that can't be taken for anything else."""

DOUBTFUL = 0.5
"""The weight of a single word that is an inflection of another word as well."""


@dataclass(frozen=True, slots=True)
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


_Table: TypeAlias = dict[tuple[str, ...], dict[tuple[str, ...], Variant]]


def variants(stems: tuple[str, ...], *, dated: bool = False) -> tuple[Variant, ...]:
    """The variants of words that stand side by side.

    Args:
        stems: the stems of the words, in order.
        dated: a number stands beside them, so that they may name a month whatever else they are.

    Raises:
        FileNotFoundError: the installation is damaged: a table is missing.
    """
    sure, unsure = _variants()
    found = {**sure.get(stems, {}), **(unsure.get(stems, {}) if dated else {})}
    return tuple(variant for key, variant in found.items() if key != stems)


@cache
def longest() -> int:
    """How many words the longest of all has."""
    return max(len(stems) for table in _variants() for stems in table)


@cache
def _variants() -> tuple[_Table, _Table]:
    """For each sequence of stems its variants by their stems: sure ones, and those that need a date near."""
    sure: _Table = defaultdict(dict)
    unsure: _Table = defaultdict(dict)
    for name in TABLES:
        for line in tables.lines(f"variants/{name}.tsv"):
            spellings = line.split("\t")
            targets = {
                variant.stems: variant
                for text in reversed(spellings)
                if not text.startswith(UNSURE) and (variant := _read(text))
            }
            for text in spellings:
                known = _read(text.removeprefix(UNSURE))
                if known is not None:
                    (unsure if text.startswith(UNSURE) else sure)[known.stems].update(targets)
    return dict(sure), dict(unsure)


def _read(text: str) -> Variant | None:
    """A spelling as a variant; None for one that would be another thing without its stop words (لا سلكي)."""
    tokens = analyze(text)
    kept = [(place, token) for place, token in enumerate(tokens) if token.stem]
    if not kept or (len(kept) == 1 and len(tokens) > 1):
        return None
    first = kept[0][0]
    return Variant(
        text,
        tuple(token.stem for _, token in kept),
        tuple(place - first for place, _ in kept),
        DOUBTFUL if _is_inflected(tokens) else SAME,
    )


def _is_inflected(tokens: list[Token]) -> bool:
    return len(tokens) == 1 and tokens[0].form.removeprefix(ARTICLE) != tokens[0].stem
