"""Stock Whoosh 2.7.4: its own writer, searcher and BM25F, over our fields and our terms."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from speed_system import HITS, Answer, Clock, Cost, Kind, Meter, Query, bytes_in
from whoosh import index, query, scoring, sorting

from index.analysis import analyze
from index.article import Article
from index.documents import document
from index.engines.contract import GAP, TextField, moment
from index.engines.whoosh.schema import schema
from index.engines.whoosh.segments import GAP_MARK

MEMORY_MB = 512
STEMS = {TextField.TITLE: 2.0, TextField.BODY: 1.0}
FORMS = (TextField.TITLE_EXACT, TextField.BODY_EXACT)
DAY = 10**6
"""A moment is written YYYYMMDDHHMMSS."""


class Stock:
    keeps = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, articles: Sequence[Article]) -> dict[str, Cost]:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        with Meter() as meter:
            writer = index.create_in(self._folder, schema()).writer(limitmb=MEMORY_MB)
            for article in articles:
                writer.add_document(**_fields(article))
            writer.commit()
        return {"index": meter.cost}

    def open(self) -> None:
        self._index = index.open_dir(self._folder)
        self._searcher = self._index.searcher(weighting=scoring.BM25F(B=0.75, K1=1.6))

    def search(self, asked: Query, *, titles: bool = False) -> Answer:
        del titles  # it keeps none
        with Clock() as clock:
            narrowed = _narrowed(asked) if asked.first else {}
            found = self._searcher.search(_node(asked), limit=HITS, **narrowed)
            ids = [hit["id"] for hit in found]
            total = len(found)
            for name in found.facet_names():
                found.groups(name)
        return clock.answer(total, ids)

    def forget(self) -> None:
        """Nothing is kept."""

    def add(self, article: Article) -> None:
        writer = self._index.writer()
        writer.add_document(**_fields(article))
        writer.commit(merge=False)

    def refresh(self) -> None:
        self._searcher = self._searcher.refresh()

    def size(self) -> int:
        return bytes_in(self._folder)

    def pid(self) -> int:
        return os.getpid()

    def close(self) -> None:
        self._searcher.close()
        self._index.close()


class _Months(sorting.FacetType):
    """Months of publication, from the column that holds moments."""

    def categorizer(self, global_searcher):
        return _Month()


class _Month(sorting.Categorizer):
    def set_searcher(self, segment_searcher, docoffset):
        self._moments = segment_searcher.reader().column_reader("published")

    def key_for(self, matcher, segment_docnum):
        return self._moments[segment_docnum] // (100 * DAY)


def _fields(article: Article) -> dict[str, str | int]:
    made = document(article)
    texts = {
        name.value: " ".join(GAP_MARK if term == GAP else term for term in terms)
        for name, terms in made.terms.items()
    }
    keywords = {name.value: value for name, value in made.keywords.items()}
    return {"id": made.id, "published": moment(made.published), **texts, **keywords}


def _node(asked: Query) -> query.Query:
    tokens = analyze(asked.text)
    if asked.kind is Kind.PHRASE:
        forms = [token.form for token in tokens]
        return query.Or([query.Phrase(name.value, forms) for name in FORMS])
    words = [
        query.Or([query.Term(name.value, token.stem, boost=weight) for name, weight in STEMS.items()])
        for token in tokens
    ]
    return query.Or(words) if asked.kind is Kind.ANY else query.And(words)


def _narrowed(asked: Query) -> dict[str, object]:
    first = moment(asked.first.isoformat())
    last = moment(asked.last.isoformat()) + DAY
    facets = sorting.Facets().add_field("source").add_facet("month", _Months())
    wanted = query.ColumnQuery("published", lambda value: first <= value < last)
    return {"filter": wanted, "groupedby": facets, "maptype": sorting.Count}
