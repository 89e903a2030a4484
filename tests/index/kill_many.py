"""Kills a command of Arshif at many moments; says what was there before it, after it, and after each kill.

    python kill_many.py SCENARIO ENGINE FOLDER KILLS

A scenario is what was done before, and the command. Moments are of three kinds: before a change that the
command makes to a file (`change`), when so many changes were seen from without, by whatever thread or process
(`file`), and in time (`time`). The first lines of JSON are of the state before and of runs to the end, then
comes one for each kill. Every run is forked from this process.

So that few articles meet all that many would (other processes that analyse, runs that are put aside, several
chunks, several transactions), the numbers from which on that happens are lowered.
"""

import ctypes
import json
import os
import random
import select
import shutil
import signal
import sys
import time
from importlib import import_module
from pathlib import Path

import kill_states
from kill_forks import arshif, forked, is_change, killing_at, load
from kill_samples import EVERYWHERE, moments, name, write_corpus
from kill_watch import Watch

LOWERED = {
    "index.prepared": {"MANY": 100},
    "index.pieces": {"STRIDE": 40},
    "index.engines.whoosh.batch": {"_WAITING": 5_000},
    "index.engines.whoosh.runs": {"_CHUNK": 2_000},
    "search.commands.add": {"BATCH": 60},
}
ALL = 240
HALF = 120
NEW = range(1_000, 1_004)
REMOVED = 20
MOST_REMOVED = 160
SMALL = {"whoosh": 9, "tantivy": 6}
"""Additions of two articles after which the next makes the engine merge small segments."""

SCENARIOS = ("first", "later", "reindex", "daily", "merge", "remove", "remove-most")
SEARCH = ("search", EVERYWHERE)
ENDLESS = 1 << 60
SUBREAPER = 36
PATIENCE = 60.0
"""Seconds within which a process has to see that the one it works for is gone."""

SCENARIO, ENGINE, FOLDER, KILLS = sys.argv[1], sys.argv[2], Path(sys.argv[3]).absolute(), int(sys.argv[4])
START, DATA = FOLDER / "start", FOLDER / "data"


def lower():
    for module, numbers in LOWERED.items():
        for constant, number in numbers.items():
            assert hasattr(import_module(module), constant), f"{module} has no {constant}"
            setattr(import_module(module), constant, number)


def corpus(what, numbers, version=0):
    return write_corpus(FOLDER / f"{what}.jsonl", numbers, version)


def daily():
    """Some articles in a newer version, and some new ones."""
    path = corpus("updated", 4, version=2)
    path.write_text(path.read_text("utf-8") + "\n" + corpus("new", NEW).read_text("utf-8"), "utf-8")
    return path


def commands():
    """What was done before, and the command that is killed."""
    everything = ("add", corpus("all", ALL))
    small = [("add", corpus(f"small-{two}", range(two, two + 2))) for two in range(500, 520, 2)]
    return {
        "first": ([], everything),
        "later": ([("add", corpus("half", HALF, version=1))], everything),
        "reindex": ([everything], ("reindex",)),
        "daily": ([everything], ("add", daily())),
        "merge": ([everything, *small[: SMALL[ENGINE]]], ("add", small[9][1])),
        "remove": ([everything], ("remove", *map(name, range(REMOVED)))),
        "remove-most": ([everything], ("remove", *map(name, range(MOST_REMOVED)))),
    }[SCENARIO]


def run(data, command):
    engine = ("--engine", ENGINE) if command[0] in {"add", "reindex"} else ()
    return arshif(data, *engine, *command)


def started(hook):
    """The command in a process at the head of a group of its own: its id, and a pipe that it tells into.

    Args:
        hook: of the audit, made of what tells; what else it has to say it says when the command has ended.
    """
    shutil.rmtree(DATA, ignore_errors=True)
    shutil.copytree(START, DATA)
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.setsid()
        watch = hook(lambda told: os.write(writing, told.encode()))
        sys.addaudithook(watch)
        code, said = run(DATA, COMMAND)
        watch("end", [code, said])
        os._exit(code)
    os.close(writing)
    return pid, open(reading, encoding="utf-8")  # noqa: PTH123 - a pipe has no path


def ended(pid):
    """A process's exit code, and whether all that it started has ended too."""
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        try:
            os.waitpid(-pid, os.WNOHANG)
        except ChildProcessError:
            return code, True
        time.sleep(0.002)
    return code, False


def to_its_end():
    """A run that isn't killed: how long it took, what it did that can be seen, and what is there then."""
    seen = dict.fromkeys(("change", "processes", "aside"), 0)

    def counting(told):
        def watch(event, arguments):
            seen["change"] += is_change(DATA, event, arguments)
            seen["processes"] += event == "subprocess.Popen"
            seen["aside"] += event == "open" and arguments[2] & os.O_TMPFILE == os.O_TMPFILE
            if event == "end":
                told(json.dumps({"code": arguments[0], "said": arguments[1], **seen}))

        return watch

    begun = time.monotonic()
    pid, pipe = started(counting)
    process = os.pidfd_open(pid)
    with Watch(DATA) as files, pipe:
        files.until(ENDLESS, process)
        took = time.monotonic() - begun
        told = json.load(pipe)
    os.close(process)
    assert ended(pid)[1]
    return told | {"took": took, "file": files.seen, "state": seen_in(DATA)}


def seen_in(data):
    """The state of a folder, looked at by a process of its own."""
    code, said = forked(lambda writing: tell(writing, kill_states.of(data)))
    return json.loads(said) if code == 0 else f"looking ended with {code}"


def tell(writing, value):
    with open(writing, "w", encoding="utf-8") as pipe:  # noqa: PTH123 - a pipe has no path
        json.dump(value, pipe)


def killed(kind, moment):
    """Kill a run: its exit code, the change it was about to make, and whether a process was left behind."""
    last = moment if kind == "change" else ENDLESS
    pid, pipe = started(lambda told: killing_at(DATA, last, told))
    process = os.pidfd_open(pid)
    if kind == "time":
        select.select([process], [], [], moment)
    elif kind == "file":
        with Watch(DATA) as files:
            files.until(moment, process)
    if kind != "change":
        os.kill(pid, signal.SIGKILL)
    os.close(process)
    with pipe:
        told = pipe.read()
    code, alone = ended(pid)
    return {"kind": kind, "moment": moment, "code": code, "change": told, "alone": alone}


def killed_and_seen(kind, moment):
    """Kill, and tell all about it; whether the run had not ended before."""
    after = killed(kind, moment)
    say(**after, state=seen_in(DATA), **next_commands(), end=seen_in(DATA))
    return after["code"] == -signal.SIGKILL


def next_commands():
    """What a search says, and the command run once more, each by a process of its own."""
    ran = {}
    for what, command in (("searched", SEARCH), ("again", COMMAND)):
        code, said = forked(lambda writing, command=command: tell(writing, run(DATA, command)))
        ran[what] = json.loads(said) if code == 0 else [code, said]
    return ran


def plan(whole):
    """The moments: every change, and of the other kinds as many as are wanted, a quarter at least of each."""
    yield from (("change", moment) for moment in range(1, whole["change"] + 1))
    part = max(KILLS // 4, (KILLS - whole["change"] + 1) // 2)
    files = [("file", 1 + int(moment)) for moment in moments(part, whole["file"])]
    times = [("time", moment) for moment in moments(part, whole["took"])]
    yield from (each for pair in zip(files, times, strict=True) for each in pair)


def more(whole):
    """Moments for runs that ended before theirs came."""
    chance = random.Random(SCENARIO)
    return (("time", chance.random() * whole["took"]) for _ in range(2 * KILLS))


def main():
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)  # what a killed process leaves behind becomes a child
    lower()
    load("add", "reindex", "remove", "search")
    import_module(f"index.engines.{ENGINE}.engine")
    START.mkdir(parents=True)
    for command in BEFORE:
        code, said = forked(lambda writing, command=command: tell(writing, run(START, command)))
        assert (code, json.loads(said)) == (0, [0, ""]), said
    say(before=seen_in(START))
    wholes = [to_its_end() for _ in range(2)]
    shortest = {what: min(each[what] for each in wholes) for what in ("took", "file")}
    whole = wholes[0] | shortest
    say(whole=whole)
    kills = sum(killed_and_seen(*moment) for moment in plan(whole))
    for moment in more(whole):
        if kills >= KILLS:
            break
        kills += killed_and_seen(*moment)
    shutil.rmtree(FOLDER)


def say(**what):
    print(json.dumps(what), flush=True)


BEFORE, COMMAND = (FOLDER.mkdir(parents=True), commands())[1]
if __name__ == "__main__":
    main()
