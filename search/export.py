"""Results as rows for other programs, JSON Lines and CSV: what the page and the command share."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeAlias

from index.engines.contract import Hit
from index.library import Library
from index.record import record, replace
from search.hits import Reader
from search.results import ListedHit, SearchQuery
from search.service import ask

MAX_ROWS: Final = 10_000
"""Rows of an export; of more results the first of these."""

FIRST, PAGE = 10, 250
"""Results that are in memory at once: at first few, so that there is soon something to send."""

Value: TypeAlias = str | int | float | None
Row: TypeAlias = dict[str, Value]

FIELDS: Final[Mapping[str, Callable[[int, ListedHit], Value]]] = {
    "rank": lambda rank, _: rank,
    "id": lambda _, hit: hit.id,
    "title": lambda _, hit: hit.title,
    "source": lambda _, hit: hit.source,
    "author": lambda _, hit: hit.author,
    "category": lambda _, hit: hit.category,
    "published": lambda _, hit: hit.published,
    "url": lambda _, hit: hit.url,
    "score": lambda _, hit: round(hit.score, 4),
    "snippet": lambda _, hit: "".join(text for text, _is_hit in hit.snippet_parts),
}
"""What a row has, in order."""

BYTE_ORDER_MARK: Final = "\ufeff"
"""Before a CSV file that is saved: without it Excel takes UTF-8 for the machine's old encoding."""

FORMULA_SIGNS: Final = tuple("=+-@\t\r\n＝＋－＠")
"""What a cell begins with that a spreadsheet runs. Source: OWASP, CSV Injection."""

TEXT_SIGN: Final = "'"
"""Before a cell that is a text whatever it begins with."""

# A spreadsheet stops reading at a NUL, and shows boxes for the others.
_UNSHOWN: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])


@record
class Export:
    """All results of a query, as far as an export goes.

    Attributes:
        total: how many articles matched.
        hits: the first `MAX_ROWS` of them, in the order of the pages, read as they are asked for.
    """

    total: int
    hits: Iterator[ListedHit]

    @property
    def is_cut(self) -> bool:
        """Whether there are more results than an export has rows."""
        return self.total > MAX_ROWS


def export(library: Library, asked: SearchQuery) -> Export:
    """All results of a query; its limit and offset don't matter.

    The index is asked once; an article that is removed while they are read may be missed.

    Raises:
        As `search.service.search`, when it is called; the same while hits are read.
    """
    found = ask(library, replace(asked, limit=MAX_ROWS, offset=0)).found
    reader = Reader(library.archive, found.compiled.sought)
    portions = _portions(found.page.hits)
    return Export(found.page.total, chain.from_iterable(map(reader.listed, portions)))


def rows(hits: Iterable[ListedHit], first: int = 1) -> Iterator[Row]:
    """A row for each hit, `FIELDS` in order.

    Args:
        hits: in order.
        first: the rank of the first.
    """
    for rank, hit in enumerate(hits, start=first):
        yield {name: read(rank, hit) for name, read in FIELDS.items()}


def json_lines(made: Iterable[Row]) -> Iterator[str]:
    """One JSON object a line, Arabic letters as they are."""
    for row in made:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def csv_lines(made: Iterable[Row], fields: Iterable[str] = FIELDS) -> Iterator[str]:
    """A line of names, then one for each row, as RFC 4180 has it; no text is a formula.

    Write `BYTE_ORDER_MARK` before it where it becomes a file.
    """
    yield _csv_line(fields)
    for row in made:
        yield _csv_line(cell(value) for value in row.values())


def cell(value: Value) -> Value:
    """A value as it stands in a spreadsheet: a text that would be run as a formula is marked as a text."""
    if not isinstance(value, str):
        return value
    text = value.translate(_UNSHOWN)
    return TEXT_SIGN + text if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def _portions(hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    yield hits[:FIRST]
    for start in range(FIRST, len(hits), PAGE):
        yield hits[start : start + PAGE]


def _csv_line(values: Iterable[Value]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(values)
    return line.getvalue()
