"""Texts of the archive in pieces, some of them marked; their dates in order, whatever is marked of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias

from search.runs import runs

Piece: TypeAlias = tuple[str, int]
"""A text, and whether it is marked, or the number of its mark."""

_MAYBE: Final = re.compile("[0-9]-[0-9]")


def by_dates(parts: Iterable[Piece]) -> Sequence[tuple[Sequence[Piece], bool]]:
    """The pieces of a text in groups, each with whether it is a date with hyphens, which runs left to right.

    A marked piece stays whole, and is of the date that begins or ends in it.
    """
    pieces = tuple(parts)
    text = "".join(piece for piece, _ in pieces)
    if not _MAYBE.search(text):
        return ((pieces, False),)
    within = [is_date for run, is_date in runs(text) for _ in run]
    cut = groupby(_cut(pieces, within), key=itemgetter(1))
    return [([piece for piece, _ in group], is_date) for is_date, group in cut]


def _cut(pieces: Iterable[Piece], within: Sequence[bool]) -> Iterator[tuple[Piece, bool]]:
    """The pieces with whether they are of a date, those that are not marked cut where one begins or ends."""
    at = 0
    for text, mark in pieces:
        letters = within[at : at + len(text)]
        at += len(text)
        if mark:
            yield (text, mark), any(letters)
            continue
        for is_date, group in groupby(zip(text, letters, strict=True), key=itemgetter(1)):
            yield ("".join(letter for letter, _ in group), mark), is_date
