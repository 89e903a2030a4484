"""What the shell's completion is told of the archive: names of sources, authors and categories."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

import click
from click.shell_completion import CompletionItem

from index.analysis import normalize
from index.archive import Archive, ArchiveError

_ONE_WORD: Final = re.compile(r"[\w./-]+")
"""A name that a shell takes for one word as it is."""

VARIABLE: Final = "_ARSHIF_COMPLETE"
"""The environment variable by which the shell asks, as click names it."""

_NAMES: Final[Mapping[str, Callable[[Archive], Iterable[str]]]] = {
    "sources": Archive.sources,
    "authors": Archive.authors,
    "categories": Archive.categories,
}


def names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names that begin so, whatever their hamzas; none where the archive can't be read.

    What is typed must not be broken by a message, so an archive that can't be read completes nothing.
    """
    folder = ctx.find_root().params.get("data")
    try:
        with Archive.open(Path(str(folder)) / "archive.db") as archive:
            known = list(_NAMES[str(param.name)](archive))
    except ArchiveError:
        return []
    begun = normalize(incomplete.strip("'\""))
    return [CompletionItem(_typed(name)) for name in known if normalize(name).startswith(begun)]


def _typed(name: str) -> str:
    """A name as it is typed: bash is given it with its quotation marks, others put them there themselves."""
    is_bash = os.environ.get(VARIABLE, "").startswith("bash")
    return shlex.quote(name) if is_bash and not _ONE_WORD.fullmatch(name) else name
