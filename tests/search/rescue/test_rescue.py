"""What is offered where nothing was found: golden cases for each rescue, and that none is offered in vain."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.article import Article
from index.library import Library
from index.record import replace
from search.rescue.attested import FEW
from search.rescue.chain import RESCUES
from search.rescue.keyboard import retyped
from search.rescue.offer import REASONS, Kind
from search.results import Match, SearchQuery
from search.service import search

HERE = Path(__file__).parent
LEAST = 20
"""Golden cases of each rescue."""


def rows(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


KEYBOARD, TRANSLITERATION, SPELLING = (
    rows(f"golden_{name}.tsv") for name in ("keyboard", "transliteration", "spelling")
)
OTHER = rows("golden_other.tsv")


def queries(offers, kind):
    return [offer.query for offer in offers if offer.kind is kind]


@pytest.mark.parametrize(("typed", "meant"), KEYBOARD)
def test_another_keyboard(offered, typed, meant):
    assert [meant] == queries(offered(typed), Kind.KEYBOARD)


@pytest.mark.parametrize(("typed", "meant"), TRANSLITERATION)
def test_latin_letters(offered, typed, meant):
    assert meant == next(iter(queries(offered(typed), Kind.TRANSLITERATION)), None)


@pytest.mark.parametrize(("typed", "meant"), SPELLING)
def test_a_misspelled_word(offered, typed, meant):
    assert meant == next(iter(queries(offered(typed), Kind.SPELLING)), None)


@pytest.mark.parametrize("row", OTHER, ids=" ".join)
def test_less_or_wider(offered, row):
    kind, text, source, first, last, other = row
    days = {name: day for name, day in (("first", first), ("last", last)) if day}
    found = offered(text, sources=(source,) if source else (), **days)
    assert other in queries(found, Kind(kind))


@pytest.mark.parametrize("typed", ["ظريبة", "$rTp", "3adan", "jami3a"])
def test_no_keyboard_types_what_leaves_words_out_or_mixes_signs_and_digits_with_them(offered, typed):
    assert [] == queries(offered(typed), Kind.KEYBOARD)


@pytest.mark.parametrize("typed", ["jami3a", "7alab", "rabi3", ",hgdlk"])
def test_no_keyboard_puts_a_sign_or_a_digit_beside_an_arabic_letter(typed):
    assert [] == [other for other in retyped(typed) if not other.isalpha()]


def test_every_rescue_has_its_golden_cases():
    counts = Counter(row[0] for row in OTHER) | Counter(
        {
            Kind.KEYBOARD: len(KEYBOARD),
            Kind.TRANSLITERATION: len(TRANSLITERATION),
            Kind.SPELLING: len(SPELLING),
        }
    )
    assert {kind: max(LEAST, counts[kind]) for kind in Kind} == {kind: counts[kind] for kind in Kind}


def test_every_kind_has_a_reason():
    assert set(Kind) == set(REASONS)


@pytest.mark.parametrize("text", ["القوات", "دمشق", "press", "الانتخابات في مصر", "حزب الله", "", "*"])
def test_nothing_is_offered_where_enough_was_found(library, text):
    found = search(library, SearchQuery(text))
    assert found.total
    assert () == found.offers


@pytest.mark.parametrize("text", ["قشطبصض", "xqzjw", "؟؟", "12345678", "-حلب دمشق"])
def test_nothing_is_offered_where_nothing_is_near(offered, text):
    assert [] == [offer for offer in offered(text) if offer.kind is not Kind.FEWER]


@pytest.mark.parametrize(
    ("text", "days"), [("القوات أمس", {}), ("القوات مارس 2015", {"first": "2015-01-01"})]
)
def test_no_time_is_offered_where_it_has_nothing_or_another_is_said(offered, text, days):
    assert [] == queries(offered(text, **days), Kind.TIME)
    assert [] == queries(offered(f"{text} منذ:2014"), Kind.TIME)


def test_a_time_is_offered_where_enough_was_found(library):
    words = "القوات أو حزب أو غزة أو النفط أو الصحة أو مصر"
    found = search(library, SearchQuery(f"{words} مارس 2015", match=Match.ANY))
    assert found.total > FEW
    assert [f'{words} تاريخ:"مارس 2015"'] == queries(found.offers, Kind.TIME)


def test_what_was_left_out_is_said(offered):
    (one, *_) = [offer for offer in offered("محكمة الجنايات المغرب") if offer.kind is Kind.FEWER]
    assert ("المغرب",) == one.left_out
    assert "دون «المغرب»: «محكمة الجنايات» (مقالة واحدة)" == one.text


@pytest.mark.parametrize("text", ["hgr,hj hgs,vdm", "al quwat press", "al-quwat as-suriya"])
def test_no_word_is_left_out_of_what_are_no_words(offered, text):
    found = offered(text)
    assert found
    kinds = {offer.kind for offer in found}
    assert not (Kind.FEWER in kinds and kinds & {Kind.KEYBOARD, Kind.TRANSLITERATION})


def test_the_rest_of_a_query_stays_as_it_is(offered):
    found = offered('المحكنة "محكمة الجنايات" -لبنان المصدر:الفجر')
    assert ['المحكمة "محكمة الجنايات" -لبنان المصدر:الفجر'] == queries(found, Kind.SPELLING)


def test_who_turns_pages_is_offered_nothing(offered):
    assert offered("hgr,hj")
    assert () == offered("hgr,hj", offset=10)


def test_what_is_narrowed_stays_narrowed(offered):
    (offer, *_) = offered("hgr,hj", sources=("الفجر",), first="2015-01-01")
    assert (("الفجر",), "2015-01-01") == (offer.asked.sources, offer.asked.first.isoformat())
    assert [] == queries(offered("hgr,hj", sources=("القبس",)), Kind.KEYBOARD)


def test_json_says_all_that_the_search_is_asked_with(library):
    (offer, *_) = search(library, SearchQuery("دمشق", sources=("المدى",))).to_json()["offers"]
    assert {
        "kind": "sources",
        "query": "دمشق",
        "total": 2,
        "text": "في كل المصادر والأقسام ولكل الكتّاب: «دمشق» (مقالتان)",
        "match": "all",
        "sources": [],
        "authors": [],
        "categories": [],
        "from": None,
        "to": None,
    } == offer


# Laws.

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ"
WORDS = [row[0] for row in (*KEYBOARD, *TRANSLITERATION, *SPELLING)] + [row[1] for row in OTHER]
PIECE = st.one_of(
    st.sampled_from(WORDS),
    st.text(LETTERS, min_size=1, max_size=8),
    st.text("abdehiklmnoqrstuwy3725'-;,[]", min_size=1, max_size=8),
    st.sampled_from(['"', "-", "أو", "(", ")", "من:2016", "العنوان:", "=", "|", "،", "؟", "*"]),
    st.text(max_size=4),
)
TEXT = st.lists(PIECE, max_size=5).map(" ".join)
LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIRST_LAW = settings(LAW, max_examples=100)
FILTERS = st.sampled_from([{}, {"sources": ("الفجر",)}, {"expand": False}])


@FIRST_LAW
@given(TEXT, FILTERS)
def test_nothing_is_offered_that_finds_nothing(library, text, filters):
    for offer in search(library, SearchQuery(text, **filters)).offers:
        found = search(library, replace(offer.asked, limit=0))
        assert 0 < offer.total == found.total
        assert not found.relaxed


@LAW
@given(TEXT)
def test_no_two_offers_find_the_same(library, text):
    offers = search(library, SearchQuery(text)).offers
    found = [
        frozenset(hit.id for hit in search(library, replace(offer.asked, limit=100)).hits) for offer in offers
    ]
    assert len(set(found)) == len(found)
    assert len(offers) <= sum(rescue.offered for rescue in RESCUES)


@LAW
@given(TEXT)
def test_the_same_is_offered_each_time(library, text):
    assert search(library, SearchQuery(text)).offers == search(library, SearchQuery(text)).offers


@pytest.mark.parametrize("text", ["hgr,hj تاريخ:أمس", "القووات تاريخ:أمس", "alquwat تاريخ:أمس"])
def test_yesterday_is_counted_from_the_day_that_is_asked_from(library, offered, text):
    today = date(2015, 3, 2)
    offers = offered(text, today=today)
    assert offers
    for offer in offers:
        assert 0 < offer.total == search(library, replace(offer.asked, today=today)).total


@pytest.mark.parametrize(("rare", "usual", "is_offered"), [("قفاز", "قفز", False), ("قفزظ", "قفز", True)])
def test_a_rare_word_of_the_lexicon_is_taken_for_no_other_that_it_resembles(
    tmp_path, rare, usual, is_offered
):
    with Library.open(tmp_path / "data", create=True) as library:
        library.add([Article(f"u{number}", "خبر", f"{usual} اللاعب {number}") for number in range(250)])
        library.add([Article("r", "خبر", f"{rare} جديد")])
        library.catch_up()
        found = search(library, SearchQuery(rare))
        assert found.total
        assert is_offered == (usual in queries(found.offers, Kind.SPELLING))
