"""A library: a data folder with its archive and the index in use. What the command line and the page open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from index.analysis import FINGERPRINT
from index.archive import Archive, Change
from index.article import Article
from index.build import DEFAULT_ENGINE, IndexFolder, Waiting
from index.built import BuiltIndex, IndexMissingError, IndexOutdatedError, Progress
from index.engines import ENGINE_NAMES
from index.engines.contract import Engine, EngineError, Size
from index.record import record

_T = TypeVar("_T")


@record
class IndexStatus:
    """What is known of the index in use.

    Attributes:
        engine: its name, None when there is no index.
        pending: how many changes it has still to take in.
        fingerprint: of the analysis it was built with, None when there is no index.
        size: documents, terms and bytes; None when it can't be opened.
        problem: why it can't be opened, and what to do.
    """

    engine: str | None
    pending: int
    fingerprint: str | None = None
    size: Size | None = None
    problem: str | None = None

    @property
    def up_to_date(self) -> bool:
        """Whether it can be searched and has every change of the archive."""
        return self.problem is None and self.pending == 0


class _Lease:
    """An engine that is open, the index it has open, and how many searches are using it."""

    def __init__(self, built: BuiltIndex, engine: Engine) -> None:
        self.built: Final = built
        self.engine: Final = engine
        self.users = 0


class Library:
    """A data folder that is open. May be shared by threads; the engine is opened when first needed."""

    def __init__(self, folder: Path, archive: Archive) -> None:
        self.folder: Final = folder
        self.archive: Final = archive
        self._index: Final = IndexFolder(folder / "index")
        self._guard: Final = threading.RLock()
        self._current: _Lease | None = None

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Library:
        """Open a data folder.

        Args:
            folder: holds `archive.db` and `index/`.
            create: make what is not there.

        Raises:
            ArchiveError: there is no archive and `create` is not set, or it can't be read.
        """
        return cls(folder, Archive.open(folder / "archive.db", create=create))

    def close(self) -> None:
        """Let go of files."""
        with self._guard:
            self._retire()
        self.archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def prepare(self, *, engine_name: str | None = None, waiting: Waiting | None = None) -> None:
        """Build an index where there is none, so that a search has one whatever becomes of what is added.

        Raises:
            EngineError: the index can't be written, or another process has been writing for too long.
        """
        if self._index.in_use() is None:
            self.catch_up(engine_name=engine_name, waiting=waiting)

    def add(self, articles: Sequence[Article]) -> list[Change]:
        """Add articles to the archive; `catch_up` brings them into the index.

        Raises:
            IndexOutdatedError: the archive was put back to an older state than the index has; it would not
                show any more once the archive has grown past it.
        """
        self.refuse_another_past()
        return self.archive.add(articles)

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Take articles out of the archive and the index; the ids that were there."""
        self.refuse_another_past()
        removed = self.archive.remove(ids)
        self.catch_up()
        return removed

    def refuse_another_past(self) -> None:
        """Refuse to change an archive that was put back to an older state, while that can still be told.

        Raises:
            IndexOutdatedError: its index has changes that the archive hasn't.
        """
        built = self._index.in_use()
        if built is not None and built.position() > self.archive.last_seq():
            raise IndexOutdatedError(
                "the archive was put back to an older state than its index; run `arshif reindex`, "
                "and then this command again"
            )

    def catch_up(
        self,
        progress: Progress | None = None,
        *,
        engine_name: str | None = None,
        waiting: Waiting | None = None,
    ) -> int:
        """Bring the index up to date with the archive, building one where there is none.

        Args:
            progress: told how far it is.
            engine_name: the engine of an index that is made; one that is there keeps its own.
            waiting: told when another process is writing, which has to be waited for.

        Returns:
            How many changes were indexed.

        Raises:
            IndexOutdatedError: the index must be rebuilt.
            EngineError: the index can't be read or written, or another process has been writing for too long.
        """
        if self._index.in_use() is not None and self._look(self._pending_readable) == 0:
            return 0
        return self._index.catch_up(
            self.archive, progress, engine_name=engine_name or DEFAULT_ENGINE, waiting=waiting
        )

    def reindex(
        self,
        progress: Progress | None = None,
        *,
        engine_name: str | None = None,
        waiting: Waiting | None = None,
    ) -> int:
        """Build a new index from the archive beside the old one, then swap.

        Args:
            progress: told how far it is.
            engine_name: its engine; that of the index in use where none is named.
            waiting: told when another process is writing, which has to be waited for.

        Returns:
            How many articles were indexed.
        """
        return self._index.rebuild(
            self.archive, engine_name or self._index_engine(), progress, waiting=waiting
        )

    def pending(self) -> int:
        """How many changes of the archive the index has still to take in."""
        if self._index.in_use() is None:
            return self.archive.count_changes(0)
        return self._look(self._pending_in)

    def state(self) -> Hashable:
        """What changes whenever the answer to a search may; cheap enough to ask for before each answer.

        Raises:
            IndexMissingError, IndexOutdatedError, EngineError: as `searching`.
        """
        return self._look(self._state_of)

    @contextmanager
    def searching(self) -> Iterator[Engine]:
        """The engine over the index in use, seeing all that was committed before the call.

        Raises:
            IndexMissingError, IndexOutdatedError, EngineError: as `IndexFolder.open`.
        """
        with self._guard:
            lease = self._look(self._lease)
            lease.users += 1
        try:
            yield lease.engine
        finally:
            with self._guard:
                lease.users -= 1
                self._close_if_done(lease)

    def index_status(self) -> IndexStatus:
        """What is known of the index in use; never raises for what is wrong with it."""
        try:
            return self._look(self._status_of)
        except (IndexMissingError, IndexOutdatedError) as error:
            return IndexStatus(None, self.archive.count(), problem=str(error))

    @property
    def fingerprint(self) -> str:
        """Of the analysis that this version has."""
        return FINGERPRINT

    def _look(self, look: Callable[[BuiltIndex], _T]) -> _T:
        """Look at the index in use; again when another process has put a new one in its place meanwhile."""
        while True:
            built = self._index.required()
            try:
                seen = look(built)
            except (IndexOutdatedError, EngineError, OSError):
                if self._index.in_use() == built:
                    raise
            else:
                if self._index.in_use() == built:
                    return seen

    def _state_of(self, built: BuiltIndex) -> Hashable:
        with self._guard:
            committed = self._lease(built).engine.state()
        return built, committed, built.position(), self.archive.last_seq()

    def _pending_in(self, built: BuiltIndex) -> int:
        return self.archive.count_changes(built.position())

    def _pending_readable(self, built: BuiltIndex) -> int:
        """How many changes an index lacks that can be opened: one that can't is not up to date."""
        with self._guard:
            self._lease(built)
        return self._pending_in(built)

    def _status_of(self, built: BuiltIndex) -> IndexStatus:
        settings, pending = built.settings(), self._pending_in(built)
        try:
            with self.searching() as engine:
                return IndexStatus(settings.engine, pending, settings.fingerprint, engine.size())
        except (IndexOutdatedError, EngineError) as error:
            return IndexStatus(settings.engine, pending, settings.fingerprint, problem=str(error))

    def _lease(self, built: BuiltIndex) -> _Lease:
        if self._current is None or self._current.built != built:
            self._retire()
            self._current = _Lease(built, built.open(self.archive))
        self._current.engine.refresh()
        return self._current

    def _retire(self) -> None:
        lease, self._current = self._current, None
        if lease is not None:
            self._close_if_done(lease)

    def _close_if_done(self, lease: _Lease) -> None:
        if lease.users == 0 and lease is not self._current:
            lease.engine.close()

    def _index_engine(self) -> str:
        """The engine of the index in use, so that a rebuild keeps it, if this version has it."""
        try:
            engine = self._index.required().settings().engine
        except (IndexMissingError, IndexOutdatedError):
            return DEFAULT_ENGINE
        return engine if engine in ENGINE_NAMES else DEFAULT_ENGINE
