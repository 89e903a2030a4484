import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from archive_samples import raw, some

from index.archive import (
    Archive,
    ArchiveBrokenError,
    ArchiveBusyError,
    ArchiveError,
    ArchiveMissingError,
)
from index.archive_file import SCHEMA_VERSION, Connections
from index.article import Article

FULL = Article("a1", "عنوان", "نص الخبر", source="سبق")


class TestOpening:
    def test_missing_says_how_to_make_one_and_makes_nothing(self, path):
        with pytest.raises(ArchiveMissingError, match="arshif add"):
            Archive.open(path)
        assert not path.exists()

    def test_create_makes_the_folders_above(self, tmp_path):
        path = tmp_path / "one" / "two" / "archive.db"
        with Archive.open(path, create=True) as archive:
            assert 0 == archive.count()
        assert path.is_file()

    def test_create_keeps_what_is_there(self, path):
        with Archive.open(path, create=True) as archive:
            archive.add([FULL])
        with Archive.open(path, create=True) as archive:
            assert FULL == archive.get("a1")

    def test_identity_stays_and_is_each_archive_s_own(self, path, tmp_path):
        with Archive.open(path, create=True) as archive:
            identity = archive.identity
        with Archive.open(path) as again, Archive.open(tmp_path / "other.db", create=True) as other:
            assert identity == again.identity
            assert identity != other.identity
        assert 32 == len(identity)
        assert int(identity, 16)

    def test_an_empty_file_is_no_archive_yet(self, path):
        path.touch()
        with pytest.raises(ArchiveMissingError):
            Archive.open(path)
        with Archive.open(path, create=True) as archive:
            assert 0 == archive.count()

    @pytest.mark.parametrize("name", ["a?b.db", "a#b.db", "a%20b.db", "a b.db", "أرشيف.db", "a&mode=memory"])
    def test_any_file_name(self, tmp_path, name):
        with Archive.open(tmp_path / name, create=True) as archive:
            archive.add([FULL])
        assert [name] == [file.name for file in tmp_path.iterdir()]
        with Archive.open(tmp_path / name) as archive:
            assert FULL == archive.get("a1")

    def test_a_relative_path(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        with Archive.open(Path("here.db"), create=True) as archive:
            archive.add([FULL])
        assert (tmp_path / "here.db").is_file()

    def test_every_connection_is_wal_and_fully_synchronous(self, archive):
        with archive._connections.lend() as first, archive._connections.lend() as second:
            for connection in (first, second):
                assert ("wal",) == connection.execute("PRAGMA journal_mode").fetchone()
                assert (2,) == connection.execute("PRAGMA synchronous").fetchone()

    @pytest.mark.parametrize("create", [False, True])
    @pytest.mark.parametrize(
        "content", [b"xy", b'{"title": "a"}\n' * 200, b"SQLite format 2\0" + bytes(5000)]
    )
    def test_a_file_that_is_no_database_is_refused_and_left_alone(self, path, content, create):
        path.write_bytes(content)
        with pytest.raises(ArchiveBrokenError, match="not a database"):
            Archive.open(path, create=create)
        assert content == path.read_bytes()

    @pytest.mark.parametrize("create", [False, True])
    def test_another_program_s_database_is_refused_and_left_alone(self, path, create):
        with raw(path) as connection:
            connection.execute("CREATE TABLE article (id)")
        content = path.read_bytes()
        with pytest.raises(ArchiveBrokenError, match="another program"):
            Archive.open(path, create=create)
        assert content == path.read_bytes()

    def test_a_newer_schema_is_refused(self, path):
        Archive.open(path, create=True).close()
        with raw(path) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        with pytest.raises(
            ArchiveBrokenError, match=f"version {SCHEMA_VERSION + 1}, .* version {SCHEMA_VERSION};"
        ):
            Archive.open(path)

    @pytest.mark.parametrize("damage", ["DROP TABLE meta", "DELETE FROM meta"])
    def test_lost_tables_are_noticed(self, path, damage):
        Archive.open(path, create=True).close()
        with raw(path) as connection:
            connection.execute(damage)
        with pytest.raises(ArchiveBrokenError, match="restore it from a backup"):
            Archive.open(path)

    def test_a_folder_is_refused(self, tmp_path):
        with pytest.raises(ArchiveBrokenError, match="is a folder"):
            Archive.open(tmp_path, create=True)

    def test_a_file_in_the_way_of_a_folder(self, path):
        path.touch()
        with pytest.raises(ArchiveError, match="check its folder"):
            Archive.open(path / "archive.db", create=True)

    def test_a_creation_that_was_cut_off_is_finished(self, path):
        """The tables stand, the journal's mode was not set yet: another process holds the file meanwhile."""
        Archive.open(path, create=True).close()
        with raw(path) as other, ThreadPoolExecutor(1) as pool:
            assert ("delete",) == other.execute("PRAGMA journal_mode = DELETE").fetchone()
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ArchiveBusyError):
                Archive.open(path, busy_timeout=0.05)
            opening = pool.submit(Archive.open, path)
            time.sleep(0.1)
            other.execute("COMMIT")
            with opening.result() as archive, archive._connections.lend() as connection:
                assert ("wal",) == connection.execute("PRAGMA journal_mode").fetchone()


class TestThreads:
    def test_readers_and_writers_share_one_archive(self, archive):
        def work(number):
            archive.add(some(20, prefix=f"t{number}-"))
            return len(list(archive.changes(0))), archive.get(f"t{number}-19")

        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(work, range(16)))
        assert all(count >= 20 and article is not None for count, article in results)
        assert 320 == archive.count() == archive.last_seq()

    def test_threads_that_end_leave_no_open_file(self, archive, path):
        for _ in range(20):
            thread = threading.Thread(target=archive.count)
            thread.start()
            thread.join()
        assert 1 == len(archive._connections._idle)

    def test_closing_closes_every_connection(self, path):
        with Archive.open(path, create=True) as archive:
            with archive._connections.lend(), archive._connections.lend():
                pass
            archive.add([FULL])
            if Path("/proc/self/fd").exists():
                assert open_files(path)
        assert [] == open_files(path)
        assert ["archive.db"] == [file.name for file in path.parent.iterdir()]

    def test_closing_lets_a_call_end_first(self, path):
        archive = Archive.open(path, create=True)
        with archive._connections.lend() as connection:
            archive.close()
            assert (0,) == connection.execute("SELECT count(*) FROM article").fetchone()
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")

    def test_a_closed_archive_says_so(self, path):
        archive = Archive.open(path, create=True)
        archive.close()
        archive.close()
        with pytest.raises(ArchiveError, match="was closed"):
            archive.count()
        with pytest.raises(ArchiveError, match="was closed"):
            archive.add([FULL])


def open_files(path):
    """Descriptors of this process on the archive's files; none are found where there is no /proc."""
    links = Path("/proc/self/fd").glob("*")
    targets = [str(link.readlink()) for link in links if link.is_symlink()]
    return [target for target in targets if target.startswith(str(path))]


def test_a_connection_that_cannot_be_rolled_back_is_closed_and_not_lent_again(tmp_path):
    class Broken:
        closed = False

        def rollback(self):
            raise sqlite3.OperationalError("disk I/O error")

        def close(self):
            self.closed = True

    broken = Broken()
    connections = Connections(tmp_path / "archive.db", 1.0)
    connections._idle.append(broken)
    with pytest.raises(ArchiveError), connections.lend() as lent:
        assert broken is lent
    assert broken.closed
    assert not connections._idle
