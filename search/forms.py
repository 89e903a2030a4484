"""The words that an index has, as they are written: those that begin so, and all of them, remembered."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Mapping
from typing import Final, TypeAlias
from weakref import WeakKeyDictionary

from index.engines import query
from index.engines.contract import Engine, KeywordField, Request, TextField
from search.formlist import FormList

Counts: TypeAlias = Mapping[str, int]
"""Forms, and in how many articles each stands; one with it in title and body counts twice."""


class _Memory:
    """What was read over one state of an index."""

    def __init__(self, state: Hashable) -> None:
        self.state: Final = state
        self.lists: Final[dict[TextField, FormList]] = {}
        self.categories: tuple[str, ...] | None = None
        self.reading: Final = threading.Lock()


_memories: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()


class Forms:
    """What stands in an index's fields. All words of a field are read once, when they are first asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        state = engine.state()
        memory = _memories.get(engine)
        if memory is None or memory.state != state:
            memory = _memories[engine] = _Memory(state)
        self._memory = memory

    def fitting(self, fields: Iterable[TextField], pattern: str) -> Counts:
        """The forms in any of these fields that are written as a word with stars for any letters."""
        return _summed(self._all(each).fitting(pattern) for each in fields)

    def near(self, fields: Iterable[TextField], word: str, most: int) -> tuple[Counts, Mapping[str, int]]:
        """The forms in any of these fields that differ in no more letters; and in how many each does."""
        found = [list(self._all(each).near(word, most)) for each in fields]
        distances = {form: distance for each in found for form, _, distance in each}
        return _summed(((form, count) for form, count, _ in each) for each in found), distances

    def beginning(self, fields: Iterable[TextField], prefix: str) -> Counts:
        """The forms in any of these fields that begin so."""
        return _summed(self._engine.terms(each, prefix) for each in fields)

    def categories(self) -> tuple[str, ...]:
        """The categories that articles have."""
        if self._memory.categories is None:
            name = KeywordField.CATEGORY.value
            found = self._engine.search(Request(query.Everything(), limit=0, facets=(name,))).facets[name]
            self._memory.categories = tuple(category for category, _ in found)
        return self._memory.categories

    def _all(self, field_name: TextField) -> FormList:
        with self._memory.reading:
            found = self._memory.lists.get(field_name)
            if found is None:
                found = self._memory.lists[field_name] = FormList(self._engine.terms(field_name))
            return found


def _summed(fields: Iterable[Iterable[tuple[str, int]]]) -> Counts:
    counts: dict[str, int] = {}
    for counted in fields:
        more = dict(counted)
        if counts:
            more |= {form: count + counts[form] for form, count in more.items() if form in counts}
        counts |= more
    return counts
