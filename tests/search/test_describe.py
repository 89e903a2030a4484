import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.describe import describe
from search.parse import parse
from search.syntax import AllOf, AnyOf, Anything, Between, Exclude, Field, InField, Quoted, Word

QAMISHLI, RAQQA, LEBANON = Word("القامشلي"), Word("الرقة"), Word("لبنان")
FEBRUARY = Between(date(2019, 2, 1), date(2019, 2, 28))


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (None, ""),
        (Anything(), "كل المقالات"),
        (Word("قوات"), "«قوات»"),
        (Quoted("مهلة استسلام"), "العبارة «مهلة استسلام»"),
        (Quoted("سورية"), "«سورية» كما كُتبت"),
        (AllOf((RAQQA, Quoted("سورية"), LEBANON)), "«الرقة» و«سورية» كما كُتبت و«لبنان»"),
        (AllOf((Word("قوات"), Word("سوريا"), Word("الديمقراطية"))), "«قوات» و«سوريا» و«الديمقراطية»"),
        (AllOf((RAQQA, Quoted("مهلة استسلام"))), "«الرقة» والعبارة «مهلة استسلام»"),
        (AnyOf((QAMISHLI, RAQQA)), "(«القامشلي» أو «الرقة»)"),
        (AllOf((Word("قوات"), AnyOf((QAMISHLI, RAQQA)))), "«قوات» و(«القامشلي» أو «الرقة»)"),
        (AnyOf((AllOf((QAMISHLI, RAQQA)), LEBANON)), "((«القامشلي» و«الرقة») أو «لبنان»)"),
        (AnyOf((Exclude(LEBANON), RAQQA)), "((دون «لبنان») أو «الرقة»)"),
        (Exclude(LEBANON), "دون «لبنان»"),
        (Exclude(AllOf((QAMISHLI, RAQQA))), "دون («القامشلي» و«الرقة»)"),
        (Exclude(AnyOf((QAMISHLI, RAQQA))), "دون («القامشلي» أو «الرقة»)"),
        (AllOf((Exclude(LEBANON), Exclude(RAQQA))), "دون «لبنان»، دون «الرقة»"),
        (AllOf((Exclude(LEBANON), RAQQA)), "«الرقة»، دون «لبنان»"),
        (InField(Field.TITLE, RAQQA), "في العنوان: «الرقة»"),
        (InField(Field.SOURCE, Quoted("وكالة رويترز")), "في المصدر: العبارة «وكالة رويترز»"),
        (InField(Field.AUTHOR, AllOf((QAMISHLI, RAQQA))), "في الكاتب: («القامشلي» و«الرقة»)"),
        (AllOf((InField(Field.TITLE, RAQQA), LEBANON)), "«لبنان»، في العنوان: «الرقة»"),
        (FEBRUARY, "من 2019-02-01 إلى 2019-02-28"),
        (Between(date(2019, 2, 28), date(2019, 2, 28)), "يوم 2019-02-28"),
        (Between(date(2019, 2, 1), None), "منذ 2019-02-01"),
        (Between(None, date(2019, 2, 28)), "حتى 2019-02-28"),
        (Between(None, None), "في أي يوم"),
        (AllOf((FEBRUARY, RAQQA, LEBANON)), "«الرقة» و«لبنان»، من 2019-02-01 إلى 2019-02-28"),
        (AllOf((AllOf((QAMISHLI, RAQQA)), LEBANON)), "(«القامشلي» و«الرقة») و«لبنان»"),
    ],
)
def test_every_node_is_said_in_arabic(node, expected):
    assert expected == describe(node)


def test_a_long_query_reads_as_one_line():
    expected = "«نفط» و(«الرقة» أو «القامشلي»)، دون «لبنان»، في المصدر: «رويترز»، منذ 2019-02-01"
    assert expected == describe(parse("نفط -لبنان الرقة أو القامشلي المصدر:رويترز من:2019-02").node)


@given(st.text())
def test_whatever_is_understood_is_said(text):
    node = parse(text).node
    assert (node is None) == (describe(node) == "")


@given(
    st.lists(st.sampled_from(["س", "-ص", "أو", "ليس", "(", ")", '"ع ف"', "العنوان:", "من:2019"]), max_size=30)
)
def test_no_word_is_lost_and_brackets_have_partners(tokens):
    node = parse(" ".join(tokens)).node
    said = describe(node)
    assert sorted(re.findall(r"text='([^']*)'", repr(node))) == sorted(re.findall("«([^»]*)»", said))
    depth = 0
    for char in said:
        depth += (char == "(") - (char == ")")
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("wrap", "closing"),
    [
        (Exclude, ")"),
        (lambda node: InField(Field.TITLE, node), ")"),
        (lambda node: AllOf((RAQQA, node)), ")"),
        (lambda node: AnyOf((node, RAQQA)), "«الرقة»)"),
    ],
)
def test_a_tree_deeper_than_python_recurses_is_said(wrap, closing):
    node = LEBANON
    for _ in range(20_000):
        node = wrap(node)
    said = describe(node)
    assert said.count("«لبنان»") == 1
    assert said.endswith(closing)
