"""What it means when files of an index can't be read or written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.engines.contract import EngineError, IndexBrokenError, IndexBusyError

_MISSING = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Say of whatever goes wrong while an index's files are read what it means.

    No list of exceptions would do: spoiled pickles raise whatever is built by them raises, even `re.error`,
    and Whoosh itself raises bare `Exception`. So this stands around nothing but what reads and decodes.

    Raises:
        IndexBrokenError: a file is missing or spoiled.
        EngineError: the system doesn't let it be read.
    """
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and not isinstance(error, _MISSING):
            raise EngineError(f"The index in {folder} can't be read: {error}.") from error
        what = f"{type(error).__name__}: {error}"
        raise IndexBrokenError(
            f"The index in {folder} can't be read ({what}): run `arshif reindex`."
        ) from error


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say of whatever goes wrong while an index's files are written what it means.

    Raises:
        EngineError: the system doesn't let it be written: no room, no permission.
    """
    try:
        yield
    except OSError as error:
        message = f"The index in {folder} can't be written: {error}. Put that right, and try again."
        raise EngineError(message) from error


def busy(folder: Path, patience: float) -> IndexBusyError:
    """The error to raise where another process has been writing for longer than so many seconds."""
    return IndexBusyError(
        f"Another process has been writing to the index in {folder} for {patience:g} seconds:"
        " wait until it is done, or end it, and try again."
    )
