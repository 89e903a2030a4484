"""What the engines have in common: a snapshot of the index, which searches are answered from, and how."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final, Generic, TypeVar

from index.engines.contract import EngineError, Page, Request, Scoring, Size, TextField
from index.engines.query import And, Node, Term
from index.engines.scoring.cache import Cache
from index.engines.scoring.collect import collect
from index.engines.scoring.context import Context
from index.engines.scoring.found import Adder
from index.engines.scoring.leading import answer
from index.engines.scoring.queries import count, terms_of
from index.engines.scoring.snapshot import Snapshot

CACHE_BYTES: Final = 48 * 2**20
"""What decoded words and what requests found may take in memory: some six million postings, or five
million places; of a news archive of thirty thousand articles that is most of what is asked for."""

_PASSING: Final = 8
"""One of so many parts of it is for what requests found: that is asked for again at once, or hardly."""

S = TypeVar("S", bound=Snapshot)


class SnapshotEngine(ABC, Generic[S]):
    """An index in a folder, answered from as it was at one commit; several threads may use one.

    A search keeps the snapshot it began with, so a refresh neither waits for searches nor disturbs them.

    Args:
        path: the index's folder.

    Raises:
        IndexBrokenError: there is no index, or it can't be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._refreshing = Lock()
        self._adders: list[Adder] = []
        self._cache = Cache(CACHE_BYTES - CACHE_BYTES // _PASSING, CACHE_BYTES // _PASSING)
        self._snapshot: S | None = self._newest(None)

    @abstractmethod
    def _newest(self, known: S | None) -> S:
        """The index as it is now; the known snapshot itself if it is that."""

    def search(self, request: Request) -> Page:
        """Answer a request over what was committed when `refresh` was last called.

        Raises:
            IndexBrokenError: the index can't be read.
            ValueError: the request names no field of the contract, or asks for less than nothing.
        """
        snapshot = self._current()
        adder = self._adder(snapshot.size)
        found, leading = answer(request, Context(snapshot, request.scoring, adder))
        page = collect(found, leading, request, snapshot)
        self._adders.append(adder)  # only now: what went wrong may have left something on its slate
        return page

    def counts(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        """How many documents match each of these, all over what was committed at the same time.

        Raises:
            IndexBrokenError: the index can't be read.
            ValueError: a node names no field of the contract, or has nothing within.
        """
        snapshot = self._current()
        terms = [(TextField(node.field), node.term) for node in nodes if isinstance(node, Term)]
        if len(terms) == len(nodes):
            return tuple(snapshot.counts(terms))
        adder = self._adder(snapshot.size)
        context = Context(snapshot, Scoring(), adder)
        for node in nodes:
            if isinstance(node, And):
                context.read_ahead(terms_of(node))
        counts = tuple(count(node, context) for node in nodes)
        self._adders.append(adder)
        return counts

    def terms(self, field: str, prefix: str = "") -> list[tuple[str, int]]:
        """Every term of a text field that begins so, in order, with how many documents have it.

        Raises:
            IndexBrokenError: the index can't be read.
            ValueError: there is no such field.
        """
        return self._current().frequencies(TextField(field).value, prefix)

    def state(self) -> Hashable:
        """Which commit is answered from."""
        return self._current().version

    def refresh(self) -> None:
        """See what has been committed since; segments that are still there stay open.

        Raises:
            IndexBrokenError: the index can't be read; searches go on over what was seen last.
        """
        with self._refreshing:
            self._snapshot = self._newest(self._current())

    def size(self) -> Size:
        """How big the index is; terms of deleted documents are counted until these are merged away."""
        snapshot = self._current()
        return Size(snapshot.count, snapshot.terms(), sum(map(_bytes, self._path.iterdir())))

    def close(self) -> None:
        """Let go of files, as soon as the last search is done."""
        with self._refreshing:
            self._snapshot = None
            self._cache.keep_only(())

    def _adder(self, size: int) -> Adder:
        """One that nobody uses, for a snapshot with so many documents; one of another size is let go."""
        with suppress(IndexError):
            if (adder := self._adders.pop()).size == size:
                return adder
        return Adder(size)

    def _current(self) -> S:
        snapshot = self._snapshot
        if snapshot is None:
            raise EngineError("The engine is closed.")
        return snapshot


def _bytes(path: Path) -> int:
    """How long a file is, 0 for one that a writer has just deleted."""
    with suppress(FileNotFoundError):
        return path.stat().st_size
    return 0
