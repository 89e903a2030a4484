"""What a reader is told, in grammatical Arabic."""

import pytest

from search import notices
from search.expansion import Expansion, Kind
from search.messages import names
from search.results import Results


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 مقالة"),
        (1, "مقالة واحدة"),
        (2, "مقالتان"),
        (3, "3 مقالات"),
        (10, "10 مقالات"),
        (11, "11 مقالة"),
        (99, "99 مقالة"),
        (100, "100 مقالة"),
        (101, "101 مقالة"),
        (102, "102 مقالة"),
        (103, "103 مقالات"),
        (110, "110 مقالات"),
        (111, "111 مقالة"),
        (1000, "1000 مقالة"),
        (1003, "1003 مقالات"),
        (12345, "12345 مقالة"),
    ],
)
def test_a_number_of_articles(number, said):
    assert said == notices.articles(number)


def test_any_noun_can_be_counted():
    nouns = ("كلمة واحدة", "كلمتان", "كلمات", "كلمة")
    counted = [notices.count(number, *nouns) for number in (1, 2, 5, 20)]
    assert ["كلمة واحدة", "كلمتان", "5 كلمات", "20 كلمة"] == counted


def test_names_stand_in_quotation_marks():
    assert "«في»" == names(("في",))
    assert "«في»، «من»" == names(("في", "من"))


def test_dropped_words_are_named_with_the_way_to_look_for_them():
    said = notices.dropped(["في", "وإلى"])
    assert "«في»، «وإلى»" in said
    assert "تنصيص" in said


EXPANSIONS = [
    Expansion("سورية", Kind.ROOT, "سوري", 0.2),
    Expansion("سورية", Kind.ROOT, "سوريون", 0.3),
    Expansion("قوات سورية", Kind.FEEDBACK, "هجوم", 0.5),
    Expansion("قسد", Kind.VARIANT, "SDF", 1.0),
    Expansion("هجووم", Kind.SPELLING, "هجوم", 0.7),
]


def test_what_was_not_typed_is_told_in_a_sentence_for_each_reason():
    assert [
        "بُحث مع «قسد» عن صور أخرى لها: «SDF».",
        "بُحث مع «سورية» عن كلمات من أصلها: «سوريون»، «سوري».",
        "ليس في الأرشيف «هجووم»، فبُحث عمّا يشبهها: «هجوم».",
        "رُتّبت النتائج بكلمات تكثر في أوائلها: «هجوم».",
    ] == notices.expanded(EXPANSIONS)
    assert [] == notices.expanded([])


def test_a_sentence_lists_the_heaviest_words_and_says_that_there_are_more():
    words = [Expansion("قوة", Kind.ROOT, f"كلمة{number}", number / 10) for number in range(1, 9)]
    [said] = notices.expanded(words)
    assert said.endswith("«كلمة8»، «كلمة7»، «كلمة6»، «كلمة5»، «كلمة4»، «كلمة3» وغيرها.")
    assert "وغيرها" not in notices.expanded(words[: notices.LISTED])[0]


def test_who_shows_expansions_otherwise_gets_the_other_notices():
    told = ("أولى.", *notices.expanded(EXPANSIONS), "أخيرة.")
    found = Results("", "", 0, 0.0, relaxed=False, notices=told, hits=(), expansions=tuple(EXPANSIONS))
    assert ("أولى.", "أخيرة.") == found.other_notices


def test_an_index_that_is_behind_is_told_with_the_command():
    assert "مقالتان" in notices.behind(2)
    assert "arshif reindex" in notices.behind(2)


def test_an_unknown_name_is_told_with_those_there_are():
    said = notices.unknown_name(notices.NO_SUCH_SOURCE, "القمر", ["الأرض", "المريخ"])
    assert "لا مقالة من المصدر «القمر». في الأرشيف: «الأرض»، «المريخ»." == said
    assert "لا مقالة من المصدر «القمر»." == notices.unknown_name(notices.NO_SUCH_SOURCE, "القمر", [])


def test_a_query_that_is_too_long_is_told_its_length_and_the_limit():
    said = notices.too_long(10_000, 1000)
    assert "10000" in said
    assert "1000" in said.replace("10000", "")


def test_the_length_of_a_query_is_said_grammatically():
    assert "0 حرفًا" not in notices.too_long(10_000, 1000)


FIXED = [notices.RELAXED, notices.ONLY_STOPWORDS, notices.NOTHING_TYPED, notices.REMOVED_MEANWHILE]


@pytest.mark.parametrize("said", [*FIXED, notices.dropped(["في"]), notices.behind(1), notices.too_long(9, 8)])
def test_each_notice_is_one_line_that_ends_as_a_sentence(said):
    assert said == said.strip()
    assert "\n" not in said
    assert said.endswith(".")
