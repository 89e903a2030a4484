"""The words of the last articles that were learned from: most first articles were another query's before."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from index.archive import Archive
from search.numbered import Counted, First, Numbered

BYTES: Final = 36 * 2**20
"""What is remembered of an archive takes no more: some five thousand articles of news."""

WORDS: Final = 0.75
"""The share of it that words may take; when there are more of them, all is forgotten."""

CHANGES: Final = 200
"""Changes of an archive up to which what changed is forgotten; after more of them, everything is."""


def recall(archive: Archive, ids: Sequence[str]) -> tuple[First, list[int]]:
    """The words of articles, as they are in the archive now.

    Returns:
        The articles, and which of the ids they are of: those that the archive doesn't have are left out.
    """
    memory = _memories.get(archive)
    if memory is None:
        memory = _memories.setdefault(archive, _Memory())
    return memory.recall(archive, ids)


class _Memory:
    """What was read of an archive; threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seq = 0  # up to which change of the archive nothing is known that is older
        self._forget()

    def recall(self, archive: Archive, ids: Sequence[str]) -> tuple[First, list[int]]:
        with self._lock:
            self._catch_up(archive)
            if self._numbered.nbytes > WORDS * BYTES:
                self._forget()
            known = self._known
            found = {id_: known[id_] for id_ in ids if id_ in known}
            for id_ in found:
                known.move_to_end(id_)
            if len(found) < len(ids):
                found |= self._read(archive, [id_ for id_ in ids if id_ not in found])
            rows = [row for row, id_ in enumerate(ids) if id_ in found]
            return First([found[ids[row]] for row in rows], self._numbered), rows

    def _catch_up(self, archive: Archive) -> None:
        """Forget what has changed, before anything is read, so that nothing is taken for newer than it is."""
        last = archive.last_seq()
        if last != self._seq and self._known:
            self._drop_changed(archive, last)
        self._seq = last

    def _drop_changed(self, archive: Archive, last: int) -> None:
        if archive.count_changes(self._seq) > CHANGES:
            self._forget()
        else:
            for changed in archive.changes(self._seq, last):
                self._drop(changed.id)

    def _read(self, archive: Archive, ids: Sequence[str]) -> dict[str, Counted]:
        found = {id_: self._numbered.counted(article) for id_, article in archive.get_many(ids).items()}
        for id_, counted in found.items():
            self._known[id_] = counted
            self._nbytes += counted.nbytes
        while self._known and self._nbytes + self._numbered.nbytes > BYTES:
            self._drop(next(iter(self._known)))
        return found

    def _drop(self, id_: str) -> None:
        if dropped := self._known.pop(id_, None):
            self._nbytes -= dropped.nbytes

    def _forget(self) -> None:
        self._numbered = Numbered()
        self._known: OrderedDict[str, Counted] = OrderedDict()
        self._nbytes = 0


_memories: WeakKeyDictionary[Archive, _Memory] = WeakKeyDictionary()
