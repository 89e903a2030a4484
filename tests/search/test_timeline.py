"""Bars over time: whatever the days, nothing is lost and nothing counted twice."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.timeline import FITTING, MOST, Bar, Unit, fitting, period, timeline

DAYS = st.dates() | st.dates(date(2010, 1, 1), date(2025, 12, 31))
COUNTS = st.dictionaries(DAYS, st.integers(1, 50), max_size=30)
SPANS = st.tuples(st.none() | DAYS, st.none() | DAYS).filter(lambda ends: None in ends or ends[0] <= ends[1])


def counts(days):
    return tuple((day.isoformat(), count) for day, count in sorted(days.items()))


@pytest.mark.parametrize(
    ("unit", "day", "first", "last"),
    [
        (Unit.DAY, date(2019, 2, 17), date(2019, 2, 17), date(2019, 2, 17)),
        (Unit.WEEK, date(2019, 2, 16), date(2019, 2, 16), date(2019, 2, 22)),  # a Saturday
        (Unit.WEEK, date(2019, 2, 22), date(2019, 2, 16), date(2019, 2, 22)),  # a Friday
        (Unit.MONTH, date(2020, 2, 29), date(2020, 2, 1), date(2020, 2, 29)),
        (Unit.MONTH, date(2019, 12, 31), date(2019, 12, 1), date(2019, 12, 31)),
        (Unit.YEAR, date(2019, 6, 1), date(2019, 1, 1), date(2019, 12, 31)),
        (Unit.DECADE, date(2019, 6, 1), date(2010, 1, 1), date(2019, 12, 31)),
        (Unit.CENTURY, date(2019, 6, 1), date(2000, 1, 1), date(2099, 12, 31)),
        *[(unit, date.min, date.min, None) for unit in Unit],
        *[(unit, date.max, None, date.max) for unit in Unit],
    ],
)
def test_periods(unit, day, first, last):
    found = period(unit, day)
    assert first in (None, found[0])
    assert last in (None, found[1])


@given(st.sampled_from(Unit), DAYS)
def test_a_period_holds_its_day_and_is_that_of_all_its_days(unit, day):
    first, last = period(unit, day)
    assert first <= day <= last
    assert (first, last) == period(unit, first) == period(unit, last)
    if last < date.max:
        assert last + timedelta(1) == period(unit, last + timedelta(1))[0]


@given(DAYS, DAYS)
def test_the_unit_that_fits_is_the_smallest_of_which_there_are_not_too_many(one, other):
    first, last = sorted((one, other))
    unit = fitting(first, last)
    drawn = timeline(((first.isoformat(), 1), (last.isoformat(), 1)), 2)
    assert unit == drawn.unit
    assert len(drawn.bars) <= max(FITTING, 101 if unit is Unit.CENTURY else 0)
    smaller = list(Unit)[: list(Unit).index(unit)]
    for each in smaller:
        forced = timeline(((first.isoformat(), 1), (last.isoformat(), 1)), 2, unit=each)
        assert each not in forced.units or len(forced.bars) > FITTING


@given(COUNTS, st.integers(0, 9), st.none() | st.sampled_from(Unit), SPANS)
def test_bars_and_what_is_undated_are_all(days, undated, unit, extent):
    total = sum(days.values()) + undated
    drawn = timeline(counts(days), total, unit=unit, extent=extent)
    assert undated == drawn.undated
    assert total == undated + sum(bar.count for bar in drawn.bars)
    assert len(drawn.bars) <= MOST
    assert all(one.last + timedelta(1) == other.first for one, other in pairwise(drawn.bars))
    for bar in drawn.bars:
        assert bar.count == sum(count for day, count in days.items() if bar.first <= day <= bar.last)


@given(COUNTS, SPANS, SPANS, st.none() | st.sampled_from(Unit))
def test_bars_stay_within_what_is_chosen(days, chosen, extent, unit):
    first, last = chosen[0] or date.min, chosen[1] or date.max
    days = {day: count for day, count in days.items() if first <= day <= last}
    drawn = timeline(counts(days), sum(days.values()), chosen=chosen, extent=extent, unit=unit)
    assert all(first <= bar.first <= bar.last <= last for bar in drawn.bars)
    assert sum(days.values()) == sum(bar.count for bar in drawn.bars)


@given(COUNTS, COUNTS, st.sampled_from(Unit))
def test_shares_are_of_the_same_days(days, more, unit):
    whole = {day: days.get(day, 0) + more.get(day, 0) for day in {**days, **more}}
    drawn = timeline(counts(days), sum(days.values()), unit=unit, whole=counts(whole))
    for bar in drawn.bars:
        assert bar.count <= bar.whole
        assert bar.whole == sum(count for day, count in whole.items() if bar.first <= day <= bar.last)
        assert bar.share == (bar.count / bar.whole if bar.whole else 0)


def test_all_days_of_what_is_chosen_are_shown_as_far_as_the_archive_reaches():
    drawn = timeline(
        (("2019-02-17", 3),),
        3,
        chosen=(date(2019, 2, 1), date(2030, 1, 1)),
        extent=(date(2000, 1, 1), date(2019, 2, 20)),
    )
    assert (date(2019, 2, 1), date(2019, 2, 20)) == (drawn.bars[0].first, drawn.bars[-1].last)
    assert Unit.DAY == drawn.unit
    assert Bar(date(2019, 2, 17), date(2019, 2, 17), 3) == drawn.highest


def test_a_day_that_there_is_not_is_no_day():
    assert 1 == timeline((("2019-02-30", 1), ("2019-03-01", 2)), 3).undated


def test_nothing_dated_is_no_bars():
    drawn = timeline((), 4, chosen=(date(2019, 1, 1), None))
    assert ((), (), 4, None) == (drawn.bars, drawn.units, drawn.undated, drawn.highest)
