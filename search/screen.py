"""What the terminal can do, as its environment says."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from typing import Final

from index.record import record

NARROWEST: Final = 20
"""Columns that a line gets however narrow the screen says it is."""

_Sign = Callable[[str], bool]


def _is_set(value: str) -> bool:
    return bool(value)


def _at_least(number: int) -> _Sign:
    return lambda value: value.isdecimal() and int(value) >= number


def _one_of(*names: str) -> _Sign:
    return lambda value: value in names


LINKING: Final[Mapping[str, _Sign]] = {
    "VTE_VERSION": _at_least(5000),  # GNOME Terminal and its kin
    "WT_SESSION": _is_set,  # Windows Terminal
    "KONSOLE_VERSION": _at_least(201200),
    "KITTY_WINDOW_ID": _is_set,
    "TERM_PROGRAM": _one_of("iTerm.app", "WezTerm", "vscode", "ghostty", "rio", "Hyper"),
    "TERM": _one_of("xterm-kitty", "foot", "foot-extra", "alacritty", "contour", "xterm-ghostty"),
}
"""Variables by which terminals are known that follow links, and what they say."""

FORCE: Final = "FORCE_HYPERLINK"
"""Says it where a terminal isn't known: 1 for links, 0 for none."""


@record
class Screen:
    """A terminal.

    Attributes:
        width: its columns, `NARROWEST` or more.
        has_colours: colours are wanted: `NO_COLOR` is not set. Source: no-color.org.
        has_links: it follows links in what is printed.
    """

    width: int
    has_colours: bool = True
    has_links: bool = False


def screen(environment: Mapping[str, str] = os.environ) -> Screen:
    """The terminal that this process writes to."""
    return Screen(
        max(shutil.get_terminal_size().columns, NARROWEST),
        has_colours=not environment.get("NO_COLOR"),
        has_links=_links(environment),
    )


def _links(environment: Mapping[str, str]) -> bool:
    if forced := environment.get(FORCE):
        return forced != "0"
    if "TMUX" in environment or environment.get("TERM", "").startswith("screen"):
        return False  # what it passes on depends on its version
    return any(is_known(environment.get(name, "")) for name, is_known in LINKING.items())
