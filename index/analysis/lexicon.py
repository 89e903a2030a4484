"""The words that are known: their kinds, how frequent they are, and which word each counts as."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from index.analysis import tables
from index.analysis.letters import ARTICLE
from index.analysis.normalize import normalize

DATA = ("lexicon.tsv", "supplement.tsv")
"""The built lexicon (see lexicon_build.py) and what is added by hand; a later line replaces an earlier."""

VARIANTS = {"variants/spellings.tsv": "N", "variants/names.tsv": "P", "variants/organisations.tsv": "P"}
"""Tables of variants (see variants.py), and the kind of their words: those are known too, so that nothing is
taken for a clitic of theirs."""

SUPPLEMENT_WEIGHT = 50
"""The weight of a word of the supplement: as one that is met 100,000 times."""


VARIANT_WEIGHT = 40
"""The weight of a word that only a table of variants has."""


class Entry(NamedTuple):
    """A word that is known.

    Attributes:
        lemma: the form it counts as.
        kinds: N noun, B broken plural, A adjective, P name, V verb, I verb in the imperfect; one or more.
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
    for line in tables.lines("lexicon.tsv"):
        form, kinds, weight, *lemma = line.split("\t")
        entries[form] = Entry(lemma[0] if lemma else form, kinds, int(weight))
    for line in tables.lines("supplement.tsv"):
        word, kinds, *counts_as = line.split("\t")
        form = normalize(word)
        weight_known = entries[form].weight if form in entries else 0
        lemma_added = normalize(counts_as[0]) if counts_as else form
        entries[form] = Entry(lemma_added, kinds, max(SUPPLEMENT_WEIGHT, weight_known))
    for form, kind in _variants():
        entries.setdefault(form, Entry(form, kind, VARIANT_WEIGHT))
    return {form: entry._replace(lemma=_last_lemma(entry.lemma, entries)) for form, entry in entries.items()}


def _variants() -> Iterator[tuple[str, str]]:
    """The single words of the tables of variants, without the article, and their kind."""
    for name, kind in VARIANTS.items():
        for line in tables.lines(name):
            for word in line.split("\t"):
                form = normalize(word.removeprefix(ARTICLE))  # إلكتروني has none
                if form.isalpha() and not form.isascii():
                    yield form, kind


def _last_lemma(lemma: str, entries: dict[str, Entry]) -> str:
    """What a lemma counts as itself: شبابيك as شباك, and that as شبكة, which share it as a plural."""
    passed = {lemma}
    while lemma in entries and entries[lemma].lemma not in passed:
        lemma = entries[lemma].lemma
        passed.add(lemma)
    return lemma


def data() -> bytes:
    """The data, for the fingerprint."""
    weights = bytes([SUPPLEMENT_WEIGHT, VARIANT_WEIGHT])
    return b"".join(map(tables.data, (*DATA, *VARIANTS))) + weights
