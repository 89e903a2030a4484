"""A tantivy index as it was at one commit: all its segments as one sequence of documents."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

import numpy as np
import tantivy

from index.engines.contract import TextField
from index.engines.scoring.cache import Cache
from index.engines.scoring.snapshot import Snapshot as AnySnapshot
from index.engines.scoring.snapshot import Stamp
from index.engines.tantivy.files import META, reading
from index.engines.tantivy.segments import ID, LENGTHS, MOMENT, Commit, Leaf, Segment, is_kept

_ATTEMPTS: Final = 50
_PAUSE: Final = 0.02  # seconds; a writer that commits and merges needs less


class Snapshot(AnySnapshot):
    """The index as it was at one commit, its documents numbered through from 0; never changes.

    Args:
        folder: the index's folder.
        commit: which one.
        leaves: its segments, open.
        searcher: tantivy's over the same, for ids and lists of terms.
        cache: where words are kept that were decoded.
    """

    leaves: Sequence[Leaf]

    def __init__(
        self, folder: Path, commit: Commit, leaves: Sequence[Leaf], searcher: tantivy.Searcher, cache: Cache
    ) -> None:
        deleted = [segment.deleted_docs(folder) for segment in commit.segments]
        super().__init__(folder, commit.version, leaves, deleted, cache)
        self._searcher = searcher

    def reading(self) -> AbstractContextManager[None]:
        """Say of whatever goes wrong while something of this snapshot is decoded what it means."""
        return reading(self._folder)

    def frequencies(self, field_name: str, prefix: str) -> list[tuple[str, int]]:
        """Terms of a text field that begin so, and how many documents have each, deleted ones too."""
        if not is_kept(prefix):
            return []
        with self.reading():
            return sorted(self._searcher.terms_with_prefix(field_name, prefix))

    def _id(self, at: int, number: int) -> str:
        address = tantivy.DocAddress(at, number)
        return str(self._searcher.doc(address).get_first(ID))

    def _terms(self) -> int:
        return len({term for name in TextField for term, _ in self.frequencies(name.value, "")})


def open_snapshot(
    folder: Path, index: tantivy.Index, cache: Cache, known: Snapshot | None = None
) -> Snapshot:
    """The newest snapshot of an index; the known one itself if it is that.

    Args:
        folder: the index's folder.
        index: tantivy's, open.
        cache: where words are kept that were decoded; what is of no use any more is let go.
        known: the last snapshot.

    Raises:
        IndexBrokenError: there is no index, or it can't be read.
    """
    with reading(folder):
        for _ in range(_ATTEMPTS):
            try:
                stamp = _stamp(folder)
                if known and known.stamp == stamp:
                    return known
                commit = Commit.read(folder)
                snapshot = _open_snapshot(folder, commit, index, cache, known)
            except (FileNotFoundError, ValueError):
                # A writer replaces files between two looks at them; what is not replaced is spoiled.
                if _stamp(folder) == stamp:
                    raise
            else:
                if _stamp(folder) == stamp:  # else tantivy may have seen the next
                    snapshot.stamp = stamp
                    return snapshot
            time.sleep(_PAUSE)
        raise FileNotFoundError("it changes all the time")


def _open_snapshot(
    folder: Path, commit: Commit, index: tantivy.Index, cache: Cache, known: Snapshot | None
) -> Snapshot:
    index.reload()
    searcher = index.searcher()
    by_name: dict[str, Any] = {leaf.name: leaf for leaf in known.leaves} if known else {}
    leaves = [
        by_name.get(segment.name) or _open_leaf(folder, number, segment, searcher)
        for number, segment in enumerate(commit.segments)
    ]
    snapshot = Snapshot(folder, commit, leaves, searcher, cache)
    if snapshot.count != searcher.num_docs:
        raise ValueError(f"it has {searcher.num_docs} documents, not {snapshot.count}")
    cache.keep_only(snapshot.owners)
    return snapshot


def _stamp(folder: Path) -> Stamp:
    """A file's inode, time and size: tantivy puts a new one in its place at each commit."""
    status = (folder / META).stat()
    return status.st_ino, status.st_mtime_ns, status.st_size


def _open_leaf(folder: Path, number: int, segment: Segment, searcher: tantivy.Searcher) -> Leaf:
    addresses = [tantivy.DocAddress(number, document) for document in range(segment.size)]
    moments = np.array(_values(searcher, MOMENT, addresses), np.int64)
    lengths = np.array(_values(searcher, LENGTHS, addresses), "<u8")
    return Leaf(folder, segment, moments, lengths.view(np.uint8).reshape(-1, lengths.itemsize))


def _values(searcher: tantivy.Searcher, name: str, addresses: list[tantivy.DocAddress]) -> Iterable[Any]:
    return searcher.fast_field_values(name, addresses) if addresses else ()
