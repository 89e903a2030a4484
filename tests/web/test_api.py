"""The same as JSON."""

import json
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from index.article import Article
from index.library import Library
from index.record import as_dict
from search.results import Order, SearchQuery
from search.service import search
from web import create_app


@pytest.fixture
def fetch(client):
    """An address, and parameters for it, to the object there."""

    def get(address, status=200, **parameters):
        answer = client.get(address, query_string=parameters or None)
        assert status == answer.status_code
        assert "application/json" == answer.content_type
        return json.loads(answer.data)

    return get


def answer_links(answer):
    """The addresses of its Link headers by their relation."""
    found = [re.fullmatch('<(.+)>; rel="(.+)"', link) for link in answer.headers.getlist("Link")]
    assert len({each[2] for each in found}) == len(found)
    return {each[2]: each[1] for each in found}


def without_time(answer):
    return {name: value for name, value in answer.items() if name != "took_ms"}


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({"q": "سوريا"}, SearchQuery("سوريا")),
        ({}, SearchQuery("")),
        ({"q": "مجلس", "page": "2"}, SearchQuery("مجلس", offset=10)),
        ({"q": "مجلس", "limit": "3", "page": "2"}, SearchQuery("مجلس", limit=3, offset=3)),
        ({"q": "مجلس", "limit": "5", "offset": "7"}, SearchQuery("مجلس", limit=5, offset=7)),
        ({"q": "مجلس", "limit": "0"}, SearchQuery("مجلس", limit=0)),
        ({"q": "مجلس", "limit": "1000"}, SearchQuery("مجلس", limit=1000)),
        ({"q": "مجلس", "offset": "2147483647"}, SearchQuery("مجلس", offset=2147483647)),
        ({"q": "مجلس", "sort": "oldest"}, SearchQuery("مجلس", sort=Order.OLDEST)),
        (
            {"q": "مجلس", "source": ["وكالة المدى", "صحيفة الفجر"]},
            SearchQuery("مجلس", sources=("وكالة المدى", "صحيفة الفجر")),
        ),
        ({"q": "", "author": "ليلى حداد"}, SearchQuery("", authors=("ليلى حداد",))),
        ({"q": "", "category": "سياسة"}, SearchQuery("", categories=("سياسة",))),
        (
            {"q": "مجلس", "from": "2015-02", "to": "2015-03"},
            SearchQuery("مجلس", first=date(2015, 2, 1), last=date(2015, 3, 31)),
        ),
        ({"q": "الناتو"}, SearchQuery("الناتو", expand=True)),
        ({"q": "الناتو", "expand": "1"}, SearchQuery("الناتو", expand=True)),
        ({"q": "الناتو", "expand": "0"}, SearchQuery("الناتو", expand=False)),
        ({"q": '"لم تغلق'}, SearchQuery('"لم تغلق')),
    ],
)
def test_what_the_service_gives(fetch, library, parameters, asked):
    expected = json.loads(json.dumps(search(library, asked).to_json()))
    assert without_time(expected) == without_time(fetch("/api/search", **parameters))


def test_arabic_is_not_escaped(client):
    assert "قُوّات".encode() in client.get("/api/search?q=قوات").data


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"),
        ("page", "x"),
        ("sort", "best"),
        ("from", "2019-13"),
        ("to", "أمس"),
        ("limit", "1001"),
        ("limit", "-1"),
        ("offset", "-1"),
        ("offset", "9" * 5000),
        ("expand", "2"),
        ("expand", "false"),
        ("limt", "5"),
    ],
)
def test_a_bad_parameter(fetch, name, value):
    error = fetch("/api/search", 400, q="سوريا", **{name: value})["error"]
    assert (value[:40] if name != "limt" else name) in error


def test_what_was_not_typed_is_listed_unless_it_is_switched_off(fetch):
    answer = fetch("/api/search", q="الناتو")
    named = {"word": "الناتو", "kind": "variant", "text": "حلف شمال الأطلسي", "weight": 1.0}
    assert named in answer["expansions"]
    assert any("«حلف شمال الأطلسي»" in notice for notice in answer["notices"])
    assert [] == fetch("/api/search", q="الناتو", expand="0")["expansions"]


def test_all_bad_parameters_are_named(fetch):
    error = fetch("/api/search", 400, page="x1", sort="x2", limit="x3")["error"]
    assert all(value in error for value in ("x1", "x2", "x3"))


def test_days_the_wrong_way_round(fetch):
    assert "تاريخ البداية" in fetch("/api/search", 400, **{"from": "2020", "to": "2019"})["error"]


def test_a_query_that_is_too_long(fetch):
    assert "البحث طويل جدًا" in fetch("/api/search", 400, q="ا" * 10_000)["error"]


class TestPaging:
    def test_the_links_lead_over_all_pages(self, client):
        address, ids = "/api/search?q=مجلس&limit=7&sort=newest", []
        while address:
            answer = client.get(address)
            ids += [hit["id"] for hit in answer.json["hits"]]
            address = answer_links(answer).get("next")
        whole = client.get("/api/search?q=مجلس&limit=1000&sort=newest").json
        assert [hit["id"] for hit in whole["hits"]] == ids
        assert len(ids) > 14

    def test_where_they_lead(self, client):
        asked = {"q": "مجلس", "source": "صحيفة الفجر", "limit": "2", "offset": "3", "lang": "en"}
        answer = client.get("/api/search", query_string=asked)
        assert 8 == answer.json["total"]
        found = {name: parse_qs(urlsplit(link).query) for name, link in answer_links(answer).items()}
        assert {"first": "0", "prev": "1", "next": "5", "last": "7"} == {
            name: values.pop("offset")[0] for name, values in found.items()
        }
        others = {name: [value] for name, value in asked.items() if name != "offset"}
        assert all(others == values for values in found.values())

    def test_there_are_none_where_nothing_is_found_or_asked_for(self, client):
        for address in ("/api/search?q=زعفران", "/api/search?q=مجلس&limit=0"):
            assert "Link" not in client.get(address).headers


class TestArticle:
    def test_whole(self, fetch, articles):
        answer = fetch("/api/article/forces")
        assert as_dict(articles["forces"]).items() <= answer.items()
        assert [[articles["forces"].title, False]] == answer["title_parts"]
        assert 2 == len(answer["paragraphs"])

    def test_marked(self, fetch):
        answer = fetch("/api/article/forces", q="قوات")
        assert ["قُوّات", True] in answer["title_parts"]
        assert [["القوات"], ["قوات"]] == [
            [text for text, is_hit in paragraph if is_hit] for paragraph in answer["paragraphs"]
        ]

    def test_every_id(self, client, app, articles):
        with app.test_request_context():
            addresses = {
                article_id: app.url_for("api.article_json", article_id=article_id) for article_id in articles
            }
        for article_id, address in addresses.items():
            assert article_id == json.loads(client.get(address).data)["id"]

    def test_none(self, fetch):
        assert fetch("/api/article/nothing", 404)["error"]


class TestHealth:
    def test_well(self, fetch, articles):
        assert {
            "status": "ok",
            "error": None,
            "articles": len(articles),
            "index": {"engine": "whoosh", "up_to_date": True, "pending": 0},
        } == fetch("/healthz")

    def test_no_archive(self, tmp_path):
        answer = create_app({"LIBRARY": tmp_path}).test_client().get("/healthz")
        assert 503 == answer.status_code
        assert ("error", None) == (answer.json["status"], answer.json["articles"])
        assert "arshif add" in answer.json["error"]

    def test_no_index_and_an_index_that_is_behind(self, tmp_path):
        with Library.open(tmp_path, create=True) as opened:
            client = create_app({"LIBRARY": opened}).test_client()
            opened.add([Article("a", "عنوان", "نص")])
            answer = client.get("/healthz")
            assert (503, "error", 1) == (answer.status_code, answer.json["status"], answer.json["articles"])
            opened.catch_up()
            assert "ok" == client.get("/healthz").json["status"]
            opened.add([Article("b", "عنوان", "نص")])
            answer = client.get("/healthz")
            assert (200, "behind") == (answer.status_code, answer.json["status"])
            assert {"engine": "whoosh", "up_to_date": False, "pending": 1} == answer.json["index"]


class TestErrors:
    @pytest.mark.parametrize(
        ("address", "status", "where"),
        [
            ("/api/search?limit=x&sort=y", 400, ["sort", "limit"]),
            ("/api/search?limt=5", 400, ["limt"]),
            ("/api/search?limit=", 400, ["limit"]),
            ("/api/search?page=1&page=2", 400, ["page"]),
            ("/api/search?lang=fr", 400, ["lang"]),
            ("/api/search?q=" + "x" * 2000, 400, ["q"]),
            ("/export.csv?limit=2", 400, ["limit"]),
            ("/export.jsonl?from=x", 400, ["from"]),
            ("/api/article/nothing", 404, ["/api/article/nothing"]),
            ("/api/nothing", 404, ["/api/nothing"]),
        ],
    )
    def test_one_shape_for_all(self, client, address, status, where):
        answer = client.get(address)
        assert (status, "application/json") == (answer.status_code, answer.content_type)
        assert ["status", "error", "where", "advice"] == list(answer.json)
        assert (status, where) == (answer.json["status"], answer.json["where"])
        assert answer.json["error"]
        assert answer.json["advice"]

    def test_no_such_address(self, fetch):
        assert fetch("/api/nothing", 404)["error"]

    def test_a_method_that_is_not_allowed(self, client):
        answer = client.post("/api/search")
        assert 405 == answer.status_code
        assert answer.json["error"]
        assert "GET" in answer.allow

    @pytest.mark.parametrize("address", ["/api/search?q=x", "/api/article/x"])
    def test_no_archive(self, tmp_path, address):
        answer = create_app({"LIBRARY": tmp_path}).test_client().get(address)
        assert 503 == answer.status_code
        assert "there is no archive yet" in answer.json["error"]

    def test_an_error_of_ours(self, library):
        app = create_app({"LIBRARY": library})
        app.add_url_rule("/api/fails", view_func=lambda: 1 / 0)
        answer = app.test_client().get("/api/fails")
        assert 500 == answer.status_code
        assert "division" not in answer.text
        assert answer.json["error"]
