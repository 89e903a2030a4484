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
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final, TypeAlias

from filelock import FileLock, Timeout

from index.analysis import FINGERPRINT, terms
from index.archive import Archive, Changed
from index.article import Article
from index.engines import open_engine
from index.engines.contract import Batch, Document, Engine, IndexBusyError, KeywordField, TextField

LAYOUT: Final = 1
"""Version of what stands in a document and in the folder; to be raised when either changes."""

COMMIT_EVERY: Final = 50_000
"""Changes in one batch: bounds what a killed process has to do again, and memory."""

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


@dataclass(frozen=True, slots=True)
class Settings:
    """What an index was built with."""

    engine: str
    layout: int
    fingerprint: str
    archive: str


def document(article: Article) -> Document:
    """What an engine indexes of an article: the forms and the stems of its words, and its particulars."""
    title_forms, title_stems = terms(article.title)
    body_forms, body_stems = terms(article.body)
    words = {
        TextField.TITLE: title_stems,
        TextField.TITLE_EXACT: title_forms,
        TextField.BODY: body_stems,
        TextField.BODY_EXACT: body_forms,
        TextField.SOURCE: name_terms(article.source),
        TextField.AUTHOR: name_terms(article.author),
    }
    keywords = {
        KeywordField.SOURCE: article.source,
        KeywordField.AUTHOR: article.author,
        KeywordField.CATEGORY: article.category,
    }
    return Document(
        article.id,
        {field: found for field, found in words.items() if found},
        {field: value for field, value in keywords.items() if value},
        article.published,
    )


def name_terms(name: str | None) -> list[str]:
    """The terms of a name: the stem of each word, its form where it is too common to have one."""
    forms, stems = terms(name or "")
    return [stem or form for form, stem in zip(forms, stems, strict=True)]


class IndexFolder:
    """The folder that holds the index in use, and while one is built the next."""

    def __init__(self, path: Path, *, lock_timeout: float = LOCK_TIMEOUT) -> None:
        self.path: Final = path
        self._current: Final = path / "current"
        self._lock_timeout: Final = lock_timeout

    def name(self) -> str | None:
        """The name of the index in use, None when there is none."""
        try:
            return self._current.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def settings(self) -> Settings:
        """What the index in use was built with.

        Raises:
            IndexMissingError: there is none.
            IndexOutdatedError: its settings can't be read.
        """
        name = self.name()
        if name is None:
            raise IndexMissingError("there is no index yet; run `arshif reindex`")
        try:
            return Settings(**json.loads((self.path / name / "settings.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexOutdatedError(
                f"the settings of the index {name} can't be read ({error}); run `arshif reindex`"
            ) from error

    def position(self) -> int:
        """The archive's sequence number up to which the index has every change; 0 when that isn't known."""
        try:
            text = (self.path / (self.name() or "") / "position.json").read_text(encoding="utf-8")
            return int(json.loads(text)["seq"])
        except (OSError, ValueError, TypeError, KeyError):
            return 0  # the changes are indexed once more, which changes nothing

    def check(self, archive: Archive) -> Settings:
        """The settings of the index in use, if it was built as this version would build it from this archive.

        Raises:
            IndexMissingError, IndexOutdatedError: as `open`.
        """
        settings = self.settings()
        wanted = _settings(settings.engine, archive)
        reasons = {
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
        """Open the index in use.

        Raises:
            IndexMissingError: there is none.
            IndexOutdatedError: it was built with other rules, or from another archive.
            EngineError: it can't be read.
        """
        settings = self.check(archive)
        return open_engine(settings.engine, self._engine_path(self.name() or ""))

    def catch_up(
        self,
        archive: Archive,
        engine_name: str,
        progress: Progress | None = None,
        waiting: Waiting | None = None,
    ) -> int:
        """Index what changed in the archive since the last time; all of it where there is no index.

        Args:
            archive: what to index.
            engine_name: of an index that is made; one that is there keeps its own.
            progress: told how far it is.
            waiting: told when another process is writing.

        Returns:
            How many changes were indexed.

        Raises:
            IndexOutdatedError, EngineError: as `open`.
            IndexBusyError: another process has been writing for too long.
        """
        with self._lock(waiting):
            name = self.name()
            if name is None:
                return self._build(archive, engine_name, progress)
            engine = self.open(archive)
            try:
                return self._index_changes(engine, name, archive, self.position(), progress)
            finally:
                engine.close()

    def rebuild(
        self,
        archive: Archive,
        engine_name: str,
        progress: Progress | None = None,
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
        self._sweep()
        name = self._next_name(engine_name)
        folder = self.path / name
        folder.mkdir()
        _write(folder / "settings.json", asdict(_settings(engine_name, archive)))
        engine = open_engine(engine_name, self._engine_path(name), create=True)
        try:
            count = self._index_changes(engine, name, archive, 0, progress)
        finally:
            engine.close()
        _replace(self._current, name + "\n")
        self._sweep()
        return count

    def _index_changes(
        self, engine: Engine, name: str, archive: Archive, after: int, progress: Progress | None
    ) -> int:
        total, done = archive.count_changes(after), 0
        changes = archive.changes(after)
        for first in changes:
            with engine.batch() as writer:
                for changed in chain([first], islice(changes, COMMIT_EVERY - 1)):
                    _apply(changed, writer)
                    last, done = changed.seq, done + 1
                    if progress:
                        progress(done, max(total, done))
            _write(self.path / name / "position.json", {"seq": last})
        return done

    def _engine_path(self, name: str) -> Path:
        return self.path / name / "engine"

    def _next_name(self, engine_name: str) -> str:
        numbers = [int(name.rpartition("-")[2]) for name in self._folders()]
        return f"{engine_name}-{max(numbers, default=0) + 1:04d}"

    def _folders(self) -> list[str]:
        return [entry.name for entry in self.path.iterdir() if entry.name.rpartition("-")[2].isdigit()]

    def _sweep(self) -> None:
        """Take away what is not in use: what was replaced, and what a killed process left unfinished."""
        for name in self._folders():
            if name != self.name():
                # Where files in use can't be deleted, the next sweep gets them.
                shutil.rmtree(self.path / name, ignore_errors=True)

    @contextmanager
    def _lock(self, waiting: Waiting | None) -> Iterator[None]:
        self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path / "lock")
        try:
            self._acquire(lock, waiting)
        except Timeout as error:
            raise IndexBusyError(
                f"another process has been writing to the index for {self._lock_timeout:.0f} seconds; "
                "wait until it is done and try again"
            ) from error
        try:
            yield
        finally:
            lock.release()

    def _acquire(self, lock: FileLock, waiting: Waiting | None) -> None:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if waiting:
                waiting()
            lock.acquire(timeout=self._lock_timeout)


def _apply(changed: Changed, writer: Batch) -> None:
    if changed.article is None:
        writer.remove(changed.id)
    else:
        writer.add(document(changed.article))


def _settings(engine_name: str, archive: Archive) -> Settings:
    return Settings(engine_name, LAYOUT, FINGERPRINT, archive.identity)


def _write(path: Path, value: Mapping[str, object]) -> None:
    _replace(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside it first, then in its place, on the disk each time."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
