"""What every error means to the person who ran the command: a message and an exit code."""

from __future__ import annotations

from typing import Final

from index.archive import ArchiveError
from index.built import IndexMissingError, IndexOutdatedError
from index.engines.contract import EngineError
from search.commands.exits import TRACEBACK, Exit
from search.results import BadInputError, QueryRefusedError


class IndexingError(Exception):
    """The archive was changed and the index could not follow; the message says so, and what to do."""


OF_THE_INDEX: Final = (IndexMissingError, IndexOutdatedError, EngineError, ArchiveError, OSError)
"""What can come in the way of bringing an index up to date."""

_CODES: Final[tuple[tuple[type[Exception], Exit], ...]] = (
    (QueryRefusedError, Exit.USAGE),
    (BadInputError, Exit.USAGE),
    (IndexingError, Exit.DATA),
    *((kind, Exit.DATA) for kind in OF_THE_INDEX),
)

_UNFORESEEN: Final = (
    "this should not have happened ({kind}: {error}). The archive keeps what was committed; if the index was "
    f"damaged, `arshif reindex` builds a new one. Else please report it with what {TRACEBACK}=1 prints."
)


def explain(error: Exception) -> tuple[str, Exit]:
    """The message and the exit code for an error."""
    for kind, code in _CODES:
        if isinstance(error, kind):
            return str(error), code
    return _UNFORESEEN.format(kind=type(error).__name__, error=error), Exit.DATA


def after_the_archive(error: Exception) -> IndexingError:
    """The error to raise when the archive took a change and the index did not."""
    return IndexingError(
        f"the index is not up to date: {error}\n"
        "The archive has everything that was committed to it, and nothing has to be added or removed again. "
        "Once this is mended, `arshif reindex` brings it into the index."
    )
