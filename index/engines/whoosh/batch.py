"""Writing a Whoosh index: one batch under the index's lock, and which segments a commit merges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import compress
from pathlib import Path

from whoosh.index import TOC, clean_files
from whoosh.util.filelock import FileLock, try_for

from index.engines.columns import by_columns
from index.engines.contract import Document, Documents, EngineError
from index.engines.files import busy, reading, writing
from index.engines.whoosh.merge import is_kept, take_in
from index.engines.whoosh.schema import schema
from index.engines.whoosh.segments import INDEX_NAME, Leaf, newest_generation, open_leaves
from index.engines.whoosh.storage import Storage
from index.engines.whoosh.waiting import Waiting
from index.engines.whoosh.write import write_segment

_WAITING = 8_000_000
"""Tokens that wait in memory, about 450 MB with what it takes to put them in order; more are put aside."""

_BEGUN = f"_{INDEX_NAME}_*.toc.*"
"""A table of contents that has not got its name yet, which Whoosh itself never takes away."""


class WhooshBatch:
    """What is to be changed together. Implements `contract.Batch`.

    Args:
        storage: of the index's folder.
        contents: the table of contents that is changed.
        leaves: its segments, open.
    """

    def __init__(self, storage: Storage, contents: TOC, leaves: Sequence[Leaf]) -> None:
        self._folder = Path(storage.folder)
        self._storage = storage
        self._contents = contents
        self._changed = False
        self._whole = True
        self._written = list(zip(contents.segments, leaves, strict=True))
        self._waiting = Waiting(self._folder, _WAITING)

    def add(self, document: Document) -> None:
        """Index a document; one with the same id is replaced, also one of this batch. Raises as `add_all`."""
        self.add_all(by_columns([document]))

    def add_all(self, documents: Documents) -> None:
        """Index documents; those with the same ids are replaced, also those of this batch.

        Raises:
            ValueError: one has no id, or a term that can't be kept; the batch is as it was.
            EngineError: the index can't be read or written; the batch can't be committed.
        """
        whole, self._whole = self._whole, False
        try:
            with writing(self._folder):
                self._waiting.add_all(documents)
        except ValueError:
            self._whole = whole
            raise
        self._changed |= bool(documents.ids)
        for document_id in documents.ids:
            self._delete(document_id)
        self._whole = whole

    def remove(self, document_id: str) -> None:
        """Take a document out; nothing happens when it is not there.

        Raises:
            IndexBrokenError: the index can't be read.
        """
        self._waiting.remove(document_id)
        self._delete(document_id)

    def _delete(self, document_id: str) -> None:
        """Take a document out of the segments."""
        for segment, leaf in self._written:
            with reading(self._folder):
                found = leaf.postings("id", document_id).documents.tolist()
            for number in found:
                self._changed |= not segment.is_deleted(number)
                segment.delete_document(number)

    def commit(self) -> None:
        """Make the changes the index's; none are no commit.

        Raises:
            EngineError: the index can't be read or written, or could not be written before.
        """
        if not self._whole:
            raise EngineError(f"The batch for {self._folder} is cancelled: a document could not be written.")
        if self._changed:
            self._merge()
            self._write()
            generation = self._contents.generation + 1
            segments = [segment for segment, _ in self._written]
            with writing(self._folder):
                # Not the schema that was read: nothing else looks into it, and it may be spoiled.
                TOC(schema(), segments, generation).write(self._storage, INDEX_NAME)
                clean_files(self._storage, INDEX_NAME, generation, segments)

    def _merge(self) -> None:
        """Let the documents of some segments wait to be written once more."""
        kept = is_kept([segment for segment, _ in self._written])
        before, self._written = self._written, list(compress(self._written, kept))
        for (segment, leaf), stays in zip(before, kept, strict=True):
            if not stays:
                with reading(self._folder):
                    take_in(segment, leaf, self._waiting)

    def _write(self) -> None:
        """Make a segment of the documents that wait."""
        if self._waiting:
            with writing(self._folder):
                segment = write_segment(self._storage, self._waiting.contents())
            with reading(self._folder):
                self._written.append((segment, Leaf(self._folder, segment)))


@contextmanager
def locked(folder: Path, patience: float) -> Iterator[None]:
    """Hold the lock of an index against other writers; it is free again when a process ends, however it ends.

    Args:
        folder: the index's folder.
        patience: how many seconds to wait for another writer.

    Raises:
        IndexBusyError: another has been writing for longer.
    """
    lock = FileLock(str(folder / f"{INDEX_NAME}_WRITELOCK"))
    with writing(folder):
        free = try_for(lock.acquire, timeout=patience, delay=0.05)
    if not free:
        raise busy(folder, patience)
    try:
        yield
    finally:
        lock.release()


def create_index(folder: Path, patience: float) -> None:
    """Make an empty index in a folder, and the folder, unless there is one.

    Raises:
        IndexBusyError: another has been writing for longer than `patience` seconds.
    """
    if _exists(folder):
        return
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with locked(folder, patience):
        if not _exists(folder):
            with writing(folder):
                TOC.create(Storage(folder), schema(), INDEX_NAME)


def _exists(folder: Path) -> bool:
    with suppress(FileNotFoundError, NotADirectoryError):
        return newest_generation(folder) >= 0
    return False


def _sweep(storage: Storage, contents: TOC) -> None:
    """Take away what a killed process left; a batch that changes nothing more cleans nothing else."""
    clean_files(storage, INDEX_NAME, contents.generation, contents.segments)
    for path in Path(storage.folder).glob(_BEGUN):
        with suppress(OSError):
            path.unlink()


@contextmanager
def open_batch(folder: Path, known: Sequence[Leaf], patience: float) -> Iterator[WhooshBatch]:
    """A batch under the index's lock: committed when the block ends well, undone when it raises.

    Args:
        folder: the index's folder.
        known: leaves that are open already.
        patience: how many seconds to wait for another writer.

    Raises:
        IndexBusyError: another has been writing for longer.
        IndexBrokenError: the index can't be read.
        EngineError: it can't be written.
    """
    with locked(folder, patience):
        storage = Storage(folder)
        try:
            with reading(folder):
                contents = TOC.read(storage, INDEX_NAME)
                leaves = open_leaves(folder, contents.segments, known)
            _sweep(storage, contents)
            batch = WhooshBatch(storage, contents, leaves)
            yield batch
            batch.commit()
        finally:
            storage.finish()
