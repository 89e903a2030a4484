"""What a page of results may weigh and do, as a browser loads it."""

from urllib.parse import quote

import pytest

from web.languages import LANGUAGES

pytestmark = pytest.mark.browser

HEAVIEST = 60 * 1024  # bytes of HTML, CSS and script together, as they are sent
KINDS = ("document", "stylesheet", "script")
PAGES = ("/search?q=", "/search?q=" + quote("قسد الباغوز في سوريا النفط") + "&match=any")

LOADS = 3

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
    # What moves by itself does so each time; what a busy machine paints while it arrives, now and then.
    assert 0 in (_moved(page, place) for _ in range(LOADS))


def _moved(page, place):
    page.goto(place, wait_until="load")
    return page.evaluate(SHIFTS)


def test_a_shift_would_be_seen(open_page):
    page = open_page()
    page.goto("/")
    page.evaluate("""() => {
        const late = document.createElement('div');
        late.style.height = '300px';
        document.body.prepend(late);
    }""")
    assert 0 < page.evaluate(SHIFTS)
