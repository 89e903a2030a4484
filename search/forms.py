"""The words that an index has, as they are written: those that begin so, and all of them, remembered."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from weakref import WeakKeyDictionary

from index.engines import query
from index.engines.contract import Engine, KeywordField, Request, TextField

Counts: TypeAlias = Mapping[str, int]
"""Forms, and in how many articles each stands; one with it in title and body counts twice."""

SHORT: Final = 1
"""Letters of a prefix that so many forms begin with that all are read, and remembered."""

_ALL: Final = ""


@dataclass(slots=True)
class _Memory:
    """What was read over one state of an index."""

    state: Hashable
    all: dict[tuple[TextField, ...], Counts] = field(default_factory=dict)
    categories: tuple[str, ...] | None = None


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

    def beginning(self, fields: Iterable[TextField], prefix: str) -> Counts:
        """The forms in any of these fields that begin so; all of them for an empty prefix."""
        fields = tuple(fields)
        if len(prefix) > SHORT:
            return self._read(fields, prefix)
        if fields not in self._memory.all:
            self._memory.all[fields] = self._read(fields, _ALL)
        found = self._memory.all[fields]
        return {form: found[form] for form in found if form.startswith(prefix)} if prefix else found

    def categories(self) -> tuple[str, ...]:
        """The categories that articles have."""
        if self._memory.categories is None:
            name = KeywordField.CATEGORY.value
            found = self._engine.search(Request(query.Everything(), limit=0, facets=(name,))).facets[name]
            self._memory.categories = tuple(category for category, _ in found)
        return self._memory.categories

    def _read(self, fields: tuple[TextField, ...], prefix: str) -> Counts:
        first, *others = (dict(self._engine.terms(each, prefix)) for each in fields)
        for counts in others:
            for form, count in counts.items():
                first[form] = first.get(form, 0) + count
        return first
