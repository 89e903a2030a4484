import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.describe import LANGUAGES, describe
from search.parse import parse
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
    Quoted,
    Wildcard,
    Word,
)

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
        (FEBRUARY, "من 2019-02-01 إلى 2019-02-28 ضمنًا"),
        (Between(date(2019, 2, 28), date(2019, 2, 28)), "يوم 2019-02-28"),
        (Between(date(2019, 2, 1), None), "من 2019-02-01 فما بعده"),
        (Between(None, date(2019, 2, 28)), "حتى 2019-02-28 ضمنًا"),
        (Between(None, None), "في أي يوم"),
        (AllOf((FEBRUARY, RAQQA, LEBANON)), "«الرقة» و«لبنان»، من 2019-02-01 إلى 2019-02-28 ضمنًا"),
        (Wildcard("لبن*"), "كل ما يوافق «لبن*»"),
        (Fuzzy("لبنان", 1), "ما يخالف «لبنان» في حرف على الأكثر"),
        (AllOf((RAQQA, Fuzzy("لبنان", 2))), "«الرقة» وما يخالف «لبنان» في حرفين على الأكثر"),
        (Nearby((RAQQA, LEBANON), (0,)), "(«الرقة» قرب «لبنان» (متجاورتين))"),
        (Nearby((RAQQA, LEBANON), (1,)), "(«الرقة» قرب «لبنان» (بينهما كلمة على الأكثر))"),
        (Nearby((RAQQA, LEBANON), (2,)), "(«الرقة» قرب «لبنان» (بينهما كلمتان على الأكثر))"),
        (
            AllOf((QAMISHLI, Nearby((RAQQA, AnyOf((LEBANON, Quoted("حلب")))), (5,)))),
            "«القامشلي» و(«الرقة» قرب («لبنان» أو «حلب» كما كُتبت) (بينهما 5 كلمات على الأكثر))",
        ),
        (
            Exclude(Nearby((RAQQA, LEBANON, Word("حلب")), (11, 100))),
            "دون («الرقة» قرب «لبنان» (بينهما 11 كلمة على الأكثر) قرب «حلب» (بينهما 100 كلمة على الأكثر))",
        ),
        (InField(Field.BODY, RAQQA), "في النص: «الرقة»"),
        (InField(Field.CATEGORY, RAQQA), "في القسم: «الرقة»"),
        (AllOf((AllOf((QAMISHLI, RAQQA)), LEBANON)), "(«القامشلي» و«الرقة») و«لبنان»"),
    ],
)
def test_every_node_is_said_in_arabic(node, expected):
    assert expected == describe(node)


def test_a_long_query_reads_as_one_line():
    expected = "«نفط» و(«الرقة» أو «القامشلي»)، دون «لبنان»، في المصدر: «رويترز»، من 2019-02-01 فما بعده"
    assert expected == describe(parse("نفط -لبنان الرقة أو القامشلي المصدر:رويترز من:2019-02").node)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("oil =gas", "“oil” and “gas” as written"),
        ('"oil price" -gas', "the phrase “oil price”, without “gas”"),
        (
            "oi* OR gas~ OR gas~2",
            "(all that is written like “oi*” or “gas” but for one letter or “gas” but for two letters)",
        ),
        ("oil NEAR:0 gas", "(“oil” near “gas” (side by side))"),
        ("oil NEAR:1 gas", "(“oil” near “gas” (at most one word between them))"),
        ("oil NEAR:7 gas", "(“oil” near “gas” (at most 7 words between them))"),
        ("title:oil body:gas", "in the title: “oil”, in the text: “gas”"),
        ("source:a author:b category:c", "in the source: “a”, in the author: “b”, in the category: “c”"),
        ("oil from:2019", "“oil”, from 2019-01-01 on"),
        ("oil to:2019", "“oil”, up to and including 2019-12-31"),
        ("date:2019", "from 2019-01-01 to 2019-12-31, both included"),
        ("date:2019-02-03", "on 2019-02-03"),
        ("*", "all articles"),
        ("؟", ""),
    ],
)
def test_a_query_is_said_in_english(query, expected):
    assert expected == describe(parse(query).node, "en")


@given(st.text())
def test_whatever_is_understood_is_said(text):
    node = parse(text).node
    for language in LANGUAGES:
        assert (node is None) == (describe(node, language) == "")


@given(
    st.lists(
        st.sampled_from(
            ["س", "-ص", "س*", "س~", '"س ص"~', "قرب:5", "أو", "ليس", "(", ")", '"ع ف"', "العنوان:", "من:2019"]
        ),
        max_size=30,
    )
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
