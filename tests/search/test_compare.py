"""Several searches over the same time."""

import pytest

from index.article import Article
from search.compare import MOST_SOURCES, compare
from search.results import QueryRefusedError, SearchQuery
from search.service import search
from search.timeline import Unit

ARTICLES = [
    Article(
        f"a{number}",
        "نفط" if number % 2 else "غاز",
        "خبر" if number % 3 else "خبر نفط وغاز",
        source=f"مصدر {number % 8}",
        published=f"20{10 + number % 5}-0{number % 9 + 1}-15" if number % 7 else None,
    )
    for number in range(80)
]
ASKED = [SearchQuery("نفط"), SearchQuery("غاز"), SearchQuery("زعفران")]


@pytest.fixture(scope="module")
def library(library_of):
    return library_of(ARTICLES)


def days(line):
    return [(bar.first, bar.last) for bar in line.bars]


@pytest.mark.parametrize("unit", [None, Unit.MONTH, Unit.YEAR])
def test_lines_are_of_the_same_days_and_count_what_a_search_counts(library, unit):
    found = compare(library, ASKED, unit=unit)
    [made] = found.comparisons
    assert (found.totals, found.left_out) == (tuple(line.total for line in made.lines), 0)
    assert [search(library, each).total for each in ASKED] == [line.total for line in made.lines]
    assert 1 == len({tuple(days(line)) for line in made.lines})
    for line in made.lines:
        assert line.total == line.undated + sum(bar.count for bar in line.bars)
        for bar in line.bars:
            within = search(library, SearchQuery(line.asked.text, first=bar.first, last=bar.last))
            assert bar.count == within.total
    assert {0} == {bar.count for bar in made.lines[2].bars}
    assert unit in (None, made.unit)


def test_a_source_is_not_searched_for_fewer_words(library):
    """All words are asked for in each source where they are in all of them together."""
    asked = [SearchQuery("غاز نفط"), SearchQuery("نفط زعفران")]
    found = compare(library, asked, by_source=True, unit=Unit.MONTH)
    assert found.comparisons
    for made in found.comparisons:
        assert 1 == len({tuple(days(line)) for line in made.lines})
        both, either = (
            [article for article in ARTICLES if article.source == made.source and is_in(article)]
            for is_in in (
                lambda article: (
                    "نفط" in article.title + article.body and "غاز" in article.title + article.body
                ),
                lambda article: "نفط" in article.title + article.body,
            )
        )
        assert [len(both), len(either)] == [line.total for line in made.lines]


def test_shares_are_of_all_articles_of_these_days(library):
    [made] = compare(library, ASKED, unit=Unit.YEAR).comparisons
    dated = [article for article in ARTICLES if article.published]
    for bar in made.bars:
        assert bar.whole == sum(article.published[:4] == str(bar.first.year) for article in dated)


def test_each_source_by_itself(library):
    found = compare(library, ASKED[:2], unit=Unit.YEAR, by_source=True)
    made = found.comparisons
    assert [search(library, each).total for each in ASKED[:2]] == list(found.totals)
    assert 8 - MOST_SOURCES == found.left_out
    assert MOST_SOURCES == len(made) == len({each.source for each in made})
    assert 1 == len({tuple(days(line)) for each in made for line in each.lines})
    for each in made:
        for line in each.lines:
            assert line.total == search(library, SearchQuery(line.asked.text, sources=(each.source,))).total


def test_what_is_not_dated_is_no_line(library):
    [made] = compare(library, [SearchQuery("زعفران"), SearchQuery("زنجبيل")]).comparisons
    assert ((), ()) == tuple(line.bars for line in made.lines)


def test_a_query_that_is_refused(library):
    with pytest.raises(QueryRefusedError):
        compare(library, [SearchQuery("نفط"), SearchQuery("x" * 10_000)])
