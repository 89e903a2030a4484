"""The engine for those who want an index that a maintained library of its own writes and merges: tantivy's.

The modules beside this one are parts of it, and the only importers of tantivy: `files`, `terms` and
`postings` read what tantivy writes, `segments` and `snapshot` put it together, `batch` changes.
What is found is scored, put in order and counted by the same code as in the Whoosh engine, so that scores are
the same on both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from index.engines.contract import Batch
from index.engines.scoring.engine import SnapshotEngine
from index.engines.tantivy.files import META, reading
from index.engines.tantivy.segments import open_index
from index.engines.tantivy.snapshot import Snapshot, open_snapshot

_PATIENCE: Final = 60.0  # seconds


class TantivyEngine(SnapshotEngine[Snapshot]):
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
            from index.engines.tantivy.batch import create_index  # a search needs nothing of what writes

            create_index(path, patience)
        with reading(path):
            (path / META).stat()
            self._index = open_index(path)
        super().__init__(path)

    def _newest(self, known: Snapshot | None) -> Snapshot:
        return open_snapshot(self._path, self._index, self._cache, known)

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Start a batch: committed when the block ends well, cancelled whole when it raises.

        Raises:
            IndexBusyError: another has been writing for longer than this engine's patience.
            IndexBrokenError: the index can't be read.
            EngineError: it can't be written.
        """
        from index.engines.tantivy.batch import open_batch

        self._current()
        with open_batch(self._path, self._patience) as batch:
            yield batch
