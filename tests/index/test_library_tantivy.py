"""A library whose index is tantivy's, made, caught up with and rebuilt: it finds what Whoosh finds."""

from datetime import date
from pathlib import Path

import pytest

from index.library import Library
from index.readers import Record, read
from search.results import Match, Order, SearchQuery
from search.service import search

SEEDS = Path(__file__).parents[2] / "seeds"

ASKED = (
    SearchQuery("قوات سوريا الديمقراطية"),
    SearchQuery("الحكومة الاقتصاد", match=Match.ANY, limit=50),
    SearchQuery("المدينة", sort=Order.RECENT, limit=50),
    SearchQuery("مدينة", sort=Order.OLDEST, first=date(2018, 1, 1), limit=50),
    SearchQuery('"في المدينة"'),
    SearchQuery("كرة القدم أو الطقس -مطر", limit=50),
)


@pytest.fixture(scope="module")
def articles():
    return [item.article for item in read([SEEDS]) if isinstance(item, Record)]


@pytest.fixture
def libraries(tmp_path, articles):
    """The same articles in a library of each engine, added in parts."""
    opened = {}
    for name in ("whoosh", "tantivy"):
        opened[name] = Library.open(tmp_path / name, create=True)
        for start in range(0, len(articles), 15):
            opened[name].add(articles[start : start + 15])
            opened[name].catch_up(engine_name=name)
    yield opened
    for library in opened.values():
        library.close()


def told(library):
    """What is found, but for the time that it took."""
    found = [search(library, asked) for asked in ASKED]
    return [([(hit.id, hit.score) for hit in each.hits], each.total, each.facets) for each in found]


def test_both_engines_find_the_same(libraries):
    assert told(libraries["whoosh"]) == told(libraries["tantivy"])
    assert any(hits for hits, _, _ in told(libraries["tantivy"]))


def test_what_is_removed_is_gone_and_a_rebuild_keeps_the_engine(libraries, articles):
    for library in libraries.values():
        library.remove([article.id for article in articles[::4]])
    assert told(libraries["whoosh"]) == told(libraries["tantivy"])
    before = told(libraries["tantivy"])
    tantivy = libraries["tantivy"]
    tantivy.reindex()
    status = tantivy.index_status()
    assert ("tantivy", True, None) == (status.engine, status.up_to_date, status.problem)
    assert before == told(tantivy)


def test_an_engine_is_put_in_the_place_of_the_other(libraries):
    before = told(libraries["tantivy"])
    for name in ("whoosh", "tantivy"):
        libraries["tantivy"].reindex(engine_name=name)
        assert name == libraries["tantivy"].index_status().engine
        assert before == told(libraries["tantivy"])
