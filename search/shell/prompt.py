"""Lines for a session: typed at a prompt, or read from a file or a pipe.

The line that is typed runs as the terminal has it; what is printed under it runs from right to left, as
`search.terminal` has it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from search.commands.failures import explain
from search.shell.session import Session
from search.terminal import show

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import History

PROMPT: Final = "arshif> "
HISTORY: Final = "shell-history"
"""The file in the data folder; only its owner may read what was searched for."""

WELCOME: Final = "Type words to search for; :help lists the commands, Ctrl-D leaves."


def serve(session: Session, lines: Iterator[str]) -> None:
    """Answer lines until they end or the reader wants to leave; after an error the next line is read."""
    for line in lines:
        try:
            show(session.run(line))
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 - a session goes on after whatever went wrong with one line
            session.failures += 1
            click.echo(f"Error: {explain(error)[0]}", err=True)
        if session.is_over:
            return


def typed(session: Session, folder: Path) -> Iterator[str]:
    """Lines that are typed at a prompt with history and completion, until Ctrl-D."""
    from prompt_toolkit import PromptSession

    from search.shell.completing import ShellCompleter

    click.echo(WELCOME, err=True)
    prompt: PromptSession[str] = PromptSession(
        PROMPT,
        history=history(folder),
        completer=ShellCompleter(session.library),
        complete_in_thread=True,
        complete_while_typing=False,
    )
    return _until_end(prompt.prompt)


def piped() -> Iterator[str]:
    """Lines of a file or a pipe."""
    return iter(sys.stdin)


def history(folder: Path) -> History:
    """What was typed before, kept in a data folder; for this session alone where nothing can be written."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    path = folder / HISTORY
    try:
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o600))
    except OSError as error:
        click.echo(f"What is typed is not kept: {error}", err=True)
        return InMemoryHistory()
    return FileHistory(path)


def _until_end(prompt: Callable[[], str]) -> Iterator[str]:
    while True:
        try:
            yield prompt()
        except KeyboardInterrupt:  # Ctrl-C gives up the line
            continue
        except EOFError:
            return
