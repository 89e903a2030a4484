"""Numpy's arrays to posting lists: thousands at once, in the bytes that Whoosh's codec `W3` writes singly.

A list is a mark, and blocks of at most `BLOCK` postings. A block is its length, a pickle of what stands in
it, and a pickle of three tuples: the documents, as steps from one to the next; how often each has the term;
and where, each a pickle for itself in `bytes`. So the bytes are laid out in three levels, blocks, postings
and tokens: first how long each is, then where each begins, and then all of one kind are written at once.

Whoosh pickles with protocol 2; here it is 3, the first that knows bytes: half as long, and read in an eighth
of the time. In a block all numbers of a kind are of one width, that of its widest, so that numpy reads them
where they stand (`whoosh.even`). The shortest and longest field of a block, which only bound its scores, are
left out: nothing here asks for a bound, and stock Whoosh takes one that always holds.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.engines.scoring.found import Numbers
from index.engines.whoosh.even import MAGIC
from index.record import record

BLOCK: Final = 2**16
"""Postings in a block: Whoosh's 128 let it skip blocks, but here a list is read whole."""

TERM: Final = np.dtype(
    [
        ("inline", "u1"),
        ("weight", ">f4"),
        ("documents", ">u4"),
        ("shortest", "u1"),
        ("longest", "u1"),
        ("highest", ">f4"),
        ("first", ">u4"),
        ("last", ">u4"),
        ("offset", ">i8"),
        ("length", ">i4"),
    ]
)
"""What a term dictionary says of a term: `W3TermInfo.to_bytes`."""

_Bytes = NDArray[np.uint8]

_BEGIN: Final = b"\x80\x03("  # a pickle, and a tuple in it
_INFORMATION_END: Final = b"K\x00K\x00K\x00t."  # not compressed, no lengths
_BYTE: Final = 0xFF  # up to here a number takes one byte
_PAIR: Final = 0xFFFF  # and up to here two
_FLOAT: Final = 9  # bytes: `G` and eight
_COUNT: Final = 4  # bytes


@record
class _Runs:
    """Things in a row, in runs: the tokens of a posting, the postings of a block.

    Attributes:
        starts: where each run begins.
        counts: how long each is, 1 or more.
    """

    starts: Numbers
    counts: Numbers

    def sums(self, sizes: Numbers) -> Numbers:
        """How much the things of each run are together."""
        found: Numbers = np.add.reduceat(sizes, self.starts)
        return found

    def placed(self, sizes: Numbers, bases: Numbers) -> Numbers:
        """Where each thing begins, when those of a run stand one behind the other from its base on."""
        before = np.cumsum(sizes) - sizes
        found: Numbers = before + np.repeat(bases - before[self.starts], self.counts)
        return found

    def widest(self, sizes: Numbers) -> Numbers:
        """For each thing the largest size of one in its run."""
        return np.repeat(np.maximum.reduceat(sizes, self.starts), self.counts)

    def steps(self, values: Numbers) -> Numbers:
        """The first value of each run, and then the steps from one to the next."""
        steps = np.diff(values, prepend=0)
        steps[self.starts] = values[self.starts]
        return steps


def _runs(begins: NDArray[np.bool_]) -> _Runs:
    """Runs that begin where this is true; where it counts from is the second thing."""
    starts = np.concatenate(([0], np.flatnonzero(begins) + 1))
    return _Runs(starts, np.diff(starts, append=len(begins) + 1))


@record
class Encoded:
    """Posting lists.

    Attributes:
        terms: the term of each, as it was given.
        infos: what the dictionary says of each, a row of `TERM`; offsets count from the begin of `data`.
        data: the lists' bytes, one behind the other.
    """

    terms: Numbers
    infos: NDArray[Any]
    data: _Bytes


def encode(terms: Numbers, documents: Numbers, positions: Numbers | None) -> Encoded:
    """Encode posting lists; there is one token or more.

    Args:
        terms: of each token its term, a number; rising.
        documents: of each its document, rising for each term.
        positions: of each where it stands, rising for each document; None for a field that keeps none.
    """
    other = terms[1:] != terms[:-1]
    tokens = _runs(other | (documents[1:] != documents[:-1]))
    terms, documents = terms[tokens.starts], documents[tokens.starts]
    lists = _runs(terms[1:] != terms[:-1])
    places = np.arange(len(terms)) - np.repeat(lists.starts, lists.counts)
    blocks = _runs(places[1:] % BLOCK == 0)
    written = _Blocks(documents, tokens.counts, blocks, first=places[blocks.starts] == 0)
    values = None if positions is None else _Values(tokens, tokens.steps(positions), blocks)
    data, edges = written.encode(values)
    starts = np.append(edges[np.flatnonzero(written.first)], edges[-1])
    return Encoded(terms[lists.starts], _infos(lists, tokens.counts, documents, starts), data)


def _infos(lists: _Runs, frequencies: Numbers, documents: Numbers, edges: Numbers) -> NDArray[Any]:
    infos = np.zeros(len(lists.starts), TERM)
    infos["weight"] = lists.sums(frequencies)
    infos["documents"] = lists.counts
    infos["highest"] = np.maximum.reduceat(frequencies, lists.starts)
    infos["first"] = documents[lists.starts]
    infos["last"] = documents[lists.starts + lists.counts - 1]
    infos["offset"] = edges[:-1]
    infos["length"] = np.diff(edges)
    return infos


class _Values:
    """Where each document has its term: a pickled tuple of steps, within `bytes`."""

    def __init__(self, tokens: _Runs, steps: Numbers, blocks: _Runs) -> None:
        self._tokens, self._steps = tokens, steps
        widths = blocks.widest(np.maximum.reduceat(_widths(steps), tokens.starts))
        self._sizes = np.repeat(widths, tokens.counts)
        self._lengths = _COUNT + 1 + widths * tokens.counts + 2
        self._long = self._lengths > _BYTE
        self.sizes = self._lengths + np.where(self._long, 5, 2)

    def write(self, out: _Bytes, at: Numbers) -> None:
        """Write each from a place on, into bytes that are 0."""
        out[at] = np.where(self._long, ord("B"), ord("C"))
        _put_little(out, at + 1, self._lengths, np.where(self._long, 4, 1))
        at = at + np.where(self._long, 5, 2)
        _put_big(out, at, self._tokens.counts)
        at, end = at + _COUNT, at + self._lengths
        out[at] = ord("(")
        out[end - 2] = ord("t")
        out[end - 1] = ord(".")
        _put_numbers(out, self._tokens.placed(self._sizes, at + 1), self._steps, self._sizes)


class _Blocks:
    """The blocks of posting lists.

    Args:
        documents: of each posting.
        frequencies: how often each of them has the term.
        blocks: the postings of each block.
        first: which blocks are the first of their list.
    """

    def __init__(
        self, documents: Numbers, frequencies: Numbers, blocks: _Runs, first: NDArray[np.bool_]
    ) -> None:
        self.first = first
        self._blocks = blocks
        self._lasts = documents[blocks.starts + blocks.counts - 1]
        self._steps, self._frequencies = blocks.steps(documents), frequencies
        self._highest = np.maximum.reduceat(frequencies, blocks.starts)
        self._even = np.minimum.reduceat(frequencies, blocks.starts) == self._highest
        self._ones = self._even & (self._highest == 1)

    def encode(self, values: _Values | None) -> tuple[_Bytes, Numbers]:
        """Their bytes, and where each begins, with the end of the last."""
        magic = len(MAGIC) * self.first
        information = self._information_sizes()
        steps, frequencies = self._step_widths(), self._blocks.widest(_widths(self._frequencies))
        ids, weights = self._blocks.sums(steps), self._weight_sizes(frequencies)
        below = 1 if values is None else 2 + self._blocks.sums(values.sizes)
        lengths = information + len(_BEGIN) + ids + 1 + weights + below + 2
        edges = np.concatenate(([0], np.cumsum(magic + 4 + lengths)))
        out = np.zeros(edges[-1], np.uint8)
        _put(out, edges[:-1][self.first], MAGIC)
        at = edges[:-1] + magic
        _put_big(out, at, np.where(np.append(self.first[1:], True), -lengths, lengths))
        self._write_information(out, at + 4)
        at += 4 + information
        _put(out, at, _BEGIN)
        _put_numbers(out, self._blocks.placed(steps, at + len(_BEGIN)), self._steps, steps)
        at += len(_BEGIN) + ids + 1
        out[at - 1] = ord("t")
        self._write_weights(out, at, frequencies)
        at += weights
        self._write_values(out, at, values)
        _put(out, edges[1:] - 2, b"\x87.")  # a tuple of three, and the end
        return out, edges

    def _step_widths(self) -> Numbers:
        """One for each block, but for the first document's number, which is no step."""
        widths = _widths(self._steps)
        first = widths[self._blocks.starts]
        widths[self._blocks.starts] = 0
        widths = self._blocks.widest(widths)
        widths[self._blocks.starts] = first
        return widths

    def _information_sizes(self) -> Numbers:
        numbers: Numbers = _widths(self._blocks.counts) + _widths(self._lasts)
        return len(_BEGIN) + numbers + _FLOAT + len(_INFORMATION_END)

    def _write_information(self, out: _Bytes, at: Numbers) -> None:
        _put(out, at, _BEGIN)
        at = at + len(_BEGIN)
        for numbers in (self._blocks.counts, self._lasts):
            widths = _widths(numbers)
            _put_numbers(out, at, numbers, widths)
            at += widths
        _put_floats(out, at, self._highest)
        _put(out, at + _FLOAT, _INFORMATION_END)

    def _weight_sizes(self, widths: Numbers) -> Numbers:
        sizes: Numbers = np.where(self._even, _FLOAT, 2 + self._blocks.sums(widths))
        sizes[self._ones] = 1
        return sizes

    def _write_weights(self, out: _Bytes, at: Numbers, widths: Numbers) -> None:
        """None for a run of ones, one number for a run of equals, else all, whole ones, which are short."""
        out[at[self._ones]] = ord("N")
        equal = self._even & ~self._ones
        _put_floats(out, at[equal], self._highest[equal])
        uneven = ~self._even
        out[at[uneven]] = ord("(")
        out[at[uneven] + 1 + self._blocks.sums(widths)[uneven]] = ord("t")
        written = np.repeat(uneven, self._blocks.counts)
        places = self._blocks.placed(widths, at + 1)
        _put_numbers(out, places[written], self._frequencies[written], widths[written])

    def _write_values(self, out: _Bytes, at: Numbers, values: _Values | None) -> None:
        if values is None:
            out[at] = ord("N")
            return
        out[at] = ord("(")
        values.write(out, self._blocks.placed(values.sizes, at + 1))
        out[at + 1 + self._blocks.sums(values.sizes)] = ord("t")


def _widths(numbers: Numbers) -> Numbers:
    """How many bytes each number takes in a pickle."""
    return 2 + (numbers > _BYTE) + 2 * (numbers > _PAIR)


def _put(out: _Bytes, at: Numbers, what: bytes) -> None:
    """Write the same bytes at each of these places."""
    for place, byte in enumerate(what):
        if byte:
            out[at + place] = byte


def _put_numbers(out: _Bytes, at: Numbers, numbers: Numbers, widths: Numbers) -> None:
    """Write numbers as pickle does: of one byte, of two, or of four and signed, the lowest byte first."""
    out[at] = _KINDS[widths]
    _put_little(out, at + 1, numbers, widths - 1)


_KINDS: Final = np.zeros(6, np.uint8)
_KINDS[[2, 3, 5]] = ord("K"), ord("M"), ord("J")


def _put_little(out: _Bytes, at: Numbers, numbers: Numbers, widths: Numbers) -> None:
    """Write numbers into so many bytes each, the lowest first."""
    out[at] = numbers.astype(np.uint8)
    for byte in range(1, 4):
        wide = np.flatnonzero(widths > byte)
        if not wide.size:
            return
        at, numbers, widths = at[wide], numbers[wide], widths[wide]
        out[at + byte] = numbers >> 8 * byte & 0xFF


def _put_big(out: _Bytes, at: Numbers, numbers: Numbers) -> None:
    """Write numbers into four bytes each, the highest first."""
    for byte in range(4):
        out[at + byte] = numbers >> 8 * (3 - byte) & 0xFF


def _put_floats(out: _Bytes, at: Numbers, numbers: Numbers) -> None:
    out[at] = ord("G")
    out[at[:, None] + np.arange(1, _FLOAT)] = numbers.astype(">f8").view(np.uint8).reshape(-1, 8)
