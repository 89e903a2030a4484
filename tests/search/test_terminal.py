"""Lines on a terminal: colours, links, directions, and what the terminal can do; the timeline in blocks."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.chart import BLOCKS, blocks, chart
from search.layout import Line, Look, Span, Way, bulleted, in_order
from search.results import Results
from search.screen import Screen, screen
from search.terminal import plain, rows

COLOURS = Screen(80)
PLAIN = Screen(80, has_colours=False)
LINKS = Screen(80, has_links=True)
ESCAPE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


def test_colours_and_what_is_there_without_them():
    line = Line((Span("خبر ", Look.TITLE), Span("سوريا", Look.MARK), Span(" أمس", Look.NOTICE)))
    assert ["\u200f\x1b[1mخبر \x1b[0m\x1b[1;31mسوريا\x1b[0m\x1b[33m أمس\x1b[0m"] == rows(line, COLOURS)
    assert ["\u200f\x1b[1mخبر \x1b[0m\x1b[1;4mسوريا\x1b[0m أمس"] == rows(line, PLAIN)
    assert "خبر [سوريا] أمس" == plain(line)


def test_a_link_is_written_for_terminals_that_follow_it():
    line = Line((Span("خبر", Look.TITLE, link="https://example.org/خبر?a=1"),))
    address = "https://example.org/%D8%AE%D8%A8%D8%B1?a=1"
    assert [f"\u200f\x1b]8;;{address}\x1b\\\x1b[1mخبر\x1b[0m\x1b]8;;\x1b\\"] == rows(line, LINKS)
    assert "example" not in rows(line, COLOURS)[0]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc", "", None, "http://[::1", "//x.org", "http:x"]
)
def test_what_is_not_on_the_web_is_no_link(url):
    assert "\x1b]8" not in rows(Line((Span("خبر", link=url),)), LINKS)[0]


def test_no_address_can_steer_the_terminal():
    [row] = rows(Line((Span("خبر", link="https://x.org/\x1b\\\x07\ud800\x1b[31m"),)), LINKS)
    assert "\u200fخبر" == ESCAPE.sub("", row)


def test_what_runs_its_own_way_is_closed_in_every_row():
    text = "Oil and gas prices rise " * 6
    line = Line((Span("1. ", Look.NUMBER), Span(text, way=Way.LEFT_TO_RIGHT), Span("خبر")))
    found = [ESCAPE.sub("", row) for row in rows(line, Screen(40))]
    assert len(found) > 3
    for row in found:
        assert row.startswith("\u200f")
        assert row.count("\u200f\u200e") == row.count("\u200e\u200f") == 1
    arabic = Line((Span("1. ", Look.NUMBER), Span("Oil: نفط " * 9, way=Way.LEFT_TO_RIGHT)))
    for row in rows(arabic, Screen(40)):
        assert row.count("\u2066") == row.count("\u2069") == 1


@given(st.lists(st.tuples(st.text(max_size=40), st.sampled_from(Look), st.sampled_from(Way)), max_size=5))
def test_no_text_steers_the_terminal(spans):
    line = Line(tuple(Span(text, look, way, "https://example.org/" + text) for text, look, way in spans))
    for row in rows(line, LINKS):
        rest = ESCAPE.sub("", row)
        assert [] == [letter for letter in rest if letter < " " and letter != "\t"]
        assert rest.count("\u2066") + rest.count("\u2067") == rest.count("\u2069")


@pytest.mark.parametrize(
    ("environment", "has_links"),
    [
        ({}, False),
        ({"VTE_VERSION": "7600"}, True),
        ({"VTE_VERSION": "4200"}, False),
        ({"WT_SESSION": "x"}, True),
        ({"KONSOLE_VERSION": "220400"}, True),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color"}, False),
        ({"VTE_VERSION": "7600", "TMUX": "x"}, False),
        ({"VTE_VERSION": "7600", "FORCE_HYPERLINK": "0"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
    ],
)
def test_terminals_that_follow_links_are_known(environment, has_links):
    assert has_links == screen(environment).has_links


def test_no_color_is_kept_to():
    assert screen({}).has_colours
    assert screen({"NO_COLOR": ""}).has_colours
    assert not screen({"NO_COLOR": "1"}).has_colours


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([], ""),
        ([0], "·"),
        ([5], "█"),
        ([0, 1, 8], "·▁█"),
        (list(range(9)), "·▁▂▃▄▅▆▇█"),
        ([1, 1000], "▁█"),
        ([2, 4], "▄█"),
    ],
)
def test_counts_as_blocks(counts, shown):
    assert shown == blocks(counts)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_more_is_never_lower_and_some_is_seen(counts):
    shown = blocks(counts)
    assert len(counts) == len(shown)
    heights = [BLOCKS.find(block) for block in shown]
    for count, height in zip(counts, heights, strict=True):
        assert (height < 0) == (count == 0)
        assert all(height >= other for less, other in zip(counts, heights, strict=True) if less <= count)


def found(*days):
    return Results(
        "", "", sum(count for _, count in days), 0.0, relaxed=False, notices=(), hits=(), facets={"day": days}
    )


def test_a_timeline_has_its_ends_its_unit_and_its_peak():
    lines = [plain(line) for line in chart(found(("2019-01-05", 1), ("2019-03-01", 4)), None, None, 80)]
    assert "2019-01-05 " == lines[0][:11]
    assert lines[0].rstrip("0123456789-").endswith("█ ")
    assert "أكثرها 4 مقالات في 2019-0" in lines[1]
    assert () == chart(found(("2019-01-05", 3)), None, None, 80)
    assert () == chart(found(), None, None, 80)


@given(
    st.dictionaries(st.dates(date(1950, 1, 1), date(2030, 1, 1)).map(str), st.integers(1, 99), max_size=40),
    st.integers(20, 200),
)
def test_a_timeline_fits_its_screen(days, width):
    for line in chart(found(*sorted(days.items())), None, None, width):
        assert len(plain(line)) <= max(width, 50)


def test_a_row_of_results_runs_from_right_to_left_whatever_is_in_it():
    line = Line((Span("almadina"), Span(" 2019-02-17", way=Way.LEFT_TO_RIGHT)), indent=3)
    assert ["\u200f   almadina\u200f\u200e 2019-02-17\u200e\u200f"] == rows(line, PLAIN)
    assert ["1 added"] == rows(Line((Span("1 added"),), is_english=True), PLAIN)
    assert ["\u200e1 الشرق"] == rows(Line((Span("1 الشرق"),), is_english=True), PLAIN)
    assert [""] == rows(Line(), PLAIN)


def test_dates_keep_their_order_in_a_line_of_arabic():
    line = Line(tuple(in_order("من 2019-02-01 إلى 2019-06-30 ضمنًا")))
    assert [
        "\u200fمن \u200f\u200e2019-02-01\u200e\u200f إلى \u200f\u200e2019-06-30\u200e\u200f ضمنًا"
    ] == rows(line, PLAIN)
    assert "من 2019-02-01 إلى 2019-06-30 ضمنًا" == plain(line)
    [notice] = bulleted(["«تاريخ:2019-02-30»"])
    assert ["\u200f«تاريخ:\u200f\u200e2019-02-30\u200e\u200f»"] == rows(notice, PLAIN)
