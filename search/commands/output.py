"""Rows on stdout, as JSON Lines or CSV."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable

from search.export import BYTE_ORDER_MARK, Row, csv_lines, json_lines


def write_rows(rows: Iterable[Row], fields: Iterable[str], *, as_csv: bool) -> None:
    """Write rows as they come.

    Args:
        rows: what is written.
        fields: the names of their values, in order.
        as_csv: as CSV, else as JSON Lines.
    """
    if as_csv and _is_file():
        sys.stdout.write(BYTE_ORDER_MARK)  # for spreadsheets; a program that reads a pipe would stumble
    for line in csv_lines(rows, fields) if as_csv else json_lines(rows):
        sys.stdout.write(line)
    sys.stdout.flush()


def _is_file() -> bool:
    """Whether stdout is a file, and at its beginning."""
    try:
        number = sys.stdout.fileno()
        return stat.S_ISREG(os.fstat(number).st_mode) and os.fstat(number).st_size == 0
    except (OSError, ValueError):  # no stream of the system's: a test's, or closed
        return False
