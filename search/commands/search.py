"""`arshif search`: from a query to results on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import click

from search.commands.common import Options, print_json
from search.commands.exits import Exit

if TYPE_CHECKING:  # `arshif search --help` needs none of it
    from search.grammar import Period
    from search.results import Results, SearchQuery

SORTS: Final = ("relevance", "recent", "newest", "oldest")
"""The values of `search.results.Order`, written here too for `--help`; a test compares them."""

MAX_LIMIT: Final = 1000
"""`search.service.MAX_LIMIT`, written here too for the same reason."""

MAX_OFFSET: Final = 2**31 - 1
"""More articles than an index can hold."""


_EXCLUDED: Final = ("", "=")
"""What after a minus is part of a query, though it is ASCII: nothing, and the sign of an exact word."""


class QueryCommand(click.Command):
    """A command whose words may begin with a minus before Arabic or `=`: `arshif search سوريا -لبنان`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let such words through, and nothing that could be a mistyped option."""
        ctx.ignore_unknown_options = True
        given = args[: args.index("--")] if "--" in args else list(args)
        rest = super().parse_args(ctx, args)
        for word in ctx.params.get("query") or ():
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


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1, required=True, metavar="QUERY…")
@click.option(
    "--limit",
    type=click.IntRange(0, MAX_LIMIT),
    default=10,
    show_default=True,
    help="The most results to show.",
)
@click.option(
    "--offset",
    type=click.IntRange(0, MAX_OFFSET),
    default=0,
    show_default=True,
    help="Results to pass over.",
)
@click.option("--any", "any_word", is_flag=True, help="Any of the words is enough; the best have them all.")
@click.option(
    "--as-typed", is_flag=True, help="Only the words that were typed: no other spellings, no related words."
)
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default=SORTS[0],
    show_default=True,
    help="Order of the results; recent is by relevance, newer articles preferred.",
)
@click.option(
    "--source", "sources", multiple=True, help="Only articles of this source; may be given more than once."
)
@click.option(
    "--author", "authors", multiple=True, help="Only articles of this author; may be given more than once."
)
@click.option(
    "--category",
    "categories",
    multiple=True,
    help="Only articles of this category; may be given more than once.",
)
@click.option(
    "--from",
    "first",
    metavar="DATE",
    callback=_period,
    help="Only articles since this year, month or day: 2019, 2019-02, 2019-02-28.",
)
@click.option(
    "--to", "last", metavar="DATE", callback=_period, help="Only articles until the end of this date."
)
@click.option(
    "--explain",
    "explains",
    is_flag=True,
    help="Show the engine's query too, scores, and which words matched.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, as the web's API gives it.")
@click.pass_obj
def search(options: Options, /, *, explains: bool, as_json: bool, **given: Any) -> Exit:  # noqa: ANN401 - `_asked` types them
    """Search the archive.

    Several words are one query. Words side by side must all be there; "…" is a phrase, أو or OR gives a
    choice, - or ليس excludes, = directly before a word asks for this very form, and المصدر: الكاتب:
    العنوان: من: إلى: narrow down. A query that begins with a minus may stand after two of them:
    arshif search -- -لبنان. The empty query "" finds all articles.
    """
    asked = _asked(**given)
    from search.service import search as find

    with options.open() as library:
        results = find(library, asked)
    if as_json:
        print_json({**results.to_json(), **({"explain": _explained(asked, results)} if explains else {})})
    else:
        _show(asked, results, explains=explains)
    return Exit.DONE if results.hits or (results.total and not asked.limit) else Exit.INCOMPLETE


def _asked(  # noqa: PLR0913 - one for each option
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
    from search.results import Match, Order, SearchQuery

    since, until = _days(first, last)
    match = Match.ANY if any_word else Match.ALL
    return SearchQuery(
        " ".join(query),
        limit,
        offset,
        Order(sort),
        sources,
        authors,
        since,
        until,
        match,
        expand=not as_typed,
        categories=categories,
    )


def _days(first: Period | None, last: Period | None) -> tuple[date | None, date | None]:
    since, until = first.first if first else None, last.last if last else None
    if since and until and since > until:
        raise click.UsageError(f"--from is after --to: no article is from {since} on and until {until}.")
    return since, until


def _explained(asked: SearchQuery, results: Results) -> list[str]:
    from search.explain import explain

    return list(explain(asked, results))


def _show(asked: SearchQuery, results: Results, *, explains: bool) -> None:
    from search.layout import results_lines
    from search.terminal import show

    show(results_lines(results, asked.offset, _explained(asked, results) if explains else ()))
