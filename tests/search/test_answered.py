"""A query that is asked again is answered from memory, as long as nothing has changed."""

import pytest

from index.article import Article
from index.library import Library
from search import answered
from search.find import Finder
from search.results import Match, SearchQuery
from search.service import search


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path, create=True) as opened:
        opened.add([Article(str(number), "زلزال", "زلزال قوي", source="س") for number in range(20)])
        opened.catch_up()
        yield opened


@pytest.fixture
def finds(monkeypatch):
    """What is really looked for."""
    asked, find = [], Finder._find

    def told(finder, node, query):
        asked.append(query)
        return find(finder, node, query)

    monkeypatch.setattr(Finder, "_find", told)
    return asked


def hits(library, *asked, **named):
    found = search(library, SearchQuery(*asked, **named))
    return found.total, [(hit.id, hit.score) for hit in found.hits], found.facets


def test_what_is_asked_again_is_not_looked_for_again(library, finds):
    assert hits(library, "زلزال قوي") == hits(library, "زلزال قوي")
    assert 1 == len(finds)


def test_whatever_else_is_asked_is_looked_for(library, finds):
    queries = [
        SearchQuery("زلزال"),
        SearchQuery("زلزال", limit=3),
        SearchQuery("زلزال", offset=3),
        SearchQuery("زلزال", match=Match.ANY),
        SearchQuery("زلزال", expand=False),
        SearchQuery("زلزال", sources=("س",)),
        SearchQuery("زلزال", sources=("ش",)),
    ]
    totals = [search(library, each).total for each in queries]
    assert queries == finds
    assert [20, 20, 20, 20, 20, 20, 0] == totals


def test_nothing_is_remembered_beyond_a_change_of_the_index(library):
    assert 20 == hits(library, "زلزال")[0]
    library.add([Article("new", "زلزال", "زلزال")])
    library.catch_up()
    assert 21 == hits(library, "زلزال")[0]
    library.remove(["new"])
    assert 20 == hits(library, "زلزال")[0]


def test_nothing_is_remembered_beyond_a_change_of_the_archive(library, finds):
    search(library, SearchQuery("زلزال"))
    library.add([Article("new", "زلزال", "زلزال")])
    search(library, SearchQuery("زلزال"))
    assert 2 == len(finds)


def test_the_queries_asked_last_are_remembered(library, finds, monkeypatch):
    monkeypatch.setattr(answered, "BYTES", 3 * answered._QUERY)
    for text in ("زلزال", "قوي", "زلزال", "مطر", "زلزال", "قوي"):
        search(library, SearchQuery(text, limit=1))
    assert ["زلزال", "قوي", "مطر", "قوي"] == [each.text for each in finds]


def test_what_is_too_large_is_not_remembered(library, finds, monkeypatch):
    monkeypatch.setattr(answered, "BYTES", answered._QUERY)
    hits(library, "زلزال")
    hits(library, "زلزال")
    assert 2 == len(finds)
