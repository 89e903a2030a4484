"""The page of help: all of the guide, each example a link to its results."""

from urllib.parse import parse_qs, urlsplit

import pytest

from search.guide import SECTIONS
from web.languages import LANGUAGES

TYPED = [
    query
    for section in SECTIONS
    for example in section.examples
    for query in (example.query, *filter(None, example.also))
]


@pytest.fixture(params=LANGUAGES)
def page(request, read):
    return read("/help", **({"lang": request.param} if request.param != "ar" else {}))


def examples(page):
    return [link for link in page.all("a", inside="guide") if link["href"].startswith("/search")]


def test_every_example_stands_there_and_leads_to_its_results(page):
    assert TYPED == [link.text for link in examples(page)]
    assert TYPED == [parse_qs(urlsplit(link["href"]).query)["q"][0] for link in examples(page)]


def test_a_link_leads_to_results_of_what_it_says(read, page):
    link = next(link for link in examples(page) if link.text == "سوريا -لبنان")
    assert "سوريا -لبنان" == read(link["href"]).typed


def test_the_sections_can_be_jumped_to(page):
    named = {element["id"] for element in page.all("h2", inside="guide")}
    jumps = [link["href"] for link in page.all("a", inside="guide") if link["href"].startswith("#")]
    assert {f"#{name}" for name in named} == set(jumps)
    assert len(SECTIONS) + 1 == len(jumps)
    assert [] == page.faults


def test_every_text_stands_in_the_language_of_the_page(read):
    arabic, english = read("/help"), read("/help", lang="en")
    for section in SECTIONS:
        said = {heading.text for heading in arabic.all("h2", inside="guide")}
        assert section.title in said
        assert section.title not in {heading.text for heading in english.all("h2", inside="guide")}
    assert "Umm al-Qura" in english.source


def test_the_keys_are_those_at_the_end_of_every_page(page):
    assert 2 == len(page.all("dl", "keylist"))
    here, everywhere = [
        [kbd.text for kbd in page.all("kbd") if dl in kbd.around] for dl in page.all("dl", "keylist")
    ]
    assert here == everywhere
    assert "/" in here


def test_a_date_with_hyphens_keeps_its_order(page):
    dates = [bdi.text for bdi in page.all("bdi") if bdi["dir"] == "ltr"]
    assert {"2019-02..2019-06", "2019-03-23", "2019-02-28"} <= set(dates)


def test_the_front_page_leads_there(read):
    assert "/help" == read("/").link("كل ما يُكتب في البحث")
