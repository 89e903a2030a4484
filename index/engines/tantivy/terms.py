"""tantivy's term dictionary: a finite state transducer from terms to their ranks, and what is said of each.

Source: tantivy's `TermDictionary` and `TermInfoStore`, and the crate fst, version 2 of its format: nodes are
written backwards, each after those it leads to, and are read from their last byte.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple, Self

_COMMON: Final = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG"
"""Bytes that a node names in its own byte, by their places here, counted from 1; others stand before it."""

_ONE, _NEXT, _FINAL = 0x80, 0x40, 0x40
"""Of a node's byte: one way leads out; and to the node before it; else, whether a term may end here."""

_LOW: Final = 0x3F  # of a node's byte: the place in `_COMMON`, or how many ways lead out
_INDEXED: Final = 32  # from more ways on their bytes are looked up in a table of 256
_BYTES: Final = 256
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
            if self._output(address) is not None:
                if rank == self._count:
                    raise ValueError("a term dictionary has more terms than it counts")
                yield term, self._info(rank)
                rank += 1
            ways = sorted(((byte, to) for byte, to, _ in self._ways(address)), reverse=True)
            waiting += [(to, term + bytes((byte,))) for byte, to in ways]

    def _rank(self, term: bytes) -> int | None:
        """The place of a term among all, in order, if there is such a term."""
        address, rank = self._root, 0
        for byte in term:
            way = self._way(address, byte)
            if way is None:
                return None
            address, output = way
            rank += output
        last = self._output(address)
        return None if last is None else rank + last

    def _way(self, address: int, byte: int) -> tuple[int, int] | None:
        """Where a byte leads from a node, and what it adds to a rank."""
        if address == _END:
            return None
        if self._tree[address] & _ONE:
            only, to, output = self._only(address)
            return (to, output) if only == byte else None
        node = _Node.at(self._tree, address)
        place = node.leading.find(byte)
        return None if place < 0 else node.way(self._tree, place)

    def _ways(self, address: int) -> Iterator[tuple[int, int, int]]:
        """All bytes that lead on from a node, where to, and what each adds."""
        if address != _END and self._tree[address] & _ONE:
            yield self._only(address)
        elif address != _END:
            node = _Node.at(self._tree, address)
            for place, byte in enumerate(node.leading):
                yield (byte, *node.way(self._tree, place))

    def _output(self, address: int) -> int | None:
        """What the end of a term at a node adds to its rank; None where none ends."""
        if address == _END:
            return 0
        byte = self._tree[address]
        if byte & _ONE or not byte & _FINAL:
            return None
        return _Node.at(self._tree, address).output(self._tree)

    def _only(self, address: int) -> tuple[int, int, int]:
        """The byte that alone leads on from a node, where to, and what it adds."""
        tree, byte = self._tree, self._tree[address]
        common = byte & _LOW
        if not common:
            address -= 1
        only = _COMMON[common - 1] if common else tree[address]
        if byte & _NEXT:
            return only, address - 1, 0
        size, outs = divmod(tree[address - 1], 16)
        start = address - 1 - size
        return only, _target(tree, start, size, start - outs), _number(tree, start - outs, outs)

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


class _Node(NamedTuple):
    """A node from which none, or several ways lead on; what belongs to each stands last way first.

    Attributes:
        leading: the bytes that lead on.
        size, outs: how many bytes it takes to say where one leads, and what it adds to a rank.
        targets, outputs: where these begin.
        final: whether a term may end here.
    """

    leading: bytes
    size: int
    outs: int
    targets: int
    outputs: int
    final: bool

    @classmethod
    def at(cls, tree: bytes, address: int) -> Self:
        """The node whose last byte is at an address."""
        byte, at = tree[address], address - 1
        ways = byte & _LOW
        if not ways:
            ways, at = tree[at], at - 1
            if ways == 1:  # 256 do not go into a byte, and one way is written otherwise
                ways = _BYTES
        size, outs = divmod(tree[at], 16)
        start = at - ways - (_BYTES if ways > _INDEXED else 0)
        targets = start - ways * size
        outputs = targets - ways * outs
        return cls(tree[start : start + ways], size, outs, targets, outputs, bool(byte & _FINAL))

    def way(self, tree: bytes, place: int) -> tuple[int, int]:
        """Where the byte at a place leads, and what it adds."""
        end = self.outputs - (self.outs if self.final else 0)
        to = _target(tree, self.targets + place * self.size, self.size, end)
        return to, _number(tree, self.outputs + place * self.outs, self.outs)

    def output(self, tree: bytes) -> int:
        """What the end of a term here adds."""
        return _number(tree, self.outputs - self.outs, self.outs)


def _target(tree: bytes, at: int, size: int, end: int) -> int:
    """Where a way leads: so far before the begin of its node, or nowhere but to the end."""
    step = _number(tree, at, size)
    if step > end:
        raise ValueError("a term dictionary leads out of itself")
    return end - step if step else _END


def _number(tree: bytes, at: int, size: int) -> int:
    return int.from_bytes(tree[at : at + size], "little") if size else 0
