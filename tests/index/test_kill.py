"""`kill -9` at any moment of `add` or `reindex`: the next command works, and nothing is lost or doubled.

Two kinds of moments: in time, spread over runs of the real command over some thousands of articles, which
`make kills` tries; and, with few articles, before every single change that a run makes to a file.
"""

import json
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from kill_samples import EVERYWHERE, moments, name, write_corpus

from index.engines.contract import Request
from index.engines.query import Everything
from index.library import Library
from search.results import SearchQuery
from search.service import search

ARSHIF = Path(sys.executable).with_name("arshif")


def run(data, *arguments):
    command = [str(ARSHIF), "--data", str(data), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def does(data, *arguments):
    ran = run(data, *arguments)
    assert (0, "") == (ran.returncode, ran.stderr)
    return ran.stdout


# --- what must hold after any kill ------------------------------------------------------------------------


def works_or_says_what_to_do(code, said):
    """A search finds something or nothing, or there is nothing yet that it could search, and it says so."""
    assert "Traceback" not in said
    assert code in {0, 1, 3}, said
    if code == 3:
        assert "`arshif add`" in said or "`arshif reindex`" in said


def archived(data):
    """How many articles the archive has, be it there or not."""
    if not (data / "archive.db").exists():
        return 0
    with Library.open(data, create=True) as library:
        return library.archive.count()


def is_whole(data, count):
    """Every article is in the archive and in the index, once, and the index has nothing else."""
    with Library.open(data) as library:
        assert library.index_status().up_to_date
        assert count == search(library, SearchQuery(EVERYWHERE, limit=0)).total
        with library.searching() as engine:
            found = [hit.id for hit in engine.search(Request(Everything(), limit=2 * count)).hits]
        assert set(map(name, range(count))) == set(found)
        assert count == len(found) == library.archive.count() == library.index_status().size.documents


def is_clean(data):
    """No file is left of what was begun: not in the engine's folder, and after a rebuild not beside it."""
    does(data, "reindex")
    current = (data / "index" / "current").read_text("utf-8").strip()
    assert {current} == {path.name for path in (data / "index").iterdir() if path.is_dir()}
    assert [] == list(data.rglob("*.new"))
    assert {".toc", ".seg", ""} == {path.suffix for path in (data / "index" / current / "engine").iterdir()}


# --- moments in time --------------------------------------------------------------------------------------

MANY = 2000
ADD_KILLS = 24
REINDEX_KILLS = 14


def killed(data, *arguments, after):
    """Run the command and kill it after some seconds; whether it was still at work."""
    command = [str(ARSHIF), "--data", str(data), *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(after)
        process.kill()
    return process.returncode == -9


def seconds(data, *arguments):
    """How many seconds a command takes."""
    started = time.monotonic()
    does(data, *arguments)
    return time.monotonic() - started


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("kill")


@pytest.fixture(scope="module")
def corpus(folder):
    return write_corpus(folder / "corpus.jsonl", MANY)


@pytest.fixture(scope="module")
def half(folder):
    """A data folder with half of the articles, in an older version."""
    does(folder / "half", "add", write_corpus(folder / "half.jsonl", MANY // 2, version=1))
    return folder / "half"


@pytest.fixture(scope="module")
def whole(folder, corpus):
    """A data folder with all articles, and how many seconds it takes to make one when others work least."""
    took = [seconds(folder / name, "add", corpus) for name in ("whole", "again", "once-more")]
    return folder / "whole", min(took)


@pytest.fixture
def kill_and_add(folder, corpus, half):
    """Kills an `add` after some seconds, and sees to what must hold then; whether it was still at work."""

    def kill(place, after):
        data = folder / f"add-{place}"
        if place % 2:  # it catches up with the index that is there; else it makes the first
            shutil.copytree(half, data)
        hit = killed(data, "add", corpus, after=after)
        next_search = run(data, "search", EVERYWHERE)
        works_or_says_what_to_do(next_search.returncode, next_search.stderr)
        # The index is there before the first article is.
        assert next_search.returncode < 3 or not archived(data)
        does(data, "add", corpus)
        is_whole(data, MANY)
        shutil.rmtree(data)
        return hit

    return kill


@pytest.mark.kills
def test_a_killed_add_loses_nothing_and_doubles_nothing(kill_and_add, whole):
    with ThreadPoolExecutor(2) as threads:  # in folders of their own, so that both processors work
        hits = list(threads.map(kill_and_add, range(ADD_KILLS), moments(ADD_KILLS, whole[1])))
    assert sum(hits) > ADD_KILLS // 2


@pytest.mark.kills
def test_a_killed_reindex_leaves_the_index_in_use(folder, corpus, whole):
    data = folder / "reindexed"
    shutil.copytree(whole[0], data)
    hits = 0
    for after in moments(REINDEX_KILLS, min(seconds(data, "reindex") for _ in range(3))):
        hits += killed(data, "reindex", after=after)
        assert MANY == json.loads(does(data, "search", "--json", "--limit", 1, EVERYWHERE))["total"]
        is_whole(data, MANY)
    assert hits > REINDEX_KILLS // 2
    stats = json.loads(does(data, "stats", "--json"))
    assert (MANY, True, MANY) == (
        stats["articles"],
        stats["index"]["up_to_date"],
        stats["index"]["documents"],
    )
    assert f"0 added, 0 updated, {MANY} unchanged" in does(data, "add", corpus)
    is_clean(data)
    is_whole(data, MANY)


# --- before each change of a file -------------------------------------------------------------------------

FEW = 12
EVERY_CHANGE = Path(__file__).with_name("kill_at_every_change.py")


def killed_at_every_change(data, corpus, batch, *command):
    """What was done after each kill, and at last after a run that came to its end."""
    arguments = [data, data.parent / "killed", corpus, EVERYWHERE, batch, *command]
    ran = subprocess.run(
        [sys.executable, str(EVERY_CHANGE), *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (0, "") == (ran.returncode, ran.stderr)
    afters = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [-9] * (len(afters) - 1) + [0] == [after["code"] for after in afters]
    return afters


def change(after):
    """The change before which a kill came: what was to be done, and the kind of file."""
    event, _, path = after["change"].partition(" ")
    name = Path(path).name
    return event.removeprefix("os."), re.sub(r"MAIN_\w{16}|[0-9.]+(?=$|\.toc)", "", name)


ARCHIVE = {("open", "archive.db")}
INDEX = {
    ("mkdir", "whoosh-"),
    ("open", "settings.json.new"),
    ("rename", "settings.json.new"),
    ("mkdir", "engine"),
    ("open", "current.new"),
    ("rename", "current.new"),
}
BATCH = {
    ("open", ".seg"),
    ("open", "_MAIN_.toc"),
    ("rename", "_MAIN_.toc"),
    ("remove", "_MAIN_.toc"),
    ("open", "position.json.new"),
    ("rename", "position.json.new"),
}
SWEEP = {("remove", "settings.json"), ("remove", ".seg"), ("rmdir", "whoosh-")}
"""Changes that must have been among them, or the moments that matter most were not looked at."""


def recovered(after):
    works_or_says_what_to_do(*after["searched"])
    assert [0, ""] == after["added"]
    assert after["up_to_date"]
    assert set(map(name, range(FEW))) == set(after["found"]) == set(after["kept"])
    assert FEW == len(after["found"]) == len(after["kept"])
    # No half of a segment is left in the engine's folder, nor one that was put aside.
    assert {"seg", "toc", "MAIN_WRITELOCK"} == {
        re.sub(r"MAIN_\w{16}\.|_MAIN_\d+\.", "", name) for name in after["files"]
    }


def test_a_first_add_that_is_killed_anywhere(tmp_path):
    corpus = write_corpus(tmp_path / "corpus.jsonl", FEW)
    afters = killed_at_every_change(tmp_path / "none", corpus, 6, "add", corpus)
    for after in afters:
        recovered(after)
    assert ARCHIVE | INDEX | BATCH <= {change(after) for after in afters}


def test_a_later_add_that_is_killed_anywhere(tmp_path):
    older = write_corpus(tmp_path / "older.jsonl", FEW // 2, version=1)
    does(tmp_path / "data", "add", older)
    corpus = write_corpus(tmp_path / "corpus.jsonl", FEW)
    afters = killed_at_every_change(tmp_path / "data", corpus, 6, "add", corpus)
    for after in afters:
        recovered(after)
        assert 0 == after["searched"][0]  # there is always an index
    assert BATCH <= {change(after) for after in afters}


def test_a_reindex_that_is_killed_anywhere(tmp_path):
    corpus = write_corpus(tmp_path / "corpus.jsonl", FEW)
    does(tmp_path / "data", "add", corpus)
    afters = killed_at_every_change(tmp_path / "data", corpus, FEW, "reindex")
    for after in afters:
        recovered(after)
        assert [0, ""] == after["searched"]
    assert INDEX | BATCH | SWEEP <= {change(after) for after in afters}
