"""A data folder that is open: archive and index together, in threads and in several processes."""

import json
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress

import pytest
from filelock import FileLock

from index.analysis import FINGERPRINT
from index.archive import Archive, ArchiveMissingError, Change
from index.article import Article
from index.build import IndexFolder
from index.built import IndexMissingError, IndexOutdatedError
from index.engines.contract import EngineError, IndexBrokenError, IndexBusyError, Request
from index.engines.query import Everything, Keyword
from index.library import IndexStatus, Library

REBUILD = "arshif reindex"


def articles(count, *, first=0, source="وكالة"):
    return [
        Article(f"a{number}", f"خبر {number}", "نص الخبر", source=source)
        for number in range(first, first + count)
    ]


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path, create=True) as library:
        yield library


@pytest.fixture
def filled(library):
    library.add(articles(8))
    library.catch_up()
    return library


def found(library, node=None):
    """The ids that a search finds, as often as it finds them."""
    with library.searching() as engine:
        page = engine.search(Request(node or Everything(), limit=10_000))
    assert page.total == len(page.hits)
    return sorted(hit.id for hit in page.hits)


def kept(library):
    return sorted(article.id for article in library.archive.articles())


def files(folder):
    """Every file under a folder: what is in it and when it was last written."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) for path in paths}


def current(library):
    return library.folder / "index" / IndexFolder(library.folder / "index").required().path.name


def alter(path, **values):
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **values}), "utf-8")


# --- opening ----------------------------------------------------------------------------------------------


def test_a_folder_without_an_archive_is_no_library(tmp_path):
    with pytest.raises(ArchiveMissingError, match="arshif add"):
        Library.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_library_that_is_made_is_there_when_opened_again(tmp_path):
    with Library.open(tmp_path / "new" / "data", create=True) as library:
        library.add(articles(2))
        assert 2 == library.catch_up()
    with Library.open(tmp_path / "new" / "data") as library:
        assert ["a0", "a1"] == found(library)


def test_there_is_no_index_yet(library):
    library.add(articles(1))
    with pytest.raises(IndexMissingError, match=REBUILD), library.searching():
        pass


def test_the_first_index_is_found_by_a_library_that_was_open_before(tmp_path, filled):
    other = tmp_path / "other"
    with Library.open(other, create=True) as waiting:
        with pytest.raises(IndexMissingError), waiting.searching():
            pass
        with Library.open(other) as writing:
            writing.add(articles(3))
            writing.catch_up()
        assert ["a0", "a1", "a2"] == found(waiting)


# --- catching up ------------------------------------------------------------------------------------------


def test_what_is_added_is_found_after_catching_up(filled):
    assert [Change.UPDATED, Change.ADDED] == filled.add(articles(2, first=7, source="صحيفة"))
    assert 2 == filled.pending()
    assert kept(filled)[:8] == found(filled)
    assert 2 == filled.catch_up()
    assert 0 == filled.pending()
    assert kept(filled) == found(filled)
    assert ["a7", "a8"] == found(filled, Keyword("source", "صحيفة"))


def test_what_is_removed_is_gone_at_once(filled):
    assert ["a3", "a5"] == filled.remove(["a3", "none", "a5", "a3"])
    assert ["a0", "a1", "a2", "a4", "a6", "a7"] == found(filled)
    assert 0 == filled.pending()


def test_nothing_to_do_writes_nothing(filled):
    before = files(filled.folder / "index")
    assert [Change.UNCHANGED] * 8 == filled.add(articles(8))
    assert 0 == filled.catch_up()
    assert [] == filled.remove(["none"])
    assert before == files(filled.folder / "index")


def test_nothing_to_do_waits_for_nobody(filled):
    def waiting():
        raise AssertionError("it would wait for whoever is writing")

    with FileLock(filled.folder / "index" / "lock"):
        assert 0 == filled.catch_up(waiting=waiting)
        filled.add(articles(1, first=50))
        with pytest.raises(AssertionError, match="it would wait"):
            filled.catch_up(waiting=waiting)


def test_what_another_process_added_to_the_archive_alone_is_pending(filled):
    with Library.open(filled.folder) as other:
        other.add(articles(2, first=20))
    assert 2 == filled.pending()
    assert 2 == filled.catch_up()
    assert kept(filled) == found(filled)


def test_what_another_has_indexed_is_found_without_opening_again(filled):
    assert kept(filled) == found(filled)
    with Library.open(filled.folder) as other:
        other.add(articles(2, first=20))
        other.catch_up()
    assert 10 == len(found(filled))
    assert kept(filled) == found(filled)


@pytest.mark.parametrize("name", ["layout", "fingerprint", "archive"])
def test_an_index_that_was_built_otherwise_is_refused_until_it_is_rebuilt(tmp_path, name):
    with Library.open(tmp_path, create=True) as library:
        library.add(articles(3))
        library.catch_up()
        alter(current(library) / "settings.json", **{name: "otherwise"})
    with Library.open(tmp_path) as library:
        with pytest.raises(IndexOutdatedError, match=REBUILD):
            library.catch_up()
        with pytest.raises(IndexOutdatedError, match=REBUILD), library.searching():
            pass
        with pytest.raises(IndexOutdatedError, match=REBUILD):
            library.remove(["a0"])
        assert ["a1", "a2"] == kept(library)  # what is removed from the archive is not shown by any index
        library.reindex()
        assert ["a1", "a2"] == found(library)


def test_an_archive_that_was_put_back_to_an_older_state_is_noticed(filled, tmp_path):
    backup = tmp_path / "backup"
    with Library.open(backup, create=True) as library:
        library.add(articles(2))
        library.catch_up()
        library.archive.close()
        shutil.copy(backup / "archive.db", tmp_path / "kept.db")
    with Library.open(backup) as library:
        library.add(articles(6, first=100))
        library.catch_up()
    for path in backup.glob("archive.db*"):
        path.unlink()
    shutil.copy(tmp_path / "kept.db", backup / "archive.db")
    with Library.open(backup) as library:
        with pytest.raises(IndexOutdatedError, match=REBUILD):
            library.catch_up()
        assert not library.index_status().up_to_date
        library.reindex()
        assert ["a0", "a1"] == found(library)


def test_an_archive_that_was_put_back_and_added_to_is_noticed(tmp_path):
    with Library.open(tmp_path, create=True) as library:
        library.add(articles(2))
        library.catch_up()
    backup = (tmp_path / "archive.db").read_bytes()
    with Library.open(tmp_path) as library:
        library.add(articles(3, first=10))
        library.catch_up()
    (tmp_path / "archive.db").write_bytes(backup)
    with Library.open(tmp_path) as library:
        try:
            library.add(articles(5, first=20))
            library.catch_up()
        except IndexOutdatedError:
            library.reindex()
        assert kept(library) == found(library)


def test_an_index_folder_that_was_deleted_is_built_again(filled):
    assert 8 == len(found(filled))
    shutil.rmtree(filled.folder / "index")
    with pytest.raises(IndexMissingError, match=REBUILD), filled.searching():
        pass
    assert 8 == filled.pending()
    assert 8 == filled.catch_up()
    assert kept(filled) == found(filled)


def test_an_index_folder_that_was_deleted_and_built_by_another_is_noticed(filled):
    """The new index has the name of the old one, so the name doesn't tell."""
    assert 8 == len(found(filled))
    shutil.rmtree(filled.folder / "index")
    with Library.open(filled.folder) as other:
        other.add(articles(3, first=50))
        other.catch_up()
        assert "whoosh-0001" == current(other).name
    assert 11 == len(found(filled))
    assert kept(filled) == found(filled)


def test_the_folder_of_the_index_alone_was_deleted(filled):
    shutil.rmtree(current(filled))
    with pytest.raises(IndexOutdatedError, match=REBUILD), filled.searching():
        pass
    with pytest.raises(IndexOutdatedError, match=REBUILD):
        filled.catch_up()
    assert 8 == filled.reindex()
    assert kept(filled) == found(filled)


def test_an_engine_that_there_is_not_is_an_error(filled):
    with pytest.raises(EngineError, match="solr"):
        filled.reindex(engine_name="solr")
    assert kept(filled) == found(filled)


def test_an_index_of_an_engine_that_this_version_lacks_is_rebuilt_with_one_it_has(filled):
    alter(current(filled) / "settings.json", engine="solr")
    with Library.open(filled.folder) as library:
        with pytest.raises(IndexOutdatedError, match=REBUILD), library.searching():
            pass
        assert REBUILD in library.index_status().problem
        assert 8 == library.reindex()
        assert kept(library) == found(library)


# --- what is known of the index ---------------------------------------------------------------------------


def test_the_status_of_an_index_that_is_up_to_date(filled):
    status = filled.index_status()
    assert ("whoosh", 0, FINGERPRINT, None, True) == (
        status.engine,
        status.pending,
        status.fingerprint,
        status.problem,
        status.up_to_date,
    )
    assert 8 == status.size.documents
    assert status.size.terms > 0
    assert status.size.bytes > 0


def test_the_status_of_an_index_that_is_behind(filled):
    filled.add(articles(3, first=6))
    status = filled.index_status()
    assert (1, False, 8) == (status.pending, status.up_to_date, status.size.documents)


def test_the_status_without_an_index(library):
    library.add(articles(3))
    status = library.index_status()
    assert (None, 3, None, False) == (status.engine, status.pending, status.size, status.up_to_date)
    assert REBUILD in status.problem


def test_the_status_of_an_index_that_was_built_otherwise(filled):
    alter(current(filled) / "settings.json", fingerprint="other")
    with Library.open(filled.folder) as library:
        status = library.index_status()
    assert ("whoosh", "other", None, False) == (
        status.engine,
        status.fingerprint,
        status.size,
        status.up_to_date,
    )
    assert REBUILD in status.problem


@pytest.mark.parametrize("lost", ["settings.json", "engine", "."])
def test_the_status_of_an_index_that_is_broken(filled, lost):
    path = current(filled) / lost
    path.unlink() if path.is_file() else shutil.rmtree(path)
    with Library.open(filled.folder) as library:
        status = library.index_status()
    assert not status.up_to_date
    assert REBUILD in status.problem


def test_up_to_date_is_to_have_no_problem_and_nothing_pending():
    assert IndexStatus("whoosh", 0).up_to_date
    assert not IndexStatus("whoosh", 1).up_to_date
    assert not IndexStatus("whoosh", 0, problem="broken").up_to_date


# --- an engine in use -------------------------------------------------------------------------------------


def test_searches_share_one_engine(filled):
    with filled.searching() as one, filled.searching() as other:
        assert one is other
    with filled.searching() as later:
        assert one is later


def test_an_engine_in_use_is_not_closed_by_a_swap(filled):
    with filled.searching() as before:
        filled.add(articles(2, first=50))
        filled.reindex()
        with filled.searching() as after:
            assert before is not after
            assert 10 == after.search(Request(Everything())).total
        assert 8 == before.search(Request(Everything())).total
    with pytest.raises(EngineError, match="closed"):
        before.search(Request(Everything()))
    assert 10 == len(found(filled))


def test_an_engine_is_closed_when_its_last_search_is_done(filled):
    with filled.searching() as first:
        with filled.searching() as second:
            assert first is second
            filled.reindex()
            with filled.searching() as third:
                assert third is not first
        assert 8 == first.search(Request(Everything())).total
    with pytest.raises(EngineError, match="closed"):
        first.search(Request(Everything()))


def test_an_engine_in_use_is_not_closed_with_the_library(filled):
    with filled.searching() as engine:
        filled.close()
        assert 8 == engine.search(Request(Everything())).total
    with pytest.raises(EngineError, match="closed"):
        engine.search(Request(Everything()))


def test_a_search_that_fails_lets_go_of_the_engine(filled):
    with pytest.raises(ValueError, match="mine"), filled.searching() as engine:
        raise ValueError("mine")
    filled.reindex()
    assert 8 == len(found(filled))
    with pytest.raises(EngineError, match="closed"):
        engine.search(Request(Everything()))


def test_a_broken_index_that_is_open_already_says_so_and_recovers(filled):
    assert 8 == len(found(filled))
    shutil.rmtree(current(filled) / "engine")
    with pytest.raises(IndexBrokenError, match=REBUILD), filled.searching():
        pass
    filled.reindex()
    assert kept(filled) == found(filled)


# --- at once ----------------------------------------------------------------------------------------------

SEARCHING = """
import sys
from pathlib import Path
from index.engines.contract import Request
from index.engines.query import Everything
from index.library import Library

folder = Path(sys.argv[1])
seen, searches = set(), 0
with Library.open(folder) as library:
    while not (folder / "stop").exists():
        with library.searching() as engine:
            seen.add(engine.search(Request(Everything())).total)
        searches += 1
        if searches == 1:
            print("ready", flush=True)
print(searches, *sorted(seen))
"""
"""Searches until told to stop, then says how many numbers of articles it found."""

ADDING = """
import sys
from pathlib import Path
from index.article import Article
from index.library import Library

folder, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
with Library.open(folder, create=True) as library:
    for batch in range(5):
        own = [Article(f"{name}-{batch}-{place}", "خبر", "نص") for place in range(20)]
        library.add([*own, Article(f"shared-{batch}", name, "نص")])
        library.catch_up()
        library.remove([f"{name}-{batch}-0"])
"""
"""Adds articles of its own, and some that the others add too; removes some."""


def start(program, *arguments):
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_process_and_a_thread_go_on_searching_while_the_index_is_swapped(filled):
    stop, seen = threading.Event(), []

    def search():
        while not stop.is_set():
            seen.append(found(filled))

    with start(SEARCHING, filled.folder) as process, ThreadPoolExecutor(1) as threads:
        assert "ready\n" == process.stdout.readline()
        searching = threads.submit(search)
        try:
            with Library.open(filled.folder) as other:
                for _ in range(10):
                    assert 8 == other.reindex()
        finally:
            stop.set()
            (filled.folder / "stop").touch()
        searching.result()
        searches, *totals = process.stdout.read().split()
    assert 0 == process.returncode
    assert ["8"] == totals
    assert int(searches) > 1
    assert [kept(filled)] == [list(ids) for ids in set(map(tuple, seen))]
    assert "whoosh-0011" == current(filled).name


def swap(library):
    """Put a new index in place, as another process could; nothing happens where the library writes itself."""
    with suppress(IndexBusyError), Archive.open(library.archive.path) as archive:
        IndexFolder(library.folder / "index", lock_timeout=0).rebuild(archive, "whoosh")


@pytest.fixture
def swap_after_look(filled, monkeypatch):
    """Makes another swap the index right after the library's nth look at which one is in use."""
    looks, original = [], IndexFolder.in_use

    def begin(number):
        looks.clear()
        looks.extend(range(1, number + 1))

    def in_use(folder):
        said = original(folder)
        if folder is filled._index and looks:
            looks.pop()
            if not looks:
                swap(filled)
        return said

    monkeypatch.setattr(IndexFolder, "in_use", in_use)
    return begin


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (found, [f"a{number}" for number in range(8)]),
        (lambda library: library.pending(), 0),
        (lambda library: library.catch_up(), 0),
        (lambda library: library.index_status().up_to_date, True),
        (lambda library: len(library.remove(["a0"])), 1),
    ],
    ids=["search", "pending", "catch up", "status", "remove"],
)
def test_a_swap_between_two_looks_is_not_noticed(filled, swap_after_look, ask, answer):
    filled.add([Article("a0", "", "نص")])
    for look in range(1, 12):
        filled.add(articles(1))
        filled.catch_up()
        swap_after_look(look)
        assert answer == ask(filled)
        swap_after_look(0)


def test_a_swap_while_the_index_is_measured_is_not_noticed(filled, monkeypatch):
    swaps, original = [1], filled.searching

    @contextmanager
    def searching():
        with original() as engine:
            if swaps:
                swap(filled)
                swaps.clear()
            yield engine

    monkeypatch.setattr(filled, "searching", searching)
    assert filled.index_status().up_to_date


def test_processes_that_add_at_once_lose_nothing_and_double_nothing(tmp_path):
    names = ["x", "y"]
    with ExitStack() as stack:
        processes = [stack.enter_context(start(ADDING, tmp_path, name)) for name in names]
        assert ["ready\n"] * 2 == [process.stdout.readline() for process in processes]
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.close()
    assert [0, 0] == [process.returncode for process in processes]
    own = {f"{name}-{batch}-{place}" for name in names for batch in range(5) for place in range(1, 20)}
    with Library.open(tmp_path) as library:
        assert sorted(own | {f"shared-{batch}" for batch in range(5)}) == kept(library)
        assert kept(library) == found(library)
        assert library.index_status().up_to_date


def test_threads_may_search_while_others_add_and_rebuild(filled):
    def search():
        return [found(filled)[:8] for _ in range(30)]

    def write():
        for number in range(5):
            filled.add(articles(1, first=100 + number))
            filled.catch_up()
            filled.reindex()

    with ThreadPoolExecutor(4) as threads:
        searches = [threads.submit(search) for _ in range(3)]
        threads.submit(write).result()
        seen = [ids for searching in searches for ids in searching.result()]
    assert kept(filled) == found(filled)
    assert {len(ids) for ids in seen} == {8}
