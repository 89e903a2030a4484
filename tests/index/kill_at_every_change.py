"""Kills a command of Arshif before each change that it makes to a file, and says what can be done after.

    python kill_at_every_change.py START DATA CORPUS WORD BATCH COMMAND…

For each change, DATA becomes a copy of START (or nothing, if there is no START); the command runs in it, with
BATCH articles in a commit, and is killed when it is about to do the change. Then WORD is searched and CORPUS
added once more, and one line of JSON says what came of it. The last line is of a run in which there was no
further change, so that it came to its end.

Every run is a process of its own, forked from this one, which has all modules loaded and nothing open.
"""

import io
import json
import os
import shutil
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from itertools import count
from pathlib import Path

from index import build, pieces
from index.analysis import analyze
from index.engines.contract import Request
from index.engines.query import Everything
from index.library import Library
from search.cli import SUBCOMMANDS, main

START, DATA, CORPUS = (Path(argument).absolute() for argument in sys.argv[1:4])
WORD, BATCH, *COMMAND = sys.argv[4:]
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir"}


def arshif(*arguments):
    """Run the command line; its exit code and what it said on stderr."""
    said = io.StringIO()
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(said):
            main(["--data", str(DATA), *arguments], "arshif")
    except SystemExit as end:
        return end.code or 0, said.getvalue()
    raise AssertionError("the command line always exits")


def forked(work):
    """Work in a process of its own: its exit code, and what it wrote to the pipe that it was given."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        work(writing)
        os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:  # noqa: PTH123 - a pipe has no path
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said


def is_change(event, arguments):
    """Whether an event of Python's audit is a change in DATA."""
    if event not in CHANGES and not (event == "open" and arguments[2] & WRITES):
        return False
    name = str(arguments[0])
    is_swept = event == "os.remove" and arguments[1] > 0  # then the name is relative to its folder
    return is_swept or name.startswith(str(DATA))


def killed(last):
    """Run the command, killed when it is about to do a change; its exit code and the change."""
    seen = count(1)

    def watch(event, arguments):
        if is_change(event, arguments) and next(seen) == last:
            os.write(pipe, f"{event} {arguments[0]}".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def work(writing):
        nonlocal pipe
        pipe = writing
        sys.addaudithook(watch)
        arshif(*COMMAND)

    pipe = -1
    return forked(work)


def after(writing):
    """What the next commands do, and what is there then."""
    searched, added = arshif("search", WORD), arshif("add", str(CORPUS))
    with Library.open(DATA) as library, library.searching() as engine:
        said = {
            "searched": searched,
            "added": added,
            "kept": [article.id for article in library.archive.articles()],
            "found": [hit.id for hit in engine.search(Request(Everything(), limit=1000)).hits],
            "up_to_date": library.index_status().up_to_date,
        }
    engine_folder = next(DATA.glob(f"index/{(DATA / 'index/current').read_text().strip()}/engine"))
    said["files"] = sorted(path.name for path in engine_folder.iterdir())
    os.write(writing, json.dumps(said).encode())


def load():
    """Import what the runs will, and read the word lists."""
    for name in ("add", "reindex", "search"):
        import_module(SUBCOMMANDS[name].target.partition(":")[0])
    import_module("index.engines.whoosh_engine")
    analyze(WORD)


def run():
    """Kill at the first change, at the second, until there is none."""
    build.COMMIT_EVERY = pieces.STRIDE = int(BATCH)
    load()
    for last in count(1):
        shutil.rmtree(DATA, ignore_errors=True)
        if START.exists():
            shutil.copytree(START, DATA)
        code, change = killed(last)
        _, said = forked(after)
        print(json.dumps({"code": code, "change": change, **json.loads(said or "{}")}), flush=True)
        if code != -signal.SIGKILL:
            return


run()
