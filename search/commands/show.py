"""`arshif show`: one article."""

from __future__ import annotations

import click

from search.commands.common import Options, print_json, say_missing
from search.commands.exits import Exit


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print the article as one JSON object.")
@click.pass_obj
def show(options: Options, *, article_id: str, as_json: bool) -> Exit:
    """Show one article.

    ID is what a search shows beside it. One that begins with a minus stands after two of them: -- -ID.
    """
    with options.open() as library:
        article = library.archive.get(article_id)
    if article is None:
        return say_missing([article_id])
    if as_json:
        from index.record import as_dict

        print_json(as_dict(article))
        return Exit.DONE
    from search.layout import article_lines
    from search.terminal import show as show_lines

    show_lines(article_lines(article, options.translator))
    return Exit.DONE
