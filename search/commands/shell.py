"""`arshif shell`: query after query, at a prompt or from a pipe."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from search.commands.common import Options, is_terminal
from search.commands.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.library import Library
    from search.layout import Line
    from search.results import Results, SearchQuery
    from search.translation import Translator


@click.command()
@click.pass_obj
def shell(options: Options) -> Exit:
    """Search at a prompt, query after query.

    A line is a query as `arshif search` has it, or a command: :help lists them. Tab completes words and names
    of the archive and commands; the arrows go through what was typed before, which is kept in the data
    folder, in shell-history.

    Where no one types, lines are read from the input, and the exit code is 1 if one found nothing or was not
    understood:

    \b
    printf '%s\\n' النفط ':sort newest' | arshif shell
    """  # noqa: D301 - click takes this sign for: keep these lines as they are
    from search.shell.prompt import piped, serve, typed
    from search.shell.session import Session

    is_typed = is_terminal(sys.stdin) and is_terminal(sys.stdout)
    with options.open() as library:
        translator = options.translator
        chart = partial(_chart, translator) if is_terminal(sys.stdout) else lambda *_: ()
        session = Session(library, partial(_opened, translator), chart, translator)
        serve(session, typed(session, options.data) if is_typed else piped())
    return Exit.INCOMPLETE if session.failures and not is_typed else Exit.DONE


def _opened(translator: Translator, library: Library, article_id: str) -> bool:
    from search.commands.opening import open_article

    return open_article(library, article_id, translator) is Exit.DONE


def _chart(translator: Translator, results: Results, asked: SearchQuery) -> Iterable[Line]:
    from search.chart import chart
    from search.screen import screen

    return chart(results, asked.first, asked.last, screen().width, translator)
