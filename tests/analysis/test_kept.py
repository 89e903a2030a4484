"""What is kept on the disk of the tables: it belongs to these sources, or it is made anew."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platformdirs import user_cache_path
from tashaphyne.stemming import ArabicLightStemmer

from index.analysis import kept, lexicon, roots, stem
from index.analysis.affixes import PROCLITICS, SUFFIXES
from index.analysis.variants import _variants, variants

PARTS = [b"one", b"", "ثلاثة".encode()]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def fail():
    pytest.fail("made anew")


def file_in(folder):
    (path,) = folder.iterdir()
    return path


def test_what_was_made_is_not_made_again(folder):
    assert PARTS == kept.fetch("name", lambda: PARTS) == kept.fetch("name", fail)


def test_what_other_sources_made_is_made_anew(folder, monkeypatch):
    kept.fetch("name", lambda: [b"old"])
    monkeypatch.setattr(kept, "_SOURCES", kept._SOURCES + b" ")
    assert PARTS == kept.fetch("name", lambda: PARTS) == kept.fetch("name", fail)


@pytest.mark.parametrize("place", [0, 9, 40, -1])
def test_a_file_that_is_spoiled_is_made_anew(folder, place):
    kept.fetch("name", lambda: PARTS)
    path = file_in(folder)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert [b"new"] == kept.fetch("name", lambda: [b"new"]) == kept.fetch("name", fail)


@pytest.mark.parametrize("length", [0, 5, 100, -1])
def test_a_file_that_is_cut_off_is_made_anew(folder, length):
    kept.fetch("name", lambda: PARTS)
    path = file_in(folder)
    path.write_bytes(path.read_bytes()[:length])
    assert [b"new"] == kept.fetch("name", lambda: [b"new"]) == kept.fetch("name", fail)


def test_where_nothing_can_be_written_it_is_made_each_time(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(kept, "folder", lambda: tmp_path / "file")
    assert [PARTS] * 2 == [kept.fetch("name", lambda: PARTS) for _ in range(2)]


def test_nothing_is_left_beside_what_is_kept(folder):
    for name in ("one", "two"):
        kept.fetch(name, lambda: PARTS)
    assert 2 == len(list(folder.iterdir()))


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(path.read_bytes() + b"\n"),
        lambda path: path.write_bytes(path.read_bytes()),
        lambda path: path.with_name("more.tsv").touch(),
        lambda path: path.unlink(),
    ],
    ids=["longer", "written again", "another", "gone"],
)
def test_the_sources_are_told_by_their_files(tmp_path, monkeypatch, change):
    (tmp_path / "variants").mkdir()
    path = tmp_path / "variants" / "names.tsv"
    path.write_bytes("لندن".encode())
    monkeypatch.setattr(kept, "PACKAGE", str(tmp_path))
    before = kept._sources()
    status = path.stat()
    assert before == kept._sources()
    change(path)
    if path.exists():
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # as a copy that keeps times
    assert before != kept._sources()


def test_the_sources_are_all_that_the_tables_are_made_from():
    for name in (
        *lexicon.DATA,
        *lexicon.VARIANTS,
        "roots.tsv",
        "letters.py",
        "araby_const.py",
        "stemming.py",
    ):
        assert f"/{name}': (" in kept._sources()


@given(st.dictionaries(st.text(), st.integers() | st.lists(st.text())))
def test_a_mapping_in_pieces_is_the_mapping(mapping):
    pieces = kept.Pieces(kept.pieces(mapping))
    assert mapping == {key: pieces.get(key) for key in mapping}
    assert set(mapping) == set(pieces)
    assert all(pieces.get(key + "x") == mapping.get(key + "x") for key in mapping)


def test_what_is_kept_is_what_the_data_files_say(folder):
    """Made anew here, as by a process that finds nothing; and as this process has it, from the disk."""
    entries = lexicon._entries()
    for each in (lexicon.Lexicon(lexicon._parts(entries)), lexicon.lexicon()):
        assert entries == dict(each)
    for dated in (False, True):
        table = _variants(dated=dated)
        for row, found in table.items():
            offsets, stems = zip(*row, strict=True)
            expected = tuple(variant for other, variant in found.items() if other != row)
            assert expected == variants(stems, offsets, dated=dated)
    for stemmed, (spelled, others) in roots._read().items():
        assert (spelled, tuple(others)) == (roots.spelled(stemmed), roots.derived(stemmed))


def test_a_lemma_that_is_no_known_form_is_not_known():
    known = lexicon.Lexicon(lexicon._parts({"كتب": lexicon.Entry("كتاب", "B", 5)}))
    assert {"كتب": ("كتاب", "B", 5)} == dict(known)
    assert "كتاب" not in known
    assert known.get("كتاب") is None


_SEGMENTER = ArabicLightStemmer()
_SEGMENTER.set_prefix_list(tuple(PROCLITICS))
_SEGMENTER.set_suffix_list(tuple(SUFFIXES))
LETTERS = st.sampled_from("وفبلكسالتنيءهمكةا")


@given(st.text(LETTERS, min_size=1) | st.builds("".join, st.tuples(*map(st.sampled_from, (
    tuple(PROCLITICS), ("كتاب", "علم", "م"), tuple(SUFFIXES))))))  # fmt: skip
def test_affixes_are_cut_where_tashaphyne_cuts_them(form):
    before, after = stem._trees()
    assert set(_SEGMENTER.lookup_prefixes(form)) == {each.cut for each in stem._attached(form[:-1], before)}
    ends = dict.fromkeys(len(form) - each.cut for each in stem._attached(form[:0:-1], after))
    assert _SEGMENTER.lookup_suffixes(form) == list(ends)


@pytest.mark.parametrize(
    "environment",
    [
        {"XDG_CACHE_HOME": "/a place"},
        {"XDG_CACHE_HOME": "not/absolute"},
        {"XDG_CACHE_HOME": ""},
        {"HOME": "/someone"},
        {"HOME": "not/absolute"},
    ],
)
def test_it_is_kept_where_platformdirs_has_the_users_cache(monkeypatch, environment):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert user_cache_path("arshif") == kept.folder.__wrapped__()


def test_two_processes_may_make_it_at_once(tmp_path):
    code = (
        "from index.analysis import analyze, derived, variants;"
        "print(analyze('القوات')[0].stem, len(derived('قوه')), len(variants(('لندن',))))"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-W", "ignore", "-c", code]
    runs = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(3)
    ]
    said = {run.communicate()[0] for run in runs}
    again = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert {again.stdout} == said
    assert not [path for path in (tmp_path / "arshif").iterdir() if path.suffix]
