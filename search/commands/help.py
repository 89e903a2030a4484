"""`arshif help`: how a query is written, or what a command does."""

from __future__ import annotations

from typing import Final

import click

from search.commands.common import Options
from search.commands.exits import Exit

QUERY: Final = "query"
"""The topic that is no command."""


def _topics(ctx: click.Context) -> list[str]:
    """What there is help on."""
    root = ctx.find_root()
    assert isinstance(root.command, click.Group)
    return [QUERY, *root.command.list_commands(root)]


def _completed(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    del param
    return [topic for topic in _topics(ctx) if topic.startswith(incomplete)]


@click.command("help")
@click.argument("topic", metavar="[TOPIC]", required=False, shell_complete=_completed)
@click.pass_obj
@click.pass_context
def help_(ctx: click.Context, options: Options, *, topic: str | None) -> Exit:
    """Explain how a query is written, or a command.

    TOPIC is `query` or a command; without one the commands are listed. The query language is explained in
    Arabic; `arshif --lang en help query` explains it in English.
    """
    if topic == QUERY:
        from search.guide.lines import guide_lines
        from search.terminal import show

        show(guide_lines(options.translator))
        return Exit.DONE
    if topic not in (None, *_topics(ctx)):
        raise click.UsageError(f"There is no help on {topic!r}. There is on: {', '.join(_topics(ctx))}.")
    click.echo(_help_of(ctx.find_root(), topic))
    return Exit.DONE


def _help_of(root: click.Context, topic: str | None) -> str:
    """What `--help` says: of a command, or of all."""
    if topic is None:
        return root.get_help()
    assert isinstance(root.command, click.Group)
    command = root.command.get_command(root, topic)
    assert command is not None
    with click.Context(command, parent=root, info_name=topic) as context:
        return command.get_help(context)
