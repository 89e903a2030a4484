"""One index that was built: what it was built with, up to which change, opened; and what changed, taken in.

    whoosh-0001/
      settings.json       what it was built with: engine, layout, fingerprint of the analysis, archive
      position.json       the archive's sequence number up to which it has every change
      words               the commonest words of the archive, analysed; an index without it is searched too
      engine/             the engine's own files

The engine commits first and the position is written after: a process killed in between indexes the same
changes once more, and an engine replaces what it has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from index.analysis import FINGERPRINT, keep, recall
from index.archive import Archive
from index.engines import ENGINE_NAMES, open_engine
from index.engines.contract import Batch, Engine
from index.engines.files import writing
from index.record import as_dict, record
from index.small_files import read, write_json

if TYPE_CHECKING:  # a search indexes nothing, and what does takes its time to import
    from index.prepared import Prepared

LAYOUT: Final = 2
"""Version of what stands in a document and in the folder; to be raised when either changes."""

SETTINGS: Final = "settings.json"
POSITION: Final = "position.json"
ENGINE: Final = "engine"
WORDS: Final = "words"
"""What stands in the folder of an index."""

COMMIT_EVERY: Final = 50_000
"""Changes in one batch: bounds what a killed process has to do again. A new index is one batch: it is built
anew anyway."""

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many changes were indexed, and of how many."""


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

    def create(self, archive: Archive, engine_name: str) -> Engine:
        """Make it in a new folder, with nothing in it, and open it.

        Args:
            archive: what will be indexed.
            engine_name: one of `ENGINE_NAMES`.

        Raises:
            EngineError: it can't be written.
        """
        with writing(self.path):
            self.path.mkdir()
            write_json(self.path / SETTINGS, as_dict(_settings(engine_name, archive)))
        return open_engine(engine_name, self.path / ENGINE, create=True)

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
        engine = self.check(archive).engine
        recall(self.path / WORDS)
        return open_engine(engine, self.path / ENGINE)

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
                        last, done = block.seq, done + _put(writer, block, fresh=fresh)
                        if progress:
                            progress(done, max(total, done))
                self._write_position(last)
        if last < upto:
            self._write_position(upto)
        return done

    def keep_words(self) -> None:
        """Keep the words that were met while it was built, for those who search it.

        Raises:
            EngineError: they can't be written.
        """
        with writing(self.path):
            keep(self.path / WORDS)

    def _write_position(self, seq: int) -> None:
        with writing(self.path):
            write_json(self.path / POSITION, {"seq": seq})


def _put(writer: Batch, block: Prepared, *, fresh: bool) -> int:
    """Write a block of changes; how many were written."""
    removed = () if fresh else block.removed
    for article_id in removed:
        writer.remove(article_id)
    writer.add_all(block.documents)
    return len(removed) + len(block.documents.ids)


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
