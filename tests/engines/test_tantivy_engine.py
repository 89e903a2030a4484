"""What is tantivy's alone: its files, its package, spoiled indexes and writers that die."""

import json
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from engine_samples import NEWS, RAIN, WAR, document, files, fill, found, put, take_out
from hypothesis import given, settings
from hypothesis import strategies as st

import index.engines
from index.engines import open_engine
from index.engines.contract import (
    MONTH,
    EngineError,
    IndexBrokenError,
    IndexBusyError,
    Request,
    TextField,
)
from index.engines.query import And, Everything, Near, Phrase, Term
from index.engines.tantivy.batch import LONGEST
from index.engines.tantivy.engine import TantivyEngine
from index.engines.tantivy.files import META


@pytest.fixture
def engine(folder):
    engine = TantivyEngine(folder, create=True)
    fill(engine, *NEWS)
    yield engine
    engine.close()


def said(folder):
    return json.loads((folder / META).read_text("utf-8"))


def named(folder):
    """The segments of the last commit."""
    return {segment["segment_id"].replace("-", "") for segment in said(folder)["segments"]}


# Files


def test_many_small_batches_leave_few_segments(engine, folder):
    for number in range(40):
        fill(engine, document(f"n{number}", f"حرب كلمة{number}"))
        assert len(named(folder)) <= 9
        assert named(folder) == {name.partition(".")[0] for name in files(folder, "*.idx")}
    assert 43 == len(found(engine, WAR))
    assert {"n39"} == found(engine, Term("body", "كلمة39"))


def test_a_batch_that_is_cancelled_leaves_no_file(engine, folder):
    before = files(folder)
    with pytest.raises(RuntimeError), engine.batch() as batch:  # noqa: PT012 - raised within the batch
        for number in range(1000):
            batch.add(document(f"n{number}", "حرب"))
        batch.remove("1")
        raise RuntimeError
    assert before == files(folder)
    with engine.batch():
        pass
    assert before == files(folder)


def test_a_search_goes_on_over_what_it_began_with(engine):
    with engine.batch() as batch:
        batch.remove("1")
    old = engine._current()
    engine.refresh()
    fill(engine, *(document(f"n{number}", "حرب") for number in range(9)))
    assert ["1", "2", "3", "4", "5"] == sorted(old.ids(old.documents.tolist()))
    assert {"1", "4", "5"} == set(old.ids(old.postings("body", "حرب").documents.tolist()))


def test_another_writer_is_waited_for_only_so_long(engine, folder):
    other = TantivyEngine(folder, patience=0.1)
    with engine.batch(), pytest.raises(IndexBusyError, match=r"0\.1 seconds"), other.batch():
        pass
    fill(other, document("6", "حرب"))
    other.close()


# The package


def test_without_the_package_it_is_said_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setattr(index.engines, "find_spec", lambda name: None)
    with pytest.raises(EngineError, match=r"pip install 'arshif\[tantivy\]'"):
        open_engine("tantivy", tmp_path, create=True)


def test_an_index_of_whoosh_is_searched_without_tantivy(whoosh_engine, folder):
    program = (
        "import sys; from pathlib import Path; from index.engines import open_engine;"
        "open_engine('whoosh', Path(sys.argv[1])).counts([]); print('tantivy' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(folder)], check=True, capture_output=True, text=True
    )
    assert "False" == ran.stdout.strip()


# Spoiled files


@pytest.mark.parametrize("kind", ["meta.json", "*.term", "*.idx", "*.pos", "*.fast"])
@pytest.mark.parametrize("length", [0, 10, -40])
def test_a_file_that_is_cut_short_is_a_broken_index(engine, folder, kind, length):
    engine.close()
    for path in folder.glob(kind):
        put(path, path.read_bytes()[:length])
    with pytest.raises(IndexBrokenError, match="arshif reindex"):
        TantivyEngine(folder)


@pytest.mark.parametrize("kind", ["*.term", "*.idx", "*.pos", "*.fast", "*.store", "*.del"])
def test_a_file_that_is_gone_is_a_broken_index(engine, folder, kind):
    take_out(engine, "5")
    engine.close()
    (path,) = folder.glob(kind)
    path.unlink()
    with pytest.raises(IndexBrokenError, match="arshif reindex"):
        TantivyEngine(folder).search(Request(WAR))


def test_an_index_of_another_format_or_with_other_fields_is_refused(engine, folder):
    engine.close()
    (path,) = folder.glob("*.idx")
    whole = path.read_bytes()
    put(path, whole.replace(b'"index_format_version":7', b'"index_format_version":6'))
    with pytest.raises(IndexBrokenError, match="format 6, not 7"):
        TantivyEngine(folder)
    put(path, whole)
    meta = said(folder)
    meta["schema"].pop()
    put(folder / META, json.dumps(meta).encode())
    with pytest.raises(IndexBrokenError, match="other fields"):
        TantivyEngine(folder)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    """An index with enough in it that there are blocks."""
    path = tmp_path_factory.mktemp("pristine") / "index"
    engine = TantivyEngine(path, create=True)
    fill(engine, *NEWS, *(document(f"n{number}", f"حرب نفط حرب كلمة{number}") for number in range(300)))
    take_out(engine, "2")
    engine.close()
    return path


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["*.term", "*.idx", "*.pos", "*.del", "meta.json"]),
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(1, 255)), min_size=1, max_size=20),
)
def test_a_spoiled_index_answers_or_says_that_it_is_broken(pristine, tmp_path_factory, kind, places):
    folder = tmp_path_factory.mktemp("spoiled") / "index"
    shutil.copytree(pristine, folder)
    (path,) = folder.glob(kind)
    data = bytearray(path.read_bytes())
    for share, change in places:
        data[int(share * (len(data) - 1))] ^= change
    put(path, data)
    near = Near(("حرب",), ("نفط",), (("body", 1.0),), 2)
    nodes = (WAR, And((WAR, RAIN)), Phrase("body", ("حرب", "نفط"), (0, 1)), near, Everything())
    try:
        engine = TantivyEngine(folder)
        for node in nodes:
            engine.search(Request(node, facets=("source", MONTH)))
        engine.terms("body")
        engine.close()
    except (IndexBrokenError, EngineError):
        pass
    shutil.rmtree(folder)


# Writers that die

WRITER = """
import sys
from pathlib import Path
from index.engines import open_engine
from index.engines.contract import Document, TextField
engine = open_engine("tantivy", Path(sys.argv[1]))
print("writing", flush=True)
for version in range(1, 1000):
    with engine.batch() as batch:
        for number in range(200):
            batch.add(Document(str(number), {TextField.BODY: [f"v{version}", "w"]}, {}))
    print(version, flush=True)
"""


def test_a_writer_that_is_killed_leaves_what_was_committed_before_or_after(tmp_path):
    """Every batch moves all documents from one word to the next; after a kill all have the same."""
    folder = tmp_path / "index"
    engine = TantivyEngine(folder, create=True, patience=5)
    fill(engine, *(document(f"{number}", "v0 w") for number in range(200)))
    seen = 0
    for delay in (0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.13, 0.21):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert "writing\n" == writer.stdout.readline()
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        done = [int(line) for line in writer.communicate()[0].split()]
        engine.refresh()
        ((word, count),) = [
            pair for pair in engine.terms("body", "v") if found(engine, Term("body", pair[0]))
        ]
        assert 200 == len(found(engine, Term("body", word))) == len(found(engine, Everything())) <= count
        assert int(word[1:]) in ({*done[-1:], done[-1] + 1} if done else {seen, 1})
        seen = int(word[1:])
    fill(engine, document("200", "w"))
    assert 201 == len(found(engine, Term("body", "w")))
    assert named(folder) == {name.partition(".")[0] for name in files(folder, "*.idx")}
    engine.close()


def test_an_engine_of_this_process_writes_after_another_was_killed(engine, folder):
    program = WRITER.replace("range(1, 1000)", "range(1, 2)").replace(
        "print(version", "sys.stdin.read(); print(version"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        writer.stdout.readline()
        writer.kill()
    fill(engine, document("6", "حرب"))
    assert {"1", "4", "5", "6"} == found(engine, WAR)


# What the engines do differently, each with its reason

LONG = "ا" * (LONGEST // 2 + 1)

DIFFERENCES = {
    # A form feed is a space to tantivy's tokenizer; the analysis makes no term with one.
    "a term with a form feed": {"whoosh": "kept", "tantivy": "refused"},
    # tantivy keeps no term of more than 65,530 bytes; no one searches for one.
    "a term of 65,532 bytes": {"whoosh": "kept", "tantivy": "dropped"},
    # The same for a value, which can't be dropped unseen.
    "a value of 65,532 bytes": {"whoosh": "kept", "tantivy": "refused"},
}
"""For each thing what becomes of it."""

TRIED = {
    "a term with a form feed": (["حرب\fنفط"], {}, Term("body", "حرب\fنفط")),
    "a term of 65,532 bytes": ([LONG], {}, Term("body", LONG)),
    "a value of 65,532 bytes": ([], {"source": LONG}, None),
}


@pytest.mark.parametrize("name", index.engines.ENGINE_NAMES)
@pytest.mark.parametrize("what", DIFFERENCES)
def test_engines_differ_in_this_and_in_nothing_else_known(folder, name, what):
    terms, keywords, node = TRIED[what]
    engine = open_engine(name, folder, create=True)
    made = document("1", "قبل", **keywords)
    made.terms[TextField.BODY].extend([*terms, "بعد"])
    try:
        fill(engine, made)
        became = "kept" if node is None or found(engine, node) else "dropped"
        place = 1 + len(terms)
        assert {"1"} == found(engine, Phrase("body", ("قبل", "بعد"), (0, place)))
    except ValueError:
        became = "refused"
    assert DIFFERENCES[what][name] == became
    engine.close()


# A disk that is full


@contextmanager
def files_of_at_most(size):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("size", [2000, 20_000, 100_000])
def test_a_full_disk_leaves_the_index_as_it_was(engine, folder, size):
    """The least files fit, so that it goes wrong at different places."""
    more = [
        document(f"n{number}", " ".join(f"كلمة{number * row}" for row in range(20))) for number in range(2000)
    ]
    with files_of_at_most(size), pytest.raises(EngineError, match="can't be written"):
        fill(engine, *more)
    engine.refresh()
    assert {"1", "2", "3", "4", "5"} == found(engine, Everything())
    fill(engine, *more)
    assert (2005,) == engine.counts([Everything()])
    assert named(folder) == {name.partition(".")[0] for name in files(folder, "*.idx")}
