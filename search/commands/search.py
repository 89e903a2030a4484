"""`arshif search`: from a query to results on the screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click

from search.commands.asking import (
    MAX_LIMIT,
    MAX_OFFSET,
    QueryCommand,
    filters,
    forms,
    one_form,
    page,
    search_query,
)
from search.commands.common import Options, is_terminal, print_json
from search.commands.exits import Exit
from search.commands.opening import no_such, open_article

if TYPE_CHECKING:  # `arshif search --help` needs none of it
    from index.library import Library
    from search.layout import Line
    from search.results import Results, SearchQuery
    from search.translation import Translator

SORTS: Final = ("relevance", "recent", "newest", "oldest")
"""The values of `search.results.Order`, written here too for `--help`; a test compares them."""


@click.command(cls=QueryCommand)
@filters
@page(10, MAX_LIMIT, "results")
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default=SORTS[0],
    show_default=True,
    help="Order of the results; recent is by relevance, newer articles preferred.",
)
@click.option(
    "--open",
    "opened",
    type=click.IntRange(1, MAX_OFFSET),
    metavar="N",
    help="Open result N: its address in the browser, or its text where it has none.",
)
@click.option(
    "--explain",
    "explains",
    is_flag=True,
    help="Show the engine's query too, scores, and which words matched.",
)
@forms
@click.pass_obj
def search(  # noqa: PLR0913 - one for each option
    options: Options,
    /,
    *,
    opened: int | None,
    explains: bool,
    as_json: bool,
    as_jsonl: bool,
    as_csv: bool,
    **given: Any,  # noqa: ANN401 - `search_query` types them
) -> Exit:
    """Search the archive.

    Several words are one query. Words side by side must all be there; "…" is a phrase, أو or OR gives a
    choice, - or ليس excludes, = directly before a word asks for this very form, and المصدر: الكاتب:
    العنوان: من: إلى: narrow down. A query that begins with a minus may stand after two of them:
    arshif search -- -لبنان. The empty query "" finds all articles.

    \b
    arshif search قوات سوريا الديمقراطية
    arshif search '"مجلس الأمن" -لبنان' --from 2015-07 --sort newest
    arshif search النفط --source الحياة --open 1
    arshif search النفط --limit 1000 --csv > results.csv

    On a terminal words that match are coloured (not where NO_COLOR is set); in a pipe they stand in square
    brackets, and --jsonl and --csv are for programs.
    """  # noqa: D301 - click takes this sign for: keep these lines as they are
    one_form(as_json=as_json, as_jsonl=as_jsonl, as_csv=as_csv)
    if explains and (as_jsonl or as_csv):
        raise click.UsageError("--explain goes with --json or alone: a row of --jsonl or --csv has no room.")
    asked = search_query(**given)
    from search.service import search as find

    with options.open() as library:
        if opened:
            return _open(library, asked, opened, options.translator)
        results = find(library, asked, facets=_shown(as_json=as_json, as_rows=as_jsonl or as_csv))
    if as_json:
        told = results.to_json(options.translator.say, options.language)
        print_json({**told, **({"explain": _explained(asked, results)} if explains else {})})
    elif as_jsonl or as_csv:
        _export(results, asked, as_csv=as_csv)
    else:
        _show(asked, results, options.translator, explains=explains)
    return Exit.DONE if results.hits or (results.total and not asked.limit) else Exit.INCOMPLETE


def _shown(*, as_json: bool, as_rows: bool) -> tuple[str, ...]:
    """What has to be counted for a form of output: counting takes as long as finding."""
    from index.engines.contract import DAY
    from search.facets import COUNTED

    if as_json:
        return COUNTED
    return () if as_rows or not is_terminal(sys.stdout) else (DAY,)


def _open(library: Library, asked: SearchQuery, number: int, translator: Translator) -> Exit:
    """Open the result that has this number in the list, from 1, whatever part of it is shown."""
    from index.record import replace
    from search.service import search as find

    results = find(library, replace(asked, limit=1, offset=number - 1), facets=())
    if not results.hits:
        return no_such(number, results.total, "results")
    return open_article(library, results.hits[0].id, translator)


def _explained(asked: SearchQuery, results: Results) -> list[str]:
    from search.explain import explain

    return list(explain(asked, results))


def _export(results: Results, asked: SearchQuery, *, as_csv: bool) -> None:
    from search.commands.output import write_rows
    from search.export import FIELDS, rows

    write_rows(rows(results.hits, asked.offset + 1), FIELDS, as_csv=as_csv)


def _show(asked: SearchQuery, results: Results, translator: Translator, *, explains: bool) -> None:
    from search.layout import results_lines
    from search.terminal import show

    explanation = _explained(asked, results) if explains else ()
    drawn = _chart(asked, results, translator)
    show(results_lines(results, asked.offset, explanation, drawn, translator))


def _chart(asked: SearchQuery, results: Results, translator: Translator) -> tuple[Line, ...]:
    """The timeline, for eyes: in a pipe it would be in the way."""
    if not is_terminal(sys.stdout):
        return ()
    from search.chart import chart
    from search.screen import screen

    return chart(results, asked.first, asked.last, screen().width, translator)
