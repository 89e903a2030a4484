"""Measures one system in a process of its own; what came of it is printed as JSON.

Run by speed_rounds.py: `speed_worker.py TASK`, the task as JSON.
"""

import json
import os
import pickle
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from judged import news
from speed_arshif import ONE_LEVEL, Arshif
from speed_lucene import EXACT, Lucene
from speed_queries import Queries
from speed_serving import Serving
from speed_sqlite import Sqlite
from speed_stock import Stock
from speed_system import Answer, Kind, Query, System, UnavailableError, memory

from index.article import Article

SYSTEMS = {
    "arshif-one": ("arshif", partial(Arshif, ranking=ONE_LEVEL)),
    "arshif": ("arshif", Arshif),
    "tantivy-one": ("tantivy", partial(Arshif, ranking=ONE_LEVEL, engine="tantivy")),
    "tantivy": ("tantivy", partial(Arshif, engine="tantivy")),
    "stock": ("stock", Stock),
    "sqlite": ("sqlite", Sqlite),
    "lucene": ("lucene", Lucene),
    "lucene-exact": ("lucene", partial(Lucene, threshold=EXACT)),
}
"""For each system the name of its index, which two may share, and what makes it of a folder."""

WARMING = 4.0
"""Seconds of processor for other queries before any is measured: what is loaded or compiled once is ready."""

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
    """The queries three times: new to a system in use, asked before, and new to one that has just begun.

    The first two with titles, where a system has them; the last without, for stock Whoosh's has none.
    """
    asked: Queries = pickle.loads(Path(task["queries"]).read_bytes())
    system.open()
    spent, others = 0.0, cycle(asked.warming)
    while spent < WARMING:
        spent += system.search(next(others), titles=True).processor
    new = [system.search(query, titles=True) for query in asked.measured]
    seen = [system.search(query, titles=True) for query in asked.measured]
    held = memory(system.pid())
    fresh = [_forgotten(system, query) for query in asked.measured] if system.keeps else new
    system.close()
    return {"memory": held, "new": _rows(new), "seen": _rows(seen), "fresh": _rows(fresh)}


def _forgotten(system: System, query: Query) -> Answer:
    system.forget()
    return system.search(query)


def _rows(answers: list[Answer]) -> list[dict]:
    return [{"total": answer.total, "wall": answer.wall, "processor": answer.processor} for answer in answers]


def add(system: System, task) -> dict:
    """Articles one by one, each until it is found: seconds until it was added, and until found."""
    system.open()
    served = Serving(system.folder) if isinstance(system, Arshif) else None
    added, found = [], []
    for new in _additions(task["times"]):
        query = Query(Kind.ALL, 1, new.title)
        started = time.perf_counter()
        system.add(new)
        added.append(time.perf_counter() - started)
        if served:
            served.until_found(query, new.id)
        else:
            system.refresh()
            answer = system.search(query)
            assert answer.ids == (new.id,), (answer, query)
        found.append(time.perf_counter() - started)
    if served:
        served.close()
    system.close()
    return {"added": added, "found": found}


def _additions(count: int) -> Iterator[Article]:
    """Articles with a title that nothing else has."""
    for number, article in enumerate(islice(news(), count)):
        word = ADDED + "بتثجحخدرزسش"[number % 11] * (1 + number // 11)
        yield Article(f"new-{number}", word, article.body, source=article.source, published=article.published)


def run(task) -> dict:
    index, make = SYSTEMS[task["system"]]
    folder = Path(task["folder"]) / index
    if task.get("cores"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: task["cores"]])
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
