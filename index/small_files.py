"""Small files that say what is in use: written whole or not at all, and read in the quickest way."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

LONGEST: Final = 2**16
"""Bytes that are read."""


def read(path: Path) -> str:
    """The text of a file; a search reads several, some of them twice, so it is asked of the system itself.

    Raises:
        OSError: it can't be read.
        UnicodeDecodeError: it is no UTF-8.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(descriptor, LONGEST).decode()
    finally:
        os.close(descriptor)


def write_json(path: Path, value: Mapping[str, object]) -> None:
    """Write values as JSON, as `replace` does."""
    replace(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def replace(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside it first, then in its place, on the disk each time.

    Raises:
        OSError: it can't be written; what stood there stays.
    """
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put on the disk which files a folder has; what is in them is for who writes them.

    Raises:
        OSError: it can't be done.
    """
    if os.name == "nt":
        return  # Windows opens no folder as a file, and writes a journal of its changes
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
