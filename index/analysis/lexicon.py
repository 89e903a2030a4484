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
    for line in _lines("supplement.tsv"):
        word, kinds, *counts_as = line.split("\t")
        form = normalize(word)
        weight_known = entries[form].weight if form in entries else 0
        lemma_added = normalize(counts_as[0]) if counts_as else form
        entries[form] = Entry(lemma_added, kinds, max(SUPPLEMENT_WEIGHT, weight_known))
    return {form: entry._replace(lemma=_last_lemma(entry.lemma, entries)) for form, entry in entries.items()}


def _last_lemma(lemma: str, entries: dict[str, Entry]) -> str:
    """What a lemma counts as itself: شبابيك as شباك, and that as شبكة, which share it as a plural."""
    passed = {lemma}
    while lemma in entries and entries[lemma].lemma not in passed:
        lemma = entries[lemma].lemma
        passed.add(lemma)
    return lemma


def data() -> bytes:
    """The data, for the fingerprint."""
    return b"".join(files(__package__).joinpath(name).read_bytes() for name in DATA) + bytes(
        [SUPPLEMENT_WEIGHT]
    )


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
