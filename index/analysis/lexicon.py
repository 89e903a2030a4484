"""The words that are known: their kinds, how frequent they are, and which word each counts as."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from index.analysis import kept, tables
from index.analysis.keys import Keys, keyed
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

KINDS: Final = "NBAPVI"
"""The kinds of words, see `Entry`."""


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


MANY: Final = 10_000
"""Lookups from which on it pays to put all forms into a dict: a few searches, and the beginning of a load."""


class Lexicon(Mapping[str, Entry]):
    """Every known form and its entry, read where the file is mapped.

    Attributes:
        place: the place of a form, None if it isn't known; where much is asked of a form, ask by its place.

    Args:
        parts: as `_parts` makes them.
    """

    def __init__(self, parts: kept.Parts) -> None:
        lemmas, weights, codes, kinds, *keys = parts
        self._keys: Final = Keys(keys)
        self._lemmas: Final = memoryview(lemmas).cast("I")
        self._kinds: Final = tuple(json.loads(bytes(kinds)))
        self._codes: Final = codes
        self.masks: Final = bytes(codes).translate(bytes(map(mask, self._kinds)).ljust(256, b"\0"))
        """For each place the kinds of the form, as `mask` has them."""
        self.weights: Final = weights
        self.place: Callable[[str], int | None] = self._looked_up
        self._lookups = 0

    def _looked_up(self, form: str) -> int | None:
        self._lookups += 1
        if self._lookups > MANY:
            self.place = dict(zip(self, range(len(self)), strict=True)).get
        place = self._keys.place(form)
        return place if place is not None and place < len(self) else None  # lemmas stand behind the forms

    def lemma(self, place: int) -> str:
        """What a form counts as."""
        return self._keys.at(self._lemmas[place])

    def counting_as(self, words: Iterable[str]) -> list[str]:
        """The forms that count as one of these words; all forms are looked at."""
        lemmas = {place for word in words if (place := self._keys.place(word)) is not None}
        return [self._keys.at(place) for place, lemma in enumerate(self._lemmas) if lemma in lemmas]

    def kinds(self, place: int) -> str:
        """The kinds of a form."""
        return str(self._kinds[self._codes[place]])

    def __getitem__(self, form: str) -> Entry:
        place = self.place(form)
        if place is None:
            raise KeyError(form)
        return Entry(self.lemma(place), self.kinds(place), self.weights[place])

    def __contains__(self, form: object) -> bool:
        return isinstance(form, str) and self.place(form) is not None

    def __iter__(self) -> Iterator[str]:
        return islice(self._keys.all(), len(self))

    def __len__(self) -> int:
        return len(self.weights)


@cache
def mask(kinds: str) -> int:
    """Kinds as bits of a number."""
    return sum(1 << KINDS.index(kind) for kind in set(kinds))


@cache
def lexicon() -> Lexicon:
    """Every known form and its entry.

    Raises:
        FileNotFoundError: the installation is damaged: a data file of the package is missing.
    """
    return Lexicon(kept.fetch("lexicon", lambda: _parts(_entries())))


def _parts(entries: dict[str, Entry]) -> list[bytes]:
    """Entries as they are kept: the places of their lemmas, weights, numbers of kinds, kinds, and forms."""
    # Lemmas that are no forms themselves stand behind the forms.
    forms = list(dict.fromkeys([*entries, *(entry.lemma for entry in entries.values())]))
    places = {form: place for place, form in enumerate(forms)}
    kinds = sorted({entry.kinds for entry in entries.values()})
    lemmas = array("I", (places[entry.lemma] for entry in entries.values()))
    return [
        lemmas.tobytes(),
        bytes(entry.weight for entry in entries.values()),
        bytes(kinds.index(entry.kinds) for entry in entries.values()),
        kept.as_json(kinds),
        *keyed(forms),
    ]


def _entries() -> dict[str, Entry]:
    """Every known form and its entry, from the data files."""
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
