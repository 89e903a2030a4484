"""What is counted, and what a search is confined to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.library import Library
from search.facets import merged, months, same
from search.results import LISTED_VALUES, SearchQuery, _listed
from search.service import search
from search.totals import totals

ARTICLES = [
    Article("a", "نفط", "نفط", source="الأهرام", category="اقتصاد", published="2019-01-02"),
    Article("b", "نفط", "نفط", source="الاهرام", category="إقتصاد", published="2019-01-30"),
    Article("c", "نفط", "نفط", source="الاهرام", author="ليلى", published="2019-03-01"),
    Article("d", "نفط وغاز", "نفط", source="المدى", author="ليلي", category="سياسة"),
    Article("e", "غاز", "غاز", source="المدى", published="2019-03-01T10:00:00"),
]


@pytest.fixture(scope="module")
def library(library_of):
    return library_of(ARTICLES)


def ask(library, text, **options):
    return search(library, SearchQuery(text, **options))


def test_names_that_are_taken_for_one_are_counted_as_one(library):
    found = ask(library, "نفط")
    assert (("الاهرام", 3), ("المدى", 1)) == found.facets["source"]
    assert (("ليلى", 2),) == found.facets["author"]
    assert {("سياسة", 1)} < set(found.facets["category"])
    for field, option in (("source", "sources"), ("author", "authors"), ("category", "categories")):
        for name, count in found.facets[field]:
            assert count == ask(library, "نفط", **{option: (name,)}).total


def test_months_are_made_of_days(library):
    found = ask(library, "نفط")
    assert (("2019-01-02", 1), ("2019-01-30", 1), ("2019-03-01", 1)) == found.facets["day"]
    assert (("2019-01", 2), ("2019-03", 1)) == found.facets["month"] == months(found.facets["day"])


def test_what_else_could_be_chosen(library):
    found = ask(library, "نفط", sources=("المدى",))
    assert (("المدى", 1),) == found.facets["source"]
    assert {"source": (("الاهرام", 3), ("المدى", 1))} == found.choices
    assert 4 == ask(library, "نفط", sources=("المدى", "الاهرام")).total
    assert {} == ask(library, "نفط").choices


def test_where_any_word_is_enough_nothing_else_is_offered(library):
    assert 1 == ask(library, "نفط غاز").total
    found = ask(library, "نفط غاز", sources=("الاهرام",))
    assert (True, 3, {}) == (found.relaxed, found.total, found.choices)


def test_a_category_that_is_not_there_is_told(library):
    found = ask(library, "نفط", categories=("رياضة",))
    assert 0 == found.total
    assert any("«رياضة»" in notice for notice in found.notices)


def test_the_json_has_months_and_no_days(library):
    facets = ask(library, "نفط").to_json()["facets"]
    assert ["source", "author", "category", "month"] == list(facets)
    assert [["2019-01", 2], ["2019-03", 1]] == facets["month"]


@given(st.lists(st.tuples(st.text("اأإبب", max_size=3), st.integers(1, 4)), unique_by=lambda pair: pair[0]))
def test_each_name_has_the_articles_of_all_its_ways(pairs):
    counts = tuple(sorted(pairs, key=lambda pair: -pair[1]))
    ways = {same(name): [pair for pair in counts if same(pair[0]) == same(name)] for name, _ in counts}
    expected = [(each[0][0], sum(count for _, count in each)) for each in ways.values()]
    assert tuple(sorted(expected, key=lambda pair: -pair[1])) == merged(counts)


def test_the_json_lists_the_most_frequent_of_many():
    counts = tuple((f"كاتب {number}", 500 - number) for number in range(300))
    assert counts == merged(counts)
    assert LISTED_VALUES == len(_listed({"author": counts})["author"])
    assert 300 == len(_listed({"month": counts})["month"])


def test_totals_are_of_all_articles_of_the_same_names(library):
    assert (("2019-01-02", 1), ("2019-01-30", 1), ("2019-03-01", 2)) == totals(library, SearchQuery("نفط"))
    confined = SearchQuery("نفط", sources=("المدى",), first=date(2019, 1, 1))
    assert (("2019-03-01", 1),) == totals(library, confined)


def test_totals_are_counted_anew_when_the_index_changes(tmp_path):
    with Library.open(tmp_path, create=True) as opened:
        for number in (1, 2):
            opened.add([Article(f"{number}", "عنوان", "نص", published="2020-01-01")])
            opened.catch_up()
            assert (("2020-01-01", number),) == totals(opened, SearchQuery("غيره"))
            assert totals(opened, SearchQuery("")) is totals(opened, SearchQuery("آخر"))
