"""A Whoosh index as it was at one commit."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from index.engines.contract import IndexBrokenError, TextField
from index.engines.files import reading
from index.engines.scoring.cache import Cache
from index.engines.scoring.snapshot import Snapshot as AnySnapshot
from index.engines.scoring.snapshot import Stamp
from index.engines.whoosh.segments import FIELDS, INDEX_NAME, Leaf, newest_generation, open_leaves
from index.engines.whoosh.toc import read_contents

_TICK = 3 * 10**9  # nanoseconds; no file system's clock is coarser

_ATTEMPTS = 10
_PAUSE = 0.02  # seconds; a writer that replaces the table of contents needs less


class Snapshot(AnySnapshot):
    """The index as it was at one commit; what it asks of segments beyond what every engine's have."""

    leaves: Sequence[Leaf]

    def frequencies(self, field_name: str, prefix: str) -> list[tuple[str, int]]:
        """Terms of a text field that begin so, and how many documents have each, deleted ones too."""
        counted: Counter[str] = Counter()
        with self.reading():
            found = [list(leaf.frequencies(field_name, prefix)) for leaf in self.leaves]
        if len(found) == 1:
            return found[0]
        for each in found:
            counted.update(dict(each))
        return sorted(counted.items())

    def _id(self, at: int, number: int) -> str:
        return self.leaves[at].id_of(number)

    def _terms(self) -> int:
        names = frozenset(TextField)
        with self.reading():
            return len({term for leaf in self.leaves for name, term in leaf.terms() if name in names})


def open_snapshot(folder: Path, cache: Cache, known: Snapshot | None = None) -> Snapshot:
    """The newest snapshot of an index; the known one itself if it is that.

    Args:
        folder: the index's folder.
        cache: where words are kept that were decoded; what is of no use any more is let go.
        known: the last snapshot.

    Raises:
        IndexBrokenError: there is no index, or it can't be read.
    """
    with reading(folder):
        for _ in range(_ATTEMPTS):
            try:
                return _open_snapshot(folder, cache, known)
            except FileNotFoundError:  # a writer replaces files between two looks at them
                time.sleep(_PAUSE)
        return _open_snapshot(folder, cache, known)


def _open_snapshot(folder: Path, cache: Cache, known: Snapshot | None) -> Snapshot:
    stamp = _stamp(folder)
    if known and known.stamp == stamp is not None and _version(folder, known.version[0]) == known.version:
        return known
    version = _version(folder, newest_generation(folder))
    if known and known.version == version:
        known.stamp = stamp
        return known
    contents = read_contents(folder / _contents(version[0]))
    if contents.fields != FIELDS:
        raise IndexBrokenError(
            f"The index in {folder} has other fields than this version's: run `arshif reindex`."
        )
    leaves = open_leaves(folder, contents.segments, known.leaves if known else ())
    snapshot = Snapshot(folder, version, leaves, [each.deleted_docs() for each in contents.segments], cache)
    snapshot.stamp = stamp
    cache.keep_only(snapshot.owners)
    return snapshot


def _contents(generation: int) -> str:
    return f"_{INDEX_NAME}_{generation}.toc"


def _version(folder: Path, generation: int) -> tuple[int, ...]:
    """What tells a commit from others, and from one of the same generation that is put in its place."""
    status = os.stat(os.path.join(folder, _contents(generation)))  # noqa: PTH116, PTH118 - asked at each search
    return (generation, status.st_ino, status.st_mtime_ns)


def _stamp(folder: Path) -> Stamp | None:
    """What stays as long as no file comes to the folder or goes; None when something did just now.

    Then something else may have in the same tick of the file system's clock, and would not be seen.
    """
    status = os.stat(folder)  # noqa: PTH116
    if abs(time.time_ns() - status.st_mtime_ns) < _TICK:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns
