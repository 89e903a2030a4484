"""How many columns of a terminal a text takes, and texts fitted to columns. Marks over letters take none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

WIDE: Final = ("W", "F")
NO_WIDTH: Final = ("Mn", "Me", "Cf")
"""Harakat and other marks, and characters that only say how others are shown."""


def cells(text: str) -> int:
    """The columns of a text. Source: Unicode Standard Annex 11, East Asian Width."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def first_words(text: str, width: int) -> str:
    """The beginning of a text that fits: whole words; of one that is too long, its first letters."""
    kept = ""
    for word in text.split(" "):
        longer = f"{kept} {word}" if kept else word
        if cells(longer) > width:
            break
        kept = longer
    return kept or first_letters(text, width)


def last_words(text: str, width: int) -> str:
    """The end of a text that fits: whole words; of one that is too long, its last letters."""
    kept = ""
    for word in reversed(text.split(" ")):
        longer = f"{word} {kept}" if kept else word
        if cells(longer) > width:
            break
        kept = longer
    if kept:
        return kept
    letters = first_letters(text[::-1], width)[::-1]
    return letters[next((at for at, letter in enumerate(letters) if _cell(letter)), 0) :]


def first_letters(text: Iterable[str], width: int) -> str:
    """The first letters that fit, each with the marks over it."""
    kept, room = [], width
    for letter in text:
        room -= _cell(letter)
        if room < 0:
            break
        kept.append(letter)
    return "".join(kept)


def _cell(letter: str) -> int:
    if "\u0621" <= letter <= "\u064a" or letter == " ":
        return 1
    if unicodedata.category(letter) in NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in WIDE else 1
