"""Archive to index: build beside and swap, catch up, and refuse what was built otherwise.

    index/
      current               the name of the folder in use, replaced in one step
      lock                  held by the process that writes
      whoosh-0001/
        settings.json       what it was built with: engine, layout, fingerprint of the analysis, archive
        position.json       the archive's sequence number up to which it has every change
        …                   the engine's own files

The engine commits first and the position is written after: a process killed in between indexes the same
changes once more, and an engine replaces what it has.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from index.analysis import FINGERPRINT
from index.archive import Archive
from index.engines import ENGINE_NAMES, open_engine, require
from index.engines.contract import Engine, EngineError, IndexBusyError
from index.engines.files import writing
from index.record import as_dict, record
from index.small_files import read, replace, write_json

if TYPE_CHECKING:  # a search locks and indexes nothing, and what does takes its time to import
    from filelock import FileLock

    from index.prepared import Prepared

LAYOUT: Final = 2
"""Version of what stands in a document and in the folder; to be raised when either changes."""

DEFAULT_ENGINE: Final = "whoosh"
"""The engine of an index that is made without naming one."""

SETTINGS: Final = "settings.json"
POSITION: Final = "position.json"
ENGINE: Final = "engine"
BUILT: Final = rf"({'|'.join(ENGINE_NAMES)})-([0-9]{{4,}})"
"""What stands in the folder of an index, and how that is named."""

COMMIT_EVERY: Final = 50_000
"""Changes in one batch: bounds what a killed process has to do again. A new index is one batch: it is built
anew anyway."""

LOCK_TIMEOUT: Final = 300.0
"""Seconds to wait for another process that builds or catches up."""

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many changes were indexed, and of how many."""

Waiting: TypeAlias = Callable[[], None]
"""Called once when another process is writing, which has to be waited for."""


class IndexMissingError(Exception):
    """There is no index yet; the message says what to do."""


class IndexOutdatedError(Exception):
    """The index was built otherwise than this version would; it has to be rebuilt."""


@record
class Settings:
    """What an index was built with."""

    engine: str
    layout: int
    fingerprint: str
    archive: str


@record
class BuiltIndex:
    """An index that was built: one folder, whatever is put in its place meanwhile."""

    path: Path

    def settings(self) -> Settings:
        """What it was built with.

        Raises:
            IndexOutdatedError: that can't be read.
        """
        try:
            return Settings(**json.loads((self.path / SETTINGS).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexOutdatedError(
                f"the settings of the index {self.path.name} can't be read ({error}); run `arshif reindex`"
            ) from error

    def position(self) -> int:
        """The archive's sequence number up to which it has every change; 0 when that isn't known."""
        try:
            return int(json.loads(read(self.path / POSITION))["seq"])
        except (OSError, ValueError, TypeError, KeyError):
            return 0  # the changes are indexed once more, which changes nothing

    def check(self, archive: Archive) -> Settings:
        """Its settings, if it was built as this version would build it from this archive.

        Raises:
            IndexOutdatedError: it was not.
        """
        settings = self.settings()
        wanted = _settings(settings.engine, archive)
        reasons = {
            f"with {settings.engine}, which this version does not have": settings.engine not in ENGINE_NAMES,
            "with another layout of documents": settings.layout != wanted.layout,
            "with other rules of analysis": settings.fingerprint != wanted.fingerprint,
            "from another archive": settings.archive != wanted.archive
            or self.position() > archive.last_seq(),
        }
        for reason, applies in reasons.items():
            if applies:
                raise IndexOutdatedError(f"the index was built {reason}; run `arshif reindex`")
        return settings

    def open(self, archive: Archive) -> Engine:
        """Open it.

        Raises:
            IndexOutdatedError: as `check`.
            EngineError: it can't be read.
        """
        return open_engine(self.check(archive).engine, self.path / ENGINE)

    def take_in(
        self, engine: Engine, archive: Archive, progress: Progress | None, *, fresh: bool = False
    ) -> int:
        """Index what changed since its position.

        Args:
            engine: the index, open.
            archive: what to index.
            progress: told how far it is.
            fresh: nothing is in it yet, so that what was removed needs no removing.

        Returns:
            How many changes were indexed.

        Raises:
            ArchiveError: the archive can't be read.
            EngineError: the index can't be read or written.
        """
        from index.prepared import prepared

        after, upto = 0 if fresh else self.position(), archive.last_seq()
        total, done = archive.count() if fresh else archive.count_changes(after), 0
        last = after
        with closing(prepared(archive, after, upto, total)) as found:
            blocks = (block for block in found if block.documents.ids or not fresh)
            for first in blocks:
                with engine.batch() as writer:
                    for block in _some(first, blocks, None if fresh else COMMIT_EVERY):
                        removed = () if fresh else block.removed
                        for article_id in removed:
                            writer.remove(article_id)
                        writer.add_all(block.documents)
                        last, done = block.seq, done + len(removed) + len(block.documents.ids)
                        if progress:
                            progress(done, max(total, done))
                self._write_position(last)
        if last < upto:
            self._write_position(upto)
        return done

    def _write_position(self, seq: int) -> None:
        with writing(self.path):
            write_json(self.path / POSITION, {"seq": seq})


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
        with writing(self.path):
            built.path.mkdir()
            write_json(built.path / SETTINGS, as_dict(_settings(engine_name, archive)))
        with closing(open_engine(engine_name, built.path / ENGINE, create=True)) as engine:
            count = built.take_in(engine, archive, progress, fresh=True)
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


def _some(first: Prepared, others: Iterator[Prepared], most: int | None) -> Iterator[Prepared]:
    """Blocks of changes until there are so many changes, or more."""
    count = 0
    for block in chain([first], others):
        yield block
        count += len(block)
        if most is not None and count >= most:
            return


def _settings(engine_name: str, archive: Archive) -> Settings:
    return Settings(engine_name, LAYOUT, FINGERPRINT, archive.identity)
