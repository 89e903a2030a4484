"""When an answer was first seen to be as it is now: what `Last-Modified` can say where nothing else knows."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

REMEMBERED: Final = 1000
"""Answers that are remembered; one that was forgotten is seen anew, and read once more than was needed."""

SECOND: Final = timedelta(seconds=1)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Seen:
    """Remembers answers, for all threads.

    Args:
        now: the time, in whole seconds as HTTP has it.
    """

    def __init__(self, now: Callable[[], datetime] = _now) -> None:
        self._now = now
        self._known: OrderedDict[str, tuple[str, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def look(self, address: str, answer: bytes) -> tuple[str, datetime]:
        """A name of what an address answers, and since when it does: later than what it answered before."""
        tag = hashlib.blake2b(answer, digest_size=16).hexdigest()
        with self._lock:
            before, since = self._known.pop(address, ("", datetime.min.replace(tzinfo=UTC)))
            if before != tag:
                since = max(self._now(), since + SECOND)
            self._known[address] = (tag, since)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return tag, since
