"""Days counted: weeks, months and years from a day back, and months of two calendars by their names."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum, auto
from typing import Final

from index.analysis import ARTICLE, gregorian_months, hijri_months
from search.grammar import Period, days_in

WEEK_STARTS: Final = 5
"""The first day of a week, Monday being 0: Saturday, as in most calendars of the Arab countries and as in
`search.timeline` (Unicode CLDR 45, supplemental/weekData)."""

_WEEK: Final = 7
_YEAR: Final = 12  # months

_FIRST_GREGORIAN: Final = 1600
"""From this year on a year without a sign is Gregorian, whatever the month."""

_ENGLISH: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_HIJRI: Final = {
    name: number
    for number, names in enumerate(
        (
            *("muharram", "safar", "rabi al-awwal/rabi i", "rabi al-thani/rabi ii"),
            *("jumada al-ula/jumada i", "jumada al-akhira/jumada ii", "rajab", "shaban/sha'ban"),
            *("ramadan", "shawwal", "dhu al-qadah/dhul qadah", "dhu al-hijjah/dhul hijjah"),
        ),
        1,
    )
    for name in names.split("/")
}
"""Months of the Hijri calendar as English writes them, in small letters."""

_SHORT: Final = 3  # letters of an English month's short name


class Unit(Enum):
    """What time is counted in."""

    DAY = auto()
    WEEK = auto()
    MONTH = auto()
    YEAR = auto()


def back(unit: Unit, day: date, count: int) -> date:
    """The day so many units before a day; the last of a month that has no such day.

    Raises:
        ValueError, OverflowError: it is before all calendars.
    """
    if unit in (Unit.DAY, Unit.WEEK):
        return day - timedelta(count * (_WEEK if unit is Unit.WEEK else 1))
    months = day.year * _YEAR + day.month - 1 - count * (_YEAR if unit is Unit.YEAR else 1)
    year, month = months // _YEAR, months % _YEAR + 1
    return date(year, month, min(day.day, days_in(year, month)))


def one(unit: Unit, day: date, before: int) -> Period:
    """The whole day, week, month or year that a day is in, or one so many before it.

    Raises:
        ValueError, OverflowError: it is before all calendars.
    """
    then = back(unit, day, before)
    if unit is Unit.DAY:
        return Period(then, then)
    if unit is Unit.WEEK:
        first = then - timedelta((then.weekday() - WEEK_STARTS) % _WEEK)
        return Period(first, first + timedelta(_WEEK - 1))
    return gregorian_year(then.year) if unit is Unit.YEAR else _month(then.year, then.month)


def gregorian_year(year: int) -> Period:
    """A whole year.

    Raises:
        ValueError: it is none of the calendar.
    """
    return Period(date(year, 1, 1), date(year, _YEAR, 31))


def hijri_year(year: int) -> Period:
    """A whole year of the Hijri calendar as Umm al-Qura has it.

    Raises:
        ValueError, OverflowError: it is outside that calendar, 1343 to 1500.
    """
    return Period(_hijri_month(year, 1).first, _hijri_month(year, _YEAR).last)


def hijri_days(year: int, month: int, day: int) -> Period:
    """A year of the Hijri calendar, or a month or a day of it by number; 0 for the whole.

    Raises:
        ValueError, OverflowError: there is no such day, or the year is outside the calendar.
    """
    if not month:
        return hijri_year(year)
    whole = _hijri_month(year, month)
    return _day_of(whole, day) if day else whole


def gregorian_month(name: str, year: int | None, day: int | None, today: date) -> Period | None:
    """A month, or a day of it, by its name, its letters folded; None where no month is called so.

    Args:
        name: Arabic, of any country, or English; two names of one month with a stroke between them too.
        year: None for that of the latest such month that has begun.
        day: None for the whole month.
        today: which day it is.

    Raises:
        ValueError: the month has no such day.
    """
    numbers = {_english(part) or gregorian_months().get(part, 0) for part in name.split(" / ")}
    number = numbers.pop() if len(numbers) == 1 else 0
    if not number:
        return None
    if year is None:
        year = today.year - (date(today.year, number, day or 1) > today)
    return _month(year, number) if day is None else _alone(date(year, number, day))


def hijri_month(name: str, year: int | None, day: int | None, today: date) -> Period | None:
    """The same for a month of the Hijri calendar; in a Gregorian year it is the one that begins there.

    Raises:
        ValueError, OverflowError: the month has no such day, or the year is outside the calendar.
    """
    number = hijri_months().get(name.removeprefix(ARTICLE)) or _HIJRI.get(name)
    if number is None:
        return None
    if year is None:
        year = _latest(number, day or 1, today)
    elif year >= _FIRST_GREGORIAN:
        year = _latest(number, 1, gregorian_year(year).last)
    month = _hijri_month(year, number)
    return month if day is None else _day_of(month, day)


def _english(name: str) -> int:
    """The number of a month with an English name, whole or short; 0 for another name."""
    found = (n for n, whole in enumerate(_ENGLISH, 1) if name in (whole, whole[:_SHORT]))
    return next(found, _ENGLISH.index("september") + 1 if name == "sept" else 0)


def _month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, days_in(year, month)))


def _day_of(month: Period, day: int) -> Period:
    if not 1 <= day <= (month.last - month.first).days + 1:
        raise ValueError(day)
    return _alone(month.first + timedelta(day - 1))


def _alone(day: date) -> Period:
    return Period(day, day)


def _hijri_month(year: int, month: int) -> Period:
    from hijridate import Hijri  # it takes a while, and most searches name no such month

    first = date(*Hijri(year, month, 1).to_gregorian().datetuple())
    return Period(first, first + timedelta(Hijri(year, month, 1).month_length() - 1))


def _latest(month: int, day: int, until: date) -> int:
    """The year of the latest such day of a month that is no later than a day."""
    from hijridate import Gregorian

    year = int(Gregorian.fromdate(until).to_hijri().year)
    return year - (_hijri_month(year, month).first + timedelta(day - 1) > until)
