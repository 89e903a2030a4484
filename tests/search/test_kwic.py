"""Concordance lines: what stands in them, their order, their bounds."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.article import Article
from index.record import replace
from search import kwic as module
from search import notices, service
from search.kwic import FIELDS, KwicOrder, KwicQuery, kwic
from search.kwic_lines import kwic_texts
from search.marking import Marker
from search.parse import parse
from search.rank import compile_query
from search.results import Match, QueryRefusedError, SearchQuery
from search.service import search

GOLDEN = Path(__file__).with_name("kwic_golden.tsv")
ARTICLES = [
    Article("a", "قوات الأمن", "دخلت قوات النظام، وخرجت القوات الأخرى.", source="ب", published="2019-01-01"),
    Article("b", "خبر", "قالت قُوّات إن الباب مفتوح. بقوات كبيرة.", source="أ", published="2020-01-01"),
    Article("c", "آخر", "ثم جاءت قوات تركية.", url="https://example.org/c"),
    Article("d", "لا شيء", "نص آخر من النصوص."),
]


def golden():
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines[2:]]


def sought(query):
    return compile_query(parse(query).node).sought


@pytest.fixture(scope="module")
def library(library_of):
    return library_of(ARTICLES)


def ask(library, text="قوات", **options):
    order = options.pop("order", KwicOrder.RELEVANCE)
    return kwic(library, KwicQuery(SearchQuery(text), order, **options))


def ids(found):
    """The articles of lines, each once."""
    return list(dict.fromkeys(line.article.id for line in found.lines))


def shown(found):
    return ["|".join(line.parts) for line in found.lines]


@pytest.mark.parametrize(("text", "query", "words", "lines", "rule"), golden())
def test_golden_lines(text, query, words, lines, rule):
    found = kwic_texts(text, Marker(sought(query)), int(words))
    shown = ["|".join(part.strip() for part in (one.before, one.keyword, one.after)) for one in found]
    assert ([] if not lines else lines.split(" / ")) == shown, rule


WORDS = ("قوات", "القُوّات", "سوريا،", "سورية", "مجلس", "الأمن", "في", "«هذا»", "12", "OPEC", "\n\n", "و", ".")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=60)
QUERIES = st.sampled_from(["قوات", "قوات سوريا", '"مجلس الأمن"', "=سورية", "قسد", "مجلس أو في", "opec 12"])


@given(TEXTS, QUERIES, st.integers(0, 6))
def test_the_parts_of_a_line_are_a_slice_and_its_keyword_is_marked(text, query, words):
    marked = Marker(sought(query)).mark(text)
    places = {marked.tokens[place].start: place for place in marked.matches}
    ends = {marked.tokens[place].end for place in marked.matches}
    lines = list(kwic_texts(text, Marker(sought(query)), words))
    for line in lines:
        assert text[line.start : line.end] == line.keyword
        begin = line.start - len(line.before)
        assert begin >= 0
        assert text[begin:].startswith(line.before + line.keyword + line.after)
        assert line.start in places
        assert line.end in ends
        assert set(line.matched) <= {each.typed for each in sought(query)}
    # Every word that is marked is in one keyword, and only in one.
    for place in marked.matches:
        token = marked.tokens[place]
        assert 1 == sum(line.start <= token.start and token.end <= line.end for line in lines)


@given(TEXTS, QUERIES, st.integers(0, 6))
def test_a_line_has_as_many_words_of_context_as_asked_for_or_as_there_are(text, query, words):
    tokens = Marker(()).mark(text).tokens
    for line in kwic_texts(text, Marker(sought(query)), words):
        before = [token for token in tokens if line.start - len(line.before) <= token.start < line.start]
        after = [token for token in tokens if line.end < token.end <= line.end + len(line.after)]
        assert min(words, sum(token.end <= line.start for token in tokens)) == len(before)
        assert min(words, sum(token.start >= line.end for token in tokens)) == len(after)


def test_every_occurrence_of_every_article_is_there_title_first(library):
    found = ask(library, words=1)
    assert (6, 3, 3, False) == (found.total, found.matching, found.looked, found.is_cut)
    assert ["|قوات| الأمن", "دخلت |قوات| النظام،", "وخرجت |القوات| الأخرى."] == [
        line for line in shown(found) if "الأمن" in line or "النظام" in line or "الأخرى" in line
    ]
    assert {"title", "body"} == {line.field for line in found.lines}


def test_lines_and_hits_are_of_the_same_articles(library):
    for text in ("قوات", "قوات تركية", '"قوات تركية"', "=القوات", "قوات -النظام"):
        hits = search(library, SearchQuery(text)).hits
        assert [hit.id for hit in hits] == ids(ask(library, text))


@pytest.mark.parametrize(
    ("order", "key"),
    [
        (KwicOrder.AFTER, ["الاخري", "الامن", "النظام", "ان", "تركيه", "كبيره"]),
        (KwicOrder.BEFORE, ["جاءت", "دخلت", "قالت", "مفتوح", "وخرجت", ""]),
        (KwicOrder.KEYWORD, ["القوات", "بقوات", "قوات", "قوات", "قوات", "قوات"]),
    ],
)
def test_lines_are_sorted_by_folded_words(library, order, key):
    lines = ask(library, order=order, words=0).lines
    side = {
        KwicOrder.AFTER: lambda text: next(iter(text.forms_after), ""),
        KwicOrder.BEFORE: lambda text: next(iter(text.forms_before), ""),
        KwicOrder.KEYWORD: lambda text: text.forms[0],
    }[order]
    found = [side(line.text) for line in lines]
    assert key == found


def test_lines_are_sorted_by_date_and_by_source(library):
    assert ["b", "a", "c"] == ids(ask(library, order=KwicOrder.NEWEST))
    assert ["a", "b", "c"] == ids(ask(library, order=KwicOrder.OLDEST))
    assert ["b", "a", "c"] == ids(ask(library, order=KwicOrder.SOURCE))


@pytest.mark.parametrize("order", KwicOrder)
def test_pages_make_the_whole(library, order):
    whole = shown(ask(library, order=order))
    pages = [shown(ask(library, order=order, limit=2, offset=offset)) for offset in (0, 2, 4, 6)]
    assert whole == [line for page in pages for line in page]
    assert [] == pages[3]


def test_what_is_not_looked_through_is_said(library, monkeypatch):
    found = ask(library, articles=1)
    assert (3, 1, True) == (found.matching, found.looked, found.is_cut)
    monkeypatch.setattr(module, "MAX_LINES", 1)
    found = ask(library)
    assert (3, 1, True) == (found.matching, found.looked, found.is_cut)


def test_filters_and_notices_are_those_of_a_search(library):
    asked = SearchQuery("قوات زرافة", sources=("أ", "لا أحد"), match=Match.ALL)
    found = kwic(library, KwicQuery(asked))
    assert {"b"} == {line.article.id for line in found.lines}
    assert search(library, asked).notices == found.notices
    assert search(library, asked).understood == found.understood


@pytest.mark.parametrize("text", ["", "*", "المصدر:أ", "من:2019"])
def test_a_query_without_words_has_articles_and_no_lines(library, text):
    found = ask(library, text)
    assert () == found.lines
    assert search(library, SearchQuery(text)).total == found.matching


def test_numbers_out_of_bounds_and_long_queries_are_refused(library):
    for wrong in ({"words": -1}, {"words": 31}, {"limit": -1}, {"offset": -1}, {"articles": -1}):
        with pytest.raises(ValueError, match="words must be"):
            ask(library, **wrong)
    with pytest.raises(QueryRefusedError):
        ask(library, "كلمة " * 1000)


def test_a_row_has_its_fields_and_its_offsets_lead_back(library):
    for line in ask(library).lines:
        row = line.row()
        assert FIELDS == tuple(row)
        article = library.archive.get(row["id"])
        assert row["keyword"] == getattr(article, row["field"])[row["start"] : row["end"]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["قوات", "القوات النظام", "نص", "من"]),
    st.sampled_from(list(KwicOrder)),
    st.integers(0, 3),
)
def test_order_changes_nothing_but_the_order(library, text, order, words):
    plain, sorted_lines = ask(library, text, words=words), ask(library, text, words=words, order=order)
    assert sorted(line.parts for line in plain.lines) == sorted(line.parts for line in sorted_lines.lines)


@pytest.mark.parametrize("order", KwicOrder)
def test_lines_in_another_order_are_not_said_to_be_in_that_of_relevance(library, monkeypatch, order):
    told = (notices.LEARNED.format(words=("الأمن",)), notices.RELAXED)
    monkeypatch.setattr(module, "ask", lambda *asked: replace(service.ask(*asked), notices=told))
    by_lines = {KwicOrder.BEFORE, KwicOrder.AFTER, KwicOrder.KEYWORD, KwicOrder.SOURCE}
    assert told[order in by_lines :] == ask(library, order=order).notices
