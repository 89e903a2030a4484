"""Reading a Whoosh index: its segments, each with the terms, postings and columns of its documents.

Whoosh's searcher, matchers and collectors are not used: they step through postings one at a time, in files
whose position all threads share. What is read here is read from bytes that never change, so that threads may
share a segment without a lock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh import analysis, columns, fields
from whoosh.reading import TermNotFound
from whoosh.util.numeric import byte_to_length

from index.engines.contract import KeywordField, TextField
from index.engines.whoosh_files import MappedFile, SegmentFiles
from index.engines.whoosh_found import Numbers
from index.engines.whoosh_places import occurrences
from index.engines.whoosh_postings import NO_POSTINGS, Postings, decode, encoded_places

INDEX_NAME = "MAIN"
"""Whoosh's own name for the one index in a folder."""

GAP_MARK = "-"
"""Stands in a text for a dropped word: the analyzer drops it too, and keeps its position free."""

LENGTHS: tuple[int, ...] = tuple(byte_to_length(byte) for byte in range(256))
"""Whoosh keeps a field's length as one byte: exact up to 10 terms, rounded up by at most a tenth beyond."""

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


@dataclass(frozen=True, slots=True)
class Column:
    """A value for each document: which of these it is. The empty one stands for none."""

    values: tuple[str, ...]
    numbers: NDArray[np.int32]


class Keeper:
    """Keeps what was made once. Two threads may make a thing at the same time: it is the same thing."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}

    def _once(self, what: str, of: str, make: Callable[[], T]) -> T:
        if (what, of) not in self._kept:
            self._kept[what, of] = make()
        kept: T = self._kept[what, of]
        return kept


class Leaf(Keeper):
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
        if self.size > self._files.nbytes:  # columns are made as long as this says
            raise ValueError(f"a segment of {self._files.nbytes} bytes does not have {self.size} documents")
        self._columns = {name: codec.column_filename(segment, name) for name in _column_names()}
        self._terms = codec.terms_reader(self._files, segment)
        self._postings: MappedFile = segment.open_file(self._files, codec.POSTS_EXT)
        self._files.drop_copies()

    def postings(self, field_name: str, term: str) -> Postings:
        """The postings of a term, of deleted documents too."""
        data = self._posting_list(field_name, term)
        return NO_POSTINGS if data is None else decode(data, self.size)

    def frequency(self, field_name: str, term: str) -> int:
        """How many documents have a term, deleted ones too; nothing is decoded for it."""
        info = self._term_info(field_name, term)
        return 0 if info is None else int(info.doc_frequency())

    def occurrences(self, field_name: str, term: str, postings: Postings) -> Numbers:
        """Where a term with these postings stands, as `whoosh_places.occurrences` writes it."""
        data = self._posting_list(field_name, term)
        return np.empty(0, np.int64) if data is None else occurrences(encoded_places(data), postings)

    def lists(self, field_name: str) -> Iterator[tuple[str, int, bytes]]:
        """Every term of a field, how many documents have it, and its encoded postings."""
        for (name, term), info in self._terms.items_from(field_name, b""):
            if name != field_name:
                return
            offset, (length,) = info.extent()
            yield term.decode(), info.doc_frequency(), bytes(self._postings.get(offset, length))

    def frequencies(self, field_name: str, prefix: str) -> Iterator[tuple[str, int]]:
        """The terms of a field that begin so, and how many documents have each, deleted ones too."""
        wanted = prefix.encode("utf-8", "surrogatepass")
        for (name, term), info in self._terms.items_from(field_name, wanted):
            if name != field_name or not term.startswith(wanted):
                return
            yield term.decode(), int(info.doc_frequency())

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every field's terms."""
        yield from self._terms.terms()

    def lengths(self, field_name: str) -> NDArray[np.uint8]:
        """How many terms each document has in a text field, as a byte to look up in `LENGTHS`."""
        return np.frombuffer(self._raw(f"_{field_name}_len").ljust(self.size, b"\0")[: self.size], np.uint8)

    def moments(self) -> Numbers:
        """When each document was published, as `contract.moment` writes it."""
        return self._once("moments", "", self._moments)

    def column(self, name: str) -> Column:
        """Each document's value of a keyword field."""
        return self._once("column", name, lambda: self._column(name))

    def id_of(self, number: int) -> str:
        """A document's id."""
        ids = self._once("ids", "", lambda: self._reader("id"))
        found: bytes = ids[number]
        return found.decode()

    def _term_info(self, field_name: str, term: str) -> Any | None:  # noqa: ANN401 - Whoosh ships no types
        """What is said of a term, if the segment has it."""
        try:
            # A lone surrogate is in no index, and asking for one is no error.
            return self._terms.term_info(field_name, term.encode("utf-8", "surrogatepass"))
        except TermNotFound:
            return None

    def _posting_list(self, field_name: str, term: str) -> bytes | None:
        """The encoded postings of a term, if it has any."""
        info = self._term_info(field_name, term)
        if info is None:
            return None
        offset, (length,) = info.extent()  # Whoosh leaves the length in the tuple it unpacked
        return bytes(self._postings.get(offset, length))

    def _moments(self) -> Numbers:
        raw = self._raw("published")
        moments = np.zeros(self.size, np.int64)
        dated = np.frombuffer(raw, ">i8", min(len(raw) // 8, self.size))
        moments[: len(dated)] = dated
        return moments

    def _column(self, name: str) -> Column:
        values = [b""] * self.size if self._open(name) is None else self._reader(name)
        numbers: dict[bytes, int] = {}
        column = [numbers.setdefault(value, len(numbers)) for value in values]
        if len(column) != self.size:
            raise ValueError(f"the column {name} does not have a value for each document")
        return Column(tuple(value.decode() for value in numbers), np.array(column, np.int32))

    def _reader(self, name: str) -> Any:  # noqa: ANN401 - Whoosh ships no types
        file_name = self._columns[name]
        length = self._files.file_length(file_name)
        return columns.VarBytesColumn().reader(self._files.open_file(file_name), 0, length, self.size)

    def _raw(self, name: str) -> bytes:
        file = self._open(name)
        return bytes(file.get(0, self._files.file_length(self._columns[name]))) if file else b""

    def _open(self, name: str) -> MappedFile | None:
        """A column's file; there is none when no document of the segment has a value."""
        file_name = self._columns[name]
        return self._files.open_file(file_name) if self._files.file_exists(file_name) else None


def _column_names() -> list[str]:
    return ["id", "published", *KeywordField, *(f"_{name}_len" for name in TextField)]


def open_leaves(folder: Path, segments: Sequence[Any], known: Sequence[Leaf]) -> list[Leaf]:
    """The leaves of segments: those known already as they are, the others opened."""
    by_name = {leaf.name: leaf for leaf in known}
    return [by_name.get(segment.segment_id()) or Leaf(folder, segment) for segment in segments]


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
