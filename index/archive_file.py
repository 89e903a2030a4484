"""The archive's file: made, recognised as ours, its connections lent, SQLite's errors explained.

It knows the file and nothing of articles; archive.py knows the articles.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

APPLICATION_ID: Final = int.from_bytes(b"ARSH", "big")
"""`PRAGMA application_id`: tells an archive from another program's SQLite file."""

SCHEMA_VERSION: Final = 1
"""`PRAGMA user_version`: of the tables in archive.sql."""

BUSY_TIMEOUT: Final = 30.0
"""Seconds to wait for another process that writes."""

RETRY_INTERVAL: Final = 0.01
"""Seconds between attempts where SQLite does not wait by itself."""


class ArchiveError(Exception):
    """The archive can't do what was asked; nothing of the call was kept. The message says what to do."""


class ArchiveMissingError(ArchiveError):
    """There is no archive at this path yet."""


class ArchiveBrokenError(ArchiveError):
    """The file is no archive that this version can read."""


class ArchiveBusyError(ArchiveError):
    """Another process has been writing for too long."""


class Connections:
    """Connections to one file, each lent to one caller at a time.

    A pool and not one for each thread: a server may start a thread for every request, and each would leave an
    open file behind.
    """

    def __init__(self, path: Path, busy_timeout: float) -> None:
        self._path = path
        self._busy_timeout = busy_timeout
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False

    @contextmanager
    def lend(self) -> Iterator[sqlite3.Connection]:
        """A connection without a transaction; what the block leaves open is rolled back."""
        with _explained(self._path):
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A connection in a write transaction: committed when the block ends well, else rolled back."""
        with self.lend() as connection:
            # IMMEDIATE: one that has read before it wants to write may find that it is too late to wait.
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close all that are idle now, and the others when they are given back."""
        with self._lock:
            self._closed = True
            while self._idle:
                self._idle.pop().close()

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise ArchiveError(f"{self._path}: the archive was closed; open it again")
            if self._idle:
                return self._idle.pop()
        return _connect(self._path, self._busy_timeout)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        try:
            connection.rollback()
        except BaseException:
            connection.close()
            raise
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()


def open_file(path: Path, *, create: bool, busy_timeout: float) -> Connections:
    """Open an archive's file, made first where there is none and `create` is set.

    Raises:
        ArchiveMissingError: there is none.
        ArchiveBrokenError: the file is no archive, or one that this version can't read.
        ArchiveBusyError: another process has been writing for longer than `busy_timeout` seconds.
        ArchiveError: the file can't be opened.
    """
    _prepare(path, create=create)
    connections = Connections(path, busy_timeout)
    try:
        with connections.lend() as connection:
            if create:
                _create(connection)
            _recognise(connection, path)
            _use_wal(connection, path, busy_timeout)
    except BaseException:
        connections.close()
        raise
    return connections


def single(connection: sqlite3.Connection, statement: str, values: dict[str, int] | None = None) -> Any:  # noqa: ANN401 - SQL has no types
    """The first value of the only row that a statement gives."""
    row = connection.execute(statement, values or {}).fetchone()
    if row is None:
        raise sqlite3.DatabaseError(f"a row is missing: {statement}")
    return row[0]


def size_on_disk(path: Path) -> int:
    """Bytes of the database and of its write-ahead log, which is there only while something is open."""
    size = path.stat().st_size
    with suppress(FileNotFoundError):
        size += path.with_name(path.name + "-wal").stat().st_size
    return size


def _connect(path: Path, busy_timeout: float) -> sqlite3.Connection:
    # `mode=rw`: a file that has gone away must be an error, not a new empty one.
    uri = path.absolute().as_uri() + "?mode=rw"
    # The pool lends to one thread at a time, not always to the one that connected.
    connection = sqlite3.connect(
        uri, uri=True, timeout=busy_timeout, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(path: Path, *, create: bool) -> None:
    """See to it that there is a file, if only an empty one."""
    try:
        if path.is_dir():
            raise ArchiveBrokenError(f"{path}: is a folder; name the archive's file in it")
        if create and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        if not path.exists():
            raise _missing(path)
    except OSError as error:
        raise ArchiveError(f"{path}: can't be opened; check its folder and permissions ({error})") from error


def _missing(path: Path) -> ArchiveMissingError:
    return ArchiveMissingError(f"{path}: there is no archive yet; make one with `arshif add`")


def _create(connection: sqlite3.Connection) -> None:
    """Make the tables in a file that is empty, all at once."""
    if not _is_empty(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    if _is_empty(connection):  # else another process was first
        for statement in _statements(files("index").joinpath("archive.sql").read_text("utf-8")):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("INSERT INTO meta (only, identity, last_seq) VALUES (1, ?, 0)", [uuid4().hex])
    connection.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    # `executescript` would end the transaction that this runs in.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _recognise(connection: sqlite3.Connection, path: Path) -> None:
    """See to it that the file is an archive of this schema version."""
    # Emptiness first: if another process makes the tables in between, what follows finds them all.
    if _is_empty(connection):
        raise _missing(path)
    if single(connection, "PRAGMA application_id") != APPLICATION_ID:
        raise ArchiveBrokenError(f"{path}: a database of another program; name another file for the archive")
    version = single(connection, "PRAGMA user_version")
    if version != SCHEMA_VERSION:
        raise ArchiveBrokenError(
            f"{path}: has schema version {version}, and this Arshif reads version {SCHEMA_VERSION}; "
            "use the Arshif that wrote it, or a newer one"
        )
    single(connection, "SELECT last_seq FROM meta")  # fails here and not halfway when the tables are lost


def _is_empty(connection: sqlite3.Connection) -> bool:
    return not single(connection, "SELECT count(*) FROM sqlite_master")


def _use_wal(connection: sqlite3.Connection, path: Path, busy_timeout: float) -> None:
    """Set the journal's mode, which stays with the file, so all but the first time nothing is done."""
    deadline = time.monotonic() + busy_timeout
    while (mode := _try_wal(connection)) is None and time.monotonic() < deadline:
        time.sleep(RETRY_INTERVAL)
    if mode is None:
        raise ArchiveBusyError(f"{path}: {_WAIT}")
    if mode != "wal":
        raise ArchiveError(f"{path}: this file system has no shared memory; keep the archive on a local disk")


def _try_wal(connection: sqlite3.Connection) -> str | None:
    # SQLite does not wait by itself here: it holds the read lock that it would have to give up.
    try:
        return str(single(connection, "PRAGMA journal_mode = WAL"))
    except sqlite3.OperationalError as error:
        if _code(error) == sqlite3.SQLITE_BUSY:
            return None
        raise


_WAIT: Final = "another process has been writing to it for too long; wait for that to end, then try again"
_RESTORE: Final = "is damaged or no archive; restore it from a backup, or name another file"
_PERMIT: Final = "check the permissions of the file and its folder (a search writes there too), then retry"
_REMEDIES: Final[dict[int, tuple[type[ArchiveError], str]]] = {
    sqlite3.SQLITE_BUSY: (ArchiveBusyError, _WAIT),
    sqlite3.SQLITE_LOCKED: (ArchiveBusyError, _WAIT),
    sqlite3.SQLITE_CORRUPT: (ArchiveBrokenError, _RESTORE),
    sqlite3.SQLITE_NOTADB: (ArchiveBrokenError, _RESTORE),
    # Our statements are right, so a table or a column is not there.
    sqlite3.SQLITE_ERROR: (ArchiveBrokenError, _RESTORE),
    sqlite3.SQLITE_FULL: (
        ArchiveError,
        "the disk is full and nothing was written; make room, then try again",
    ),
    sqlite3.SQLITE_READONLY: (ArchiveError, f"can't be written to; {_PERMIT}"),
    sqlite3.SQLITE_CANTOPEN: (ArchiveError, f"can't be opened; {_PERMIT}"),
    sqlite3.SQLITE_IOERR: (ArchiveError, "the disk failed and nothing was written; check it, then try again"),
}
_UNFORESEEN: Final = (ArchiveError, "SQLite refused, and nothing was written")
_PRIMARY: Final = 0xFF  # the part of an extended result code that says what kind of error it is


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, which say what to do; wrong use of SQLite by us stays as it is."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        kind, remedy = _REMEDIES.get(_code(error), _UNFORESEEN)
        raise kind(f"{path}: {remedy} (SQLite: {error})") from error


def _code(error: sqlite3.Error) -> int:
    # There is no code where Python finds a text that is no UTF-8, and where `single` finds no row.
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _PRIMARY
