"""The concordance in a real browser: keywords below each other at every width, and where lines lead."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

EDGES = """side => [...document.querySelectorAll('.kwic .' + side)].map(element => {
    const box = element.getBoundingClientRect();
    return [Math.round(box.left), Math.round(box.right)];
})"""
SCREENS = (
    (360, "light", ""),
    (360, "dark", "&lang=en"),
    (768, "dark", ""),
    (768, "light", "&lang=en"),
    (1440, "light", ""),
    (1440, "dark", "&lang=en"),
)
QUERIES = ("في", "=سوريا", '"قوات سوريا الديمقراطية"', "قوات سوريا الديمقراطية")


@pytest.mark.parametrize(("width", "scheme", "language"), SCREENS)
def test_keywords_are_aligned(open_page, shoot, width, scheme, language):
    page = open_page(width, scheme=scheme, javascript=width != 768)
    for number, query in enumerate(QUERIES):
        for sort in ("before", "after"):
            page.goto(f"/concordance?q={quote(query)}&sort={sort}{language}")
            assert width == page.evaluate("document.documentElement.scrollWidth")
            before, keywords, after = (page.evaluate(EDGES, side) for side in ("before", "keyword", "after"))
            assert keywords
            # Right to left: what comes before on the right, the keyword, what comes after on the left.
            assert 1 == len({left for left, _ in before})
            assert 1 == len({right for _, right in after})
            for (start, _), (left, right), (_, end) in zip(before, keywords, after, strict=True):
                assert end <= left < right <= start
            assert 1 == len({right for _, right in keywords})
        shoot(page, f"concordance-{number}-{width}-{scheme}{language.replace('&lang=', '-')}")


def test_the_words_next_to_a_keyword_are_seen(open_page):
    """What doesn't fit is cut at the far ends: the last word before is whole, the first after is too."""
    page = open_page(360)
    page.goto(f"/concordance?q={quote('سوريا')}&words=20")
    seen = page.evaluate(
        """() => [...document.querySelectorAll('.kwic li')].map(line => {
            const text = line.querySelector('.before bdi').getBoundingClientRect();
            const box = line.querySelector('.before').getBoundingClientRect();
            const rest = line.querySelector('.after bdi').getBoundingClientRect();
            const other = line.querySelector('.after').getBoundingClientRect();
            return [text.left - box.left, other.right - rest.right];
        })"""
    )
    assert seen
    assert [] == [each for each in seen if max(map(abs, each)) > 1]


def test_a_line_leads_to_its_place_in_the_article(open_page):
    page = open_page(360)
    page.goto(f"/concordance?q={quote('والعراق')}")
    # This one stands far down in a long article.
    page.locator(".kwic li", has_text="المجاور وأثارت").locator(".keyword").click()
    page.wait_for_url("**/article/*")
    expect(page.locator(".body mark", has_text="والعراق")).to_be_in_viewport()
    assert page.evaluate("scrollY") > page.viewport_size["height"]


def test_it_is_used_with_the_keyboard_and_without_scripts(open_page):
    page = open_page(1440, javascript=False)
    page.goto("/concordance")
    page.locator("#q").fill("سوريا")
    page.keyboard.press("Enter")
    page.wait_for_url("**/concordance?q=*")
    first = page.locator(".kwic li").count()
    assert first
    page.locator("#words").fill("2")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=2*")
    assert first == page.locator(".kwic li").count()
    for text in page.locator(".kwic .after").all_inner_texts():
        assert sum(any(map(str.isalnum, word)) for word in text.split()) <= 2
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "arshif-concordance.csv" == download.value.suggested_filename


def test_arrows_walk_the_lines(open_page):
    page = open_page(1440)
    page.goto(f"/concordance?q={quote('سوريا')}")
    for number in range(3):
        page.keyboard.press("ArrowDown")
        link = page.locator(".kwic .keyword").nth(number)
        assert link.evaluate("element => element === document.activeElement")
