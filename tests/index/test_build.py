"""Archive to index: catching up, refusing what was built otherwise, building beside and swapping."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from index import built as module
from index import pieces
from index.archive import Archive
from index.article import Article
from index.build import IndexFolder
from index.built import IndexMissingError, IndexOutdatedError
from index.documents import document
from index.engines.contract import (
    GAP,
    EngineError,
    IndexBrokenError,
    IndexBusyError,
    KeywordField,
    Request,
    TextField,
)
from index.engines.query import Everything, Term

REBUILD = "arshif reindex"


def articles(count, *, word="سلام", first=0):
    return [Article(f"a{number}", f"خبر {number}", f"نص {word}") for number in range(first, first + count)]


@pytest.fixture(autouse=True)
def one_by_one(monkeypatch):
    """Changes are read one by one, so that what is told and killed between them is."""
    monkeypatch.setattr(pieces, "STRIDE", 1)


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db", create=True) as archive:
        archive.add(articles(8))
        yield archive


@pytest.fixture
def folder(tmp_path):
    return IndexFolder(tmp_path / "index", lock_timeout=0.05)


@pytest.fixture
def built(folder, archive):
    folder.rebuild(archive, "whoosh")
    return folder


def ids(folder, archive, node=None):
    """The ids that an index finds, as often as it finds them."""
    with closing(folder.required().open(archive)) as engine:
        page = engine.search(Request(node or Everything(), limit=1000))
    assert page.total == len(page.hits)
    return sorted(hit.id for hit in page.hits)


def name(folder):
    """The name of the index in use."""
    return folder.required().path.name


def having(word):
    return Term(TextField.BODY_EXACT, word)


def kept(archive):
    return sorted(article.id for article in archive.articles())


def files(folder):
    """Every file under a folder: what is in it and when it was last written."""
    found = (path for path in folder.path.rglob("*") if path.is_file())
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) for path in found}


def indexes(folder):
    return sorted(path.name for path in folder.path.iterdir() if path.is_dir())


def alter(path, **values):
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **values}), "utf-8")


# --- what is indexed of an article ------------------------------------------------------------------------


def test_a_document_has_forms_and_stems_side_by_side():
    made = document(Article("7", "قُوّاتٌ في دمشق", "ذهب إلى المدرسة"))
    assert "7" == made.id
    assert ["قوات", "في", "دمشق"] == list(made.terms[TextField.TITLE_EXACT])
    assert ["قوه", GAP, "دمشق"] == list(made.terms[TextField.TITLE])
    assert ["ذهب", "الي", "المدرسه"] == list(made.terms[TextField.BODY_EXACT])
    assert ["ذهب", GAP, "مدرسه"] == list(made.terms[TextField.BODY])


def test_a_document_has_names_as_terms_and_whole():
    made = document(
        Article(
            "7",
            "خبر",
            "نص",
            source="وكالة إلى الأمام",
            author="سلمى",
            category="رياضة",
            published="2019-02-17",
        )
    )
    # Nothing is dropped from a name, or one that is made of stop words could not be found.
    assert ["وكاله", "الي", "امام"] == list(made.terms[TextField.SOURCE])
    assert ["سلمي"] == list(made.terms[TextField.AUTHOR])
    assert {
        KeywordField.SOURCE: "وكالة إلى الأمام",
        KeywordField.AUTHOR: "سلمى",
        KeywordField.CATEGORY: "رياضة",
    } == made.keywords
    assert "2019-02-17" == made.published


def test_a_document_leaves_out_what_an_article_lacks():
    made = document(Article("7", "", "نص", source="", author="؟"))
    assert {TextField.BODY, TextField.BODY_EXACT, TextField.LEAD} == set(made.terms)
    assert {KeywordField.AUTHOR: "؟"} == made.keywords
    assert made.published is None


# --- catching up ------------------------------------------------------------------------------------------


def test_catching_up_takes_in_what_was_added_updated_and_removed(built, archive):
    archive.add([*articles(2, word="حرب"), *articles(3, word="حرب", first=100)])
    archive.remove(["a7", "a102"])
    assert 6 == built.catch_up(archive)  # a0 a1 updated, a100 a101 added, a7 a102 removed
    assert kept(archive) == ids(built, archive)
    assert ["a0", "a1", "a100", "a101"] == ids(built, archive, having("حرب"))
    assert ["a2", "a3", "a4", "a5", "a6"] == ids(built, archive, having("سلام"))
    assert archive.last_seq() == built.required().position()


def test_catching_up_takes_an_article_that_was_removed_and_added_again(built, archive):
    archive.remove(["a3"])
    built.catch_up(archive)
    archive.add([Article("a3", "عاد", "نص حرب")])
    assert 1 == built.catch_up(archive)
    assert ["a3"] == ids(built, archive, having("حرب"))
    assert kept(archive) == ids(built, archive)


def test_catching_up_with_nothing_changes_no_file_of_the_index(built, archive):
    before = files(built)
    assert 0 == built.catch_up(archive)
    after = files(built)
    lock = built.path / "lock"
    assert before.keys() - {lock} == after.keys() - {lock}
    assert [] == [path for path in before if path != lock and before[path] != after[path]]


@pytest.mark.parametrize("position", [0, 3, 7])
def test_changes_are_indexed_once_more_when_the_position_was_not_written(built, archive, position):
    """A process may be killed after the engine's commit and before the position stands."""
    place = built.path / name(built) / "position.json"
    archive.add(articles(4, word="حرب", first=6))
    archive.remove(["a0"])
    built.catch_up(archive)
    alter(place, seq=position)
    assert archive.count_changes(position) == built.catch_up(archive)
    assert kept(archive) == ids(built, archive)
    assert ["a6", "a7", "a8", "a9"] == ids(built, archive, having("حرب"))
    assert archive.last_seq() == built.required().position()


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[]", b"\xff\x00", b'{"seq": "x"}', b'{"seq": null}'])
def test_a_position_that_cant_be_read_is_the_beginning(built, archive, content):
    place = built.path / name(built) / "position.json"
    place.unlink() if content is None else place.write_bytes(content)
    assert 0 == built.required().position()
    assert 8 == built.catch_up(archive)
    assert kept(archive) == ids(built, archive)
    assert archive.last_seq() == built.required().position()


@pytest.mark.parametrize("name", ["settings.json", "position.json", "current"])
def test_a_small_file_that_cannot_be_written_leaves_the_old_index(built, archive, monkeypatch, name):
    before = built.in_use()
    fsync = os.fsync

    def full(file):
        if Path(f"/proc/self/fd/{file}").readlink().name == f"{name}.new":
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(file)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EngineError, match="No space left on device"):
        built.rebuild(archive, "whoosh")
    assert before == built.in_use()
    monkeypatch.setattr(os, "fsync", fsync)
    assert 8 == built.rebuild(archive, "whoosh")


def test_each_batch_that_was_committed_stays_when_a_later_one_fails(built, archive, monkeypatch):
    monkeypatch.setattr(module, "COMMIT_EVERY", 5)
    start = archive.last_seq()
    archive.add(articles(12, word="حرب", first=100))

    def fail(done, total):
        assert 12 == total
        if done == 8:
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="the power went"):
        built.catch_up(archive, fail)
    assert start + 5 == built.required().position()
    assert 8 + 5 == len(ids(built, archive))
    assert 7 == built.catch_up(archive)
    assert kept(archive) == ids(built, archive)


@pytest.mark.parametrize("stride", [1, 2, 400])
def test_progress_tells_of_every_change(built, archive, monkeypatch, stride):
    monkeypatch.setattr(pieces, "STRIDE", stride)
    archive.remove(["a0"])
    archive.add(articles(2, first=100))
    told = []
    built.catch_up(archive, lambda *numbers: told.append(numbers))
    assert [(done, 3) for done in {1: (1, 2, 3), 2: (2, 3), 400: (3,)}[stride]] == told


def test_a_rebuild_says_how_many_articles_it_indexed(folder, archive):
    archive.remove(["a0", "a1"])
    told = []
    assert 6 == folder.rebuild(archive, "whoosh", lambda *numbers: told.append(numbers))
    assert [(done, 6) for done in range(1, 7)] == told
    assert archive.last_seq() == folder.required().position()
    assert 0 == folder.catch_up(archive)


def test_an_archive_from_which_everything_was_removed_is_an_empty_index(folder, archive):
    archive.remove(kept(archive))
    assert 0 == folder.rebuild(archive, "whoosh")
    assert archive.last_seq() == folder.required().position()
    assert [] == ids(folder, archive)


def test_an_article_that_changes_while_it_is_read_is_not_lost(folder, archive):
    """The changes are streamed without a transaction, so others write between."""

    def write(done, total):
        if done == 1:
            archive.add([Article("a7", "آخر", "نص حرب"), Article("new", "جديد", "نص حرب")])
            archive.remove(["a6"])

    folder.rebuild(archive, "whoosh", write)
    folder.catch_up(archive)
    assert kept(archive) == ids(folder, archive)
    assert ["a7", "new"] == ids(folder, archive, having("حرب"))


def test_catching_up_builds_an_index_where_there_is_none(folder, archive):
    assert 8 == folder.catch_up(archive)
    assert "whoosh-0001" == name(folder)
    assert kept(archive) == ids(folder, archive)


# --- what is refused --------------------------------------------------------------------------------------


def check(folder, archive):
    folder.required().check(archive)


def reopen(folder, archive):
    folder.required().open(archive)


def refuses(folder, archive, reason):
    """Whatever needs the index is refused with a message that says why and what to do; a rebuild is not."""
    for attempt in (partial(check, folder), partial(reopen, folder), folder.catch_up):
        with pytest.raises(IndexOutdatedError, match=reason) as caught:
            attempt(archive)
        assert REBUILD in str(caught.value)
    assert len(archive) == folder.rebuild(archive, "whoosh")
    assert kept(archive) == ids(folder, archive)


@pytest.mark.parametrize(
    ("altered", "reason"),
    [
        ({"layout": module.LAYOUT + 1}, "another layout"),
        ({"fingerprint": "0123456789abcdef"}, "other rules of analysis"),
        ({"archive": "0" * 32}, "another archive"),
    ],
)
def test_an_index_that_was_built_otherwise_is_refused(built, archive, altered, reason):
    alter(built.path / name(built) / "settings.json", **altered)
    refuses(built, archive, reason)


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"[1, 2]", b"null", b"\xff\xfe", b'{"engine": "whoosh"}']
)
def test_settings_that_cant_be_read_are_refused(built, archive, content):
    place = built.path / name(built) / "settings.json"
    place.unlink() if content is None else place.write_bytes(content)
    refuses(built, archive, "can't be read")


def test_settings_of_a_later_version_are_refused(built, archive):
    alter(built.path / name(built) / "settings.json", language="ar")
    refuses(built, archive, "can't be read")


def test_the_index_of_another_archive_is_refused(built, tmp_path):
    with Archive.open(tmp_path / "other.db", create=True) as other:
        other.add(articles(20))
        refuses(built, other, "another archive")


def test_an_archive_that_was_put_back_to_an_older_state_is_noticed(folder, archive, tmp_path):
    backup = tmp_path / "backup"
    backup.mkdir()
    archive.close()
    shutil.copy(archive.path, backup / "archive.db")
    with Archive.open(archive.path) as newer:
        newer.add(articles(3, first=50))
        folder.rebuild(newer, "whoosh")
    with Archive.open(backup / "archive.db") as older:
        refuses(folder, older, "another archive")


def test_there_is_no_index_yet(folder, archive):
    assert folder.in_use() is None
    for attempt in (partial(check, folder), partial(reopen, folder)):
        with pytest.raises(IndexMissingError, match=REBUILD):
            attempt(archive)


def test_an_index_without_the_engines_files_is_refused(built, archive):
    shutil.rmtree(built.path / name(built) / "engine")
    with pytest.raises(IndexBrokenError, match=REBUILD):
        built.required().open(archive)
    with pytest.raises(IndexBrokenError, match=REBUILD):
        built.catch_up(archive)
    assert 8 == built.rebuild(archive, "whoosh")
    assert kept(archive) == ids(built, archive)


@pytest.mark.parametrize("content", ["", "\n"])
def test_an_empty_name_of_the_index_in_use_is_none(built, archive, content):
    (built.path / "current").write_text(content)
    with pytest.raises(IndexMissingError, match=REBUILD):
        built.required().open(archive)
    built.rebuild(archive, "whoosh")
    assert kept(archive) == ids(built, archive)


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"\xff"), lambda path: path.mkdir()])
def test_a_name_of_the_index_in_use_that_cant_be_read_is_refused(built, archive, spoil):
    (built.path / "current").unlink()
    spoil(built.path / "current")
    with pytest.raises(IndexOutdatedError, match=REBUILD) as caught:
        built.catch_up(archive)
    assert str(built.path / "current") in str(caught.value)


def test_a_folder_that_cant_be_made_is_an_error_that_says_so(folder, archive):
    folder.path.write_text("no folder")
    with pytest.raises(EngineError, match="can't be written") as caught:
        folder.catch_up(archive)
    assert str(folder.path) in str(caught.value)


# --- building beside and swapping -------------------------------------------------------------------------


def test_a_rebuild_of_an_empty_archive_is_an_empty_index(folder, tmp_path):
    with Archive.open(tmp_path / "empty.db", create=True) as empty:
        assert 0 == folder.rebuild(empty, "whoosh")
        assert [] == ids(folder, empty)
        assert 0 == folder.catch_up(empty)
        empty.add(articles(2))
        assert 2 == folder.catch_up(empty)
        assert ["a0", "a1"] == ids(folder, empty)


def test_the_index_in_use_answers_until_the_next_one_is_whole(built, archive):
    archive.add(articles(4, first=100))
    seen = []

    def look(done, total):
        seen.append((name(built), len(ids(built, archive))))

    built.rebuild(archive, "whoosh", look)
    assert [("whoosh-0001", 8)] * 12 == seen
    assert ("whoosh-0002", 12) == (name(built), len(ids(built, archive)))
    assert ["whoosh-0002"] == indexes(built)


def test_an_engine_that_is_open_survives_the_swap(built, archive):
    with closing(built.required().open(archive)) as engine:
        archive.add(articles(4, first=100))
        built.rebuild(archive, "whoosh")
        assert 8 == engine.search(Request(Everything())).total
        assert 8 == engine.search(Request(having("سلام"))).total


def test_a_rebuild_that_fails_leaves_the_index_in_use(built, archive):
    def fail(done, total):
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="the power went"):
        built.rebuild(archive, "whoosh", fail)
    assert "whoosh-0001" == name(built)
    assert kept(archive) == ids(built, archive)
    assert 8 == built.rebuild(archive, "whoosh")
    assert kept(archive) == ids(built, archive)
    assert [name(built)] == indexes(built)


def test_a_rebuild_with_an_engine_that_there_is_not_leaves_the_index_in_use(built, archive):
    with pytest.raises(EngineError, match="solr"):
        built.rebuild(archive, "solr")
    assert "whoosh-0001" == name(built)
    assert kept(archive) == ids(built, archive)


def test_an_engine_that_there_is_not_leaves_no_folder(built, archive):
    with pytest.raises(EngineError, match="solr"):
        built.rebuild(archive, "solr")
    built.rebuild(archive, "whoosh")
    assert [name(built)] == indexes(built)


KILLED = """
import os, signal, sys
from pathlib import Path
from index import pieces
from index.archive import Archive
from index.build import IndexFolder

pieces.STRIDE = 1

def die(done, total):
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

data = Path(sys.argv[1])
with Archive.open(data / "archive.db") as archive:
    IndexFolder(data / "index").rebuild(archive, "whoosh", die)
"""


def test_what_killed_rebuilds_leave_is_swept_by_the_next(built, archive, tmp_path):
    for done in (1, 5, 8):
        killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(done)], check=False)
        assert -9 == killed.returncode
        assert 2 == len(indexes(built))
        assert "whoosh-0001" == name(built)
        assert kept(archive) == ids(built, archive)
    built.rebuild(archive, "whoosh")
    assert [name(built)] == indexes(built)
    assert kept(archive) == ids(built, archive)


def test_half_a_folder_and_half_a_file_are_no_obstacle(built, archive):
    """What a process killed at other moments leaves: no settings yet, a file that was not put in place."""
    (built.path / "whoosh-0002").mkdir()
    (built.path / "whoosh-0007" / "engine").mkdir(parents=True)
    (built.path / "current.new").write_text("whoosh-00")
    (built.path / name(built) / "position.json.new").write_text('{"se')
    archive.add(articles(1, first=100))
    assert 1 == built.catch_up(archive)
    assert kept(archive) == ids(built, archive)
    assert 9 == built.rebuild(archive, "whoosh")
    assert [name(built)] == indexes(built)
    assert kept(archive) == ids(built, archive)


@pytest.mark.parametrize("name", ["notes-2019", "2019", "copy-²"])
def test_a_folder_that_is_no_index_stays(built, archive, name):
    (built.path / name).mkdir()
    (built.path / name / "mine.txt").write_text("mine")
    built.rebuild(archive, "whoosh")
    assert "mine" == (built.path / name / "mine.txt").read_text()


# --- one writer at a time ---------------------------------------------------------------------------------


@contextmanager
def writing(path):
    """Another process that holds the lock."""
    hold = "import sys; from filelock import FileLock\nwith FileLock(sys.argv[1]): print(flush=True); input()"
    command = [sys.executable, "-c", hold, str(path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        yield
        process.stdin.write("\n")
        process.stdin.close()


def test_another_writer_for_too_long_is_an_error_that_says_so(built, archive):
    archive.add(articles(1, first=100))
    with writing(built.path):
        for attempt in (built.catch_up, lambda archive: built.rebuild(archive, "whoosh")):
            with pytest.raises(IndexBusyError, match="another process"):
                attempt(archive)
        assert 8 == len(ids(built, archive))  # who only reads does not wait
    assert 1 == built.catch_up(archive)
    assert ["whoosh-0001"] == indexes(built)


def test_who_has_to_wait_is_told_once(built, archive):
    told = []
    built.rebuild(archive, "whoosh", waiting=lambda: told.append("free"))
    assert [] == told
    archive.add(articles(1, first=100))
    with writing(built.path), pytest.raises(IndexBusyError):
        built.catch_up(archive, waiting=lambda: told.append("held"))
    assert ["held"] == told


def test_the_lock_of_a_killed_process_is_free(built, archive, tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), "1"], check=False)
    assert Path(built.path / "lock").exists()
    archive.add(articles(1, first=100))
    assert 1 == built.catch_up(archive)


WAITING = """
import sys
from pathlib import Path
from index.archive import Archive
from index.build import IndexFolder

data = Path(sys.argv[1])
with Archive.open(data / "archive.db") as archive:
    print(flush=True)
    print(IndexFolder(data / "index").catch_up(archive))
"""


def test_an_index_that_is_put_in_place_while_another_waits_is_caught_up_with(built, archive, tmp_path):
    """A catch-up that waited for a rebuild goes on with the new index, not with the one it saw before."""
    processes = []

    def start(done, total):
        if done == 1:
            command = [sys.executable, "-c", WAITING, str(tmp_path)]
            processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            processes[0].stdout.readline()
            archive.add(articles(2, first=100))
            time.sleep(0.2)  # so that it stands before the lock, most of the time

    built.rebuild(archive, "whoosh", start)
    with processes[0] as process:
        assert "2\n" == process.stdout.read()
    assert "whoosh-0002" == name(built)
    assert kept(archive) == ids(built, archive)
