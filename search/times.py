"""Times as people name them, to days: «أمس», «الأسبوع الماضي», «آخر 7 أيام», «آب 2015», «رمضان 1436»."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final, TypeAlias

from index.analysis import normalize
from search.grammar import DATES_OF, HIJRI_YEARS, RANGE, Bound, Dates, Period, read_dates, visible
from search.periods import Unit, back, gregorian_month, gregorian_year, hijri_month, hijri_year, one

LONGEST: Final = 40
"""Characters of a text that is read; a longer one names no time."""

MOST_WORDS: Final = 7
"""Words of the longest time: `بين 3 آب و 5 أيلول 2015`."""

# All below is compared with folded letters (`normalize`): no hamza on alef, ه for ة, ي for ى.
_DAYS: Final = {
    0: ("اليوم", "الان", "today", "now"),
    1: ("امس", "امبارح", "مبارح", "البارحه", "يوم امس", "ليله امس", "yesterday"),
    2: ("اول امس", "اول من امس", "امس الاول", "قبل امس", "اول امبارح", "the day before yesterday"),
}
_WEEKDAYS: Final = (
    ("الاثنين", "monday"),
    ("الثلاثاء", "tuesday"),
    ("الاربعاء", "wednesday"),
    ("الخميس", "thursday"),
    ("الجمعه", "friday"),
    ("السبت", "saturday"),
    ("الاحد", "sunday"),
)
_UNITS: Final[Mapping[Unit, tuple[tuple[str, ...], tuple[str, ...]]]] = {  # one or many of them; two
    Unit.DAY: (("يوم", "ايام", "يوما", "day", "days"), ("يومين", "يومان")),
    Unit.WEEK: (("اسبوع", "اسابيع", "اسبوعا", "week", "weeks"), ("اسبوعين", "اسبوعان")),
    Unit.MONTH: (("شهر", "اشهر", "شهور", "شهرا", "month", "months"), ("شهرين", "شهران")),
    Unit.YEAR: (
        ("سنه", "سنوات", "سنين", "عام", "اعوام", "عاما", "year", "years"),
        ("سنتين", "سنتان", "عامين", "عامان"),
    ),
}
_NUMBERS: Final = (*("صفر", "واحد", "اثنين", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"),)
_THIS: Final = ("الحالي", "الحاليه", "الجاري", "الجاريه", "هذا", "هذه")
_LAST: Final = ("الماضي", "الماضيه", "الفايت", "الفايته", "المنصرم", "المنصرمه", "السابق", "السابقه")

_DAYS_AGO: Final = {name: days for days, names in _DAYS.items() for name in names}
_WEEKDAY_OF: Final = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_UNIT_OF: Final = {
    name: (unit, count)
    for unit, forms in _UNITS.items()
    for count, names in enumerate(forms, 1)
    for name in names
}
_NUMBER_OF: Final = {f"{name}{end}": number for number, name in enumerate(_NUMBERS) for end in ("", "ه")}


def _any(names: tuple[str, ...] | Mapping[str, object]) -> str:
    return "(?:" + "|".join(sorted(names, key=len, reverse=True)) + ")"


_UNIT: Final = f"(?P<unit>{_any(_UNIT_OF)})"
_AMOUNT: Final = rf"(?:(?P<count>\d{{1,4}}|{_any(_NUMBER_OF)}) )?{_UNIT}"
_NAME: Final = r"(?:شهر )?(?P<name>\D{2,}?)"
_YEAR: Final = r"(?:من )?(?:عام |سنه )?(?P<year>\d{4}) ?(?P<era>ه|م)?"

Reader: TypeAlias = "Callable[[re.Match[str], date], Period | None]"


def _days_ago(match: re.Match[str], today: date) -> Period:
    day = today - timedelta(_DAYS_AGO[match["day"]])
    return Period(day, day)


def _weekday(match: re.Match[str], today: date) -> Period:
    latest = today - timedelta(1) if match["last"] or match["past"] else today
    day = latest - timedelta((latest.weekday() - _WEEKDAY_OF[match["weekday"]]) % 7)
    return Period(day, day)


def _amount(match: re.Match[str]) -> tuple[Unit, int]:
    unit, count = _UNIT_OF[match["unit"]]
    number = match["count"]
    return unit, (int(number) if number.isdecimal() else _NUMBER_OF[number]) if number else count


def _this(match: re.Match[str], today: date) -> Period:
    return one(_UNIT_OF[match["unit"]][0], today, 0)


def _last(match: re.Match[str], today: date) -> Period:
    return one(_UNIT_OF[match["unit"]][0], today, 1)


def _latest(match: re.Match[str], today: date) -> Period | None:
    """The last days up to today: of so many days, weeks, months or years."""
    unit, count = _amount(match)
    return Period(back(unit, today, count) + timedelta(1), today) if count else None


def _ago(match: re.Match[str], today: date) -> Period:
    unit, count = _amount(match)
    day = back(unit, today, count)
    return Period(day, day)


def _month(match: re.Match[str], today: date) -> Period | None:
    """A month, or a day of one, by its name; without a year the latest that has begun."""
    year, day = _number(match["year"]), _number(match["day"])
    read = hijri_month if match["era"] == "ه" else gregorian_month
    return read(match["name"], year, day, today) or (
        hijri_month(match["name"], year, day, today) if match["era"] is None else None
    )


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _of_year(match: re.Match[str], _: date) -> Period | None:
    year = int(match["year"])
    is_hijri = year in HIJRI_YEARS if match["era"] is None else match["era"] == "ه"
    return (hijri_year if is_hijri else gregorian_year)(year)


_RULES: Final[tuple[tuple[str, Reader], ...]] = (
    (f"(?P<day>{_any(_DAYS_AGO)})", _days_ago),
    (rf"(?:يوم )?(?P<last>last )?(?P<weekday>{_any(_WEEKDAY_OF)})(?P<past> {_any(_LAST)})?", _weekday),
    (rf"(?:هذا|هذه|this) (?:ال)?{_UNIT}", _this),
    (rf"ال{_UNIT} {_any(_THIS)}", _this),
    (rf"ال{_UNIT} {_any(_LAST)}", _last),
    (rf"(?:last|previous) {_UNIT}", _last),
    (rf"(?:(?:ال)?اخر|last|past|the last|the past) {_AMOUNT}", _latest),
    (rf"(?:قبل|منذ) {_AMOUNT}", _ago),
    (rf"{_AMOUNT} ago", _ago),
    (rf"(?:(?P<day>\d{{1,2}}) )?{_NAME}(?: {_YEAR})?", _month),
    (r"(?P<name>[a-z]{3,}) (?P<day>\d{1,2}),? (?P<year>\d{4})(?P<era>)?", _month),
    (_YEAR, _of_year),
)
"""Patterns, and what reads what they match; compiled when first used, for most queries name no time."""

_HIJRI_ERA: Final = r"(?<=\d{4}) ah\b"
_NUMBERED: Final = r"\b(كانون|تشرين) ([12])\b"
_BETWEEN: Final = (
    r"(?:(?:ما )?بين (?P<start>.+?) و ?|من (?P<from>.+) (?:الي|حتي) )(?P<end>.+)"
    r"|(?:between (?P<since>.+) and|from (?P<on>.+) to) (?P<until>.+)"
)
_NAMED_YEAR: Final = r" \d{4} ?(?:ه|م)?$"
_NO_YEAR: Final = r"(?:\d{1,2} )?(?:شهر )?[^\d/]+"

_YEAR_WORDS: Final = ("", "عام", "سنه")

_ORDINALS: Final = {"1": "الاول", "2": "الثاني"}


def read_times(bound: Bound, text: str, today: date) -> Dates | None:
    """The days that a text names after a label of dates, or None when it names none.

    Args:
        bound: what the label says: since, until or on. After `منذ:` and `قبل:` an amount alone is counted
            back from today: `منذ:أسبوعين`.
        text: a date in digits (`grammar.read_dates`) or a time in words, in Arabic or English, or a range
            of two with dots between them.
        today: what «أمس» and the like are counted from, and the latest day of a month without a year.
    """
    if dates := read_dates(bound, visible(text).strip()):
        return dates
    folded = _folded(text)
    if match := re.fullmatch(RANGE, folded):
        return _range(match["start"], match["end"], today)
    if bound is Bound.ON and (match := re.fullmatch(_BETWEEN, folded)):
        start = match["start"] or match["from"] or match["since"] or match["on"]
        return _range(start, match["end"] or match["until"], today)
    period = read_period(folded, today) or (None if bound is Bound.ON else _ago_alone(folded, today))
    return DATES_OF[bound](period) if period else None


def unsaid_hijri_year(text: str) -> str | None:
    """The first year in a time that is of the Hijri calendar though nothing but its number says so."""
    folded = _folded(text)
    if re.sub(r"[\W\d]", "", folded) not in _YEAR_WORDS:
        return None
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", folded)
    return next((year for year in years if int(year) in HIJRI_YEARS), None)


def _range(start: str, end: str, today: date) -> Dates | None:
    """From one time to another, one of which may be missing; one without a year is of the other's year."""
    ends = read_period(end, today)
    year = re.search(_NAMED_YEAR, end)
    dated = f"{start} {year[0].strip()}" if year and re.fullmatch(_NO_YEAR, start) else start
    starts = read_period(dated, today) or read_period(start, today)
    is_read = bool(start) == bool(starts) and bool(end) == bool(ends)
    return Dates(starts, ends) if is_read and (starts or ends) else None


def read_period(text: str, today: date) -> Period | None:
    """The year, month, week, day or other time that a text names, or None."""
    digits = read_dates(Bound.ON, text)
    if digits and digits.start == digits.end:
        return digits.start
    folded = _folded(text).removesuffix(".")
    return next(filter(None, (_read(*rule, folded, today) for rule in _RULES)), None)


def _ago_alone(text: str, today: date) -> Period | None:
    return _read(_AMOUNT, _ago, text, today)


def _read(pattern: str, reader: Reader, text: str, today: date) -> Period | None:
    match = re.fullmatch(pattern, text)
    try:
        return reader(match, today) if match else None
    except (ValueError, OverflowError):  # a 31st of February, and times before all calendars
        return None


def _folded(text: str) -> str:
    """The text as the tables above have it; empty for one that is too long."""
    seen = visible(text)
    if len(seen) > LONGEST:
        return ""
    words = " ".join(normalize(seen).replace("_", " ").replace("/", " / ").split())
    words = re.sub(_HIJRI_ERA, " ه", words)
    return re.sub(_NUMBERED, lambda match: f"{match[1]} {_ORDINALS[match[2]]}", words)
