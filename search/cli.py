"""The `arshif` command: its subcommands as a table, each loaded only when it is called."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import click

from search.commands.common import Options
from search.commands.exits import ended, leave, pipes

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

GARBAGE: Final = 100_000
"""How many objects more there are before Python looks for cycles among the young. Its own 700 make it look
hundreds of times while modules are imported, which are no garbage."""


class Subcommand(NamedTuple):
    """Where a subcommand stands, and what `arshif --help` says of it.

    Attributes:
        target: `module:attribute`, imported when it is called and not before.
        help: one line.
        makes_index: whether it can make an index, so that `--engine` means something to it.
    """

    target: str
    help: str
    makes_index: bool = False


SUBCOMMANDS: Final[Mapping[str, Subcommand]] = {
    "add": Subcommand(
        "search.commands.add:add", "Read articles into the archive and the index.", makes_index=True
    ),
    "search": Subcommand("search.commands.search:search", "Search the archive."),
    "kwic": Subcommand("search.commands.kwic:kwic", "Show every occurrence of words in its line."),
    "show": Subcommand("search.commands.show:show", "Show one article."),
    "remove": Subcommand("search.commands.remove:remove", "Take articles out of the archive and the index."),
    "reindex": Subcommand(
        "search.commands.reindex:reindex", "Build a new index from the archive.", makes_index=True
    ),
    "shell": Subcommand("search.commands.shell:shell", "Search at a prompt, query after query."),
    "stats": Subcommand("search.commands.stats:stats", "Say what the archive and its index hold."),
    "serve": Subcommand("web.serve:serve", "Serve the search page."),
    "evaluate": Subcommand("search.commands.evaluate:evaluate", "Measure the ranking on judged queries."),
    "completion": Subcommand(
        "search.commands.completion:completion", "Print what makes a shell complete this command."
    ),
    "help": Subcommand("search.commands.help:help_", "Explain how a query is written, or a command."),
}
"""In the order of `arshif --help`."""

ENGINES: Final = ("whoosh", "tantivy")
"""The names of `index.engines`, written here too for `--help`, which imports none; a test compares them."""

LANGUAGES: Final = ("ar", "en")
"""`search.translation.LANGUAGES`, in the same way."""


class LazyGroup(click.Group):
    """The group of `SUBCOMMANDS`, and the place where every outcome becomes an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        del ctx
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a subcommand."""
        if cmd_name in SUBCOMMANDS:
            module, _, attribute = SUBCOMMANDS[cmd_name].target.partition(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        if cmd_name.startswith("-") or ctx.resilient_parsing:
            return None  # an option in the wrong place, of which click knows more; or a line that is not done
        raise click.UsageError(f"No such command {cmd_name!r}. There are: {', '.join(SUBCOMMANDS)}.", ctx=ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the global options; `--help` is printed here."""
        with pipes():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run the subcommand; what it raises is said in the language that was asked for."""
        try:
            with pipes():
                return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise  # click's own, in English
        except Exception as error:
            if isinstance(ctx.obj, Options):
                error.args = tuple(map(_said(ctx.obj), error.args))
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The subcommands that begin so, without importing one, and the global options."""
        from click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=subcommand.help)
            for name, subcommand in SUBCOMMANDS.items()
            if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands without importing one."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, subcommand.help) for name, subcommand in SUBCOMMANDS.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - click's signature
        windows_expand_args: bool = True,  # noqa: FBT001, FBT002 - click's signature
        **extra: Any,  # noqa: ANN401 - click's signature
    ) -> Any:  # noqa: ANN401 - click's signature
        """Run the command line; ends the process with its exit code, as `search.commands.exits` has them."""
        run = partial(super().main, args, prog_name, complete_var, False, windows_expand_args, **extra)  # noqa: FBT003 - click's signature
        if not standalone_mode:
            return run()
        sys.exit(ended(run))


def _said(options: Options) -> Callable[[object], object]:
    translator = options.translator
    return lambda told: translator.say(told) if isinstance(told, str) else told


def _data_folder() -> Path:
    from platformdirs import user_data_path  # who names a folder needs none of it

    return user_data_path("arshif")


@click.group(cls=LazyGroup)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=_data_folder,
    show_default="the user's data folder",
    envvar="ARSHIF_DATA",
    show_envvar=True,
    help="Folder that holds the archive and its index.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="Engine of the index, where one is made: by the first add, and by reindex.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    envvar="ARSHIF_LANG",
    show_envvar=True,
    help="Language of what is said of queries and results: Arabic or English.",
)
@click.version_option(package_name="arshif", prog_name="arshif")
@click.pass_context
def main(ctx: click.Context, data: Path, engine: str | None, language: str) -> None:
    """Arshif searches an Arabic news archive.

    `arshif add PATH…` reads articles from files and folders, `arshif search WORDS…` finds them, `arshif help
    query` says what can be asked.

    Exit codes: 0 done; 1 done, but input was rejected or nothing was found; 2 wrong usage; 3 broken or
    missing data; 130 interrupted.
    """
    name = ctx.invoked_subcommand or ""
    if engine is not None and not SUBCOMMANDS[name].makes_index:
        able = " and ".join(each for each, subcommand in SUBCOMMANDS.items() if subcommand.makes_index)
        raise click.UsageError(
            f"--engine says how an index is made, and {name} makes none: use it with {able}."
        )
    ctx.obj = Options(data, engine, language)


def run() -> NoReturn:
    """The command as it is installed: `main`, in a process that begins and ends fast."""
    gc.set_threshold(GARBAGE)
    # numpy comes with OpenBLAS, which starts a thread for every processor when it is loaded; nothing here
    # multiplies matrices.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        main()
    except SystemExit as exiting:
        leave(exiting)
    raise AssertionError("the command ends by an exit")
