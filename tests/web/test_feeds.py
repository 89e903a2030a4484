"""A search as a feed, held against what the formats ask for."""

import json
import random
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest

from index.article import Article
from index.library import Library
from web import create_app
from web.feeds import SIZE, moment
from web.seen import REMEMBERED, Seen

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
ONCE = ("id", "title", "updated")
ASKED = {"q": "مجلس", "source": "صحيفة الفجر", "from": "2015-02"}


@pytest.fixture
def atom(client):
    """The feed of a search, which is checked by the rules of RFC 4287."""

    def get(**asked):
        answer = client.get("/feed.atom", query_string=asked)
        assert (200, "application/atom+xml; charset=utf-8") == (answer.status_code, answer.content_type)
        feed = ET.fromstring(answer.data)
        check(feed)
        return feed

    return get


def check(feed):
    assert f"{ATOM}feed" == feed.tag
    assert 1 == len(feed.findall(f"{ATOM}author"))
    entries = feed.findall(f"{ATOM}entry")
    for node in (feed, *entries):
        for name in ONCE:
            [found] = node.findall(ATOM + name)
            assert found.text
        assert "urn" == urlsplit(node.find(f"{ATOM}id").text).scheme
        UUID(node.find(f"{ATOM}id").text)
        assert re.fullmatch(RFC_3339, node.find(f"{ATOM}updated").text)
        [alternate] = [link for link in node.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert alternate.get("href").startswith("http://localhost/")
    for entry in entries:
        assert 1 == len(entry.findall(f"{ATOM}summary"))
        assert all(author.find(f"{ATOM}name").text for author in entry.findall(f"{ATOM}author"))
    ids = [entry.find(f"{ATOM}id").text for entry in entries]
    assert len(ids) == len(set(ids))
    dates = [entry.find(f"{ATOM}updated").text for entry in entries]
    assert sorted(dates, reverse=True) == dates
    assert feed.find(f"{ATOM}updated").text == max(dates, default="1970-01-01T00:00:00Z")


class TestAtom:
    def test_it_has_the_newest_results_of_the_search(self, atom, client):
        feed = atom(**ASKED)
        hits = client.get("/api/search", query_string=ASKED | {"sort": "newest", "limit": SIZE}).json["hits"]
        assert 0 < len(hits) < 24
        assert [hit["title"] for hit in hits] == [
            entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")
        ]
        assert "أرشيف: «مجلس»" == feed.find(f"{ATOM}title").text

    def test_its_links_lead_where_they_say(self, atom, client):
        feed = atom(**ASKED)
        for link in feed.iter(f"{ATOM}link"):
            answer = client.get(link.get("href"))
            assert 200 == answer.status_code
            assert link.get("type") == answer.mimetype
        [itself] = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert client.get(itself.get("href")).data == client.get("/feed.atom", query_string=ASKED).data

    @pytest.mark.parametrize("asked", [{}, {"q": "زعفران"}, {"q": ""}, {"q": "متن", "lang": "en"}])
    def test_any_search(self, atom, asked):
        atom(**asked)

    def test_there_are_never_too_many(self, atom):
        assert SIZE == len(atom().findall(f"{ATOM}entry"))

    def test_what_others_wrote_is_text(self, atom, articles):
        [entry] = atom(q="متن").findall(f"{ATOM}entry")
        assert articles["script"].title == entry.find(f"{ATOM}title").text
        assert articles["script"].author == entry.find(f"{ATOM}author/{ATOM}name").text
        assert not [link for link in entry.findall(f"{ATOM}link") if "javascript" in link.get("href")]

    def test_what_xml_can_not_write_is_left_out(self, tmp_path):
        with Library.open(tmp_path, create=True) as opened:
            opened.add([Article("a\x01", "عنوان\x00\x0b \ufffe]]>", "نص \x1f قوات", source="\x02")])
            opened.catch_up()
            answer = create_app({"LIBRARY": opened}).test_client().get("/feed.atom?q=قوات\x0c")
        [entry] = ET.fromstring(answer.data).findall(f"{ATOM}entry")
        assert "عنوان ]]>" == entry.find(f"{ATOM}title").text

    def test_names_stay_wherever_it_is_served(self, library, atom):
        other = create_app({"LIBRARY": library, "PUBLIC_URL": "https://example.org/news"}).test_client()
        feed = ET.fromstring(other.get("/feed.atom", query_string=ASKED).data)
        for tag in (f"{ATOM}id", f"{ATOM}entry/{ATOM}id"):
            assert [node.text for node in atom(**ASKED).findall(tag)] == [
                node.text for node in feed.findall(tag)
            ]
        assert all(
            link.get("href").startswith("https://example.org/news/") for link in feed.findall(f"{ATOM}link")
        )

    def test_each_search_has_its_own_name(self, atom):
        asked = [
            {},
            {"q": "مجلس"},
            {"q": "سوريا"},
            {"q": "مجلس", "source": "x"},
            {"q": "مجلس", "match": "any"},
        ]
        assert 5 == len({atom(**each).find(f"{ATOM}id").text for each in asked})


class TestJsonFeed:
    def test_it_says_the_same(self, client, atom):
        answer = client.get("/feed.json", query_string=ASKED)
        assert "application/feed+json" == answer.mimetype
        feed = json.loads(answer.data)
        assert "https://jsonfeed.org/version/1.1" == feed["version"]
        assert {"version", "title", "home_page_url", "feed_url", "language", "items"} == set(feed)
        entries = atom(**ASKED).findall(f"{ATOM}entry")
        for tag, name in (("id", "id"), ("title", "title"), ("summary", "content_text")):
            assert [entry.find(ATOM + tag).text for entry in entries] == [
                item[name] for item in feed["items"]
            ]
        assert all(re.fullmatch(RFC_3339, item["date_published"]) for item in feed["items"])
        assert all(client.get(item["url"]).status_code == 200 for item in feed["items"][:3])

    def test_an_article_without_a_date_has_none(self, client):
        [item] = client.get("/feed.json?q=حريق").json["items"]
        assert "date_published" not in item

    def test_no_link_but_to_the_web(self, client):
        items = client.get("/feed.json?q=متن").json["items"]
        assert not any("external_url" in item for item in items)


class TestAskingAgain:
    @pytest.mark.parametrize("address", ["/feed.atom?q=مجلس", "/feed.json?q=مجلس"])
    def test_what_did_not_change_is_not_sent_again(self, client, address):
        first = client.get(address)
        for condition in (
            {"If-None-Match": first.headers["ETag"]},
            {"If-Modified-Since": first.headers["Last-Modified"]},
        ):
            again = client.get(address, headers=condition)
            assert (304, b"") == (again.status_code, again.data)
        other = client.get(address, headers={"If-None-Match": '"x"'})
        assert 200 == other.status_code

    def test_what_changed_is_sent(self, tmp_path):
        random.seed()
        with Library.open(tmp_path, create=True) as opened:
            opened.add([Article("a", "قوات", "نص", published="2020-01-01")])
            opened.catch_up()
            client = create_app({"LIBRARY": opened}).test_client()
            first = client.get("/feed.atom?q=قوات")
            # An older article came in: no date of an article tells that.
            opened.add([Article("b", "قوات أخرى", "نص", published="2010-01-01")])
            opened.catch_up()
            for name, condition in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")):
                again = client.get("/feed.atom?q=قوات", headers={condition: first.headers[name]})
                assert 200 == again.status_code
                assert "قوات أخرى".encode() in again.data

    def test_seen(self):
        now = datetime(2020, 1, 1, tzinfo=UTC)
        seen = Seen(lambda: now)
        tag, since = seen.look("a", b"x")
        assert (tag, now) == seen.look("a", b"x") == (tag, since)
        other, later = seen.look("a", b"y")  # within the same second
        assert (now + timedelta(seconds=1), True) == (later, other != tag)
        for number in range(REMEMBERED):
            seen.look(f"b{number}", b"x")
        now += timedelta(hours=1)
        assert (other, now) == seen.look("a", b"y")


@pytest.mark.parametrize("address", ["/feed.atom?sort=best", "/feed.json?offset=2", "/feed.atom?limit=3"])
def test_what_a_feed_does_not_have_is_refused(client, address):
    answer = client.get(address)
    assert (400, "application/json") == (answer.status_code, answer.mimetype)


def test_a_page_of_results_leads_to_its_feeds(client, read):
    page = read("/search", sort="oldest", page="2", lang="en", **ASKED)
    for kind, mimetype in (("atom", "application/atom+xml"), ("json", "application/feed+json")):
        [link] = [link for link in page.all("link") if link["type"] == mimetype]
        assert "alternate" == link["rel"]
        [visible] = [a for a in page.all("a") if f"/feed.{kind}" in (a["href"] or "")]
        assert link["href"] == visible["href"]
        answer = client.get(link["href"])
        assert (200, mimetype) == (answer.status_code, answer.mimetype)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2019-02-17", "2019-02-17T00:00:00Z"),
        ("2019-02-17T21:05:00", "2019-02-17T21:05:00Z"),
        ("2019-02-17T21:05:00+03:00", "2019-02-17T21:05:00Z"),
        ("قديم", None),
        ("", None),
        (None, None),
    ],
)
def test_moments(published, expected):
    assert expected == moment(published)
