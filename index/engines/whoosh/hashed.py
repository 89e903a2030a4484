"""A term dictionary, written at once: the bytes of Whoosh's `OrderedHashWriter`, which adds term by term.

It is the keys, rising, each with what is said of it; 256 hash tables of where each key stands; a directory of
these; and where every key stands once more, in order, to find those that begin alike.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.engines.scoring.found import Numbers

_TABLES: Final = 256
_CRC32: Final = 1
"""Whoosh's number of this hash, which it can do as well as MD5, its first choice; here it takes a fifth."""

_HEAD: Final = b"HSH3" + bytes([_CRC32]) + bytes(8)
_LENGTHS: Final = np.dtype([("key", ">i4"), ("value", ">i4")])
_POINTER: Final = np.dtype([("hash", ">u4"), ("position", ">i8")])
_TABLE: Final = np.dtype([("position", ">i8"), ("slots", ">i4")])


def write_hashed(
    file: BinaryIO, keys: Sequence[bytes], values: NDArray[Any], extras: Mapping[str, object]
) -> None:
    """Write a dictionary.

    Args:
        file: where it is written from where it is.
        keys: rising, one or more.
        values: a row for each key.
        extras: what `HashReader.extras` will be.
    """
    lengths = np.empty(len(keys), _LENGTHS)
    lengths["key"] = np.fromiter(map(len, keys), np.int64, len(keys))
    lengths["value"] = values.itemsize
    sizes = _LENGTHS.itemsize + lengths["key"].astype(np.int64) + values.itemsize
    ends = len(_HEAD) + np.cumsum(sizes)
    file.write(_HEAD + _rows(lengths, b"".join(keys), values).tobytes())
    hashes = np.fromiter(map(crc32, keys), np.int64, len(keys))
    tables, slots = hash_tables(hashes, ends - sizes)
    file.write(tables.tobytes())
    file.write(_directory(slots, int(ends[-1])).tobytes())
    order = (ends - sizes).astype(">i8").tobytes()
    tail = pickle.dumps({**extras, "indextype": "q", "indexlen": len(keys)}, 2) + order
    file.write(tail + len(tail).to_bytes(4, "big"))


def _rows(lengths: NDArray[Any], keys: bytes, values: NDArray[Any]) -> NDArray[np.uint8]:
    """For each key the lengths, the key and the value, one behind the other; the bytes of a kind at once."""
    counts = lengths["key"].astype(np.int64)
    befores = np.cumsum(counts) - counts
    starts = befores + (_LENGTHS.itemsize + values.itemsize) * np.arange(len(counts))
    rows = np.empty(len(keys) + (_LENGTHS.itemsize + values.itemsize) * len(counts), np.uint8)
    _put_rows(rows, starts, lengths)
    starts += _LENGTHS.itemsize
    rows[np.repeat(starts - befores, counts) + np.arange(len(keys))] = np.frombuffer(keys, np.uint8)
    _put_rows(rows, starts + counts, values)
    return rows


def _put_rows(out: NDArray[np.uint8], at: Numbers, rows: NDArray[Any]) -> None:
    """Write the bytes of each row to its place."""
    columns = np.frombuffer(rows.tobytes(), np.uint8).reshape(len(rows), -1)
    for place in range(rows.itemsize):
        out[at + place] = columns[:, place]


def _directory(slots: Numbers, start: int) -> NDArray[Any]:
    """Where each table begins, and how many slots it has."""
    directory = np.empty(_TABLES, _TABLE)
    directory["slots"] = slots
    directory["position"] = start + _POINTER.itemsize * (np.cumsum(slots) - slots)
    return directory


def hash_tables(hashes: Numbers, positions: Numbers) -> tuple[NDArray[Any], Numbers]:
    """Hash tables, one behind the other, and how many slots each has: two for each of its keys.

    A key's table is the last byte of its hash. There it stands in the slot that the rest says, or in the next
    that is free, after the last slot the first. Which of two keys comes first that would be in one slot makes
    no difference to those who look: they go on until a slot is empty.

    Args:
        hashes: of each key, 32 bits.
        positions: where each key stands, over 0.
    """
    table = hashes & _TABLES - 1
    counts = np.bincount(table, minlength=_TABLES)
    slots = 2 * counts
    slot = (hashes >> 8) % slots[table]
    order = np.lexsort((slot, table))
    table, slot = table[order], slot[order]
    # Tables are laid out half as long again as they are, so that none runs over into the next.
    roomy = (np.cumsum(slots + counts) - slots - counts)[table]
    numbers = np.arange(len(order))
    slot = np.maximum.accumulate(roomy + slot - numbers) + numbers - roomy
    tables = np.zeros(slots.sum(), _POINTER)
    starts = np.cumsum(slots) - slots
    fits = slot < slots[table]
    places = (starts[table] + slot)[fits]
    tables["hash"][places], tables["position"][places] = hashes[order[fits]], positions[order[fits]]
    for number in np.flatnonzero(~fits).tolist():
        free = int(starts[table[number]])
        while tables["position"][free]:
            free += 1
        tables[free] = hashes[order[number]], positions[order[number]]
    return tables, slots
