"""Posting lists of Whoosh's codec `W3`, decoded whole: which documents have a term, how often, and where."""

from __future__ import annotations

import pickle
import struct
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import accumulate, repeat

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC
from whoosh.formats import Positions


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of a term, rising, with how often each has it and, encoded, where.

    Arrays, because they take numbers alone: a spoiled file is found out as it is read.
    """

    documents: array[int] = field(default_factory=lambda: array("I"))
    frequencies: array[float] = field(default_factory=lambda: array("f"))
    places: list[bytes] = field(default_factory=list)


def decode(data: bytes, size: int) -> Postings:
    """Decode a whole posting list of Whoosh's codec `W3`, of a segment with `size` documents.

    Raises:
        ValueError: these bytes are no posting list; spoiled ones raise what unpickling raises.
    """
    if not data.startswith(WHOOSH3_HEADER_MAGIC):
        raise ValueError("a posting list does not begin as it should")
    postings = Postings()
    for block in _blocks(data):
        ids, weights, values = pickle.loads(block)  # noqa: S301 - our own index
        postings.documents.extend(accumulate(ids))
        # Whoosh writes None for a run of ones, and one number for a run of equals.
        one = 1.0 if weights is None else weights
        postings.frequencies.extend(weights if isinstance(weights, tuple) else repeat(one, len(ids)))
        postings.places.extend(values or ())
    if max(postings.documents) >= size or len(postings.documents) != len(postings.frequencies):
        raise ValueError("a posting list goes beyond the last document")
    return postings


def _blocks(data: bytes) -> Iterator[bytes]:
    """The blocks of a posting list, each a pickle."""
    stream = BytesIO(data)
    end, length = len(WHOOSH3_HEADER_MAGIC), 0
    while length >= 0:
        stream.seek(end)
        (length,) = struct.unpack("!i", stream.read(4))  # negative for the last
        _, _, _, compressed, _, _ = pickle.load(stream)  # noqa: S301 - our own index
        start, end = stream.tell(), end + 4 + abs(length)
        yield zlib.decompress(data[start:end]) if compressed else data[start:end]


def positions(place: bytes) -> list[int]:
    """Where a document has a term, counted in words from 0."""
    decoded: list[int] = Positions().decode_positions(place)
    return decoded


def without(postings: Postings, deleted: frozenset[int]) -> Postings:
    """The postings of all other documents."""
    kept = [row for row, document in enumerate(postings.documents) if document not in deleted]
    if len(kept) == len(postings.documents):
        return postings
    return Postings(
        array("I", [postings.documents[row] for row in kept]),
        array("f", [postings.frequencies[row] for row in kept]),
        [postings.places[row] for row in kept] if postings.places else [],
    )
