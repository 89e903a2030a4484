"""What the first articles share puts the others in order, and finds nothing by itself."""

import pytest

from index.article import Article
from index.engines.contract import Hit
from index.library import Library
from index.record import replace
from search import notices
from search.expansion import Kind
from search.feedback import trust
from search.find import Finder
from search.ranking import RANKING
from search.results import Match, Order, SearchQuery
from search.service import ranked, search

SHARED = "ارتوازي"  # what the first articles about wells share, and was not typed
FIRST = 12


@pytest.fixture(scope="module")
def library(library_of):
    wells = [Article(f"well{number}", "بئر", f"سقوط طفل في بئر {SHARED}.") for number in range(FIRST)]
    others = [
        Article("deep", "بئر", f"حفروا عميقا، ثم عميقا، ثم بئر. {SHARED} {SHARED}"),
        Article("dry", "بئر", "حفروا عميقا، ثم عميقا، ثم بئر. صحراء صحراء"),
        Article("alone", "حفر", f"كلام {SHARED} {SHARED} {SHARED}"),
    ]
    filler = [Article(f"filler{number}", "طقس", "مطر وريح وبرد") for number in range(200)]
    return library_of([*wells, *others, *filler])


def ids(library, text, ranking=RANKING, depth=100):
    return [hit.id for hit in ranked(library, text, depth, Match.ANY, ranking)]


def test_of_two_alike_the_one_with_the_shared_words_comes_first(library):
    order = ids(library, "بئر")
    assert order.index("deep") < order.index("dry")
    without = ids(library, "بئر", replace(RANKING, feedback=replace(RANKING.feedback, weight=0.0)))
    assert set(order) == set(without)


def test_shared_words_find_nothing_by_themselves(library):
    assert "alone" not in ids(library, "بئر")


def test_who_was_first_stays_first_and_scores_fall(library):
    plain = replace(RANKING, feedback=replace(RANKING.feedback, longest=0))
    assert ids(library, "بئر", plain)[0] == ids(library, "بئر")[0]
    scores = [hit.score for hit in ranked(library, "بئر", 100)]
    assert sorted(scores, reverse=True) == scores


def test_pages_are_slices_of_one_order(library):
    whole = [hit.id for hit in search(library, SearchQuery("بئر", limit=100)).hits]
    pages = [
        hit.id
        for offset in range(0, len(whole), 4)
        for hit in search(library, SearchQuery("بئر", limit=4, offset=offset)).hits
    ]
    assert whole == pages
    assert len(set(whole)) == len(whole)


def test_the_reader_is_told_and_can_do_without(library):
    found = search(library, SearchQuery("بئر"))
    words = [each.text for each in found.expansions if each.kind is Kind.FEEDBACK]
    assert SHARED in words
    assert notices.expanded(found.expansions)[-1] in found.notices
    plain = search(library, SearchQuery("بئر", expand=False))
    assert () == plain.expansions
    assert found.total == plain.total
    assert found.facets == plain.facets


@pytest.mark.parametrize(
    "asked",
    [
        SearchQuery("بئر", sort=Order.NEWEST),
        SearchQuery('"بئر"'),
        SearchQuery("بئر طفل سقوط حفر عميق كلام", match=Match.ANY),
        SearchQuery("حفروا"),
        SearchQuery("بئر", limit=0),
    ],
    ids=["by date", "quoted", "many words", "few hits", "no hits wanted"],
)
def test_where_nothing_is_learned(library, asked):
    assert Kind.FEEDBACK not in {each.kind for each in search(library, asked).expansions}


@pytest.mark.parametrize(("last", "trusted"), [(1.0, 1.0), (0.7, 1.0), (0.55, 0.5), (0.4, 0.0), (0.1, 0.0)])
def test_first_articles_that_are_alike_are_trusted(last, trusted):
    hits = [Hit(str(number), 2.0) for number in range(9)] + [Hit("last", 2.0 * last)]
    assert pytest.approx(trusted) == trust(hits, RANKING.feedback)


def test_an_article_that_lost_its_words_since_it_was_indexed_is_nothing_to_learn_from(tmp_path):
    with Library.open(tmp_path, create=True) as library:
        library.add(
            [Article(f"a{number}", "انفجار", f"انفجار في السوق القديم {number}") for number in range(30)]
        )
        library.add([Article(f"b{number}", "كرة", "مباراة هدف ملعب") for number in range(400)])
        library.catch_up()
        top = search(library, SearchQuery("انفجار")).hits[0].id
        library.add([Article(top, "", "!!! …")])
        assert 30 == search(library, SearchQuery("انفجار")).total


def test_a_search_is_done_anew_when_the_index_changes_within_it(tmp_path, monkeypatch):
    find, looks = Finder._find, []

    def find_and_change(finder, node, asked):
        found = find(finder, node, asked)
        looks.append(found.page.total)
        if len(looks) == 1:  # another adds an article, and looks for it
            library.add([Article("new", "", "زلزال")])
            library.catch_up()
            with library.searching():
                pass
        return found

    with Library.open(tmp_path, create=True) as library:
        library.add([Article("old", "", "زلزال")])
        library.catch_up()
        monkeypatch.setattr(Finder, "_find", find_and_change)
        found = search(library, SearchQuery("زلزال"))
    assert [1, 2] == looks
    assert (2, {"old", "new"}) == (found.total, {hit.id for hit in found.hits})


def test_newer_articles_are_preferred_where_that_is_asked_for(tmp_path):
    alike = [Article(f"day{day}", "زلزال", "زلزال قوي", published=f"2019-01-{day:02}") for day in range(1, 4)]
    best = Article("best", "زلزال زلزال", "زلزال زلزال قوي قوي", published="2009-01-01")
    undated = Article("undated", "زلزال", "زلزال قوي")
    with Library.open(tmp_path, create=True) as library:
        library.add([best, *alike, undated])
        library.catch_up()

        def found(order):
            return [hit.id for hit in search(library, SearchQuery("زلزال قوي", sort=order)).hits]

        assert "best" == found(Order.RELEVANCE)[0]
        assert ["day3", "day2", "day1"] == found(Order.RECENT)[:3]
        assert set(found(Order.RELEVANCE)) == set(found(Order.RECENT))


def test_too_few_articles_are_not_trusted():
    assert 0 == trust([Hit(str(number), 2.0) for number in range(9)], RANKING.feedback)
    assert 0 == trust([Hit(str(number), 0.0) for number in range(10)], RANKING.feedback)
