"""Writing a Whoosh index: one batch under the index's lock, and which segments a commit merges."""

from __future__ import annotations

import gc
import marshal
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader
from whoosh.util.filelock import FileLock, try_for
from whoosh.writing import PostingPool, SegmentWriter

from index.engines.contract import GAP, Document, EngineError, IndexBusyError, moment
from index.engines.whoosh_codec import Codec
from index.engines.whoosh_files import Storage, reading, writing
from index.engines.whoosh_segments import GAP_MARK, INDEX_NAME, Leaf, newest_generation, open_leaves, schema

_WAITING = 1_000_000
"""Postings that a batch holds in memory, about 250 MB, before it sorts them and puts them aside."""

_CHUNK = 4096
"""Postings that are put aside at a time."""

_SMALL = 1000
"""Documents from which on a segment is never merged for being small, so that a commit's work is bounded."""

_PEERS = 8
"""The most segments with the same number of digits in their number of documents that are left unmerged."""


class WhooshBatch:
    """What is to be changed together. Implements `contract.Batch`."""

    def __init__(self, folder: Path, writer: SegmentWriter, leaves: Sequence[Leaf]) -> None:
        self._folder = folder
        self._writer = writer
        self._changed = False
        self._whole = True
        self._committed = list(zip(writer.segments, leaves, strict=True))
        self._pending: dict[str, int] = {}

    def add(self, document: Document) -> None:
        """Index a document; one with the same id is replaced, also one of this batch.

        Raises:
            ValueError: it has no id, or a term that can't be kept; the batch is as it was.
            EngineError: the index can't be read or written; the batch can't be committed.
        """
        fields = _fields(document)
        self.remove(document.id)
        self._pending[document.id] = self._writer.docnum
        self._changed, self._whole = True, False
        with writing(self._folder):
            self._writer.add_document(**fields)
        self._whole = True

    def remove(self, document_id: str) -> None:
        """Take a document out; nothing happens when it is not there."""
        for segment, leaf in self._committed:
            with reading(self._folder):
                found = leaf.postings("id", document_id).documents.tolist()
            for number in found:
                self._changed |= not segment.is_deleted(number)
                segment.delete_document(number)
        # Whoosh doesn't delete from the segment it is writing, but the segment itself takes the mark.
        pending = self._pending.pop(document_id, None)
        if pending is not None:
            self._writer.newsegment.delete_document(pending)

    def commit(self) -> None:
        """Make the changes the index's; none are no commit.

        Raises:
            EngineError: the index can't be written, or a document could not be before.
        """
        if not self._whole:
            raise EngineError(f"The batch for {self._folder} is cancelled: a document could not be written.")
        if self._changed:
            with writing(self._folder):
                self._writer.commit(mergetype=merge)


def _fields(document: Document) -> dict[str, str | int]:
    """A document as Whoosh takes it; checked whole, for Whoosh can't take back half a document.

    Raises:
        ValueError: it has no id, or a term that can't be kept.
    """
    if not document.id:
        raise ValueError("A document has no id.")
    fields = {"id": document.id}
    fields |= {name.value: _text(document, terms) for name, terms in document.terms.items() if terms}
    fields |= {name.value: value for name, value in document.keywords.items() if value}
    for value in fields.values():
        value.encode()  # a lone surrogate is a ValueError here
    return {**fields, "published": moment(document.published)}


def _text(document: Document, terms: Sequence[str]) -> str:
    """Terms as a text that Whoosh's analyzer takes apart into the same terms at the same places."""
    text = " ".join([GAP_MARK if term == GAP else term for term in terms])
    spaces = sum(map(text.count, " \t\r\n"))
    if spaces != len(terms) - 1 or GAP_MARK in terms:
        wrong = next(term for term in terms if term == GAP_MARK or set(term) & set(" \t\r\n"))
        raise ValueError(
            f"Document {document.id!r}: the term {wrong!r} can't be kept, no space or bare hyphen can."
        )
    return text


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
        raise IndexBusyError(
            f"Another process has been writing to the index in {folder} for {patience:g} seconds:"
            " wait until it is done, or end it, and try again."
        )
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
    with locked(folder, patience), _no_collections():
        storage = Storage(folder)
        try:
            writer = _writer(storage)
            with reading(folder):
                leaves = open_leaves(folder, writer.segments, known)
            batch = WhooshBatch(folder, writer, leaves)
            yield batch
            batch.commit()
        finally:
            storage.finish()


def _writer(storage: Storage) -> SegmentWriter:
    """A writer without Whoosh's own lock, which it never lets go of when a commit fails."""
    folder = Path(storage.folder)
    with reading(folder):
        index = FileIndex(storage)
    with writing(folder):
        writer = SegmentWriter(index, _lk=False, codec=Codec())
        writer.pool = _Pool(writer.temp_storage(), writer.newsegment)
        return writer


class _Pool(PostingPool):  # type: ignore[misc] # Whoosh ships no types
    """Postings that wait to be sorted: Whoosh's own weighs each of them, and puts them aside one by one.

    With it a batch that does not fit in memory takes three quarters of the time.
    """

    def add(self, item: tuple[Any, ...]) -> None:
        if len(self.current) >= _WAITING:
            self.save()
        self.current.append(item)

    def _write_run(self, file: BinaryIO, items: Iterable[tuple[Any, ...]]) -> None:
        rest = iter(items)
        while chunk := list(islice(rest, _CHUNK)):
            marshal.dump(chunk, file)
        file.close()

    def _read_run(self, path: str) -> Iterator[tuple[Any, ...]]:
        with self._open_run(path) as file:
            while chunk := _chunk(file):
                yield from chunk
        self._remove_run(path)


def _chunk(file: BinaryIO) -> list[tuple[Any, ...]]:
    try:
        chunk: list[tuple[Any, ...]] = marshal.load(file)  # noqa: S302 - what this process has just written
    except EOFError:
        return []
    return chunk


@contextmanager
def _no_collections() -> Iterator[None]:
    """No garbage collection: it walks over millions of postings that wait to be sorted, and finds nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def merge(writer: SegmentWriter, segments: Sequence[Any]) -> list[Any]:
    """Whoosh's merge policy: which segments are copied into the one being written; the others are returned.

    Merged are small segments of about the same size when they have become too many, and each of which more
    than half is deleted. So a document is copied a few times at most, and after a commit there are never more
    than `_PEERS` and one small segments of a size.
    """
    peers = Counter(map(_digits, segments))
    kept = []
    for segment in segments:
        live = segment.doc_count()
        crowded = live < _SMALL and peers[_digits(segment)] > _PEERS
        if not crowded and 2 * live >= segment.doc_count_all():
            kept.append(segment)
        elif live:
            _copy(writer, segment)
    return kept


def _digits(segment: Any) -> int:  # noqa: ANN401 - Whoosh ships no types
    return len(str(segment.doc_count()))


def _copy(writer: SegmentWriter, segment: Any) -> None:  # noqa: ANN401 - Whoosh ships no types
    reader = SegmentReader(writer.storage, writer.schema, segment)
    writer.add_reader(reader)
    reader.close()
