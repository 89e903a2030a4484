"""What a crash, a full disk, a damaged file and other processes do to an archive."""

import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing

import pytest

from index.archive import Archive, ArchiveBrokenError, ArchiveError, Change
from index.article import Article

BATCH = 150
KILLS = 15

ADDING = """
import sys
from pathlib import Path
from index.archive import Archive
from index.article import Article

path, batch, first = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
with Archive.open(path, create=True) as archive:
    number = first
    while True:
        articles = [Article(f"{number}-{place}", "عنوان", f"نص {place} " * 100) for place in range(batch)]
        archive.add([*articles, Article("latest", "", str(number)), Article("ghost", "", str(number))])
        print(number, flush=True)
        archive.remove(["ghost"])
        number += 1
"""
"""Adds whole batches without end, says the number of each that was kept, and removes one article of it."""

SHARING = """
import sys
from pathlib import Path
from index.archive import Archive
from index.article import Article

path, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
written = 0
with Archive.open(path, create=True) as archive:
    for batch in range(25):
        own = [Article(f"{name}-{batch}-{place}", "عنوان", "نص") for place in range(10)]
        shared = [Article(f"shared-{batch}", name, "نص")]
        written += sum(change != "unchanged" for change in archive.add(own + shared))
        written += len(archive.remove([f"{name}-{batch}-0"]))
    print(archive.identity, written)
"""
"""Adds and removes articles of its own, and some that the others add too."""


def start(program, *arguments):
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def integrity(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall()


def kill_while_adding(path, first, wait):
    """Kill a process `wait` seconds after it added its first batch; the last batch that it saw kept."""
    with start(ADDING, path, BATCH, first) as process:
        said = process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        said += process.stdout.read()
    return max(int(line) for line in said.splitlines())


def batches(archive):
    """How many articles of each batch there are."""
    counts: dict[int, int] = {}
    for article in archive.articles():
        if article.id not in {"latest", "ghost"}:
            number = int(article.id.partition("-")[0])
            counts[number] = counts.get(number, 0) + 1
    return counts


def test_a_killed_process_leaves_whole_batches(path):
    chance, first = random.Random(20150721), 0
    for _ in range(KILLS):
        acknowledged = kill_while_adding(path, first, chance.uniform(0, 0.08))
        with Archive.open(path) as archive:
            counts = batches(archive)
            assert set(counts.values()) == {BATCH}
            assert list(range(len(counts))) == sorted(counts)
            assert acknowledged in counts
            assert str(max(counts)) == archive.get("latest").body
            changes = list(archive.changes(0))
            assert archive.last_seq() == changes[-1].seq
            assert BATCH * len(counts) + 2 == len({changed.id for changed in changes}) == len(changes)
        assert [("ok",)] == integrity(path)
        first = len(counts)
    with Archive.open(path) as archive:
        again = [Article(f"{first}-{place}", "عنوان", "نص") for place in range(BATCH)]
        assert [Change.ADDED] * BATCH == archive.add(again)
        archive.remove(["ghost"])
        assert (first + 1) * BATCH + 1 == archive.count()


def test_a_process_killed_while_it_creates_leaves_nothing_in_the_way(tmp_path):
    chance = random.Random(20150722)
    for attempt in range(6):
        path = tmp_path / f"{attempt}.db"
        with start(ADDING, path, 1, 0) as process:
            while not path.exists() and process.poll() is None:
                time.sleep(0.0005)
            time.sleep(chance.uniform(0, 0.02))
            process.kill()
        assert path.exists()
        with Archive.open(path, create=True) as archive:
            assert set(batches(archive).values()) <= {1}
            assert [Change.ADDED] == archive.add([Article("mine", "", "نص")])
        assert [("ok",)] == integrity(path)


def test_processes_that_create_and_write_at_once_lose_nothing(path):
    names = ["a", "b", "c"]
    with ExitStack() as stack:
        processes = [stack.enter_context(start(SHARING, path, name)) for name in names]
        assert ["ready\n"] * len(names) == [process.stdout.readline() for process in processes]
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        identities, written = zip(*(process.stdout.read().split() for process in processes), strict=True)
    assert 1 == len(set(identities))
    own = {f"{name}-{batch}-{place}" for name in names for batch in range(25) for place in range(10)}
    removed = {article_id for article_id in own if article_id.endswith("-0")}
    shared = {f"shared-{batch}" for batch in range(25)}
    with Archive.open(path) as archive:
        assert identities[0] == archive.identity
        assert own - removed | shared == {article.id for article in archive.articles()}
        assert removed == {changed.id for changed in archive.changes(0) if changed.article is None}
        assert sum(map(int, written)) == archive.last_seq()


def test_a_full_disk_is_named_and_nothing_kept(path):
    with Archive.open(path, create=True) as archive:
        archive.add([Article("a", "", "نص")])
        with archive._connections.lend() as connection:
            connection.execute("PRAGMA max_page_count = 20")
        with pytest.raises(ArchiveError, match="disk is full"):
            archive.add([Article(str(number), "", "نص" * 500) for number in range(100)])
        assert 1 == archive.count() == archive.last_seq()
        with archive._connections.lend() as connection:
            connection.execute("PRAGMA max_page_count = 100000")
        assert [Change.ADDED] == archive.add([Article("b", "", "نص")])


def test_a_failing_disk_is_named_and_nothing_kept(path):
    resource = pytest.importorskip("resource", reason="only Unix can limit the size of files")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Archive.open(path, create=True) as archive:
        archive.add([Article("a", "", "نص")])
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**16, hard))
        try:
            with pytest.raises(ArchiveError, match=r"disk (failed|is full) and nothing was written"):
                archive.add([Article(str(number), "", "نص" * 500) for number in range(100)])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert 1 == archive.count() == archive.last_seq()
        assert [Change.ADDED] == archive.add([Article("b", "", "نص")])
    assert [("ok",)] == integrity(path)


def test_a_file_that_can_t_be_written_is_named(path):
    with Archive.open(path, create=True) as archive:
        archive.add([Article("a", "", "نص")])
        with archive._connections.lend() as connection:
            connection.execute("PRAGMA query_only = ON")
        with pytest.raises(ArchiveError, match="can't be written to; check the permissions"):
            archive.add([Article("b", "", "نص")])
        with pytest.raises(ArchiveError, match="can't be written to"):
            archive.remove(["a"])
        assert 1 == archive.count()


def test_a_file_that_went_away_is_not_made_anew(path):
    with Archive.open(path, create=True) as archive, archive._connections.lend():
        path.unlink()
        with pytest.raises(ArchiveError, match="can't be opened"):
            archive.count()
        assert not path.exists()


def fill(path):
    with Archive.open(path, create=True) as archive:
        archive.add([Article(str(number), "عنوان", "نص الخبر " * 200) for number in range(300)])


READS = {
    "changes": lambda archive: list(archive.changes(0)),
    "articles": lambda archive: list(archive.articles()),
    "get_many": lambda archive: archive.get_many(str(number) for number in range(300)),
    "add": lambda archive: archive.add([Article(str(number), "", "آخر") for number in range(300)]),
    "remove": lambda archive: archive.remove(str(number) for number in range(300)),
}


@pytest.mark.parametrize("call", READS.values(), ids=READS.keys())
def test_a_damaged_page_is_named_with_advice(path, call):
    fill(path)
    content = path.read_bytes()
    third = len(content) // 3 // 4096 * 4096
    path.write_bytes(content[:third] + b"\xa5" * third + content[2 * third :])
    with Archive.open(path) as archive, pytest.raises(ArchiveBrokenError) as caught:
        call(archive)
    assert re.search(
        rf"{re.escape(str(path))}: .*restore it from a backup.*\(SQLite: .*malformed", str(caught.value)
    )


def test_a_file_cut_short_is_named(path):
    fill(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(ArchiveBrokenError, match="malformed"), Archive.open(path) as archive:
        list(archive.articles())


def test_a_text_that_is_no_utf8_is_named(path):
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE article SET title = CAST(x'ff' AS TEXT) WHERE id = '7'")
    with Archive.open(path) as archive:
        assert "6" == archive.get("6").id
        with pytest.raises(ArchiveBrokenError, match="restore it from a backup"):
            archive.get("7")
