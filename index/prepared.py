"""Changes of an archive, ready to be indexed: read right here, or by other processes if they are many.

Half of the time of a big load is spent on reading articles and splitting them into numbered pieces. A process
reads its articles from the archive by itself, so that what goes to it is a few numbers, and what comes back
is arrays and each word once; it ends when its input does, also because this process was killed. Words can be
analysed by either: that is shared so that nobody waits.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Final, Self

from index.archive import Archive
from index.blocks import Analysis, Words
from index.engines.contract import Documents, EngineError
from index.pieces import Numbered, Numbering, strides
from index.record import record

MANY: Final = 4_000
"""Changes from which on it pays to start other processes."""

AHEAD: Final = 2
"""Questions that a process has got and not answered, so that it never waits for one."""

MOST: Final = 2
"""Processes that read as much as one can analyse and index."""

_STEP: Final = 0.125
"""By how much the share of the analysis changes that others do."""

_READY: Final = 0.1
"""How much of the time between two answers goes by for taking one that lies ready, at most."""

_PIPE: Final = 1 << 20
"""Bytes that an answer may lie in before it is taken, where the system can do so."""


@record
class Prepared:
    """The latest states of articles, ready to be indexed.

    Attributes:
        seq: the number of the last change.
        removed: the ids of those that were removed.
        documents: the others.
    """

    seq: int
    removed: Sequence[str]
    documents: Documents

    def __len__(self) -> int:
        return len(self.removed) + len(self.documents.ids)


def prepared(archive: Archive, after: int, upto: int, count: int) -> Generator[Prepared]:
    """What changed after a sequence number and up to another, in order; to be closed if it isn't read out.

    Args:
        archive: where the articles are.
        after: a sequence number.
        upto: a sequence number.
        count: how many changes there are, about.

    Raises:
        ArchiveError: the archive can't be read.
        EngineError: a process that reads has ended before its time.
    """
    others = min(_cores() - 1, MOST)
    if count < MANY or not others:
        yield from here(archive, after, upto)
        return
    with ExitStack() as stack:
        words = Words()
        readers = [stack.enter_context(_Reader(archive.path)) for _ in range(others)]
        analyses = {reader: Analysis(words) for reader in readers}
        waiting: deque[_Reader] = deque()
        asked, share = strides(after, upto), _Share()
        for reader in readers * AHEAD:
            _ask_next(reader, asked, share, waiting)
        while waiting:
            reader = waiting.popleft()
            with share.waiting():
                found = reader.answer()
            _ask_next(reader, asked, share, waiting)
            yield from _prepared(found, analyses[reader])


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Share:
    """How much of the analysis the others do: more while answers lie ready, less while they are waited for.

    What is indexed is the same, whoever analyses it.

    Attributes:
        others: of the new words, 0 to 1.
    """

    def __init__(self) -> None:
        self.others = 0.5
        self._since = time.perf_counter()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """While an answer is waited for and taken."""
        begun = time.perf_counter()
        yield
        ended = time.perf_counter()
        waited = ended - begun > _READY * (ended - self._since)
        self.others = min(1.0, max(0.0, self.others + (-_STEP if waited else _STEP)))
        self._since = ended


def _ask_next(
    reader: _Reader, asked: Iterator[tuple[int, int]], share: _Share, waiting: deque[_Reader]
) -> None:
    for after, upto in asked:
        reader.ask(after, upto, share.others)
        waiting.append(reader)
        return


def here(archive: Archive, after: int, upto: int) -> Iterator[Prepared]:
    """What changed between two sequence numbers, read by this process."""
    numbering, analysis = Numbering(), Analysis(Words())
    for first, last in strides(after, upto):
        yield from _prepared(numbering.read(archive, first, last, 1.0), analysis)


def _prepared(found: Numbered, analysis: Analysis) -> Iterator[Prepared]:
    documents = analysis.documents(found)  # also if it has none: others may be numbered after what is new
    if found.last:
        yield Prepared(found.last, found.removed, documents)


class _Reader:
    """A process that reads; it answers in the order in which it is asked."""

    def __init__(self, archive: Path) -> None:
        # -P: or a folder named `index` where the command is run would be taken for this package, and run.
        command = [sys.executable, "-P", "-m", "index.reader", str(archive.absolute())]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "pipesize": _PIPE}
        self._process: subprocess.Popen[bytes] = subprocess.Popen(command, **pipes)  # noqa: S603 - our own

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, after: int, upto: int, share: float) -> None:
        try:
            pickle.dump((after, upto, share), self._pipe(self._process.stdin))
            self._pipe(self._process.stdin).flush()
        except OSError as error:
            raise self._gone() from error

    def answer(self) -> Numbered:
        try:
            found = pickle.load(self._pipe(self._process.stdout))  # noqa: S301 - of a process of ours
        except (EOFError, pickle.UnpicklingError) as error:
            raise self._gone() from error
        if isinstance(found, Exception):
            raise found
        answered: Numbered = found
        return answered

    def _pipe(self, pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe

    def _gone(self) -> EngineError:
        code = self._process.wait()
        return EngineError(
            f"A process that reads articles ended with {code} before it was done; memory may have run out."
            " Nothing is lost: run the same command again."
        )
