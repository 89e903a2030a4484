"""The help is true: each of its examples finds, over the articles in seeds/, what is said of it."""

import re
from datetime import date
from pathlib import Path

import pytest
from pyarabic.araby import strip_tashkeel

from index.library import Library
from index.record import names
from search import grammar
from search.guide import SECTIONS, TODAY, Example
from search.messages import Message
from search.parse import parse
from search.results import SearchQuery
from search.runs import runs
from search.service import MAX_LIMIT, search
from search.syntax import Anything

SEEDS = Path(__file__).parents[2] / "seeds"
EXAMPLES = [example for section in SECTIONS for example in section.examples]
UNREAD = [example for section in SECTIONS if section.name == "misread" for example in section.examples]
TYPED = {query for example in EXAMPLES for query in (example.query, *example.also)}
CLAIMS = set(names(Example)) - {"query", "finds", "where"}
each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)


@pytest.fixture(scope="module")
def library(seeds):
    with Library.open(seeds) as opened:
        yield opened


@pytest.fixture(scope="module")
def results(library):
    known = {}

    def get(query):
        if query not in known:
            known[query] = search(library, SearchQuery(query, limit=MAX_LIMIT, today=TODAY))
        return known[query]

    return get


@pytest.fixture
def found(results):
    def get(query):
        return {hit.id for hit in results(query).hits}

    return get


@pytest.fixture
def texts(library, found):
    """What of the articles that a query finds is looked at: the text of each."""

    def get(example):
        articles = library.archive.get_many(found(example.query)).values()
        if example.where != "all":
            return [getattr(article, example.where) or "" for article in articles]
        return [strip_tashkeel(f"{article.title}\n{article.body}") for article in articles]

    return get


@each_example
def test_it_finds_something_and_something_is_claimed_of_it(example, found):
    assert found(example.query)
    assert any(getattr(example, claim) for claim in CLAIMS)


@each_example
def test_other_ways_to_type_it_find_the_same(example, found):
    for other in example.also:
        assert found(example.query) == found(other), other


@each_example
def test_what_it_finds_has_what_is_said(example, texts):
    if example.every:
        assert [] == [text for text in texts(example) if not re.search(example.every, text)]
    if example.never:
        assert [] == [text for text in texts(example) if re.search(example.never, text)]


@each_example
def test_the_words_match_that_are_named(example, results):
    matched = {
        word for hit in results(example.query).hits for words in hit.matched.values() for word in words
    }
    assert set(example.matches) <= {strip_tashkeel(word) for word in matched}


@each_example
def test_it_finds_more_or_less_than_another(example, found):
    if example.more_than is not None:
        assert found(example.more_than) < found(example.query)
        assert found(example.more_than)
    if example.fewer_than is not None:
        assert found(example.query) < found(example.fewer_than)


@each_example
def test_what_it_finds_is_of_the_days_that_are_said(example, results):
    first, last = example.days or (None, None)
    for hit in results(example.query).hits if example.days else ():
        assert (first or date.min).isoformat() <= hit.published[:10] <= (last or date.max).isoformat()


@each_example
def test_what_is_told_of_it_is_told(example, results):
    told = results(example.query).notices
    unread = set(parse(example.query, TODAY).notices)
    if example.tells:
        assert example.tells in told
    assert unread <= {example.tells}


def test_what_can_not_be_understood_says_so_and_nothing_else_does():
    assert UNREAD
    assert all(example.finds == example.tells for example in UNREAD)


def test_a_week_begins_as_is_said(results):
    """On a Saturday: that of Sunday the 27th on the 26th, and the week before on the 19th."""
    understood = results('منذ:"الأسبوع الماضي"').understood
    assert "من 2025-04-19 فما بعده" == understood


@pytest.mark.parametrize(
    "words",
    [*grammar._OPERATORS.values(), *grammar._LABELS.values()],
    ids=lambda words: words[0],
)
def test_every_word_of_the_language_is_shown(words):
    """Each operator and name of a field or time, in Arabic and in English."""
    typed = {piece.casefold() for query in TYPED for piece in re.split(r"[\s:]+", query)}
    shown = [word for word in words if word.casefold() in typed]
    assert any(word.isascii() for word in shown), f"no English one of {words}"
    assert any(not word.isascii() for word in shown), f"no Arabic one of {words}"


@pytest.mark.parametrize("sign", ["=", '"', "|", "&", "-", "(", "*", "~", ":", ".."])
def test_every_sign_is_shown(sign):
    assert any(sign in query for query in TYPED)


def test_every_kind_of_node_is_shown():
    """What the parser can make, it is shown how to ask for."""
    seen = set()

    def visit(node):
        seen.add(type(node).__name__)
        for inner in (*getattr(node, "nodes", ()), *filter(None, [getattr(node, "node", None)])):
            visit(inner)

    for query in TYPED:
        visit(parse(query, TODAY).node or Anything())
    kinds = {"Word", "Quoted", "Wildcard", "Fuzzy", "Nearby", "AllOf", "AnyOf", "Exclude", "InField"}
    assert kinds | {"Between", "Anything"} == seen


def test_sentences_can_be_translated():
    for section in SECTIONS:
        said = [section.title, section.about, *(example.finds for example in section.examples)]
        assert all(isinstance(each, Message) for each in said)
        assert all(str(each)[-1] in ".؟" or each is section.title for each in said)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("قوات", [("قوات", False)]),
        ("من:2019-02 x", [("من:", False), ("2019-02", True), (" x", False)]),
        ("تاريخ:2019-02..2019-06", [("تاريخ:", False), ("2019-02..2019-06", True)]),
        ("تاريخ:٢٠١٩-٠٢", [("تاريخ:", False), ("٢٠١٩-٠٢", True)]),
        ("من:2019/2", [("من:2019/2", False)]),
        ("2019-02..2019", [("2019-02", True), ("..2019", False)]),
        pytest.param("9" * 200_000, [("9" * 200_000, False)], id="many digits"),  # takes no longer
        ("", []),
    ],
)
def test_dates_with_hyphens_stand_apart(query, expected):
    assert expected == list(runs(query))
