"""How many of the articles that matched were published when: bars over days, weeks, months or years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from index.record import record
from search.facets import Counts

Span: TypeAlias = tuple[date | None, date | None]
"""A first and a last day, both included; None for open."""

FITTING: Final = 60
"""The most bars of a unit that is chosen by itself: each is still wide enough to be hit."""

MOST: Final = 370
"""The most bars of a unit that a reader asks for: a year of days."""

MONTHS: Final = 24
"""The most months among which a period is chosen; of a longer time it is chosen among years."""


class Unit(StrEnum):
    """What a bar stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


@record
class _Counting:
    """How a unit counts: a day to its number, and a number to the first day."""

    number: Callable[[date], int]
    first: Callable[[int], date]


# A week is from Saturday to Friday, as in most calendars of the Arab countries (Unicode CLDR 45,
# supplemental/weekData). 1 January of the year 1, day number 1, was a Monday: day 6 a Saturday.
_COUNTING: Final[Mapping[Unit, _Counting]] = {
    Unit.DAY: _Counting(date.toordinal, date.fromordinal),
    Unit.WEEK: _Counting(
        lambda day: (day.toordinal() + 1) // 7, lambda week: date.fromordinal(max(week * 7 - 1, 1))
    ),
    Unit.MONTH: _Counting(
        lambda day: day.year * 12 + day.month - 1, lambda month: date(month // 12, month % 12 + 1, 1)
    ),
    Unit.YEAR: _Counting(lambda day: day.year, lambda year: date(year, 1, 1)),
    Unit.DECADE: _Counting(lambda day: day.year // 10, lambda decade: date(max(decade * 10, 1), 1, 1)),
    Unit.CENTURY: _Counting(lambda day: day.year // 100, lambda age: date(max(age * 100, 1), 1, 1)),
}


@record
class Bar:
    """Some days in a row, and how many articles that matched are of these days.

    Attributes:
        first, last: its days, both included; within those that the search is confined to.
        count: how many matched.
        whole: how many there are of these days at all; None where that was not asked for.
    """

    first: date
    last: date
    count: int
    whole: int | None = None

    @property
    def share(self) -> float:
        """How much of all articles of these days matched, 0 to 1; 0 where there are none."""
        return self.count / self.whole if self.whole else 0.0


@record
class Timeline:
    """Bars without gaps, in order of time.

    Attributes:
        unit: what each stands for.
        units: what it could be: those of which there would be several and not too many.
        bars: those without articles too, so that time runs evenly.
        undated: how many matched and are not in any bar, because they have no date.
        ahead: how many are not, because their date is still to come.
    """

    unit: Unit
    units: tuple[Unit, ...]
    bars: tuple[Bar, ...]
    undated: int
    ahead: int = 0

    @property
    def highest(self) -> Bar | None:
        """The bar with the most articles, the first of several."""
        return max(self.bars, key=lambda bar: bar.count, default=None)


def timeline(  # noqa: PLR0913 - two spans of days, four counts
    days: Counts,
    total: int,
    *,
    chosen: Span = (None, None),
    extent: Span = (None, None),
    unit: Unit | None = None,
    whole: Counts | None = None,
    besides: Counts = (),
    until: date | None = None,
) -> Timeline:
    """The timeline of a search.

    Args:
        days: how many matched of each day, `YYYY-MM-DD`.
        total: how many matched.
        chosen: the days that the search is confined to: the bars are of all of these, not only of those
            that have articles, and none reaches beyond.
        extent: the days that the archive has articles of: what is chosen beyond is not shown.
        unit: what a bar should stand for; what fits where it is None or makes one bar or too many.
        whole: how many articles there are of each day, of all that the search is not confined from.
        besides: days of other searches that the bars must reach to as well, for a comparison with these.
        until: the last day that an article can be of; what is dated later is in a bar only where such days
            are chosen. None for no such day.
    """
    known = _dated(days)
    undated = total - sum(known.values())
    dated = _possible(known, chosen, until)
    ahead = sum(known.values()) - sum(dated.values())
    first, last = _ends({**_possible(_dated(besides), chosen, until), **dated}, chosen, extent)
    if first is None or last is None:
        return Timeline(unit or Unit.DAY, (), (), undated, ahead)
    units = tuple(each for each in Unit if 1 < _bars(each, first, last) <= MOST)
    taken = unit if unit in units else fitting(first, last)
    bars = tuple(_fill(taken, dated, (first, last), chosen, None if whole is None else _dated(whole)))
    return Timeline(taken, units, bars, undated, ahead)


def periods(days: Counts, chosen: Span = (None, None), until: date | None = None) -> tuple[Bar, ...]:
    """The months that have articles, in order of time; the years where there are more than `MONTHS` months.

    Args:
        days: how many matched of each day, `YYYY-MM-DD`.
        chosen: the days that the search is confined to, beyond which no period reaches.
        until: the last day that an article can be of: later ones make no year of a month.
    """
    dated = _dated(days)
    if not dated:
        return ()
    ends = min(dated), max(dated)
    possible = _possible(dated, chosen, until) or dated
    unit = Unit.MONTH if _bars(Unit.MONTH, min(possible), max(possible)) <= MONTHS else Unit.YEAR
    return tuple(bar for bar in _fill(unit, dated, ends, chosen, None) if bar.count)


def fitting(first: date, last: date, most: int = FITTING) -> Unit:
    """The smallest unit that makes no more than so many bars of these days."""
    return next((unit for unit in Unit if _bars(unit, first, last) <= most), Unit.CENTURY)


def period(unit: Unit, day: date) -> tuple[date, date]:
    """The first and the last day of the unit that a day belongs to."""
    counting = _COUNTING[unit]
    number = counting.number(day)
    return counting.first(number), _last(unit, number)


def _last(unit: Unit, number: int) -> date:
    try:
        return _COUNTING[unit].first(number + 1) - timedelta(1)
    except (OverflowError, ValueError):  # after the year 9999 there is no day
        return date.max


def _bars(unit: Unit, first: date, last: date) -> int:
    number = _COUNTING[unit].number
    return number(last) - number(first) + 1


def _dated(days: Counts) -> dict[date, int]:
    """The counts of days that exist."""
    found: dict[date, int] = {}
    for text, count in days:
        try:
            found[date.fromisoformat(text)] = count
        except ValueError:
            continue
    return found


def _possible(dated: Mapping[date, int], chosen: Span, until: date | None) -> dict[date, int]:
    """The days up to one, or all where later ones are chosen."""
    if until is None or any(day is not None and day > until for day in chosen):
        return dict(dated)
    return {day: count for day, count in dated.items() if day <= until}


def _ends(dated: Mapping[date, int], chosen: Span, extent: Span) -> Span:
    """The first and the last day to be shown; none where nothing is dated."""
    if not dated:
        return None, None
    first, last = min(dated), max(dated)
    if chosen[0] is not None:
        first = min(first, max(chosen[0], extent[0] or first))
    if chosen[1] is not None:
        last = max(last, min(chosen[1], extent[1] or last))
    return first, last


def _fill(
    unit: Unit,
    dated: Mapping[date, int],
    ends: tuple[date, date],
    chosen: Span,
    whole: Mapping[date, int] | None,
) -> Iterator[Bar]:
    counts, wholes = _summed(unit, dated, chosen), _summed(unit, whole or {}, chosen)
    counting = _COUNTING[unit]
    for number in range(counting.number(ends[0]), counting.number(ends[1]) + 1):
        yield Bar(
            max(counting.first(number), chosen[0] or date.min),
            min(_last(unit, number), chosen[1] or date.max),
            counts[number],
            None if whole is None else wholes[number],
        )


def _summed(unit: Unit, dated: Mapping[date, int], chosen: Span) -> Counter[int]:
    first, last = chosen[0] or date.min, chosen[1] or date.max
    number, totals = _COUNTING[unit].number, Counter[int]()
    for day, count in dated.items():
        if first <= day <= last:
            totals[number(day)] += count
    return totals
