"""A segment, written at once: posting lists, the term dictionary and the columns, all in one file.

Whoosh writes a file of each kind, posting by posting, and then copies all of them into the segment's. What
stands in it is the same.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.compound import CompoundStorage

from index.engines.scoring.found import Numbers
from index.engines.scoring.leaf import LENGTHS
from index.engines.whoosh.encode import TERM, Encoded, encode
from index.engines.whoosh.hashed import write_hashed
from index.engines.whoosh.runs import by_radix
from index.engines.whoosh.segments import INDEX_NAME
from index.engines.whoosh.storage import Storage
from index.engines.whoosh.waiting import FIELDS, VALUES, Contents, begin

_THREADS: Final = 2
"""Threads that encode posting lists: numpy lets others run meanwhile, but for half of the time."""

_LONG_COLUMN: Final = 2**15
"""Rows from which on a column of strings says where each begins, as Whoosh's does."""


def write_segment(storage: Storage, contents: Contents) -> W3Segment:
    """Write a segment's file, and put it on the disk.

    Returns:
        What a table of contents says of it.

    Raises:
        OSError: it can't be written.
    """
    segment = W3Segment(W3Codec(), INDEX_NAME)
    segment.set_doc_count(len(contents.moments))
    segment.compound = True
    lengths = _lengths(contents)
    segment._fieldlengths = {name: sum(of.tolist()) for name, of in lengths.items()}  # noqa: SLF001 - as Whoosh does
    parts = _Parts(storage, segment)
    with parts.part(W3Codec.POSTS_EXT) as file:
        infos = _write_postings(file, contents)
    with parts.part(W3Codec.TERMS_EXT) as file:
        fields = {name: number for number, name in enumerate(FIELDS)}
        write_hashed(file, contents.keys, infos, {"fieldmap": fields})
    for name, column in _columns(contents, lengths):
        with parts.part(f".{name}{W3Codec.COLUMN_EXT}") as file:
            file.write(column)
    parts.close()
    return segment


class _Parts:
    """The file of a segment, and what stands where in it."""

    def __init__(self, storage: Storage, segment: W3Segment) -> None:
        self._segment = segment
        self._directory: dict[str, dict[str, float]] = {}
        self._file = segment.create_file(storage, segment.COMPOUND_EXT)
        self._file.write(bytes(12))  # where the directory stands, to be filled in

    @contextmanager
    def part(self, extension: str) -> Iterator[Any]:
        """A file within the file, to be written in one go."""
        start = self._file.tell()
        yield self._file
        name = self._segment.make_filename(extension)
        length = self._file.tell() - start
        self._directory[name] = {"offset": start, "length": length, "modified": time.time()}

    def close(self) -> None:
        """Write the directory, and close the file."""
        CompoundStorage.write_dir(self._file, 0, self._directory)


def _write_postings(file: Any, contents: Contents) -> NDArray[Any]:  # noqa: ANN401 - Whoosh ships no types
    """Write all posting lists; what the dictionary says of each term."""
    infos = np.empty(len(contents.keys), TERM)
    offset = 0
    for encoded in chain(_texts(contents), _values(contents)):
        file.write(encoded.data.data)
        encoded.infos["offset"] += offset
        infos[encoded.terms] = encoded.infos
        offset += len(encoded.data)
    return infos


def _texts(contents: Contents) -> Iterator[Encoded]:
    """The posting lists of the texts in order, encoded by as many threads as numpy can keep busy."""
    chunks = contents.runs.chunks()
    if len(chunks) == 1:  # of a few documents: a thread would take longer to start
        yield from filter(None, [_encoded(contents, *chunks[0])])
        return
    with ThreadPoolExecutor(_THREADS) as pool:
        coming: deque[Future[Encoded | None]] = deque()
        for first, last in chunks:
            coming.append(pool.submit(_encoded, contents, first, last))
            if len(coming) > _THREADS:
                yield from filter(None, [coming.popleft().result()])
        yield from filter(None, [each.result() for each in coming])


def _encoded(contents: Contents, first: int, last: int) -> Encoded | None:
    """The posting lists of the terms from one rank to another, None if there are none."""
    tokens = contents.runs.chunk(first, last)
    if not len(tokens.terms):
        return None
    columns = (tokens.terms, tokens.documents, tokens.positions)
    return encode(*(column.astype(np.int64) for column in columns))


def _values(contents: Contents) -> Iterator[Encoded]:
    """The posting lists of the fields of one value."""
    for name in VALUES:
        documents = np.flatnonzero(contents.columns[name] >= 0)
        if documents.size:
            terms = contents.columns[name][documents]
            order = by_radix(terms)
            yield encode(terms[order].astype(np.int64), documents[order], None)


def _lengths(contents: Contents) -> dict[str, Numbers]:
    """How many terms each document has in each text field; only of fields in which one has any."""
    firsts = [bisect_left(contents.keys, begin(number)) for number in range(len(FIELDS) + 1)]
    counted = contents.runs.lengths(firsts, len(contents.moments))
    return {name: of for name, of in zip(FIELDS, counted, strict=True) if name not in VALUES and of.any()}


def _columns(contents: Contents, lengths: dict[str, Numbers]) -> Iterator[tuple[str, bytes]]:
    """The columns, each under its name in a segment."""
    for name in VALUES:
        yield name, _strings(contents.values(name))
    yield "published", contents.moments.astype(">i8").tobytes()
    for name, numbers in lengths.items():
        # One byte each: the place of the first length that is as long, or longer.
        coded = np.searchsorted(LENGTHS, numbers).clip(max=255)
        yield f"_{name}_len", coded.astype(np.uint8).tobytes()
    yield "_stored", _strings([b""] * len(contents.moments))  # nothing is stored, but Whoosh looks


def _strings(values: Sequence[bytes]) -> bytes:
    """A column of strings, as Whoosh's `VarBytesColumn` writes it: the strings, and how long each is."""
    lengths = np.fromiter(map(len, values), np.int64, len(values))
    column = b"".join(values) + lengths.astype(">i4").tobytes()
    if len(values) <= _LONG_COLUMN:
        return column + b"i"
    return column + (np.cumsum(lengths) - lengths).astype(">i4").tobytes() + b"iiX"
