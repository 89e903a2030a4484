"""Who makes a page now: two at a time, in the order in which they came.

Python runs one thread at a time, so pages that are made at once take each other's time, and a short one is
ready as late as a long one. Two suffice for one to go on while the other reads from the disk. Nobody waits
long behind pages that take long: after a while one is made beside them.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import Final

AT_ONCE: Final = 2

PATIENCE: Final = 1.0
"""Seconds after which who waits does so no longer: what some thirty ordinary pages take."""


LATELY: Final = 0.5
"""Seconds for which who asked for something is expected to ask again."""


class Turns:
    """Turns of threads.

    Args:
        at_once: how many have theirs at the same time.
        patience: seconds that one waits at most.
    """

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._at_once: Final = at_once
        self._patience: Final = patience
        self._guard: Final = Lock()
        self._busy = 0
        self._asked = -LATELY
        self._waiting: Final[deque[Event]] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and have it as long as the block goes on."""
        self._come()
        try:
            yield
        finally:
            self._go()

    def asked(self) -> None:
        """Somebody asks for something, a turn or what needs none."""
        self._asked = time.monotonic()

    @property
    def are_wanted(self) -> bool:
        """Whether somebody has a turn now, or asked for something just before."""
        return self._busy > 0 or time.monotonic() - self._asked < LATELY

    def _come(self) -> None:
        with self._guard:
            if self._busy < self._at_once:
                self._busy += 1
                return
            called = Event()
            self._waiting.append(called)
        if not called.wait(self._patience):
            with self._guard:
                if not called.is_set():  # else it was called just now
                    self._waiting.remove(called)
                    self._busy += 1

    def _go(self) -> None:
        """Hand the turn over to who has waited longest."""
        with self._guard:
            self._busy -= 1
            while self._waiting and self._busy < self._at_once:
                self._waiting.popleft().set()
                self._busy += 1


PAGES: Final = Turns()
"""Of all answers that are made: Python runs one thread at a time, whichever application it is of."""
