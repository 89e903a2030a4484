import re
import sys
from datetime import date
from pathlib import Path

import pytest

from search import grammar
from search.parse import MAX_DEPTH, MAX_LENGTH, parse
from search.syntax import (
    AllOf,
    AnyOf,
    Anything,
    Between,
    Exclude,
    Field,
    Fuzzy,
    InField,
    Nearby,
    Node,
    Parsed,
    Quoted,
    Wildcard,
    Word,
)

TODAY = date(2019, 3, 20)  # a Wednesday
GOLDEN = Path(__file__).with_name("parse_golden.tsv")


def unescaped(text):
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def golden_rows():
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()[1:]
    return [[unescaped(cell) for cell in line.split("\t")] for line in lines]


def shown(node: Node | None) -> str:  # noqa: C901, PLR0911 - one return for each kind of node
    match node:
        case None:
            return "nothing"
        case Word(text):
            return text
        case Quoted(text):
            return f'"{text}"'
        case Wildcard(text):
            return f"like({text})"
        case Fuzzy(text, edits):
            return f"fuzzy({text} {edits})"
        case Nearby(nodes, gaps):
            others = (f" {gap} {shown(each)}" for each, gap in zip(nodes[1:], gaps, strict=True))
            return f"near({shown(nodes[0])}{''.join(others)})"
        case AllOf(nodes):
            return f"all({'; '.join(map(shown, nodes))})"
        case AnyOf(nodes):
            return f"any({'; '.join(map(shown, nodes))})"
        case Exclude(child):
            return f"not({shown(child)})"
        case InField(field, child):
            return f"{field}({shown(child)})"
        case Between(first, last):
            return f"{first or ''}..{last or ''}"
        case Anything():
            return "*"


def notices_named(cell):
    """`UNREADABLE_DATE label=من value=قريبا NOTHING_TO_FIND` as sentences; `_` stands for a blank."""
    calls = re.findall(r"([A-Z_]{4,})((?: [a-z]+=\S+)*)", cell)
    return tuple(
        getattr(grammar, name).format(**dict(pair.replace("_", " ").split("=") for pair in named.split()))
        for name, named in calls
    )


@pytest.mark.parametrize(("query", "expected", "notices", "rule"), golden_rows())
def test_golden(query, expected, notices, rule):
    parsed = parse(query, TODAY)
    assert expected == shown(parsed.node), rule
    assert notices_named(notices) == parsed.notices, rule


def test_golden_rows_differ_and_are_told():
    rows = golden_rows()
    assert len(rows) == len({row[0] for row in rows}) >= 250
    assert all(rule for *_, rule in rows)


def test_tree_is_made_of_nodes_not_of_their_looks():
    expected = AllOf(
        (
            InField(Field.TITLE, Quoted("قوات سوريا")),
            AnyOf((Word("الباغوز"), Word("الرقة"))),
            Exclude(Word("لبنان")),
            Between(date(2019, 2, 1), date(2019, 3, 31)),
        )
    )
    query = 'العنوان:"قوات سوريا" الباغوز أو الرقة -لبنان من:2019-02 إلى:2019-03'
    assert Parsed(expected) == parse(query)


@pytest.mark.parametrize(("field", "words"), [(field, grammar._LABELS[field]) for field in Field])
def test_every_name_of_a_field(field, words):
    for word in words:
        assert Parsed(InField(field, Word("كلمة"))) == parse(f"{word}:كلمة")


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        (grammar.Bound.SINCE, Between(date(2019, 2, 1), None)),
        (grammar.Bound.UNTIL, Between(None, date(2019, 2, 28))),
        (grammar.Bound.ON, Between(date(2019, 2, 1), date(2019, 2, 28))),
    ],
)
def test_every_name_of_a_date(bound, expected):
    for word in grammar._LABELS[bound]:
        assert Parsed(expected) == parse(f"{word}:2019-02")


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        (grammar.Operator.EITHER, AnyOf((Word("س"), Word("ص")))),
        (grammar.Operator.BOTH, AllOf((Word("س"), Word("ص")))),
        (grammar.Operator.NOT, AllOf((Word("س"), Exclude(Word("ص"))))),
    ],
)
def test_every_operator_word_works_and_alone_is_a_word(operator, expected):
    for word in grammar._OPERATORS[operator]:
        assert Parsed(expected) == parse(f"س {word} ص")
        assert Parsed(Word(word)) == parse(word)


@pytest.mark.parametrize("quote", grammar._KINDS_OF_SIGNS["q"])
def test_every_quote_opens_and_closes(quote):
    assert Parsed(Quoted("مهلة استسلام")) == parse(f"{quote}مهلة استسلام{quote}")


def test_a_group_as_deep_as_allowed_is_read():
    query = "أ|" + "(ب (ج|" * (MAX_DEPTH // 2) + "د" + "))" * (MAX_DEPTH // 2)
    parsed = parse(query)
    groups = shown(parsed.node).count("all(")
    assert parsed.notices == ()
    assert groups == MAX_DEPTH // 2


def test_a_group_deeper_than_allowed_is_flattened_and_told():
    query = "(" * MAX_DEPTH + "س | (ص ع)" + ")" * MAX_DEPTH
    parsed = parse(query)
    expected = AllOf((AnyOf((Word("س"), Word("ص"))), Word("ع")))
    assert expected == parsed.node
    assert (grammar.TOO_DEEP.format(depth=MAX_DEPTH),) == parsed.notices


def test_brackets_without_partner_count_for_no_depth():
    assert Parsed(AnyOf((Word("س"), AllOf((Word("ص"), Word("ع")))))) == parse("(" * 50 + "س | (ص ع)")


def test_groups_side_by_side_are_no_deeper_than_one():
    pair = AnyOf((Word("س"), Word("ص")))
    assert Parsed(AllOf((pair,) * 50)) == parse("(س | ص) " * 50)


def test_the_same_notice_is_given_once():
    assert (grammar.NOTHING_AFTER.format(label="title"),) == parse("title: title: title:").notices


def test_a_long_unreadable_date_is_cut_in_its_notice():
    (notice,) = parse("من:" + "س" * 500).notices
    assert "«" + "س" * 40 + "…»" in notice


def test_lone_surrogates_are_punctuation():
    assert Parsed(AllOf((Word("قوات"), Word("سوريا")))) == parse("قوات\ud800سوريا\udfff")


NASTY = (
    "(", ")(", "-(", "(-", "(a)", "((a)b", "(a|", "a)", "من:", "من:x ", "من:2019 إلى:2018 ", "title:",
    "title: ليس ", "ليس title: ", "ليس ", "أو ", "a أو ", "|", "a|", "-", " -", "-*", "-,", " -😀", "-\u200f",
    "\u200f", " \u200f", "a\u200f", "a-", "a\u0300", "\u0300", "3.", "3.5", '"', 'a"', "*a", "* ", "\x00",
    "=", " =", "=a", " =a", "-=", "a*", "*a*", "a**", "**", "*\u200f", "a\u200f*", "~", "a~", "a~2",
    "~2", '"a b"~5 ',
    "a قرب:5 ", "قرب:5 ", "قرب:", "من:أمس ", "من:a a a a a a ", 'من:"', 'من:"a" ', "آخر 7 أيام ", "أمس ",
)  # fmt: skip


def steps(text):
    """How many functions are called to parse a text, Python's own included."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        parse(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("fragment", NASTY)
def test_twice_the_text_takes_twice_the_steps(fragment):
    half = (fragment * MAX_LENGTH)[:MAX_LENGTH]
    assert steps(half + half) <= 2.2 * steps(half) + 50


@pytest.mark.parametrize("fragment", NASTY)
def test_100_000_characters_neither_recurse_nor_hang(fragment):
    # A pattern that goes back over what it matched would need 10 ** 10 steps here and never come to an end.
    text = (fragment * 100_000)[:100_000]
    assert isinstance(parse(text), Parsed)
