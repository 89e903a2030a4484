"""What comes from others is text and nothing else; nothing is loaded from elsewhere."""

import random
import re
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.article import Article
from index.library import Library
from search.results import SearchQuery
from search.service import search
from web import create_app

PAGES = [
    "/",
    "/search?q=",
    "/search?q=مجلس&page=2",
    "/article/script?q=متن",
    "/search?q=" + "x" * 2000,
    "/nothing",
]
SPECIAL = [
    "<",
    ">",
    '"',
    "'",
    "&",
    "&lt;",
    "<script>",
    "</title>",
    "<!--",
    "{{ 7*7 }}",
    "</mark>",
    "\u202e",
    "\0",
]
PIECES = st.sampled_from([*SPECIAL, "قوات", "سوريا", " ", "x"]) | st.text(max_size=5)
TEXT = st.lists(PIECES, max_size=8).map("".join)
RELAXED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

# Every tag and attribute of the templates: whatever else stands on a page came from somewhere else.
TAGS = """
    html head meta title link body a header p form label div input button main section h1 h2 h3 strong time ol
    ul li bdi span dl dt dd footer article mark aside details summary nav pre code script kbd
    figure figcaption svg g line rect text table thead tbody tr th td
    output path polyline select option caption
"""
ATTRIBUTES = """
    lang dir charset name content rel href hreflang blocking type class role action method for id value
    placeholder enterkeyhint autocomplete autocapitalize spellcheck tabindex datetime aria-labelledby
    aria-label aria-current aria-hidden src defer hidden checked
    min max scope download direction x y x1 y1 x2 y2 width height overflow text-anchor
    data-starts data-last data-narrowed data-since data-until data-narrow data-place title
    d dx dy transform points vector-effect fill stroke-dasharray viewbox preserveaspectratio selected open
    data-address data-title data-recent data-do data-some data-none
"""
DATA = "application/ld+json"
"""The type of a script that no browser runs."""

LOADED = ("stylesheet", "icon")


def check(page):
    """That a page has no tag, attribute or address but ours."""
    assert [] == page.faults
    assert set(TAGS.split()) >= {element.tag for element in page.elements}
    assert set(ATTRIBUTES.split()) >= {name for element in page.elements for name in element.attributes}
    assert {""} >= {script.text for script in page.all("script") if script["type"] != DATA}
    assert not any(re.search("[<>&]", script.text) for script in page.all("script"))
    for element in page.elements:
        for name in ("href", "src", "action"):
            address = element[name]
            if address is not None and element["class"] != "original":
                assert re.match(r"[/#?](?!/)", address), address


@pytest.fixture
def fresh(tmp_path_factory):
    """A title, a body and names to a client of a library with that article alone."""
    with Library.open(tmp_path_factory.mktemp("fresh"), create=True) as opened:
        app = create_app({"LIBRARY": opened})

        def put(*fields):
            random.seed()  # Whoosh draws its files' names, and Hypothesis would have it draw the same again
            opened.add([Article("it", *fields, published="2020-01-01")])
            opened.catch_up()
            return app.test_client()

        yield put


class TestEscaping:
    @RELAXED
    @given(TEXT)
    def test_any_query(self, client, page_of, query):
        for address in ("/search", "/article/script", "/api/search"):
            answer = client.get(address, query_string={"q": query})
            assert 200 == answer.status_code
            if address != "/api/search":
                page = page_of(answer.text)
                check(page)
                shown = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", query)
                assert shown == page.typed

    @RELAXED
    @given(st.tuples(TEXT, TEXT, TEXT, TEXT))
    def test_any_article(self, fresh, page_of, texts):
        title, body, source, author = texts
        client = fresh(title, f"كلمة {body}", f"javascript:{body}", source, author)
        for address in ("/search?q=كلمة", "/article/it?q=كلمة", "/"):
            page = page_of(client.get(address).text)
            check(page)
            assert "/" == address or "كلمة" in [mark.text for mark in page.all("mark")]

    @pytest.mark.parametrize("name", ["page", "sort", "source", "author", "from", "to", "limit", "x"])
    @pytest.mark.parametrize(
        "value", ['"><script>alert(1)</script>', "'-alert(1)-'", "{{7*7}}", "\u202e</li>"]
    )
    def test_any_parameter(self, read, name, value):
        check(read("/search", q="مجلس", **{name: value}))

    @pytest.mark.parametrize("parameters", [{}, {"by": "source"}, {"source": "</option><script>"}])
    def test_queries_that_are_compared(self, client, page_of, parameters):
        hostile = ['"><script>alert(1)</script>', "مجلس</title> \u202e", "سوريا </text></svg>"]
        answer = client.get("/compare", query_string={"q": hostile, **parameters})
        page = page_of(answer.text)
        check(page)
        assert set(hostile) <= {field["value"] for field in page.all("input")}

    def test_hostile_articles(self, read, articles):
        page = read("/article/script", q="متن")
        check(page)
        assert articles["script"].title == page.one("h1").text
        assert articles["script"].body == page.one("p", inside="body").text
        assert [articles["script"].source, articles["script"].author] == [e.text for e in page.all("dd")][:2]

    def test_json_can_not_be_read_as_a_page(self, client):
        answer = client.get("/api/search", query_string={"q": "<script>alert(1)</script>"})
        assert "application/json" == answer.content_type
        assert "nosniff" == answer.headers["X-Content-Type-Options"]


class TestHeaders:
    @pytest.mark.parametrize(
        "address", [*PAGES, "/api/search?q=x", "/api/nothing", "/healthz", "/static/style.css"]
    )
    def test_on_every_answer(self, client, address):
        with client.get(address) as answer:
            policy = dict(
                part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; ")
            )
            headers = answer.headers
        assert {
            "default-src": "'none'",
            "style-src": "'self'",
            "script-src": "'self'",
            "connect-src": "'self'",
            "img-src": "'self'",
            "form-action": "'self'",
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
        } == policy
        assert "nosniff" == headers["X-Content-Type-Options"]
        assert "no-referrer" == headers["Referrer-Policy"]
        assert "Set-Cookie" not in headers

    def test_a_page_is_asked_for_again(self, client):
        assert "no-cache" == client.get("/search?q=").headers["Cache-Control"]


class TestFiles:
    @pytest.mark.parametrize("address", PAGES)
    def test_only_our_own_are_loaded(self, client, page_of, address):
        page = page_of(client.get(address).text)
        loaded = [element["href"] for element in page.all("link") if element["rel"] in LOADED]
        assert 2 <= len(loaded)
        assert all(address.startswith("/static/") for address in loaded)
        run = [script for script in page.all("script") if script["type"] != DATA]
        assert all(script["src"].startswith("/static/") for script in run)
        assert not any(script.text for script in run)
        assert not page.has("style")
        assert not any(element["style"] for element in page.elements)

    def test_the_style_sheet_loads_nothing(self, client):
        with client.get("/static/style.css") as answer:
            css = answer.text
        assert not re.search(r"url\(|@import|//", css)
        assert len(css.encode()) < 15_000

    def test_the_icon_loads_nothing(self, client):
        with client.get("/static/icon.svg") as answer:
            assert "image/svg+xml" == answer.mimetype
            assert ["http://www.w3.org/2000/svg"] == re.findall(r"\w+://[^\"]+", answer.text)
            assert "<style" not in answer.text
            assert "<script" not in answer.text

    def test_they_are_kept_as_long_as_they_are_the_same(self, client, read):
        address = read("/").all("link")[0]["href"]
        assert re.fullmatch(r"/static/style\.css\?v=[0-9a-f]{12}", address)
        with client.get(address) as answer:
            assert "public, max-age=31536000, immutable" == answer.headers["Cache-Control"]
        for other in ("/static/style.css", "/static/style.css?v=old"):
            with client.get(other) as answer:
                assert "no-cache" == answer.headers["Cache-Control"]

    @pytest.mark.parametrize(
        "name", ["../pages.py", "%2e%2e/pages.py", "..%2fpages.py", "/etc/passwd", "x\0"]
    )
    def test_nothing_else_is_given_out(self, client, name):
        with client.get(f"/static/{name}") as answer:
            assert 404 == answer.status_code


class TestLinks:
    def test_every_link_of_ours_leads_somewhere(self, client, page_of, library):
        seen, waiting = set(), ["/", "/search?q=" + "سوريا", "/article/script?q=نص"]
        while waiting and len(seen) < 300:
            address = waiting.pop(0)
            with client.get(address) as answer:
                assert 200 == answer.status_code, address
                if answer.mimetype != "text/html":
                    continue
                page = page_of(answer.text)
            check(page)
            found = {
                urljoin(address, link["href"]) for link in page.all("a") if not urlsplit(link["href"]).netloc
            }
            new = sorted({each.partition("#")[0] for each in found} - seen - set(waiting))
            seen.add(address)
            waiting += new
        assert search(library, SearchQuery("", limit=100)).total < len(seen)
