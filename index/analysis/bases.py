"""Which forms may have one of some stems: told by the letters that are in them, without stemming them.

A stem is what is left of a form, or the word that this counts as (see stem.py). So a form has in it all
letters of a word that counts as the stem, but for those that taking an affix off puts back: تعلن has علن of
يعلن.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from index.analysis.affixes import PROCLITICS, SUFFIXES
from index.analysis.lexicon import lexicon


class Bases:
    """The words that count as some stems.

    Args:
        stems: of a query.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        stems = set(stems)
        cores = {_core(word) for word in {*stems, *lexicon().counting_as(stems)}}
        self._size = min(2, *map(len, cores)) if cores else 0
        self._cores: dict[str, tuple[str, ...]] = {}
        for core in cores:
            begun = core[: self._size]
            self._cores[begun] = (*self._cores.get(begun, ()), core)

    def may_be_in(self, form: str) -> bool:
        """Whether a form may have one of the stems; where this is false it has none of them."""
        size, cores = self._size, self._cores
        for begin in range(len(form) - size + 1):
            if (begun := cores.get(form[begin : begin + size])) and form.startswith(begun, begin):
                return True
        return False


def _core(word: str) -> str:
    """The letters of a word that every form of it has: those at its ends may have been put back."""
    begun, ended = _restored()
    beginning = max((each for each in begun if word.startswith(each)), key=len)
    rest = word[len(beginning) :]
    return rest[: len(rest) - len(max((each for each in ended if rest.endswith(each)), key=len))]


@cache
def _restored() -> tuple[frozenset[str], frozenset[str]]:
    """What stands at the beginning and at the end of words without their affixes; "" is among both."""
    begun = frozenset(proclitic.restored for proclitic in PROCLITICS.values())
    return begun, frozenset(suffix.restored for endings in SUFFIXES.values() for suffix in endings)
