"""Arshif itself, through the calls that its command and its page make."""

import gc
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

from speed_system import HITS, Answer, Clock, Cost, Kind, Meter, Query, bytes_in

from index.analysis import chain
from index.article import Article
from index.blocks import Analysis
from index.build import DEFAULT_ENGINE, IndexFolder
from index.engines.contract import MONTH, Documents, KeywordField, Page, TextField
from index.engines.query import DateRange
from index.library import Library
from index.pieces import Numbered
from index.record import replace
from search.find import Finder
from search.parse import parse
from search.ranking import RANKING, Level, Ranking
from search.results import Match, SearchQuery

BATCH = 500
FACETS = (KeywordField.SOURCE.value, MONTH)
"""What all systems count of what matches a filter."""

ONE_LEVEL = RANKING.leave_out(frozenset(Level))
"""Stems alone, the title twice: the same question that the others are asked."""

READY = (
    Query(Kind.PHRASE, 2, "خبر جديد"),
    Query(Kind.FILTERED, 2, "خبر جديد", date(2000, 1, 1), date(2100, 1, 1)),
)
"""Asked of an index that was just opened, so that what is read of it once is read."""


@contextmanager
def one_level() -> Iterator[None]:
    """What is loaded meanwhile has one level of matching, stems of title and body; every word is new."""
    documents = Analysis.documents
    chain._memo.clear()

    def fewer(analysis: Analysis, numbered: Numbered) -> Documents:
        found = documents(analysis, numbered)
        texts = {name: found.texts[name] for name in (TextField.TITLE, TextField.BODY)}
        return replace(found, texts=texts)

    with patch.object(Analysis, "documents", fewer):
        yield


class Arshif:
    keeps = True

    def __init__(self, folder: Path, ranking: Ranking = RANKING, engine: str = DEFAULT_ENGINE) -> None:
        self.folder = self._folder = folder
        self._engine = engine
        self._ranking = ranking

    def build(self, articles: Sequence[Article]) -> dict[str, Cost]:
        shutil.rmtree(self._folder, ignore_errors=True)
        with Library.open(self._folder, create=True) as library:
            with Meter() as archive:
                for start in range(0, len(articles), BATCH):
                    library.add(articles[start : start + BATCH])
            with Meter() as index:
                library.catch_up(engine_name=self._engine)
            with one_level(), Meter() as stems:
                IndexFolder(self._folder / "stems").rebuild(library.archive, self._engine)
        shutil.rmtree(self._folder / "stems")
        return {"archive": archive.cost, "index": index.cost, "stems": stems.cost}

    def open(self) -> None:
        self._library = Library.open(self._folder)
        self._titled = sqlite3.connect(self._folder / "archive.db")
        for query in READY:
            self._found(query)
        gc.collect()  # as `arshif serve` does: what stays as long as the process is looked through no more
        gc.freeze()

    def search(self, query: Query, *, titles: bool = False) -> Answer:
        with Clock() as clock:
            page = self._found(query)
            ids = [hit.id for hit in page.hits]
            named = self._titles(ids) if titles else []
        return clock.answer(page.total, ids, named)

    def forget(self) -> None:
        """Opened anew, for what is kept is kept by engine; what words are analysed to stays."""
        self.close()
        self.open()

    def add(self, article: Article) -> None:
        self._library.add([article])
        self._library.catch_up()

    def refresh(self) -> None:
        """Every search does."""

    def size(self) -> int:
        return bytes_in(self._folder / "index")

    def pid(self) -> int:
        return os.getpid()

    def close(self) -> None:
        self._titled.close()
        self._library.close()

    def _titles(self, ids: Sequence[str]) -> list[str]:
        """From the archive, which has them; in their order."""
        marks = ", ".join("?" * len(ids))
        rows = self._titled.execute(f"SELECT id, title FROM article WHERE id IN ({marks})", ids)
        known = dict(rows.fetchall())
        return [known[article_id] for article_id in ids]

    def _found(self, query: Query) -> Page:
        """As `search.service.ranked` asks, with the number that match; and as `search`, with facets."""
        filters, facets = ((DateRange(query.first, query.last),), FACETS) if query.first else ((), ())
        text = f'"{query.text}"' if query.kind is Kind.PHRASE else query.text
        asked = SearchQuery(text, HITS, match=Match.ANY if query.kind is Kind.ANY else Match.ALL)
        with self._library.searching() as engine:
            finder = Finder(engine, self._library.archive, self._ranking, filters, facets)
            return finder.find(parse(text).node, asked).page
