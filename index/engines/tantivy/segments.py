"""A tantivy index: its fields, which segments it has, and what stands in each of them.

tantivy's searcher finds documents and sorts them by its own BM25; the contract's nodes are scored otherwise.
So posting lists are read whole, from files that never change, and threads may share a segment without a lock.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.engines.contract import IndexBrokenError, KeywordField, TextField
from index.engines.scoring.found import Numbers
from index.engines.scoring.leaf import Column, Keeper
from index.engines.scoring.postings import NO_POSTINGS, Packed, Postings, packed
from index.engines.tantivy.files import META, Mapped, parts
from index.engines.tantivy.postings import decode, occurrences
from index.engines.tantivy.terms import Info, Terms
from index.record import record

ID: Final = "id"
MOMENT: Final = "published"
LENGTHS: Final = "lengths"
"""A number of eight bytes: how many terms a document has in each text field, a byte each, as Whoosh codes it.

tantivy's own lengths are exact up to 40 and coarser beyond; with these a score is the same on each engine."""

GAP_MARK: Final = "-"
"""Stands in a text for a dropped word: the tokenizer drops it too, and keeps its position free."""

_TOKENIZER: Final = "terms"
_TEXTS: Final = tuple(name.value for name in TextField)
_VALUES: Final = (ID, *(name.value for name in KeywordField))
FIELDS: Final = (*_TEXTS, *_VALUES, MOMENT, LENGTHS)
"""In the order of tantivy's numbers for them."""

_TOKENS: Final = 8  # bytes before a field's postings that say how many tokens it has


def schema() -> tantivy.Schema:
    """The fields of an index."""
    builder = tantivy.SchemaBuilder()
    for name in _TEXTS:
        builder.add_text_field(name, tokenizer_name=_TOKENIZER, index_option="position")
    for name in _VALUES:
        builder.add_text_field(name, stored=name == ID, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(MOMENT, fast=True)
    builder.add_unsigned_field(LENGTHS, fast=True)
    return builder.build()


def open_index(folder: Path, *, create: bool = False) -> tantivy.Index:
    """An index of tantivy's in a folder, which sees what is committed when it is told to.

    Args:
        folder: where it is.
        create: make an empty one if there is none.

    Raises:
        ValueError: there is none, or it can't be read.
    """
    path = str(folder)
    index = tantivy.Index(schema(), path=path) if create else tantivy.Index.open(path)
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer(_TOKENIZER, words.filter(tantivy.Filter.custom_stopword([GAP_MARK])).build())
    index.config_reader("manual")
    return index


@record
class Segment:
    """What is said of a segment at a commit.

    Attributes:
        name: what its files begin with.
        size: how many documents it has, deleted ones too.
        deletes: which of its files says what is deleted, None when nothing is.
    """

    name: str
    size: int
    deletes: str | None

    def deleted_docs(self, folder: Path) -> list[int]:
        """The numbers of documents that are deleted."""
        if self.deletes is None:
            return []
        body = Mapped(folder / self.deletes).body
        bits = np.unpackbits(np.frombuffer(body[4:], np.uint8), bitorder="little")[: self.size]
        if len(bits) < self.size:
            raise ValueError(f"{self.deletes} is cut short")
        gone: list[int] = np.flatnonzero(bits == 0).tolist()
        return gone


@record
class Commit:
    """What an index is at a commit.

    Attributes:
        version: what tells it from others.
        segments: in the order of tantivy's numbers for them.
    """

    version: tuple[int, ...]
    segments: tuple[Segment, ...]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The newest.

        Raises:
            FileNotFoundError: there is no index.
            IndexBrokenError: it has other fields.
        """
        raw = (folder / META).read_bytes()
        meta = json.loads(raw)
        if tuple(field["name"] for field in meta["schema"]) != FIELDS:
            raise IndexBrokenError(
                f"The index in {folder} has other fields than this version's: run `arshif reindex`."
            )
        digest = int.from_bytes(sha256(raw).digest()[:8], "big")
        return cls((int(meta["opstamp"]), digest), tuple(map(_segment, meta["segments"])))


def _segment(said: dict[str, Any]) -> Segment:
    name, deletes = said["segment_id"].replace("-", ""), said["deletes"]
    return Segment(name, said["max_doc"], deletes and f"{name}.{deletes['opstamp']}.del")


class Leaf(Keeper):
    """One segment: terms, postings and columns of its documents, the deleted ones among them.

    Args:
        folder: the index's.
        segment: which one.
        moments: when each document was published, as `contract.moment` writes it.
        lengths: for each document a row: in each text field how many terms, as `LENGTHS` says.

    Raises:
        FileNotFoundError: a writer has merged it away meanwhile.
        ValueError: its files are spoiled.
    """

    def __init__(self, folder: Path, segment: Segment, moments: Numbers, lengths: NDArray[np.uint8]) -> None:
        super().__init__()
        self.name = segment.name
        self.size = segment.size
        self._moments = moments
        self._lengths = lengths
        kinds = ("term", "idx", "pos")
        terms, postings, positions = (parts(folder / f"{self.name}.{kind}") for kind in kinds)
        self._fields = {
            name: _Field(terms[number], postings[number][_TOKENS:], positions[number])
            for number, name in enumerate(FIELDS)
            if number in terms
        }

    def postings(self, field_name: str, term: str) -> Postings:
        """The postings of a term, of deleted documents too."""
        info = self._info(field_name, term)
        return NO_POSTINGS if info is None else self._decode(field_name, info)

    def postings_of(self, terms: Sequence[tuple[str, str]]) -> list[Packed]:
        """The postings of terms, each with its field, as they are kept."""
        return [packed(self.postings(*term)) for term in terms]

    def frequency(self, field_name: str, term: str) -> int:
        """How many documents have a term, deleted ones too; nothing is decoded for it."""
        info = self._info(field_name, term)
        return 0 if info is None else info.documents

    def occurrences(self, field_name: str, term: str, postings: Postings) -> Numbers:
        """Where a term with these postings stands, as `scoring.places.occurrences` writes it."""
        info = self._info(field_name, term)
        if info is None:
            return np.empty(0, np.int64)
        start, end = info.positions
        return occurrences(self._fields[field_name].positions[start:end], postings)

    def lengths(self, field_name: str) -> NDArray[np.uint8]:
        """How many terms each document has in a text field, as a byte to look up in Whoosh's lengths."""
        return self._lengths[:, _TEXTS.index(field_name)]

    def moments(self) -> Numbers:
        """When each document was published, as `contract.moment` writes it."""
        return self._moments

    def column(self, name: str) -> Column:
        """Each document's value of a keyword field."""
        return self._once("column", name, lambda: self._column(name))

    def _column(self, name: str) -> Column:
        values, numbers = [""], np.zeros(self.size, np.int32)
        for value, info in self._items(name):
            numbers[self._decode(name, info).documents] = len(values)
            values.append(value)
        return Column(tuple(values), numbers)

    def _items(self, name: str) -> Iterator[tuple[str, Info]]:
        field = self._fields.get(name)
        for term, info in field.terms.items() if field else ():
            yield term.decode(), info

    def _info(self, field_name: str, term: str) -> Info | None:
        # A lone surrogate is in no index, and asking for one is no error.
        field = self._fields.get(field_name)
        return field.terms.find(term.encode("utf-8", "surrogatepass")) if field else None

    def _decode(self, field_name: str, info: Info) -> Postings:
        start, end = info.postings
        data = self._fields[field_name].postings[start:end]
        return decode(data, info.documents, self.size, counted=field_name in _TEXTS)


def is_kept(text: str) -> bool:
    """Whether an index may have a text: none has a lone surrogate, and asking for one is no error."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Field:
    """What a segment has of one field."""

    def __init__(self, terms: memoryview, postings: memoryview, positions: memoryview) -> None:
        self.terms = Terms(terms)
        self.postings = postings
        self.positions = positions
