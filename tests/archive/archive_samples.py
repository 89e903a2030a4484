"""Articles to try an archive with, and its file without Arshif."""

import sqlite3
from contextlib import closing

from index.article import Article


def some(count, prefix="n", body="نص"):
    return [Article(f"{prefix}{number}", "عنوان", body) for number in range(count)]


def raw(path):
    """SQLite without Arshif."""
    return closing(sqlite3.connect(path, isolation_level=None, timeout=0.05))
