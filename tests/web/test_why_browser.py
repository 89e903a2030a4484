"""Why a result is there, and what a search was widened by, in a real browser: every width, both languages."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SCREENS = (
    (360, "light", "ar"),
    (360, "dark", "en"),
    (768, "dark", "ar"),
    (768, "light", "en"),
    (1440, "light", "ar"),
    (1440, "dark", "en"),
)
WIDENED = 'قسد OR سوريا~ OR F-16 OR "مهلة استسلام"'
RELAXED = "الباغوز الكوليرا"
SMALLEST = 24  # pixels that a finger hits; WCAG 2.2, 2.5.8

# Of each reason whether its words stand in it in the order of its text, line by line, and none sticks out.
ORDER = """element => {
    const start = document.dir === 'rtl' ? box => -box.right : box => box.left;
    const items = [...element.querySelectorAll('li')];
    return items.map(item => {
        const frame = item.getBoundingClientRect();
        const boxes = [...item.querySelectorAll('bdi')].map(each => each.getClientRects()[0]);
        const isWithin = boxes.every(box => frame.left <= box.left && box.right <= frame.right);
        return boxes.length && isWithin && boxes.every((box, at) => {
            const before = boxes[at - 1];
            const isSameLine = before && Math.abs(before.top - box.top) < box.height / 2;
            return !isSameLine || start(before) < start(box);
        });
    });
}"""


@pytest.fixture
def at(open_page):
    """Opens a search on a screen."""

    def get(query, width, scheme, language):
        page = open_page(width, scheme=scheme, javascript=width != 768)
        page.goto(f"/search?q={quote(query)}{'&lang=en' if language == 'en' else ''}")
        return page

    return get


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: "-".join(map(str, screen)))
def test_each_result_says_why(at, shoot, screen):
    page = at(WIDENED, *screen)
    reasons = page.locator(".why")
    assert page.locator(".results > li").count() == reasons.count()
    for why in reasons.all():
        expect(why.locator("li").first).to_be_hidden()
        assert SMALLEST <= why.locator("summary").bounding_box()["height"]
        why.locator("summary").click()
        expect(why.locator("li").first).to_be_visible()
        in_order = why.evaluate(ORDER)
        assert in_order
        assert all(in_order), why.inner_text()
    assert screen[0] == page.evaluate("document.documentElement.scrollWidth")
    shoot(page, "why-{2}-{0}-{1}".format(*screen))


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: "-".join(map(str, screen)))
def test_one_click_takes_off_what_was_not_typed(at, shoot, screen):
    page = at(WIDENED, *screen)
    chips = page.locator(".expansions a")
    kinds = page.locator(".expansions .kind").all_inner_texts()
    assert 2 == len(set(kinds))
    assert screen[0] == page.evaluate("document.documentElement.scrollWidth")
    for chip in chips.all():
        chip.scroll_into_view_if_needed()  # on a phone they stand in one row, which is pushed aside
        box = chip.bounding_box()
        assert SMALLEST <= box["height"]
        assert 0 <= box["x"] <= box["x"] + box["width"] <= screen[0]
    chips.filter(has_text="قوات سوريا الديمقراطية").click()
    page.wait_for_url("**q=*%3D*")
    expect(chips).to_have_count(len(kinds) - 1)
    assert WIDENED.replace("قسد", "=قسد") == page.locator("#q").input_value()
    shoot(page, "chips-{2}-{0}-{1}".format(*screen))


@pytest.mark.parametrize("screen", [SCREENS[0], SCREENS[3]], ids=lambda screen: "-".join(map(str, screen)))
def test_one_click_asks_for_all_words_again(at, screen):
    page = at(RELAXED, *screen)
    assert page.locator(".results > li").count()
    page.locator(".chips a").click()
    page.wait_for_url("**match=every*")
    expect(page.locator(".results > li")).to_have_count(0)
    assert RELAXED == page.locator("#q").input_value()


def test_the_keyboard_opens_it_and_closes_it(at):
    page = at(WIDENED, *SCREENS[4])
    why = page.locator(".why").first
    why.locator("summary").focus()
    for key, is_open in (("Enter", True), ("Space", False)):
        page.keyboard.press(key)
        expect(why.locator("li").first).to_be_visible(visible=is_open)


def test_words_of_two_directions_stay_apart(at):
    """A Latin word with a number in an Arabic sentence, and Arabic words in an English one."""
    for screen, sentence in ((SCREENS[4], "«F»، «16» كما كُتبت في البحث."), (SCREENS[5], "“F”, “16”")):
        page = at("F-16", *screen)
        why = page.locator(".why").first
        why.locator("summary").click()
        assert sentence in why.inner_text()
        assert all(why.evaluate(ORDER))


def test_a_wrong_order_would_be_seen(at):
    page = at('"مهلة استسلام"', *SCREENS[5])
    why = page.locator(".why").first
    why.locator("summary").click()
    assert all(why.evaluate(ORDER))
    why.evaluate("all => all.querySelectorAll('bdi').forEach(each => { each.style.unicodeBidi = 'normal' })")
    assert not all(why.evaluate(ORDER))
