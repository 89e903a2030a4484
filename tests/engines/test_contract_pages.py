"""What every engine makes of what it finds: scores, counts and orders."""

from collections import Counter
from datetime import date

import pytest
from engine_samples import OIL, RAIN, WAR, document, fill, found, ordered, scores, take_out

from index.engines.contract import (
    DAY,
    MONTH,
    Hit,
    Page,
    Request,
    Scoring,
    Sort,
)
from index.engines.query import And, Best, Boosted, DateRange, Everything, Keyword, Not, Or

# Scores


def test_a_score_is_bm25(engine):
    fill(engine, document("1", "حرب"))
    # idf = ln(1 + 0.5 / 1.5), and a field of average length has the factor (k1 + 1) / (1 + k1).
    assert {"1": pytest.approx(0.287682072)} == scores(engine, WAR)
    fill(engine, document("2", "نفط نفط نفط"))
    # idf = ln(1 + 1.5 / 1.5); length 3 where 2 is the average: 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 1.5)).
    assert {"2": pytest.approx(0.983821805)} == scores(engine, OIL)
    # k1 = 2 and b = 0: 3 * 3 / (3 + 2).
    assert {"2": pytest.approx(1.247664925)} == scores(engine, OIL, scoring=Scoring(k1=2, b=0))


def test_each_field_may_have_its_own_b(news):
    alike = scores(news, WAR, scoring=Scoring(b=0))
    assert alike == scores(news, WAR, scoring=Scoring(b=0.9, field_b={"body": 0}))
    assert alike != scores(news, WAR, scoring=Scoring(b=0.9, field_b={"title": 0}))


def test_scores_of_and_and_or_are_sums(news):
    war, oil = scores(news, WAR), scores(news, OIL)
    assert war["1"] + oil["1"] == pytest.approx(scores(news, And((WAR, OIL)))["1"])
    assert war["1"] + oil["1"] == pytest.approx(scores(news, Or((WAR, OIL)))["1"])
    assert war["4"] == pytest.approx(scores(news, Or((WAR, OIL)))["4"])


def test_the_best_score_counts_and_a_share_of_the_others(news):
    war, oil = scores(news, WAR), scores(news, OIL)
    assert max(war["1"], oil["1"]) == pytest.approx(scores(news, Best((WAR, OIL)))["1"])
    tied = scores(news, Best((WAR, OIL), tie=0.25))
    assert max(war["1"], oil["1"]) + 0.25 * min(war["1"], oil["1"]) == pytest.approx(tied["1"])
    assert oil["2"] == pytest.approx(tied["2"])
    assert found(news, Or((WAR, OIL))) == set(tied)


def test_a_boost_multiplies(news):
    tripled = scores(news, Boosted(Or((WAR, OIL)), 3.0))
    assert {id_: pytest.approx(3 * score) for id_, score in scores(news, Or((WAR, OIL))).items()} == tripled
    assert dict.fromkeys(found(news, WAR), 0.0) == scores(news, Boosted(WAR, 0.0))


@pytest.mark.parametrize(
    "node", [Everything(), Not(WAR), Keyword("source", "سانا"), DateRange(date(2019, 1, 1), None)]
)
def test_what_is_not_a_word_adds_nothing_to_a_score(news, node):
    assert {0.0} == set(scores(news, node).values())
    assert scores(news, WAR).items() >= scores(news, And((WAR, node))).items()


def test_a_rarer_term_and_a_shorter_field_score_higher(news):
    assert scores(news, Or((OIL, RAIN)))["2"] > scores(news, Or((OIL, RAIN)))["5"]
    assert ["4", "1", "5"] == ordered(news, WAR, scoring=Scoring(k1=0.5))


def test_deleted_documents_do_not_count_in_scores(news):
    others = [document(f"k{n}", title="حرب") for n in range(3)]
    fill(news, *others)
    before = scores(news, Or((WAR, OIL)))
    fill(news, *others, document("x1", "حرب مطر سلم سلم سلم سلم"), document("x2", "نفط سلم سلم"))
    assert before["1"] != pytest.approx(scores(news, Or((WAR, OIL)))["1"])
    take_out(news, "x1", "x2")
    assert before == pytest.approx(scores(news, Or((WAR, OIL))))


# Facets


def test_facets_count_all_that_matched(news):
    page = news.search(Request(Everything(), limit=1, facets=("source", "author", "category", MONTH)))
    assert {
        "source": (("سانا", 2), ("واس", 2), ("رويترز", 1)),
        "author": (("هدى", 1),),
        "category": (("سياسة", 2),),
        MONTH: (("2018-12", 1), ("2019-02", 2), ("2019-03", 1)),
    } == page.facets
    assert {"source": (("رويترز", 1), ("سانا", 1))} == news.search(
        Request(And((WAR, OIL)), facets=("source",))
    ).facets


def test_facets_are_of_what_the_filters_leave(news):
    request = Request(WAR, filters=(Keyword("category", "سياسة"),), limit=0, facets=("source", MONTH))
    assert Page(
        2, (), {"source": (("سانا", 1), ("واس", 1)), MONTH: (("2018-12", 1), ("2019-02", 1))}
    ) == news.search(request)


def test_days_are_counted_in_order_of_time(news):
    days = news.search(Request(Everything(), limit=0, facets=(DAY, MONTH))).facets
    assert sorted(days[DAY]) == list(days[DAY])
    assert ("2019-02-17", 2) in days[DAY]
    by_month = Counter()
    for day, count in days[DAY]:
        by_month[day[:7]] += count
    assert dict(days[MONTH]) == by_month


def test_a_facet_that_is_none_is_an_error(news):
    with pytest.raises(ValueError, match="'body' is not a valid"):
        news.search(Request(WAR, facets=("body",)))


# Order


def test_orders_by_date_put_undated_last(news):
    assert ["3", "2", "1", "4", "5"] == ordered(news, Everything(), sort=Sort.NEWEST)
    assert ["4", "1", "2", "3", "5"] == ordered(news, Everything(), sort=Sort.OLDEST)


def test_equal_scores_go_by_date_and_then_by_id(engine):
    fill(
        engine,
        document("c", "حرب", "2019-01-01"),
        document("b", "حرب"),
        document("a", "حرب", "2019-01-01"),
        document("d", "حرب", "2019-01-02"),
        document("e", "حرب حرب"),
        document("0", "حرب"),
    )
    assert ["e", "d", "a", "c", "0", "b"] == ordered(engine, WAR, scoring=Scoring(b=0))


def test_equal_dates_go_by_score_and_then_by_id(engine):
    fill(
        engine,
        document("c", "حرب", "2019-01-01"),
        document("a", "حرب", "2019-01-01"),
        document("z", "حرب حرب حرب", "2019-01-01"),
        document("y", "حرب", "2019-01-01T00:00:01"),
        document("u", "حرب حرب"),
        document("t", "حرب"),
    )
    flat = Scoring(b=0)
    assert ["y", "z", "a", "c", "u", "t"] == ordered(engine, WAR, sort=Sort.NEWEST, scoring=flat)
    assert ["z", "a", "c", "y", "u", "t"] == ordered(engine, WAR, sort=Sort.OLDEST, scoring=flat)


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_are_slices_of_the_whole_order(engine, sort):
    fill(
        engine,
        *(
            document(f"{n}", "حرب " * (n % 4 + 1), f"2019-01-{n % 5 + 1:02}" if n % 3 else None)
            for n in range(40)
        ),
    )
    whole = engine.search(Request(WAR, limit=1000, sort=sort)).hits
    assert 40 == len(whole)
    for offset, limit in ((0, 10), (10, 10), (35, 10), (0, 1), (7, 3), (40, 5), (100, 5)):
        page = engine.search(Request(WAR, limit=limit, offset=offset, sort=sort))
        assert whole[offset : offset + limit] == page.hits
        assert 40 == page.total


def test_a_limit_of_nothing_counts_only(news):
    assert Page(3, (), {}) == news.search(Request(WAR, limit=0))


@pytest.mark.parametrize("wrong", [{"limit": -1}, {"offset": -1}])
def test_less_than_nothing_is_an_error(news, wrong):
    with pytest.raises(ValueError, match="-1"):
        news.search(Request(WAR, **wrong))


def test_hits_carry_scores_in_order(news):
    hits = news.search(Request(Or((WAR, RAIN)))).hits
    assert all(isinstance(hit, Hit) and isinstance(hit.score, float) for hit in hits)
    assert sorted((hit.score for hit in hits), reverse=True) == [hit.score for hit in hits]
