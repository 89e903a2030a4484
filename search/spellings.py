"""How the archive writes a form: with its hamzas, its ة and its ى, without what people rarely type."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import Final
from weakref import WeakKeyDictionary

from index.analysis import normalize_word, words
from index.archive import Archive
from index.engines import query
from index.engines.contract import Engine, Request, TextField
from index.record import field, record

FIELDS: Final = (TextField.TITLE_EXACT, TextField.BODY_EXACT)
"""Where a form is looked for."""

LOOKED_AT: Final = 4
"""Articles in which it is looked up how a form is written: those that say most of it."""

REMEMBERED: Final = 20_000
"""Forms whose spelling is remembered; then all are forgotten, so that memory has a bound."""

MARKS: Final = 8
"""Characters by which a word as it is written may be longer than its form: harakat and tatweel."""

TATWEEL: Final = "\u0640"


@record
class _Memory:
    """What was looked up over one state of an index."""

    state: Hashable
    spellings: dict[str, str] = field(default_factory=dict)


_memories: Final[WeakKeyDictionary[Engine, _Memory]] = WeakKeyDictionary()


def written(form: str, engine: Engine, archive: Archive) -> str:
    """How the archive writes a form mostly; the form itself where no article has it."""
    state = engine.state()
    memory = _memories.get(engine)
    if memory is None or memory.state != state or len(memory.spellings) > REMEMBERED:
        memory = _memories[engine] = _Memory(state)
    if form not in memory.spellings:
        memory.spellings[form] = _written(form, engine, archive)
    return memory.spellings[form]


def _written(form: str, engine: Engine, archive: Archive) -> str:
    node = query.Or(tuple(query.Term(name, form) for name in FIELDS))
    ids = [hit.id for hit in engine.search(Request(node, limit=LOOKED_AT)).hits]
    articles = archive.get_many(ids).values()
    found = Counter(plain(word) for each in articles for word in _spellings(form, (each.title, each.body)))
    return min(found, key=lambda word: (-found[word], word), default=form)


def _spellings(form: str, texts: Iterable[str]) -> Iterator[str]:
    longest = len(form) + MARKS
    for text in texts:
        yield from (word for word in words(text) if len(word) <= longest and normalize_word(word) == form)


def plain(text: str) -> str:
    """A text without what people rarely type: harakat, tatweel, and what is not seen."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        letter
        for letter in composed
        if unicodedata.category(letter) not in ("Mn", "Cf") and letter != TATWEEL
    )
