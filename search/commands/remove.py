"""`arshif remove`: articles out of the archive and the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search.commands.common import Options, index_changes, patient, say_missing
from search.commands.exits import Exit
from search.commands.reporter import reporting

if TYPE_CHECKING:  # `arshif remove --help` needs none of it
    from index.library import Library


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.pass_obj
def remove(options: Options, *, ids: tuple[str, ...]) -> Exit:
    """Take articles out of the archive and the index.

    IDs are what a search shows beside the articles. One that begins with a minus stands after two of them:
    -- -ID.
    """
    removed: list[str] = []
    with options.open() as library:
        library.refuse_another_past()
        try:
            with reporting() as reporter:
                with patient(reporter.say):
                    removed = library.archive.remove(ids)
                if removed or _is_behind(library):
                    index_changes(library, options.engine, reporter)
        finally:
            for article_id in removed:
                click.echo(f"removed {article_id}")
    missing = [article_id for article_id in dict.fromkeys(ids) if article_id not in set(removed)]
    return say_missing(missing) if missing else Exit.DONE


def _is_behind(library: Library) -> bool:
    """Whether the index lacks changes: of a removal that was cut short, this one is the way to end it."""
    status = library.index_status()
    return status.problem is None and status.pending > 0
