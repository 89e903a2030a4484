"""Words of an archive, each with its form and its stem, in a file beside the index that was made of them.

A search has to analyse the words of a few articles, and finds nearly all of them here. What stands there is
what analysis makes of a word, so a wordbook is of use wherever the rules of analysis are the same.
"""

from __future__ import annotations

import mmap
import os
import struct
from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final
from zlib import crc32

from index.analysis.keys import END, Keys, Part, keyed

_HEAD: Final = struct.Struct("!8s6I")  # what it is, the lengths of the parts that follow, their checksum
_MAGIC: Final = b"words-02"
_TAB: Final = "\t"


class Wordbook:
    """Words that were analysed before. Threads may share it.

    Args:
        parts: as `_parts` makes them; of none by default.
    """

    def __init__(self, parts: Sequence[Part] = ()) -> None:
        starts, self._pairs, *keys = parts or _parts({})
        self._starts: Final = memoryview(starts).cast("I")
        self._keys: Final = Keys(keys)

    def get(self, word: str) -> tuple[str, str] | None:
        """The form and the stem of a word, as it is written; None if it isn't there."""
        place = self._keys.place(word)
        if place is None:
            return None
        pair = str(self._pairs[self._starts[place] : self._starts[place + 1]], "utf-8", "surrogatepass")
        form, _, stem = pair.partition(_TAB)
        return form, stem


def read(path: Path) -> Wordbook:
    """A wordbook, where it is mapped; one without words where there is none that can be read."""
    with suppress(OSError, ValueError, struct.error), path.open("rb") as file:
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        magic, *lengths, checksum = _HEAD.unpack_from(data)
        edges = list(accumulate(lengths, initial=_HEAD.size))
        if magic == _MAGIC and edges[-1] == len(data) and checksum == crc32(data[_HEAD.size :]):
            return Wordbook([data[start:end] for start, end in pairwise(edges)])
    return Wordbook()


def write(path: Path, words: Mapping[str, tuple[str, str]]) -> None:
    """Write a wordbook to a file that isn't there yet, onto the disk.

    Args:
        path: of the file.
        words: as they are written, with the form and the stem of each.

    Raises:
        OSError: it can't be written.
    """
    parts = _parts(words)
    data = b"".join(parts)
    with path.open("wb") as file:
        file.write(_HEAD.pack(_MAGIC, *map(len, parts), crc32(data)))
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _parts(words: Mapping[str, tuple[str, str]]) -> list[bytes]:
    """Where the form and the stem of each word begin, these, and the words."""
    words = {word: pair for word, pair in words.items() if END not in word}
    pairs = [_TAB.join(pair).encode("utf-8", "surrogatepass") for pair in words.values()]
    starts = array("I", accumulate(map(len, pairs), initial=0))
    return [starts.tobytes(), b"".join(pairs), *keyed(list(words))]
