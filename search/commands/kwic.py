"""`arshif kwic`: every occurrence of a query in its line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click

from search.commands.asking import MAX_OFFSET, QueryCommand, filters, forms, one_form, page, search_query
from search.commands.common import Options, is_terminal, print_json
from search.commands.exits import Exit
from search.commands.opening import no_such, open_article

if TYPE_CHECKING:  # `arshif kwic --help` needs none of it
    from index.library import Library
    from search.kwic import Concordance, KwicQuery
    from search.translation import Translator

ORDERS: Final = ("relevance", "before", "after", "keyword", "newest", "oldest", "source")
"""The values of `search.kwic.KwicOrder`, written here too for `--help`; a test compares them."""

MAX_LINES: Final = 20_000
MAX_WORDS: Final = 30
"""`search.kwic`'s numbers, for the same reason."""

MAX_ARTICLES: Final = 1_000_000


@click.command(cls=QueryCommand)
@filters
@page(50, MAX_LINES, "lines")
@click.option(
    "--sort",
    type=click.Choice(ORDERS),
    default=ORDERS[0],
    show_default=True,
    help="Order of the lines: by the word before or after, by the keyword itself, or by article.",
)
@click.option(
    "--words",
    type=click.IntRange(0, MAX_WORDS),
    default=8,
    show_default=True,
    help="Words on each side of the keyword.",
)
@click.option(
    "--articles",
    type=click.IntRange(1, MAX_ARTICLES),
    default=1000,
    show_default=True,
    help="The most articles to look through; 1000 take about a second.",
)
@click.option(
    "--open",
    "opened",
    type=click.IntRange(1, MAX_OFFSET),
    metavar="N",
    help="Open the article of line N: its address in the browser, or its text where it has none.",
)
@forms
@click.pass_obj
def kwic(  # noqa: PLR0913 - one for each option
    options: Options,
    /,
    *,
    words: int,
    articles: int,
    opened: int | None,
    as_json: bool,
    as_jsonl: bool,
    as_csv: bool,
    **given: Any,  # noqa: ANN401 - `search_query` types them
) -> Exit:
    """Show every occurrence of words in its line.

    This is a concordance: keywords in context, below each other. The query and its filters are those of
    `arshif search`, and so is what counts as an occurrence: all forms of a word; =word or "…" for the very
    form. Different words that stand side by side are one keyword.

    \b
    arshif kwic النفط --sort after
    arshif kwic '"مجلس الأمن"' --words 4 --from 2015
    arshif kwic =سورية --csv --limit 20000 > lines.csv
    """  # noqa: D301 - click takes this sign for: keep these lines as they are
    one_form(as_json=as_json, as_jsonl=as_jsonl, as_csv=as_csv)
    asked = _asked(words, articles, given)
    with options.open() as library:
        if opened:
            return _open(library, asked, opened, options.translator)
        from search.kwic import kwic as find

        found = find(library, asked)
    if as_json:
        print_json(found.to_json(options.translator))
    elif as_jsonl or as_csv:
        _export(found, as_csv=as_csv)
    else:
        _show(found, asked, options.translator)
    return Exit.DONE if found.lines or (found.total and not asked.limit) else Exit.INCOMPLETE


def _asked(words: int, articles: int, given: dict[str, Any]) -> KwicQuery:
    from search.kwic import KwicOrder, KwicQuery

    order = KwicOrder(given.pop("sort"))
    asked = search_query(**given, sort="relevance")
    return KwicQuery(asked, order, words, asked.limit, asked.offset, articles)


def _open(library: Library, asked: KwicQuery, number: int, translator: Translator) -> Exit:
    from index.record import replace
    from search.kwic import kwic as find

    found = find(library, replace(asked, limit=1, offset=number - 1))
    if not found.lines:
        return no_such(number, found.total, "lines")
    return open_article(library, found.lines[0].article.id, translator)


def _export(found: Concordance, *, as_csv: bool) -> None:
    from search.commands.output import write_rows
    from search.kwic import FIELDS

    write_rows((line.row() for line in found.lines), FIELDS, as_csv=as_csv)


def _show(found: Concordance, asked: KwicQuery, translator: Translator) -> None:
    from search.kwic_layout import kwic_lines
    from search.screen import screen
    from search.terminal import show

    width = screen().width if is_terminal(sys.stdout) else None
    show(kwic_lines(found, asked.offset, width, translator))
