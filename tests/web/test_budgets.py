"""What a page of results may weigh and do, as a browser loads it."""

import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from web.languages import LANGUAGES

pytestmark = pytest.mark.browser

HEAVIEST = 60 * 1024  # bytes of HTML, CSS and script together, as they are sent
KINDS = ("document", "stylesheet", "script")
PAGES = ("/search?q=", "/search?q=" + quote("قسد الباغوز في سوريا النفط") + "&match=any")

SLOWLY = rb'(?=<nav class="places"|<p class="tongues"|<main|<ol)'
PAUSE = 0.2  # seconds, in which a browser paints what it has
"""Where a page that arrives bit by bit is cut, and how long each bit is waited for."""

SHIFTS = """() => new Promise(told => {
    let moved = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { moved += entry.value }))
        .observe({type: 'layout-shift', buffered: true});
    // Two frames after everything is there, what would move has moved.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => told(moved), 100)));
})"""


@pytest.mark.parametrize("place", PAGES, ids=["all", "words"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_results_is_light(open_page, place, language):
    page = open_page()
    loaded = []
    page.on("response", lambda response: loaded.append((response.request.resource_type, response)))
    page.goto(f"{place}&lang={language}", wait_until="networkidle")
    sizes = {
        response.url: response.request.sizes()["responseBodySize"]
        for kind, response in loaded
        if kind in KINDS
    }
    assert {"document", "stylesheet", "script"} <= {kind for kind, _ in loaded}
    print(f"{sum(sizes.values()):,} bytes: {sizes}")
    assert HEAVIEST > sum(sizes.values())


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("place", ["/", *PAGES, "article"], ids=["home", "all", "words", "article"])
def test_nothing_moves_once_it_is_shown(open_page, place, width):
    page = open_page(width)
    if place == "article":
        first = page.request.get(PAGES[1].replace("/search", "/api/search")).json()["hits"][0]["id"]
        place = f"/article/{quote(first, safe='')}?q={quote('قسد الباغوز')}"
    page.goto(place, wait_until="load")
    assert 0 == page.evaluate(SHIFTS)


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("place", ["/", PAGES[1]], ids=["home", "words"])
def test_nothing_moves_of_a_page_that_arrives_bit_by_bit(browser, arriving, place, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{arriving}{place}", wait_until="load")
    moved = page.evaluate(SHIFTS)
    page.close()
    assert 0 == moved


@pytest.fixture
def arriving(address):
    """The same pages from a server that is slow to send them."""

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self):
            with urlopen(address + self.path) as answer:
                kind, body = answer.headers["Content-Type"], answer.read()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            bits = re.split(SLOWLY, body) if "html" in kind else [body]
            for bit in bits:
                self.wfile.write(bit)
                self.wfile.flush()
                time.sleep(PAUSE if len(bits) > 1 else 0)

        def log_message(self, *_):
            """Say nothing of requests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_shift_would_be_seen(open_page):
    page = open_page()
    page.goto("/")
    page.evaluate("""() => {
        const late = document.createElement('div');
        late.style.height = '300px';
        document.body.prepend(late);
    }""")
    assert 0 < page.evaluate(SHIFTS)
