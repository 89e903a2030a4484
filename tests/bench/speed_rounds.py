"""Rounds over the systems: each in turn, in a process of its own: a busy moment falls on all of them."""

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from judged import news
from speed_goals import reached
from speed_lucene import version
from speed_queries import different, queries
from speed_serving import cold, grown, http
from speed_system import Query, UnavailableError
from speed_worker import SYSTEMS

WORKER = Path(__file__).with_name("speed_worker.py")
SLOW = 60.0
"""Seconds of building from which on an index is built in the first rounds alone."""

DIFFERENT = 5
"""For each request that is measured at an address, so many different queries are put to the server."""

PARTS = ("build", "single", "ask", "add", "cold", "http", "memory")
"""Loading by all processors and by one; queries; one article more; the command; the server; its memory."""

SINGLE = ("arshif", "arshif-one", "tantivy", "tantivy-one", "lucene")
"""Systems that use more processors when they load; the others need no run of their own with one."""

SERVED = ("arshif", "tantivy")
SHARING = ("arshif-one", "tantivy-one", "lucene-exact")
"""Systems that ask another's index otherwise."""


@dataclass(frozen=True)
class Plan:
    """What is measured.

    Attributes:
        folder: where indexes are kept.
        parts: of `PARTS`.
        articles: how many are indexed.
        each: queries of each kind and number of words.
        times: articles added one by one, and commands started, a round.
        requests: to each address of the server a round.
        different: queries after which the server's memory is looked at, in the first round.
        slow: rounds in which an index is built that takes long.
        keep: an index that is there from an earlier run is taken, and what building it cost then.
    """

    folder: Path
    parts: tuple[str, ...]
    systems: tuple[str, ...]
    rounds: int
    articles: int
    each: int
    times: int
    requests: int
    different: int
    slow: int = 1
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
            "goals": reached(rounds, [query.kind.value for query in self._asked.measured]),
            "skipped": self._skipped,
        }

    def _round(self, number: int) -> dict:
        turn = number % len(self._plan.systems)
        systems = self._plan.systems[turn:] + self._plan.systems[:turn]
        self._took: dict[str, float] = {}
        done: dict[str, object] = {"load": os.getloadavg()[0], "took": self._took}
        parts = {
            "single": self._single,
            "build": self._builds,
            "ask": self._asks,
            "add": self._adds,
            "cold": self._cold,
            "http": self._http,
            "memory": self._memory,
        }
        for part, measure in parts.items():
            done[part] = measure(number, systems) if part in self._plan.parts else {}
        return done

    def _single(self, number: int, systems: Sequence[str]) -> dict:
        """Loading by one processor."""
        return {
            system: self._work("build", system, cores=1)
            for system in systems
            if system in SINGLE and not self._kept(system)
        }

    def _builds(self, number: int, systems: Sequence[str]) -> dict:
        indexes = dict.fromkeys(SYSTEMS[system][0] for system in systems)
        return {index: self._build(index, number) for index in indexes}

    def _kept(self, index: str) -> dict | None:
        record = self._plan.folder / f"{index}.build.json"
        return json.loads(record.read_text()) if self._plan.keep and record.exists() else None

    def _build(self, index: str, number: int) -> dict:
        """Build an index; one that takes long not again, but its cost then stands for this round too."""
        if kept := self._kept(index):
            return kept | {"kept": True}
        known = self._built.get(index, {})
        if number >= self._plan.slow and known.get("costs", {}).get("index", {}).get("wall", 0) >= SLOW:
            return known | {"again": False}
        known = self._built[index] = self._work("build", index)
        if "skipped" not in known:
            (self._plan.folder / f"{index}.build.json").write_text(json.dumps(known))
        return known

    def _asks(self, number: int, systems: Sequence[str]) -> dict:
        return {system: self._work("ask", system, queries=str(self._queries)) for system in systems}

    def _adds(self, number: int, systems: Sequence[str]) -> dict:
        return {
            system: self._work("add", system, times=self._plan.times)
            for system in systems
            if system not in SHARING
        }

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
        self._say(
            f"{do} {system}" + (" on one processor" if "cores" in more else ""), started, done.get("skipped")
        )
        return done

    def _say(self, what: str, started: float, skipped: str | None = None) -> None:
        """Tell what was done, and remember how long it took."""
        self._took[what] = time.perf_counter() - started
        told = skipped or f"{self._took[what]:.0f} s"
        print(f"{time.strftime('%H:%M:%S')} {what}: {told}", file=sys.stderr, flush=True)

    def _cold(self, number: int, systems: Sequence[str]) -> dict:
        return self._served("cold", lambda folder: cold(folder, self._others(number)[: self._plan.times]))

    def _http(self, number: int, systems: Sequence[str]) -> dict:
        return self._served("http", lambda folder: http(folder, self._others(number), self._plan.requests))

    def _memory(self, number: int, systems: Sequence[str]) -> dict:
        """After many queries, so in the first round alone."""
        if number:
            return {}
        texts = different(self._plan.articles, self._plan.different)
        return {
            index: self._served("memory", lambda folder: grown(folder, texts), index)
            for index in SERVED
            if index in systems
        }

    def _others(self, number: int) -> list[Query]:
        """Queries for the command and the server, others in each round."""
        return self._asked.many[number :: self._plan.rounds][: DIFFERENT * self._plan.requests]

    def _served(self, part: str, measure: Callable[[Path], dict], index: str = "arshif") -> dict:
        folder = self._plan.folder / index
        if not (folder / "index" / "current").exists():
            self._skipped[part] = f"the index {index} was not built"
            return {}
        started = time.perf_counter()
        done = measure(folder)
        self._say(f"{part} {index}", started)
        return done

    def _lucene(self) -> str:
        try:
            return version()
        except UnavailableError as error:
            return str(error)
