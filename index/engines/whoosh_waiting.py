"""Documents that wait to be written: their terms as numbers, in arrays, until they become a segment."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.engines.contract import GAP, Document, KeywordField, TextField, moment
from index.engines.whoosh_found import Numbers
from index.engines.whoosh_segments import GAP_MARK

ID: Final = "id"
VALUES: Final = (ID, *KeywordField)
"""The fields of one value."""

FIELDS: Final = tuple(sorted([ID, *(name.value for name in (*KeywordField, *TextField))]))
"""The fields that have terms; a field's number is its place here, as in a segment that Whoosh writes."""

_SPACES: Final = frozenset(" \t\r\n")
_NUMBER: Final = 2  # bytes: the field's number at the begin of a key


def begin(number: int) -> bytes:
    """What the keys of a field begin with that has this number."""
    return number.to_bytes(_NUMBER, "big")


class _Terms(dict[str, int]):
    """The numbers of a field's terms; a new one gets the next."""

    def __init__(self, field: str, keys: list[bytes]) -> None:
        super().__init__({GAP: 0})
        self._begin = begin(FIELDS.index(field))
        self._is_text = field not in VALUES
        self._keys = keys

    def __missing__(self, term: str) -> int:
        if self._is_text and (term == GAP_MARK or not _SPACES.isdisjoint(term)):
            raise ValueError(f"the term {term!r} can't be kept, no space or bare hyphen can")
        key = self._begin + term.encode()  # a lone surrogate is a ValueError here
        self[term] = number = len(self._keys)
        self._keys.append(key)
        return number


Shorts: TypeAlias = NDArray[np.int32]
"""Numbers of which there are so many that it matters that they take half of what others do."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Terms in texts: for each its number, its document's, and where it stands."""

    terms: Shorts
    documents: Shorts
    positions: Shorts

    def only(self, chosen: NDArray[Any] | slice) -> Tokens:
        """These of them, by their places or by whether they are meant."""
        return Tokens(self.terms[chosen], self.documents[chosen], self.positions[chosen])


def joined(parts: Sequence[Tokens]) -> Tokens:
    """The tokens of several texts, one behind the other."""
    if len(parts) == 1:
        return parts[0]
    names = ("terms", "documents", "positions")
    empty = np.empty(0, np.int32)
    return Tokens(*(np.concatenate([empty, *(getattr(part, name) for part in parts)]) for name in names))


@dataclass(frozen=True, slots=True)
class Contents:
    """What becomes a segment.

    Attributes:
        keys: of each term its field's number, two bytes, and its UTF-8; rising. A term's number is its place.
        tokens: of the texts; by term, then document, then position.
        columns: for each field of one value the number of each document's term, -1 for none.
        moments: when each document was published, as `contract.moment` writes it.
    """

    keys: Sequence[bytes]
    tokens: Tokens
    columns: dict[str, Shorts]
    moments: Numbers

    def values(self, name: str) -> list[bytes]:
        """Each document's value in a field, empty for none."""
        return [self.keys[number][_NUMBER:] if number >= 0 else b"" for number in self.columns[name].tolist()]


class Waiting:
    """Documents that wait, and the order in which they came."""

    def __init__(self) -> None:
        self._keys = [b""]
        self._terms = {name: _Terms(name, self._keys) for name in FIELDS}
        self._living: dict[str, int] = {}
        self._columns = {name: array("I") for name in VALUES}
        self._moments = array("q")
        self._stream = array("I")
        self._counts = array("I")
        self._taken: list[Tokens] = []
        self.tokens = 0

    def __len__(self) -> int:
        return len(self._living)

    def add(self, document: Document) -> None:
        """Let a document wait, in the place of one with the same id that waits.

        Raises:
            ValueError: it has no id, or a term that can't be kept; nothing of it waits.
        """
        if not document.id:
            raise ValueError("A document has no id.")
        try:
            texts = [self._numbers(name, document.terms.get(name, ())) for name in TextField]
            values = {ID: document.id, **{name.value: value for name, value in document.keywords.items()}}
            row = [self._terms[name][values.get(name) or GAP] for name in VALUES]
        except ValueError as error:
            raise ValueError(f"Document {document.id!r}: {error}.") from error
        self._row(document.id, row, moment(document.published))
        for text in texts:
            self._stream.extend(text)
            self._counts.append(len(text))
        self.tokens += sum(map(len, texts))

    def take(self, rows: Iterable[tuple[str, dict[str, str], int]], tokens: Tokens) -> None:
        """Let documents wait that were in a segment.

        Args:
            rows: of each its id, its values in the keyword fields, and when it was published.
            tokens: of their texts, terms as `number` numbers them; documents counted from 0.
        """
        start = len(self._moments)
        for document_id, values, published in rows:
            row = [self._terms[name][{ID: document_id, **values}.get(name, GAP)] for name in VALUES]
            self._row(document_id, row, published)
        self._counts.extend(repeat(0, (len(self._moments) - start) * len(TextField)))
        self._taken.append(Tokens(tokens.terms, tokens.documents + start, tokens.positions))
        self.tokens += len(tokens.terms)

    def number(self, field: str, term: str) -> int:
        """The number of a term of a field.

        Raises:
            ValueError: it can't be kept.
        """
        return self._terms[field][term]

    def remove(self, document_id: str) -> None:
        """Take a document out, if it waits."""
        self._living.pop(document_id, None)

    def contents(self) -> Contents:
        """What waits, put in order; there is a document."""
        living = np.fromiter(sorted(self._living.values()), np.int64, len(self._living))
        tokens = self._living_tokens(living)
        columns = {name: np.array(column, np.int64)[living] for name, column in self._columns.items()}
        keys, ranks = self._ranks([tokens.terms, *columns.values()])
        terms = ranks[tokens.terms]
        order = by_radix(terms)
        return Contents(
            keys,
            Tokens(terms[order], tokens.documents[order], tokens.positions[order]),
            {name: ranks[column] for name, column in columns.items()},
            np.array(self._moments, np.int64)[living],
        )

    def _numbers(self, name: TextField, terms: Sequence[str]) -> array[int]:
        return array("I", map(self._terms[name].__getitem__, terms))

    def _row(self, document_id: str, row: Sequence[int], published: int) -> None:
        self._living[document_id] = len(self._moments)
        for column, number in zip(self._columns.values(), row, strict=True):
            column.append(number)
        self._moments.append(published)

    def _living_tokens(self, living: Numbers) -> Tokens:
        """The tokens of documents that were not taken out, without gaps; documents numbered without holes."""
        tokens = joined([self._streamed(), *self._taken])
        numbers = np.full(len(self._moments), -1, np.int32)
        numbers[living] = np.arange(len(living))
        kept = tokens.only((tokens.terms > 0) & (numbers[tokens.documents] >= 0))
        return Tokens(kept.terms, numbers[kept.documents], kept.positions)

    def _streamed(self) -> Tokens:
        counts = np.array(self._counts, np.int64)
        starts = (np.cumsum(counts) - counts).astype(np.int32)
        documents = np.arange(len(counts), dtype=np.int32) // len(TextField)
        return Tokens(
            np.array(self._stream, np.int32),
            np.repeat(documents, counts),
            np.arange(len(self._stream), dtype=np.int32) - np.repeat(starts, counts),
        )

    def _ranks(self, used: Iterable[NDArray[Any]]) -> tuple[list[bytes], Shorts]:
        """The keys of terms that are used, rising, and for each number of a term its place among them."""
        seen = np.zeros(len(self._keys), bool)
        for numbers in used:
            seen[numbers] = True
        seen[0] = False
        order = sorted(np.flatnonzero(seen).tolist(), key=self._keys.__getitem__)
        ranks = np.full(len(self._keys), -1, np.int32)
        ranks[order] = np.arange(len(order))
        return [self._keys[number] for number in order], ranks


def by_radix(numbers: Shorts) -> NDArray[Any]:
    """What puts numbers, 0 or more, in order, equals as they came: numpy sorts short ones in one pass."""
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    high = (numbers >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order
