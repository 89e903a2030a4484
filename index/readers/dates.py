"""Reads dates of publication as newspapers and their databases write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

MONTHS: tuple[tuple[str, ...], ...] = (
    ("كانون الثاني", "كانون 2", "يناير", "جانفي", "january", "jan"),
    ("شباط", "فبراير", "فيفري", "february", "feb"),
    ("آذار", "مارس", "march", "mar"),
    ("نيسان", "أبريل", "إبريل", "أفريل", "april", "apr"),
    ("أيار", "مايو", "ماي", "may"),
    ("حزيران", "يونيو", "يونيه", "جوان", "june", "jun"),
    ("تموز", "يوليو", "يوليه", "يوليوز", "جويلية", "july", "jul"),
    ("آب", "أغسطس", "أوت", "غشت", "august", "aug"),
    ("أيلول", "سبتمبر", "شتنبر", "september", "sep", "sept"),
    ("تشرين الأول", "تشرين 1", "أكتوبر", "october", "oct"),
    ("تشرين الثاني", "تشرين 2", "نوفمبر", "نونبر", "november", "nov"),
    ("كانون الأول", "كانون 1", "ديسمبر", "دجنبر", "december", "dec"),
)
"""Names of the months, January first: Levantine, Egyptian, Tunisian and Algerian, Moroccan, English."""

WEEKDAYS: tuple[str, ...] = (
    *("السبت", "الأحد", "الاثنين", "الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة"),
    *("sat", "sun", "mon", "tue", "wed", "thu", "fri"),
    *("saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"),
)
"""Names of weekdays; one may stand before a date and is not checked against it."""

HIJRI_YEARS = range(1300, 1501)
"""Years that are Hijri in a news archive (1882 to 2077): no newspaper is from before 1600."""

_FIRST_YEAR = 1000
"""Years of fewer digits are none of publication."""

_LONGEST = 100
"""Characters of the longest text that is read as a date: the patterns below try each blank of it again and
again, and a broken file may have a million."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_FOLDS = str.maketrans("أإآٱىة", "ااااىه")
_INVISIBLE = re.compile("[\u0640\u064b-\u0652\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_OR = re.compile(r"\s*[/()\-–،,]\s*")


def _fold(name: str) -> str:
    """A name as it is looked up: no hamza on alef, no marks, small letters, one space between words."""
    return " ".join(_INVISIBLE.sub("", name).translate(_FOLDS).casefold().replace(".", "").split())


_MONTH_OF: Mapping[str, int] = {_fold(name): n for n, names in enumerate(MONTHS, 1) for name in names}
_WEEKDAYS = frozenset(_fold(name) for name in WEEKDAYS)

_TIME = r"""
    (?: [T\s,،-]+ (?P<hour>[0-9]{1,2}) : (?P<minute>[0-9]{2}) (?: : (?P<second>[0-9]{2}) (?:[.,][0-9]+)? )?
        (?: \s* (?P<half>[AP]M|ص|م)\b )?
        (?: \s* (?: Z | UT | (?:UTC|GMT)? [+-][0-9]{1,2} (?: :?[0-9]{2} )? | [A-Z]{3,5} ) )?
        (?: \s* \([^()]*\) )?
    )?"""
"""A time of day; its offset from UTC is passed over, for the publisher's own clock is what is kept."""

_PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern + _TIME, re.VERBOSE | re.IGNORECASE)
    for pattern in (
        r"(?P<year>[0-9]{4}) (?P<mark>[-/.]) (?P<month>[0-9]{1,2}) (?P=mark) (?P<day>[0-9]{1,2})",
        # The year last: the day comes first, as Arabs write it.
        r"(?P<day>[0-9]{1,2}) (?P<mark>[-/.]) (?P<month>[0-9]{1,2}) (?P=mark) (?P<year>[0-9]{4})",
        # RFC 2822, and dates in words: الثلاثاء 21 تموز/يوليو 2015
        r"""(?: (?:يوم\s)? (?P<weekday>[^\W\d]+) [\s,،]+ )? (?P<day>[0-9]{1,2}) [\s\-/.,،]+
            (?P<name>[^0-9]+? (?:\b[12])?) [\s\-/.,،)]+ (?P<year>[0-9]{4}) (?: \s?م\b )?""",
    )
)

_COMPACT: Mapping[int, str] = {8: "%Y%m%d", 14: "%Y%m%d%H%M%S"}
_EPOCH: Mapping[int, int] = {9: 1, 10: 1, 12: 1000, 13: 1000}
"""How a whole number is read, by its digits: seconds (1) or milliseconds (1000) since 1970, in UTC.

Nine and twelve digits begin in March 1973, thirteen end in 2286; 20150721 is a day and not a second of 1970.
"""


_AFTERNOON = ("pm", "م")


_NOT_UNDERSTOOD = "is not a date that is understood"


class DateError(ValueError):
    """A text is no date that is understood; the message goes on where the text was quoted."""


def to_iso(text: str) -> str:
    """A date or time as `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`.

    Understood: ISO 8601 and RFC 2822, YYYY/MM/DD, DD/MM/YYYY with / or - or ., a day with the name of a
    month in Arabic or English and a year, all with or without a time; YYYYMMDD, and seconds or milliseconds
    since 1970. Digits may be ASCII, Arabic or Persian. A fraction of a second and an offset are dropped.

    Raises:
        DateError: it is none of these, no day of the calendar, or a day of the Hijri calendar.
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", text).translate(_DIGITS)
    text = text.strip()
    if len(text) > _LONGEST:
        raise DateError(_NOT_UNDERSTOOD)
    try:
        return _format(*(_number(text) if text.isdigit() else _words(text)))
    except (KeyError, ValueError) as error:
        if isinstance(error, DateError):
            raise
        raise DateError(_NOT_UNDERSTOOD) from error


def _number(text: str) -> tuple[datetime, bool]:
    """The moment that a whole number is, and whether it has a time."""
    if layout := _COMPACT.get(len(text)):
        return datetime.strptime(text, layout), "%H" in layout  # noqa: DTZ007 - the publisher's clock has no zone
    return datetime.fromtimestamp(int(text) // _EPOCH[len(text)], UTC), True


def _words(text: str) -> tuple[datetime, bool]:
    """The moment that a date in one of the patterns is, and whether it has a time."""
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _PATTERNS)), None)
    if not match:
        raise ValueError(text)
    parts = match.groupdict()
    if (weekday := parts.get("weekday")) and _fold(weekday) not in _WEEKDAYS:
        raise ValueError(weekday)
    month = _named(parts["name"]) if "name" in parts else int(parts["month"])
    clock = (_hour(parts), int(parts["minute"]), int(parts["second"] or 0)) if parts["hour"] else ()
    return datetime(int(parts["year"]), month, int(parts["day"]), *clock), bool(clock)  # noqa: DTZ001 - as above


def _named(text: str) -> int:
    """The month that a name is, or two names of the same month: تموز/يوليو."""
    (month,) = {_MONTH_OF[_fold(name)] for name in _OR.split(text) if name}
    return month


def _hour(parts: Mapping[str, str]) -> int:
    """The hour of 24; ص and م, as AM and PM, tell the halves of the day."""
    hour = int(parts["hour"])
    if not parts["half"]:
        return hour
    if hour not in range(1, 13):
        raise ValueError(hour)
    return hour % 12 + (12 if parts["half"].casefold() in _AFTERNOON else 0)


def _format(moment: datetime, has_time: bool) -> str:  # noqa: FBT001 - it is the second of a pair
    if moment.year in HIJRI_YEARS:
        raise DateError("looks like a day of the Hijri calendar, which is not converted")
    if moment.year < _FIRST_YEAR:
        raise ValueError(moment)
    if has_time:
        return moment.replace(tzinfo=None).isoformat()
    return moment.date().isoformat()
