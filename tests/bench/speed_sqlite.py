"""SQLite's FTS5 over our stems: title and body, its own bm25, the title twice."""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from speed_system import HITS, Answer, Clock, Cost, Kind, Meter, Query, bytes_in

from index.analysis import analyze, terms
from index.article import Article

TABLES = """
    CREATE VIRTUAL TABLE words USING fts5(
        title, body, content='', tokenize="unicode61 remove_diacritics 0"
    );
    CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT, source TEXT, day TEXT, title TEXT);
    CREATE INDEX days ON articles (day);
    INSERT INTO words (words, rank) VALUES ('rank', 'bm25(2.0, 1.0)');
"""
BEST = """
    SELECT id, articles.title FROM words JOIN articles ON number = words.rowid
    WHERE words MATCH ? {narrowed} ORDER BY rank LIMIT ?
"""
COUNT = "SELECT count(*) FROM words WHERE words MATCH ?"
GROUPS = """
    SELECT {value}, count(*) FROM words JOIN articles ON number = words.rowid
    WHERE words MATCH ? AND day BETWEEN ? AND ? GROUP BY 1
"""


class Sqlite:
    keeps = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, articles: Sequence[Article]) -> dict[str, Cost]:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        with Meter() as meter:
            self.open()
            self._connection.executescript(TABLES)
            with self._connection:
                for article in articles:
                    self._insert(article)
            self.close()
        return {"index": meter.cost}

    def open(self) -> None:
        self._connection = sqlite3.connect(self._folder / "fts5.db")

    def search(self, query: Query, *, titles: bool = False) -> Answer:
        del titles  # they come anyway
        with Clock() as clock:
            match = _match(query)
            if query.first:
                total, ids = self._filtered(match, (query.first.isoformat(), query.last.isoformat()))
            else:
                ids = self._rows(BEST.format(narrowed=""), match, HITS)
                ((total,),) = self._rows(COUNT, match)
        return clock.answer(total, [each for each, _ in ids], [title for _, title in ids])

    def forget(self) -> None:
        """Opened anew, for pages are kept by connection; the system's own copies of the file stay."""
        self.close()
        self.open()
        self._rows(COUNT, "خبر")

    def add(self, article: Article) -> None:
        with self._connection:
            self._insert(article)

    def refresh(self) -> None:
        """Every search does."""

    def size(self) -> int:
        return bytes_in(self._folder)

    def pid(self) -> int:
        return os.getpid()

    def close(self) -> None:
        self._connection.close()

    def _filtered(self, match: str, days: tuple[str, str]):
        ids = self._rows(BEST.format(narrowed="AND day BETWEEN ? AND ?"), match, *days, HITS)
        by_source = self._rows(GROUPS.format(value="source"), match, *days)
        self._rows(GROUPS.format(value="substr(day, 1, 7)"), match, *days)
        return sum(count for _, count in by_source), ids

    def _rows(self, statement: str, *values) -> list:
        return self._connection.execute(statement, values).fetchall()

    def _insert(self, article: Article) -> None:
        row = (article.id, article.source, article.day, article.title)
        insert = "INSERT INTO articles (id, source, day, title) VALUES (?, ?, ?, ?)"
        number = self._connection.execute(insert, row).lastrowid
        title, body = (" ".join(filter(None, terms(text)[1])) for text in (article.title, article.body))
        self._connection.execute(
            "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (number, title, body)
        )


def _match(query: Query) -> str:
    stems = [token.stem for token in analyze(query.text)]
    if query.kind is Kind.PHRASE:
        return f'"{" ".join(stems)}"'
    return (" OR " if query.kind is Kind.ANY else " AND ").join(f'"{stem}"' for stem in stems)
