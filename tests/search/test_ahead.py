"""Articles that are dated after today: one wrong date harms nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.engines.contract import DAY
from index.library import Library
from search.ahead import SLACK, latest, newest, newest_first
from search.notices import dated_ahead
from search.results import Order, SearchQuery
from search.service import search
from search.timeline import Unit, periods, timeline

TODAY = date(2019, 6, 1)
DATES = {
    "old": "2019-01-05",
    "new": "2019-05-20T10:00:00",
    "tomorrow": "2019-06-02",
    "soon": "2019-06-03",
    "wrong": "2091-01-01",
    "none": None,
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with Library.open(tmp_path_factory.mktemp("ahead"), create=True) as opened:
        opened.add([Article(name, "خبر", "نص الخبر", published=day) for name, day in DATES.items()])
        opened.catch_up()
        yield opened


def ids(library, sort, **asked):
    return [hit.id for hit in search(library, SearchQuery("خبر", sort=sort, today=TODAY, **asked)).hits]


def test_the_newest_come_first_and_what_is_still_to_come_last(library):
    expected = ["tomorrow", "new", "old", "none", "wrong", "soon"]
    assert ids(library, Order.NEWEST) == expected
    for limit in range(1, 4):
        paged = [
            found for at in range(0, 6, limit) for found in ids(library, Order.NEWEST, limit=limit, offset=at)
        ]
        assert paged == expected


def test_it_is_said(library):
    found = search(library, SearchQuery("خبر", sort=Order.NEWEST, today=TODAY))
    assert dated_ahead(2) in found.notices
    assert found.total == len(DATES)
    assert sum(count for _, count in found.facets[DAY]) == len(DATES) - 1
    later = search(library, SearchQuery("خبر", sort=Order.NEWEST, today=date(2092, 1, 1)))
    assert dated_ahead(2) not in later.notices
    assert later.hits[0].id == "wrong"


def test_who_asks_for_such_days_gets_them(library):
    assert ids(library, Order.NEWEST, first=date(2091, 1, 1)) == ["wrong"]


def test_recent_is_counted_from_the_newest_that_can_be(library):
    with library.searching() as engine:
        assert newest(engine, library.archive, TODAY) == TODAY + SLACK
        assert newest(engine, library.archive, date(2019, 5, 1)) == date(2019, 1, 5)
        assert newest(engine, library.archive, date(2018, 1, 1)) is None
    assert ids(library, Order.RECENT).index("new") < ids(library, Order.RECENT).index("old")


def test_a_timeline_reaches_to_no_day_to_come():
    days = (("2019-05-30", 2), ("2019-06-01", 3), ("2091-01-01", 1))
    drawn = timeline(days, 7, until=latest(TODAY))
    assert (drawn.unit, drawn.undated, drawn.ahead) == (Unit.DAY, 1, 1)
    assert drawn.bars[-1].last == TODAY
    chosen = timeline(days, 7, chosen=(date(2090, 1, 1), None), until=latest(TODAY))
    assert chosen.bars[-1].last >= date(2091, 1, 1)
    assert [bar.first.isoformat()[:7] for bar in periods(days, until=latest(TODAY))] == [
        "2019-05",
        "2019-06",
        "2091-01",
    ]


@given(st.dictionaries(st.dates(), st.integers(1, 9)), st.dates(), st.integers(0, 5))
def test_nothing_that_matched_is_lost(days, until, undated):
    counts = tuple((day.isoformat(), count) for day, count in days.items())
    drawn = timeline(counts, sum(days.values()) + undated, until=until)
    assert sum(bar.count for bar in drawn.bars) + drawn.undated + drawn.ahead == sum(days.values()) + undated
    assert drawn.ahead == sum(count for day, count in days.items() if day > until)


def test_newest_first_asks_once_where_no_date_is_ahead(library):
    from index.engines import query
    from index.engines.contract import Request, Sort

    with library.searching() as engine:
        request = Request(query.Everything(), sort=Sort.NEWEST, limit=9)
        page, number = newest_first(engine, request, date(2092, 1, 1))
        assert (page, number) == (engine.search(request), 0)
