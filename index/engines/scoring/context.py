"""What the nodes of one request are looked up in and scored by, and what was found of them already."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.engines.contract import Scoring
from index.engines.query import Hashed, Node
from index.engines.scoring.found import Adder, Found, Numbers, merged
from index.engines.scoring.nearby import side_by_side
from index.engines.scoring.postings import Packed
from index.engines.scoring.snapshot import Snapshot
from index.record import field, record

_NODE: Final = 10_000
"""Bytes, about, of a request's node with all that is within."""

_Sides: TypeAlias = tuple[Numbers, Numbers]


@record
class Context:
    """A request's snapshot and scoring; each term is looked up once, and each node evaluated once.

    Attributes:
        known, hashed: by the `id` of a node, for the request holds on to its nodes, and one that stands in it
            twice is mostly the same object. Comparing them would take longer than it saves.
    """

    snapshot: Snapshot
    scoring: Scoring
    adder: Adder
    known: dict[int, Found] = field(default_factory=dict)
    hashed: dict[int, Hashed] = field(default_factory=dict)
    read: dict[tuple[str, str], Packed] = field(default_factory=dict)
    matching: dict[tuple[tuple[str, ...], tuple[str, ...]], NDArray[Any]] = field(default_factory=dict)
    placed: dict[tuple[str, tuple[str, ...]], Numbers] = field(default_factory=dict)
    sides: dict[tuple[str, tuple[str, ...], tuple[str, ...]], _Sides] = field(default_factory=dict)

    def postings(self, field_name: str, term: str) -> Found:
        """The documents of a term, and how often each has it."""
        postings = self.packed(field_name, term).unpacked()
        return Found(postings.documents, postings.frequencies)

    def packed(self, field_name: str, term: str) -> Packed:
        """The same as it is kept."""
        key = (field_name, term)
        found = self.read.get(key)
        if found is None:
            found = self.read[key] = self.snapshot.postings(field_name, term)
        return found

    def read_ahead(self, terms: Iterable[tuple[str, str]]) -> None:
        """Look up terms, each with its field, that will be asked for: many at once take much less time."""
        new = [*dict.fromkeys(term for term in terms if term not in self.read)]
        if len(new) > 1:
            self.read.update(zip(new, self.snapshot.postings_of(new), strict=True))

    def occurrences(self, field_name: str, terms: tuple[str, ...]) -> Numbers:
        """Where any of these terms stands."""
        key = (field_name, terms)
        found = self.placed.get(key)
        if found is None:
            found = self.placed[key] = self._occurrences(field_name, terms)
        return found

    def beside(self, field_name: str, left: tuple[str, ...], right: tuple[str, ...]) -> _Sides:
        """Where any of these terms stands, and any of those, in documents that have both."""
        key = (field_name, left, right)
        found = self.sides.get(key)
        if found is None:
            lefts, rights = self.occurrences(field_name, left), self.occurrences(field_name, right)
            found = self.sides[key] = side_by_side(lefts, rights)
        return found

    def having(self, names: Sequence[str], terms: Iterable[str]) -> int:
        """How many documents have any of these terms in any of these fields."""
        key = (tuple(names), tuple(terms))
        known = self.matching.get(key)
        if known is None:
            return int(self.snapshot.kept(("having", *key), lambda: np.int64(len(self.any_of(*key)))))
        return len(known)

    def any_of(self, names: Sequence[str], terms: tuple[str, ...]) -> NDArray[Any]:
        """The documents that have any of these terms in any of these fields."""
        key = (tuple(names), terms)
        found = self.matching.get(key)
        if found is None:
            parts = [self.packed(name, term).documents for name in names for term in terms]
            found = self.matching[key] = self.adder.different([part for part in parts if len(part)])
        return found

    def key_of(self, node: Node) -> Hashed:
        """What stands in keys for a node of the request."""
        key = self.hashed.get(id(node))
        if key is None:
            key = self.hashed[id(node)] = Hashed(node)
        return key

    def kept(self, key: tuple[Hashable, ...], make: Callable[[], Found]) -> Found:
        """What was found before for this, by the same scoring over the same snapshot; else it is made."""
        by = (self.scoring.k1, self.scoring.b, frozenset(self.scoring.field_b.items()))
        return self.snapshot.kept((*key, by), lambda: _Kept(make()), passing=True).found

    def _occurrences(self, field_name: str, terms: tuple[str, ...]) -> Numbers:
        if len(terms) == 1:
            return self.snapshot.occurrences(field_name, terms[0])
        return merged([self.occurrences(field_name, (term,)) for term in terms])


@record
class _Kept:
    """What was found for a node of a request, which is kept with the node."""

    found: Found

    @property
    def nbytes(self) -> int:
        """How many bytes the two take, about."""
        return self.found.nbytes + _NODE
