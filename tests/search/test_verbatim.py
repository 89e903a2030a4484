"""Words of a query taken as typed: an equals sign before each, and nothing else changed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.parse import parse
from search.syntax import AllOf, AnyOf, Exclude, InField, Nearby, Quoted, Word
from search.verbatim import verbatim


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("سورية", "=سورية"),
        ("هجوم سورية أو سوريا", "هجوم =سورية أو سوريا"),
        ("سورية (سورية|سورية)", "=سورية (=سورية|=سورية)"),
        ("العنوان:سورية", "العنوان: =سورية"),
        ("هجوم،سورية #سورية", "هجوم، =سورية # =سورية"),
        ("\u200fسورية", "\u200f=سورية"),
        ('"سورية" =سورية سورية', '"سورية" =سورية =سورية'),
        ("سورية -سورية ليس سورية", "=سورية -سورية ليس سورية"),
        ("سورية -(سورية لبنان) سورية", "=سورية -(سورية لبنان) =سورية"),
        ("-(غاز (سورية أو لبنان) سورية) سورية", "-(غاز (سورية أو لبنان) سورية) =سورية"),
        ("-العنوان:سورية ليس العنوان:(سورية) سورية", "-العنوان:سورية ليس العنوان:(سورية) =سورية"),
        ("العنوان:-سورية سورية", "العنوان:-سورية =سورية"),
        ("ليس - سورية) سورية", "ليس - سورية) =سورية"),
        ("-(سورية سورية", "-(سورية =سورية"),
        ("وسورية سوريةً", "وسورية سوريةً"),
        ("", ""),
    ],
)
def test_a_word_is_taken_as_typed(query, expected):
    assert expected == verbatim(query, {"سورية"})


@pytest.mark.parametrize(
    ("query", "word", "expected"),
    [
        ("سور* لبنان", "سور*", "=سور لبنان"),
        ("*سور*", "*سور*", "=سور"),
        ("سو*ية", "سو*ية", "=سوية"),
        ("سورية~ لبنان~2", "سورية", "=سورية لبنان~2"),
        ("(سورية~2)", "سورية", "(=سورية)"),
        ("العنوان:سور*", "سور*", "العنوان: =سور"),
        ("-سور* -سورية~", "سور*", "-سور* -سورية~"),
    ],
)
def test_stars_and_tildes_are_taken_off(query, word, expected):
    assert expected == verbatim(query, {word})


def test_a_row_of_words():
    words = ["قوات", "سورية"]
    assert "=قوات =سورية الديمقراطية" == verbatim("قوات سورية الديمقراطية", words)


def fixed(node, word):
    """The tree with a word as a phrase of its own, but for what is excluded."""
    match node:
        case Word(text) if text == word:
            return Quoted(text)
        case AllOf(nodes) | AnyOf(nodes):
            return type(node)(tuple(fixed(child, word) for child in nodes))
        case Nearby(nodes, gaps):
            return Nearby(tuple(fixed(child, word) for child in nodes), gaps)
        case InField(field, inner) if not isinstance(inner, Exclude):
            return InField(field, fixed(inner, word))
    return node


PIECES = (
    "سورية",
    "لبنان",
    "-نفط",
    "أو",
    "و",
    "العنوان:سورية",
    '"مهلة سورية"',
    "=غاز",
    "(غاز سورية)",
    "-(غاز سورية)",
    "-(سورية أو (سورية غاز))",
    "-العنوان:سورية",
    "ليس",
    "-العنوان:",
    "قرب:3",
    "(",
    ")",
    "من:2019",
)


@example(["-العنوان:", "العنوان:سورية"], " ")
@example(["سورية", "قرب:3", "سورية"], " ")
@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from([" ", "، ", " ،"]))
def test_the_query_means_the_same_but_for_the_word(pieces, gap):
    query = gap.join(pieces)
    parsed = parse(query)
    again = parse(verbatim(query, {"سورية"}))
    assert (fixed(parsed.node, "سورية"), parsed.notices) == (again.node, again.notices)
