"""The keyboard in a real browser: keys that walk, and none that is taken from a field."""

from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser

RESULTS = "/search?q=" + quote("في سوريا أو مصر أو السوق أو المدينة")
FOCUSED = "document.activeElement.textContent.trim()"
# The same keys on an Arabic keyboard: what they type, and where they stand.
ARABIC_KEYS = {"/": ("ظ", "Slash"), "j": ("ت", "KeyJ"), "k": ("ن", "KeyK")}


@pytest.fixture
def page(open_page):
    page = open_page()
    page.goto(RESULTS)
    return page


def titles(page):
    return [title.strip() for title in page.locator(".results h3 a").all_text_contents()]


def in_box(page):
    return "q" == page.evaluate("document.activeElement.id")


def press_arabic(page, key):
    """Types as a keyboard with Arabic letters does; the driver knows only the English one."""
    typed, code = ARABIC_KEYS[key]
    page.evaluate(
        """([key, code]) => document.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}))""",
        [typed, code],
    )


def test_slash_goes_to_the_box_and_types_nothing(page):
    before = page.locator("#q").input_value()
    page.keyboard.press("/")
    assert in_box(page)
    assert before == page.locator("#q").input_value()
    page.keyboard.press("/")  # now it is a letter like any other, and takes the place of what is selected
    assert "/" == page.locator("#q").input_value()


@pytest.mark.parametrize(("down", "up"), [("ArrowDown", "ArrowUp"), ("j", "k")])
def test_the_results_are_walked(page, down, up):
    found = titles(page)
    for title in found[:3]:
        page.keyboard.press(down)
        assert title == page.evaluate(FOCUSED)
    page.keyboard.press(up)
    assert found[1] == page.evaluate(FOCUSED)
    link = page.locator(".results h3 a").nth(1)
    assert "solid" == link.evaluate("element => getComputedStyle(element).outlineStyle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/*")
    assert found[1] == page.locator("h1").inner_text()


def test_at_the_ends_the_focus_stays(page):
    found = titles(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert found[0] == page.evaluate(FOCUSED)
    for _ in range(len(found) + 3):
        page.keyboard.press("j")
    assert found[-1] == page.evaluate(FOCUSED)


def test_escape_leaves(page):
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    assert "BODY" == page.evaluate("document.activeElement.tagName")
    page.keyboard.press("/")
    before = page.locator("#q").input_value()
    page.keyboard.press("Escape")
    assert "BODY" == page.evaluate("document.activeElement.tagName")
    assert before == page.locator("#q").input_value()


@pytest.mark.parametrize("key", ARABIC_KEYS)
def test_an_arabic_keyboard_has_them_too(page, key):
    page.locator(".results h3 a").nth(1).focus()
    press_arabic(page, key)
    if key == "/":
        assert in_box(page)
    else:
        assert titles(page)[{"j": 2, "k": 0}[key]] == page.evaluate(FOCUSED)


def test_no_key_is_taken_from_a_field(page):
    page.locator("#q").fill("")
    page.keyboard.type("j/k")
    page.keyboard.press("ArrowDown")
    assert in_box(page)
    assert "j/k" == page.locator("#q").input_value()
    day = page.locator("#from")
    day.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("/")
    assert "from" == page.evaluate("document.activeElement.id")


@pytest.mark.parametrize("key", ["Control+j", "Alt+j", "Meta+j"])
def test_no_key_is_taken_from_the_browser(page, key):
    page.keyboard.press(key)
    assert "BODY" == page.evaluate("document.activeElement.tagName")


def test_arrows_scroll_where_something_else_has_the_focus(page):
    page.locator(".brand a").focus()
    page.keyboard.press("ArrowDown")
    assert "أرشيف" == page.evaluate(FOCUSED)


def test_letters_can_be_turned_off_and_stay_off(page):
    page.locator("#keys summary").click()
    page.get_by_label("تعمل مفاتيح الحروف").uncheck()
    page.reload()
    assert page.locator("#q").get_attribute("aria-keyshortcuts") is None
    page.keyboard.press("/")
    assert not in_box(page)
    page.locator("#keys summary").click()
    page.get_by_label("تعمل مفاتيح الحروف").check()
    page.locator("#keys input").blur()
    page.keyboard.press("/")
    assert in_box(page)
    assert "/" == page.locator("#q").get_attribute("aria-keyshortcuts")


def test_without_javascript_no_keys_are_promised(open_page):
    page = open_page(javascript=False)
    page.goto(RESULTS)
    assert not page.locator("#keys").is_visible()


def test_skip_links_lead_to_the_results(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "انتقل إلى النتائج" == page.evaluate(FOCUSED)
    assert page.locator(".skip:focus").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert "found" == page.evaluate("document.activeElement.id")
