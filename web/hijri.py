"""A day of the Islamic calendar, as Umm al-Qura of Saudi Arabia has it; sightings may differ by a day."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask_babel import gettext, lazy_gettext
from hijridate import Gregorian

MONTHS: Final = (
    lazy_gettext("محرّم"),
    lazy_gettext("صفر"),
    lazy_gettext("ربيع الأول"),
    lazy_gettext("ربيع الآخر"),
    lazy_gettext("جمادى الأولى"),
    lazy_gettext("جمادى الآخرة"),
    lazy_gettext("رجب"),
    lazy_gettext("شعبان"),
    lazy_gettext("رمضان"),
    lazy_gettext("شوال"),
    lazy_gettext("ذو القعدة"),
    lazy_gettext("ذو الحجة"),
)


def hijri(moment: date | str) -> str:
    """A day in the Islamic calendar: `12 جمادى الآخرة 1440 هـ`.

    Empty outside what the calendar is known for, 1 August 1924 to 16 November 2077, and for what is no day.

    Args:
        moment: a day, or one in ISO 8601; its time is left out.
    """
    try:
        known = moment if isinstance(moment, date) else date.fromisoformat(moment[:10])
        found = Gregorian(known.year, known.month, known.day).to_hijri()
    except (ValueError, OverflowError):
        return ""
    day = gettext("{day} {month} {year} هـ")
    return str(day).format(day=found.day, month=MONTHS[found.month - 1], year=found.year)
