"""The page of an article in a real browser: jumps, citation, print, and what is around it."""

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SCREENS = ((360, "light", "ar"), (768, "dark", "en"), (1440, "light", "en"), (1440, "dark", "ar"))
QUERY = "الباغوز قوات"
DATED = "النفط"  # what is found first has a source and a date


@pytest.fixture
def reading(open_page):
    """Opens the first article of a search."""

    def read(width=1280, lang="ar", query=QUERY, **more):
        page = open_page(width, **more)
        page.goto(f"/search?q={quote(query)}" + ("&lang=en" if lang == "en" else ""))
        page.locator(".results h3 a").first.click()
        page.wait_for_url("**/article/*")
        return page

    return read


def is_in_sight(page, element):
    box, height = element.bounding_box(), page.viewport_size["height"]
    return 0 <= box["y"] and box["y"] + box["height"] <= height


@pytest.mark.parametrize(("width", "lang"), [(360, "ar"), (1440, "en")])
def test_from_one_word_to_the_next(reading, width, lang):
    page = reading(width, lang)
    count = page.locator("mark").count()
    assert count > 3
    bar = page.locator(".jumps")
    assert is_in_sight(page, bar)
    following, previous = bar.locator("button.next"), bar.locator("button.previous")
    assert following.bounding_box()["height"] >= 24
    said = "{} من {}" if lang == "ar" else "{} of {}"
    for number in (1, 2):
        following.click()
        assert said.format(number, count) == bar.locator("output").inner_text()
    page.keyboard.press("n")
    assert "m3" == page.locator("mark.here").get_attribute("id") == page.evaluate("document.activeElement.id")
    page.keyboard.press("p")
    previous.click()
    assert "m1" == page.locator("mark.here").get_attribute("id")
    page.keyboard.press("p")  # round to the last
    last = page.locator("mark.here")
    assert f"m{count}" == last.get_attribute("id")
    page.wait_for_function("""() => {
        const mark = document.querySelector("mark.here").getBoundingClientRect();
        const bar = document.querySelector(".jumps").getBoundingClientRect();
        return mark.top >= 0 && mark.bottom <= Math.min(innerHeight, bar.top);
    }""")


def test_keys_are_letters_in_the_box_and_can_be_turned_off(reading):
    page = reading()
    page.locator("#q").focus()
    page.keyboard.press("n")
    assert not page.locator("mark.here").count()
    assert "n" in page.locator("#q").input_value()
    page.locator("h1").click()
    page.evaluate("localStorage.setItem('arshif.keys.off', '1')")
    page.keyboard.press("n")
    assert not page.locator("mark.here").count()


def test_without_a_script_links_jump(reading):
    page = reading(360, javascript=False)
    assert is_in_sight(page, page.locator(".jumps"))
    assert not page.locator(".jumps button").first.is_visible()
    assert not page.locator(".paper").is_visible()
    links = page.locator(".jumps li a")
    assert page.locator("mark").count() == links.count()
    assert links.first.bounding_box()["height"] >= 24
    last = links.last
    last.click()
    page.wait_for_url("**#m*")
    expect(page.locator("mark:target")).to_be_in_viewport()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_through_the_results(reading, javascript):
    page = reading(query="سوريا أو مصر أو السوق أو المدينة", javascript=javascript)
    titles = [page.locator("h1").inner_text()]
    for _ in range(2):
        following = page.locator(".trail a[rel=next]").first
        name = following.locator(".name").inner_text()
        following.click()
        page.wait_for_function("name => document.querySelector('h1').innerText === name", arg=name)
        titles.append(name)
    assert 3 == len(set(titles))
    page.locator(".trail a[rel=prev]").first.click()
    page.wait_for_function("name => document.querySelector('h1').innerText === name", arg=titles[1])


def test_related_articles_lead_on(reading):
    page = reading()
    link = page.locator(".near a").first
    name = link.inner_text()
    link.click()
    page.wait_for_function("name => document.querySelector('h1').innerText === name", arg=name)


def test_files_for_reference_managers_are_saved(reading):
    page = reading(lang="en", query=DATED)
    page.locator(".cite summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="BibTeX").click()
    assert waiting.value.suggested_filename.endswith(".bib")
    assert "@article{" in waiting.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize(("width", "scheme", "lang"), SCREENS)
def test_how_it_looks(reading, shoot, width, scheme, lang):
    page = reading(width, lang, scheme=scheme)
    page.locator(".cite summary").click()
    assert width == page.evaluate("document.documentElement.scrollWidth")
    found = Axe().run(page).response["violations"]
    assert [] == [each["id"] for each in found if each["impact"] in ("serious", "critical")]
    page.keyboard.press("n")
    page.wait_for_timeout(50)
    found = Axe().run(page).response["violations"]
    assert [] == [each["id"] for each in found if each["impact"] in ("serious", "critical")]
    shoot(page, f"article-{width}-{scheme}-{lang}")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_on_paper_there_is_the_article_alone(reading, shoot, lang):
    page = reading(lang=lang, query=DATED)
    page.keyboard.press("n")
    page.emulate_media(media="print")
    for part in (".masthead", ".trail", ".jumps", ".besides", ".colophon"):
        assert not page.locator(part).first.is_visible(), part
    for part in (".whole h1", ".particulars time", ".hijri", ".body p", ".printed"):
        assert page.locator(part).first.is_visible(), part
    assert "/article/" in page.locator(".printed bdi").inner_text()
    marked = page.locator("mark").first.evaluate("element => getComputedStyle(element).backgroundColor")
    assert "rgba(0, 0, 0, 0)" == marked
    shoot(page, f"article-print-{lang}")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_the_page_of_the_api(open_page, shoot, width, scheme):
    page = open_page(width, scheme=scheme)
    page.goto("/api" + ("?lang=en" if scheme == "light" else ""))
    assert width == page.evaluate("document.documentElement.scrollWidth")
    found = Axe().run(page).response["violations"]
    assert [] == [each["id"] for each in found if each["impact"] in ("serious", "critical")]
    shoot(page, f"api-{width}-{scheme}")
