"""Derivation: stems of one root, as تجنيد, مجند and جندي. A weaker tie than one stem, for queries alone."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from index.analysis import tables


class _Derivations(NamedTuple):
    """The table of roots.tsv: stem to roots, root to stems, and stem to spelling where letters are folded."""

    roots: dict[str, tuple[str, ...]]
    stems: dict[str, list[str]]
    spellings: dict[str, str]


@cache
def _derivations() -> _Derivations:
    roots: dict[str, tuple[str, ...]] = {}
    stems: dict[str, list[str]] = defaultdict(list)
    spellings: dict[str, str] = {}
    for line in tables.lines("roots.tsv"):
        stem, found, *spelled = line.split("\t")
        roots[stem] = tuple(found.split(" "))
        for root in roots[stem]:
            stems[root].append(stem)
        spellings[stem] = spelled[0] if spelled else stem
    return _Derivations(roots, dict(stems), spellings)


def derived(stem: str) -> tuple[str, ...]:
    """The other stems of a stem's roots, in order; none for a name, or for a word that is not known.

    Raises:
        FileNotFoundError: the installation is damaged: roots.tsv is missing.
    """
    table = _derivations()
    found = {other for root in table.roots.get(stem, ()) for other in table.stems[root]}
    return tuple(sorted(found - {stem}))


def spelled(stem: str) -> str:
    """A stem as a reader writes it, with its hamzas and ة, where that is known."""
    return _derivations().spellings.get(stem, stem)
