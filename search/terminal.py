"""Prints lines: on a terminal in colours and wrapped, else as plain text with its marks in brackets.

What is assumed of a terminal. Letters are never reordered here: a terminal that can show Arabic (VTE as in
GNOME Terminal, Konsole, mlterm, iTerm2, Terminal.app) does that itself, and would turn around what was turned
before; one that can't (xterm, kitty, Alacritty, in part Windows Terminal) shows the letters of each row from
left to right, and no program can join them there. A terminal takes every row for a paragraph of its own. So
each row is wrapped here, begins with a mark that isn't seen and says which way it runs, and closes whatever
runs the other way in it. An id or a date stands between marks that are not seen; what has Arabic letters and
runs from left to right, and columns of a concordance, between isolates (Unicode Standard Annex 9): terminals
that don't know them ignore them, but for mlterm, which shows a box for each.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

import click

from search.addresses import host_of, in_ascii
from search.commands.common import is_terminal
from search.layout import Line, Look, Span, Way
from search.printable import printable
from search.runs import runs
from search.screen import NARROWEST, Screen, screen
from search.wrapping import wrapped

LEFT_TO_RIGHT_MARK: Final = "\u200e"
RIGHT_TO_LEFT_MARK: Final = "\u200f"
ISOLATES: Final = {
    Way.AS_IT_STANDS: "{}",
    Way.LEFT_TO_RIGHT: "\u2066{}\u2069",
    Way.RIGHT_TO_LEFT: "\u2067{}\u2069",
    Way.ARABIC: "\u2067{}\u2069",
}
"""LEFT-TO-RIGHT ISOLATE, RIGHT-TO-LEFT ISOLATE … POP DIRECTIONAL ISOLATE."""
MARKS: Final = f"{RIGHT_TO_LEFT_MARK}{LEFT_TO_RIGHT_MARK}{{}}{LEFT_TO_RIGHT_MARK}{RIGHT_TO_LEFT_MARK}"
"""What keeps digits and Latin letters together and apart from others, on every terminal."""

MARKS_IN_ENGLISH: Final = f"{LEFT_TO_RIGHT_MARK}{{}}{LEFT_TO_RIGHT_MARK}"
"""The same in a line that runs their way: what stands between two of them must not be turned around."""

STYLES: Final = {
    Look.TEXT: "",
    Look.MARK: "1;31",
    Look.TITLE: "1",
    Look.TITLE_MARK: "1;31",
    Look.NUMBER: "36",
    Look.DETAIL: "2",
    Look.NOTICE: "33",
    Look.TOTAL: "1",
    Look.CHART: "36",
}
"""Bold, dim, red, yellow, cyan (ECMA-48, SGR): colours that can be read on light and on dark, as grep's."""

COLOURLESS: Final = STYLES | {
    Look.MARK: "1;4",
    Look.TITLE_MARK: "1;4",
    Look.NUMBER: "",
    Look.NOTICE: "",
    Look.CHART: "",
}
"""The same without colours: words that matched are underlined."""

MARKED: Final = (Look.MARK, Look.TITLE_MARK)


def show(lines: Iterable[Line]) -> None:
    """Print lines on stdout."""
    if not is_terminal(sys.stdout):
        for line in lines:
            click.echo(plain(line))
        return
    on = screen()
    for line in lines:
        for row in rows(line, on):
            click.echo(row)


def plain(line: Line) -> str:
    """A line without colours, the words that matched in square brackets: `[قوات]`."""
    texts = [
        f"[{printable(span.text)}]" if span.look in MARKED else printable(span.text) for span in line.spans
    ]
    return (" " * line.indent + "".join(texts)).rstrip()


def rows(line: Line, on: Screen) -> list[str]:
    """A line as the rows of a screen, with all that colours them.

    Each row begins with its direction: one that begins with a number or a Latin name would run the wrong way.
    """
    text = "".join(span.text for span in line.spans)
    english = LEFT_TO_RIGHT_MARK if _is_arabic(text) else ""
    # What is not English is of a result: an id and a date alone stand on the right too, below their title.
    start = (english if line.is_english else RIGHT_TO_LEFT_MARK) + " " * line.indent
    width = max(on.width - line.indent, NARROWEST)
    marks = MARKS_IN_ENGLISH if line.is_english else MARKS
    return [start + _painted(row, on, marks) for row in wrapped(line, width)] or [""]


def _painted(row: list[Span], on: Screen, marks: str) -> str:
    return "".join(
        _kept(way, spans, marks).format("".join(_in_one_look(spans, on)))
        for way, alike in groupby(row, lambda span: span.way)
        for spans in [list(alike)]
    )


def _kept(way: Way, spans: Iterable[Span], marks: str) -> str:
    """What keeps spans of one way together."""
    is_arabic = any(_is_arabic(span.text) for span in spans)
    return marks if way is Way.LEFT_TO_RIGHT and not is_arabic else ISOLATES[way]


def _in_one_look(spans: Iterable[Span], on: Screen) -> Iterator[str]:
    styles = STYLES if on.has_colours else COLOURLESS
    for (look, link), alike in groupby(spans, lambda span: (span.look, span.link)):
        text = "".join(_dates_in_order(span) for span in alike)
        painted = f"\x1b[{styles[look]}m{text}\x1b[0m" if styles[look] else text
        yield _linked(painted, link) if on.has_links else painted


def _dates_in_order(span: Span) -> str:
    if span.way is not Way.ARABIC:
        return span.text
    return "".join(MARKS.format(run) if is_date else run for run, is_date in runs(span.text))


def _linked(text: str, link: str | None) -> str:
    """A text that leads somewhere. Source: Hyperlinks in Terminal Emulators, E. Koblinger (OSC 8)."""
    if link is None or not host_of(link):
        return text
    return f"\x1b]8;;{in_ascii(link)}\x1b\\{text}\x1b]8;;\x1b\\"


def _is_arabic(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
