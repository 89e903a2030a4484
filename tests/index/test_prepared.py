"""Articles that are read by other processes: the same as here, and nothing is left over of them."""

import os
import signal
import subprocess
import sys
import time

import pytest

from index import pieces
from index import prepared as module
from index.archive import Archive, ArchiveError
from index.article import Article
from index.documents import document
from index.engines.contract import EngineError
from index.prepared import prepared

KILLED = """
import os, sys
from pathlib import Path
from index import pieces, prepared
from index.archive import Archive
prepared.MANY = pieces.STRIDE = 1
prepared._cores = lambda: 3
started, start = [], prepared.subprocess.Popen
prepared.subprocess.Popen = lambda *given, **named: started.append(start(*given, **named)) or started[-1]
archive = Archive.open(Path(sys.argv[1]))
found = prepared.prepared(archive, 0, archive.last_seq(), 10)
next(found)
print(*(reader.pid for reader in started), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db", create=True) as opened:
        opened.add([Article(f"{n}", f"عنوان {n}", f"نص المقالة {n} عن القوات.") for n in range(50)])
        opened.remove(["7"])
        opened.add([Article("8", "عنوان آخر", "نص آخر.")])
        yield opened


@pytest.fixture
def many(monkeypatch):
    """So few changes are many, on a machine with so many cores."""

    def are(cores, stride):
        monkeypatch.setattr(module, "MANY", 1)
        monkeypatch.setattr(pieces, "STRIDE", stride)
        monkeypatch.setattr(module, "_cores", lambda: cores)

    return are


@pytest.fixture
def readers(monkeypatch):
    """The processes that were started to read."""
    started, start = [], subprocess.Popen

    def noted(*given, **named):
        started.append(start(*given, **named))
        return started[-1]

    monkeypatch.setattr(module.subprocess, "Popen", noted)
    return started


def changes(prepared, one_by_one):
    """For each article the document that is indexed, None for one that is taken out."""
    found = {}
    for block in prepared:
        found |= dict.fromkeys(block.removed) | {each.id: each for each in one_by_one(block.documents)}
    return found


@pytest.mark.parametrize("cores", [1, 2, 3])
@pytest.mark.parametrize("stride", [1, 7, 1000])
def test_what_others_read_is_the_same(archive, many, one_by_one, cores, stride):
    many(cores, stride)
    found = list(prepared(archive, 3, archive.last_seq(), 50))
    assert found[-1].seq == archive.last_seq()
    articles = {changed.id: changed.article for changed in archive.changes(3)}
    assert changes(found, one_by_one) == {
        id_: article and document(article) for id_, article in articles.items()
    }
    assert sum(map(len, found)) == len(articles)


def test_a_process_that_ends_too_early_is_told_of(archive, many, readers):
    many(3, 1)
    found = prepared(archive, 0, archive.last_seq(), 50)
    next(found)
    assert 2 == len(readers)
    for reader in readers:
        os.kill(reader.pid, signal.SIGKILL)
    with pytest.raises(EngineError, match=r"ended with -9 .*Nothing is lost"):
        list(found)
    assert all(reader.poll() is not None for reader in readers)


def test_what_is_not_read_out_ends_its_processes(archive, many, readers):
    many(3, 1)
    found = prepared(archive, 0, archive.last_seq(), 50)
    next(found)
    assert 2 == len(readers)
    assert all(reader.poll() is None for reader in readers)
    found.close()
    assert all(reader.poll() is not None for reader in readers)


def test_a_folder_named_as_the_package_is_not_taken_for_it(archive, many, tmp_path, monkeypatch):
    many(2, 1000)
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "__init__.py").write_text("raise SystemExit('this is not Arshif')")
    monkeypatch.chdir(tmp_path)
    found = list(prepared(archive, 0, archive.last_seq(), 50))
    assert 49 == sum(len(block.documents.ids) for block in found)


def test_an_error_is_raised_where_it_was_asked(archive, many, tmp_path):
    many(2, 1000)
    (tmp_path / "archive.db").rename(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError, match="no archive"):
        list(prepared(archive, 0, 60, 50))


def test_nothing_is_left_over_of_a_process_that_was_killed(archive):
    command = [sys.executable, "-c", KILLED, str(archive.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        readers = [int(pid) for pid in process.stdout.readline().split()]
        assert 2 == len(readers)
        process.kill()
        process.wait()
    deadline = time.monotonic() + 30
    while any(map(is_running, readers)):
        assert time.monotonic() < deadline, "a process that reads goes on after its end"
        time.sleep(0.05)


def is_running(pid):
    """Whether there is a process that is not only waiting to be buried."""
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123 - Linux's own
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_others_analyse_more_while_their_answers_lie_ready_and_less_while_they_are_waited_for(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(module.time, "perf_counter", lambda: now[0])
    share, shares = module._Share(), []
    for worked, waited in [(1, 0.01)] * 5 + [(1, 0.5)] * 10:
        now[0] += worked
        with share.waiting():
            now[0] += waited
        shares.append(share.others)
    assert [0.625, 0.75, 0.875, 1, 1, 0.875] == shares[:6]
    assert 0 == shares[-1]
