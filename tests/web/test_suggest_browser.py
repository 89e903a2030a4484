"""The box as a combobox, and recent searches, in a real browser; what is offered where nothing was found."""

import json
import time
from urllib.parse import parse_qs, quote, urlsplit
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.browser

LOOKS = (
    (360, "light", "ar"),
    (360, "dark", "en"),
    (768, "dark", "ar"),
    (1440, "light", "en"),
    (1440, "dark", "ar"),
)
HOSTILE = '<img src=x onerror="document.title=1"> </li><script>document.title=2</script> قوات'
PATIENCE = 30  # seconds for what takes less than one
RESCUES = ("hgr,hj", "suriya", "الباغوظ", "قوات الزعفران", "النفط من:1990 إلى:1991")


@pytest.fixture(autouse=True)
def counted(address):
    """The server counts phrases beside; wait until it has."""
    until = time.monotonic() + PATIENCE
    found = []
    while not found and time.monotonic() < until:
        with urlopen(f"{address}/suggest?q={quote('الن')}") as answer:
            found = json.load(answer)["suggestions"]
    assert found


def options(page):
    return [
        " ".join(each.split()) for each in page.locator("#suggestions [role=option] bdi").all_inner_texts()
    ]


def typed(page, text, box="#q"):
    """Types, and waits for what is suggested."""
    page.locator(box).click()
    with page.expect_response(lambda answer: "/suggest" in answer.url and asked(answer.url) == text):
        page.keyboard.type(text)
    page.locator("#suggest").wait_for(state="visible")


def asked(address):
    return parse_qs(urlsplit(address).query).get("q", [""])[0]


@pytest.mark.parametrize(("width", "scheme", "lang"), LOOKS)
def test_the_keyboard_chooses(open_page, shoot, width, scheme, lang):
    page = open_page(width, scheme=scheme)
    page.goto(f"/?lang={lang}")
    box = page.locator("#q")
    assert ("combobox", "list", "false", "suggestions") == tuple(
        box.get_attribute(name) for name in ("role", "aria-autocomplete", "aria-expanded", "aria-controls")
    )
    typed(page, "الن")
    assert "true" == box.get_attribute("aria-expanded")
    found = options(page)
    assert len(found) > 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert found[1] == box.input_value()
    [chosen] = page.locator("[role=option][aria-selected=true]").all()
    assert chosen.get_attribute("id") == box.get_attribute("aria-activedescendant")
    shoot(page, f"suggest-{width}-{scheme}-{lang}")
    assert width == page.evaluate("document.documentElement.scrollWidth")
    assert chosen.bounding_box()["height"] >= 24
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert "الن" == box.input_value()
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    assert found[-1] == box.input_value()
    page.keyboard.press("Escape")
    assert ("الن", "false") == (box.input_value(), box.get_attribute("aria-expanded"))
    assert not page.locator("#suggest").is_visible()
    assert "q" == page.evaluate("document.activeElement.id")
    page.keyboard.press("ArrowDown")
    page.locator("#suggest").wait_for(state="visible")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert found[0] == asked(page.url)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_finger_or_mouse_chooses(open_page, width):
    page = open_page(width)
    page.goto("/search?q=")
    typed(page, "الن")
    first = options(page)[0]
    page.locator("#suggestions [role=option]").first.click()
    page.wait_for_url(lambda url: asked(url) == first)
    assert first == page.locator("#q").input_value()


def test_the_list_goes_when_the_box_is_left(open_page):
    page = open_page()
    page.goto("/")
    typed(page, "الن")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.locator("#suggest").wait_for(state="hidden")


def test_only_the_last_answer_counts(open_page):
    page = open_page()
    page.goto("/")
    held = []
    page.route(
        "**/suggest?*",
        lambda route: held.append(route) if asked(route.request.url) == "ال" else route.continue_(),
    )
    page.locator("#q").click()
    with page.expect_request(lambda request: asked(request.url) == "ال"):
        page.keyboard.type("ال")
    page.keyboard.type("ن")
    page.locator("#suggest").wait_for(state="visible")
    found = options(page)
    assert held
    for route in held:
        route.abort()
    page.wait_for_timeout(100)
    assert found == options(page)


def test_a_suggestion_is_text_and_never_markup(open_page):
    page = open_page()
    page.goto("/")
    before = page.title()
    answer = {"query": "x", "suggestions": [{"text": HOSTILE, "kind": "title", "articles": 1}]}
    page.route("**/suggest?*", lambda route: route.fulfill(json=answer))
    page.evaluate("text => localStorage.setItem('arshif.recent', JSON.stringify([text]))", f"x {HOSTILE}")
    page.locator("#q").click()
    page.keyboard.type("x")
    page.locator("#suggestions [role=option]").nth(1).wait_for()
    assert [f"x {HOSTILE}", HOSTILE] == page.locator("#suggestions bdi").all_text_contents()
    assert 0 == page.locator("#suggestions img, #suggestions script").count()
    assert before == page.title()


def recent(page):
    return json.loads(page.evaluate("localStorage.getItem('arshif.recent') ?? '[]'"))


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_recent_searches_stay_in_the_browser(open_page, shoot, lang):
    page = open_page(360 if lang == "ar" else 1280)
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    for text in ("النفط", "السوق", "النفط"):
        page.goto(f"/?lang={lang}")
        page.locator("#q").fill(text)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?*")
    assert ["النفط", "السوق"] == recent(page)
    page.goto(f"/?lang={lang}")
    sent.clear()
    page.locator("#q").focus()
    page.locator("#suggest").wait_for(state="visible")
    assert ["النفط", "السوق"] == options(page)
    shoot(page, f"recent-{lang}")
    assert [] == [address for address in sent if "/static/" not in address]
    page.locator("[data-do=clear]").click()
    assert [] == recent(page)
    assert [] == options(page)


def test_recent_searches_can_be_switched_off(open_page):
    page = open_page()
    page.goto("/")
    page.evaluate("localStorage.setItem('arshif.recent', '[\"قديم\"]')")
    page.locator("#q").focus()
    page.locator("#suggest").wait_for(state="visible")
    page.keyboard.press("Tab")  # to the button
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.locator("[data-do=off]").click()
    page.locator("#q").fill("النفط")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert [] == recent(page)
    page.goto("/")
    typed(page, "الن")
    page.locator("[data-do=on]").click()
    page.locator("#q").fill("السوق")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert ["السوق"] == recent(page)


def test_without_javascript_it_is_a_box(open_page):
    page = open_page(javascript=False)
    page.goto("/")
    assert page.locator("#q").get_attribute("role") is None
    assert not page.locator("#suggest").is_visible()
    page.locator("#q").fill("النفط")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert page.locator(".results li").count()


@pytest.mark.parametrize(("width", "scheme", "lang"), LOOKS)
def test_what_is_offered_where_nothing_was_found(open_page, shoot, width, scheme, lang):
    page = open_page(width, scheme=scheme, javascript=width != 768)
    for number, text in enumerate(RESCUES):
        page.goto(f"/search?q={quote(text)}&lang={lang}")
        offer = page.locator(".rescue li").first
        assert offer.is_visible(), text
        assert width == page.evaluate("document.documentElement.scrollWidth"), text
        shoot(page, f"rescue-{number}-{width}-{scheme}-{lang}")
        count = offer.locator(".count").inner_text()
        link = offer.locator("a")
        assert link.bounding_box()["height"] >= 24
        query = link.inner_text()
        link.click()
        page.wait_for_url(lambda url, query=query: asked(url) == query)
        assert count == page.locator(".total").inner_text().split("·")[0].strip()
        assert f"lang={lang}" in page.url or lang == "ar"
