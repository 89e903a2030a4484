"""Words with stars, words written nearly so, words close to each other: found, marked and said."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from index.article import Article
from index.engines.contract import TextField
from search import notices, wild
from search.expansion import Kind
from search.formlist import FormList
from search.forms import Forms
from search.results import SearchQuery
from search.service import search
from search.syntax import Fuzzy, Wildcard

ARTICLES = [
    Article(
        "forces", "قُوّات الأمن", "انتشرت القوات في المدينة.", category="شؤون محلية", source="وكالة رويترز"
    ),
    Article(
        "convoy", "قوافل الإغاثة", "وصلت القافلة إلى سوريا.", category="أخبار دولية", source="روسيا اليوم"
    ),
    Article("strong", "قوانين جديدة", "أقرّ المجلس القوانين السورية.", category="أخبار محلية"),
    Article("typo", "زيارة إلى سورية", "قال الوفد إن سوريّا بلد جميل.", source="رويتز"),
    Article("attack", "خبر", "بدأ الهجوم الكبير الذي شنته قوات من الجيش."),
    Article("far", "خبر آخر", "هجوم " + "كلام " * 8 + "قوات"),
    Article("latin", "Syria and Syrian news", "Covid-19 in Syrie."),
]


@pytest.fixture(scope="module")
def library(library_of):
    return library_of(ARTICLES)


@pytest.fixture
def ask(library):
    return lambda text, **more: search(library, SearchQuery(text, **more))


def ids(found):
    return {hit.id for hit in found.hits}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("قوا*", {"forces", "convoy", "strong", "attack", "far"}),
        ("قُوّا*", {"forces", "convoy", "strong", "attack", "far"}),
        ("القوا*", {"forces", "strong"}),
        ("*وانين", {"strong"}),
        ("قو*ت", {"forces", "attack", "far"}),
        ("قوا?ين", {"strong"}),
        ("ق??ت", {"forces", "attack", "far"}),
        ("s?ria", {"latin"}),
        ("*ريا", {"convoy", "typo"}),
        ("*وري*", {"convoy", "typo", "strong"}),
        ("syri*", {"latin"}),
        ("covid-1*", {"latin"}),
        ("العنوان:قوا*", {"forces", "convoy", "strong"}),
        ("النص:قوا*", {"forces", "strong", "attack", "far"}),
        ("قوا* -قوان*", {"forces", "convoy", "attack", "far"}),
        ("-قوا*", {"typo", "latin"}),
        ("المصدر:رو*", {"forces", "convoy", "typo"}),
        ("المصدر:رويترز~", {"forces", "typo"}),
        ("زرافة*", set()),
        ("سوريا~", {"convoy", "typo", "strong"}),
        ("syria~", {"latin"}),
        ("القسم:محلية", {"forces", "strong"}),
        ("القسم:المحلي", {"forces", "strong"}),
        ("القسم:أخبار", {"convoy", "strong"}),
        ('القسم:"أخبار محلية"', {"strong"}),
        ("القسم:(دولية أو شؤون)", {"forces", "convoy"}),
        ("القسم:(أخبار -دولية)", {"strong"}),
        ("القسم:محل*", {"forces", "strong"}),
        ("القسم:اخبارر~", {"convoy", "strong"}),
        ("القسم:رياضة", set()),
        ("قوات -القسم:محلية", {"attack", "far"}),
        ("category:(أخبار NEAR:3 محلية)", {"strong"}),
        ("النص:سوريا", {"convoy", "typo", "strong"}),
        ("النص:زيارة", set()),
        ("هجوم قرب:5 قوات", {"attack"}),
        ("قوات قرب:5 هجوم", {"attack"}),
        ("هجوم قرب:3 قوات", {"attack"}),
        ("هجوم قرب:2 قوات", set()),
        ("هجوم قرب:8 قوات", {"attack", "far"}),
        ('"هجوم قوات"~8', {"far"}),
        ('"الهجوم قوات"~3', {"attack"}),
        ("=هجوم قرب:8 قوات", {"far"}),
        ("(هجوم أو جيش) قرب:1 قوات", {"attack"}),
        ("الهجوم قرب:1 الكبير قرب:5 قوات", {"attack"}),
        ("-(هجوم قرب:5 قوات) هجوم", {"far"}),
        ("الكاتب:(ليلى قرب:2 حداد)", set()),
        ("covid-19 near:1 syrie", {"latin"}),
        ("قوات قرب:0 من", {"attack"}),
    ],
)
def test_what_is_found(ask, query, expected):
    found = ask(query)
    assert expected == (set() if found.relaxed else ids(found))


@pytest.mark.parametrize(
    ("query", "id", "expected"),
    [
        ("قوا*", "forces", {"قُوّات", "القوات"}),
        ("سوريا~", "typo", {"سورية", "سوريّا"}),
        ("هجوم قرب:5 قوات", "attack", {"الهجوم", "قوات"}),
        ('"هجوم قوات"~8', "far", {"هجوم", "قوات"}),
        ("النص:سوريا", "typo", {"سوريّا"}),
        ("العنوان:سوريا", "typo", {"سورية"}),
        ("القسم:محلية قوات", "forces", {"قُوّات", "القوات"}),
    ],
)
def test_what_is_marked(ask, query, id, expected):  # noqa: A002 - as articles have it
    [hit] = [hit for hit in ask(query).hits if hit.id == id]
    assert expected == {text for text, is_hit in (*hit.title_parts, *hit.snippet_parts) if is_hit}


def test_only_words_that_are_close_are_marked(library):
    library.add([Article("both", "خبر", "قوات " * 1 + "كلام " * 30 + "هجوم على قوات")])
    library.catch_up()
    [hit] = [hit for hit in search(library, SearchQuery("هجوم قرب:3 قوات")).hits if hit.id == "both"]
    assert ["هجوم", "قوات"] == [text for text, is_hit in hit.snippet_parts if is_hit]
    library.remove(["both"])
    library.catch_up()


def test_words_that_were_found_are_told(ask):
    found = ask("قوا*")
    assert {Kind.WILDCARD} == {each.kind for each in found.expansions}
    assert {"قوات", "القوات", "قوافل", "قوانين", "القوانين"} == {each.text for each in found.expansions}
    [notice] = found.notices
    assert notice.startswith("بُحث عمّا يوافق «قوا*»: «قوات»، ")
    near = ask("سوريا~")
    assert {Kind.FUZZY} == {each.kind for each in near.expansions}
    assert all(0 < each.weight < 1 for each in near.expansions)


@pytest.mark.parametrize("query", ["زرافة*", "زرافةة~", "-زرافة*"])
def test_nothing_is_like_it_and_that_is_said(ask, query):
    assert notices.nothing_like(query.strip("-~")) in ask(query).notices


def test_stars_stand_for_so_many_words_and_no_more(ask, monkeypatch):
    monkeypatch.setattr(wild, "MOST", 3)
    found = ask("قو*")
    assert notices.too_many_like("قو*", 5, 3) in found.notices
    assert {"قوات", "القوات", "القوانين"} == {each.text for each in found.expansions}


def test_a_short_word_is_nearly_every_other_so_it_is_taken_as_it_is(ask):
    assert notices.too_short_for_fuzzy("من") in ask("من~").notices
    assert {"attack"} == ids(ask("من~"))


def test_words_as_typed_may_have_stars(ask):
    assert ids(ask("قوا*")) == ids(ask("قوا*", expand=False))


def test_new_words_are_found_when_the_index_changes(library, ask):
    assert set() == ids(ask("زنجب*")) == ids(ask("زنجبيال~"))
    library.add([Article("ginger", "زنجبيل", "نص")])
    library.catch_up()
    assert {"ginger"} == ids(ask("زنجب*")) == ids(ask("زنجبيال~"))
    library.remove(["ginger"])
    library.catch_up()


letters = st.text("ابوي", min_size=1, max_size=5)


class Listed:
    """An engine that has these forms, in one field."""

    def __init__(self, counts):
        self.counts = counts

    def state(self):
        return 0

    def terms(self, _, prefix=""):
        return sorted((form, count) for form, count in self.counts.items() if form.startswith(prefix))


@settings(max_examples=300)
@given(
    st.dictionaries(letters, st.integers(1, 9), max_size=20),
    st.lists(letters | st.just("*"), min_size=1, max_size=4).map("".join),
)
def test_a_word_with_stars_is_every_form_that_is_written_so(counts, typed):
    pattern = re.sub(r"\*+", "*", typed) if typed.strip("*") else typed + "*ب"
    expected = re.compile("(?:ال)?" + pattern.replace("*", ".*"))
    [found] = wild.written(Wildcard(pattern), (TextField.BODY_EXACT,), Forms(Listed(counts)))
    wanted = {form for form in counts if expected.fullmatch(form)}
    if pattern.startswith("ال"):
        wanted = {form for form in counts if re.fullmatch(pattern.replace("*", ".*"), form)}
    assert wanted == set(found.forms)


@settings(max_examples=300)
@given(st.dictionaries(letters, st.integers(1, 9), max_size=20), letters.filter(lambda word: len(word) > 2))
def test_a_word_nearly_so_is_every_form_at_that_distance(counts, typed):
    [found] = wild.written(Fuzzy(typed, 1), (TextField.BODY_EXACT,), Forms(Listed(counts)))
    spellings = {typed} if typed.startswith("ال") else {typed, "ال" + typed}
    wanted = {form for form in counts if any(OSA.distance(each, form) <= 1 for each in spellings)}
    assert wanted == ({*found.forms, *dict(found.weaker)} & set(counts))
    assert not wanted or all(weight == wild.SHARE for _, weight in found.weaker)


def test_all_forms_are_read_once(library):
    class Counting:
        def __init__(self, engine):
            self.engine, self.calls = engine, 0

        def state(self):
            return self.engine.state()

        def terms(self, field, prefix=""):
            self.calls += 1
            return self.engine.terms(field, prefix)

    with library.searching() as engine:
        counting = Counting(engine)
        for _ in range(3):
            Forms(counting).fitting((TextField.TITLE_EXACT, TextField.BODY_EXACT), "*")
    assert 2 == counting.calls


COUNTS = st.dictionaries(letters, st.integers(1, 9), max_size=20)


@given(COUNTS, COUNTS)
def test_what_stands_in_two_fields_counts_in_both(titles, bodies):
    class Two(Listed):
        def terms(self, field, prefix=""):
            return Listed(titles if field is TextField.TITLE_EXACT else bodies).terms(field, prefix)

    fields = (TextField.TITLE_EXACT, TextField.BODY_EXACT)
    engine = Two({})
    counted = Counter(titles) + Counter(bodies)
    assert counted == Forms(engine).fitting(fields, "*") == Forms(engine).beginning(fields, "")
    near, _ = Forms(engine).near(fields, "ابو", 9)
    assert counted == near


@given(COUNTS, st.text("ابوي*?", min_size=1, max_size=6))
def test_stars_and_question_marks_fit_what_a_plain_pattern_fits(counts, pattern):
    plain = re.compile(pattern.replace("*", ".*").replace("?", "."))
    expected = {form: count for form, count in counts.items() if plain.fullmatch(form)}
    assert expected == dict(FormList(sorted(counts.items())).fitting(pattern))


def test_many_stars_take_no_longer_than_one():
    listed = FormList([("ا" * 60, 1)])
    assert [] == list(listed.fitting("*ا" * 25 + "*ب*"))
