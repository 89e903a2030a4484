"""Reading a Whoosh index: segments, and a snapshot of all of them as one sequence of documents.

Whoosh's searcher, matchers and collectors are not used: they step through postings one at a time, in files
whose position all threads share. What is read here is read from bytes that never change, so that threads may
share a snapshot without a lock.
"""

from __future__ import annotations

import re
import struct
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from itertools import accumulate, repeat
from pathlib import Path
from typing import Any, TypeVar

from whoosh import analysis, columns, fields
from whoosh.index import TOC
from whoosh.reading import TermNotFound
from whoosh.util.numeric import byte_to_length

from index.engines.contract import IndexBrokenError, KeywordField, TextField
from index.engines.whoosh_files import MappedFile, SegmentFiles, Storage, reading
from index.engines.whoosh_postings import Postings, decode, without

INDEX_NAME = "MAIN"
"""Whoosh's own name for the one index in a folder."""

GAP_MARK = "-"
"""Stands in a text for a dropped word: the analyzer drops it too, and keeps its position free."""

LENGTHS: tuple[int, ...] = tuple(byte_to_length(byte) for byte in range(256))
"""Whoosh keeps a field's length as one byte: exact up to 10 terms, rounded up by at most a tenth beyond."""

_ATTEMPTS = 10
_PAUSE = 0.02  # seconds; a writer that replaces the table of contents needs less

T = TypeVar("T")


def schema() -> fields.Schema:
    """The fields of an index. Whoosh pickles them, so they are made of Whoosh's own classes alone."""
    analyzer = analysis.SpaceSeparatedTokenizer() | analysis.StopFilter(
        stoplist=[GAP_MARK], minsize=0, maxsize=None, renumber=False
    )
    return fields.Schema(
        id=fields.ID(unique=True, sortable=True),
        published=fields.COLUMN(columns.NumericColumn("q", default=0)),
        **{name.value: fields.TEXT(analyzer=analyzer, phrase=True) for name in TextField},
        **{name.value: fields.ID(sortable=True) for name in KeywordField},
    )


class _Keeper:
    """Keeps what was made once. Two threads may make a thing at the same time: it is the same thing."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}

    def _once(self, what: str, of: str, make: Callable[[], T]) -> T:
        if (what, of) not in self._kept:
            self._kept[what, of] = make()
        kept: T = self._kept[what, of]
        return kept


class Leaf(_Keeper):
    """One segment: terms, postings and columns of its documents, the deleted ones among them.

    Raises:
        FileNotFoundError: a writer has replaced the segment meanwhile.
    """

    def __init__(self, folder: Path, segment: Any) -> None:  # noqa: ANN401 - Whoosh ships no types
        super().__init__()
        codec = segment.codec()
        self.name: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self._files = SegmentFiles(folder / segment.make_filename(segment.COMPOUND_EXT))
        self._columns = {name: codec.column_filename(segment, name) for name in _column_names()}
        self._terms = codec.terms_reader(self._files, segment)
        self._postings: MappedFile = segment.open_file(self._files, codec.POSTS_EXT)
        self._files.drop_copies()

    def postings(self, field_name: str, term: str) -> Postings:
        """The postings of a term, of deleted documents too."""
        try:
            # A lone surrogate is in no index, and asking for one is no error.
            info = self._terms.term_info(field_name, term.encode("utf-8", "surrogatepass"))
        except TermNotFound:
            return Postings()
        offset, (length,) = info.extent()  # Whoosh leaves the length in the tuple it unpacked
        return decode(self._postings.get(offset, length), self.size)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every field's terms."""
        yield from self._terms.terms()

    def lengths(self, field_name: str) -> bytes:
        """How many terms each document has in a text field, as a byte to look up in `LENGTHS`."""
        return self._raw(f"_{field_name}_len").ljust(self.size, b"\0")

    def moments(self) -> list[int]:
        """When each document was published, as `contract.moment` writes it."""
        return self._once("moments", "", self._moments)

    def values(self, name: str) -> list[str]:
        """Each document's value in a column of strings, empty where it has none."""
        return self._once("values", name, lambda: self._values(name))

    def _moments(self) -> list[int]:
        raw = self._raw("published")
        dated = struct.unpack(f"!{len(raw) // 8}q", raw)
        return [*dated, *repeat(0, self.size - len(dated))]

    def _values(self, name: str) -> list[str]:
        file = self._open(name)
        if file is None:
            return [""] * self.size
        length = self._files.file_length(self._columns[name])
        raw = list(columns.VarBytesColumn().reader(file, 0, length, self.size))
        if len(raw) != self.size:
            raise ValueError(f"the column {name} does not have a value for each document")
        texts = {value: value.decode() for value in set(raw)}  # one string for all documents of a source
        return [texts[value] for value in raw]

    def _raw(self, name: str) -> bytes:
        file = self._open(name)
        return bytes(file.get(0, self._files.file_length(self._columns[name]))) if file else b""

    def _open(self, name: str) -> MappedFile | None:
        """A column's file; there is none when no document of the segment has a value."""
        file_name = self._columns[name]
        return self._files.open_file(file_name) if self._files.file_exists(file_name) else None


def _column_names() -> list[str]:
    return ["id", "published", *KeywordField, *(f"_{name}_len" for name in TextField)]


class Snapshot(_Keeper):
    """The index as it was at one commit, its documents numbered through from 0; never changes.

    What it keeps in memory goes with it: a segment's file is closed when the last search is done with it.
    """

    def __init__(
        self, folder: Path, version: tuple[int, ...], segments: Sequence[Any], leaves: Sequence[Leaf]
    ) -> None:
        super().__init__()
        self.version = version
        self.leaves = leaves
        self._folder = folder
        self._bases = tuple(accumulate((leaf.size for leaf in leaves), initial=0))
        self._deleted = frozenset(
            base + number
            for base, segment in zip(self._bases, segments, strict=False)
            for number in segment.deleted_docs()
        )

    @property
    def count(self) -> int:
        """How many documents there are, the deleted ones not counted."""
        return self._bases[-1] - len(self._deleted)

    @cached_property
    def documents(self) -> Sequence[int]:
        """The numbers of the documents that are not deleted."""
        numbers = range(self._bases[-1])
        return [number for number in numbers if number not in self._deleted] if self._deleted else numbers

    def reading(self) -> AbstractContextManager[None]:
        """Say of whatever goes wrong while something of this snapshot is decoded what it means."""
        return reading(self._folder)

    def postings(self, field_name: str, term: str) -> Postings:
        """The postings of a term in all segments, without deleted documents."""
        found = Postings()
        with self.reading():
            for base, leaf in zip(self._bases, self.leaves, strict=False):
                postings = leaf.postings(field_name, term)
                found.documents.extend([base + number for number in postings.documents])
                found.frequencies.extend(postings.frequencies)
                found.places.extend(postings.places)
        return without(found, self._deleted) if self._deleted else found

    def moments(self) -> list[int]:
        """When each document was published, as `contract.moment` writes it."""
        return self._column("moments", "", lambda leaf: leaf.moments())

    def values(self, name: str) -> list[str]:
        """Each document's value in a column of strings, empty where it has none."""
        return self._column("values", name, lambda leaf: leaf.values(name))

    def lengths(self, field_name: str) -> list[int]:
        """How many terms each document has in a text field, as a byte to look up in `LENGTHS`."""
        return self._column("lengths", field_name, lambda leaf: leaf.lengths(field_name))

    def mean_length(self, field_name: str) -> float:
        """How many terms a document has on average in a text field, of those that have any; 1 if none has."""
        return self._once("mean", field_name, lambda: self._mean_length(field_name))

    def terms(self) -> int:
        """How many different terms the text fields have; deleted documents' count until merged away."""
        return self._once("terms", "", self._terms)

    def _column(self, what: str, of: str, read: Callable[[Leaf], Iterable[T]]) -> list[T]:
        def joined() -> list[T]:
            with self.reading():
                return [value for leaf in self.leaves for value in read(leaf)]

        return self._once(what, of, joined)

    def _mean_length(self, field_name: str) -> float:
        lengths = self.lengths(field_name)
        counted = [LENGTHS[lengths[document]] for document in self.documents if lengths[document]]
        return sum(counted) / len(counted) if counted else 1.0

    def _terms(self) -> int:
        names = frozenset(TextField)
        with self.reading():
            return len({term for leaf in self.leaves for name, term in leaf.terms() if name in names})


def open_leaves(folder: Path, segments: Sequence[Any], known: Sequence[Leaf]) -> list[Leaf]:
    """The leaves of segments: those known already as they are, the others opened."""
    by_name = {leaf.name: leaf for leaf in known}
    return [by_name.get(segment.segment_id()) or Leaf(folder, segment) for segment in segments]


def open_snapshot(folder: Path, known: Snapshot | None = None) -> Snapshot:
    """The newest snapshot of an index; the known one itself if it is that.

    Raises:
        IndexBrokenError: there is no index, or it can't be read.
    """
    with reading(folder):
        for _ in range(_ATTEMPTS):
            try:
                return _open_snapshot(folder, known)
            except FileNotFoundError:  # a writer replaces files between two looks at them
                time.sleep(_PAUSE)
        return _open_snapshot(folder, known)


def _open_snapshot(folder: Path, known: Snapshot | None) -> Snapshot:
    generation = newest_generation(folder)
    status = (folder / f"_{INDEX_NAME}_{generation}.toc").stat()
    # The inode and the time tell an index that was put in the place of another of the same generation.
    version = (generation, status.st_ino, status.st_mtime_ns)
    if known and known.version == version:
        return known
    contents = TOC.read(Storage(folder), INDEX_NAME, gen=generation)
    if set(contents.schema.names()) != set(schema().names()):
        raise IndexBrokenError(
            f"The index in {folder} has other fields than this version's: run `arshif reindex`."
        )
    leaves = open_leaves(folder, contents.segments, known.leaves if known else ())
    return Snapshot(folder, version, contents.segments, leaves)


def newest_generation(folder: Path) -> int:
    """The number of the newest table of contents.

    Raises:
        FileNotFoundError: there is none, so there is no index.
    """
    pattern = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
    found = (pattern.fullmatch(path.name) for path in folder.iterdir())
    generations = [int(match[1]) for match in found if match]
    if not generations:
        raise FileNotFoundError("there is none")
    return max(generations)
