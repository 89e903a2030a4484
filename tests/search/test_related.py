"""What else there is on the subject of an article."""

from pathlib import Path

import pytest

from index.article import Article
from index.library import Library
from index.record import replace
from search.related import SHOWN, overlap, related, telling
from search.shared import words_of

FIRE = Article(
    "fire",
    "حريق كبير في سوق العطارين بدمشق",
    "اندلع حريق كبير فجر اليوم في سوق العطارين بدمشق القديمة، وأتى على عشرات المحال قبل أن يخمد.",
    source="المدى",
    published="2019-02-17",
)
COPY = replace(FIRE, id="copy", title="حريق في سوق العطارين بدمشق القديمة", source="الفجر")
AFTER = Article(
    "after",
    "سوق العطارين بعد الحريق",
    "عاد تجار سوق العطارين إلى محالهم بعد أسبوع، وبدأت البلدية ترميم السقف الذي أكلته النار.",
    source="المدى",
)
TWICE = replace(AFTER, id="twice", body=AFTER.body + " وقدّمت غرفة التجارة عونًا.")
OTHERS = [
    Article(
        f"other-{number}",
        f"اجتماع مجلس المدينة رقم {number}",
        f"ناقش أعضاء مجلس المدينة اليوم موازنة العام وبنودًا أخرى منها الطرق والمياه والكهرباء، بند {number}.",
    )
    for number in range(30)
]


@pytest.fixture(scope="module")
def library(library_of):
    return library_of([FIRE, COPY, AFTER, TWICE, *OTHERS])


def test_what_tells_the_same_is_told_apart_from_what_tells_more(library):
    found = related(library, FIRE)
    assert ["copy"] == [article.id for article in found.same]
    assert 1 == len(found.others)  # the same title once
    assert {article.id for article in found.others} <= {"after", "twice"}


@pytest.mark.parametrize(
    "row",
    [
        line.split("\t")
        for line in Path(__file__).with_name("golden_same.tsv").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ],
    ids=lambda row: f"{row[0]} {row[2]}",
)
def test_a_telegram_of_the_same_formula_is_not_the_same_story(library_of, row):
    one = Article("one", row[2], row[3], published=row[1] or None)
    other = Article("other", row[5], row[6], published=row[4])
    found = related(library_of([one, other, *OTHERS]), one)
    assert [each.id for each in found.same] == ["other"] * (row[0] == "yes")


def test_an_article_is_not_related_to_itself_nor_to_all(library):
    for article in (FIRE, AFTER, *OTHERS[:3]):
        found = related(library, article)
        ids = [other.id for other in (*found.others, *found.same)]
        assert article.id not in ids
        assert len(ids) == len(set(ids)) <= 2 * SHOWN
    assert not {article.id for article in related(library, FIRE).others} & {each.id for each in OTHERS}


def test_telling_words_are_those_that_few_articles_have(library):
    with library.searching() as engine:
        weights = telling(engine, FIRE)
        common = telling(engine, OTHERS[0])
    assert {"حريق", "عطار"} & set(weights)
    assert 1.0 == max(weights.values())
    assert sorted(weights.values(), reverse=True) == list(weights.values())
    assert "مجلس" not in common  # nearly all have it


def test_an_article_alone_has_none(tmp_path):
    with Library.open(tmp_path, create=True) as opened:
        opened.add([FIRE])
        opened.catch_up()
        found = related(opened, FIRE)
    assert ((), ()) == (found.others, found.same)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("قوات سوريا", "قوات سوريا", 1.0), ("قوات سوريا", "سعر النفط", 0.0), ("", "قوات", 0.0), ("", "", 0.0)],
)
def test_overlap(one, other, expected):
    words = [words_of(Article("x", "", text)) for text in (one, other)]
    assert expected == overlap(*words) == overlap(*reversed(words))
