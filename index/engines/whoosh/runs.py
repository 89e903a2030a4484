"""Tokens of more documents than memory should hold: put in order run by run, and merged as they are read.

A run lies in a file that has no name and goes with the process. Source: Knuth, The Art of Computer
Programming, volume 3, 1998, section 5.4 (external sorting).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.engines.scoring.found import Numbers
from index.record import record

_CHUNK: Final = 100_000
"""Tokens that are read at a time: what they take then stays near the processor."""

Shorts = NDArray[np.int32]
"""Numbers of which there are so many that it matters that they take half of what others do."""


@record
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


def put_aside(tokens: Tokens, folder: Path) -> Tokens:
    """The same tokens in a file of this folder, mapped.

    Raises:
        OSError: it can't be written.
    """
    if not len(tokens.terms):
        return tokens
    with TemporaryFile(dir=folder) as file:
        for column in (tokens.terms, tokens.documents, tokens.positions):
            file.write(column.astype(np.int32, copy=False).data)
        file.flush()
        size = len(tokens.terms)
        columns = np.memmap(file, np.int32, "r", shape=(3, size))
    return Tokens(*columns)


class Runs:
    """Tokens that are in order in each run, and as a whole: by term, then document, then position.

    Args:
        runs: of each the terms are in the order of their ranks; a run's documents come after those of the
            run before, and none was taken out.
        ranks: of each term's number its place among all terms, -1 for one that is in no run.
        documents: of each document's number its new one.
    """

    def __init__(self, runs: Sequence[Tokens], ranks: Shorts, documents: Shorts) -> None:
        self._runs = runs
        self._ranks = ranks
        self._documents = documents
        self._edges = [self._run_edges(run) for run in runs]

    def chunks(self) -> list[tuple[int, int]]:
        """Ranks from one to another: all tokens in order, some at a time, all of a term in one."""
        ends = np.sum(self._edges, axis=0)
        wanted = np.arange(_CHUNK, ends[-1], _CHUNK)
        edges = np.unique(np.concatenate(([0], np.searchsorted(ends, wanted), [len(ends) - 1])))
        return list(pairwise(edges.tolist()))

    def lengths(self, firsts: Sequence[int], size: int) -> Iterator[Numbers]:
        """How many tokens each of so many documents has of the terms from each of these ranks to the next."""
        for first, last in pairwise(firsts):
            counts = np.zeros(size, np.int64)
            for run, edges in zip(self._runs, self._edges, strict=True):
                documents = self._documents[run.documents[edges[first] : edges[last]]]
                counts += np.bincount(documents, minlength=size)
            yield counts

    def chunk(self, first: int, last: int) -> Tokens:
        """The tokens of the terms from one rank to another, in order, terms told by their ranks."""
        parts = [
            run.only(slice(edges[first], edges[last]))
            for run, edges in zip(self._runs, self._edges, strict=True)
        ]
        found = joined([part for part in parts if len(part.terms)] or parts[:1])
        ranked = Tokens(self._ranks[found.terms], self._documents[found.documents], found.positions)
        return ranked if len(parts) == 1 else ranked.only(by_radix(ranked.terms))

    def _run_edges(self, run: Tokens) -> Numbers:
        """Where in a run the tokens of each rank begin, and where the last ends."""
        counts = np.bincount(run.terms, minlength=len(self._ranks))
        ranked = np.zeros(self._ranks.max(initial=-1) + 1, np.int64)
        known = self._ranks >= 0
        ranked[self._ranks[known]] = counts[known]
        return np.concatenate(([0], np.cumsum(ranked)))


def by_radix(numbers: Shorts) -> NDArray[Any]:
    """What puts numbers, 0 or more, in order, equals as they came: numpy sorts short ones in one pass."""
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    high = (numbers >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order
