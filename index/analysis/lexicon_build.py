"""Make `lexicon.tsv` from its sources: `make lexicon`.

Sources: the Arramooz dictionary of T. Zerrouki (package arramooz-pysqlite, GPL-3.0), which holds a list of
words with their frequency in newswire and a dictionary of nouns with their broken plurals and of verbs;
Qutrub, his conjugator (package libqutrub, GPL), for the imperfect and the passive of those verbs; and
`supplement.tsv`, which is ours and is read when the lexicon is loaded.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from libqutrub import ar_verb, verb_const
from libqutrub.classverb import VerbClass
from pyarabic import araby

from index.analysis.affixes import ARTICLES
from index.analysis.letters import ALEF, HEH, WAW, YEH
from index.analysis.normalize import normalize

KINDS = {
    "noun": "N", "noun_quant": "N", "adv": "N",
    "adj": "A", "adj_comp": "A", "adj_num": "A",
    "noun_prop": "P", "abbrev": "P",
    "verb": "V",
}  # fmt: skip
"""Parts of speech in the source, and the kinds of the lexicon; particles are stop words, not entries."""

LEAST_FREQUENT = 20
"""Rarer words of the source are mostly slips of its own analysis: ليوم as a verb."""

WEAK = frozenset(ALEF + WAW + YEH + HEH + araby.HAMZA)
"""Letters that come and go between a singular and its plural."""

PLURAL_SHARE = 0.1
"""A form that is a word in its own right counts as a plural only if its singular is ten times as frequent."""

PLURAL_OWN = 5000
"""The same: only if it is itself no more frequent than this. أبعاد is a plural, إمارات and سعادة are not."""

PLURAL_TEMPLATES = (
    ("(.)(.)يCه", r"\1\2اي\3"),  # وثيقة، وثائق
    ("(.)(.)اCه", r"\1\2اي\3"),  # رسالة، رسائل
    ("(.)(.)وCه", r"\1\2اي\3"),  # عقوبة
    ("م(.)CCه?", r"م\1ا\2\3"),  # مدرسة، مدارس
    ("م(.)C[اوي]C", r"م\1ا\2ي\3"),  # مشروع، مشاريع
    ("ت(.)C[ايو]Cه?", r"ت\1ا\2ي\3"),  # تقرير، تقارير
    ("(.)اCCه?", r"\1وا\2\3"),  # حادث، حوادث
    ("(.)CيC", r"\1\2\3اء"),  # وزير، وزراء
    ("(.)C[اي]C", r"ا\1\2\3ه"),  # سلاح، أسلحة
    ("(.)CC", r"\1\2و\3"),  # دهن، دهون
    ("(.)CCCه?", r"\1\2ا\3\4"),  # قنبلة، قنابل
    ("(.)CC[اوي]C", r"\1\2ا\3ي\4"),  # صندوق، صناديق
)
"""Singulars and the broken plurals they may have, letters folded; C is a strong consonant. Only templates
that few other words share; a plural that is a known word of its own is left alone."""

PLURAL_LEAST = 2000
"""How frequent a singular must be for a plural to be made that the dictionary doesn't list."""

VERB_FORMS = {
    verb_const.TenseFuture: ("I", 0),
    verb_const.TensePassiveFuture: ("I", 3),
    verb_const.TenseJussiveFuture: ("I", 6),
    verb_const.TensePassivePast: ("V", 3),
}
"""Forms of a verb beside its past, for `he`: the kind of each, and how much rarer than the verb it is, in
tenths of a decimal logarithm. Persons and moods that only attach something are left to affixes.py."""

VERB_FORM_LEAST = 300
"""Rarer forms of verbs are left out: they look like names and other words more often than they are met."""

VERB_SHARE = 10
"""A form that is a noun or a name as well counts as a verb's if that is ten times as frequent."""

FEMININE_SHARE = 5
"""A noun in ة is its adjective's feminine unless it is five times as frequent: عملية is not from عملي."""


def build() -> list[str]:
    """The lines of the lexicon: form, kinds, weight (10 times the decimal logarithm of frequency), lemma."""
    frequencies = frequencies_of_forms()
    lemmas = {form: _lemma(form, frequencies) for form in frequencies}
    lines = {
        form: _line(form, "".join(sorted(kinds)), sum(kinds.values()), lemmas[form])
        for form, kinds in frequencies.items()
    }
    for plural, singular in _plurals(frequencies):
        kinds = "".join(sorted({"B", *frequencies.get(plural, Counter()).keys() & {"P", "V"}}))
        frequency = sum(frequencies[singular].values()) // 2
        lines[plural] = _line(plural, kinds, frequency, lemmas[singular])
    for form, kind, frequency, verb in _verb_forms(frequencies):
        own = frequencies.get(form, Counter())
        others = sum(own.values()) - own["V"]
        if frequency >= max(VERB_FORM_LEAST, VERB_SHARE * others) and (form not in lines or own):
            kinds = "".join(sorted({kind, *own}))
            lines[form] = _line(form, kinds, frequency + sum(own.values()), lemmas[verb])
    return [lines[form] for form in sorted(lines)]


def _line(form: str, kinds: str, frequency: int, lemma: str) -> str:
    weight = round(10 * math.log10(frequency + 1))
    return "\t".join((form, kinds, str(weight), lemma if lemma != form else "")).rstrip("\t")


def frequencies_of_forms() -> dict[str, Counter[str]]:
    """Each form with the frequency of each of its kinds."""
    frequencies: dict[str, Counter[str]] = defaultdict(Counter)
    for word, kind, frequency in rows("wordfreq", "SELECT unvocalized, word_type, freq FROM wordfreq"):
        form = normalize(word)
        if (
            kind in KINDS
            and frequency >= LEAST_FREQUENT
            and form not in ARTICLES
            and len(form) > 1
            and form.isalpha()
        ):
            frequencies[form][KINDS[kind]] += frequency
    return frequencies


def _lemma(form: str, frequencies: dict[str, Counter[str]]) -> str:
    """The word that a form counts as: an abstract noun or feminine its adjective (ديمقراطية, ديمقراطي)."""
    base = form[:-1]
    adjective = frequencies.get(base, Counter())
    if form.endswith(HEH) and adjective["A"] and not adjective["N"]:
        return base if sum(frequencies[form].values()) <= FEMININE_SHARE * adjective["A"] else form
    return form


def _plurals(frequencies: dict[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    """Broken plurals and the singular each most likely belongs to."""
    candidates: dict[str, set[str]] = defaultdict(set)
    for word, single, plurals in rows(
        "arabicdictionary", "SELECT unvocalized, single, broken_plural FROM nouns"
    ):
        if single:
            candidates[normalize(word)].add(normalize(single))
        for plural in _listed(plurals):
            candidates[plural].add(normalize(word))
    for form, kinds in frequencies.items():
        for plural in _generated(form) if kinds["N"] + kinds["A"] >= PLURAL_LEAST else ():
            candidates[plural].add(form)
    for plural, singles in sorted(candidates.items()):
        known = [
            single
            for single in singles
            if single != plural
            and frequencies.get(single, Counter()).keys() & {"N", "A"}
            and _same_root(plural, single)
        ]
        if known:
            best = max(known, key=lambda single: (_as_noun(frequencies[single]), single))
            own = frequencies.get(plural, Counter())
            own_noun = _as_noun(own) + own["P"]
            if own_noun <= min(PLURAL_OWN, PLURAL_SHARE * _as_noun(frequencies[best])):
                yield plural, best


def _verb_forms(frequencies: dict[str, Counter[str]]) -> Iterator[tuple[str, str, int, str]]:
    """Forms of verbs beside their past: each with its kind, its frequency, and the verb it is likely of."""
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for past, vocalized, future in _verbs():
        frequency = frequencies.get(past, Counter())["V"]
        conjugated = VerbClass(vocalized, True, ar_verb.get_future_type_by_name(future))  # noqa: FBT003 - transitive
        for tense, (kind, rarer) in VERB_FORMS.items() if frequency else ():
            form = normalize(conjugated.conjugate_tense_for_pronoun(tense, verb_const.PronounHuwa))
            if form != past and len(form) > 2 and (kind == "I" or _is_vowel_apart(form, past)):  # noqa: PLR2004 - يرَ and its like are too short to be told
                found = (round(frequency / 10 ** (rarer / 10)), past)
                best[form, kind] = max(best.get((form, kind), (0, "")), found)
    for (form, kind), (frequency, past) in sorted(best.items()):
        yield form, kind, frequency, past


def _is_vowel_apart(passive: str, past: str) -> bool:
    """Whether a passive is told from its past by a long vowel (اختير, اختار); ووصل is و and وصل too often."""
    return passive.replace(YEH, ALEF) == past.replace(YEH, ALEF)


def _verbs() -> Iterator[tuple[str, str, str]]:
    """Each verb of the source: its past as a form, vocalized, and the vowel of its imperfect by name."""
    for vocalized, future in rows("arabicdictionary", "SELECT vocalized, future_type FROM verbs"):
        yield normalize(vocalized), vocalized, future


def _as_noun(kinds: Counter[str]) -> int:
    return kinds["N"] + kinds["A"]


def _generated(form: str) -> Iterator[str]:
    """The plurals that a singular would have by the templates."""
    for singular, plural in PLURAL_TEMPLATES:
        match = re.fullmatch(singular.replace("C", f"([^{ALEF}{WAW}{YEH}{HEH}])"), form)
        if match:
            yield match.expand(plural)


def _listed(plurals: str) -> Iterator[str]:
    return (normalize(plural) for plural in plurals.replace("،", " ").replace(",", " ").split())


def _same_root(plural: str, single: str) -> bool:
    """Whether a plural has the strong letters of its singular; the source pairs حدود with تحديد as well."""
    return set(plural) - WEAK == set(single) - WEAK


def rows(name: str, statement: str) -> list[tuple[Any, ...]]:
    """What a database of the source says."""
    database = sqlite3.connect(str(files("arramooz").joinpath(f"data/{name}.sqlite")))
    try:
        return database.execute(statement).fetchall()
    finally:
        database.close()


if __name__ == "__main__":
    target = Path(__file__).with_name("lexicon.tsv")
    lines = build()
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target}: {len(lines)} forms")  # noqa: T201 - it is a script
