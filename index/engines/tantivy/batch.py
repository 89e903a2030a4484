"""Writing a tantivy index: one batch under the index's lock."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import tantivy
from filelock import FileLock, Timeout

from index.engines.columns import by_columns
from index.engines.contract import (
    Document,
    Documents,
    EngineError,
    TextField,
    moment,
)
from index.engines.files import busy
from index.engines.scoring.leaf import LENGTHS as CODES
from index.engines.tantivy.files import META, reading, writing
from index.engines.tantivy.segments import GAP_MARK, ID, LENGTHS, MOMENT, is_kept, open_index
from index.small_files import sync_folder

_LOCK: Final = "lock"
_MEMORY: Final = 400_000_000
"""Bytes that tantivy fills before it makes a segment of them; it is seen with the others at the commit."""

_LEAST_MEMORY: Final = 15_000_000
"""Bytes that tantivy asks for at least."""

LONGEST: Final = 65_530
"""Bytes: tantivy keeps no longer term."""

_SPACES: Final = frozenset(" \t\n\r\f")
"""What tantivy's tokenizer splits a text at."""


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
        self._words = _Words(())

    def add(self, document: Document) -> None:
        """Index a document; one with the same id is replaced, also one of this batch. Raises as `add_all`."""
        self.add_all(by_columns([document]))

    def add_all(self, documents: Documents) -> None:
        """Index documents; those with the same ids are replaced, also those of this batch.

        Raises:
            ValueError: one has no id, or a term that can't be kept; the batch is as it was.
            EngineError: the index can't be read or written; the batch can't be committed.
        """
        written = list(self._written(documents))
        whole, self._whole = self._whole, False
        for document_id, made in zip(documents.ids, written, strict=True):
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
                sync_folder(self._folder)  # tantivy sees to the contents of files alone

    def cancel(self) -> None:
        """Take back what was not committed, and delete its files."""
        if self._opened is not None:
            with suppress(EngineError), writing(self._folder):  # what is left the next batch takes away
                self._opened.rollback()
                self._opened.garbage_collect_files()

    def close(self) -> None:
        """Wait until segments are merged, take away what is not in use, and let go of tantivy's lock."""
        writer, self._opened = self._opened, None
        if writer is not None:
            with writing(self._folder):
                writer.wait_merging_threads()
                _sweep(self._folder)

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

    def _written(self, documents: Documents) -> Iterator[tantivy.Document]:
        """What tantivy is given of each document.

        Raises:
            ValueError: one has no id, or a term or a value that can't be kept.
        """
        if self._words.vocabulary is not documents.vocabulary:
            self._words = _Words(documents.vocabulary)
        texts = {name.value: self._words.texts(documents, name) for name in documents.texts}
        for place, (document_id, lengths) in enumerate(zip(documents.ids, _lengths(documents), strict=True)):
            made = tantivy.Document()
            made.add_unsigned(LENGTHS, lengths)
            made.add_integer(MOMENT, moment(documents.published[place]))
            for name, of_each in texts.items():
                if text := next(of_each):
                    made.add_text(name, text)
            values = {name.value: column[place] for name, column in documents.keywords.items()}
            for name, value in {ID: _named(document_id), **values}.items():
                if value:
                    made.add_text(name, _value(document_id, value))
            yield made


class _Words:
    """Terms as tantivy's tokenizer takes a text apart into.

    Args:
        vocabulary: the term of each number.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary: Final = vocabulary
        self._words: list[str] = []
        self._refused: dict[int, ValueError] = {}

    def texts(self, documents: Documents, name: TextField) -> Iterator[str]:
        """Each document's text.

        Raises:
            ValueError: a term can't be kept.
        """
        for number in range(len(self._words), len(self.vocabulary)):
            self._words.append(self._word(number))
        text = documents.texts[name]
        refused = np.flatnonzero(np.isin(text.terms, list(self._refused))) if self._refused else ()
        ends = np.cumsum(text.counts)
        for place in refused:
            document_id = documents.ids[int(np.searchsorted(ends, place, "right"))]
            raise ValueError(f"Document {document_id!r}: {self._refused[int(text.terms[place])]}.")
        return self._joined(text.terms.tolist(), ends.tolist())

    def _joined(self, numbers: list[int], ends: list[int]) -> Iterator[str]:
        for start, end in pairwise([0, *ends]):
            yield " ".join(map(self._words.__getitem__, numbers[start:end]))

    def _word(self, number: int) -> str:
        term = self.vocabulary[number]
        try:
            size = len(term.encode())  # a lone surrogate is a ValueError here
            if term == GAP_MARK or not _SPACES.isdisjoint(term):
                raise ValueError(f"the term {term!r} can't be kept, no space or bare hyphen can")  # noqa: TRY301
        except ValueError as error:
            self._refused[number] = error
            return GAP_MARK
        return term if 0 < size <= LONGEST else GAP_MARK


def _lengths(documents: Documents) -> list[int]:
    """How many terms each document has in each text field, as `LENGTHS` keeps it."""
    lengths = np.zeros(len(documents.ids), np.uint64)
    for number, name in enumerate(TextField):
        if text := documents.texts.get(name):
            edges = np.concatenate(([0], np.cumsum(text.counts)))
            counts = np.diff(np.concatenate(([0], np.cumsum(text.terms > 0)))[edges])
            # The place of the first of Whoosh's lengths that is as long, or longer.
            lengths |= np.searchsorted(CODES, counts).clip(max=len(CODES) - 1).astype(np.uint64) << np.uint64(
                8 * number
            )
    found: list[int] = lengths.tolist()
    return found


def _named(document_id: str) -> str:
    if not document_id:
        raise ValueError("A document has no id.")
    return document_id


def _value(document_id: str, value: str) -> str:
    try:
        if len(value.encode()) <= LONGEST:  # a lone surrogate is a ValueError here
            return value
        raise ValueError(f"a value of more than {LONGEST} bytes can't be kept")  # noqa: TRY301
    except ValueError as error:
        raise ValueError(f"Document {document_id!r}: {error}.") from error


_UNFINISHED: Final = ".tmp*"
"""What tantivy writes beside a file that it replaces; a process that is killed before leaves it."""


def _sweep(folder: Path) -> None:
    """Take away files of segments that are not in use: of a killed process, or merged while they were read.

    tantivy does so at a commit, and not of what is merged after, nor of what this process has open.
    """
    said = json.loads((folder / META).read_text(encoding="utf-8"))
    used = {segment["segment_id"].replace("-", "") for segment in said["segments"]}
    if used < {path.stem for path in folder.glob("*.idx")}:
        cleaner = open_index(folder).writer(_LEAST_MEMORY, 1)
        cleaner.garbage_collect_files()
        cleaner.wait_merging_threads()
    for unfinished in folder.glob(_UNFINISHED):
        unfinished.unlink(missing_ok=True)


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
        raise busy(folder, patience) from error
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
