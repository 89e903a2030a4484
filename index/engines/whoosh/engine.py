"""The engine that is always there: an index of Whoosh 2.7.4's format, which stock Whoosh opens too.

Of the modules beside this one `files`, `toc`, `terms`, `columns`, `even`, `together`, `postings`,
`segments` and `snapshot` read; `batch` changes, with `waiting`, `runs` and `merge` for what is to be written,
and `write`, `encode`, `hashed`, `schema` and `storage` for how. The only importers of Whoosh are `batch`,
`write`, `schema` and `storage`, and a search imports none of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.engines.contract import Batch
from index.engines.scoring.engine import SnapshotEngine
from index.engines.whoosh.snapshot import Snapshot, open_snapshot

_PATIENCE = 60.0  # seconds


class WhooshEngine(SnapshotEngine[Snapshot]):
    """An index in a folder. Implements `contract.Engine`.

    Args:
        path: the index's folder.
        create: make the folder and an empty index if there is none.
        patience: how many seconds a batch waits for another writer.

    Raises:
        IndexBrokenError: there is no index, or it can't be read.
    """

    def __init__(self, path: Path, *, create: bool = False, patience: float = _PATIENCE) -> None:
        self._patience = patience
        if create:
            from index.engines.whoosh.batch import create_index  # a search needs nothing of what writes

            create_index(path, patience)
        super().__init__(path)

    def _newest(self, known: Snapshot | None) -> Snapshot:
        return open_snapshot(self._path, self._cache, known)

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Start a batch: committed when the block ends well, cancelled whole when it raises.

        Raises:
            IndexBusyError: another has been writing for longer than this engine's patience.
            IndexBrokenError: the index can't be read.
            EngineError: it can't be written.
        """
        from index.engines.whoosh.batch import open_batch

        with open_batch(self._path, self._current().leaves, self._patience) as batch:
            yield batch
