"""Without JavaScript: each part of the page is walked through by links and forms alone, in both languages."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["ar", "en"])]

WIDTH = {"ar": 360, "en": 1440}
BROAD = "سوريا أو مصر أو النفط أو السوق"


@pytest.fixture
def at(open_page, language):
    """Opens an address in a language, where no script runs."""
    page = open_page(WIDTH[language], javascript=False)

    def get(address):
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        assert language == page.locator("html").get_attribute("lang")
        return page

    return get


def typed(page, text):
    """Types a search and sends it."""
    page.locator("#q").fill(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page, link):
    """Follows a link; the language stays."""
    language = page.locator("html").get_attribute("lang")
    address = link.get_attribute("href")
    link.click()
    page.wait_for_url(lambda url: url.endswith((address, address.partition("#")[0])))
    assert language == page.locator("html").get_attribute("lang")


def unfold(page, summary):
    """Opens what is folded where there is little room."""
    if page.locator(summary).is_visible():
        page.locator(summary).click()


def fetched(page, link):
    """The file that a link leads to."""
    answer = page.request.get(link.get_attribute("href"))
    assert 200 == answer.status
    return answer.text()


def counted(text):
    """How many articles a text says; of one and of two Arabic has no digit."""
    words = {"مقالة واحدة": 1, "مقالتان": 2, "one article": 1}
    digits = "".join(filter(str.isdigit, text.partition("·")[0]))
    return int(digits) if digits else words[text.strip().lower()]


def total(page):
    return counted(page.locator(".total").inner_text())


def test_results_are_narrowed_sorted_and_turned(at):
    page = at("/")
    typed(page, BROAD)
    everything = total(page)
    first = page.locator(".results h3").all_inner_texts()
    follow(page, page.locator("[rel=next]"))
    assert not set(first) & set(page.locator(".results h3").all_inner_texts())
    follow(page, page.locator(".sorts a").nth(2))
    days = page.locator(".results time").evaluate_all("all => all.map(each => each.dateTime.slice(0, 10))")
    assert sorted(days, reverse=True) == days
    for facet in ("source", "author", "category", "days"):
        unfold(page, ".facets > details > summary")
        choice = page.locator(f"section[aria-labelledby=facet-{facet}] li").first
        count = choice.locator(".count").inner_text()
        follow(page, choice.locator("a"))
        assert int(count) == total(page) < everything
        follow(page, page.locator(".chips a").last)
        assert everything == total(page)
    unfold(page, ".facets > details > summary")
    page.locator("#from").fill("2019-01-01")
    page.locator(".facets button").click()
    page.wait_for_url("**from=2019-01-01*")
    assert 0 < total(page) < everything


def test_the_timeline_narrows_and_is_a_table_and_a_file(at):
    page = at("/")
    typed(page, BROAD)
    unfold(page, ".timeline > details > summary")
    expect(page.locator(".brush")).to_be_hidden()
    follow(page, page.locator(".turns a").nth(3))
    unfold(page, ".timeline > details > summary")
    rows = list(
        csv.DictReader(io.StringIO(fetched(page, page.locator(".turns [download]")).lstrip("\ufeff")))
    )
    page.locator(".figures summary").click()
    links = page.locator(".figures a")
    assert links.count() == sum(bool(row["first"]) and row["count"] != "0" for row in rows)
    assert links.count() == page.locator("svg.bars a").count()
    count = int(page.locator(".figures tr:has(a) td").first.inner_text())
    follow(page, page.locator("svg.bars a").first)
    assert count == total(page)
    follow(page, page.locator(".turns .apart a").last)
    assert count < total(page)


def test_why_is_opened_and_chips_are_taken_off(at):
    page = at("/")
    typed(page, "قسد الباغوز")
    why = page.locator(".why").first
    expect(why.locator("li").first).to_be_hidden()
    why.locator("summary").click()
    expect(why.locator("li").first).to_be_visible()
    chips = page.locator(".expansions a")
    before = chips.count()
    follow(page, chips.first)
    assert before > chips.count()
    typed(page, "الباغوز الكوليرا")
    assert page.locator(".results > li").count()
    follow(page, page.locator(".chips a"))
    expect(page.locator(".results > li")).to_have_count(0)


def test_what_finds_nothing_is_rescued(at):
    page = at("/")
    typed(page, "hgr,hj")
    offer = page.locator(".rescue li").first
    count = counted(offer.locator(".count").inner_text())
    follow(page, offer.locator("a"))
    assert "القوات" == page.locator("#q").input_value()
    assert count == total(page)


def test_the_box_works_without_suggestions(at):
    page = at("/")
    page.locator("#q").press_sequentially("النفط")
    expect(page.locator("#suggest")).to_be_hidden()
    assert page.locator("#q").get_attribute("role") is None
    page.locator(".box button[type=submit]").click()
    page.wait_for_url("**/search?q=*")
    assert page.locator(".results h3 a").count()


def test_help_leads_to_results_and_what_is_misread_is_said(at):
    page = at("/help")
    follow(page, page.locator(".guide nav a").nth(2))
    follow(page, page.locator(".guide dt a").first)
    assert page.locator(".results h3 a").count()
    typed(page, '"مجلس من:2019/15')
    assert page.locator(".notices li").count()
    assert page.locator(".understood").is_visible()


def test_an_article_is_read(at):
    page = at("/")
    typed(page, "النفط")
    follow(page, page.locator(".results h3 a").first)
    jumps = page.locator(".jumps a")
    assert jumps.count()
    jumps.last.click()
    assert page.locator("mark:target").is_visible()
    expect(page.locator(".jumps .keys")).to_be_hidden()
    expect(page.locator(".paper")).to_be_hidden()
    page.locator(".cite summary").click()
    expect(page.locator(".cite pre")).to_contain_text("@")
    assert page.locator(".hijri").first.is_visible()
    links = {link.inner_text(): link for link in page.locator(".files a").all()}
    assert "@" in fetched(page, links["BibTeX"])
    assert "TY  -" in fetched(page, links["RIS"])
    assert "NewsArticle" == json.loads(fetched(page, links["JSON-LD"]))["@type"]
    follow(page, page.locator(".near a").first)
    assert page.locator("h1").is_visible()


def test_a_concordance_is_sorted_and_taken_away(at):
    page = at("/concordance")
    typed(page, "النفط")
    follow(page, page.locator(".sorts a").nth(1))
    page.locator("#words").fill("3")
    page.locator(".words button").click()
    page.wait_for_url("**words=3*")
    lines = page.locator(".kwic li").count()
    rows = list(csv.reader(io.StringIO(fetched(page, page.locator(".files [download]").first))))
    assert len(rows) > lines > 0
    follow(page, page.locator(".kwic .keyword").first)
    assert page.locator("mark").count()


def test_queries_are_compared(at):
    page = at("/compare")
    page.locator("#q1").fill("النفط")
    page.locator("#q2").fill("السوق")
    page.locator(".queries button").click()
    page.wait_for_url("**/compare?*")
    assert 2 == page.locator(".chart polyline").count()
    page.locator(".figures summary").click()
    assert page.locator(".figures td a").first.is_visible()
    drawing, table = page.locator(".turns [download]").all()
    assert ET.fromstring(fetched(page, drawing)).tag.endswith("svg")
    assert "query,source,first" in fetched(page, table)
    page.locator("#by").check()
    page.locator(".queries button").click()
    page.wait_for_url("**by=source*")
    assert page.locator(".chart").count() > 1


def test_a_search_is_followed(at):
    page = at("/")
    typed(page, "النفط")
    atom, feed, *files = page.locator(".takes a").all()
    assert ET.fromstring(fetched(page, atom)).tag.endswith("feed")
    assert json.loads(fetched(page, feed))["items"]
    assert 2 == len(files)
    for link in files:
        assert len(fetched(page, link).splitlines()) >= total(page)
    for rel in ("alternate", "search"):
        for link in page.locator(f"link[rel={rel}]").all():
            assert fetched(page, link)


def test_programs_find_their_way(at):
    page = at("/api")
    for link in page.locator(".example").all():
        assert fetched(page, link)
    assert "openapi" in json.loads(fetched(page, page.locator(".api > p a").first))
    typed(page, "النفط")
    assert total(page) == json.loads(fetched(page, page.locator(".colophon a")))["total"]


def test_the_other_language_and_the_keyboard(at, language):
    page = at("/search?q=")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator(".language").click()
    other = {"ar": "en", "en": "ar"}[language]
    expect(page.locator("html")).to_have_attribute("lang", other)
