"""Derivation: stems of one root, as تجنيد, مجند and جندي. A weaker tie than one stem, for queries alone."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from index.analysis import kept, tables


@cache
def _derivations() -> kept.Pieces[tuple[str, list[str]]]:
    """The table of roots.tsv: of each stem how it is spelled, and the other stems of its roots."""
    return kept.Pieces(kept.fetch("roots", lambda: kept.pieces(_read())))


def _read() -> dict[str, tuple[str, list[str]]]:
    roots: dict[str, list[str]] = {}
    stems: dict[str, set[str]] = defaultdict(set)
    spellings: dict[str, str] = {}
    for line in tables.lines("roots.tsv"):
        stem, found, *spelled = line.split("\t")
        roots[stem] = found.split(" ")
        for root in roots[stem]:
            stems[root].add(stem)
        spellings[stem] = spelled[0] if spelled else stem
    return {
        stem: (spellings[stem], sorted(set().union(*(stems[root] for root in found)) - {stem}))
        for stem, found in roots.items()
    }


def derived(stem: str) -> tuple[str, ...]:
    """The other stems of a stem's roots, in order; none for a name, or for a word that is not known.

    Raises:
        FileNotFoundError: the installation is damaged: roots.tsv is missing.
    """
    _, others = _derivations().get(stem) or ("", ())
    return tuple(others)


def spelled(stem: str) -> str:
    """A stem as a reader writes it, with its hamzas and ة, where that is known."""
    written, _ = _derivations().get(stem) or (stem, ())
    return written
