"""How the archive writes a form, and that a reader is told of it so."""

import pytest

from index.article import Article
from search import spellings
from search.results import SearchQuery
from search.service import search
from search.spellings import written

ARTICLES = [
    Article("a", "الهَيْئة العامة", "قالت الهيئة إن المسؤولية مشتركة، والهيئه كذلك."),
    Article("b", "أخـــبار", "أخبار من سورية، اخبار من سورية"),
    Article("c", "مستشفى", "إلى المستشفى في Zürich"),
]


@pytest.fixture(scope="module")
def library(library_of):
    return library_of(ARTICLES)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("الهييه", "الهيئة"),
        ("المسووليه", "المسؤولية"),
        ("اخبار", "أخبار"),
        ("سوريه", "سورية"),
        ("المستشفي", "المستشفى"),
        ("zurich", "Zürich"),
        ("زرافه", "زرافه"),
    ],
)
def test_a_form_is_spelled_as_the_archive_mostly_spells_it(library, form, expected):
    with library.searching() as engine:
        assert expected == written(form, engine, library.archive)


def test_what_is_remembered_has_a_bound_and_is_asked_anew_after_it(library, monkeypatch):
    monkeypatch.setattr(spellings, "REMEMBERED", 1)
    with library.searching() as engine:
        for _ in range(3):
            assert ["الهيئة", "سورية"] == [
                written(form, engine, library.archive) for form in ("الهييه", "سوريه")
            ]


@pytest.mark.parametrize(
    ("query", "expected"), [("*ييه", {"الهيئة"}), ("سوريا~", {"سورية"}), ("*شفى", {"مستشفى", "المستشفى"})]
)
def test_a_reader_is_told_of_forms_as_the_archive_writes_them(library, query, expected):
    found = search(library, SearchQuery(query))
    assert expected <= {each.text for each in found.expansions}
    assert all(each.text in "".join(found.notices) for each in found.expansions)
