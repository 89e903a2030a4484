"""tantivy's term dictionary: a finite state transducer from terms to their ranks, and what is said of each.

Source: tantivy's `TermDictionary` and `TermInfoStore`, and the crate fst, version 2 of its format: nodes are
written backwards, each after those it leads to, and are read from their last byte.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

_COMMON: Final = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG"
"""Bytes that a node names in its own byte, by their places here, counted from 1; others stand before it."""

_ONE, _NEXT, _FINAL = 0x80, 0x40, 0x40
"""Of a node's byte: one way leads out; and to the node before it; else, whether a term may end here."""

_LOW: Final = 0x3F  # of a node's byte: the place in `_COMMON`, or how many ways lead out
_INDEXED: Final = 32  # from more ways on their bytes are looked up in a table of 256
_END: Final = 0  # the address of the node where a term ends and none goes on

_TREE: Final = struct.Struct("<QQ")  # at its end: how many terms, and where the root is
_TAIL: Final = struct.Struct("<QII")  # how long the store is, and of which kind the dictionary
_KIND: Final = (1, 1)
_HEAD: Final = struct.Struct("<QQ")  # of the store: how long its blocks' heads are, how many terms it has
_BLOCK: Final = struct.Struct("<QIQIQIBBB")
_TERMS: Final = 256  # in a block
_REMEMBERED: Final = 10_000  # terms


class Info(NamedTuple):
    """What is said of a term: how many documents have it, and where its postings and positions are."""

    documents: int
    postings: tuple[int, int]
    positions: tuple[int, int]


class Terms:
    """The terms of one field of a segment.

    Raises:
        ValueError: this is no dictionary of tantivy's.
    """

    def __init__(self, data: memoryview) -> None:
        length, *kind = _TAIL.unpack(data[-_TAIL.size :])
        end = len(data) - _TAIL.size
        if tuple(kind) != _KIND or length + _TREE.size > end:
            raise ValueError("a term dictionary does not end as it should")
        self._tree = bytes(data[: end - length])
        self._root: int = _TREE.unpack(self._tree[-_TREE.size :])[1]
        heads, count = _HEAD.unpack(data[end - length :][: _HEAD.size])
        self._count = int(count)
        self._heads = data[end - length + _HEAD.size :][:heads]
        self._bits = data[end - length + _HEAD.size + heads : end]
        self._known: dict[bytes, Info | None] = {}

    def __len__(self) -> int:
        return self._count

    def find(self, term: bytes) -> Info | None:
        """What is said of a term, if there is such a term."""
        if term not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            rank = self._rank(term)
            self._known[term] = None if rank is None else self._info(rank)
        return self._known[term]

    def items(self) -> Iterator[tuple[bytes, Info]]:
        """All terms, in order."""
        waiting = [(self._root, b"")]
        rank = 0
        while waiting:
            address, term = waiting.pop()
            node = self._node(address)
            if node.final:
                if rank == self._count:
                    raise ValueError("a term dictionary has more terms than it counts")
                yield term, self._info(rank)
                rank += 1
            ways = sorted(((byte, to) for byte, to, _ in node.ways()), reverse=True)
            waiting += [(to, term + bytes((byte,))) for byte, to in ways]

    def _rank(self, term: bytes) -> int | None:
        address, rank = self._root, 0
        for byte in term:
            found = self._node(address).follow(byte)
            if found is None:
                return None
            address, output = found
            rank += output
        node = self._node(address)
        return rank + node.output if node.final else None

    def _node(self, address: int) -> _Node:
        return _Node(self._tree, address)

    def _info(self, rank: int) -> Info:
        block, row = divmod(rank, _TERMS)
        offset, *first, often, posted, placed = _BLOCK.unpack_from(self._heads, block * _BLOCK.size)
        documents, posting, length, position, room = first
        if row == 0:
            return Info(documents, (posting, posting + length), (position, position + room))
        width = often + posted + placed
        byte, shift = divmod((row - 1) * width, 8)
        raw = self._bits[offset + byte :][: 2 * width // 8 + 2]
        taken = int.from_bytes(raw, "little") >> shift
        following = taken >> width
        mask, places = (1 << posted) - 1, (1 << placed) - 1
        return Info(
            taken >> (posted + placed) & (1 << often) - 1,
            (posting + (taken & mask), posting + (following & mask)),
            (position + (taken >> posted & places), position + (following >> posted & places)),
        )


class _Node:
    """A node of the transducer, at the address of its last byte."""

    __slots__ = ("_bytes", "_ends", "_only", "_outputs", "_sizes", "_tree", "final", "output")

    def __init__(self, tree: bytes, address: int) -> None:
        self._tree = tree
        self._only: tuple[int, int, int] | None = None
        self._bytes, self._sizes = b"", (0, 0)
        self._ends = self._outputs = 0
        self.final, self.output = address == _END, 0
        if not self.final:
            byte = tree[address]
            if byte & _ONE:
                self._only = self._one(byte, address)
            else:
                self._any(byte, address)

    def follow(self, byte: int) -> tuple[int, int] | None:
        """Where a byte leads, and what it adds to a rank."""
        if self._only is not None:
            only, to, output = self._only
            return (to, output) if only == byte else None
        place = self._bytes.find(byte)
        return None if place < 0 else self._way(place)

    def ways(self) -> Iterator[tuple[int, int, int]]:
        """All bytes that lead on, where to, and what each adds."""
        if self._only is not None:
            yield self._only
        for place, byte in enumerate(self._bytes):
            yield (byte, *self._way(place))

    def _one(self, byte: int, address: int) -> tuple[int, int, int]:
        common = byte & _LOW
        end = address - (not common)
        only = _COMMON[common - 1] if common else self._tree[end]
        if byte & _NEXT:
            return only, end - 1, 0
        size, outs = divmod(self._tree[end - 1], 16)
        start = end - 1 - size
        return only, self._target(start, size, start - outs), self._number(start - outs, outs)

    def _any(self, byte: int, address: int) -> None:
        ways, at = byte & _LOW, address
        if not ways:
            at -= 1
            ways = self._tree[at]
            if ways == 1:  # 256 do not go into a byte, and one way would stand in the node's own
                ways = 256
        at -= 1
        size, outs = self._sizes = divmod(self._tree[at], 16)
        start = at - ways - (256 if ways > _INDEXED else 0)
        self._bytes = self._tree[start : start + ways]
        self._ends = start - ways * size
        self._outputs = self._ends - ways * outs
        self.final = bool(byte & _FINAL)
        if self.final:
            self.output = self._number(self._outputs - outs, outs)

    def _way(self, place: int) -> tuple[int, int]:
        size, outs = self._sizes
        end = self._outputs - (outs if self.final else 0)
        to = self._target(self._ends + place * size, size, end)
        return to, self._number(self._outputs + place * outs, outs)

    def _target(self, at: int, size: int, end: int) -> int:
        """Where a way leads: so far before the begin of the node, or nowhere but to the end."""
        step = self._number(at, size)
        if step > end:
            raise ValueError("a term dictionary leads out of itself")
        return end - step if step else _END

    def _number(self, at: int, size: int) -> int:
        return int.from_bytes(self._tree[at : at + size], "little")
