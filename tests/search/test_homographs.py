"""Stop words of a query that are a noun or part of a name there."""

from pathlib import Path

import pytest

from index.article import Article
from search.expansion import Kind
from search.homographs import RULES
from search.parse import parse
from search.rank import compile_query
from search.ranking import EXPANDING, RANKING
from search.results import SearchQuery
from search.service import search

GOLDEN = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("golden_homographs.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def compiled(text, ranking=RANKING):
    return compile_query(parse(text).node, ranking=ranking)


def read_as(text, word):
    """What a stop word was read as: a noun, `=` for as it is written, `-` for left out."""
    made = compiled(text)
    if word in made.dropped or made.only_stopwords:
        return "-"
    texts = [each.text for each in made.expansions if each.typed == word and each.kind is Kind.VARIANT]
    return texts[0] if texts else "="


@pytest.mark.parametrize(("text", "word", "noun"), GOLDEN)
def test_is_read_as(text, word, noun):
    assert read_as(text, word) == noun


def test_each_rule_has_a_row():
    read = {(word.translate(str.maketrans("أإ", "اا")), noun) for _, word, noun in GOLDEN}
    assert {(word, noun or "=") for word, noun, _ in RULES} <= read


def test_can_be_asked_for_as_typed():
    assert compiled("=فلم").expansions == ()
    assert compiled('"فلم"').sought[0].forms == ("فلم",)
    as_typed = compiled("فلم وثائقي", RANKING.leave_out(EXPANDING))
    assert as_typed.expansions == ()
    assert [each.forms for each in as_typed.sought] == [("فلم",), ()]


ARTICLES = (
    Article("film", "جديد السينما", "فيلم من السعودية"),
    Article("did-not", "سألت", "سألت عنه في السعودية فلم أجده"),
    Article("university", "القبول", "تبدأ جامعة أم القرى القبول"),
    Article("villages", "الأمطار", "أمطار على القرى، صيفا أم شتاء"),
    Article("wifi", "خدمة", "شبكة واي فاي في المطار"),
    Article("roads", "الطرق", "شبكة الطرق"),
)


@pytest.fixture(scope="module")
def library(library_of):
    return library_of(ARTICLES)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("فلم", ["film"]),
        ("فلم سعودي", ["film"]),
        ("=فلم", ["did-not"]),
        ("جامعة أم القرى", ["university"]),
        ("أم القرى", ["university", "villages"]),
        ("شبكة واي فاي", ["wifi"]),
        ("شبكة", ["roads", "wifi"]),
    ],
)
def test_finds(library, text, ids):
    found = search(library, SearchQuery(text))
    assert [hit.id for hit in found.hits] == ids
