"""What a person is told while a command works: on stderr, with a bar where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

import click

from search.commands.common import is_terminal

if TYPE_CHECKING:  # without a terminal there is no bar to import it for
    from rich.progress import TaskID

WRITING: Final = "Writing the index"
STEPS: Final = 50
"""Articles between two looks of the bar: to draw costs more than to count."""


class Reporter(Protocol):
    """Tells how far a command is."""

    def read(self, count: int) -> None:
        """So many records were read."""

    def indexed(self, done: int, total: int) -> None:
        """So many changes of so many were indexed; an `index.built.Progress`."""

    def say(self, line: str) -> None:
        """Print a line of its own."""


class Lines:
    """No terminal: lines only, no bar."""

    def read(self, count: int) -> None:
        """Nothing is shown."""

    def indexed(self, done: int, total: int) -> None:
        """Nothing is shown."""

    def say(self, line: str) -> None:
        """Print the line on stderr."""
        click.echo(line, err=True)


class Bar:
    """A terminal: a bar for reading, then one for indexing, and lines above them."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self.progress: Final = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[state]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._reading: Final = self.progress.add_task("Reading", total=None, state="", visible=False)
        self._indexing: Final = self.progress.add_task("Indexing", total=None, state="", visible=False)

    def read(self, count: int) -> None:
        """Show the count; how many there will be isn't known."""
        self._show(self._reading, state=f"{count:,} articles")

    def indexed(self, done: int, total: int) -> None:
        """Move the bar; when all are counted the engine writes, which takes a while."""
        if done == total:
            self._show(self._indexing, description=WRITING, total=None, state=f"{total:,}")
        elif done % STEPS == 0:
            self._show(self._indexing, completed=done, total=total, state=f"{done:,} of {total:,}")

    def _show(self, task: TaskID, **fields: Any) -> None:  # noqa: ANN401 - those of Rich's `update`
        """Bring one of the bars up to date, and take the other away."""
        other = self._reading if task == self._indexing else self._indexing
        self.progress.update(other, visible=False)
        self.progress.update(task, visible=True, **fields)

    def say(self, line: str) -> None:
        """Print the line above the bar."""
        self.progress.console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)


@contextmanager
def reporting() -> Iterator[Reporter]:
    """A reporter that suits stderr; its bar is gone when the block ends."""
    if not is_terminal(sys.stderr):
        yield Lines()
        return
    bar = Bar()
    with bar.progress:
        yield bar
