"""Stop words: what is too common to search by.

They are told by their spelling, more carefully than words are folded: على is one and the name علي is not.
A word that has و or ف before it is one too, unless together they are rather a word of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from index.analysis import kept, tables
from index.analysis.affixes import CONJUNCTIONS
from index.analysis.letters import CAREFUL_FOLD
from index.analysis.normalize import normalize

OF_THEIR_OWN = frozenset(
    ("ولي", "والي", "وهم", "وهن", "واو", "فهم", "فقد", "فك", "فل", "فلك", "فلكي", "فلان", "فاو")
)
"""What looks like a stop word after و or ف and is more often a word: ولي العهد, فهم, وهم."""


def spelling(word: str) -> str:
    """The spelling by which a word is told from the list: harakat and hamza don't count, ى and ة do."""
    return unicodedata.normalize("NFKC", word).translate(CAREFUL_FOLD).lower()


@cache
def stopwords() -> frozenset[str]:
    """The list, as `spelling` gives it.

    Raises:
        FileNotFoundError: the installation is damaged: stopwords.txt is missing.
    """
    return _words("stopwords", _spellings)


@cache
def stop_forms() -> frozenset[str]:
    """The forms that stop words have once their letters are folded: علي is one, by way of على."""
    return _words("stop-forms", lambda: {normalize(word) for word in stopwords()})


def _words(name: str, make: Callable[[], Iterable[str]]) -> frozenset[str]:
    """Words that are kept under a name, none with a blank in it."""
    (kept_words,) = kept.fetch(name, lambda: [" ".join(sorted(make())).encode()])
    return frozenset(str(kept_words, "utf-8").split(" "))


def _spellings() -> set[str]:
    words = {spelling(word) for word in listed()}
    joined = {conjunction + word for conjunction in CONJUNCTIONS for word in words}
    return words | (joined - OF_THEIR_OWN)


def listed() -> list[str]:
    """The words of stopwords.txt, as they stand there."""
    return [word for line in tables.lines("stopwords.txt") for word in line.split()]


def is_stopword(word: str) -> bool:
    """Whether a word, as it is written, is too common to search by."""
    return spelling(word) in stopwords()
