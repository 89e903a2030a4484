"""A query becomes results, over a small real library."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.analysis import normalize
from index.article import Article
from index.built import IndexMissingError
from index.engines.contract import DAY, Sort
from index.library import Library
from search import notices
from search.facets import COUNTED
from search.parse import MAX_LENGTH
from search.results import ELLIPSIS, ListedHit, Match, QueryRefusedError, SearchQuery
from search.service import MAX_LIMIT, search

SEED = Path(__file__).parents[2] / "seeds" / "baghouz-2019.txt"

ARTICLES = (
    Article(
        "raqqa",
        "الرقة بعد عامين",
        "عادت عائلات إلى مدينة الرقة. وقالت قوات سوريا الديمقراطية إن المدينة آمنة.",
        source="وكالة الأنباء",
        author="سلمى العطار",
        published="2019-03-02T09:00:00",
    ),
    Article(
        "beirut",
        "جدل في بيروت",
        "جدل في لبنان حول الموازنة، وسوريا غائبة عن النقاش.",
        source="صحيفة الإتحاد",
        author="نادر حمدي",
        published="2019-03-09",
    ),
    Article(
        "school",
        "ذهب إلى المدرسة",
        "في الصباح ذهب إلى المدرسة ثم عاد.",
        source="وكالة الأنباء",
        published="2018-09-01",
    ),
    Article("gold", "ذهب وفضة", "انخفض سعر الذهب. المدرسة قريبة من السوق.", source="OPEC Bulletin"),
    Article("name", "علي وحده", "تحدث علي بهدوء.", source="صحيفة الاتحاد", published="2019-03-30"),
    Article("table", "حول الطاولة", "وضع الكتاب على الطاولة ومشى.", published="2020-01-05T23:59:59"),
    Article("script", "عن <script> و&amp;", "يكتب المبرمج <b>script</b> ثم alert(1)."),
)
BAGHOUZ = "baghouz"


def plain_notices(found):
    """The notices that don't say what was looked for besides."""
    return tuple(notice for notice in found.notices if notice not in notices.expanded(found.expansions))


@pytest.fixture(scope="module")
def library(library_of):
    title, _, body = SEED.read_text("utf-8").partition("\n\n")
    seed = Article(BAGHOUZ, title, body, source="ميدل إيست", published="2019-02-17")
    return library_of([*ARTICLES, seed])


@pytest.fixture
def ask(library):
    def ask(text, **options):
        return search(library, SearchQuery(text, **options))

    return ask


def ids(results):
    return [hit.id for hit in results.hits]


def marked(parts):
    return [text for text, hit in parts if hit]


EVERY_ID = sorted([BAGHOUZ, *(article.id for article in ARTICLES)])


# --- words ------------------------------------------------------------------------------------------------


def test_all_the_words_are_asked_for_first(ask):
    found = ask("قوات سوريا الديمقراطية")
    assert {"raqqa", BAGHOUZ} == set(ids(found))
    assert not found.relaxed
    assert () == plain_notices(found)
    assert "«قوات» و«سوريا» و«الديمقراطية»" == found.understood


def test_any_of_the_words_will_do_when_no_article_has_all_and_it_is_said(ask):
    found = ask("الباغوز لبنان")
    assert {"beirut", BAGHOUZ} == set(ids(found))
    assert found.relaxed
    assert (notices.RELAXED,) == found.notices


def test_words_that_no_article_has_are_not_relaxed_in_vain(ask):
    found = ask("زعفران قرنفل")
    assert (0, False, ()) == (found.total, found.relaxed, found.notices)


def test_an_article_with_more_of_the_words_comes_first(ask):
    found = ask("قوات سوريا زعفران")
    assert found.relaxed
    assert {"raqqa", BAGHOUZ} == set(ids(found)[:2])
    assert "beirut" == ids(found)[2]


def test_stop_words_are_left_out_and_it_is_said(ask):
    found = ask("جدل في لبنان")
    assert ["beirut"] == ids(found)
    assert (notices.dropped(["في"]),) == found.notices
    assert "في" not in found.hits[0].matched


def test_nothing_but_stop_words_is_looked_for_as_written(ask):
    found = ask("إلى")
    assert {"raqqa", "school"} <= set(ids(found))
    assert (notices.ONLY_STOPWORDS,) == found.notices
    assert ("إلى",) == found.hits[0].matched["إلى"]


def test_a_name_is_not_the_preposition_that_is_written_like_it(ask):
    assert ["name"] == ids(ask("علي"))


FAMILIES = {
    "قوات": "القوات وقوات لقوات بقوات فقوات كقوات والقوات بالقوات للقوات قواتنا قُوّاتٌ القــوات قواتهم",
    "مدينة": "المدينة ومدينة لمدينة بمدينة فمدينة كمدينة والمدينة بالمدينة للمدينة مدينتهم مَدِينَةٌ مدينه",
    "انتخابات": "الانتخابات وانتخابات لانتخابات بانتخابات والانتخابات بالانتخابات للانتخابات إنتخابات",
    "حكومة": "الحكومة وحكومة لحكومة بحكومة فحكومة والحكومة بالحكومة للحكومة حكومتهم حُكُومَةٌ الحُكُومَةُ حكومه",
    "سوريا": "سورية وسوريا لسوريا بسوريا سُورِيَا",
    "الديمقراطية": "الديموقراطية الديمقراطيه والديمقراطية للديمقراطية بالديمقراطية",
    "لبنان": "ولبنان بلبنان للبنان لُبنان",
}


@pytest.fixture(scope="module")
def families(tmp_path_factory):
    """A library with an article of one word in the body, and one of one in the title, for each spelling."""
    with Library.open(tmp_path_factory.mktemp("families"), create=True) as library:
        for family, words in FAMILIES.items():
            for word in (family, *words.split()):
                library.add([Article(f"{family} {word}", "", word), Article(f"{family} {word} ", word, ".")])
        library.catch_up()
        yield library


@pytest.mark.parametrize("family", FAMILIES)
def test_the_spellings_of_a_word_find_the_same_articles(families, family):
    words = [family, *FAMILIES[family].split()]
    expected = {f"{family} {word}{place}" for word in words for place in ("", " ")}
    found = {word: set(ids(search(families, SearchQuery(word, limit=100)))) for word in words}
    assert dict.fromkeys(words, expected) == found


@pytest.mark.parametrize("family", FAMILIES)
def test_the_spelling_that_was_typed_comes_first(families, family):
    for word in (family, *FAMILIES[family].split()):
        hits = search(families, SearchQuery(word, limit=100)).hits
        is_the_form = [normalize(word) == normalize(*each) for hit in hits for each in hit.matched.values()]
        in_title = [bool(marked(hit.title_parts)) for hit in hits]
        assert is_the_form[0]
        assert in_title[0]
        for place in (True, False):
            forms = [form for form, where in zip(is_the_form, in_title, strict=True) if where is place]
            assert sorted(forms, reverse=True) == forms


# --- phrases, operators, fields ---------------------------------------------------------------------------


def test_a_phrase_is_found_as_it_is_written(ask):
    assert [BAGHOUZ] == ids(ask('"مهلة استسلام"'))
    assert [] == ids(ask('"استسلام مهلة"'))
    assert [] == ids(ask('"المهلة استسلام"'))


def test_a_phrase_does_not_go_over_a_stop_word(ask):
    assert [] == ids(ask('"ذهب المدرسة"'))
    found = ask('"ذهب إلى المدرسة"')
    assert ["school"] == ids(found)
    assert ["ذهب", "إلى", "المدرسة"] == marked(found.hits[0].title_parts)


def test_a_phrase_folds_letters_as_words_do(ask):
    assert [BAGHOUZ] == ids(ask('"مُهلة إستسلام"'))


def test_a_phrase_of_stop_words_is_found(ask):
    assert {"gold"} == set(ids(ask('"قريبة من السوق"')))
    assert [] == ids(ask('"من قريبة"'))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سوريا -لبنان", {"raqqa", BAGHOUZ}),
        ("سوريا ليس لبنان", {"raqqa", BAGHOUZ}),
        ("الباغوز أو الرقة", {"raqqa", BAGHOUZ}),
        ("الموازنة أو الطاولة", {"beirut", "table"}),
        ("سوريا (الموازنة أو عائلات)", {"beirut", "raqqa"}),
        ('ذهب -"ذهب إلى المدرسة"', {"gold"}),
        ("-سوريا", set(EVERY_ID) - {"raqqa", "beirut", BAGHOUZ}),
        ("-في", {"gold", "name", "raqqa", "script", "table"}),
        ("العنوان:ذهب", {"school", "gold"}),
        ("العنوان:المدرسة", {"school"}),
        ('العنوان:"ذهب إلى"', {"school"}),
        ("المصدر:الأنباء", {"raqqa", "school"}),
        ("المصدر:opec", {"gold"}),
        ("المصدر:الاتحاد سوريا", {"beirut"}),
        ("سوريا -المصدر:الأنباء", {"beirut", BAGHOUZ}),
        ("الكاتب:سلمي", {"raqqa"}),
        ("من:2019-03 إلى:2019-03-10", {"raqqa", "beirut"}),
        ("تاريخ:2018", {"school"}),
        ("سوريا من:2019-03", {"raqqa", "beirut"}),
        ("من:2020", {"table"}),
        ("*", set(EVERY_ID)),
    ],
)
def test_what_a_query_finds(ask, text, expected):
    found = ask(text)
    assert expected == set(ids(found))
    assert len(expected) == found.total
    assert not found.relaxed
    assert () == plain_notices(found)


# --- filters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["وكالة الأنباء"], {"raqqa", "school"}),
        (["وكالة الانباء"], {"raqqa", "school"}),
        (["صحيفة الاتحاد"], {"beirut", "name"}),
        (["صحيفة الإتحاد"], {"beirut", "name"}),
        (["opec bulletin"], {"gold"}),
        (["وكالة الأنباء", "OPEC BULLETIN"], {"raqqa", "school", "gold"}),
    ],
)
def test_a_source_is_meant_whatever_its_hamzas_and_case(ask, sources, expected):
    found = ask("", sources=tuple(sources))
    assert expected == set(ids(found))
    assert () == found.notices


def test_a_source_is_meant_whole(ask):
    found = ask("سوريا", sources=("وكالة",))
    assert 0 == found.total
    names = sorted({article.source for article in ARTICLES if article.source} | {"ميدل إيست"})
    assert notices.unknown_name(notices.NO_SUCH_SOURCE, "وكالة", names) in found.notices


def test_an_unknown_source_is_told_and_those_that_are_known_are_searched(ask):
    found = ask("*", sources=("القمر", "وكالة الأنباء"))
    assert {"raqqa", "school"} == set(ids(found))
    assert 1 == len(found.notices)
    assert "«القمر»" in found.notices[0]


def test_authors_filter_as_sources_do(ask):
    assert ["raqqa"] == ids(ask("", authors=("سلمي العطار",)))
    found = ask("", authors=("أحد",))
    assert 0 == found.total
    assert any("للكاتب «أحد»" in notice for notice in found.notices)
    assert ["beirut"] == ids(ask("", authors=("نادر حمدي",), sources=("صحيفة الاتحاد",)))
    assert [] == ids(ask("", authors=("نادر حمدي",), sources=("وكالة الأنباء",)))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2019, 3, 2), date(2019, 3, 9), {"raqqa", "beirut"}),
        (date(2020, 1, 5), None, {"table"}),
        (None, date(2018, 9, 1), {"school"}),
        (date(2019, 3, 3), date(2019, 3, 8), set()),
    ],
)
def test_days_filter_both_included(ask, first, last, expected):
    assert expected == set(ids(ask("*", first=first, last=last)))


def test_filters_narrow_down_the_words_and_their_relaxing(ask):
    assert ["beirut"] == ids(ask("سوريا", sources=("صحيفة الاتحاد",)))
    found = ask("الباغوز لبنان", sources=("صحيفة الاتحاد",))
    assert ["beirut"] == ids(found)
    assert found.relaxed


# --- counts, orders, pages --------------------------------------------------------------------------------


def test_facets_count_all_that_matches_not_the_page(ask):
    found = ask("*", limit=1)
    assert (
        ("وكالة الأنباء", 2),
        ("صحيفة الإتحاد", 2),
        ("OPEC Bulletin", 1),
        ("ميدل إيست", 1),
    ) == found.facets["source"]
    months = [("2018-09", 1), ("2019-02", 1), ("2019-03", 3), ("2020-01", 1)]
    assert months == list(found.facets["month"])
    facets = ask("الباغوز").facets
    assert ((("ميدل إيست", 1),), (("2019-02", 1),)) == (facets["source"], facets["month"])


def test_what_is_not_counted_is_empty_and_all_else_the_same(library):
    asked = SearchQuery("سوريا")
    whole, days, none = (search(library, asked, facets=names) for names in (COUNTED, (DAY,), ()))
    assert whole.hits == days.hits == none.hits
    assert whole.total == days.total == none.total
    assert whole.facets["source"]
    assert whole.facets["day"] == days.facets["day"] != ()
    assert whole.facets["month"] == days.facets["month"]
    assert () == days.facets["source"] == none.facets["source"] == none.facets["day"]


def test_by_date(ask):
    dated = ["table", "name", "beirut", "raqqa", BAGHOUZ, "school"]
    assert dated == ids(ask("*", sort=Sort.NEWEST))[:6]
    assert dated[::-1] == ids(ask("*", sort=Sort.OLDEST))[:6]
    assert {"gold", "script"} == set(ids(ask("*", sort=Sort.OLDEST))[6:])


def test_by_relevance_scores_fall(ask):
    scores = [hit.score for hit in ask("قوات أو سوريا أو لبنان أو الرقة").hits]
    assert sorted(scores, reverse=True) == scores
    assert scores[-1] > 0


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", ["*", "سوريا أو ذهب أو علي"])
def test_pages_are_slices_of_the_whole(ask, text, sort):
    whole = ask(text, sort=sort, limit=MAX_LIMIT)
    for size in (1, 2, 3, 5):
        pages = [ask(text, sort=sort, limit=size, offset=at) for at in range(0, whole.total + size, size)]
        assert ids(whole) == [each for page in pages for each in ids(page)]
        assert {whole.total} == {page.total for page in pages}
        assert [whole.facets] * len(pages) == [page.facets for page in pages]
    assert () == ask(text, sort=sort, limit=0).hits
    assert () == ask(text, sort=sort, offset=10**9).hits


@pytest.mark.parametrize(
    "wrong", [{"limit": -1}, {"limit": MAX_LIMIT + 1}, {"offset": -1}, {"limit": -1, "offset": -1}]
)
def test_a_page_that_there_can_not_be_is_refused(ask, wrong):
    with pytest.raises(ValueError, match=f"0 to {MAX_LIMIT}"):
        ask("*", **wrong)


# --- what a hit is ----------------------------------------------------------------------------------------


def test_a_hit_has_the_article_and_shows_why_it_matched(ask):
    (hit,) = ask("المدينة العطار -الباغوز").hits
    assert ("raqqa", "الرقة بعد عامين", "وكالة الأنباء", "سلمى العطار", "2019-03-02T09:00:00", None) == (
        hit.id,
        hit.title,
        hit.source,
        hit.author,
        hit.published,
        hit.url,
    )
    assert {"المدينة": ("مدينة", "المدينة")} == hit.matched
    assert (("الرقة بعد عامين", False),) == hit.title_parts
    assert ["مدينة", "المدينة"] == marked(hit.snippet_parts)


def test_a_word_of_the_title_alone_is_marked_there_alone(ask):
    (hit,) = ask("العنوان:الرقة").hits
    assert ["الرقة"] == marked(hit.title_parts)
    assert [] == marked(hit.snippet_parts)


def test_text_that_looks_like_markup_comes_as_it_is(ask):
    (hit,) = ask("<script>").hits
    assert "عن <script> و&amp;" == hit.title == "".join(text for text, _ in hit.title_parts)
    assert ["script"] == marked(hit.title_parts)
    assert "<b>script</b>" in "".join(text for text, _ in hit.snippet_parts)


def test_the_article_that_the_project_was_asked_to_find(ask):
    hit = next(hit for hit in ask("قوات سوريا الديمقراطية").hits if hit.id == BAGHOUZ)
    assert {"قوات", "لقوات", "قواتنا", "القوات"} == set(hit.matched["قوات"])
    lines = ["".join(text for text, _ in parts) for parts in hit.fragments]
    assert any("لقوات سوريا الديمقراطية" in line for line in lines[:2])
    assert {"لقوات", "قواتنا", "القوات"} <= set(marked(hit.snippet_parts))


def test_fragments_are_one_line_with_an_ellipsis_between():
    names = dict.fromkeys(("url", "source", "author", "category", "published"))
    hit = ListedHit(id="a", score=1.0, title="", fragments=((("one", True),), (("two", False),)), **names)
    assert (("one", True), (ELLIPSIS, False), ("two", False)) == hit.snippet_parts


def test_results_are_json(ask):
    found = ask("قوات سوريا", limit=1)
    said = json.loads(json.dumps(found.to_json(), ensure_ascii=False))
    assert [
        "query", "understood", "total", "took_ms", "relaxed", "notices", "hits", "facets", "expansions",
        "offers",
    ] == list(said)  # fmt: skip
    assert [
        "id", "score", "title", "url", "source", "author", "category", "published",
        "title_parts", "snippet_parts", "matched", "why",
    ] == list(said["hits"][0])  # fmt: skip
    assert ("قوات سوريا", 2, False) == (said["query"], said["total"], said["relaxed"])
    assert notices.expanded(found.expansions) == said["notices"]
    assert {"word": "سوريا", "kind": "root", "text": "سوري"}.items() <= said["expansions"][0].items()
    assert [["وكالة الأنباء", 1], ["ميدل إيست", 1]] == sorted(said["facets"]["source"], reverse=True)
    assert said["took_ms"] >= 0
    assert said["hits"][0]["title"] == "".join(text for text, _ in said["hits"][0]["title_parts"])


# --- a library that changes -------------------------------------------------------------------------------


@pytest.fixture
def changing(tmp_path):
    with Library.open(tmp_path, create=True) as library:
        library.add(ARTICLES)
        library.catch_up()
        yield library


def test_an_index_that_is_behind_is_told(changing):
    changing.add([Article("new", "الرقة", "خبر من الرقة"), Article("new2", "الرقة", "خبر آخر")])
    found = search(changing, SearchQuery("الرقة"))
    assert (["raqqa"], (notices.behind(2),)) == (ids(found), found.notices)
    changing.catch_up()
    found = search(changing, SearchQuery("الرقة"))
    assert ({"raqqa", "new", "new2"}, ()) == (set(ids(found)), found.notices)


def test_what_was_removed_from_the_archive_is_not_shown(changing):
    changing.archive.remove(["raqqa"])
    found = search(changing, SearchQuery("الرقة"))
    assert () == found.hits
    assert (notices.behind(1), notices.REMOVED_MEANWHILE) == found.notices


def test_without_an_index_it_is_said_what_to_do(tmp_path):
    with (
        Library.open(tmp_path, create=True) as library,
        pytest.raises(IndexMissingError, match="arshif reindex"),
    ):
        search(library, SearchQuery("الرقة"))


def test_an_empty_archive_has_nothing(tmp_path):
    with Library.open(tmp_path, create=True) as library:
        library.catch_up()
        for text in ("*", "", "قوات سوريا", '"قوات سوريا"', "-قوات"):
            found = search(library, SearchQuery(text))
            assert (0, ()) == (found.total, found.hits)
            assert {()} == set(found.facets.values())


# --- any text at all --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected", "said"),
    [
        ("ماذا حدث؟", {"name"}, [notices.dropped(["ماذا"])]),
        ("سوريا -لبنان", {"raqqa", BAGHOUZ}, []),
        ('"مهلة استسلام"', {BAGHOUZ}, []),
        ("الباغوز أو الرقة", {"raqqa", BAGHOUZ}, []),
        ("قُوّات", {"raqqa", BAGHOUZ}, []),
        ("قوات سوريا الديموقراطيه", {"raqqa", BAGHOUZ}, []),
        ('"قوات سوريا', {"raqqa", BAGHOUZ}, ["علامة التنصيص"]),
        ("*", set(EVERY_ID), []),
        ("<script>", {"script"}, []),
        ("", set(EVERY_ID), [notices.NOTHING_TYPED]),
        (" \n\t", set(EVERY_ID), [notices.NOTHING_TYPED]),
        ("😀", set(), ["لا توجد في الاستعلام كلمة"]),
        ("في من على", {BAGHOUZ}, [notices.ONLY_STOPWORDS]),
        ("\ud800", set(), ["لا توجد في الاستعلام كلمة"]),
        ("\u200f\x00", set(EVERY_ID), [notices.NOTHING_TYPED]),
        ("ۥ", set(), ["لا توجد في الاستعلام كلمة"]),
        ("قوات*", {"raqqa", BAGHOUZ}, []),
        ("((قوات)", {"raqqa", BAGHOUZ}, []),
        ("'; DROP TABLE article; --", set(), []),
    ],
)
def test_queries_that_people_type(ask, text, expected, said):
    found = ask(text)
    assert expected == set(ids(found))
    told = plain_notices(found)
    assert len(said) == len(told)
    assert all(part in notice for part, notice in zip(said, told, strict=True))
    assert text == found.query


def test_a_query_that_is_too_long_is_refused_with_its_length(ask):
    with pytest.raises(QueryRefusedError) as caught:
        ask("ا" * 10_000)
    assert notices.too_long(10_000, MAX_LENGTH) == str(caught.value)
    with pytest.raises(QueryRefusedError):
        ask("ا" * (MAX_LENGTH + 1))
    assert 0 == ask("ا" * MAX_LENGTH).total


PIECES = (
    *("قوات", "القُوّات", "سوريا", "في", "على", "علي", "أو", "و", "ليس", "AND", "OR", "NOT", "كوفيد-19", "G20"),
    *(
        "المصدر:",
        "source:",
        "العنوان:",
        "الكاتب:",
        "من:",
        "إلى:",
        "تاريخ:",
        "2019",
        "2019-02",
        "..",
        "99",
        "وكالة",
    ),
    *(
        " ",
        " ",
        " ",
        '"',
        "“",
        "(",
        ")",
        "-",
        "*",
        "|",
        "&",
        ":",
        "'",
        "ـ",
        "؟",
        "😀",
        "\ud800",
        "\x00",
        "\u200f",
    ),
)
texts = st.text(st.characters(codec=None), max_size=MAX_LENGTH) | st.lists(
    st.sampled_from(PIECES), max_size=80
).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts.filter(lambda text: len(text) <= MAX_LENGTH), st.sampled_from(Sort), st.integers(0, 5))
@example("(" * MAX_LENGTH, Sort.RELEVANCE, 0)
@example("-" * MAX_LENGTH, Sort.RELEVANCE, 0)
@example("ا " * (MAX_LENGTH // 2), Sort.NEWEST, 0)
@example("ۥ", Sort.RELEVANCE, 0)
def test_no_text_breaks_a_search(library, text, sort, offset):
    found = search(library, SearchQuery(text, limit=3, offset=offset, sort=sort))
    assert len(found.hits) == max(0, min(3, found.total - offset))
    assert sum(count for _, count in found.facets["source"]) <= found.total <= len(EVERY_ID)
    for hit in found.hits:
        assert hit.title == "".join(piece for piece, _ in hit.title_parts)
        assert hit.score >= 0
    json.dumps(found.to_json())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from((*PIECES[:6], "لبنان", "الرقة", "ذهب", "المدرسة")), min_size=2, max_size=5))
def test_any_of_the_words_finds_what_one_of_them_finds(library, words):
    """More words find fewer articles; only where they find none, any of them is enough."""
    each = [set(ids(search(library, SearchQuery(word)))) for word in words if word not in {"في", "على"}]
    found = search(library, SearchQuery(" ".join(words)))
    if each and not found.relaxed:
        assert set.intersection(*each) == set(ids(found))
    elif each:
        assert set() == set.intersection(*each)
        assert set.union(*each) == set(ids(found))


# --- any of the words -------------------------------------------------------------------------------------


def test_any_word_is_enough_when_that_is_asked_for(ask):
    every, some = ask("قوات لبنان"), ask("قوات لبنان", match=Match.ANY)
    either = {hit.id for word in ("قوات", "لبنان") for hit in ask(word, limit=100).hits}
    assert either == set(ids(some))
    assert not some.relaxed
    assert "أو" in some.understood
    assert not some.can_widen
    assert every.total <= some.total


@pytest.mark.parametrize(
    ("text", "can"), [("قوات سوريا", True), ("قوات", False), ("قوات -لبنان", False), ("*", False)]
)
def test_a_search_tells_whether_it_can_be_widened(ask, text, can):
    assert can == ask(text).can_widen
