"""Names of the months of the Gregorian and the Hijri calendar, as the table of variants has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from index.analysis import tables
from index.analysis.normalize import normalize

MONTHS: Final = 12
"""Of a year, in either calendar."""


@cache
def gregorian_months() -> Mapping[str, int]:
    """Every name of a month, its letters folded, to its number from 1: آب, أغسطس and غشت are 8.

    Raises:
        FileNotFoundError: the installation is damaged.
    """
    return _numbered(0)


@cache
def hijri_months() -> Mapping[str, int]:
    """The same for the Hijri calendar: رمضان is 9.

    Raises:
        FileNotFoundError: the installation is damaged.
    """
    return _numbered(MONTHS)


def _numbered(first: int) -> dict[str, int]:
    """The lines of the table from the first on, a month a line: Gregorian ones first, Hijri ones next."""
    rows = tables.lines("variants/months.tsv")[first : first + MONTHS]
    return {
        normalize(name.removeprefix("?")): number
        for number, row in enumerate(rows, 1)
        for name in row.split("\t")
    }
