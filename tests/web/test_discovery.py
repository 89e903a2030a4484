"""What browsers and other search engines look for."""

import json
import re
from urllib import robotparser
from xml.etree import ElementTree as ET

import pytest

from index.article import Article
from index.library import Library
from web import create_app, discovery

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def locations(client, address, root):
    answer = client.get(address)
    assert (200, "application/xml") == (answer.status_code, answer.mimetype)
    tree = ET.fromstring(answer.data)
    assert MAP + root == tree.tag
    for last in tree.iter(f"{MAP}lastmod"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", last.text)
    return [node.text for node in tree.iter(f"{MAP}loc")]


class TestSitemap:
    def test_it_names_every_article_at_an_address_that_works(self, client, articles):
        [page] = locations(client, "/sitemap.xml", "sitemapindex")
        found = locations(client, page, "urlset")
        assert len(articles) == len(set(found)) == len(found)
        assert all(address.isascii() and address.startswith("http://localhost/article/") for address in found)
        assert all(200 == client.get(address).status_code for address in found)

    def test_its_files_are_never_too_long(self, tmp_path, monkeypatch):
        monkeypatch.setattr(discovery, "MOST", 3)
        with Library.open(tmp_path, create=True) as opened:
            opened.add([Article(f"n{number}", "عنوان", "نص") for number in range(8)])
            opened.remove(["n1", "n2"])
            client = create_app({"LIBRARY": opened, "PUBLIC_URL": "https://example.org"}).test_client()
            pages = locations(client, "/sitemap.xml", "sitemapindex")
            files = [locations(client, page.removeprefix("https://example.org"), "urlset") for page in pages]
            assert 404 == client.get(f"/sitemap-{len(pages) + 1}.xml").status_code
        assert all(len(each) <= 3 for each in files)
        assert {f"https://example.org/article/n{number}" for number in (0, 3, 4, 5, 6, 7)} == {
            address for each in files for address in each
        }

    @pytest.mark.parametrize("number", ["0", "2", "99999", "100000", "-1", "x"])
    def test_there_are_no_others(self, client, number):
        assert 404 == client.get(f"/sitemap-{number}.xml").status_code


def test_robots_may_read_articles_and_not_every_search(client):
    text = client.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in text.splitlines()
    rules = robotparser.RobotFileParser()
    rules.parse(text.splitlines())
    for path in ("/", "/article/x", "/sitemap.xml", "/sitemap-1.xml", "/static/style.css"):
        assert rules.can_fetch("Bot", path), path
    for path in ("/search?q=x", "/api/search", "/export.csv?q=", "/feed.atom", "/cite/bib/x", "/concordance"):
        assert not rules.can_fetch("Bot", path), path
    # Python's parser knows no asterisks; robots do.
    assert "Disallow: /article/*?" in text.splitlines()


class TestOpenSearch:
    @pytest.mark.parametrize(("lang", "name"), [("ar", "أرشيف"), ("en", "Arshif")])
    def test_it_describes_the_search(self, client, read, lang, name):
        [link] = [link for link in read("/", lang=lang).all("link") if link["rel"] == "search"]
        answer = client.get(link["href"])
        assert link["type"] == answer.mimetype == "application/opensearchdescription+xml"
        root = ET.fromstring(answer.data)
        assert f"{OPENSEARCH}OpenSearchDescription" == root.tag
        assert name == root.find(f"{OPENSEARCH}ShortName").text
        assert len(name) <= 16
        assert lang == root.find(f"{OPENSEARCH}Language").text
        for url in root.findall(f"{OPENSEARCH}Url"):
            assert 1 == url.get("template").count("{searchTerms}")
            found = client.get(url.get("template").replace("{searchTerms}", "مجلس"))
            assert (200, url.get("type")) == (found.status_code, found.mimetype)
        with client.get(root.find(f"{OPENSEARCH}Image").text) as icon:
            assert 200 == icon.status_code

    def test_suggestions_as_browsers_ask_for_them(self, client):
        texts = [each["text"] for each in client.get("/suggest?q=مجلس").json["suggestions"]]
        answer = client.get("/suggest/opensearch?q=مجلس")
        assert "application/x-suggestions+json" == answer.mimetype
        assert ["مجلس", texts] == json.loads(answer.data)
        assert texts
        assert 400 == client.get("/suggest/opensearch?q=" + "x" * 2000).status_code
