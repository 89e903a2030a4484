"""Strings and their places, looked up where a file is mapped: to put them into a dict first takes longer.

An open hash table with linear probing: of each string a slot holds its place, counted from 1.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, TypeAlias
from zlib import crc32

Part: TypeAlias = bytes | memoryview

PARTS: Final = 3
"""What `keyed` makes: slots, where each string begins, and the strings."""

ROOM: Final = 3
"""Slots for each string, at least: most lookups find nothing, and then look at hardly more than one."""

END: Final = "\n"
"""Stands behind each string, and so in none of them."""


class Keys:
    """Strings, each with its place. Threads may share them.

    Args:
        parts: as `keyed` makes them.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        slots, starts, self._text = parts
        self._slots: Final = memoryview(slots).cast("I")
        self._starts: Final = memoryview(starts).cast("I")
        self._last: Final = len(self._slots) - 1

    def __len__(self) -> int:
        return len(self._starts) - 1

    def place(self, string: str) -> int | None:
        """The place of a string, None if it isn't there."""
        key = string.encode("utf-8", "surrogatepass")
        at = crc32(key) & self._last
        while place := self._slots[at]:
            if self._text[self._starts[place - 1] : self._starts[place] - 1] == key:
                return place - 1
            at = (at + 1) & self._last
        return None

    def at(self, place: int) -> str:
        """The string at a place."""
        return str(self._text[self._starts[place] : self._starts[place + 1] - 1], "utf-8", "surrogatepass")

    def all(self) -> list[str]:
        """All strings, in order."""
        return str(self._text, "utf-8", "surrogatepass").split(END)[:-1]


def keyed(strings: Sequence[str]) -> list[bytes]:
    """Strings, no two the same, as `Keys` reads them."""
    encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
    size = 1 << (ROOM * len(encoded)).bit_length()
    slots = array("I", bytes(size * array("I").itemsize))
    for place, key in enumerate(encoded, 1):
        at = crc32(key) & (size - 1)
        while slots[at]:
            at = (at + 1) & (size - 1)
        slots[at] = place
    starts = array("I", accumulate((len(key) + 1 for key in encoded), initial=0))
    return [slots.tobytes(), starts.tobytes(), b"".join(key + END.encode() for key in encoded)]
