"""The small parts: Arabic dates and numbers, pages, parameters, links."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index.engines.contract import Sort
from search.addresses import host_of
from search.timeline import Unit
from web import arabic
from web.asked import MAX_NUMBER, PAGE_SIZE, Asked
from web.links import article_url
from web.paging import paging
from web.parameters import API_PARAMETERS, MOST_NAMES, NAMED, read, unknown

HOSTILE_ID = "a/../b?c=1&d#e %41\"<x>'é/"


class TestArabic:
    @pytest.mark.parametrize(
        ("moment", "expected"),
        [
            ("2019-02-17", "17 شباط/فبراير 2019"),
            ("2018-12-01T23:59:59", "1 كانون الأول/ديسمبر 2018"),
            (date(2020, 1, 31), "31 كانون الثاني/يناير 2020"),
        ],
    )
    def test_day(self, moment, expected):
        assert expected == arabic.day(moment)

    def test_clock(self):
        assert "21:05" == arabic.clock("2019-02-17T21:05:00")
        assert "" == arabic.clock("2019-02-17")

    @pytest.mark.parametrize(
        ("moment", "expected"), [("2019-02-17", True), ("2019-02-30", False), ("أمس", False), ("", False)]
    )
    def test_is_dated(self, moment, expected):
        assert expected is arabic.is_dated(moment)

    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            (date(2019, 2, 1), date(2019, 2, 28), "شباط/فبراير 2019"),
            (date(2019, 2, 1), date(2019, 2, 27), "من 1 شباط/فبراير 2019 إلى 27 شباط/فبراير 2019"),
            (date(2019, 2, 1), date(2019, 2, 1), "1 شباط/فبراير 2019"),
            (date(622, 7, 1), date(622, 7, 31), "تموز/يوليو 622"),
            (date(2019, 2, 1), None, "منذ 1 شباط/فبراير 2019"),
            (None, date(2020, 2, 29), "حتى 29 شباط/فبراير 2020"),
            (None, None, ""),
        ],
    )
    def test_span(self, first, last, expected):
        assert expected == arabic.span(first, last)

    @pytest.mark.parametrize(
        ("count", "expected"),
        [
            (0, "لا مقالات"),
            (1, "مقالة واحدة"),
            (2, "مقالتان"),
            (3, "3 مقالات"),
            (11, "11 مقالة"),
            (103, "103 مقالات"),
            (31030, "31,030 مقالة"),
        ],
    )
    def test_articles(self, count, expected):
        assert expected == arabic.articles(count)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("«FARC» أو «النفط»", "«<bdi>FARC</bdi>» أو «<bdi>النفط</bdi>»"),
        ("With “قسد”: “قوات”, “<b>”", "With “<bdi>قسد</bdi>”: “<bdi>قوات</bdi>”, “<bdi>&lt;b&gt;</bdi>”"),
        ("<i> & «", "&lt;i&gt; &amp; «"),
        ("«» ««أ»", "«» ««<bdi>أ</bdi>»"),
        ("«\0أ»", "«<bdi>أ</bdi>»"),
        ("من 2019-02-01 <", 'من <bdi dir="ltr">2019-02-01</bdi> &lt;'),
        ("«من:2019-02»", '«<bdi>من:<bdi dir="ltr">2019-02</bdi></bdi>»'),
        ("كوفيد-19", "كوفيد-19"),
        ("", ""),
    ],
)
def test_what_is_quoted_is_isolated(sentence, expected):
    assert expected == arabic.isolated(sentence)


class TestPaging:
    @pytest.mark.parametrize(
        ("total", "current", "last", "numbers"),
        [
            (0, 1, 1, (1,)),
            (10, 1, 1, (1,)),
            (11, 1, 2, (1, 2)),
            (49, 3, 5, (1, 2, 3, 4, 5)),
            (100, 1, 10, (1, 2, 3, None, 10)),
            (100, 5, 10, (1, 2, 3, 4, 5, 6, 7, None, 10)),
            (100, 6, 10, (1, None, 4, 5, 6, 7, 8, 9, 10)),
            (1000, 50, 100, (1, None, 48, 49, 50, 51, 52, None, 100)),
            (30, 99, 3, (1, 2, 3)),
        ],
    )
    def test_pages(self, total, current, last, numbers):
        made = paging(total, current)
        assert (last, numbers) == (made.last, made.numbers)

    def test_neighbours(self):
        assert (None, 2) == (paging(30, 1).previous, paging(30, 1).following)
        assert (1, 3) == (paging(30, 2).previous, paging(30, 2).following)
        assert (2, None) == (paging(30, 3).previous, paging(30, 3).following)
        assert (None, None) == (paging(30, 4).previous, paging(30, 4).following)
        assert paging(30, 4).is_beyond

    @given(st.integers(0, 10**6), st.integers(1, 10**6))
    def test_laws(self, total, current):
        made = paging(total, current)
        numbers = [number for number in made.numbers if number]
        assert sorted(set(numbers)) == numbers
        assert {1, made.last, min(current, made.last)} <= set(numbers)
        assert (made.last - 1) * PAGE_SIZE <= total <= made.last * PAGE_SIZE


class TestAsked:
    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({}, Asked()),
            ({"q": " قوات "}, Asked(" قوات ")),
            ({"page": "3"}, Asked(page=3)),
            ({"page": "٣"}, Asked(page=3)),
            ({"page": "9" * 5000}, Asked(page=MAX_NUMBER)),
            ({"sort": "newest"}, Asked(sort=Sort.NEWEST)),
            ({"from": "2019", "to": "2019-02"}, Asked(first=date(2019, 1, 1), last=date(2019, 2, 28))),
            ({"from": " 2019-02-17 "}, Asked(first=date(2019, 2, 17))),
            ({"source": ["أ", "", "ب", "أ"]}, Asked(sources=("أ", "ب"))),
            ({"author": ["أ"]}, Asked(authors=("أ",))),
            ({"category": ["أ", "ب"]}, Asked(categories=("أ", "ب"))),
            ({"unit": "week", "share": "1"}, Asked(unit=Unit.WEEK, share=True)),
            ({"unit": "", "share": "0"}, Asked()),
            ({"page": "", "sort": " ", "from": "", "to": ""}, Asked()),
        ],
    )
    def test_what_is_understood(self, values, expected):
        assert (expected, []) == read(MultiDict(values))

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("page", "0"),
            ("page", "-1"),
            ("page", "1.5"),
            ("page", "²"),
            ("sort", "best"),
            ("sort", "NEWEST"),
            ("from", "أمس"),
            ("from", "2019..2020"),
            ("to", "2019-02-30"),
            ("to", "\0"),
            ("limit", "1001"),
            ("limit", "x" * 10_000),
            ("offset", "-5"),
            ("offset", "9" * 5000),
        ],
    )
    def test_what_is_no_good_is_named_and_left_out(self, name, value):
        asked, [problem] = read(MultiDict({name: value}), API_PARAMETERS)
        assert Asked() == asked
        assert value[:40] in problem.reason
        assert len(problem.reason) < 200

    @pytest.mark.parametrize(("name", "value"), [("unit", "hour"), ("share", "yes")])
    def test_what_the_timeline_cannot_show(self, name, value):
        asked, [problem] = read(MultiDict({name: value}))
        assert Asked() == asked
        assert f"«{value}»" in problem.reason

    def test_days_the_wrong_way_round(self):
        asked, [problem] = read(MultiDict({"from": "2020", "to": "2019"}))
        assert (date(2019, 12, 31), date(2020, 1, 1)) == (asked.first, asked.last)
        assert "تاريخ البداية" in str(problem)

    def test_unknown_parameters(self):
        assert [] == unknown(MultiDict({"q": "x", "limit": "1", "from": "2019"}))
        [problem] = unknown(MultiDict({"q": "x", "limt": "1"}))
        assert "limt" in problem.reason

    @given(
        st.builds(
            Asked,
            text=st.text(st.characters(codec="utf-8")),
            page=st.integers(1, 10**6),
            sort=st.sampled_from(Sort),
            sources=st.lists(st.text("ابجx ", min_size=1).map(str.strip).filter(bool), unique=True).map(
                tuple
            ),
            categories=st.sampled_from([(), ("سياسة",), ("سياسة", "رياضة")]),
            unit=st.none() | st.sampled_from(Unit),
            share=st.booleans(),
            first=st.none() | st.dates(date(1900, 1, 1), date(1999, 1, 1)),
            last=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        )
    )
    def test_an_address_leads_back_to_the_same_search(self, asked):
        assert (asked, []) == read(MultiDict(asked.parameters()))


def test_what_is_marked_is_escaped_too(app):
    marked = app.jinja_env.get_template("parts.html").module.marked
    assert "&lt;i&gt;<mark>&lt;b&gt;</mark>&amp;" == marked([("<i>", False), ("<b>", True), ("&", False)])


@pytest.mark.parametrize("article_id", [HOSTILE_ID, "..", "a/../../b", "//example.com/a", "/"])
def test_an_id_is_one_step_of_an_address(app, article_id):
    """Browsers resolve `..` and `//`, so no slash of an id may stand in its address."""
    with app.test_request_context():
        address = article_url(article_id)
    assert re.fullmatch(r"/article/[^/?#\"<>]+", address)
    assert article_id == unquote(address).removeprefix("/article/")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.com/a", "example.com"),
        ("HTTP://Example.com:80/أ", "example.com"),
        ("https://bank.example@evil.example/", "evil.example"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("javascript://example.com/%0aalert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.com/a", None),
        ("http://", None),
        ("http://[::1", None),
        ("ftp://example.com", None),
        ("نص", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_on_the_web_are_links(url, host):
    assert host == host_of(url)


@pytest.mark.parametrize("name", NAMED)
def test_more_names_than_a_page_can_link_are_cut_and_that_is_said(app, name):
    names = [f"اسم {number}" for number in range(2 * MOST_NAMES)]
    with app.test_request_context():
        asked, problems = read(MultiDict([(name, each) for each in names]))
        assert names[:MOST_NAMES] == list(getattr(asked, NAMED[name]))
        assert [f"في «{name}» 200 من الأسماء، والحد الأقصى 100، فأُخذ أولها."] == list(map(str, problems))
        assert [] == read(MultiDict([(name, each) for each in names[:MOST_NAMES]]))[1]
