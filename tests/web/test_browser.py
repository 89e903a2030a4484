"""The pages in a real browser, from the real server, over the articles in seeds/."""

import unicodedata
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser

QUERY = "قوات سوريا الديمقراطية"
LONG_QUERY = '"قوات سوريا الديمقراطية" أو (الباغوز -الرقة) ' + "كلمةطويلةجدا" * 12
ADDRESSES = [
    "/",
    "/search?q=",
    f"/search?q={quote(QUERY)}",
    f"/search?q={quote('سورية')}&expand=0",
    f"/search?q={quote(LONG_QUERY)}",
    "/search?q=" + quote("زعفران") + "&from=2019-02&to=2019-02&page=x&source=" + quote("لا أحد"),
    "/search?q=" + "ا" * 3000,
    "/nothing",
]
SCREENS = ((320, "light"), (768, "dark"), (1440, "light"))  # test_faces.py has more

# The letters on both sides of each mark, as they are shown.
NEIGHBOURS = """marks => marks.map(mark => {
    const range = document.createRange();
    range.setStart(mark.closest('[dir]'), 0);
    range.setEndBefore(mark);
    const before = range.toString();
    range.selectNodeContents(mark.closest('[dir]'));
    range.setStartAfter(mark);
    return [before.slice(-1), mark.textContent, range.toString().slice(0, 1)];
})"""


def titles(page):
    return page.locator(".results h3").all_inner_texts()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_reader_finds_reads_and_goes_on(open_page, width, javascript):
    page = open_page(width, javascript=javascript)
    page.goto("/")
    page.get_by_label("كلمات البحث").fill("في سوريا أو مصر أو السوق أو المدينة")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    first = titles(page)
    assert 10 == len(first)
    assert page.locator(".results mark").count()

    page.locator(".results h3 a").nth(1).click()
    page.wait_for_url("**/article/*")
    assert first[1] == page.locator("h1").inner_text()
    assert page.locator(".body mark").count()

    page.go_back()
    assert first == titles(page)
    page.get_by_role("link", name="التالية").click()
    page.wait_for_url("**page=2*")
    second = titles(page)
    assert second
    assert not set(first) & set(second)

    page.locator(".results h3 a").first.click()
    page.get_by_role("link", name="العودة إلى النتائج").first.click()
    page.wait_for_url("**page=2*")
    assert second == titles(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_narrowing(open_page, width):
    page = open_page(width)
    page.goto("/search?q=")
    source = page.locator(".facets a").first
    if width < 600:
        assert not source.is_visible()
        page.locator(".facets > details > summary").click()
    assert source.is_visible()
    count = int(page.locator(".facets .count").first.inner_text())
    source.click()
    page.wait_for_url("**source=*")
    assert count == page.locator(".results li").count()
    page.locator(".chips a").click()
    page.wait_for_url(lambda url: "source" not in url)
    assert 10 == page.locator(".results li").count()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
@pytest.mark.parametrize("width", [1440, 360])
def test_what_was_not_typed_can_be_left_out(open_page, width, javascript):
    page = open_page(width, javascript=javascript)
    page.goto("/search?q=" + quote("قسد الباغوز"))
    chip = page.locator(".expansions a").first
    assert "قسد صور أخرى: قوات سوريا الديمقراطية" == " ".join(chip.inner_text().split("—")[0].split())
    assert right_of(page, ".expansions .typed", ".expansions .kind")
    assert chip.bounding_box()["height"] >= 24  # what a finger can hit
    chip.click()
    page.wait_for_url("**/search?q=*%3D*")
    assert "=قسد الباغوز" == page.get_by_label("كلمات البحث").input_value()
    page.go_back()
    page.get_by_role("link", name="ابحث كما كُتب").click()
    page.wait_for_url("**expand=0*")
    page.get_by_role("link", name="ابحث أيضًا عن صورها الأخرى").click()
    page.wait_for_url(lambda url: "expand" not in url)
    assert page.locator(".expansions a").first.is_visible()


def test_days_can_be_chosen(open_page):
    page = open_page()
    page.goto("/search?q=")
    page.get_by_label("من", exact=True).fill("2019-01-01")
    page.get_by_label("إلى", exact=True).fill("2019-12-31")
    page.get_by_role("button", name="احصر").click()
    page.wait_for_url("**from=2019-01-01*")
    days = [time.get_attribute("datetime") for time in page.locator(".results time").all()]
    assert days
    assert {"2019"} == {day[:4] for day in days}


def test_the_keyboard_is_enough(open_page):
    page = open_page()
    page.goto(f"/search?q={quote(QUERY)}")
    page.keyboard.press("Tab")
    skip = page.locator(".skip").first
    assert skip.bounding_box()["y"] >= 0
    assert "solid" == skip.evaluate("element => getComputedStyle(element).outlineStyle")
    page.keyboard.press("Enter")
    assert "main" == page.evaluate("document.activeElement.id")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.results h3 a')"):
            break
    expected = titles(page)[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/*")
    assert expected == page.locator("h1").inner_text()


def of_a_word(character):
    """Whether it is a letter, a digit or a mark such as a fatha; there is none at a paragraph's ends."""
    return character.isalnum() or unicodedata.category(character or " ").startswith("M")


@pytest.mark.parametrize("query", [QUERY, "داعش", '"مهلة استسلام"', "الكتاب", "النفط 3.5", "FARC", "اللغة"])
def test_marks_are_whole_words(open_page, query):
    page = open_page()
    page.goto(f"/search?q={quote(query)}")
    for _ in range(2):  # the results, then the first of them
        found = page.eval_on_selector_all("main mark", NEIGHBOURS)
        assert found
        for before, word, after in found:
            assert word == word.strip() != ""
            assert not of_a_word(before), (before, word, after)
            assert not of_a_word(after), (before, word, after)
        link = page.locator(".results h3 a")
        if link.count():
            link.first.click()
            page.wait_for_url("**/article/*")


def right_of(page, one, other):
    """Whether one element stands wholly to the right of another."""
    left, right = page.locator(other).first.bounding_box(), page.locator(one).first.bounding_box()
    return right["x"] >= left["x"] + left["width"] - 1


def test_it_reads_from_right_to_left(open_page):
    page = open_page()
    page.goto("/search?q=")
    assert right_of(page, ".brand a", ".masthead .box")
    assert right_of(page, "#q", ".masthead button")
    assert right_of(page, ".facets", ".found")
    assert right_of(page, ".results .rank", ".results h3 a")
    assert right_of(page, ".results .source", ".results time")
    assert right_of(page, ".pages li:nth-child(1)", ".pages li:nth-child(2)")
    results = page.locator(".found").bounding_box()
    title = page.locator(".results h3 a").first.bounding_box()
    assert results["x"] + results["width"] / 2 < title["x"] + title["width"]


def test_latin_text_reads_from_left_to_right_among_arabic(open_page):
    page = open_page()
    page.goto("/search?q=FARC")
    box = page.get_by_label("كلمات البحث")
    assert "ltr" == box.evaluate("element => getComputedStyle(element).direction")
    box.fill("قوات")
    assert "rtl" == box.evaluate("element => getComputedStyle(element).direction")
    box.fill("")
    assert "rtl" == box.evaluate("element => getComputedStyle(element).direction")
    understood = page.locator(".understood span")
    assert "rtl" == understood.evaluate("element => getComputedStyle(element.parentElement).direction")


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_nothing_is_wider_than_the_screen(open_page, shoot, width, scheme):
    page = open_page(width, scheme=scheme)
    for number, place in enumerate([*ADDRESSES, None]):
        if place is None:  # an article
            page.goto(f"/search?q={quote(QUERY)}")
            page.locator(".results h3 a").first.click()
            page.wait_for_url("**/article/*")
        else:
            page.goto(place)
        assert width == page.evaluate("document.documentElement.scrollWidth"), place
        shoot(page, f"{number}-{width}-{scheme}")


def test_text_can_be_twice_as_big(open_page):
    page = open_page(640)
    page.goto(f"/search?q={quote(QUERY)}")
    page.evaluate("document.documentElement.style.fontSize = '212.5%'")
    assert 640 == page.evaluate("document.documentElement.scrollWidth")


def test_on_paper_there_is_only_what_was_found(open_page, shoot):
    page = open_page()
    page.goto(f"/search?q={quote(QUERY)}")
    page.emulate_media(media="print")
    assert page.locator(".results h3 a").first.is_visible()
    for part in (".box", ".facets", ".sorts", ".tongues", ".widen", ".brush"):
        assert not page.locator(part).first.is_visible()
    paper, results = (page.locator(part).bounding_box() for part in ("main", ".results"))
    assert paper["x"] + paper["width"] - (results["x"] + results["width"]) < 100
    shoot(page, "print")


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [360, 390])
def test_the_first_result_stands_on_the_first_screen_of_a_phone(open_page, language, width):
    page = open_page(width)
    page.goto(f"/search?q={quote('القوات في الباغوز و سوريا')}&lang={language}")
    assert 1 < page.locator(".expansions li").count()
    assert page.locator(".notices li").count()
    assert width == page.evaluate("document.documentElement.scrollWidth")
    title = page.locator(".results h3").first.bounding_box()
    assert title["y"] + title["height"] < page.viewport_size["height"]
    last = page.locator(".expansions a").last
    last.evaluate("chip => chip.scrollIntoView({inline: 'nearest'})")  # the row scrolls, all of a chip fits
    place = last.bounding_box()
    assert 0 <= place["x"] < place["x"] + place["width"] <= width
