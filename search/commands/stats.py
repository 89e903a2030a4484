"""`arshif stats`: what the archive and its index hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from search.commands.common import Options, print_json
from search.commands.exits import Exit

if TYPE_CHECKING:  # `arshif stats --help` needs none of it
    from index.archive import Summary
    from index.library import IndexStatus


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def stats(options: Options, *, as_json: bool) -> Exit:
    """Say what the archive and its index hold.

    It works with an index that is broken or missing too, and says so.
    """
    with options.open() as library:
        summary, status = library.archive.summary(), library.index_status()
    if as_json:
        print_json(_to_json(summary, status))
    else:
        from search.layout import Line, Span
        from search.terminal import show

        show(Line((Span(line),), is_english=True) for line in _lines(summary, status))
    return Exit.DONE


def _to_json(summary: Summary, status: IndexStatus) -> dict[str, Any]:
    size = status.size
    return {
        "articles": summary.articles,
        "sources": [list(pair) for pair in summary.sources],
        "without_source": summary.without_source,
        "first": summary.first,
        "last": summary.last,
        "terms": size.terms if size else None,
        "index": {
            "engine": status.engine,
            "up_to_date": status.up_to_date,
            "pending": status.pending,
            "fingerprint": status.fingerprint,
            "documents": size.documents if size else None,
            "bytes": size.bytes if size else None,
            "problem": status.problem,
        },
        "sizes": {"archive": summary.bytes, "index": size.bytes if size else None},
    }


def _lines(summary: Summary, status: IndexStatus) -> Iterator[str]:
    yield f"Articles     {summary.articles:,}"
    yield f"Published    {f'{summary.first} to {summary.last}' if summary.first else 'no dates are known'}"
    yield f"Archive      {_size(summary.bytes)}"
    yield f"Index        {_state(status)}"
    if status.engine:
        yield f"Engine       {status.engine}"
        yield f"Fingerprint  {status.fingerprint}"
    if status.size:
        yield f"Documents    {status.size.documents:,}"
        yield f"Terms        {status.size.terms:,}"
        yield f"Index size   {_size(status.size.bytes)}"
    yield from _sources(summary)


def _state(status: IndexStatus) -> str:
    if status.problem:
        return f"can't be searched: {status.problem}"
    if status.pending:
        changes = "1 change" if status.pending == 1 else f"{status.pending:,} changes"
        return f"{changes} behind; run `arshif add` or `arshif reindex`"
    return "up to date"


def _sources(summary: Summary) -> Iterator[str]:
    """How many articles each source has, the names in a column of their own."""
    yield f"Sources      {len(summary.sources):,}"
    yield from (f"{count:>11,}  {name}" for name, count in summary.sources)
    if summary.without_source:
        yield f"{summary.without_source:>11,}  (no source)"


def _size(count: int) -> str:
    from rich.filesize import decimal

    return f"{decimal(count)} ({count:,} bytes)"
