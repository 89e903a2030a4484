"""Documents that wait to be written: their terms as numbers, in arrays, until they become a segment."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.engines.contract import GAP, Documents, KeywordField, TextField, moment
from index.engines.scoring.found import Numbers
from index.engines.whoosh.runs import Runs, Shorts, Tokens, by_radix, joined, put_aside
from index.engines.whoosh.segments import GAP_MARK
from index.record import record

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


@record
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
        self._vocabulary: Sequence[str] | None = None
        self._numbers: dict[TextField, Shorts] = {}
        self._order: list[int] = []
        self._runs: list[Tokens] = []
        self._let_go()

    def __len__(self) -> int:
        return len(self._living)

    def add_all(self, documents: Documents) -> None:
        """Let documents wait, in the places of those with the same ids that wait.

        Raises:
            ValueError: one has no id, or a term that can't be kept; nothing of any waits.
            OSError: what waits can't be put aside.
        """
        rows = [self._numbered(documents, place) for place in range(len(documents.ids))]
        start, held = len(self._moments), {}
        texts: dict[int, tuple[Shorts, Shorts]] = {}
        for name, text in documents.texts.items():
            terms = self._known(name, documents)[text.terms]
            if id(text.counts) not in texts:
                texts[id(text.counts)] = _places(text.counts, start)
            held[name] = Tokens(terms, *texts[id(text.counts)]).only(terms > 0)
        for document_id, row, published in zip(documents.ids, rows, documents.published, strict=True):
            self._row(document_id, row, moment(published))
        self._hold(held)

    def take(
        self, rows: Iterable[tuple[str, dict[str, str], int]], tokens: Mapping[TextField, Tokens]
    ) -> None:
        """Let documents wait that were in a segment.

        Args:
            rows: of each its id, its values in the keyword fields, and when it was published.
            tokens: of each text field, terms as `number` numbers them; documents counted from 0.

        Raises:
            OSError: what waits can't be put aside.
        """
        start = len(self._moments)
        for document_id, values, published in rows:
            row = [self._terms[name][{ID: document_id, **values}.get(name, GAP)] for name in VALUES]
            self._row(document_id, row, published)
        first = np.int32(start)
        self._hold(
            {name: Tokens(of.terms, of.documents + first, of.positions) for name, of in tokens.items()}
        )

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

    def _known(self, name: TextField, documents: Documents) -> Shorts:
        """The number that each term of a vocabulary has in a field, -1 where it isn't in a text of it.

        Raises:
            ValueError: a term can't be kept.
        """
        if self._vocabulary is not documents.vocabulary:
            self._vocabulary = documents.vocabulary
            self._numbers = {field: np.zeros(1, np.int32) for field in TextField}
        known, used = self._numbers[name], documents.texts[name].terms
        more = len(documents.vocabulary) - len(known)
        if more:
            known = self._numbers[name] = np.concatenate((known, np.full(more, -1, np.int32)))
        for number in np.unique(used[known[used] < 0]).tolist():
            try:
                known[number] = self._terms[name][documents.vocabulary[number]]
            except ValueError as error:
                place = np.searchsorted(
                    np.cumsum(documents.texts[name].counts), used.tolist().index(number), "right"
                )
                raise ValueError(f"Document {documents.ids[place]!r}: {error}.") from error
        return known

    def _numbered(self, documents: Documents, place: int) -> list[int]:
        """The numbers of a document's values.

        Raises:
            ValueError: it has no id, or a value that can't be kept.
        """
        document_id = documents.ids[place]
        if not document_id:
            raise ValueError("A document has no id.")
        values = (document_id, *(documents.keywords[name][place] for name in KeywordField))
        try:
            return [self._terms[name][value or GAP] for name, value in zip(VALUES, values, strict=True)]
        except ValueError as error:
            raise ValueError(f"Document {document_id!r}: {error}.") from error

    def _row(self, document_id: str, row: Sequence[int], published: int) -> None:
        self._living[document_id] = len(self._moments)
        for column, number in zip(self._columns.values(), row, strict=True):
            column.append(number)
        self._moments.append(published)

    def _hold(self, tokens: Mapping[TextField, Tokens]) -> None:
        """Hold more in memory; when they are too many, all are put aside."""
        for name, each in tokens.items():
            self._held[name].append(each)
            self._size += len(each.terms)
        if self._size > self._limit:
            self._runs.append(put_aside(self._run(), self._folder))
            self._let_go()

    def _let_go(self) -> None:
        self._held: dict[TextField, list[Tokens]] = {name: [] for name in sorted(TextField)}
        self._size = 0

    def _run(self) -> Tokens:
        """What is held in memory, put in order: field by field, so that less is sorted at a time."""
        ranks = self._ranked()
        return joined([self._sorted(joined(parts), ranks) for parts in self._held.values()])

    def _sorted(self, tokens: Tokens, ranks: Shorts) -> Tokens:
        """Tokens of a field by the ranks of their terms."""
        ranked = ranks[tokens.terms]
        return tokens.only(by_radix(ranked - ranked.min())) if len(ranked) else tokens

    def _ranked(self) -> Shorts:
        """For each number of a term its place among all there are so far, by their keys."""
        new = range(len(self._order) + 1, len(self._keys))
        # What was in order is quickly put in order with the rest: Python's sort merges.
        self._order = sorted([*self._order, *new], key=self._keys.__getitem__)
        ranks = np.full(len(self._keys), -1, np.int32)
        ranks[self._order] = np.arange(len(self._order), dtype=np.int32)
        return ranks

    def _only_living(self, run: Tokens, numbers: Shorts) -> Tokens:
        """A run without the tokens of documents that were taken out."""
        living = numbers[run.documents] >= 0
        if living.all():
            return run
        kept = run.only(living)
        return put_aside(kept, self._folder) if isinstance(run.terms, np.memmap) else kept

    def _ranks(self, used: Iterable[NDArray[Any]]) -> tuple[list[bytes], Shorts]:
        """The keys of terms that are used, rising, and for each number of a term its place among them."""
        seen = np.zeros(len(self._keys), bool)
        for numbers in used:
            seen[numbers] = True
        seen[0] = False
        ranks = self._ranked()
        order = np.array(self._order, np.int64)
        order = order[seen[order]]
        ranks[:] = -1
        ranks[order] = np.arange(len(order), dtype=np.int32)
        return [self._keys[number] for number in order.tolist()], ranks


def _places(counts: Shorts, start: int) -> tuple[Shorts, Shorts]:
    """Of each token of texts its document, counted from a number on, and where it stands."""
    ends = np.cumsum(counts, dtype=np.int32)
    documents = np.repeat(np.arange(start, start + len(counts), dtype=np.int32), counts)
    size = ends[-1] if len(ends) else 0
    return documents, np.arange(size, dtype=np.int32) - np.repeat(ends - counts, counts)
