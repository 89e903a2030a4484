"""A form to its stem: clitics and inflection off, decided by the lexicon.

Tashaphyne finds where affixes can be cut; grammar's tables (affixes.py) say which cuts make sense together;
of those that leave a known word, the one that leaves the most frequent word for the least cutting wins.
A word that is not known is cut lightly. The only importer of tashaphyne.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tashaphyne.stemming import ArabicLightStemmer

from index.analysis.affixes import (
    ARTICLES,
    CONJUNCTIONS,
    IMPERFECT,
    LIGHT_SUFFIXES,
    PROCLITICS,
    SUFFIXES,
    SURE_PROCLITICS,
    UNSURE_PROCLITICS,
    Proclitic,
    Suffix,
)
from index.analysis.letters import ARTICLE, WAW
from index.analysis.lexicon import Entry, lexicon

SHORTEST_WORD = 3
"""Letters that must be left when something was cut; two, where only the article or a pronoun was."""

WHOLE_BONUS = 8
"""What reading a form as a known word, uncut, is given over cutting it, in tenths of a decimal logarithm,"""

END_BONUS = 4
"""and what is given besides where its end is uncut: القانوني is not قانون, whatever stands before it."""

SHORT_PENALTY = 14
"""What leaving a word of two letters costs: حق and خط are words, but so is much that is none."""

LONGEST_WORD = 24
"""Letters; longer ones are noise that no lexicon knows."""

_segmenter = ArabicLightStemmer()
_segmenter.set_prefix_list(tuple(PROCLITICS))
_segmenter.set_suffix_list(tuple(SUFFIXES))


def stem(form: str) -> str:
    """The stem of an Arabic form (see normalize.py); any other form is its own stem. Never empty.

    One proclitic is cut at a time and the rest read anew, so that a word has one stem with it and without:
    وباخرة is و and باخرة, whatever is more frequent than that.
    """
    if not _may_be_cut(form):
        return form
    best = max(_readings(form), default=None)
    if best is None:
        return _light(form)
    return stem(form[best.cut :]) if _may_be_cut(form[best.cut :]) and best.cut else best.lemma


class _Reading(NamedTuple):
    """A way to read a form: how likely it is, the word's lemma, and the letters of its first proclitic."""

    score: int
    lemma: str
    cut: int


def _may_be_cut(form: str) -> bool:
    return SHORTEST_WORD <= len(form) <= LONGEST_WORD and "\u0621" <= form[0] <= "\u064a"


def _readings(form: str) -> Iterator[_Reading]:
    """Each way to read a form as a known word and what is attached to it."""
    known = lexicon()
    rights = _segmenter.lookup_suffixes(form)
    for left in set(_segmenter.lookup_prefixes(form)):
        proclitic = PROCLITICS[form[:left]]
        article = form[:left].endswith(ARTICLES)
        for right in rights:
            for suffix in SUFFIXES[form[right:]] if right - left >= SHORTEST_WORD - 1 else ():
                entry = known.get(proclitic.restored + form[left:right] + suffix.restored)
                if entry and _fits(entry, proclitic, suffix) and not (article and suffix.definite):
                    end = END_BONUS if right == len(form) and not suffix.restored else 0
                    whole = WHOLE_BONUS if end and not left else 0
                    short = SHORT_PENALTY if right - left < SHORTEST_WORD else 0
                    score = entry.weight - proclitic.cost - suffix.cost + whole + end - short
                    yield _Reading(score, entry.lemma, _cut(form, left, proclitic))


def _cut(form: str, left: int, proclitic: Proclitic) -> int:
    """How many letters are one proclitic by themselves: a conjunction, or what stands before a whole form."""
    if left and form[0] in CONJUNCTIONS:
        return 1
    return 0 if proclitic.restored else left


def _fits(entry: Entry, proclitic: Proclitic, suffix: Suffix) -> bool:
    """Whether a word is of a kind that takes both."""
    return any(kind in proclitic.kinds and kind in suffix.kinds for kind in entry.kinds)


def has_clitic(form: str) -> bool:
    """Whether a form is rather read as a word with something attached before it."""
    best = max(_readings(form), default=None) if _may_be_cut(form) else None
    return best is not None and best.cut > 0


def is_known(form: str) -> bool:
    """Whether a form is a word of the lexicon, with the article or without, and nothing else attached."""
    return form in lexicon() or form.removeprefix(ARTICLE) in lexicon()


def attachments(stemmed: str) -> tuple[str, ...]:
    """Other stems that a word has where a clitic is attached, if the lexicon doesn't know it.

    A letter that the lexicon knows nothing of is not cut (بنغلاديش), and so لبنغلاديش stays whole as well.
    """
    if not _may_be_cut(stemmed) or any(_readings(stemmed)):
        return ()
    bare = {stemmed, *(stemmed[len(clitic) :] for clitic in UNSURE_PROCLITICS if stemmed.startswith(clitic))}
    words = {word for word in bare if len(word) > SHORTEST_WORD and not any(_readings(word))} | {stemmed}
    attached = {clitic + word for clitic in UNSURE_PROCLITICS for word in words}
    return tuple(sorted((words | attached) - {stemmed}))


def _light(form: str) -> str:
    """The stem of a word that is not known."""
    form = _without_proclitic(form)
    for suffix, left in LIGHT_SUFFIXES.items():
        if form.endswith(suffix) and len(form) - len(suffix) >= left:
            form = form[: -len(suffix)]
    return form


def _without_proclitic(form: str) -> str:
    imperfect = IMPERFECT.match(form)
    if imperfect:
        return form[imperfect.end() :]
    for proclitic in SURE_PROCLITICS:
        if form.startswith(proclitic) and len(form) - len(proclitic) >= SHORTEST_WORD:
            return form[len(proclitic) :]
    if form[0] == WAW and len(form) > SHORTEST_WORD + 1:
        return form[1:]
    return form
