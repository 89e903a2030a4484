"""Writing a tantivy index: one batch under the index's lock."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import tantivy
from filelock import FileLock, Timeout

from index.engines.columns import one_by_one
from index.engines.contract import (
    GAP,
    Document,
    Documents,
    EngineError,
    IndexBusyError,
    KeywordField,
    TextField,
    moment,
)
from index.engines.tantivy_files import META, reading, sync, writing
from index.engines.tantivy_segments import GAP_MARK, ID, LENGTHS, MOMENT, is_kept, open_index
from index.engines.whoosh_segments import LENGTHS as CODES

_LOCK: Final = "lock"
_MEMORY: Final = 400_000_000
"""Bytes that tantivy fills before it makes a segment of them; it is seen with the others at the commit."""

LONGEST: Final = 65_530
"""Bytes: tantivy keeps no longer term."""

_OTHER_SPACES: Final = "\t\n\r\f"
"""What tantivy's tokenizer splits a text at, beside a space."""


class TantivyBatch:
    """What is to be changed together. Implements `contract.Batch`.

    Args:
        folder: the index's.
        index: tantivy's, open.
    """

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self._folder = folder
        self._index = index
        self._searcher = index.searcher()
        self._added: set[str] = set()
        self._removed: set[str] = set()
        self._opened: tantivy.IndexWriter | None = None
        self._whole = True

    def add(self, document: Document) -> None:
        """Index a document; one with the same id is replaced, also one of this batch. Raises as `add_all`."""
        self._add([document])

    def add_all(self, documents: Documents) -> None:
        """Index documents; those with the same ids are replaced, also those of this batch.

        Raises:
            ValueError: one has no id, or a term that can't be kept; the batch is as it was.
            EngineError: the index can't be read or written; the batch can't be committed.
        """
        self._add(one_by_one(documents))

    def _add(self, documents: Iterable[Document]) -> None:
        written = [(document.id, self._checked(document)) for document in documents]
        whole, self._whole = self._whole, False
        for document_id, made in written:
            self._delete(document_id)
            with writing(self._folder):
                self._writer().add_document(made)
            self._added.add(document_id)
        self._whole = whole

    def remove(self, document_id: str) -> None:
        """Take a document out; nothing happens when it is not there.

        Raises:
            EngineError: the index can't be read or written.
        """
        self._delete(document_id)
        self._added.discard(document_id)

    def commit(self) -> None:
        """Make the changes the index's; none are no commit.

        Raises:
            EngineError: the index can't be written, or could not be written before.
        """
        if not self._whole:
            raise EngineError(f"The batch for {self._folder} is cancelled: a document could not be written.")
        if self._opened is not None:
            with writing(self._folder):
                self._opened.commit()
                sync(self._folder)

    def cancel(self) -> None:
        """Take back what was not committed, and delete its files."""
        if self._opened is not None:
            with suppress(EngineError), writing(self._folder):  # what is left the next batch takes away
                self._opened.rollback()
                self._opened.garbage_collect_files()

    def close(self) -> None:
        """Wait until segments are merged, and let go of tantivy's lock."""
        writer, self._opened = self._opened, None
        if writer is not None:
            with writing(self._folder):
                writer.wait_merging_threads()

    def _writer(self) -> tantivy.IndexWriter:
        if self._opened is None:
            self._opened = self._index.writer(_MEMORY, 1)
        return self._opened

    def _delete(self, document_id: str) -> None:
        if document_id in self._added or self._is_there(document_id):
            with writing(self._folder):
                self._writer().delete_documents_by_term(ID, document_id)
            self._removed.add(document_id)

    def _is_there(self, document_id: str) -> bool:
        """Whether it was in the index when the batch began, and was not taken out since."""
        if document_id in self._removed or not self._searcher.num_docs or not is_kept(document_id):
            return False
        with reading(self._folder):
            if not self._searcher.doc_freq(ID, document_id):
                return False
            query = tantivy.Query.term_query(self._index.schema, ID, document_id)
            found: Any = self._searcher.search(query, 1)  # its stubs know no count
            return bool(found.count)

    def _checked(self, document: Document) -> tantivy.Document:
        if not document.id:
            raise ValueError("A document has no id.")
        try:
            return self._written(document)
        except ValueError as error:
            raise ValueError(f"Document {document.id!r}: {error}.") from error

    def _written(self, document: Document) -> tantivy.Document:
        """What tantivy is given of a document."""
        made = tantivy.Document()
        made.add_text(ID, _value(document.id))
        lengths = 0
        for number, name in enumerate(TextField):
            terms = document.terms.get(name, ())
            if terms:
                made.add_text(name.value, _text(terms))
                lengths |= _code(terms) << 8 * number
        for keyword in KeywordField:
            value = document.keywords.get(keyword)
            if value:
                made.add_text(keyword.value, _value(value))
        made.add_integer(MOMENT, moment(document.published))
        made.add_unsigned(LENGTHS, lengths)
        return made


def _text(terms: Sequence[str]) -> str:
    """Terms as a text that tantivy's tokenizer takes apart again.

    Raises:
        ValueError: one of them can't be kept.
    """
    text = f" {' '.join(terms)} "
    is_odd = text.count(" ") != len(terms) + 1 or f" {GAP_MARK} " in text or len(text) > LONGEST // 4
    if is_odd or any(space in text for space in _OTHER_SPACES):
        text = f" {' '.join(map(_kept, terms))} "
    # A gap is two spaces; of many in a row every other is seen the first time.
    return text.replace("  ", f" {GAP_MARK} ").replace("  ", f" {GAP_MARK} ")


def _kept(term: str) -> str:
    """A term, or the gap where it would be if it is too long."""
    if term == GAP_MARK or not {" ", *_OTHER_SPACES}.isdisjoint(term):
        raise ValueError(f"the term {term!r} can't be kept, no space or bare hyphen can")
    return term if len(term.encode()) <= LONGEST else GAP


def _code(terms: Sequence[str]) -> int:
    """How many terms there are: the place of the first of Whoosh's lengths that is as long, or longer."""
    return min(bisect_left(CODES, len(terms) - terms.count(GAP)), len(CODES) - 1)


def _value(value: str) -> str:
    if len(value.encode()) > LONGEST:  # a lone surrogate is a ValueError here
        raise ValueError(f"a value of more than {LONGEST} bytes can't be kept")
    return value


@contextmanager
def locked(folder: Path, patience: float) -> Iterator[None]:
    """Hold the lock of an index against other writers; it is free again when a process ends, however it ends.

    Args:
        folder: the index's folder.
        patience: how many seconds to wait for another writer.

    Raises:
        IndexBusyError: another has been writing for longer.
    """
    lock = FileLock(folder / _LOCK)
    try:
        with writing(folder):
            lock.acquire(timeout=patience)
    except EngineError as error:
        if not isinstance(error.__cause__, Timeout):
            raise
        raise IndexBusyError(
            f"Another process has been writing to the index in {folder} for {patience:g} seconds:"
            " wait until it is done, or end it, and try again."
        ) from error
    try:
        yield
    finally:
        lock.release()


def create_index(folder: Path, patience: float) -> None:
    """Make an empty index in a folder, and the folder, unless there is one.

    Raises:
        IndexBusyError: another has been writing for longer than `patience` seconds.
        EngineError: it can't be written.
    """
    if (folder / META).exists():
        return
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with locked(folder, patience), writing(folder):
        if not (folder / META).exists():
            open_index(folder, create=True)


@contextmanager
def open_batch(folder: Path, patience: float) -> Iterator[TantivyBatch]:
    """A batch under the index's lock: committed when the block ends well, undone when it raises.

    Args:
        folder: the index's folder.
        patience: how many seconds to wait for another writer.

    Raises:
        IndexBusyError: another has been writing for longer.
        IndexBrokenError: the index can't be read.
        EngineError: it can't be written.
    """
    with locked(folder, patience):
        with reading(folder):
            # Opened anew: one that was open before doesn't know of files that others made, and keeps them.
            index = open_index(folder)
            index.reload()
        batch = TantivyBatch(folder, index)
        try:
            yield batch
            batch.commit()
        except BaseException:
            batch.cancel()
            raise
        finally:
            batch.close()
