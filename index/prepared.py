"""Changes of an archive with their articles analysed: right here, or by other processes if they are many.

Analysis takes most of the time of a big load. A process reads its articles from the archive by itself, so
that what goes to it is two numbers; it ends when its input does, also because this process was killed.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Self

from index.archive import Archive
from index.documents import document
from index.engines.contract import Document, EngineError

MANY: Final = 4_000
"""Changes from which on it pays to start other processes."""

STRIDE: Final = 400
"""Sequence numbers that a process is asked for at a time."""

AHEAD: Final = 2
"""Questions that a process has got and not answered, so that it never waits for one."""

MOST: Final = 3
"""Processes that analyse as much as one can index."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The latest state of an article, ready to be indexed; without a document when it was removed."""

    seq: int
    id: str
    document: Document | None


def prepared(archive: Archive, after: int, upto: int, count: int) -> Generator[Prepared]:
    """What changed after a sequence number and up to another, in order; to be closed if it isn't read out.

    Args:
        archive: where the articles are.
        after: a sequence number.
        upto: a sequence number.
        count: how many changes there are, about.

    Raises:
        ArchiveError: the archive can't be read.
        EngineError: a process that analyses has ended before its time.
    """
    others = min(_cores(), MOST)
    if count < MANY or others < 2:  # noqa: PLR2004 - one has enough to do with what is analysed
        yield from here(archive, after, upto)
        return
    with ExitStack() as stack:
        analysts = [stack.enter_context(_Analyst(archive.path)) for _ in range(others)]
        waiting: deque[_Analyst] = deque()
        strides = iter(range(after, upto, STRIDE))
        for analyst in analysts * AHEAD:
            _ask_next(analyst, strides, upto, waiting)
        while waiting:
            analyst = waiting.popleft()
            found = analyst.answer()
            _ask_next(analyst, strides, upto, waiting)
            yield from found


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _ask_next(analyst: _Analyst, strides: Iterator[int], upto: int, waiting: deque[_Analyst]) -> None:
    for start in strides:
        analyst.ask(start, min(start + STRIDE, upto))
        waiting.append(analyst)
        return


def here(archive: Archive, after: int, upto: int) -> Iterator[Prepared]:
    """What changed between two sequence numbers, analysed by this process."""
    for changed in archive.changes(after, upto):
        yield Prepared(changed.seq, changed.id, document(changed.article) if changed.article else None)


class _Analyst:
    """A process that analyses; it answers in the order in which it is asked."""

    def __init__(self, archive: Path) -> None:
        command = [sys.executable, "-m", "index.analyst", str(archive.absolute())]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, after: int, upto: int) -> None:
        try:
            pickle.dump((after, upto), self._pipe(self._process.stdin))
            self._pipe(self._process.stdin).flush()
        except OSError as error:
            raise self._gone() from error

    def answer(self) -> list[Prepared]:
        try:
            found = pickle.load(self._pipe(self._process.stdout))  # noqa: S301 - of a process of ours
        except (EOFError, pickle.UnpicklingError) as error:
            raise self._gone() from error
        if isinstance(found, Exception):
            raise found
        answered: list[Prepared] = found
        return answered

    def _pipe(self, pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe

    def _gone(self) -> EngineError:
        code = self._process.wait()
        return EngineError(
            f"A process that analyses articles ended with {code} before it was done; memory may have run out."
            " Nothing is lost: run the same command again."
        )
