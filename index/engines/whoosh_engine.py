"""The engine that is always there: an index of Whoosh 2.7.4's format, which stock Whoosh opens too.

The modules `whoosh_…` beside this one are parts of it: `files`, `toc`, `terms`, `columns`, `postings`,
`places`, `segments` and `snapshot` read, `cache` keeps what was read; `batch` changes, with `waiting` and
`merge` for what is to be written, and `write`, `encode`, `hashed`, `schema` and `storage` for how; `queries`
with `context`, `nearby`, `bm25` and `found` finds and scores, `leading` and `collect` order and count. The
only importers of Whoosh are `batch`, `write`, `schema` and `storage`, and a search imports none of these.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Final

from index.engines.contract import Batch, EngineError, Page, Request, Scoring, Size, TextField
from index.engines.query import Node
from index.engines.whoosh_cache import Cache
from index.engines.whoosh_collect import collect
from index.engines.whoosh_context import new_context
from index.engines.whoosh_leading import answer
from index.engines.whoosh_queries import count
from index.engines.whoosh_snapshot import Snapshot, open_snapshot

CACHE_BYTES: Final = 64 * 2**20
"""What decoded words and what requests found may take in memory: that is four million postings or documents,
or eight million places."""

_PATIENCE = 60.0  # seconds


class WhooshEngine:
    """An index in a folder. Implements `contract.Engine`; several threads may use one.

    A search keeps the snapshot it began with, so a refresh neither waits for searches nor disturbs them.

    Args:
        path: the index's folder.
        create: make the folder and an empty index if there is none.
        patience: how many seconds a batch waits for another writer.

    Raises:
        IndexBrokenError: there is no index, or it can't be read.
    """

    def __init__(self, path: Path, *, create: bool = False, patience: float = _PATIENCE) -> None:
        self._path = path
        self._patience = patience
        self._refreshing = Lock()
        if create:
            from index.engines.whoosh_batch import create_index  # a search needs nothing of what writes

            create_index(path, patience)
        self._cache = Cache(CACHE_BYTES)
        self._snapshot: Snapshot | None = open_snapshot(path, self._cache)

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Start a batch: committed when the block ends well, cancelled whole when it raises.

        Raises:
            IndexBusyError: another has been writing for longer than this engine's patience.
            IndexBrokenError: the index can't be read.
            EngineError: it can't be written.
        """
        from index.engines.whoosh_batch import open_batch

        with open_batch(self._path, self._current().leaves, self._patience) as batch:
            yield batch

    def search(self, request: Request) -> Page:
        """Answer a request over what was committed when `refresh` was last called.

        Raises:
            IndexBrokenError: the index can't be read.
            ValueError: the request names no field of the contract, or asks for less than nothing.
        """
        snapshot = self._current()
        context = new_context(snapshot, request.scoring)
        found, leading = answer(request, context)
        return collect(found, leading, request, snapshot)

    def counts(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        """How many documents match each of these, all over what was committed at the same time.

        Raises:
            IndexBrokenError: the index can't be read.
            ValueError: a node names no field of the contract, or has nothing within.
        """
        context = new_context(self._current(), Scoring())
        return tuple(count(node, context) for node in nodes)

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
            self._snapshot = open_snapshot(self._path, self._cache, self._current())

    def size(self) -> Size:
        """How big the index is; terms of deleted documents are counted until these are merged away."""
        snapshot = self._current()
        return Size(snapshot.count, snapshot.terms(), sum(map(_bytes, self._path.iterdir())))

    def close(self) -> None:
        """Let go of files, as soon as the last search is done."""
        with self._refreshing:
            self._snapshot = None
            self._cache.keep_only(())

    def _current(self) -> Snapshot:
        snapshot = self._snapshot
        if snapshot is None:
            raise EngineError("The engine is closed.")
        return snapshot


def _bytes(path: Path) -> int:
    """How long a file is, 0 for one that a writer has just deleted."""
    with suppress(FileNotFoundError):
        return path.stat().st_size
    return 0
