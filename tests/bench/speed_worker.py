"""Measures one system in a process of its own; what came of it is printed as JSON.

Run by speed_rounds.py: `speed_worker.py TASK`, the task as JSON.
"""

import json
import os
import shutil
import sys
import time
from dataclasses import asdict
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from judged import news
from speed_arshif import ONE_LEVEL, Arshif
from speed_lucene import EXACT, Lucene
from speed_queries import Queries, queries
from speed_sqlite import Sqlite
from speed_stock import Stock
from speed_system import Answer, Kind, Query, System, UnavailableError, memory

from index.article import Article

SYSTEMS = {
    "arshif-one": ("arshif", partial(Arshif, ranking=ONE_LEVEL)),
    "arshif": ("arshif", Arshif),
    "stock": ("stock", Stock),
    "sqlite": ("sqlite", Sqlite),
    "lucene": ("lucene", Lucene),
    "lucene-exact": ("lucene", partial(Lucene, threshold=EXACT)),
}
"""For each system the name of its index, which two may share, and what makes it of a folder."""

WARMING = 4.0
"""Seconds of other queries before any is measured: what is loaded or compiled once is ready."""

ADDED = "ضحضاحستان"
"""A word that no article has."""


def build(system: System, task) -> dict:
    articles = list(islice(news(), task["articles"]))
    costs = system.build(articles)
    return {
        "articles": len(articles),
        "costs": {part: asdict(cost) for part, cost in costs.items()},
        "size": system.size(),
    }


def ask(system: System, task) -> dict:
    """The queries twice: nothing kept of any before, and all of them asked before."""
    asked = sample(task)
    system.open()
    before = memory(system.pid())
    until = time.perf_counter() + WARMING
    for query in cycle(asked.warming):
        if time.perf_counter() > until:
            break
        system.search(query)
    fresh = []
    for query in asked.measured:
        system.forget()
        fresh.append(system.search(query))
    if system.keeps:
        for query in asked.measured:
            system.search(query)
    seen = [system.search(query) for query in asked.measured]
    opened = {"opened": before, "asked": memory(system.pid())}
    system.close()
    return {"memory": opened, "fresh": _rows(fresh), "seen": _rows(seen)}


def _rows(answers: list[Answer]) -> list[dict]:
    return [{"total": answer.total, "wall": answer.wall, "processor": answer.processor} for answer in answers]


def add(system: System, task) -> dict:
    """Articles one by one, each until it is found: seconds until it was added, and until found."""
    articles = list(islice(news(), task["times"]))
    system.open()
    added, found = [], []
    for number, article in enumerate(articles):
        word = ADDED + "بتثجحخدرزسش"[number % 11] * (1 + number // 11)
        new = Article(f"new-{number}", word, article.body, source=article.source, published=article.published)
        started = time.perf_counter()
        system.add(new)
        added.append(time.perf_counter() - started)
        system.refresh()
        answer = system.search(Query(Kind.ALL, 1, word))
        found.append(time.perf_counter() - started)
        assert answer.ids == (new.id,), (answer, word)
    system.close()
    return {"added": added, "found": found}


def sample(task) -> Queries:
    return queries(list(islice(news(), task["articles"])), task["each"])


def run(task) -> dict:
    index, make = SYSTEMS[task["system"]]
    folder = Path(task["folder"]) / index
    if task["do"] != "add":
        return {"build": build, "ask": ask}[task["do"]](make(folder), task)
    copy = folder.with_name(index + "-added")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    os.sync()
    try:
        return add(make(copy), task)
    finally:
        shutil.rmtree(copy)


def main() -> int:
    try:
        done = run(json.loads(sys.argv[1]))
    except UnavailableError as error:
        done = {"skipped": str(error)}
    print(json.dumps(done))
    return 0


if __name__ == "__main__":
    sys.exit(main())
