"""What the subcommands share: the data folder, waiting for other processes, JSON."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from search.commands.exits import Exit

if TYPE_CHECKING:  # `arshif --help` must not import the whole of the index
    from index.library import Library
    from search.commands.reporter import Reporter
    from search.translation import Translator

PATIENCE: Final = 1.0
"""Seconds of waiting before a person is told what for."""

_WAITING_FOR_INDEX: Final = "Waiting for another process that is writing to the index."
_WAITING_FOR_ARCHIVE: Final = "Waiting for the archive; another process may be writing to it."


class Options(NamedTuple):
    """The global options.

    Attributes:
        data: the data folder.
        engine: the engine of an index that is made; None when none was named.
        language: what is said of queries and results in; one of `search.translation.LANGUAGES`.
    """

    data: Path
    engine: str | None = None
    language: str = "ar"

    @property
    def translator(self) -> Translator:
        """Says sentences in the language."""
        from search.translation import Translator

        return Translator(self.language)

    def open(self, *, create: bool = False) -> Library:
        """Open the data folder, as `Library.open`."""
        from index.library import Library

        return Library.open(self.data, create=create)


def print_json(value: object) -> None:
    """Print one JSON object, as people can read it."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say_missing(ids: Iterable[str]) -> Exit:
    """Say of each id that there is no such article."""
    for article_id in ids:
        click.echo(f"Error: there is no article with the id {article_id}", err=True)
    return Exit.INCOMPLETE


def check_engine(library: Library, wanted: str | None) -> None:
    """Refuse to go on with another engine than was asked for."""
    has = library.index_status().engine if wanted else None
    if has and has != wanted:
        raise click.UsageError(
            f"The index there is was made with {has}. To change its engine: arshif --engine {wanted} reindex"
        )


def index_changes(library: Library, engine: str | None, reporter: Reporter) -> int:
    """Bring the index up to date after the archive was changed.

    Returns:
        How many changes were indexed.

    Raises:
        IndexingError: it could not be done.
    """
    from search.commands.failures import OF_THE_INDEX, after_the_archive

    try:
        return library.catch_up(reporter.indexed, engine_name=engine, waiting=waiting_for_index(reporter))
    except OF_THE_INDEX as error:
        raise after_the_archive(error) from error


def waiting_for_index(reporter: Reporter) -> Callable[[], None]:
    """Says that another process is writing to the index, which has to be waited for."""
    return partial(reporter.say, _WAITING_FOR_INDEX)


@contextmanager
def patient(say: Callable[[str], None]) -> Iterator[None]:
    """Say what is waited for when writing to the archive takes long."""
    timer = threading.Timer(PATIENCE, say, (_WAITING_FOR_ARCHIVE,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def is_terminal(stream: Any) -> bool:  # noqa: ANN401 - a standard stream, or what a test put in its place
    """Whether a person reads a stream on a screen that can do more than print; a closed one is None."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")
