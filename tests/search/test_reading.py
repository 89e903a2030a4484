import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.library import Library
from search.parse import MAX_LENGTH
from search.reading import read_article
from search.results import SearchQuery
from search.service import search
from search.vocabulary import Vocabulary

BODY = (
    "وقالت القوات إن الطريق مفتوح.\n\n"
    "عنوان فرعي\nوسطر بعده عن قُوّاتِ الأمن\n \t\n\n"
    "  فقرة أخيرة: لقواتنا كلمة.  "
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with Library.open(tmp_path_factory.mktemp("reading"), create=True) as opened:
        opened.add(
            [
                Article("forces", "قوات جديدة", BODY),
                Article("lines", "سطور", "السطر الأول\nالسطر الثاني\n"),
                Article("untitled", "", "نص"),
                Article("named", "قوات سوريا الديمقراطية", "نص"),
            ]
        )
        yield opened


def text_of(parts):
    return "".join(text for text, _ in parts)


def marked_in(parts):
    return [text for text, is_hit in parts if is_hit]


def test_an_id_that_is_not_there(library):
    assert read_article(library, "nothing", "قوات") is None


def test_the_article_comes_with_it(library):
    assert library.archive.get("forces") == read_article(library, "forces").article


def test_whole_words_are_marked_everywhere(library):
    read = read_article(library, "forces", "قوات")
    assert ["قوات"] == marked_in(read.title)
    assert [["القوات"], ["قُوّاتِ"], ["لقواتنا"]] == [marked_in(paragraph) for paragraph in read.paragraphs]


def test_other_spellings_are_marked_unless_they_were_not_looked_for(library):
    assert ["قوات", "سوريا", "الديمقراطية"] == marked_in(read_article(library, "named", "قسد").title)
    assert [] == marked_in(read_article(library, "named", "قسد", expand=False).title)
    assert ["قوات"] == marked_in(read_article(library, "named", "القوات", expand=False).title)


def read(library, article_id, query):
    """An article with all marked that a search looks for."""
    with library.searching() as engine:
        return read_article(library, article_id, query, vocabulary=Vocabulary(engine))


def test_what_the_search_found_is_marked_derivations_and_misspellings_too(tmp_path):
    with Library.open(tmp_path / "found", create=True) as found:
        war = [Article(f"war{n}", "حرب", "المحاربون في الحرب، والمحاربون كثر.") for n in range(5)]
        found.add([*war, Article("economy", "خبر", "الاقتصاد ينمو.")])
        found.add([Article(f"economy{n}", "خبر", "نما الاقتصاد.") for n in range(3)])
        found.catch_up()
        assert [] == marked_in(read_article(found, "economy", "الاقتصاض").paragraphs[0])
        assert ["الاقتصاد"] == marked_in(read(found, "economy", "الاقتصاض").paragraphs[0])
        assert ["الاقتصاد"] == marked_in(read(found, "economy", "اقتص*").paragraphs[0])
        for query in ("حرب", "الاقتصاض", "اقتص*", "اقتصاد~", "حرب قرب:3 محاربون"):
            for hit in search(found, SearchQuery(query)).hits:
                whole = read(found, hit.id, query)
                shown = [part for fragment in hit.fragments for part in marked_in(fragment)]
                assert set(shown) <= {word for paragraph in whole.paragraphs for word in marked_in(paragraph)}


def test_what_is_sought_in_the_body_is_not_marked_in_the_title(library):
    read = read_article(library, "forces", "النص:قوات")
    assert [] == marked_in(read.title)
    assert ["القوات"] == marked_in(read.paragraphs[0])


def test_what_is_sought_in_the_title_is_not_marked_in_the_body(library):
    read = read_article(library, "forces", "العنوان:قوات")
    assert ["قوات"] == marked_in(read.title)
    assert [] == [word for paragraph in read.paragraphs for word in marked_in(paragraph)]


def test_what_is_excluded_is_not_marked(library):
    read = read_article(library, "forces", "الطريق -قوات")
    assert [] == marked_in(read.title)
    assert ["الطريق"] == marked_in(read.paragraphs[0])


@pytest.mark.parametrize("query", ["", " ", "*", "؟", "ا" * (MAX_LENGTH + 1), "قوات " * MAX_LENGTH])
def test_nothing_to_mark(library, query):
    read = read_article(library, "forces", query)
    assert ((("قوات جديدة", False),)) == read.title
    assert all(not is_hit for paragraph in read.paragraphs for _, is_hit in paragraph)


def test_paragraphs_are_cut_at_blank_lines_and_keep_their_lines(library):
    assert [
        "وقالت القوات إن الطريق مفتوح.",
        "عنوان فرعي\nوسطر بعده عن قُوّاتِ الأمن",
        "فقرة أخيرة: لقواتنا كلمة.",
    ] == [text_of(paragraph) for paragraph in read_article(library, "forces", "قوات").paragraphs]


def test_without_blank_lines_every_line_is_a_paragraph(library):
    read = read_article(library, "lines", "السطر")
    assert ["السطر الأول", "السطر الثاني"] == [text_of(paragraph) for paragraph in read.paragraphs]


def test_no_title(library):
    assert () == read_article(library, "untitled", "نص").title


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["قوات", "الأمن،", "a-b", "\n", "\n\n", " \n \n", " ", "\r\n", "é"]), min_size=1
    ),
    st.sampled_from(["قوات", "الأمن", '"قوات الأمن"', "a-b", "é أو قوات"]),
)
def test_no_letter_is_lost_and_no_paragraph_is_empty(library, pieces, query):
    body = "x" + "".join(pieces)
    library.add([Article("law", "عنوان", body)])
    read = read_article(library, "law", query)
    assert re.sub(r"\s", "", body) == re.sub(r"\s", "", "".join(map(text_of, read.paragraphs)))
    for paragraph in read.paragraphs:
        assert text_of(paragraph).strip() == text_of(paragraph) != ""
        assert all(text for text, _ in paragraph)
