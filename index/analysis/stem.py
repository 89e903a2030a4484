"""A form to its stem: clitics and inflection off, decided by the lexicon.

Tashaphyne's trees say where affixes can be cut; grammar's tables (affixes.py) which cuts make sense together;
of those that leave a known word, the one that leaves the most frequent word for the least cutting wins.
A word that is not known is cut lightly. The only importer of tashaphyne.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
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

LIMIT: Final = 500_000
"""Stems that are remembered while many are asked for, about 80 MB; then all are forgotten."""

_Tree: TypeAlias = dict[str, Any]
"""Affixes letter by letter: what may follow, and under END what was passed on the way, empty ones too."""

_END: Final = "#"


class _Before(NamedTuple):
    """A proclitic, kinds as bits."""

    cut: int
    cost: int
    kinds: int
    restored: str
    article: bool


class _After(NamedTuple):
    """A suffix, kinds as bits."""

    cut: int
    cost: int
    kinds: int
    restored: str
    definite: bool


_LEFT: Final = {
    clitic: [_Before(len(clitic), each.cost, mask(each.kinds), each.restored, clitic.endswith(ARTICLES))]
    for clitic, each in PROCLITICS.items()
}
_RIGHT: Final = {
    ending[::-1]: [
        _After(len(ending), each.cost, mask(each.kinds), each.restored, each.definite) for each in suffixes
    ]
    for ending, suffixes in SUFFIXES.items()
}
"""The tables of affixes; suffixes from their last letter on, as they are found."""


def stem(form: str) -> str:
    """The stem of an Arabic form (see normalize.py); any other form is its own stem. Never empty.

    One proclitic is cut at a time and the rest read anew, so that a word has one stem with it and without:
    وباخرة is و and باخرة, whatever is more frequent than that.
    """
    return _stem(form, stem)


class Stems(dict[str, str]):
    """Forms to stems, each worked out when it is first asked for: for as long as many are."""

    def __missing__(self, form: str) -> str:
        if len(self) >= LIMIT:
            self.clear()
        self[form] = found = _stem(form, self.__getitem__)
        return found


def _stem(form: str, stem_of_rest: Callable[[str], str]) -> str:
    if not _may_be_cut(form):
        return form
    best = _best(form)
    if best is None:
        return _light(form)
    rest = form[best.cut :]
    return stem_of_rest(rest) if best.cut and _may_be_cut(rest) else lexicon().lemma(best.place)


class _Reading(NamedTuple):
    """A way to read a form: how likely it is, the word's place, and the letters of its first proclitic."""

    score: int
    place: int
    cut: int


def _may_be_cut(form: str) -> bool:
    return SHORTEST_WORD <= len(form) <= LONGEST_WORD and "\u0621" <= form[0] <= "\u064a"


def _best(form: str) -> _Reading | None:
    """The likeliest way to read a form as a known word and what is attached to it."""
    known, (prefixes, suffixes) = lexicon(), _trees()
    size, place_of, masks, weights = len(form), known.place, known.masks, known.weights
    endings = _attached(form[:0:-1], suffixes)
    best: _Reading | None = None
    for left, cost, kinds, begun, article in _attached(form[:-1], prefixes):
        rest, put_back = begun + form[left:], len(begun)
        for right, more, its_kinds, ended, definite in endings:
            length = size - left - right
            if length < SHORTEST_WORD - 1 or not kinds & its_kinds or (article and definite):
                continue
            place = place_of(rest[: put_back + length] + ended)
            if place is None or not masks[place] & kinds & its_kinds:
                continue
            end = 0 if right or ended else END_BONUS
            whole = WHOLE_BONUS if end and not left else 0
            short = SHORT_PENALTY if length < SHORTEST_WORD else 0
            score = weights[place] - cost - more + whole + end - short
            if best is None or score >= best.score:
                reading = _Reading(score, place, _cut(form, left, begun))
                best = reading if best is None or score > best.score else max(best, reading, key=_by_lemma)
    return best


def _by_lemma(reading: _Reading) -> tuple[str, int]:
    """What decides between readings that are as likely."""
    return lexicon().lemma(reading.place), reading.cut


def _attached(letters: str, tree: _Tree) -> list[Any]:
    """The affixes of a tree that these letters begin with."""
    for letter in letters:
        if letter not in tree:
            break
        tree = tree[letter]
    found: list[Any] = tree[_END]
    return found


@cache
def _trees() -> tuple[_Tree, _Tree]:
    """Proclitics from their first letter on, and suffixes from their last."""
    before, after = kept.fetch("affixes", _made_trees)
    return _passed(json.loads(bytes(before)), _LEFT), _passed(json.loads(bytes(after)), _RIGHT)


def _passed(
    tree: _Tree, table: Mapping[str, Sequence[Any]], path: str = "", found: Sequence[Any] = ()
) -> _Tree:
    """A tree as Tashaphyne has it, END where an affix ends, as a `_Tree`."""
    found = [*found, *table[path]] if _END in tree else found
    below = {letter: _passed(tree[letter], table, path + letter, found) for letter in tree if letter != _END}
    return {_END: found, **below}


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
