"""Why an article matched: which of its words matched which word of the query, and how."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from search.marking import Marker
from search.matching import Explainer
from search.parse import parse
from search.rank import compile_query
from search.results import Match, SearchQuery
from search.service import search
from search.snippets import matched_forms
from search.why import How, Why, grouped, reasons

ARTICLES = [
    Article(
        "sdf",
        "قوات سوريا الديمقراطية",
        "قالت القوات إن سورية هادئة، وإن قُوَّات أخرى انسحبت. وأضاف القائد العسكري أن قواتنا باقية.",
    ),
    Article("war", "الحرب", "حارب المحاربون في حروب كثيرة. الحرب والحروب والمحاربين."),
    Article("war2", "حروب", "المحاربون في الحرب حاربوا."),
    Article("talks", "مباحثات", "المحادثات في أنقرة. وزير الخارجية بحث الاقتصاد والأزمة."),
    Article("talks2", "مباحثات ثانية", "الاقتصاد يعاني، والاقتصاد كبير."),
    Article("talks3", "مباحثات ثالثة", "اقتصاد كبير جدا، والبلاد واسعة."),
    Article("latin", "Café Paris", "the cafe is open. CAFE"),
]


@pytest.fixture(scope="module")
def library(library_of):
    return library_of(ARTICLES)


@pytest.mark.parametrize(
    ("query", "id", "expected"),
    [
        ("قوات", "sdf", {"قوات": How.FORM, "القوات": How.STEM, "قواتنا": How.STEM}),
        ("القوات", "sdf", {"قوات": How.STEM, "القوات": How.FORM, "قواتنا": How.STEM}),
        ("قوّات", "sdf", {"قوات": How.FOLDED, "القوات": How.STEM, "قواتنا": How.STEM}),
        ("سوريا", "sdf", {"سوريا": How.FORM, "سورية": How.STEM}),
        ("قسد", "sdf", {"قوات": How.VARIANT, "سوريا": How.VARIANT, "الديمقراطية": How.VARIANT}),
        ('"قوات سوريا"', "sdf", {"قوات": How.PHRASE, "سوريا": How.PHRASE}),
        ("=القوات", "sdf", {"القوات": How.FORM}),
        ("قوا*", "sdf", {"قوات": How.WILDCARD, "القوات": How.WILDCARD, "قواتنا": How.WILDCARD}),
        ("سوريه~", "sdf", {"سورية": How.FOLDED, "سوريا": How.FUZZY}),
        ("قائد قرب:3 قوات", "sdf", {"القائد": How.NEAR, "قواتنا": How.NEAR}),
        ("محارب", "war", {"المحاربون": How.STEM}),
        ("الاقتصاض", "talks2", {"الاقتصاد": How.SPELLING}),
        ("cafe", "latin", {"Café": How.FOLDED}),
        ("Café", "latin", {"Café": How.FORM}),
        ("سوريا -لبنان", "sdf", {"سوريا": How.FORM, "سورية": How.STEM}),
    ],
)
def test_how_each_word_matched(library, query, id, expected):  # noqa: A002 - as articles have it
    [hit] = [hit for hit in search(library, SearchQuery(query)).hits if hit.id == id]
    found = {each.text: each.how for each in hit.why}
    assert expected == {text: how for text, how in found.items() if text in expected}
    assert expected.keys() <= found.keys()


def test_a_word_of_the_same_root_is_one(library):
    [hit] = [hit for hit in search(library, SearchQuery("حروب")).hits if hit.id == "war2"]
    assert How.ROOT in {each.how for each in hit.why if each.text != "حروب"}


def test_the_closest_stand_first_and_words_in_order(library):
    [hit, *_] = search(library, SearchQuery("سوريا القوات")).hits
    assert [("سوريا", How.FORM), ("سوريا", How.STEM), ("القوات", How.FORM), ("القوات", How.STEM)] == [
        *grouped(hit.why)
    ]


def test_in_json_and_in_words(library):
    [hit, *_] = search(library, SearchQuery("سوريا")).hits
    assert {"word": "سوريا", "text": "سوريا", "how": "form"} == hit.to_json()["why"][0]
    assert "«سوريا» كما كُتبت في البحث." == hit.reasons[0]


def test_every_way_has_a_sentence():
    for how in How:
        [sentence] = reasons([Why("قوات", "القوات", how)])
        assert sentence.endswith(".")
        assert "«القوات»" in sentence


words = st.lists(
    st.sampled_from(["قوات", "القوات", "قُوّات", "سورية", "سوريا", "قسد", "الديمقراطية", "في", "cafe", "CAFÉ"]),
    min_size=1,
    max_size=6,
).map(" ".join)
queries = st.lists(
    st.sampled_from(
        ["قوات", "سوريا", "قسد", '"قوات سوريا"', "=القوات", "قوات قرب:2 سوريا", "CAFE", "-سوريا"]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(queries, words, words)
def test_what_matched_is_explained_and_nothing_else(query, title, body):
    sought = compile_query(parse(query).node).sought
    marker = Marker(sought)
    marker = Marker(sought)
    texts = [marker.mark(title), marker.mark(body)]
    why = Explainer(sought).why(*texts)
    matched = matched_forms([each.typed for each in sought], *texts)
    explained = {}
    for each in why:
        explained.setdefault(each.typed, set()).add(each.text)
    assert {typed: set(forms) for typed, forms in matched.items()} == explained


def test_words_of_which_any_is_enough_can_be_taken_for_all(library):
    loose = search(library, SearchQuery("سوريا الاقتصاد"))
    assert loose.relaxed
    assert loose.total
    strict = search(library, SearchQuery("سوريا الاقتصاد", match=Match.EVERY))
    assert (0, False, True) == (strict.total, strict.relaxed, strict.can_widen)
