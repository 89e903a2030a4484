"""What is Whoosh's alone: what stands on the disk, and how it gets there."""

import os
import pickle
import sys
from io import BytesIO
from pathlib import Path

import pytest
import whoosh.index
import whoosh.query
from engine_samples import NEWS, OIL, WAR, document, files, fill, found, take_out
from whoosh.filedb.structfile import StructFile
from whoosh.util.numeric import length_to_byte

from index.engines.contract import Request
from index.engines.query import Everything, Or, Phrase, Term
from index.engines.scoring.leaf import LENGTHS
from index.engines.whoosh import batch as whoosh_batch
from index.engines.whoosh import snapshot
from index.engines.whoosh.engine import WhooshEngine
from index.engines.whoosh.storage import Storage

on_linux = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="Linux lists open files in /proc")


@pytest.fixture
def engine(whoosh_engine):
    return whoosh_engine


def pickles(folder):
    """The two pickles in a table of contents: the fields, and the segments."""
    (path,) = folder.glob("*.toc")
    with StructFile(path.open("rb")) as file:
        sizes = [file.read_varint() for _ in range(3)]
        assert [4, 8, 4] == sizes
        assert -12345 == file.read_int()
        file.read_int()
        assert [2, 7, 4] == [file.read_varint() for _ in range(3)]
        fields = file.read_string()
        file.seek(8, os.SEEK_CUR)
        return fields, file.read()


class Names(pickle.Unpickler):
    """Notes every module that a pickle names."""

    def __init__(self, data):
        super().__init__(BytesIO(data))
        self.modules = set()

    def find_class(self, module, name):
        self.modules.add(module)
        return super().find_class(module, name)


def test_the_pickles_of_an_index_name_no_module_of_ours(engine, folder):
    fill(engine, document("1", "سلم"), document("6", "سلم"))
    modules = set()
    for data in pickles(folder):
        names = Names(data)
        names.load()
        modules |= names.modules
    assert {"whoosh.fields", "whoosh.codec.whoosh3"} <= modules
    others = {module for module in modules if not module.startswith("whoosh.")}
    assert others <= sys.stdlib_module_names | {"__builtin__"}  # as Python 2 called `builtins`
    assert not [path for path in folder.iterdir() if b"index.engines" in path.read_bytes()]


def test_stock_whoosh_finds_the_same_documents(engine, folder):
    war, oil = whoosh.query.Term("body", "حرب"), whoosh.query.Term("body", "نفط")
    questions = {
        WAR: war,
        Or((WAR, OIL)): whoosh.query.Or([war, oil]),
        Phrase("body", ("نفط", "حرب"), (0, 1)): whoosh.query.Phrase("body", ["نفط", "حرب"]),
        Phrase("body", ("حرب", "مطر"), (0, 1)): whoosh.query.Phrase("body", ["حرب", "مطر"]),
        Everything(): whoosh.query.Every(),
    }
    fill(engine, document("6", "حرب نفط"), document("1", "مطر"))
    take_out(engine, "5")
    with whoosh.index.open_dir(folder).searcher() as searcher:
        for node, question in questions.items():
            assert found(engine, node) == {hit["id"] for hit in searcher.search(question, limit=None)}
        (second,) = searcher.search(whoosh.query.Term("id", "2"))
        assert NEWS[1].keywords["source"] == second["source"]


def test_stock_whoosh_merges_what_was_written_here(engine, folder):
    before = {node: engine.search(Request(node)) for node in (WAR, Or((WAR, OIL)), Everything())}
    fill(engine, document("6", "حرب"))
    take_out(engine, "6")
    whoosh.index.open_dir(folder).optimize()
    engine.refresh()
    assert 1 == len(files(folder, "*.seg"))
    assert before == {node: engine.search(Request(node)) for node in before}


def test_lengths_are_exact_for_short_fields_and_near_for_long_ones():
    assert tuple(range(11)) == LENGTHS[:11]
    assert all(length <= LENGTHS[length_to_byte(length)] <= 1.1 * length for length in range(1, 5000))


# Segments


def test_many_small_batches_leave_few_segments(folder):
    engine = WhooshEngine(folder, create=True)
    for number in range(60):
        fill(engine, document(f"{number}", f"حرب كلمة{number}", source=f"مصدر{number % 3}"))
        assert len(files(folder, "*.seg")) <= 9 + 9
    assert 60 == len(found(engine, WAR))
    assert {"59"} == found(engine, Term("body", "كلمة59"))
    page = engine.search(Request(WAR, facets=("source",)))
    assert {"source": (("مصدر0", 20), ("مصدر1", 20), ("مصدر2", 20))} == page.facets
    engine.close()


def counts(folder):
    """How many documents stand on the disk, and how many of them are not deleted."""
    with whoosh.index.open_dir(folder).reader() as reader:
        return reader.doc_count_all(), reader.doc_count()


def test_a_segment_of_which_more_than_half_is_deleted_is_written_anew(engine, folder):
    take_out(engine, "1", "2")
    assert (5, 3) == counts(folder)
    take_out(engine, "3")
    assert (2, 2) == counts(folder)
    assert {"4", "5"} == found(engine, WAR)
    assert {"5"} == found(engine, Phrase("body", ("حرب", "مطر"), (0, 2)))


def test_a_segment_of_which_all_is_deleted_goes(engine, folder):
    take_out(engine, "1", "2", "3", "4", "5")
    assert [] == files(folder, "*.seg")
    with engine.batch() as batch:
        batch.add(NEWS[0])
        batch.remove("1")
    fill(engine, document("6", "حرب"))
    assert (1, 1) == counts(folder)


def test_a_refresh_opens_only_what_is_new(engine):
    before = engine._snapshot
    engine.refresh()
    assert before is engine._snapshot
    fill(engine, document("6", "حرب"), document("1", "سلم"))
    assert before.leaves[0] is engine._snapshot.leaves[0]
    assert 2 == len(engine._snapshot.leaves)


def test_an_index_put_in_the_place_of_another_is_seen(engine, folder):
    beside = folder.with_name("beside")
    other = WhooshEngine(beside, create=True)
    fill(other, document("7", "سلم"))
    other.close()
    folder.rename(folder.with_name("before"))
    beside.rename(folder)
    engine.refresh()
    assert {"7"} == found(engine, Everything())


@pytest.fixture
def listed(monkeypatch):
    """Told each time that a folder is looked through for its newest commit."""
    times, newest = [], snapshot.newest_generation
    monkeypatch.setattr(snapshot, "newest_generation", lambda path: times.append(1) or newest(path))
    return times


def test_a_folder_that_has_not_changed_for_long_is_not_looked_through_again(engine, listed):
    os.utime(engine._path, (0, 0))
    for _ in range(3):
        engine.refresh()
    assert 1 == len(listed)
    fill(engine, document("6", "حرب"))
    engine.refresh()
    assert {"1", "4", "5", "6"} == found(engine, WAR)
    assert 2 <= len(listed)


def test_of_a_folder_that_changed_just_now_the_time_is_not_trusted(engine, listed):
    os.utime(engine._path)
    for _ in range(3):
        engine.refresh()
    assert 3 == len(listed)


# Files


def open_files(folder):
    links = [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return sorted({link.name for link in links if folder in link.parents})


def break_off(engine):
    with engine.batch() as batch:
        batch.add(document("6", "حرب"))
        raise RuntimeError("stop")


@on_linux
def test_files_are_let_go(engine, folder):
    assert files(folder, "*.seg") == open_files(folder)
    for number in range(12):
        fill(engine, document("1", f"كلمة{number}"))
        found(engine, Everything(), facets=("source",))
        assert files(folder, "*.seg") == open_files(folder)
    with pytest.raises(RuntimeError):
        break_off(engine)
    assert files(folder, "*.seg") == open_files(folder)
    engine.close()
    assert [] == open_files(folder)


def test_a_batch_that_changes_nothing_leaves_no_file(engine, folder):
    before = files(folder)
    with pytest.raises(RuntimeError):
        break_off(engine)
    with engine.batch() as batch:
        batch.remove("nobody")
    assert before == files(folder)


def test_what_was_put_aside_goes_when_a_batch_is_cancelled(engine, folder, monkeypatch):
    monkeypatch.setattr(whoosh_batch, "_WAITING", 0)
    before = files(folder)
    with pytest.raises(RuntimeError):
        break_off(engine)
    assert before == files(folder)
    with engine.batch() as batch:
        batch.add(document("6", "حرب"))
        assert before == files(folder)
        batch.add(document("6", "سلم"))
        batch.remove("1")
    engine.refresh()
    assert {"4", "5"} == found(engine, WAR)
    assert {"2", "3", "4", "5", "6"} == found(engine, Everything())


@on_linux
def test_segments_are_on_the_disk_before_they_are_named(engine, monkeypatch):
    steps = []

    def noted(call, kind, name):
        def do(*given, **options):
            path = Path(name(*given))
            if kind == "sync" or path.suffix == ".toc":
                steps.append((kind, path.suffix))
            return call(*given, **options)

        return do

    def opened(descriptor):
        return Path(f"/proc/self/fd/{descriptor}").readlink()

    monkeypatch.setattr(os, "fsync", noted(os.fsync, "sync", opened))
    monkeypatch.setattr(os, "rename", noted(os.rename, "name", lambda _, name: name))
    monkeypatch.setattr(os, "remove", noted(os.remove, "delete", lambda path: path))
    fill(engine, document("6", "حرب"))
    segment, contents, *others = steps
    assert ("sync", ".seg") == segment
    assert "sync" == contents[0]
    assert [("name", ".toc"), ("sync", ""), ("delete", ".toc")] == others


def test_what_does_not_fit_in_memory_is_put_aside_and_comes_back(engine, tmp_path, monkeypatch):
    many = [
        document(f"x{n}", f"حرب _ كلمة{n} نفط كلمة{n}", "2019-01-01", source=f"مصدر{n % 3}")
        for n in range(60)
    ]
    fill(engine, *many)
    monkeypatch.setattr(whoosh_batch, "_WAITING", 30)
    other = WhooshEngine(tmp_path / "other", create=True)
    fill(other, NEWS[0])
    with other.batch() as batch:
        for each in [*many, *NEWS, *many[:20]]:
            batch.add(each)
        batch.remove("x59")
        other.refresh()
        assert {"1"} == found(other, Everything())
        batch.add(many[59])
    other.refresh()
    assert 1 == len(files(tmp_path / "other", "*.seg"))
    for node in (WAR, Phrase("body", ("حرب", "كلمة7"), (0, 2)), Everything()):
        request = Request(node, limit=100, facets=("source", "month"))
        assert engine.search(request) == other.search(request)
    other.close()


def test_storage_deletes_what_it_made_alone(folder):
    folder.mkdir()
    (folder / "notes").write_text("kept")
    storage = Storage(folder)
    storage.create_file("MAIN_x.seg").write(b"half")
    storage.finish()
    assert ["notes"] == files(folder)
