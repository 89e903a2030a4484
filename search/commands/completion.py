"""`arshif completion`: the script by which a shell completes the command line: printed, not installed."""

from __future__ import annotations

from typing import Final

import click

from search.commands.complete import VARIABLE
from search.commands.exits import Exit

SHELLS: Final = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> Exit:
    """Print what makes a shell complete this command.

    Commands and options are completed, and after --source, --author and --category the names of the archive
    that ARSHIF_DATA or --data names. Nothing is installed: put this into the file that your shell reads when
    it starts.

    \b
    ~/.bashrc                   eval "$(arshif completion bash)"   (bash 4.4 or newer)
    ~/.zshrc                    eval "$(arshif completion zsh)"    (after compinit)
    ~/.config/fish/config.fish  arshif completion fish | source
    """  # noqa: D301 - click takes this sign for: keep these lines as they are
    from click.shell_completion import get_completion_class

    root = ctx.find_root()
    kind = get_completion_class(shell)
    assert kind is not None
    # The version of bash is not checked here: the script may be meant for another machine.
    made = kind(root.command, {}, "arshif", VARIABLE)
    click.echo(made.source_template % made.source_vars())
    return Exit.DONE
