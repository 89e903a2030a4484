"""The words that are known: their kinds, how frequent they are, and which word each counts as."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from index.analysis.normalize import normalize

DATA = ("lexicon.tsv", "supplement.tsv")
"""The built lexicon (see lexicon_build.py) and what is added by hand; a later line replaces an earlier."""

SUPPLEMENT_WEIGHT = 50
"""The weight of a word of the supplement: as one that is met 100,000 times."""


class Entry(NamedTuple):
    """A word that is known.

    Attributes:
        lemma: the form it counts as.
        kinds: N noun, A adjective, P name, V verb; one or more.
        weight: 10 times the decimal logarithm of its frequency in newswire.
    """

    lemma: str
    kinds: str
    weight: int


@cache
def lexicon() -> dict[str, Entry]:
    """Every known form and its entry.

    Raises:
        FileNotFoundError: the installation is damaged: a data file of the package is missing.
    """
    entries: dict[str, Entry] = {}
    for line in _lines("lexicon.tsv"):
        form, kinds, weight, *lemma = line.split("\t")
        entries[form] = Entry(lemma[0] if lemma else form, kinds, int(weight))
    entries.update(_supplement(entries))
    return entries


def _supplement(entries: dict[str, Entry]) -> dict[str, Entry]:
    rows = [line.split("\t") for line in _lines("supplement.tsv")]
    added = {normalize(word): normalize(counts_as[0]) if counts_as else "" for word, _, *counts_as in rows}
    kinds = {normalize(word): kind for word, kind, *_ in rows}
    return {form: _added(form, kinds[form], added[form] or form, entries, added) for form in added}


def _added(form: str, kinds: str, lemma: str, entries: dict[str, Entry], added: dict[str, str]) -> Entry:
    """The entry of a word of the supplement, no less frequent than the lexicon says it is."""
    known = entries.get(form)
    if lemma != form and lemma not in added and lemma in entries:
        lemma = entries[lemma].lemma
    return Entry(lemma, kinds, max(SUPPLEMENT_WEIGHT, known.weight if known else 0))


def data() -> bytes:
    """The data files, for the fingerprint."""
    return b"".join(files(__package__).joinpath(name).read_bytes() for name in DATA)


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
