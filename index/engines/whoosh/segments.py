"""Reading a Whoosh index: its segments, each with the terms, postings and columns of its documents.

Whoosh's own readers are not used: they take long to import, and they step through postings one at a time, in
files whose position all threads share. What is read here is read from bytes that never change, so that
threads may share a segment without a lock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.contract import KeywordField, TextField
from index.engines.scoring.found import Numbers
from index.engines.scoring.leaf import Column, Keeper
from index.engines.scoring.places import keyed, occurrences
from index.engines.scoring.postings import NO_POSTINGS, NONE_PACKED, Packed, Postings, packed
from index.engines.whoosh.columns import StringColumn
from index.engines.whoosh.even import Uneven, positions
from index.engines.whoosh.files import SegmentFiles
from index.engines.whoosh.postings import decode, encoded_places
from index.engines.whoosh.terms import Info, TermDictionary
from index.engines.whoosh.together import FEW, decode_all

INDEX_NAME = "MAIN"
"""Whoosh's own name for the one index in a folder."""

GAP_MARK = "-"
"""Stands in a text for a dropped word: the analyzer drops it too, and keeps its position free."""

FIELDS = frozenset(("id", "published", *TextField, *KeywordField))
"""The names of an index's fields."""


class Leaf(Keeper):
    """One segment: terms, postings and columns of its documents, the deleted ones among them.

    Raises:
        FileNotFoundError: a writer has replaced the segment meanwhile.
    """

    def __init__(self, folder: Path, segment: Any) -> None:  # noqa: ANN401 - Whoosh ships no types
        super().__init__()
        self.name: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self._files = SegmentFiles(folder / f"{self.name}.seg")
        if self.size > self._files.nbytes:  # columns are made as long as this says
            raise ValueError(f"a segment of {self._files.nbytes} bytes does not have {self.size} documents")
        self._terms = TermDictionary(self._files.required(f"{self.name}.trm"))
        self._lists = f"{self.name}.pst"
        self._files.required(self._lists)

    def postings(self, field_name: str, term: str) -> Postings:
        """The postings of a term, of deleted documents too."""
        data = self._posting_list(field_name, term)
        return NO_POSTINGS if data is None else decode(data, self.size)

    def postings_of(self, terms: Sequence[tuple[str, str]]) -> list[Packed]:
        """The postings of terms, each with its field, as they are kept."""
        if len(terms) < FEW:
            return [packed(self.postings(*term)) for term in terms]
        data = [self._posting_list(*term) for term in terms]
        found = iter(decode_all([each for each in data if each is not None], self.size))
        return [NONE_PACKED if each is None else next(found) for each in data]

    def frequency(self, field_name: str, term: str) -> int:
        """How many documents have a term, deleted ones too; nothing is decoded for it."""
        info = self._info(field_name, term)
        return 0 if info is None else info.documents

    def occurrences(self, field_name: str, term: str, postings: Postings) -> Numbers:
        """Where a term with these postings stands, as `places.occurrences` writes it."""
        data = self._posting_list(field_name, term)
        if data is None:
            return np.empty(0, np.int64)
        with suppress(Uneven):
            return keyed(postings, positions(data))
        return occurrences(encoded_places(data), postings)

    def lists(self, field_name: str) -> Iterator[tuple[str, int, bytes]]:
        """Every term of a field, how many documents have it, and its encoded postings."""
        for term, info in self._terms.items(field_name):
            yield term.decode(), info.documents, self._bytes(info)

    def frequencies(self, field_name: str, prefix: str) -> Iterator[tuple[str, int]]:
        """The terms of a field that begin so, and how many documents have each, deleted ones too."""
        terms, counts = self._terms.counts(field_name, prefix.encode("utf-8", "surrogatepass"))
        return zip(map(bytes.decode, terms), counts, strict=True)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every field's terms."""
        return iter(self._terms)

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
        ids = self._once("ids", "", lambda: StringColumn(self._files.required(self._file("id")), self.size))
        return ids[number].decode()

    def _info(self, field_name: str, term: str) -> Info | None:
        """What is said of a term, if the segment has it."""
        # A lone surrogate is in no index, and asking for one is no error.
        return self._terms.find(field_name, term.encode("utf-8", "surrogatepass"))

    def _posting_list(self, field_name: str, term: str) -> bytes | None:
        """The encoded postings of a term, if it has any."""
        info = self._info(field_name, term)
        return None if info is None else self._bytes(info)

    def _bytes(self, info: Info) -> bytes:
        return self._files.read(self._lists, info.offset, info.length)

    def _moments(self) -> Numbers:
        raw = self._raw("published")
        moments = np.zeros(self.size, np.int64)
        dated = np.frombuffer(raw, ">i8", min(len(raw) // 8, self.size))
        moments[: len(dated)] = dated
        return moments

    def _column(self, name: str) -> Column:
        file = self._files.open(self._file(name))  # there is none when no document of the segment has a value
        values = [b""] * self.size if file is None else list(StringColumn(file, self.size))
        numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
        column = np.fromiter(map(numbers.__getitem__, values), np.int32, self.size)
        return Column(tuple(value.decode() for value in numbers), column)

    def _raw(self, name: str) -> bytes:
        return bytes(self._files.open(self._file(name)) or b"")

    def _file(self, column: str) -> str:
        return f"{self.name}.{column}.col"


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
