"""What completes a line of the shell: commands and what they take, names and words of the archive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from operator import itemgetter
from typing import Final

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from index.analysis import normalize
from index.archive import ArchiveError
from index.built import IndexMissingError, IndexOutdatedError
from index.engines.contract import EngineError, TextField
from index.library import Library
from search.kwic import KwicOrder
from search.results import Order, SearchQuery
from search.service import ask
from search.shell.commands import COMMANDS, QUERIES, find
from search.shell.session import SIGN

SHORTEST: Final = 2
"""Letters from which a word is completed: a single one begins half the archive."""

MOST: Final = 12
"""Words that are offered, the most frequent."""

SHORTEST_TITLE: Final = 2
"""Words from which titles are offered."""

MOST_TITLES: Final = 5
LOOKED: Final = 50
"""Articles whose titles are looked at, the best that have these words."""

_PLAIN: Final = re.compile(r"\w+")
"""A word without signs of the query language."""

_WORD: Final = re.compile(r"[^\s\"«»()=:|-]*$")
"""What is being typed: without the signs of the query language before it."""

_UNREADABLE: Final = (ArchiveError, IndexMissingError, IndexOutdatedError, EngineError)


class ShellCompleter(Completer):
    """Completes from a library; while it can't be read, from the commands alone."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What may stand where the cursor is."""
        del complete_event
        before = document.text_before_cursor.lstrip()
        try:
            if not before.startswith(SIGN):
                yield from self._words(before)
                yield from self._titles(before)
            elif " " in before:
                yield from self._arguments(before)
            else:
                yield from _commands(before.removeprefix(SIGN))
        except _UNREADABLE:
            return

    def _words(self, before: str) -> Iterator[Completion]:
        match = _WORD.search(before)
        typed = match[0] if match else ""
        begun = normalize(typed)
        if len(begun) < SHORTEST:
            return
        with self._library.searching() as engine:
            known = {
                **dict(engine.terms(TextField.TITLE_EXACT, begun)),
                **dict(engine.terms(TextField.BODY_EXACT, begun)),
            }
        for word, count in sorted(known.items(), key=itemgetter(1), reverse=True)[:MOST]:
            yield Completion(word, -len(typed), display_meta=str(count))

    def _titles(self, before: str) -> Iterator[Completion]:
        """Titles that begin as the whole line does, once it has two words."""
        words = before.split()
        if len(words) < SHORTEST_TITLE or not all(map(_PLAIN.fullmatch, words)):
            return
        field = " ".join(f"العنوان:{word}" for word in words[:-1])
        found = ask(self._library, SearchQuery(f"{field} العنوان:{words[-1]}*", limit=LOOKED)).found
        articles = self._library.archive.get_many(hit.id for hit in found.page.hits)
        begun = normalize(before)
        same = (each.title for each in articles.values() if normalize(each.title).startswith(begun))
        for title in islice(dict.fromkeys(same), MOST_TITLES):
            yield Completion(title, -len(before))

    def _arguments(self, before: str) -> Iterator[Completion]:
        name, _, typed = before.removeprefix(SIGN).partition(" ")
        command = find(name)
        called = next((name for name, other in COMMANDS.items() if other is command), "")
        begun = normalize(typed.strip())
        for value in self._values(called):
            if normalize(value).startswith(begun):
                yield Completion(value, -len(typed))

    def _values(self, command: str) -> tuple[str, ...]:
        archive = self._library.archive
        names = {"source": archive.sources, "author": archive.authors, "category": archive.categories}
        return names[command]() if command in names else _VALUES.get(command, ())


_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "sort": tuple(Order),
    "kwic": tuple(KwicOrder),
    "help": QUERIES,
}
"""What commands take that isn't of the archive."""


def _commands(typed: str) -> Iterator[Completion]:
    for name, command in COMMANDS.items():
        for each in (name, command.arabic):
            if each.startswith(typed):
                yield Completion(SIGN + each, -len(SIGN + typed), display_meta=command.english)
