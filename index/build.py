"""Archive to index: build beside and swap, catch up, one process at a time.

index/
current               the name of the folder in use, replaced in one step
lock                  held by the process that writes
whoosh-0001/          an index, see `index.built`
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from index.archive import Archive
from index.built import BuiltIndex, IndexMissingError, IndexOutdatedError, Progress
from index.engines import ENGINE_NAMES, require
from index.engines.contract import EngineError, IndexBusyError
from index.engines.files import writing
from index.small_files import read, replace

if TYPE_CHECKING:  # a search locks nothing, and what does takes its time to import
    from filelock import FileLock

DEFAULT_ENGINE: Final = "whoosh"
"""The engine of an index that is made without naming one."""

BUILT: Final = rf"({'|'.join(ENGINE_NAMES)})-([0-9]{{4,}})"
"""How the folder of an index is named."""

LOCK_TIMEOUT: Final = 300.0
"""Seconds to wait for another process that builds or catches up."""

Waiting: TypeAlias = Callable[[], None]
"""Called once when another process is writing, which has to be waited for."""


class IndexFolder:
    """The folder that holds the index in use, and while one is built the next."""

    def __init__(self, path: Path, *, lock_timeout: float = LOCK_TIMEOUT) -> None:
        self.path: Final = path
        self._current: Final = path / "current"
        self._seen: BuiltIndex | None = None
        self._lock_timeout: Final = lock_timeout

    def in_use(self) -> BuiltIndex | None:
        """The index in use, None when there is none.

        Raises:
            IndexOutdatedError: which one that is can't be read.
        """
        try:
            name = read(self._current).strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexOutdatedError(
                f"{self._current} can't be read ({error}); take it away and run `arshif reindex`"
            ) from error
        known = self._seen
        if known is None or known.path.name != name:
            known = self._seen = BuiltIndex(self.path / name) if name else None
        return known

    def required(self) -> BuiltIndex:
        """The index in use.

        Raises:
            IndexMissingError: there is none.
            IndexOutdatedError: as `in_use`.
        """
        built = self.in_use()
        if built is None:
            raise IndexMissingError("there is no index yet; run `arshif reindex`")
        return built

    def catch_up(
        self,
        archive: Archive,
        progress: Progress | None = None,
        *,
        engine_name: str = DEFAULT_ENGINE,
        waiting: Waiting | None = None,
    ) -> int:
        """Index what changed in the archive since the last time; all of it where there is no index.

        Args:
            archive: what to index.
            progress: told how far it is.
            engine_name: of an index that is made; one that is there keeps its own.
            waiting: told when another process is writing.

        Returns:
            How many changes were indexed.

        Raises:
            IndexOutdatedError, EngineError: as `open`.
            IndexBusyError: another process has been writing for too long.
        """
        with self._lock(waiting):
            built = self.in_use()
            if built is None:
                return self._build(archive, engine_name, progress)
            with closing(built.open(archive)) as engine:
                return built.take_in(engine, archive, progress)

    def rebuild(
        self,
        archive: Archive,
        engine_name: str,
        progress: Progress | None = None,
        *,
        waiting: Waiting | None = None,
    ) -> int:
        """Build an index from the whole archive beside the one in use, then put it in its place.

        Returns:
            How many articles were indexed.

        Raises:
            EngineError: the engine can't be made, or another process has been writing for too long.
        """
        with self._lock(waiting):
            return self._build(archive, engine_name, progress)

    def _build(self, archive: Archive, engine_name: str, progress: Progress | None) -> int:
        require(engine_name)
        self._sweep()
        built = BuiltIndex(self.path / self._next_name(engine_name))
        with closing(built.create(archive, engine_name)) as engine:
            count = built.take_in(engine, archive, progress, fresh=True)
        built.keep_words()
        with writing(self.path):
            replace(self._current, built.path.name + "\n")
        self._sweep()
        return count

    def _next_name(self, engine_name: str) -> str:
        numbers = [int(built.path.name.rpartition("-")[2]) for built in self._all()]
        return f"{engine_name}-{max(numbers, default=0) + 1:04d}"

    def _all(self) -> list[BuiltIndex]:
        return [BuiltIndex(entry) for entry in self.path.iterdir() if re.fullmatch(BUILT, entry.name)]

    def _sweep(self) -> None:
        """Take away what is not in use: what was replaced, and what a killed process left unfinished."""
        kept = self.in_use()
        for built in self._all():
            if built != kept:
                # Where files in use can't be deleted, the next sweep gets them.
                shutil.rmtree(built.path, ignore_errors=True)

    @contextmanager
    def _lock(self, waiting: Waiting | None) -> Iterator[None]:
        """Hold the folder's lock against other writers.

        Raises:
            EngineError: the folder can't be written to.
            IndexBusyError: another process has been writing for too long.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.path / "lock")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._acquire(lock, waiting)
        except OSError as error:  # Timeout is one, and is told apart below
            if not isinstance(error, Timeout):
                raise EngineError(f"the folder {self.path} can't be written to: {error}") from error
            raise IndexBusyError(
                f"another process has been writing to the index for {self._lock_timeout:.0f} seconds; "
                "wait until it is done and try again"
            ) from error
        try:
            yield
        finally:
            lock.release()

    def _acquire(self, lock: FileLock, waiting: Waiting | None) -> None:
        from filelock import Timeout

        try:
            lock.acquire(timeout=0)
        except Timeout:
            if waiting:
                waiting()
            lock.acquire(timeout=self._lock_timeout)
