"""What the commands share that take a query: its words and filters as options, and the forms of output."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:  # `arshif search --help` needs none of it
    from click.shell_completion import CompletionItem

    from search.grammar import Period
    from search.results import SearchQuery

MAX_LIMIT: Final = 1000
"""`search.service.MAX_LIMIT`, written here too for `--help`; a test compares them."""

MAX_OFFSET: Final = 2**31 - 1
"""More articles than an index can hold."""

_EXCLUDED: Final = ("", "=")
"""What after a minus is part of a query, though it is ASCII: nothing, and the sign of an exact word."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


class QueryCommand(click.Command):
    """A command whose words may begin with a minus before Arabic or `=`: `arshif search سوريا -لبنان`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let such words through, and nothing that could be a mistyped option."""
        ctx.ignore_unknown_options = True
        given = args[: args.index("--")] if "--" in args else list(args)
        rest = super().parse_args(ctx, args)
        for word in () if ctx.resilient_parsing else ctx.params.get("query") or ():
            if word in given and word.startswith("-") and word[1:2].isascii() and word[1:2] not in _EXCLUDED:
                raise click.NoSuchOption(word, ctx=ctx)
        return rest


def _period(ctx: click.Context, param: click.Parameter, value: str | None) -> Period | None:
    """Read a year, a month or a day, as the query language does."""
    from search.grammar import Bound, read_dates

    if value is None:
        return None
    dates = read_dates(Bound.ON, value.strip())
    if dates is None or dates.start is None or dates.start != dates.end:
        message = f"{value!r} is not a date. Write a year, a month or a day: 2019, 2019-02 or 2019-02-28."
        raise click.BadParameter(message, ctx, param)
    return dates.start


def _names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of the archive that begin so, for the shell's completion."""
    from search.commands.complete import names

    return names(ctx, param, incomplete)


def _named(option: str, attribute: str, of: str) -> Callable[[_Command], _Command]:
    return click.option(
        option,
        attribute,
        multiple=True,
        metavar="NAME",
        shell_complete=_names,
        help=f"Only articles of this {of}; may be given more than once.",
    )


_FILTERS: Final = (
    click.argument("query", nargs=-1, required=True, metavar="QUERY…"),
    click.option(
        "--any", "any_word", is_flag=True, help="Any of the words is enough; the best have them all."
    ),
    click.option(
        "--as-typed",
        is_flag=True,
        help="Only the words that were typed: no other spellings, no related words.",
    ),
    _named("--source", "sources", "source"),
    _named("--author", "authors", "author"),
    _named("--category", "categories", "category"),
    click.option(
        "--from",
        "first",
        metavar="DATE",
        callback=_period,
        help="Only articles since this year, month or day: 2019, 2019-02, 2019-02-28.",
    ),
    click.option(
        "--to", "last", metavar="DATE", callback=_period, help="Only articles until the end of this date."
    ),
)
_FORMS: Final = (
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object, as the web's API gives it."),
    click.option("--jsonl", "as_jsonl", is_flag=True, help="Print JSON Lines: one object for each result."),
    click.option("--csv", "as_csv", is_flag=True, help="Print CSV with a line of names."),
)


def page(limit: int, largest: int, of: str) -> Callable[[_Command], _Command]:
    """The options `--limit` and `--offset`.

    Args:
        limit: where none is given.
        largest: the most that may be asked for.
        of: what is counted.
    """
    return _all(
        (
            click.option(
                "--limit",
                type=click.IntRange(0, largest),
                default=limit,
                show_default=True,
                help=f"The most {of} to show.",
            ),
            click.option(
                "--offset",
                type=click.IntRange(0, MAX_OFFSET),
                default=0,
                show_default=True,
                help=f"{of.capitalize()} to pass over.",
            ),
        )
    )


def filters(command: _Command) -> _Command:
    """The words of a query, and what it is narrowed to."""
    return _all(_FILTERS)(command)


def forms(command: _Command) -> _Command:
    """The options `--json`, `--jsonl` and `--csv`."""
    return _all(_FORMS)(command)


def one_form(*, as_json: bool, as_jsonl: bool, as_csv: bool) -> None:
    """Refuse two forms of output at once."""
    if as_json + as_jsonl + as_csv > 1:
        raise click.UsageError("Choose one of --json, --jsonl and --csv: one output has one form.")


def search_query(  # noqa: PLR0913 - one for each option
    *,
    query: Sequence[str],
    limit: int,
    offset: int,
    sort: str,
    sources: tuple[str, ...],
    authors: tuple[str, ...],
    categories: tuple[str, ...],
    first: Period | None,
    last: Period | None,
    any_word: bool,
    as_typed: bool,
) -> SearchQuery:
    """The search that these options ask for."""
    from search.results import Match, Order, SearchQuery

    since, until = _days(first, last)
    return SearchQuery(
        " ".join(query),
        limit,
        offset,
        Order(sort),
        sources,
        authors,
        since,
        until,
        Match.ANY if any_word else Match.ALL,
        expand=not as_typed,
        categories=categories,
    )


def _days(first: Period | None, last: Period | None) -> tuple[date | None, date | None]:
    since, until = first.first if first else None, last.last if last else None
    if since and until and since > until:
        raise click.UsageError(f"--from is after --to: no article is from {since} on and until {until}.")
    return since, until


def _all(options: Sequence[Callable[[Any], Any]]) -> Callable[[_Command], _Command]:
    def decorated(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated
