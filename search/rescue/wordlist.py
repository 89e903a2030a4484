"""The archive's own words, as forms, with how many articles have each: remembered until the index changes."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Mapping
from typing import Final
from weakref import WeakKeyDictionary

from index.analysis import ARTICLE
from index.engines.contract import Engine
from search.spellings import FIELDS

MOST: Final = 100_000
"""Forms that are remembered, about 20 MB; then all are forgotten, so that memory has a bound."""

SECTION: Final = 2
"""Letters that the forms of a section begin with, the article not counted."""


class Section:
    """All forms that begin with the same letters.

    Attributes:
        forms: in the order of their code points.
        counts: for each how many articles have it, at least.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts: Final = counts
        self.forms: Final = sorted(counts)

    def has_beginning(self, prefix: str) -> bool:
        """Whether a form begins so."""
        place = bisect_left(self.forms, prefix)
        return place < len(self.forms) and self.forms[place].startswith(prefix)


class Wordlist:
    """The forms of one state of an index, listed a section at a time when it is first asked for.

    To list a section of an archive of 30,000 articles (260,000 forms) takes one to five milliseconds; a
    misspelled word asks for about eighty, a word in Latin letters for about twenty.
    """

    def __init__(self, engine: Engine) -> None:
        self.state: Final = engine.state()
        self._sections: dict[str, Section] = {}
        self._size = 0
        self._listing: Final = threading.Lock()

    def count(self, form: str, engine: Engine) -> int:
        """How many articles have a form that `is_start`, at least."""
        return self.section(start_of(form), engine).counts.get(form, 0)

    def section(self, start: str, engine: Engine) -> Section:
        """The forms that begin so; `start` is one of `start_of`."""
        with self._listing:
            found = self._sections.get(start)
            if found is None:
                found = Section(_counts(start, engine))
                if self._size > MOST:
                    self._sections, self._size = {}, 0
                self._sections[start] = found
                self._size += len(found.forms)
            return found


def start_of(form: str) -> str:
    """What the section of a form, or of a beginning that `is_start`, begins with."""
    return form[: SECTION + len(ARTICLE)] if form.startswith(ARTICLE) else form[:SECTION]


def is_start(prefix: str) -> bool:
    """Whether a beginning is long enough to name a section."""
    return len(prefix) >= SECTION + (len(ARTICLE) if prefix.startswith(ARTICLE) else 0)


def _counts(start: str, engine: Engine) -> dict[str, int]:
    counts: dict[str, int] = {}
    for field in FIELDS:
        for form, count in engine.terms(field, start):
            if count > counts.get(form, 0):
                counts[form] = count
    return counts


_lists: Final[WeakKeyDictionary[Engine, Wordlist]] = WeakKeyDictionary()
_making: Final = threading.Lock()


def wordlist(engine: Engine) -> Wordlist:
    """The words of an index: remembered, and forgotten when the index changes."""
    with _making:
        known = _lists.get(engine)
        if known is None or known.state != engine.state():
            known = _lists[engine] = Wordlist(engine)
        return known
