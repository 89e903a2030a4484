"""The page of a concordance, and its files: the same lines everywhere."""

import csv
import io
import json
from urllib.parse import unquote

import pytest

from search.kwic import FIELDS, LINES, KwicOrder, KwicQuery, kwic
from search.results import SearchQuery


def lines_of(page):
    parts = [[each.text for each in page.all(css_class=part)] for part in ("before", "keyword", "after")]
    return list(zip(*parts, strict=True))


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("sort", KwicOrder)
def test_page_files_and_search_have_the_same_lines(read, client, library, sort):
    found = kwic(library, KwicQuery(SearchQuery("مجلس"), sort, limit=1000))
    assert 2 * 24 == found.total
    expected = [tuple(part.strip() for part in line.parts) for line in found.lines]
    page = read("/concordance", q="مجلس", sort=sort.value)
    assert [] == page.faults
    assert expected[:LINES] == lines_of(page)
    assert "48 موضعًا في 24 مقالة" == page.total
    rows = table(client.get("/concordance.csv", query_string={"q": "مجلس", "sort": sort.value}))
    assert expected == [(row["before"], row["keyword"], row["after"]) for row in rows]
    text = client.get("/concordance.jsonl", query_string={"q": "مجلس", "sort": sort.value}).data.decode()
    assert [line.row() for line in found.lines] == [json.loads(line) for line in text.splitlines()]
    assert list(FIELDS) == list(rows[0])


def test_an_address_is_a_state(read):
    page = read("/concordance", q="مجلس", sort="after", words=2, source="صحيفة الفجر")
    assert {"2"} == {
        field["value"]
        for field in page.all("input")
        if field["name"] == "words" and field["type"] == "number"
    }
    assert all(len(after.split()) <= 2 for _, _, after in lines_of(page))
    for link in page.all("a", inside="sorts"):
        assert "words=2" in link["href"]
        assert "source=" in link["href"]
    again = read(page.link("الكلمة السابقة"))
    assert sorted(lines_of(page)) == sorted(lines_of(again))
    assert "الكلمة السابقة" == again.sort
    wider = read(next(link["href"] for link in page.all("a", inside="chips")))
    assert len(lines_of(page)) < len(lines_of(wider))


def test_pages_of_lines(read, library):
    whole = kwic(library, KwicQuery(SearchQuery("مجلس بنود"), limit=1000)).lines
    assert len(whole) > LINES
    page, found = read("/concordance", q="مجلس بنود"), []
    while True:
        found += lines_of(page)
        following = [link["href"] for link in page.all("a", inside="pages") if link.text == "التالية"]
        if not following:
            break
        page = read(following[0])
    assert [tuple(part.strip() for part in line.parts) for line in whole] == found
    assert "آخر الصفحات" in read("/concordance", q="مجلس بنود", page=99).one("p", "nothing").text


def test_a_line_leads_to_its_place(read):
    page = read("/concordance", q="=متحدث")
    [link] = page.all("a", "keyword")
    path, _, fragment = link["href"].partition("#")
    assert path.startswith("/article/forces?q=")
    assert ":~:text=وأضاف-,متحدث,-باسم قوات الأمن" == unquote(fragment)
    [title] = read("/concordance", q="الباغوز").all("a", "keyword")
    assert "#" not in title["href"]


def test_signs_of_a_directive_are_escaped(library):
    from web.concordance import _directive

    assert "a%2Db%2C%26%20%D8%A8" == _directive(["a-b,&", "ب"])


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"sort": "best"}, "«best» ليس في «sort»"),
        ({"words": "31"}, "«31» ليس في «words» من 0-30"),
        ({"words": "x"}, "«x» ليس في «words»"),
        ({"page": "0"}, "رقم الصفحة «0» غير صالح"),
    ],
)
def test_what_can_not_be_read_is_said_and_refused_in_files(read, client, asked, told):
    page = read("/concordance", q="مجلس", **asked)
    assert any(notice.startswith(told) for notice in page.notices)
    assert lines_of(page)
    for kind in ("csv", "jsonl"):
        answer = client.get(f"/concordance.{kind}", query_string={"q": "مجلس"} | asked)
        assert 400 == answer.status_code
        assert told in answer.text


def test_nothing_typed_nothing_found_and_no_words(read, client):
    assert "اكتب كلمة أو عبارة" in read("/concordance").source
    assert "لا مواضع" == read("/concordance", q="زعفران").total
    assert "ليس في البحث كلمة" in read("/concordance", q="المصدر:الفجر").one("p", "nothing").text
    assert "لم يُبحث" in read("/concordance", q="ا" * 3000).one("h1").text
    assert 400 == client.get("/concordance.csv", query_string={"q": "ا" * 3000}).status_code


def test_hostile_texts_are_texts(read, client):
    page = read("/concordance", q="وسم عنوان برنت مقلوب")
    assert [] == page.faults
    assert not page.has("b")
    page = read("/concordance", q="وسم")
    assert '<b onclick="x()">' in page.all(css_class="before")[0].text
    for row in table(client.get("/concordance.csv?q=وسم عنوان برنت&match=any")):
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


def test_what_was_not_read_is_said(read, client, monkeypatch):
    monkeypatch.setattr("search.kwic.MAX_LINES", 10)
    page = read("/concordance", q="مجلس")
    assert "قُرئت 5 من المقالات المطابقة، وعددها 24" in page.one("p", "cut").text
    answer = client.get("/concordance.csv?q=مجلس")
    assert 'filename="arshif-concordance-5-of-24-articles.csv"' in answer.headers["Content-Disposition"]


def test_it_is_linked_from_the_results_and_back(read):
    page = read("/search", q="مجلس", source="صحيفة الفجر", sort="newest", page=1)
    there = read(page.link("اعرض كل موضع في سطره"))
    assert all("/search?" in there.link(text) for text in ("المقالات نفسها",))
    assert {"صحيفة الفجر"} == {each.text for each in there.all(css_class="source")}


def test_in_english(read):
    page = read("/concordance", q="مجلس", lang="en")
    assert "48 occurrences in 24 articles" == page.total
    assert ("en", "ltr") == (page.one("html")["lang"], page.one("html")["dir"])
    assert ("ar", "rtl") == (page.one("ol", "kwic")["lang"], page.one("ol", "kwic")["dir"])
