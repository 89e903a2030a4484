"""What becomes of an index of Whoosh when files are spoiled, writers die, and the disk is full."""

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from datetime import date
from stat import S_ISDIR
from warnings import catch_warnings, simplefilter

import pytest
import whoosh.fields
import whoosh.index
from engine_samples import NEWS, WAR, document, files, fill, found, put, take_out
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engines.contract import EngineError, IndexBrokenError, IndexBusyError, Request, Sort
from index.engines.query import DateRange, Everything, Near, Or, Phrase
from index.engines.whoosh import batch as whoosh_batch
from index.engines.whoosh import runs as whoosh_runs
from index.engines.whoosh import toc as whoosh_toc
from index.engines.whoosh.engine import WhooshEngine

WRITER = """
import sys
from pathlib import Path
from index.engines import open_engine
from index.engines.whoosh import batch as whoosh_batch
from index.engines.contract import Document, TextField
write = whoosh_batch.write_segment
def write_and_wait(*given):
    segment = write(*given)
    print("writing", flush=True)
    sys.stdin.read()
    return segment
whoosh_batch.write_segment = write_and_wait
with open_engine("whoosh", Path(sys.argv[1])).batch() as batch:
    batch.add(Document("6", {TextField.BODY: ["حرب"]}, {}))
"""


@pytest.fixture
def engine(whoosh_engine):
    return whoosh_engine


# Spoiled files


def deleted(path):
    path.unlink()


def emptied(path):
    put(path, b"")


def cut(path):
    put(path, path.read_bytes()[: path.stat().st_size // 2])


def overwritten(path):
    put(path, b"\xff" * path.stat().st_size)


def shifted(path):
    put(path, b"\0" + path.read_bytes())


@pytest.mark.parametrize("pattern", ["*.toc", "*.seg"])
@pytest.mark.parametrize("spoil", [deleted, emptied, cut, overwritten, shifted])
def test_a_spoiled_file_is_an_error_that_says_what_to_do(engine, folder, pattern, spoil):
    engine.close()
    (path,) = folder.glob(pattern)
    spoil(path)
    with pytest.raises(IndexBrokenError, match="arshif reindex"):
        WhooshEngine(folder)


def test_a_folder_that_is_a_file_is_no_index(tmp_path):
    path = tmp_path / "index"
    put(path, b"")
    with pytest.raises(IndexBrokenError, match="arshif reindex"):
        WhooshEngine(path)
    with pytest.raises(EngineError, match="exists"):
        WhooshEngine(path, create=True)


def test_an_index_of_other_fields_is_an_error_that_says_what_to_do(folder):
    folder.mkdir()
    whoosh.index.create_in(folder, whoosh.fields.Schema(id=whoosh.fields.ID))
    with pytest.raises(IndexBrokenError, match=r"other fields.*arshif reindex"):
        WhooshEngine(folder)


def test_postings_that_are_spoiled_are_an_error_when_they_are_read(engine, folder):
    engine.close()
    (path,) = folder.glob("*.seg")
    put(path, path.read_bytes().replace(b"W3Bl", b"W3XX"))
    engine = WhooshEngine(folder)
    with pytest.raises(IndexBrokenError, match=r"posting list.*arshif reindex"):
        engine.search(Request(WAR))
    with pytest.raises(IndexBrokenError, match="arshif reindex"), engine.batch() as batch:
        batch.add(NEWS[0])
    engine.close()


def test_places_that_are_spoiled_are_an_error_when_they_are_read(engine, folder):
    engine.close()
    (path,) = folder.glob("*.seg")
    put(path, path.read_bytes().replace(b"\0\0\1(K", b"\0\0\1\xff\xff"))
    engine = WhooshEngine(folder)
    assert {"1", "4", "5"} == found(engine, WAR)
    with pytest.raises(IndexBrokenError, match="arshif reindex"):
        engine.search(Request(Near(("نفط",), ("حرب",), (("body", 1.0),), 1)))
    engine.close()


def test_a_segment_that_says_it_has_more_documents_than_bytes_is_an_error(engine, folder, monkeypatch):
    engine.close()
    monkeypatch.setattr(whoosh_toc.Segment, "doc_count_all", lambda _: 10**12)
    with pytest.raises(IndexBrokenError, match=r"documents.*arshif reindex"):
        WhooshEngine(folder)


def test_an_index_that_is_spoiled_while_it_is_open_is_searched_as_it_was(engine, folder):
    for path in folder.glob("*.toc"):
        path.unlink()
    with pytest.raises(IndexBrokenError, match="arshif reindex"):
        engine.refresh()
    assert {"1", "4", "5"} == found(engine, WAR)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """An index to spoil copies of."""
    folder = tmp_path_factory.mktemp("sound") / "index"
    engine = WhooshEngine(folder, create=True)
    fill(engine, *NEWS)
    engine.close()
    return folder


@settings(max_examples=100, deadline=None)
@given(
    pattern=st.sampled_from(["*.toc", "*.seg"]),
    places=st.sets(st.integers(0, 10**5)),
    value=st.integers(0, 255),
)
def test_however_bytes_are_spoiled_there_is_an_answer_or_an_engine_error(sound, pattern, places, value):
    near = Near(("نفط",), ("حرب",), (("title", 2.0), ("body", 1.0)), 2, 2)
    folder = sound.with_name("spoiled")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(sound, folder)
    (path,) = folder.glob(pattern)
    raw = bytearray(path.read_bytes())
    for place in places:
        raw[place % len(raw)] = value
    put(path, raw)
    with suppress(EngineError), catch_warnings():
        simplefilter("ignore")  # a spoiled pattern may still be one, and be warned of
        engine = WhooshEngine(folder)
        for node in (WAR, Phrase("body", ("نفط", "حرب"), (0, 1)), near, DateRange(None, date(2019, 1, 1))):
            engine.search(Request(Or((Everything(), node)), facets=("source", "month"), sort=Sort.OLDEST))
        take_out(engine, "1", "2", "3")  # the rest is written anew
        found(engine, near)
        engine.close()


# Other writers


@contextmanager
def another_process(folder):
    """A process in the midst of a batch."""
    command = [sys.executable, "-W", "ignore", "-c", WRITER, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert b"writing\n" == process.stdout.readline()
            yield process
        finally:
            process.kill()


def test_a_batch_says_so_when_another_process_keeps_writing(engine, folder):
    impatient = WhooshEngine(folder, patience=0.2)
    with another_process(folder):
        with pytest.raises(IndexBusyError, match=r"0\.2 seconds"), impatient.batch():
            pass
        other = WhooshEngine(folder, create=True, patience=0)
        assert {"1", "4", "5"} == found(impatient, WAR) == found(other, WAR)
        other.close()
    fill(impatient, document("7", "حرب"))
    assert {"1", "4", "5", "7"} == found(impatient, WAR)
    impatient.close()


def test_a_batch_waits_until_another_process_is_done(engine, folder):
    with another_process(folder) as process:
        process.stdin.close()
        fill(engine, document("7", "حرب"))
    assert {"1", "4", "5", "6", "7"} == found(engine, WAR)


def test_a_process_that_is_killed_spoils_nothing(engine, folder):
    with another_process(folder) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert 2 == len(files(folder, "*.seg"))
    fill(engine, document("7", "حرب"))
    assert {"1", "4", "5", "7"} == found(engine, WAR)
    left = {*files(folder, "MAIN_*.seg"), *files(folder, "_MAIN_*.toc"), "MAIN_WRITELOCK"}
    assert left == set(files(folder))
    assert 3 + 1 == len(left)


# Batches that can't be written


@contextmanager
def no_file_longer_than(length):
    """The system refuses to let any file grow longer than this, in bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("length", [0, 100, 300, 1_000, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000])
def test_a_batch_that_can_not_be_written_is_cancelled_whole(engine, folder, length):
    before = files(folder)
    more = [document(f"x{n}", f"حرب كلمة{n} نفط", "2019-01-01", source="قنا") for n in range(30)]
    with no_file_longer_than(length), pytest.raises(EngineError, match=r"can't be written.*File too large"):
        fill(engine, *more, document("1", "سلم"))
    assert before == files(folder)
    engine.refresh()
    assert {"1", "4", "5"} == found(engine, WAR)
    fill(engine, *more)
    assert 33 == len(found(engine, WAR))


def refuse(*_, **__):
    raise OSError(errno.EIO, "Input/output error")


def test_a_table_of_contents_that_gets_no_name_is_no_commit(engine, folder, monkeypatch):
    before = files(folder)
    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(EngineError, match="Input/output error"):
        fill(engine, document("6", "حرب"))
    monkeypatch.undo()
    assert before == files(folder)
    fill(engine, document("7", "حرب"))
    assert {"1", "4", "5", "7"} == found(engine, WAR)


def test_a_fault_after_the_commit_does_not_take_it_back(engine, monkeypatch):
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: refuse() if S_ISDIR(os.fstat(file).st_mode) else sync(file))
    with pytest.raises(EngineError, match="Input/output error"):
        fill(engine, document("6", "حرب"))
    monkeypatch.undo()
    engine.refresh()
    assert {"1", "4", "5", "6"} == found(engine, WAR)
    fill(engine, document("7", "حرب"))
    assert {"1", "4", "5", "6", "7"} == found(engine, WAR)


def test_a_batch_of_which_a_part_can_not_be_written_is_not_committed(engine, folder, monkeypatch):
    before = files(folder)
    monkeypatch.setattr(whoosh_batch, "_WAITING", 1)
    with pytest.raises(EngineError, match="cancelled"), engine.batch() as batch:  # noqa: PT012 - two faults
        batch.add(document("6", "حرب نفط"))
        with monkeypatch.context() as patch:
            patch.setattr(whoosh_runs, "TemporaryFile", refuse)
            with pytest.raises(EngineError, match="Input/output error"):
                batch.add(document("7", "حرب نفط"))
        batch.add(document("8", "حرب نفط"))
    assert before == files(folder)
    engine.refresh()
    assert {"1", "4", "5"} == found(engine, WAR)


def test_a_segment_that_is_spoiled_is_not_merged(engine, folder):
    engine.close()
    (path,) = folder.glob("*.seg")
    put(path, path.read_bytes().replace(b"\0\0\1(K", b"\0\0\1\xff\xff"))
    engine, before = WhooshEngine(folder), files(folder)
    with pytest.raises(IndexBrokenError, match="arshif reindex"):
        take_out(engine, "1", "2", "3")
    assert before == files(folder)
    engine.close()
