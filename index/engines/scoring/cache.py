"""What was decoded last, kept in memory up to so many bytes, and shared by threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from threading import Lock
from typing import Any, Final, Protocol, TypeAlias, TypeVar

Key: TypeAlias = tuple[Hashable, ...]
"""Whose it is, a segment's name or a snapshot's version, and what: a word's name, or a query's node."""

_OVERHEAD: Final = 500
"""About how many bytes a thing takes besides its numbers: its key, its place here, the arrays' own."""


class Sized(Protocol):
    """A thing that takes memory."""

    @property
    def nbytes(self) -> int:
        """How many bytes it takes."""


T = TypeVar("T", bound=Sized)


class _Shelf:
    """Things in the order in which they were asked for, up to so many bytes."""

    def __init__(self, limit: int) -> None:
        self.kept: OrderedDict[Key, Any] = OrderedDict()
        self.nbytes = 0
        self._limit = limit

    def keep(self, key: Key, made: Sized) -> None:
        size = _size(made)
        if key not in self.kept and size <= self._limit:
            self.kept[key] = made
            self.nbytes += size
            while self.nbytes > self._limit:
                self.drop(next(iter(self.kept)))

    def drop(self, key: Key) -> None:
        self.nbytes -= _size(self.kept.pop(key))


class Cache:
    """Things with a size, those that were asked for last; they are never changed.

    Args:
        limit: how many bytes they may take together.
        passing: how many bytes may be taken by what is asked for again soon or never, beside the others.
    """

    def __init__(self, limit: int, passing: int = 0) -> None:
        self._lock = Lock()
        self._owners: frozenset[Hashable] = frozenset()
        self._lasting, self._passing = _Shelf(limit), _Shelf(passing)

    @property
    def nbytes(self) -> int:
        """How many bytes it takes, about."""
        return self._lasting.nbytes + self._passing.nbytes

    def fetch(self, key: Key, make: Callable[[], T], *, passing: bool = False) -> T:
        """What is kept under a key; made, and kept, if nothing is.

        Two threads may make a thing at the same time: it is the same thing, and neither waits.
        """
        shelf = self._passing if passing else self._lasting
        with self._lock:
            kept: T | None = shelf.kept.get(key)
            if kept is not None:
                shelf.kept.move_to_end(key)
                return kept
        made = make()
        with self._lock:
            if key[0] in self._owners:
                shelf.keep(key, made)
        return made

    def fetch_all(self, keys: Sequence[Key], make: Callable[[Sequence[int]], Sequence[T]]) -> list[T]:
        """What is kept under each of these keys; what isn't is made at once, and kept.

        Args:
            keys: no two are the same.
            make: told which of the keys are missing, makes what belongs to each.
        """
        kept = self._lasting.kept
        with self._lock:
            found: list[Any] = [kept.get(key) for key in keys]
            missing = [row for row, each in enumerate(found) if each is None]
            for key, each in zip(keys, found, strict=True):
                if each is not None:
                    kept.move_to_end(key)
        if missing:
            made = make(missing)
            with self._lock:
                for row, each in zip(missing, made, strict=True):
                    found[row] = each
                    if keys[row][0] in self._owners:
                        self._lasting.keep(keys[row], each)
        return found

    def keep_only(self, owners: Iterable[Hashable]) -> None:
        """Let go of what others own, and keep nothing of theirs from now on."""
        with self._lock:
            self._owners = frozenset(owners)
            for shelf in (self._lasting, self._passing):
                for key in [key for key in shelf.kept if key[0] not in self._owners]:
                    shelf.drop(key)


def _size(thing: Sized) -> int:
    return thing.nbytes + _OVERHEAD
