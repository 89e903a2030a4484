"""A segment, as a snapshot asks it: postings and columns of its documents, the deleted ones among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.engines.scoring.found import Numbers
from index.engines.scoring.postings import Packed, Postings
from index.record import record

LENGTHS: tuple[int, ...] = tuple(round((1.033**byte - 1) * 27) for byte in range(256))
"""Whoosh keeps a field's length as one byte: exact up to 10 terms, rounded up by at most a tenth beyond."""

T = TypeVar("T")


@record
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


class Leaf(Protocol):
    """One segment of an index. What it reads never changes, so that threads may share it without a lock."""

    name: str
    size: int

    def postings_of(self, terms: Sequence[tuple[str, str]]) -> list[Packed]:
        """The postings of terms, each with its field, as they are kept."""

    def frequency(self, field_name: str, term: str) -> int:
        """How many documents have a term, deleted ones too; nothing is decoded for it."""

    def occurrences(self, field_name: str, term: str, postings: Postings) -> Numbers:
        """Where a term with these postings stands, as `places.occurrences` writes it."""

    def lengths(self, field_name: str) -> NDArray[np.uint8]:
        """How many terms each document has in a text field, as a byte to look up in `LENGTHS`."""

    def moments(self) -> Numbers:
        """When each document was published, as `contract.moment` writes it."""

    def column(self, name: str) -> Column:
        """Each document's value of a keyword field."""
