from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.dates import HIJRI_YEARS, MONTHS, DateError, to_iso

GREGORIAN = st.dates(date(1501, 1, 1), date(9999, 12, 31))
MOMENTS = st.datetimes(datetime(1501, 1, 1), datetime(9998, 12, 31)).map(lambda m: m.replace(microsecond=0))  # noqa: DTZ001 - a wall clock


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        # ISO 8601
        ("2015-07-21", "2015-07-21"),
        ("2015-07-21", "2015-7-21"),
        ("2015-07-21T02:33:01", "2015-07-21 02:33:01"),
        ("2015-07-21T02:33:01", "2015-07-21T02:33:01"),
        ("2015-07-21T02:33:00", "2015-07-21T02:33"),
        ("2015-07-21T02:33:01", "2015-07-21T02:33:01Z"),
        ("2015-07-21T02:33:01", "2015-07-21T02:33:01.123456+03:00"),
        ("2015-07-21T02:33:01", "2015-07-21T02:33:01,5 -0330"),
        ("2015-07-21T02:33:01", "2015-07-21t02:33:01+03"),
        ("2015-07-21T02:33:01", "2015-07-21 02:33:01 UTC"),
        ("2015-07-21T02:33:01", "2015-07-21 02:33:01 GMT+3"),
        ("2015-07-21", " 2015-07-21\n"),
        # other orders and marks
        ("2015-07-21", "2015/07/21"),
        ("2015-07-21", "2015.07.21"),
        ("2015-07-21", "21/07/2015"),
        ("2015-07-21", "21-07-2015"),
        ("2015-07-21", "21.7.2015"),
        ("2015-02-01", "1/2/2015"),
        ("2015-07-21T18:51:00", "21/07/2015 18:51"),
        ("2015-07-21T18:51:00", "21/07/2015 - 18:51"),
        ("2015-07-21T18:51:00", "21/07/2015، 18:51"),
        ("2015-07-21T18:51:00", "21/07/2015 06:51 PM"),
        ("2015-07-21T18:51:00", "21/07/2015 06:51 م"),
        ("2015-07-21T06:51:00", "21/07/2015 06:51 ص"),
        ("2015-07-21T00:10:00", "21/07/2015 12:10 AM"),
        ("2015-07-21T12:10:00", "21/07/2015 12:10 م"),
        # RFC 2822
        ("2015-07-21T18:51:33", "Tue, 21 Jul 2015 18:51:33 +0300"),
        ("2015-07-21T18:51:33", "21 Jul 2015 18:51:33 GMT"),
        ("2015-07-01T18:51:00", "Wed, 1 Jul 2015 18:51 -0000 (AST)"),
        # Arabic and Persian digits
        ("2015-07-21", "٢٠١٥-٠٧-٢١"),
        ("2015-07-21", "٢١/٠٧/٢٠١٥"),
        ("2015-07-21", "۲۰۱۵/۰۷/۲۱"),
        ("2015-07-21T02:33:00", "٢٠١٥-٠٧-٢١ ٠٢:٣٣"),
        ("2015-07-21", "\u200f21/07/2015\u200e"),
        # names of months
        ("2015-07-21", "21 يوليو 2015"),
        ("2015-07-21", "٢١ تموز ٢٠١٥"),
        ("2015-07-21", "21 تموز/يوليو 2015"),
        ("2015-07-21", "21 تموز (يوليو) 2015"),
        ("2019-02-17", "17 فبراير/شباط 2019"),
        ("2019-02-17", "17 شباط / فبراير 2019"),
        ("2015-07-21", "الثلاثاء 21 يوليو 2015"),
        ("2015-07-21", "الثلاثاء، 21 يوليو، 2015م"),
        ("2015-07-21", "يوم الثلاثاء 21 يوليو 2015 م"),
        ("2015-07-21T18:51:00", "21 يوليو 2015 18:51"),
        ("2015-07-21T18:51:00", "الثلاثاء 21 يوليو 2015 - 06:51 م"),
        ("2015-07-21", "21-يوليو-2015"),
        ("2016-01-05", "5 كانون الثاني 2016"),
        ("2016-01-05", "5 كانون 2 2016"),
        ("2016-01-05", "5 كانون الثاني/يناير 2016"),
        ("2016-12-05", "5 كَانُونَ الأَوَّل 2016"),
        ("2016-08-05", "5 اب 2016"),
        ("2016-08-05", "5 آب/أغسطس 2016"),
        ("2016-04-05", "5 ابريل 2016"),
        ("2016-10-05", "5 تشرين الاول 2016"),
        ("2015-07-21", "21 July 2015"),
        # whole numbers
        ("2015-07-21", "20150721"),
        ("2015-07-21T02:33:01", "20150721023301"),
        ("2015-07-21T00:00:00", "1437436800"),
        ("2015-07-21T00:00:00", "1437436800000"),
        ("1974-07-22T16:48:00", "143743680"),
        ("2001-09-09T01:46:39", "٩٩٩٩٩٩٩٩٩٩٩٩"),
        # the years at the ends
        ("1000-01-01", "1000-01-01"),
        ("9999-12-31", "31/12/9999"),
        ("2016-02-29", "29/2/2016"),
    ],
)
def test_a_date_that_is_understood(expected, text):
    assert expected == to_iso(text)


@pytest.mark.parametrize(
    "text",
    [
        "أمس",
        "غير معروف",
        "2015",
        "2015-07",
        "يوليو 2015",
        "2015-13-01",
        "2015-02-30",
        "29/02/2015",
        "07/21/2015",  # the month first is not guessed
        "21/07/15",
        "2015/07-21",
        "0999-01-01",
        "12015-01-01",
        "2015-07-21 25:00",
        "2015-07-21 13:00 PM",
        "2015-07-21 00:30 ص",
        "2015-07-21 10:60",
        "21 كانون 2015",  # which of the two?
        "21 تموز/أغسطس 2015",  # two months
        "21 رجب 2015",
        "بعد 21 يوليو 2015",
        "Foo, 21 Jul 2015",
        "2015-07-21 إلى 2015-07-22",
        "0",
        "12345678",  # month 56
        "86400",
        "99999999999999999999",
        "-1437436800",
        "²²²²²²²²²",
        "1437436800.5",
        "2015-07-21T",
        "2015-07-21 02:33:01 مكة",
    ],
)
def test_a_text_that_is_no_date(text):
    with pytest.raises(DateError, match="is not a date that is understood"):
        to_iso(text)


@pytest.mark.parametrize(
    "text", ["1436/10/05", "5/10/1436", "1436-10-05 10:00", "14361005", "1300-01-01", "1500-12-30"]
)
def test_a_hijri_date_is_not_taken_for_another(text):
    with pytest.raises(DateError, match="Hijri"):
        to_iso(text)


def test_years_beside_the_hijri_ones_are_read():
    assert "1299-01-01" == to_iso(f"{HIJRI_YEARS[0] - 1}-01-01")
    assert "1501-01-01" == to_iso(f"{HIJRI_YEARS[-1] + 1}-01-01")


@pytest.mark.parametrize(
    ("month", "name"), [(n, name) for n, names in enumerate(MONTHS, 1) for name in names]
)
def test_every_name_of_a_month(month, name):
    assert f"2015-{month:02}-09" == to_iso(f"9 {name} 2015")
    bare = name.translate(str.maketrans("أإآ", "ااا"))
    assert f"2015-{month:02}-09" == to_iso(f"٩ {bare} ٢٠١٥")


def test_no_name_is_of_two_months():
    names = [name for month in MONTHS for name in month]
    assert len(names) == len(set(names))


@given(GREGORIAN)
def test_every_day_is_read_in_each_order(day):
    expected = day.isoformat()
    assert expected == to_iso(expected)
    for mark in "-/.":
        assert expected == to_iso(f"{day.day:02}{mark}{day.month:02}{mark}{day.year}")
        assert expected == to_iso(f"{day.year}{mark}{day.month}{mark}{day.day}")
    assert expected == to_iso(f"{day.year:04}{day.month:02}{day.day:02}")


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_every_moment_is_read_and_its_offset_dropped(moment, minutes):
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert moment.isoformat() == to_iso(aware.isoformat())
    assert moment.isoformat() == to_iso(aware.isoformat(sep=" "))
    assert moment.isoformat() == to_iso(format_datetime(aware))


@given(st.integers(10**8, 10**10 - 1))
def test_seconds_and_milliseconds_of_the_epoch_are_read(seconds):
    expected = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()
    assert expected == to_iso(str(seconds))
    assert expected == to_iso(str(seconds * 1000 + 999))


@pytest.mark.parametrize("text", ["1" + " " * 100_000 + "x", "1 " + "ا " * 100_000, "9" * 100_000])
def test_a_long_text_is_no_date_and_that_is_told_at_once(text):
    with pytest.raises(DateError, match="not a date"):
        to_iso(text)


@given(st.text())
def test_any_text_is_a_date_or_a_clear_error(text):
    try:
        iso = to_iso(text)
    except DateError:
        return
    assert iso == to_iso(iso)
