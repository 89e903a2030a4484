"""The phrases of a library, counted in the background and anew when the archive has changed for a while."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

from index.archive import ArchiveError
from index.article import Article
from index.library import Library
from search.suggest_phrases import Phrases, count_phrases

LATEST: Final = 10_000
"""Changes of the archive of whose articles the beginning is read, the latest; of all others the title alone.

Over 30,676 articles that takes 6.4 s of a processor and 120 MB at most, 1.7 s of it for 20,676 titles.
"""

REST: Final = 30.0
"""Seconds at least between the end of a count and the next one."""

SHARE: Final = 20
"""How many times as long as a count takes there is none after it: a twentieth of a processor at most."""

STEP: Final = 20
"""Articles that are counted at a time; what else the process does waits for some ten milliseconds."""

BREATH: Final = 0.001
"""Seconds between two steps,"""

LONG_BREATH: Final = 0.1
"""and while somebody is served, who would else be served half as fast."""

_log = logging.getLogger(__name__)


class Phrasebook:
    """The phrases of a library. May be shared by threads.

    Args:
        library: whose articles are read. When it is closed meanwhile the count ends, and is logged.
        clock: seconds that only go on.
        serves: whether somebody is served just now.
    """

    def __init__(
        self,
        library: Library,
        clock: Callable[[], float] = time.monotonic,
        serves: Callable[[], bool] = lambda: False,
    ) -> None:
        self._library: Final = library
        self._clock: Final = clock
        self._serves: Final = serves
        self._guard: Final = threading.Lock()
        self._phrases = Phrases()
        self._seq = 0
        self._paused = 0.0
        self._due = clock()
        self._counting: threading.Thread | None = None
        self._stopped: Final = threading.Event()

    def phrases(self) -> Phrases:
        """Those counted last; none before the first count has ended. Starts a count where one is due.

        Raises:
            ArchiveError: the archive can't be read.
        """
        with self._guard:
            may_count = self._counting is None and self._clock() >= self._due and not self._stopped.is_set()
            if may_count and self._library.archive.last_seq() != self._seq:
                self._counting = threading.Thread(target=self._count, name="phrases", daemon=True)
                self._counting.start()
            return self._phrases

    def wait(self) -> None:
        """Until the count that runs has ended."""
        counting = self._counting
        if counting is not None:
            counting.join()

    def stop(self) -> None:
        """Count no more; what runs ends at its next article."""
        self._stopped.set()
        self.wait()

    def _count(self) -> None:
        began, self._paused = self._clock(), 0.0
        seq, phrases = self._seq, self._phrases
        try:
            seq = self._library.archive.last_seq()
            phrases = count_phrases(self._articles(seq))
        except ArchiveError as error:
            _log.warning("phrases to suggest were not counted: %s", error)
        with self._guard:
            self._phrases, self._seq = phrases, seq
            took = self._clock() - began - self._paused
            self._due = self._clock() + max(REST, SHARE * took)
            self._counting = None

    def _articles(self, seq: int) -> Iterator[Article]:
        for place, article in enumerate(self._all(seq)):
            if self._stopped.is_set():
                return
            if place % STEP == 0:
                self._breathe()
            yield article

    def _breathe(self) -> None:
        began = self._clock()
        time.sleep(LONG_BREATH if self._serves() else BREATH)
        self._paused += self._clock() - began

    def _all(self, seq: int) -> Iterator[Article]:
        archive, latest = self._library.archive, max(0, seq - LATEST)
        yield from (Article("", title, "") for title in archive.titles(latest))
        yield from (changed.article for changed in archive.changes(latest) if changed.article is not None)
