"""How Whoosh's own format is written here: as Whoosh does, without what takes long to write and to read."""

from __future__ import annotations

import pickle
from typing import Any, Final

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3PostingsWriter, W3Segment

_PROTOCOL: Final = 3
"""Of pickle: the first that knows bytes. Whoosh's 2 takes half as many bytes more, and eight times as long to
read; the next begins with a frame, which is long for one posting."""

_BLOCK: Final = 1024
"""Postings in a block: Whoosh's 128 let it skip blocks, but here a list is read whole."""


class Codec(W3Codec):  # type: ignore[misc] # Whoosh ships no types
    """Whoosh's codec `W3`; what it writes, stock Whoosh reads.

    Blocks aren't compressed, for most are of one posting. The shortest and longest field of a block, which
    only bound its scores, are left out: nothing here asks for a bound, and stock Whoosh takes one that always
    holds. Each of the two would take a sixth of the time to write.
    """

    length_stats = False

    def new_segment(self, _: Any, name: str) -> W3Segment:  # noqa: ANN401 - Whoosh's signature
        """A segment of Whoosh's own codec: its name is pickled, and this one is not everywhere."""
        return W3Segment(W3Codec(), name)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _PostingsWriter:  # noqa: ANN401, FBT001, FBT002 - Whoosh's signature
        """What writes posting lists to a file."""
        return _PostingsWriter(dbfile, blocklimit=_BLOCK, byteids=byteids, compression=0)


class _PostingsWriter(W3PostingsWriter):  # type: ignore[misc] # Whoosh ships no types
    def _write_block(self, last: bool = False) -> None:  # noqa: FBT001, FBT002 - Whoosh's signature
        """Write the postings that wait, as Whoosh does: its length, what stands in it, and itself."""
        if not self._blockcount:
            self._postfile.write(WHOOSH3_HEADER_MAGIC)
        self._terminfo.add_block(self)
        block = _pickled((self._mini_ids(), self._mini_weights(), self._mini_values()))
        information = _pickled((len(self), self.max_id(), self.max_weight(), 0, 0, 0))
        length = len(information) + len(block)
        self._postfile.write_int(-length if last else length)
        self._postfile.write(information + block)
        self._blockcount += 1
        self._new_block()


def _pickled(thing: tuple[Any, ...]) -> bytes:
    return pickle.dumps(thing, _PROTOCOL)
