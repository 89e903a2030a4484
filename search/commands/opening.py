"""`--open N`: the article of a result, where its reader is: in the browser, else in the terminal's pager."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from search.addresses import host_of
from search.commands.common import is_terminal
from search.commands.exits import Exit

if TYPE_CHECKING:
    from index.library import Library
    from search.translation import Translator


def open_article(library: Library, article_id: str, translator: Translator) -> Exit:
    """Open an article: its address if it is on the web, else its text.

    Returns:
        `INCOMPLETE` where the article is not there any more, or no browser could be started.
    """
    article = library.archive.get(article_id)
    if article is None:
        click.echo(f"Error: there is no article with the id {article_id} any more", err=True)
        return Exit.INCOMPLETE
    if article.url and host_of(article.url):
        return _in_browser(article.url)
    from search.layout import article_lines
    from search.screen import screen
    from search.terminal import rows, show

    if not is_terminal(sys.stdout):
        show(article_lines(article, translator))
    else:
        on = screen()
        lines = article_lines(article, translator)
        click.echo_via_pager("\n".join(row for line in lines for row in rows(line, on)))
    return Exit.DONE


def no_such(number: int, total: int, of: str) -> Exit:
    """Say that there is no result of this number.

    Args:
        number: the one that was asked for.
        total: how many there are.
        of: what is counted: `results` or `lines`.
    """
    click.echo(f"Error: there is no number {number} to open; {of} found: {total}", err=True)
    return Exit.INCOMPLETE


def _in_browser(url: str) -> Exit:
    click.echo(url)
    if click.launch(url):
        click.echo("Error: no browser could be started; open this address yourself", err=True)
        return Exit.INCOMPLETE
    return Exit.DONE
