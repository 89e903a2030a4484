"""How the command ends: every outcome to an exit code and a message, in one place.

0    done
1    done, but input was rejected, nothing was found, or an id is not there
2    wrong usage, or a query that is refused
3    broken or missing data
130  interrupted, as a shell has it
141  the reader of the output went away, as a shell has it; nothing is said
"""

from __future__ import annotations

import atexit
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, Final, TextIO

import click


class Exit(IntEnum):
    """The exit codes."""

    DONE = 0
    INCOMPLETE = 1
    USAGE = 2
    DATA = 3
    INTERRUPTED = 130
    CLOSED_PIPE = 141


INTERRUPTED: Final = "interrupted; what was committed is kept"

TRACEBACK: Final = "ARSHIF_TRACEBACK"
"""Environment variable: where an error was raised is printed too."""


class ClosedPipeError(Exception):
    """The reader of the output went away."""


@contextmanager
def pipes() -> Iterator[None]:
    """Within, a pipe that was closed is a `ClosedPipeError`; click would make it the exit code 1."""
    try:
        yield
    except BrokenPipeError as error:
        raise ClosedPipeError from error


def ended(run: Callable[[], Any]) -> int:
    """Run the command line to its end.

    Args:
        run: gives the exit code; anything that is none counts as done.

    Returns:
        The exit code; what went wrong was said on stderr, never as a traceback.
    """
    _prepare_streams()
    # Python takes a moment to end, and an interrupt then would be a traceback.
    atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)
    try:
        return _code(run)
    finally:
        _settle_streams()


def leave(exiting: SystemExit) -> None:
    """End the process at once, unless its exit is more than a code.

    Python would first take down all modules, which takes 30 ms. The streams were flushed by `ended`, and what
    a subcommand opens is closed when it returns.
    """
    if isinstance(exiting.code, int):
        os._exit(exiting.code)
    raise exiting


def _code(run: Callable[[], Any]) -> int:
    try:
        result = run()
    except (click.Abort, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends already
        return _say(INTERRUPTED, Exit.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ClosedPipeError:
        return Exit.CLOSED_PIPE
    except Exception as error:  # noqa: BLE001 - whatever it is, a person is told and the code says so
        if os.environ.get(TRACEBACK):
            from traceback import print_exception

            print_exception(error)
        # Imported when there is something to explain: it knows the errors of every part.
        from search.commands.failures import explain

        return _say(*explain(error))
    return result if isinstance(result, int) else Exit.DONE


def _say(message: str, code: Exit) -> Exit:
    click.echo(f"Error: {message}", err=True)
    return code


def _prepare_streams() -> None:
    """A file's name or a query may be bytes that are no text, and a locale may lack Arabic."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # In JSON, what this writes for a half of a surrogate pair is the escape for it.
            stream.reconfigure(errors="backslashreplace")


def _settle_streams() -> None:
    """Flush now, since Python would complain of a stream that fails when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            _discard(stream)


def _discard(stream: TextIO) -> None:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)
