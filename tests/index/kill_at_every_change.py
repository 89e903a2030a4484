"""Kills a command of Arshif before each change that it makes to a file, and says what can be done after.

    python kill_at_every_change.py START DATA CORPUS WORD BATCH COMMAND…

For each change, DATA becomes a copy of START (or nothing, if there is no START); the command runs in it, with
BATCH articles in a commit, and is killed when it is about to do the change. Then WORD is searched and CORPUS
added once more, and one line of JSON says what came of it. The last line is of a run in which there was no
further change, so that it came to its end.
"""

import json
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

from kill_forks import arshif, forked, killing_at, load

from index import built, pieces
from index.engines.contract import Request
from index.engines.query import Everything
from index.library import Library

START, DATA, CORPUS = (Path(argument).absolute() for argument in sys.argv[1:4])
WORD, BATCH, *COMMAND = sys.argv[4:]


def killed(last):
    """Run the command, killed when it is about to do a change; its exit code and the change."""

    def work(writing):
        sys.addaudithook(killing_at(DATA, last, lambda change: os.write(writing, change.encode())))
        arshif(DATA, *COMMAND)

    return forked(work)


def after(writing):
    """What the next commands do, and what is there then."""
    searched, added = arshif(DATA, "search", WORD), arshif(DATA, "add", CORPUS)
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


def run():
    """Kill at the first change, at the second, until there is none."""
    built.COMMIT_EVERY = pieces.STRIDE = int(BATCH)
    load("add", "reindex", "search")
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
