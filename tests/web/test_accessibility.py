"""What the focus, forced colours and a wish for no motion do; `test_faces.py` asks axe-core of every page."""

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe

from web.languages import LANGUAGES

pytestmark = pytest.mark.browser

OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
GRAVE = ("serious", "critical")
RESULTS = "/search?q=" + quote("قسد الباغوز في")
ALL = "/search?q="

LOOKS = pytest.mark.parametrize(
    "look", [(code, scheme) for code in LANGUAGES for scheme in ("light", "dark")], ids="-".join
)


@pytest.fixture(scope="module")
def page(browser, address):
    context = browser.new_context(base_url=address, locale="ar")
    yield context.new_page()
    context.close()


def grave(page):
    """What is wrong with a page, in a line each; folded parts are opened, to be looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


@LOOKS
def test_the_focus_is_seen_on_everything_that_takes_it(page, look):
    page.emulate_media(color_scheme=look[1])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{ALL}&lang={look[0]}")
    seen = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):  # beyond the last
            break
        outline = page.evaluate("""() => {
            const style = getComputedStyle(document.activeElement);
            return [document.activeElement.outerHTML.slice(0, 120), style.outlineStyle, style.outlineWidth];
        }""")
        assert (outline[1], outline[2]) == ("solid", "3px"), outline[0]
        seen.add(outline[0])
    assert 40 <= len(seen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_forced_colours_what_is_marked_is_seen(page, shoot, scheme):
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto(RESULTS)
    outline, image, ink, ground = page.locator("mark").first.evaluate("""element => {
        const style = getComputedStyle(element);
        return [style.outlineStyle, style.backgroundImage, style.color, style.backgroundColor];
    }""")
    assert ("solid", "none") == (outline, image)
    assert ink != ground
    assert [] == grave(page)
    shoot(page, f"results-forced-{scheme}")
    page.emulate_media(forced_colors="none")


def test_nothing_moves_for_who_wants_no_motion(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(ALL)
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter(each => {
        const style = getComputedStyle(each);
        return style.scrollBehavior !== 'auto' || parseFloat(style.transitionDuration)
            || (style.animationName !== 'none' && parseFloat(style.animationDuration));
    }).map(each => each.tagName)""")
    assert [] == moving
    page.emulate_media(reduced_motion="no-preference")
