"""Reading a Whoosh index's table of contents: which segments there are, and what of each is deleted.

Whoosh pickles objects of its own. They are read without Whoosh, which takes long to import, and nothing that
a pickle names is called: each class and function of it is a stand-in that only keeps what it is given.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from index.record import record

_SIZES: Final = (4, 8, 4)
"""Bytes of an int, a long and a float, as Whoosh writes down of the machine."""

_BYTE_ORDER: Final = -12345
_VERSION: Final = -111

_MADE: Final[dict[tuple[str, str], type]] = {
    (module, kind.__name__): kind for module in ("builtins", "__builtin__") for kind in (set, frozenset)
}
"""What a pickle may really make: the numbers of deleted documents."""


class StandIn:
    """In the place of whatever a pickle makes: the arguments it is made with, and its attributes."""

    def __init__(self, *arguments: object) -> None:
        self.arguments = arguments

    def __call__(self, *arguments: object) -> StandIn:
        """What it would make is not made either."""
        return StandIn(*arguments)

    def __setitem__(self, key: object, value: object) -> None:
        """What a mapping would hold is of no use."""


class Segment(StandIn):
    """A segment as the table of contents has it, with the names of Whoosh's own methods."""

    indexname: str
    segid: str
    _doccount: int
    _deleted: set[int] | None

    def segment_id(self) -> str:
        """Its name, and that of its files."""
        return f"{self.indexname}_{self.segid}"

    def doc_count_all(self) -> int:
        """How many documents it has, the deleted ones among them."""
        return self._doccount

    def deleted_docs(self) -> Iterable[int]:
        """The numbers of those that are deleted."""
        return self._deleted or ()


@record
class Contents:
    """A table of contents: the names of the fields, and the segments in order."""

    fields: frozenset[str]
    segments: tuple[Segment, ...]


def read_contents(path: Path) -> Contents:
    """Read a table of contents.

    Raises:
        ValueError: it is none, or not one of this machine; spoiled ones raise what unpickling raises.
    """
    stream = io.BytesIO(path.read_bytes())
    if tuple(_varint(stream) for _ in _SIZES) != _SIZES:
        raise ValueError("the table of contents was made on another kind of machine")
    if struct.unpack("!ii", stream.read(8)) != (_BYTE_ORDER, _VERSION):
        raise ValueError("the table of contents is of another version of Whoosh")
    for _ in range(3):
        _varint(stream)  # Whoosh's release
    schema = _unpickled(io.BytesIO(stream.read(_varint(stream))))
    stream.seek(8, io.SEEK_CUR)  # the generation, and what is not used
    segments = _unpickled(stream)
    if not isinstance(segments, list) or not all(isinstance(each, Segment) for each in segments):
        raise ValueError("the table of contents does not list segments")
    return Contents(frozenset(schema._fields), tuple(segments))


def _varint(stream: io.BytesIO) -> int:
    """A number of seven bits a byte, the lowest first; the last byte has no eighth."""
    number = shift = 0
    while True:
        (byte,) = stream.read(1)
        number |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004 - the eighth bit
            return number
        shift += 7


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's signature
        """A stand-in, except for what is known."""
        if name == "W3Segment":
            return Segment
        return _MADE.get((module, name), StandIn)


def _unpickled(stream: io.BytesIO) -> Any:  # noqa: ANN401 - whatever is in it
    return _Unpickler(stream).load()
