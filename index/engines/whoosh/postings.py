"""Posting lists of Whoosh's codec `W3`, decoded whole: which documents have a term, how often, and where."""

from __future__ import annotations

import pickle
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, repeat
from typing import Any, Final

import numpy as np

from index.engines.scoring.found import Numbers, Reals
from index.engines.scoring.postings import Postings
from index.engines.whoosh import even
from index.engines.whoosh.even import Uneven

_SHORT: Final = 1000
"""Bytes of a posting list up to which it is unpickled sooner than taken apart."""


def decode(data: bytes, size: int) -> Postings:
    """Decode a whole posting list of Whoosh's codec `W3`, of a segment with `size` documents.

    Raises:
        ValueError: these bytes are no posting list; spoiled ones raise what unpickling raises.
    """
    if len(data) > _SHORT:
        with suppress(Uneven):
            return _checked(*even.postings(data), size)
    documents, frequencies, _ = decode_lists([data])
    return _checked(documents, frequencies, size)


def decode_lists(lists: Iterable[bytes]) -> tuple[Numbers, Reals, list[bytes]]:
    """The postings of several lists, one behind the other, unchecked: documents, frequencies, encoded places.

    Raises:
        ValueError: these bytes are no posting lists; spoiled ones raise what unpickling raises.
    """
    # Arrays, because they take numbers alone: a spoiled file is found out as it is read.
    steps, frequencies, lengths = array("I"), array("f"), array("I")
    places: list[bytes] = []
    for ids, weights, values in chain.from_iterable(map(_blocks, lists)):
        steps.extend(ids)
        # Whoosh writes None for a run of ones, and one number for a run of equals.
        one = 1.0 if weights is None else weights
        frequencies.extend(weights if isinstance(weights, tuple) else repeat(one, len(ids)))
        lengths.append(len(ids))
        places.extend(values or ())
    return _documents(steps, lengths), np.array(frequencies, np.float64), places


def encoded_places(data: bytes) -> list[bytes]:
    """Where each document of a posting list has the term, still encoded.

    Raises:
        ValueError: these bytes are no posting list; spoiled ones raise what unpickling raises.
    """
    return [place for _, _, places in _blocks(data) for place in places]


def _blocks(data: bytes) -> Iterator[tuple[Any, Any, Any]]:
    """What stands in the blocks of a posting list: documents, frequencies and encoded places."""
    for block in even.blocks(data):
        pickled = data[block.start : block.end]
        yield pickle.loads(zlib.decompress(pickled) if block.is_zipped else pickled)  # noqa: S301 - our own index


def _documents(steps: array[int], lengths: Sequence[int]) -> Numbers:
    """The documents' numbers: in each block the first, and then the steps from one to the next."""
    sums = np.concatenate(([0], np.cumsum(np.array(steps, np.int64))))
    starts = np.cumsum(np.array([0, *lengths[:-1]], np.int64))
    documents: Numbers = sums[1:] - np.repeat(sums[starts], lengths)
    return documents


def _checked(documents: Numbers, frequencies: Reals, size: int) -> Postings:
    """These as postings; all that is done with them takes for granted what is seen to here."""
    if not len(documents) == len(frequencies) > 0 or documents[-1] >= size:
        raise ValueError("a posting list goes beyond the last document")
    # Compared this way, what is no number is out of order as well.
    if not (documents[1:] > documents[:-1]).all() or not 0 < frequencies.min() <= frequencies.max() < np.inf:
        raise ValueError("a posting list is out of order")
    return Postings(documents, frequencies)
