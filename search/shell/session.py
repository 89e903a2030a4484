"""A session of the shell: what is asked, what was found, and a line that is typed to lines of output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from index.library import Library
from index.record import replace
from search.layout import Line, results_lines, told
from search.messages import Message
from search.results import QueryRefusedError, Results, SearchQuery
from search.service import search
from search.translation import AS_WRITTEN, Translator

SIGN: Final = ":"
"""Before a command; what begins otherwise is a query."""

Chart = Callable[[Results, SearchQuery], Iterable[Line]]
Opener = Callable[[Library, str], bool]


class Session:
    """What is asked and what was found.

    Args:
        library: what is searched.
        opener: opens an article by its id, and says whether it could.
        chart: draws when the results were published.
        translator: of what is said.

    Attributes:
        asked: the search as it stands, its text empty until one is typed.
        results: what it found last; None before the first.
        is_over: the reader wants to leave.
        failures: lines that were not understood or found nothing.
    """

    def __init__(
        self,
        library: Library,
        opener: Opener,
        chart: Chart = lambda *_: (),
        translator: Translator = AS_WRITTEN,
    ) -> None:
        self.library: Final = library
        self.opener: Final = opener
        self.translator: Final = translator
        self.asked = SearchQuery("")
        self.results: Results | None = None
        self.is_over = False
        self.failures = 0
        self._chart = chart

    def run(self, line: str) -> Iterator[Line]:
        """Do what a line asks for.

        Yields:
            What is to be printed.

        Raises:
            IndexMissingError, IndexOutdatedError, EngineError, ArchiveError: the data can't be searched.
        """
        typed = line.strip()
        if not typed:
            return
        try:
            if typed.startswith(SIGN):
                from search.shell.commands import run

                yield from run(self, typed.removeprefix(SIGN))
            else:
                yield from self.find(replace(self.asked, text=typed, offset=0))
        except QueryRefusedError as refusal:
            yield from self.fail(refusal.args[0])

    def find(self, asked: SearchQuery) -> Iterator[Line]:
        """Search, and show what was found."""
        results = search(self.library, asked)
        self.asked, self.results = asked, results
        if not results.hits:
            self.failures += 1
        chart = self._chart(results, asked)
        yield from results_lines(results, asked.offset, chart=chart, translator=self.translator)

    def change(self, asked: SearchQuery, sentence: Message) -> Iterator[Line]:
        """Take over a setting, say so, and search again if there is a query."""
        self.asked = replace(asked, offset=0)
        yield self.said(sentence)
        if self.results is not None:
            yield from self.find(self.asked)

    def fail(self, sentence: Message) -> Iterator[Line]:
        """Say why something was not done."""
        self.failures += 1
        yield self.said(sentence)

    def said(self, sentence: Message) -> Line:
        """A sentence of the shell's own."""
        return told("", sentence, self.translator)
