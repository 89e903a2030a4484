"""A form to its stem: clitics and inflection off, decided by the lexicon.

Tashaphyne's trees say where affixes can be cut; grammar's tables (affixes.py) which cuts make sense together;
of those that leave a known word, the one that leaves the most frequent word for the least cutting wins.
A word that is not known is cut lightly. The only importer of tashaphyne.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from index.analysis import kept
from index.analysis.affixes import (
    ARTICLES,
    CONJUNCTIONS,
    IMPERFECT,
    LIGHT_SUFFIXES,
    PROCLITICS,
    SUFFIXES,
    SURE_PROCLITICS,
    UNSURE_PROCLITICS,
)
from index.analysis.letters import ARTICLE, WAW
from index.analysis.lexicon import lexicon, mask

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

_Tree: TypeAlias = dict[str, Any]
"""Affixes letter by letter, as Tashaphyne has them: what may follow, and where one ends, END."""

_END: Final = "#"

_LEFT: Final = {
    clitic: (len(clitic), each.cost, mask(each.kinds), each.restored, clitic.endswith(ARTICLES))
    for clitic, each in PROCLITICS.items()
}
_RIGHT: Final = {
    ending: [(each.restored, each.cost, mask(each.kinds), each.definite) for each in suffixes]
    for ending, suffixes in SUFFIXES.items()
}
"""The tables of affixes, kinds as bits."""


def stem(form: str) -> str:
    """The stem of an Arabic form (see normalize.py); any other form is its own stem. Never empty.

    One proclitic is cut at a time and the rest read anew, so that a word has one stem with it and without:
    وباخرة is و and باخرة, whatever is more frequent than that.
    """
    if not _may_be_cut(form):
        return form
    best = _best(form)
    if best is None:
        return _light(form)
    return stem(form[best.cut :]) if best.cut and _may_be_cut(form[best.cut :]) else best.lemma


class _Reading(NamedTuple):
    """A way to read a form: how likely it is, the word's lemma, and the letters of its first proclitic."""

    score: int
    lemma: str
    cut: int


def _may_be_cut(form: str) -> bool:
    return SHORTEST_WORD <= len(form) <= LONGEST_WORD and "\u0621" <= form[0] <= "\u064a"


def _best(form: str) -> _Reading | None:
    """The likeliest way to read a form as a known word and what is attached to it."""
    known, (prefixes, suffixes) = lexicon(), _trees()
    size, place_of, masks, weights = len(form), known.place, known.masks, known.weights
    rights = [(size - cut, _RIGHT[form[size - cut :]]) for cut in _cuts(reversed(form), suffixes)]
    best: _Reading | None = None
    for left, cost, kinds, begun, article in [_LEFT[form[:cut]] for cut in _cuts(form, prefixes)]:
        for right, endings in rights:
            length = right - left
            if length < SHORTEST_WORD - 1:
                continue
            middle = begun + form[left:right]
            for ended, more, its_kinds, definite in endings:
                place = place_of(middle + ended)
                if place is None or (article and definite) or not masks[place] & kinds & its_kinds:
                    continue
                end = END_BONUS if right == size and not ended else 0
                whole = WHOLE_BONUS if end and not left else 0
                short = SHORT_PENALTY if length < SHORTEST_WORD else 0
                score = weights[place] - cost - more + whole + end - short
                if best is None or score >= best.score:
                    reading = _Reading(score, known.lemma(place), _cut(form, left, begun))
                    best = max(best, reading) if best else reading
    return best


def _cuts(letters: Iterable[str], tree: _Tree) -> list[int]:
    """How many letters an affix of a tree takes up that stands there, for each; never all of them."""
    cuts = []
    for cut, letter in enumerate(letters):
        if _END in tree:
            cuts.append(cut)
        if letter not in tree:
            break
        tree = tree[letter]
    return cuts


@cache
def _trees() -> tuple[_Tree, _Tree]:
    """Proclitics from their first letter on, and suffixes from their last."""
    before, after = kept.fetch("affixes", _made_trees)
    return json.loads(bytes(before)), json.loads(bytes(after))


def _made_trees() -> list[bytes]:
    """The trees as Tashaphyne makes them."""
    from tashaphyne.stemming import ArabicLightStemmer  # it brings much along that is not needed here

    segmenter = ArabicLightStemmer()
    segmenter.set_prefix_list(tuple(PROCLITICS))
    segmenter.set_suffix_list(tuple(SUFFIXES))
    return [kept.as_json(segmenter.prefixes_tree), kept.as_json(segmenter.suffixes_tree)]


def _cut(form: str, left: int, restored: str) -> int:
    """How many letters are one proclitic by themselves: a conjunction, or what stands before a whole form."""
    if left and form[0] in CONJUNCTIONS:
        return 1
    return 0 if restored else left


def has_clitic(form: str) -> bool:
    """Whether a form is rather read as a word with something attached before it."""
    best = _best(form) if _may_be_cut(form) else None
    return best is not None and best.cut > 0


def is_known(form: str) -> bool:
    """Whether a form is a word of the lexicon, with the article or without, and nothing else attached."""
    return form in lexicon() or form.removeprefix(ARTICLE) in lexicon()


def is_common(form: str) -> bool:
    """Whether a form is a word of the lexicon and no name alone, with the article or without."""
    entries = map(lexicon().get, (form, form.removeprefix(ARTICLE)))
    return any(entry is not None and entry.kinds != "P" for entry in entries)


@lru_cache(4096)
def attachments(stemmed: str) -> tuple[str, ...]:
    """Other stems that a word has where a clitic is attached, if the lexicon doesn't know it.

    A letter that the lexicon knows nothing of is not cut (بنغلاديش), and so لبنغلاديش stays whole as well.
    """
    if not _may_be_cut(stemmed) or _best(stemmed):
        return ()
    bare = {stemmed, *(stemmed[len(clitic) :] for clitic in UNSURE_PROCLITICS if stemmed.startswith(clitic))}
    words = {word for word in bare if len(word) > SHORTEST_WORD and not _best(word)} | {stemmed}
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
