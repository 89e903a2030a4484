"""The engine for those who want an index that a maintained library of its own writes and merges: tantivy's.

The modules `tantivy_…` beside this one are parts of it, and with it the only importers of tantivy: `files`,
`terms` and `postings` read what tantivy writes, `segments` and `snapshot` put it together, `batch` changes.
What is found is scored, put in order and counted by the same code as in the Whoosh engine, so that scores are
the same on both.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Final

from index.engines.contract import Batch, EngineError, Page, Request, Scoring, Size, TextField
from index.engines.query import Node
from index.engines.tantivy_files import META, reading
from index.engines.tantivy_segments import open_index
from index.engines.tantivy_snapshot import Snapshot, open_snapshot
from index.engines.whoosh_cache import Cache
from index.engines.whoosh_collect import collect
from index.engines.whoosh_context import new_context
from index.engines.whoosh_leading import answer
from index.engines.whoosh_queries import count

CACHE_BYTES: Final = 64 * 2**20
"""What decoded words and what requests found may take in memory."""

_PATIENCE: Final = 60.0  # seconds


class TantivyEngine:
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
            from index.engines.tantivy_batch import create_index  # a search needs nothing of what writes

            create_index(path, patience)
        with reading(path):
            (path / META).stat()
            self._index = open_index(path)
        self._cache = Cache(CACHE_BYTES)
        self._snapshot: Snapshot | None = open_snapshot(path, self._index, self._cache)

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Start a batch: committed when the block ends well, cancelled whole when it raises.

        Raises:
            IndexBusyError: another has been writing for longer than this engine's patience.
            IndexBrokenError: the index can't be read.
            EngineError: it can't be written.
        """
        from index.engines.tantivy_batch import open_batch

        self._current()
        with open_batch(self._path, self._patience) as batch:
            yield batch

    def search(self, request: Request) -> Page:
        """Answer a request over what was committed when `refresh` was last called.

        Raises:
            IndexBrokenError: the index can't be read.
            ValueError: the request names no field of the contract, or asks for less than nothing.
        """
        snapshot = self._current()
        found, leading = answer(request, new_context(snapshot, request.scoring))
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
            self._snapshot = open_snapshot(self._path, self._index, self._cache, self._current())

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
