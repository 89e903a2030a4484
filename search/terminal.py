"""Prints lines: on a terminal in colours and wrapped, else as plain text with its marks in brackets.

Letters are never reordered: a terminal that can show Arabic does that itself. It is told by characters that
aren't seen which way a line runs, and which parts run the other way.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import click

from search.commands.common import is_terminal
from search.layout import Line, Look, Span

if TYPE_CHECKING:  # what is piped needs no rich, and is there sooner
    from rich.console import Console
    from rich.text import Text

LEFT_TO_RIGHT_MARK: Final = "\u200e"
RIGHT_TO_LEFT_MARK: Final = "\u200f"
ISOLATE: Final = "\u2066{}\u2069"
"""From left to right, whatever stands around: LEFT-TO-RIGHT ISOLATE … POP DIRECTIONAL ISOLATE."""

STYLES: Final = {
    Look.TEXT: "",
    Look.MARK: "bold red",
    Look.TITLE: "bold",
    Look.TITLE_MARK: "bold red",
    Look.NUMBER: "cyan",
    Look.DETAIL: "dim",
    Look.NOTICE: "yellow",
    Look.TOTAL: "bold",
}
"""Colours that can be read on light and on dark, as grep has them."""

MARKED: Final = (Look.MARK, Look.TITLE_MARK)

NARROWEST: Final = 20
"""Columns that a line gets however narrow the screen says it is."""

_DROPPED: Final = ("\u00ad\u061c\u200b\u200e\u200f\ufeff", range(0x202A, 0x202F), range(0x2060, 0x2070))
_UNSEEN: Final = {ord(each) if isinstance(each, str) else each: None for row in _DROPPED for each in row}
"""Marks of direction and the like: one that is left open would turn around what is printed after it."""

_CONTROLS: Final = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if code != ord("\t")}
"""No text may steer the terminal."""


def show(lines: Iterable[Line]) -> None:
    """Print lines on stdout."""
    if is_terminal(sys.stdout):
        _paint(lines)
    else:
        for line in lines:
            click.echo(plain(line))


def plain(line: Line) -> str:
    """A line without colours, the words that matched in square brackets: `[قوات]`."""
    texts = [f"[{_shown(span)}]" if span.look in MARKED else _shown(span) for span in line.spans]
    return (" " * line.indent + "".join(texts)).rstrip()


def _shown(span: Span) -> str:
    return span.text.translate(_UNSEEN).translate(_CONTROLS)


def _paint(lines: Iterable[Line]) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    for line in lines:
        for row in rows(line, console):
            console.print(row, soft_wrap=True)


def rows(line: Line, console: Console) -> list[Text]:
    """A line as the rows of a screen.

    Each row begins with its direction, since a terminal takes every row for a paragraph of its own: one that
    begins with a number or a Latin name would run the wrong way.
    """
    from rich.text import Text

    text = Text.assemble(*((_isolated(span), STYLES[span.look]) for span in line.spans))
    direction = LEFT_TO_RIGHT_MARK if line.is_english else RIGHT_TO_LEFT_MARK
    start = (direction if _is_arabic(text.plain) else "") + " " * line.indent
    width = max(console.width - line.indent, NARROWEST)
    wrapped = text.wrap(console, width, overflow="fold")
    for row in wrapped:
        row.rstrip()
    return [Text.assemble(start, row) for row in wrapped] or [Text()]


def _isolated(span: Span) -> str:
    return ISOLATE.format(_shown(span)) if span.isolated else _shown(span)


def _is_arabic(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
