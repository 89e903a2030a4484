"""What a system that is measured has to do, and how time and memory are taken, the same for all."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol, Self

from index.article import Article

HITS = 10


class Kind(StrEnum):
    ALL = "all words"
    ANY = "any word"
    PHRASE = "phrase"
    FILTERED = "all words, dates, facets"


@dataclass(frozen=True)
class Query:
    """A question that every system is asked.

    Attributes:
        words: how many there are in the text; none is a stop word.
        first, last: days of publication, both included, where only such are wanted and facets by source and
            month are counted too.
    """

    kind: Kind
    words: int
    text: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Answer:
    """How many match, the best ten, and how long that took: on the wall and of the thread's processor.

    Attributes:
        titles: of the best ten, where they were asked for and the system has them.
    """

    total: int
    ids: tuple[str, ...]
    wall: float
    processor: float
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cost:
    """Seconds on the wall, seconds of processor, and by how many bytes memory grew at its peak."""

    wall: float
    processor: float
    memory: int


class System(Protocol):
    """One index in one folder.

    Attributes:
        keeps: something is kept of a query that makes the next faster.
    """

    keeps: bool

    def build(self, articles: Sequence[Article]) -> dict[str, Cost]:
        """Make the index anew, analysis included; the cost of each part, one of them "index"."""

    def open(self) -> None:
        """Make ready to search."""

    def search(self, query: Query, *, titles: bool = False) -> Answer:
        """The best, with their scores; with their titles too where these are asked for and kept."""

    def forget(self) -> None:
        """Let go of whatever is kept of earlier queries."""

    def add(self, article: Article) -> None:
        """Write one article to the open index, and commit it."""

    def refresh(self) -> None:
        """See to it that the next search finds what was added."""

    def size(self) -> int:
        """Bytes of the index on the disk."""

    def pid(self) -> int:
        """The process whose memory it is."""

    def close(self) -> None: ...


class UnavailableError(Exception):
    """A system can't be measured here; the message says why."""


class Meter:
    """Takes the cost of a block, in this process or another."""

    def __init__(self, pid: int | None = None) -> None:
        self._pid = pid or os.getpid()

    def __enter__(self) -> Self:
        Path(f"/proc/{self._pid}/clear_refs").write_text("5")  # the peak is what it is now
        self._before = memory(self._pid)
        self._processor = _processor(self._pid)
        self._wall = time.perf_counter()
        return self

    def __exit__(self, *error) -> None:
        wall = time.perf_counter() - self._wall
        processor = _processor(self._pid) - self._processor
        self.cost = Cost(wall, processor, memory(self._pid, "VmHWM") - self._before)


class Clock:
    """Takes the time of a block that answers a query in this thread."""

    def __enter__(self) -> Self:
        self._wall, self._processor = time.perf_counter(), time.thread_time()
        return self

    def __exit__(self, *error) -> None:
        self.processor = time.thread_time() - self._processor
        self.wall = time.perf_counter() - self._wall

    def answer(self, total: int, ids, titles=()) -> Answer:
        return Answer(total, tuple(ids), self.wall, self.processor, tuple(titles))


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that so many percent of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def memory(pid: int, what: str = "VmRSS") -> int:
    """Bytes that a process holds in memory, or held at most."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(what + ":"):
            return 1024 * int(line.split()[1])
    raise ValueError(what)


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _processor(pid: int) -> float:
    """Seconds of processor that all threads of a process had, and processes that it started and saw end."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
