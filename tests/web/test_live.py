"""Results without a full reload, and the timeline by pointer and keyboard, in a real browser."""

from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser

QUERY = "سوريا أو مصر أو النفط أو السوق"
RESULTS = "/search?q=" + quote(QUERY)
FOCUSED = "document.activeElement.textContent.trim()"


@pytest.fixture
def live(open_page):
    """Opens a page of results, and can tell whether it was loaded anew since."""

    def make(address=RESULTS, **options):
        page = open_page(**options)
        page.goto(address)
        page.evaluate("window.isTheSame = true")
        return page

    return make


def is_the_same(page):
    return page.evaluate("window.isTheSame === true")


def total(page):
    return int(page.locator(".total").inner_text().split()[0])


def follow(page, link):
    """Follows a link, and waits until its results are there."""
    before = page.url
    link.click()
    page.wait_for_function(
        "before => location.href !== before && !document.querySelector('[aria-busy]')", arg=before
    )


def test_a_facet_is_chosen_and_taken_off_without_a_reload(live):
    page = live()
    everything = total(page)
    link = page.locator("section[aria-labelledby=facet-source] .choices a").first
    name = link.locator("bdi").inner_text()
    follow(page, link)
    assert is_the_same(page)
    assert "source=" in page.url
    assert total(page) < everything
    assert name in page.evaluate(FOCUSED)  # the focus is where it was
    assert page.locator("p.unseen[aria-live]").inner_text() == page.locator(".total").inner_text()
    feed = page.locator("link[rel=alternate][type='application/atom+xml']").get_attribute("href")
    assert "source=" in feed  # what stands outside of <main> is of these results too
    assert page.locator(".box input[name=source]").get_attribute("value") == name
    assert str(total(page)) in page.title() or "مقال" in page.title()
    follow(page, page.locator(".choices a[aria-current]").first)
    assert (everything, True) == (total(page), is_the_same(page))


def test_back_and_forward(live):
    page = live()
    first = page.locator(".results h3").all_inner_texts()
    page.evaluate("scrollTo(0, 300)")
    page.wait_for_function("() => history.state?.top === 300")  # kept when scrolling has ended
    page.evaluate("document.querySelector('[rel=next]').click()")  # the driver would scroll to it first
    page.wait_for_url("**page=2*")
    page.wait_for_function("() => document.querySelector('.rank').innerText === '11'")
    second = page.locator(".results h3").all_inner_texts()
    assert (0, True) == (page.evaluate("scrollY"), is_the_same(page))
    assert first != second
    page.go_back()
    page.wait_for_function("title => document.querySelector('.results h3').innerText === title", arg=first[0])
    page.wait_for_function("() => scrollY === 300")
    page.go_forward()
    page.wait_for_function(
        "title => document.querySelector('.results h3').innerText === title", arg=second[0]
    )
    assert is_the_same(page)


def test_back_from_an_article_leads_to_what_was_shown_last(live):
    page = live()
    follow(page, page.get_by_role("link", name="الأقدم"))
    page.locator(".results h3 a").first.click()
    page.wait_for_url("**/article/*")
    page.go_back()
    page.wait_for_url("**sort=oldest*")
    assert "الأقدم" == page.locator(".sorts [aria-current]").inner_text()


def test_a_search_from_the_box(live):
    page = live()
    page.get_by_label("كلمات البحث").fill("النفط")
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_function("before => location.href !== before", arg=before)
    page.wait_for_function("() => document.querySelector('h1 bdi').innerText === 'النفط'")
    assert is_the_same(page)
    assert "النفط" == page.get_by_label("كلمات البحث").input_value()
    assert "main" == page.evaluate("document.activeElement.id")


def test_what_only_the_next_page_looks_like_is_loaded_first(live):
    page = live()
    page.get_by_label("كلمات البحث").fill("hgkt'")  # النفط on the other keyboard
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.total').innerText === 'لا نتائج'")
    assert is_the_same(page)
    assert 1 == page.locator("link[href*='rescue.css']").count()
    page.go_back()
    page.wait_for_function("() => document.querySelector('.results')")
    assert is_the_same(page)


def test_days_are_chosen_in_the_form(live):
    page = live()
    page.get_by_label("من", exact=True).fill("2016-01-01")
    page.get_by_role("button", name="احصر").click()
    page.wait_for_url("**from=2016-01-01*")
    assert "to=" not in page.url
    page.wait_for_function("() => document.querySelector('.chips')")
    assert is_the_same(page)


def test_what_leads_elsewhere_is_loaded(live):
    page = live()
    page.locator(".language").first.click()
    page.wait_for_url("**lang=en*")
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    assert not is_the_same(page)


def test_a_click_for_a_new_tab_is_the_browsers(live):
    page = live()
    with page.context.expect_page() as opened:
        page.locator(".sorts a").nth(2).click(modifiers=["Control"])
    opened.value.wait_for_url("**sort=newest*")
    assert page.url.endswith(RESULTS)


def test_where_it_fails_the_page_is_loaded(live):
    page = live()
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('no network')); }")
    page.locator(".sorts a").nth(2).click()
    page.wait_for_url("**sort=newest*")
    page.wait_for_load_state()
    assert not is_the_same(page)
    assert "الأحدث" == page.locator(".sorts [aria-current]").inner_text()


def test_details_stay_open(live):
    page = live(width=390)
    page.locator(".facets > details > summary").click()
    follow(page, page.locator(".facets .choices a").first)
    assert page.locator(".facets .choices a").first.is_visible()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_range_is_drawn_over_the_bars(live, language):
    page = live(f"{RESULTS}&unit=year&lang={language}")
    bars = page.locator("svg.bars")
    starts = bars.get_attribute("data-starts").split(",")
    box = bars.bounding_box()
    step = box["width"] / len(starts)
    page.mouse.move(box["x"] + step * 1.5, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + step * 3.5, box["y"] + 60, steps=4)
    assert page.locator(".range").is_visible()
    page.mouse.up()
    page.wait_for_url("**from=*")
    first, last = (len(starts) - 4, len(starts) - 2) if language == "ar" else (1, 3)
    assert f"from={starts[first]}&to={starts[last][:4]}-12-31" in page.url
    page.wait_for_function("() => document.querySelector('.chips')")
    assert is_the_same(page)


def test_a_bar_is_a_link(live):
    page = live(f"{RESULTS}&unit=year")
    bar = page.locator("svg.bars a").first
    count = bar.locator("title").text_content().partition(": ")[2]
    bar.locator(".reach").click()
    page.wait_for_url("**from=*")
    page.wait_for_function("count => document.querySelector('.total').innerText.startsWith(count)", arg=count)
    assert is_the_same(page)


def test_a_range_is_set_with_the_keyboard(live):
    page = live(f"{RESULTS}&unit=year")
    starts = page.locator("svg.bars").get_attribute("data-starts").split(",")
    since, until = page.get_by_label("أول المدة"), page.get_by_label("آخر المدة")
    since.focus()
    page.keyboard.press("ArrowUp")
    assert starts[1] == since.get_attribute("aria-valuetext")
    until.focus()
    page.keyboard.press("ArrowDown")
    assert f"{starts[1]} – {starts[-2][:4]}-12-31" == page.locator(".range bdi").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**from={starts[1]}&to={starts[-2][:4]}-12-31*")
    assert is_the_same(page)


def test_without_a_script_bars_narrow_too(open_page):
    page = open_page(javascript=False)
    page.goto(f"{RESULTS}&unit=year")
    assert not page.locator(".brush").is_visible()
    page.locator("svg.bars a .reach").first.click()
    page.wait_for_url("**from=*")
    page.get_by_text("الأعداد في جدول").click()
    assert page.locator(".figures td").first.is_visible()


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(360, "dark", "ar"), (768, "light", "en"), (1440, "light", "ar")]
)
def test_it_fits_every_screen(open_page, shoot, width, scheme, language):
    page = open_page(width, scheme=scheme)
    page.goto(f"{RESULTS}&unit=month&share=1&lang={language}")
    page.locator(".figures summary").click()
    assert width == page.evaluate("document.documentElement.scrollWidth")
    handle = page.locator(".brush input").first.bounding_box()
    assert handle["height"] >= 24
    shoot(page, f"timeline-{width}-{scheme}-{language}")


def test_bars_are_one_stop_of_the_keyboard(live):
    page = live(f"{RESULTS}&unit=year")
    bars = page.locator("svg.bars a")
    names = bars.locator("title").all_text_contents()
    page.locator(".widened a, .widen a").last.focus()
    stops = []
    while not page.evaluate("document.activeElement.matches('.brush input')"):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("document.activeElement.closest('svg') && document.activeElement.textContent")
        )
    assert [names[0]] == [stop.strip() for stop in stops if stop]
    page.keyboard.press("Shift+Tab")
    for key, expected in (("ArrowLeft", 1), ("ArrowLeft", 2), ("ArrowRight", 1), ("End", -1), ("Home", 0)):
        page.keyboard.press(key)
        assert names[expected] == page.evaluate(FOCUSED), key
    page.keyboard.press("ArrowRight")  # before the first there is none
    assert names[0] == page.evaluate(FOCUSED)
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert names[-1] == page.evaluate(FOCUSED)  # where one was
    link = bars.last.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=*")
    assert page.url.endswith(link)
    assert is_the_same(page)


def test_what_is_said_of_the_bars(live):
    page = live(f"{RESULTS}&unit=year&lang=en")
    tools = page.get_by_role("toolbar", name="Over time")
    names = tools.locator("a").evaluate_all("all => all.map(each => each.querySelector('title').textContent)")
    assert names
    for name in names:
        assert tools.get_by_role("link", name=name, exact=True).is_visible()
    page.locator("svg.bars a").first.focus()
    page.keyboard.press("ArrowRight")  # later, where time runs from left to right
    assert names[1] == page.evaluate(FOCUSED)


def test_without_a_script_each_bar_is_a_stop(open_page):
    page = open_page(javascript=False)
    page.goto(f"{RESULTS}&unit=year")
    bars = page.get_by_role("group", name="النتائج عبر الزمن").get_by_role("link")
    assert bars.count()
    bars.first.focus()
    page.keyboard.press("Tab")
    expected = bars.nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{expected}")
