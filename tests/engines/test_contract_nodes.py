"""What every engine makes of the nodes that rank: weaker terms, neighbours, what promotes; and of counts."""

import math
from datetime import date
from functools import partial

import pytest
from engine_samples import NEWS, OIL, RAIN, WAR, document, fill, found, scores, take_out

from index.engines.contract import Request
from index.engines.query import And, Combined, Everything, Keyword, Near, Not, Nothing, Promoted, Recent, Term


def test_a_weaker_term_is_found_too_and_counts_less(engine):
    fill(
        engine,
        document("term", "حرب مطر"),
        document("weaker", "نفط مطر"),
        document("both", "حرب نفط"),
        document("none", "مطر مطر"),
    )
    body = (("body", 1.0),)
    scored = scores(engine, Combined(("حرب",), body, weaker=(("نفط", 0.5),)))
    assert {"term", "weaker", "both"} == set(scored)
    assert scored["both"] > scored["term"] > scored["weaker"] > 0
    assert scored["term"] == pytest.approx(scores(engine, Combined(("حرب",), body))["term"])


def test_a_weaker_term_counts_once_by_what_gives_it_most(news):
    body = (("body", 1.0),)
    alone = scores(news, Combined(("حرب",), body))
    assert alone == scores(news, Combined(("حرب",), body, weaker=(("حرب", 0.5),)))
    twice = Combined(("حرب",), body, weaker=(("نفط", 0.2), ("نفط", 0.7), ("نفط", 0.5)))
    assert scores(news, twice) == scores(news, Combined(("حرب",), body, weaker=(("نفط", 0.7),)))


def test_weaker_terms_alone_say_how_rare_they_are(news):
    body = (("body", 1.0),)
    weaker = scores(news, Combined(("سلم",), body, weaker=(("حرب", 1.0),)))
    assert scores(news, Combined(("حرب",), body)) == pytest.approx(weaker)


def test_near_is_within_so_many_words_after_or_before(engine):
    fill(
        engine,
        document("1", "حرب نفط"),
        document("2", "حرب _ نفط"),
        document("3", "نفط مطر حرب"),
        document("4", "حرب", title="نفط"),
        document("5", "حرب", lead="حرب مطر نفط"),
    )
    near = partial(Near, ("حرب",), ("نفط",), (("body", 1.0), ("title", 2.0)))
    assert {"1"} == found(engine, near(1))
    assert {"1", "2"} == found(engine, near(2))
    assert {"1", "2", "3"} == found(engine, near(2, 2))
    assert {"3"} == found(engine, near(0, 2))
    assert set() == found(engine, near(0, 1))
    assert {"5"} == found(engine, Near(("حرب",), ("نفط",), (("lead", 1.0),), 9))


def test_near_has_terms_on_either_side_and_a_term_is_not_its_own_neighbour(news):
    body = (("body", 1.0),)
    assert {"1", "5"} == found(news, Near(("نفط", "سلم"), ("حرب", "سلم"), body, 1))
    assert {"3"} == found(news, Near(("مطر",), ("مطر",), body, 1))
    assert {"1"} == found(news, Near(("حرب",), ("حرب",), body, 2))
    assert set() == found(news, Near(("سلم",), ("حرب",), body, 5))


def test_near_counts_each_left_term_that_has_a_neighbour_once(engine):
    fill(
        engine,
        document("twice", "حرب نفط حرب نفط مطر مطر"),
        document("once", "حرب نفط نفط نفط مطر مطر"),
        document("never", "حرب مطر مطر مطر مطر نفط"),
    )
    scored = scores(engine, Near(("حرب",), ("نفط",), (("body", 1.0),), 3))
    # idf = ln(1 + 1.5 / 2.5), and all are of average length: f * 2.2 / (f + 1.2).
    assert {"once": 0.470003629, "twice": 0.470003629 * 2 * 2.2 / 3.2} == pytest.approx(scored)


def test_near_is_found_where_the_segments_of_an_index_meet(engine):
    for each in NEWS:
        fill(engine, each)
    near = Near(("نفط",), ("مطر",), (("body", 1.0),), 3)
    assert {"2", "5"} == found(engine, near)
    take_out(engine, "2")
    assert {"5"} == found(engine, near)
    assert (1, 4) == engine.counts([near, Everything()])


def test_what_promotes_adds_to_scores_and_finds_nothing_more(news):
    war, oil, rain = scores(news, WAR), scores(news, OIL), scores(news, RAIN)
    promoted = scores(news, Promoted(WAR, (OIL, RAIN, Nothing(), Everything())))
    expected = {id_: score + oil.get(id_, 0) + rain.get(id_, 0) for id_, score in war.items()}
    assert expected == pytest.approx(promoted)
    assert {"2"} == found(news, And((OIL, Not(Promoted(WAR, (RAIN,))))))


def test_counts_are_exact_and_without_what_was_removed(news):
    nodes = [WAR, OIL, And((WAR, OIL)), Not(WAR), Nothing(), Everything(), Keyword("source", "سانا")]
    assert (3, 3, 2, 2, 0, 5, 2) == news.counts(nodes)
    take_out(news, "1")
    fill(news, document("6", "نفط"))
    assert (2, 3, 1, 3, 0, 5, 1) == news.counts(nodes)
    assert () == news.counts([])


def test_what_is_recent_counts_more(engine):
    days = ("2019-02-17T23:00:00", "2019-02-07", "2019-02-20", "2017-01-01", None)
    fill(engine, *(document(str(number), "حرب", day) for number, day in enumerate(days)))
    (score,) = set(scores(engine, WAR).values())
    recent = scores(engine, Recent(WAR, date(2019, 2, 17), half_life=10, weight=0.6))
    factors = {"0": 1.6, "1": 1.3, "2": 1.6, "3": 1 + 0.6 * 2 ** (-77.7), "4": 1.0}
    assert {id_: score * factor for id_, factor in factors.items()} == pytest.approx(recent)
    assert scores(engine, WAR) == scores(engine, Recent(WAR, date(2019, 2, 17), 10, 0))


def test_what_is_recent_finds_nothing_more_and_filters_too(news):
    recent = Recent(OIL, date(2020, 1, 1), 365.0, 1.0)
    assert {"1", "2", "5"} == found(news, recent)
    assert {"1", "5"} == found(news, WAR, filters=(recent,))
    assert (3, 2) == news.counts([recent, Not(recent)])
    assert set() == found(news, Recent(Nothing(), date(2020, 1, 1), 365.0, 1.0))


@pytest.mark.parametrize(
    ("half_life", "weight"), [(0, 1), (-1.0, 1), (math.nan, 1), (10, -0.1), (10, math.nan)]
)
def test_what_is_recent_needs_a_half_life_and_a_weight(news, half_life, weight):
    with pytest.raises(ValueError, match="half-life"):
        news.search(Request(Recent(WAR, date(2019, 2, 17), half_life, weight)))


def test_words_are_counted_in_every_field_and_segment(engine):
    fields = (("title", 1.0), ("body", 1.0))
    nodes = [Combined((term,), fields) for term in ("حرب", "نفط", "مطر", "سلم")]
    nodes += [Term("body", "حرب"), Term("title", "حرب"), Term("body", "سلم"), Combined(("حرب",), fields[:1])]
    nodes += [Combined(("حرب",), fields, (("مطر", 0.5), ("نفط", 0.1)))]
    for each in NEWS:
        fill(engine, each)
    assert (3, 3, 3, 0, 3, 2, 0, 2, 5) == engine.counts(nodes)
    take_out(engine, "1", "3")
    assert (2, 2, 2, 0, 2, 1, 0, 1, 3) == engine.counts(nodes)
