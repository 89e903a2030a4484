"""The archive: every article in one SQLite file. It is the truth; an index can be rebuilt from it.

Writing is all or nothing, one transaction a call, on the disk when the call returns (WAL, synchronous=FULL).
Every article that is added, updated or removed takes the next number of one running sequence, so an index
asks for what changed after the number that it knows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

from index.archive_file import (
    BUSY_TIMEOUT,
    ArchiveBrokenError,
    ArchiveBusyError,
    ArchiveError,
    ArchiveMissingError,
    Connections,
    open_file,
    single,
    size_on_disk,
)
from index.article import Article
from index.record import names, record
from index.summary import Summary

__all__ = [
    "Archive",
    "ArchiveBrokenError",
    "ArchiveBusyError",
    "ArchiveError",
    "ArchiveMissingError",
    "Change",
    "Changed",
    "Summary",
]

CHUNK: Final = 500
"""Ids in one statement; SQLite has been built with a limit of 999 variables."""

PAGE: Final = 200
"""Changes that are in memory at once while they are streamed."""

_Row: TypeAlias = tuple[Any, ...]

_FIELDS: Final = names(Article)
_values: Final = attrgetter(*_FIELDS)

# The columns stand in the order of Article's fields, so that a row makes one.
_PUT: Final = """
    INSERT OR REPLACE INTO article
        (seq, id, title, body, url, source, author, category, published, digest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_PUBLISHED_AT: Final = "SELECT id FROM article WHERE url IN ({}) ORDER BY seq"
_GET: Final = "SELECT id, title, body, url, source, author, category, published FROM article WHERE id IN ({})"
_TITLES: Final = "SELECT seq, title FROM article WHERE seq > :after AND seq <= :upto ORDER BY seq LIMIT :page"
_DIGESTS: Final = "SELECT id, digest FROM article WHERE id IN ({})"
_CHANGES: Final = """
    SELECT seq, 1, id, title, body, url, source, author, category, published
        FROM article WHERE seq > :after AND seq <= :upto
    UNION ALL
    SELECT seq, 0, id, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        FROM tombstone WHERE seq > :after AND seq <= :upto
    ORDER BY seq LIMIT :page
"""
_LISTED: Final = "SELECT id, published FROM article WHERE seq > :after AND seq <= :upto ORDER BY seq"
_COUNT_CHANGES: Final = """
    SELECT (SELECT count(*) FROM article WHERE seq > :after)
         + (SELECT count(*) FROM tombstone WHERE seq > :after)
"""
_SUMMARY: Final = """
    SELECT source, count(*), min(nullif(published, '')), max(nullif(published, ''))
        FROM article GROUP BY source
"""
_LAST_SEQ: Final = "SELECT last_seq FROM meta"
_ENDLESS: Final = 2**63 - 1


class Change(StrEnum):
    """What adding an article did."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@record
class Changed:
    """The latest state of an article.

    Attributes:
        seq: the running number of the change, 1 or more.
        id: the article's identity.
        article: None when it was removed.
    """

    seq: int
    id: str
    article: Article | None


class Archive:
    """An archive that is open. May be shared by threads; every process opens it for itself, a forked one too.

    Every method raises `ArchiveBrokenError` when the file turns out to be damaged, and `ArchiveError` when
    the disk fails or the archive was closed.

    Attributes:
        path: the database file.
    """

    def __init__(self, path: Path, connections: Connections) -> None:
        self.path: Final = path
        self._connections: Final = connections

    @classmethod
    def open(cls, path: Path, *, create: bool = False, busy_timeout: float = BUSY_TIMEOUT) -> Archive:
        """Open the archive in a file.

        Args:
            path: the database file.
            create: make it, and the folders above it, where there is none; safe in several processes at once.
            busy_timeout: seconds that any call waits for another process that writes.

        Raises:
            ArchiveMissingError: there is none, and `create` is not set.
            ArchiveBrokenError: the file is no archive, or one that this version can't read.
            ArchiveError: the file can't be opened.
        """
        return cls(path, open_file(path, create=create, busy_timeout=busy_timeout))

    def close(self) -> None:
        """Let go of the file; calls that run in other threads are allowed to end."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def identity(self) -> str:
        """32 hex digits, random, given when the archive was made: which archive an index was built from."""
        return str(self._single("SELECT identity FROM meta"))

    def add(self, articles: Sequence[Article]) -> list[Change]:
        """Add or update articles: all of them, or none when it raises.

        Returns:
            What was done with each, in order. The same id twice is handled as if added one after the other.

        Raises:
            ValueError: an article has no id, or a text with half a surrogate pair, which is no character.
            ArchiveBusyError: another process has been writing for too long.
        """
        rows = [_row(article) for article in articles]
        with self._connections.write() as connection:
            changes = _compare(rows, _digests(connection, [row[0] for row in rows]))
            new = [row for row, change in zip(rows, changes, strict=True) if change is not Change.UNCHANGED]
            connection.executemany(_PUT, _number(connection, new))
            connection.executemany("DELETE FROM tombstone WHERE id = ?", [row[:1] for row in new])
        return changes

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Take articles out.

        Returns:
            The ids that were there, in the order given, each once.

        Raises:
            ArchiveBusyError: another process has been writing for too long.
        """
        asked = _storable(ids)
        with self._connections.write() as connection:
            known = _digests(connection, asked)
            rows: list[_Row] = [(article_id,) for article_id in asked if article_id in known]
            connection.executemany("DELETE FROM article WHERE id = ?", rows)
            connection.executemany("INSERT INTO tombstone (seq, id) VALUES (?, ?)", _number(connection, rows))
        return [row[0] for row in rows]

    def get(self, article_id: str) -> Article | None:
        """The article with this id, or None."""
        return self.get_many([article_id]).get(article_id)

    def get_many(self, ids: Iterable[str]) -> dict[str, Article]:
        """The articles with these ids, in the order asked for; those that are not there are left out."""
        asked = _storable(ids)
        with self._connections.lend() as connection:
            found = {row[0]: Article(*row) for row in _select(connection, _GET, asked)}
        return {article_id: found[article_id] for article_id in asked if article_id in found}

    def published_at(self, urls: Iterable[str]) -> list[str]:
        """The ids of the articles that have one of these addresses; looks at every row, 0.1 s for 30,000."""
        with self._connections.lend() as connection:
            return [row[0] for row in _select(connection, _PUBLISHED_AT, _storable(urls))]

    def changes(self, after: int, upto: int | None = None) -> Iterator[Changed]:
        """What changed after a sequence number, in order, every id at most once.

        It ends at the other number, or at that which was the last when it was called. An article that changes
        while this is read may be left out: it has a higher number, and comes when one asks for what changed
        after.
        """
        return self._stream(after, self.last_seq() if upto is None else upto)

    def count_changes(self, after: int) -> int:
        """How many articles changed after a sequence number."""
        return int(self._single(_COUNT_CHANGES, {"after": after}))

    def last_seq(self) -> int:
        """The sequence number of the last change, 0 when there was none; never goes back."""
        return int(self._single(_LAST_SEQ))

    def articles(self) -> Iterator[Article]:
        """All articles, the latest changed last.

        None is missed; one that is updated while this is read may come twice, before and after.
        """
        return (changed.article for changed in self._stream(0, _ENDLESS) if changed.article is not None)

    def listing(self, after: int, upto: int) -> list[tuple[str, str | None]]:
        """Ids and dates of publication of the articles numbered after one number, up to another."""
        return self._rows(_LISTED, {"after": after, "upto": upto})

    def count(self) -> int:
        """How many articles there are."""
        return int(self._single("SELECT count(*) FROM article"))

    def __len__(self) -> int:
        return self.count()

    def sources(self) -> tuple[str, ...]:
        """The names of all sources, in the order of their code points."""
        return self._names("SELECT DISTINCT source FROM article WHERE source > '' ORDER BY source")

    def authors(self) -> tuple[str, ...]:
        """The names of all authors, in the order of their code points."""
        return self._names("SELECT DISTINCT author FROM article WHERE author > '' ORDER BY author")

    def categories(self) -> tuple[str, ...]:
        """The names of all categories, in the order of their code points."""
        return self._names("SELECT DISTINCT category FROM article WHERE category > '' ORDER BY category")

    def summary(self) -> Summary:
        """What the archive holds, in numbers, all of one moment."""
        rows = self._rows(_SUMMARY)
        counts = [(source, count) for source, count, _, _ in rows if source]
        days = [moment[:10] for row in rows for moment in row[2:] if moment]
        articles = sum(row[1] for row in rows)
        return Summary(
            articles=articles,
            sources=tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0]))),
            without_source=articles - sum(count for _, count in counts),
            first=min(days, default=None),
            last=max(days, default=None),
            bytes=size_on_disk(self.path),
        )

    def titles(self, upto: int) -> Iterator[str]:
        """The titles of the articles that did not change after a sequence number; no body is read."""
        after = 0
        while page := self._rows(_TITLES, {"after": after, "upto": upto, "page": PAGE}):
            after = page[-1][0]
            yield from (title for _, title in page)

    def _stream(self, after: int, upto: int) -> Iterator[Changed]:
        # A page at a time and no transaction between: a slow reader must not make the log grow without end.
        while page := self._rows(_CHANGES, {"after": after, "upto": upto, "page": PAGE}):
            for seq, kept, *values in page:
                yield Changed(seq, values[0], Article(*values) if kept else None)
            after = page[-1][0]

    def _rows(self, statement: str, values: dict[str, int] | None = None) -> list[_Row]:
        with self._connections.lend() as connection:
            return connection.execute(statement, values or {}).fetchall()

    def _names(self, statement: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self._rows(statement))

    def _single(self, statement: str, values: dict[str, int] | None = None) -> Any:  # noqa: ANN401 - SQL has no types
        with self._connections.lend() as connection:
            return single(connection, statement, values)


def _row(article: Article) -> _Row:
    """An article as it is written, without its number: the id first, the digest last."""
    values: _Row = _values(article)
    if not article.id:
        raise ValueError("an article without an id can't be kept; see index.article.identify")
    for name, text in zip(_FIELDS, values, strict=True):
        if text is not None and not _is_encodable(text):
            raise ValueError(
                f"article {article.id!a}: its {name} has half a surrogate pair, which is no character; "
                "clean the text before it is added"
            )
    return (*values, article.digest())


def _storable(ids: Iterable[str]) -> list[str]:
    """The ids, each once, without those that can't be in the archive because UTF-8 can't write them."""
    return [article_id for article_id in dict.fromkeys(ids) if _is_encodable(article_id)]


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _compare(rows: Sequence[_Row], known: dict[str, bytes]) -> list[Change]:
    """What each row is to the digests known, which are brought along as if the rows were written."""
    changes = []
    for article_id, *_, digest in rows:
        before, known[article_id] = known.get(article_id), digest
        differs = Change.ADDED if before is None else Change.UPDATED
        changes.append(Change.UNCHANGED if before == digest else differs)
    return changes


def _number(connection: sqlite3.Connection, rows: Sequence[_Row]) -> list[_Row]:
    """The rows, each with the next sequence number before it."""
    last = int(single(connection, _LAST_SEQ))
    if rows:  # else nothing would change, and the disk need not be waited for
        connection.execute("UPDATE meta SET last_seq = ?", [last + len(rows)])
    return [(seq, *row) for seq, row in enumerate(rows, start=last + 1)]


def _digests(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, bytes]:
    return dict(_select(connection, _DIGESTS, ids))


def _select(connection: sqlite3.Connection, statement: str, ids: Sequence[str]) -> Iterator[Any]:
    """The rows of these ids, whose place in the statement is `{}`."""
    chunks = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
    marked = ((statement.format(",".join("?" * len(chunk))), chunk) for chunk in chunks)
    return chain.from_iterable(connection.execute(query, chunk) for query, chunk in marked)
