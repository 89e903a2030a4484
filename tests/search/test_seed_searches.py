"""Searches over the articles in seeds/: however a name is typed, its article is found, and it is said why."""

from pathlib import Path

import pytest

from index.library import Library
from search.expansion import Kind
from search.reading import read_article
from search.results import SearchQuery
from search.service import search

SEEDS = Path(__file__).parents[2] / "seeds"
BAGHOUZ = (SEEDS / "baghouz-2019.txt").read_text(encoding="utf-8").split("\n", 1)[0]
SDF = ("قوات", "سوريا", "الديمقراطية")


@pytest.fixture(scope="module")
def library(seeds):
    with Library.open(seeds) as opened:
        yield opened


def marked(parts):
    return [text for text, is_hit in parts if is_hit]


@pytest.mark.parametrize(
    "query",
    [
        "قوات سوريا الديمقراطية",
        "القوات السورية الديمقراطيه",
        "قوات سورية الديموقراطية",
        "قسد",
        "=قوات =سوريا =الديمقراطية",
    ],
)
def test_the_article_comes_first(library, query):
    found = search(library, SearchQuery(query))
    assert not found.relaxed
    assert BAGHOUZ == found.hits[0].title


def test_a_short_name_is_understood_and_it_is_said(library):
    found = search(library, SearchQuery("قسد"))
    assert "«قسد»" == found.understood
    [notice] = found.notices
    assert notice.startswith("بُحث مع «قسد» عن صور أخرى لها: ")
    assert "«قوات سوريا الديمقراطية»" in notice
    assert {(Kind.VARIANT, "قسد")} == {(each.kind, each.typed) for each in found.expansions}


@pytest.mark.parametrize("query", ["=قسد", '"قسد"'])
def test_a_short_name_that_no_article_has_finds_nothing_when_only_it_is_asked_for(library, query):
    assert 0 == search(library, SearchQuery(query)).total
    assert 0 == search(library, SearchQuery("قسد", expand=False)).total


def test_what_a_short_name_stands_for_is_marked_as_a_row(library):
    [first, *_] = search(library, SearchQuery("قسد")).hits
    assert {"قسد": (*SDF, "لقوات")} == first.matched
    for fragment in first.fragments:
        words = [word.removeprefix("ل") for word in marked(fragment)]
        assert words
        assert [*SDF] * (len(words) // 3) == words


def test_a_whole_article_has_the_row_marked_and_no_other_use_of_its_words(library):
    [first, *_] = search(library, SearchQuery("قسد")).hits
    whole = read_article(library, first.id, "قسد")
    words = [word for paragraph in whole.paragraphs for word in marked(paragraph)]
    text = "".join(text for paragraph in whole.paragraphs for text, _ in paragraph)
    assert text.count("قوات سوريا الديمقراطية") == len(words) // 3
    assert text.count("سوريا") > len(words) // 3
