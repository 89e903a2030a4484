"""`arshif reindex`: a new index from the archive."""

from __future__ import annotations

import click

from search.commands.common import Options, waiting_for_index
from search.commands.exits import Exit
from search.commands.reporter import reporting


@click.command()
@click.pass_obj
def reindex(options: Options) -> Exit:
    """Build a new index from the archive.

    It is built beside the old one, which can be searched until the new one takes its place. The engine stays
    the same unless `arshif --engine NAME reindex` names another.
    """
    with options.open() as library:
        with reporting() as reporter:
            count = library.reindex(
                reporter.indexed, engine_name=options.engine, waiting=waiting_for_index(reporter)
            )
        click.echo(f"{count} indexed")
    return Exit.DONE
