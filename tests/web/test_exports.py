"""All results of a search as a file."""

import csv
import io
import json

import pytest

from search import export as exporting
from search.export import FIELDS
from web import exports


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_both_have_what_the_api_has_in_its_order(client, sort):
    asked = {"q": "مجلس", "sort": sort, "from": "2015-02", "to": "2015-11", "source": "صحيفة الفجر"}
    hits = client.get("/api/search", query_string=asked | {"limit": 1000}).json["hits"]
    as_table = table(client.get("/export.csv", query_string=asked))
    as_lines = [
        json.loads(line)
        for line in client.get("/export.jsonl", query_string=asked).data.decode().splitlines()
    ]
    assert len(hits) > 3
    for name in ("id", "title", "published", "score"):
        assert [str(hit[name]) for hit in hits] == [row[name] for row in as_table]
        assert [hit[name] for hit in hits] == [row[name] for row in as_lines]
    assert list(FIELDS) == list(as_table[0]) == list(as_lines[0])


def test_how_they_are_sent(client):
    answer = client.get("/export.csv?q=سوريا")
    assert "text/csv; charset=utf-8; header=present" == answer.content_type
    assert 'attachment; filename="arshif.csv"' == answer.headers["Content-Disposition"]
    assert answer.data.startswith("\ufeffrank,".encode())
    assert "0" == answer.headers["Arshif-Cut"]
    answer = client.get("/export.jsonl?q=سوريا")
    assert "application/jsonl" == answer.content_type
    assert str(len(answer.data.splitlines())) == answer.headers["Arshif-Total"]


def test_one_that_is_cut_says_so(client, monkeypatch):
    for module in (exporting, exports):
        monkeypatch.setattr(module, "MAX_ROWS", 4)
    monkeypatch.setattr(exporting, "PAGE", 2)
    answer = client.get("/export.csv?q=مجلس")
    assert 4 == len(table(answer))
    assert 'attachment; filename="arshif-first-4-of-24.csv"' == answer.headers["Content-Disposition"]
    assert ("24", "1") == (answer.headers["Arshif-Total"], answer.headers["Arshif-Cut"])


def test_what_others_wrote_is_text(client, articles):
    [row] = table(client.get("/export.csv?q=وسم"))
    assert articles["script"].title == row["title"]
    assert articles["script"].source == row["source"]


def test_nothing_found_is_an_empty_file(client):
    assert b"" == client.get("/export.jsonl?q=زعفران").data
    assert [] == table(client.get("/export.csv?q=زعفران"))


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_page_of_results_leads_to_them(client, read, kind):
    page = read("/search", q="مجلس", source="صحيفة الفجر", sort="newest", page="1")
    [address] = [link["href"] for link in page.all("a") if f"export.{kind}" in (link["href"] or "")]
    answer = client.get(address)
    assert "8" == answer.headers["Arshif-Total"]
    assert not any("export." in (link["href"] or "") for link in read("/search", q="زعفران").all("a"))
