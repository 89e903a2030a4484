"""Rounds over the systems: each in turn, in a process of its own: a busy moment falls on all of them."""

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from judged import news
from speed_lucene import version
from speed_queries import queries
from speed_serving import cold, http
from speed_system import UnavailableError
from speed_worker import SYSTEMS

WORKER = Path(__file__).with_name("speed_worker.py")
SLOW = 60.0
"""Seconds of building from which on an index is built in the first round alone."""

DIFFERENT = 5
"""For each request that is measured at an address, so many different queries are put to the server."""


@dataclass(frozen=True)
class Plan:
    """What is measured.

    Attributes:
        folder: where indexes are kept.
        articles: how many are indexed.
        each: queries of each kind and number of words.
        times: articles added one by one, and commands started, a round.
        requests: to each address of the server a round.
        keep: an index that is there from an earlier run is taken, and what building it cost then.
    """

    folder: Path
    systems: tuple[str, ...]
    rounds: int
    articles: int
    each: int
    times: int
    requests: int
    keep: bool = False


class Rounds:
    """Measures by a plan; what can't be measured is skipped, and why is kept."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._asked = queries(list(islice(news(), plan.articles)), plan.each)
        self._queries = plan.folder / "queries.pickle"
        self._queries.write_bytes(pickle.dumps(self._asked))
        self._skipped: dict[str, str] = {}
        self._built: dict[str, dict] = {}

    def measure(self) -> Iterator[dict]:
        """What was measured so far, after each round."""
        rounds = []
        for number in range(self._plan.rounds):
            rounds.append(self._round(number))
            yield self._measured(rounds)

    def _measured(self, rounds: list[dict]) -> dict:
        return {
            "when": time.strftime("%Y-%m-%d %H:%M"),
            "processors": os.cpu_count(),
            "lucene": self._lucene(),
            "plan": {name: str(value) for name, value in vars(self._plan).items()},
            "slow": SLOW,
            "queries": [
                {"kind": query.kind, "words": query.words, "text": query.text}
                for query in self._asked.measured
            ],
            "rounds": rounds,
            "skipped": self._skipped,
        }

    def _round(self, number: int) -> dict:
        turn = number % len(self._plan.systems)
        systems = self._plan.systems[turn:] + self._plan.systems[:turn]
        indexes = dict.fromkeys(SYSTEMS[system][0] for system in systems)
        load = os.getloadavg()[0]
        return {
            "load": load,
            "build": {index: self._build(index) for index in indexes},
            "ask": {system: self._work("ask", system, queries=str(self._queries)) for system in systems},
            "add": {
                system: self._work("add", system, times=self._plan.times)
                for system in systems
                if system not in ("arshif-one", "tantivy-one", "lucene-exact")  # the same index as another's
            },
            **self._serving(number),
        }

    def _build(self, index: str) -> dict:
        """Build an index; one that takes long not again, but its cost then stands for this round too."""
        known = self._built.get(index)
        record = self._plan.folder / f"{index}.build.json"
        if self._plan.keep and record.exists():
            return json.loads(record.read_text()) | {"kept": True}
        if known is None or known.get("costs", {}).get("index", {}).get("wall", 0) < SLOW:
            known = self._built[index] = self._work("build", index)
            if "skipped" not in known:
                record.write_text(json.dumps(known))
            return known
        return known | {"again": False}

    def _work(self, do: str, system: str, **more) -> dict:
        if system in self._skipped:
            return {"skipped": self._skipped[system]}
        task = {"do": do, "system": system, "folder": str(self._plan.folder), "articles": self._plan.articles}
        started = time.perf_counter()
        command = [sys.executable, "-W", "ignore", str(WORKER), json.dumps(task | more)]
        ran = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
        done = json.loads(ran.stdout) if ran.returncode == 0 else {"skipped": f"{do} failed, see above"}
        if "skipped" in done:
            same = [name for name, (index, _) in SYSTEMS.items() if index == SYSTEMS[system][0]]
            self._skipped |= dict.fromkeys(same, done["skipped"])
        _say(f"{do} {system}: {done.get('skipped') or f'{time.perf_counter() - started:.0f} s'}")
        return done

    def _serving(self, number: int) -> dict:
        """The command and the server, over Arshif's index and with other queries in each round."""
        folder = self._plan.folder / "arshif"
        if not (folder / "index" / "current").exists():
            self._skipped["command and server"] = "Arshif's index was not built"
            return {}
        started = time.perf_counter()
        many = self._asked.many[number :: self._plan.rounds][: DIFFERENT * self._plan.requests]
        done = {
            "cold": cold(folder, many[: self._plan.times]),
            "http": http(folder, many, self._plan.requests),
        }
        _say(f"command and server: {time.perf_counter() - started:.0f} s")
        return done

    def _lucene(self) -> str:
        try:
            return version()
        except UnavailableError as error:
            return str(error)


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)
