"""`kill -9`, hundreds of times: the index before or the index after, never another. Run by `make kills`.

Both engines; a first load, a later one over an index, a rebuild, a small addition, one that merges small
segments, and removing few or most. `kill_many.py` kills and tells what was there; what must hold stands here.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from index.engines import ENGINE_NAMES

pytestmark = [
    pytest.mark.kills,
    pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what becomes of files and processes"),
]

KILLS = 24
"""Of each scenario and engine, at least."""

BULK = ("first", "later", "reindex")
SCENARIOS = (*BULK, "daily", "merge", "remove", "remove-most")
KILL_MANY = Path(__file__).with_name("kill_many.py")
BATCH = 60
"""Articles in one transaction of the archive while an `add` is killed, which adds them in order."""

FOUND = ("documents", "ids", "terms", "pair", "facets", "stock")
"""What tells an index before from an index after, wherever its files lie."""


@pytest.mark.parametrize("engine", ENGINE_NAMES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_index_before_or_the_index_after(tmp_path, record_property, scenario, engine):
    arguments = [scenario, engine, str(tmp_path / "kills"), str(KILLS)]
    command = [sys.executable, "-W", "ignore", str(KILL_MANY), *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (0, "") == (ran.returncode, ran.stderr)
    before, whole, *runs = map(json.loads, ran.stdout.splitlines())
    before, after = before["before"], whole["whole"]["state"]
    takes_part(scenario, engine, whole["whole"], before)
    for each in runs:
        told = f"{scenario} with {engine}, {each['kind']} {each['moment']} {each['change']}"
        held(each, before, after, told)
    kills = [each for each in runs if each["code"] == -9]
    assert KILLS <= len(kills)
    for each in kills:
        record_property("kill", [scenario, engine, each["kind"], fell(each["state"], before, after)])


def takes_part(scenario, engine, whole, before):
    """The run that was not killed went as it should, and did what the scenario is about."""
    assert (0, "") == (whole["code"], whole["said"])
    assert_whole(whole["state"])
    if scenario in BULK:
        assert whole["processes"] >= 1
        assert whole["aside"] >= 2 or engine != "whoosh"
    if scenario == "merge":
        assert whole["state"]["index"]["segments"] < before["index"]["segments"]


def assert_whole(state):
    """The index has all of the archive; its files are whole, and there are no others."""
    assert 0 == state["pending"]
    index = state["index"]
    assert sorted(state["archive"]) == index["ids"]
    assert len(state["archive"]) == index["documents"]
    assert [] == index["spoiled"] == index["strangers"]


def held(run, before, after, told):
    """What must hold after a kill, and after the commands that come next."""
    assert run["code"] in {-9, 0}, told
    assert run["alone"], f"{told}: a process is left"
    assert_one_or_the_other(run["state"], before, after, told)
    works_or_says_what_to_do(*run["searched"], told)
    code, said = run["again"]
    assert "Traceback" not in said, told
    missing = set(re.findall("with the id (.+)", said))
    assert code == 0 or missing <= set(before["archive"]) - set(after["archive"]), told
    assert after["archive"] == run["end"]["archive"], told
    assert_same(run["end"]["index"], after["index"], told)
    assert_whole(run["end"])


def assert_one_or_the_other(state, before, after, told):
    """The archive after so many transactions, and the index before or after."""
    assert state["archive"] in between(before["archive"], after["archive"]), told
    index = state["index"]
    if index is None or not index["ids"]:  # a first load makes an empty index before it reads anything
        assert before["index"] is None, told
        return
    assert [] == index["spoiled"], told
    assert index["stock"] in {None, index["terms"]}, told
    same = [each for each in (before["index"], after["index"]) if each and found(each) == found(index)]
    assert same, told
    if after["index"] not in same:
        assert before["index"]["files"] == index["files"], told


def between(before, after):
    """The states of an archive after each transaction: what changes does so in order, some at a time."""
    gone = [article for article in before if article not in after]
    changed = [article for article in after if before.get(article) != after[article]]
    if gone:
        return [before, after]
    firsts = range(0, len(changed) + BATCH, BATCH)
    return [before | {article: after[article] for article in changed[:first]} for first in firsts]


def found(index):
    return {what: index[what] for what in FOUND}


def assert_same(index, wanted, told):
    assert found(wanted) == found(index), told


def works_or_says_what_to_do(code, said, told):
    """A search finds something or nothing, or there is nothing yet that it could search, and it says so."""
    assert "Traceback" not in said, told
    assert code in {0, 1, 3}, told
    if code == 3:
        assert "`arshif add`" in said or "`arshif reindex`" in said, told


def fell(state, before, after):
    """Where a kill fell, by what was there after it."""
    if state["archive"] not in (before["archive"], after["archive"]):
        return "archive in part"
    if state["archive"] == before["archive"] != after["archive"]:
        return "nothing changed"
    if not state["index"] or found(state["index"]) != found(after["index"]):
        return "archive alone"
    if state["pending"]:
        return "index committed"
    return "all done" if before["archive"] != after["archive"] else "rebuilding"
