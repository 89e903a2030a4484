"""Documents that wait to be written: their terms as numbers, in arrays, until they become a segment."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.engines.contract import GAP, Document, KeywordField, TextField, moment
from index.engines.whoosh_found import Numbers
from index.engines.whoosh_runs import Runs, Shorts, Tokens, by_radix, joined, put_aside
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


@dataclass(frozen=True, slots=True)
class Contents:
    """What becomes a segment.

    Attributes:
        keys: of each term its field's number, two bytes, and its UTF-8; rising. A term's rank is its place.
        runs: the tokens of the texts.
        columns: for each field of one value the rank of each document's term, -1 for none.
        moments: when each document was published, as `contract.moment` writes it.
    """

    keys: Sequence[bytes]
    runs: Runs
    columns: dict[str, Shorts]
    moments: Numbers

    def values(self, name: str) -> list[bytes]:
        """Each document's value in a field, empty for none."""
        return [self.keys[rank][_NUMBER:] if rank >= 0 else b"" for rank in self.columns[name].tolist()]


class Waiting:
    """Documents that wait, and the order in which they came.

    Args:
        folder: where tokens are put aside when there are too many.
        limit: tokens that are held in memory; with what it takes to put them in order, about 55 bytes each.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._keys = [b""]
        self._terms = {name: _Terms(name, self._keys) for name in FIELDS}
        self._living: dict[str, int] = {}
        self._columns = {name: array("I") for name in VALUES}
        self._moments = array("q")
        self._stream = array("I")
        self._counts = array("I")
        self._taken: list[Tokens] = []
        self._runs: list[Tokens] = []
        self._start = 0
        self._held = 0

    def __len__(self) -> int:
        return len(self._living)

    def add(self, document: Document) -> None:
        """Let a document wait, in the place of one with the same id that waits.

        Raises:
            ValueError: it has no id, or a term that can't be kept; nothing of it waits.
            OSError: what waits can't be put aside.
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
        self._hold(sum(map(len, texts)))

    def take(self, rows: Iterable[tuple[str, dict[str, str], int]], tokens: Tokens) -> None:
        """Let documents wait that were in a segment.

        Args:
            rows: of each its id, its values in the keyword fields, and when it was published.
            tokens: of their texts, terms as `number` numbers them; documents counted from 0.

        Raises:
            OSError: what waits can't be put aside.
        """
        start = len(self._moments)
        for document_id, values, published in rows:
            row = [self._terms[name][{ID: document_id, **values}.get(name, GAP)] for name in VALUES]
            self._row(document_id, row, published)
        self._counts.extend(repeat(0, (len(self._moments) - start) * len(TextField)))
        self._taken.append(Tokens(tokens.terms, tokens.documents + start, tokens.positions))
        self._hold(len(tokens.terms))

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
        """What waits, put in order; there is a document.

        Raises:
            OSError: what waits can't be put aside.
        """
        living = np.fromiter(sorted(self._living.values()), np.int64, len(self._living))
        numbers = np.full(len(self._moments), -1, np.int32)
        numbers[living] = np.arange(len(living))
        runs = [self._only_living(run, numbers) for run in [*self._runs, self._run()]]
        columns = {name: np.array(column, np.int64)[living] for name, column in self._columns.items()}
        keys, ranks = self._ranks([*(run.terms for run in runs), *columns.values()])
        return Contents(
            keys,
            Runs(runs, ranks, numbers),
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

    def _hold(self, tokens: int) -> None:
        """So many more are held in memory; when they are too many, they are put aside."""
        self._held += tokens
        if self._held > self._limit:
            self._runs.append(put_aside(self._run(), self._folder))
            self._stream, self._counts, self._taken = array("I"), array("I"), []
            self._start, self._held = len(self._moments), 0

    def _run(self) -> Tokens:
        """What is held in memory, without gaps, put in order."""
        tokens = joined([self._streamed(), *self._taken])
        tokens = tokens.only(tokens.terms > 0)
        _, ranks = self._ranks([tokens.terms])
        return tokens.only(by_radix(ranks[tokens.terms]))

    def _only_living(self, run: Tokens, numbers: Shorts) -> Tokens:
        """A run without the tokens of documents that were taken out."""
        living = numbers[run.documents] >= 0
        if living.all():
            return run
        kept = run.only(living)
        return put_aside(kept, self._folder) if isinstance(run.terms, np.memmap) else kept

    def _streamed(self) -> Tokens:
        counts = np.array(self._counts, np.int64)
        starts = (np.cumsum(counts) - counts).astype(np.int32)
        documents = self._start + np.arange(len(counts), dtype=np.int32) // len(TextField)
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
