"""A web address as a query finds the article that was published there, and else is taken as it is."""

import pytest

from index.article import Article
from index.library import Library
from search import grammar, notices
from search.parse import parse
from search.pasted import address, spellings
from search.results import SearchQuery
from search.service import search
from search.syntax import AllOf, Exclude, Quoted, Word
from web import create_app

URL = "http://example.org/خبر/viewstory.php?newsid=12"
TEXT = "https://other.org/a?b=1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("address")
    with Library.open(folder, create=True) as opened:
        opened.add(
            [
                Article("one", "خبر", "نص", url=URL),
                Article("two", "خبر آخر", f"نقلا عن {TEXT} اليوم", url="http://example.org/2"),
            ]
        )
        opened.catch_up()
    return folder


@pytest.fixture(scope="module")
def library(folder):
    with Library.open(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    "typed",
    [
        URL,
        f"  {URL} ",
        URL.replace("http", "https"),
        URL.replace("http://", "https://www."),
        URL.replace("http://", "www."),
        "https://example.org/%D8%AE%D8%A8%D8%B1/viewstory.php?newsid=12",
        f"{URL}&utm_source=x&utm_medium=y#top",
        f"{URL}&fbclid=1",
    ],
)
def test_finds_the_article_of_that_address(library, typed):
    found = search(library, SearchQuery(typed))
    assert ([hit.id for hit in found.hits], found.total) == (["one"], 1)
    assert found.notices == (notices.BY_ADDRESS,)


def test_paging_is_kept(library):
    assert search(library, SearchQuery(URL, offset=1)).hits == ()
    assert search(library, SearchQuery(URL, limit=0)).total == 1


def test_another_address_is_looked_for_as_it_is(library):
    found = search(library, SearchQuery(TEXT))
    assert [hit.id for hit in found.hits] == ["two"]
    assert grammar.ADDRESS_AS_TYPED.format(address=TEXT) in found.notices
    assert search(library, SearchQuery("https://example.org/none?x*y")).total == 0


def test_signs_of_an_address_are_its_own():
    assert parse(f"خبر {TEXT}").node == AllOf((Word("خبر"), Quoted(TEXT)))
    assert parse(f"-{TEXT}").node == Exclude(Quoted(TEXT))
    assert parse("https://").node == Word("https")


@pytest.mark.parametrize("text", ["", "خبر", f"خبر {URL}", "http://", "://x", "www", "ftp"])
def test_is_no_address(text):
    assert address(text) is None


def test_what_was_typed_comes_first():
    assert spellings(TEXT)[0] == TEXT
    assert len(spellings(URL)) == len(set(spellings(URL)))


def test_the_page_shows_it(library):
    client = create_app({"LIBRARY": library}).test_client()
    for path in ("/search", "/api/search"):
        answer = client.get(path, query_string={"q": URL})
        assert answer.status_code == 200
        assert "viewstory" in answer.get_data(as_text=True)
