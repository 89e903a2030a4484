"""What browsers and screen readers need of the pages."""

import re
from itertools import pairwise

import pytest

from index.article import Article
from index.library import Library
from web import create_app
from web.arabic import base

PAGES = [
    "/",
    "/search?q=",
    "/search?q=مجلس",
    "/search?q=مجلس&page=2&source=وكالة المدى&from=2015",
    "/search?q=مجلس&page=9",
    "/search?q=زعفران",
    "/search?q=زعفران&source=لا أحد&page=x",
    "/search?q=" + "ا" * 2000,
    "/article/forces?q=قوات",
    "/article/latin",
    "/article/script",
    "/article/untitled?q=",
    "/compare",
    "/compare?q=مجلس&q=سوريا",
    "/compare?q=مجلس&q=سوريا&by=source&share=1",
]
MISSING = ["/nothing", "/article/nothing"]


@pytest.fixture(params=[*PAGES, *MISSING, "no archive"])
def page(request, client, tmp_path, page_of):
    if request.param == "no archive":
        return page_of(create_app({"LIBRARY": tmp_path}).test_client().get("/").text)
    return page_of(client.get(request.param).text)


def test_it_is_well_formed(page):
    assert page.source.startswith("<!doctype html>")
    assert [] == page.faults


def test_it_is_arabic_from_right_to_left(page):
    assert ("ar", "rtl") == (page.one("html")["lang"], page.one("html")["dir"])
    assert "utf-8" == next(meta["charset"] for meta in page.all("meta") if meta["charset"])
    assert "width=device-width, initial-scale=1" in [meta["content"] for meta in page.all("meta")]


def test_it_has_a_title_of_its_own(page):
    assert re.fullmatch(r"[^\n]+ — أرشيف|أرشيف: [^\n]+", page.all("title")[0].text)


def test_one_heading_above_the_others(page):
    page.one("h1")
    levels = [int(element.tag[1]) for element in page.elements if re.fullmatch("h[1-6]", element.tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_landmarks(page):
    page.one("main")
    page.one("header", "masthead")
    page.one("footer", "colophon")
    assert "#main" == page.all("a", "skip")[0]["href"]
    ids = {element["id"] for element in page.elements}
    assert {skip["href"][1:] for skip in page.all("a", "skip")} <= ids
    assert "main" == page.one("main")["id"]
    assert "skip" == page.all("a")[0]["class"]
    assert all(element["aria-label"] for element in page.all("nav"))


def test_ids_are_unique_and_what_they_label_is_there(page):
    ids = [element["id"] for element in page.elements if element["id"]]
    assert sorted(set(ids)) == sorted(ids)
    named = [element["aria-labelledby"] for element in page.elements if element["aria-labelledby"]]
    assert set(named) <= set(ids)
    assert {element["for"] for element in page.all("label")} <= set(ids)


def test_every_field_has_a_label_and_the_box_is_made_for_typing_arabic(page):
    labelled = {element["for"] for element in page.all("label")}
    visible = [element for element in page.all("input") if element["type"] != "hidden"]
    assert {element["id"] for element in [*visible, *page.all("select")]} == labelled
    [box] = [element for element in visible if element["type"] == "search"]
    assert ("q", "auto", "search") == (box["name"], box["dir"], box["enterkeyhint"])
    assert "/search" == box.around[-2]["action"]
    assert "search" == box.around[-2]["role"]


def test_lists_are_lists(page):
    for element in page.all("li"):
        assert element.around[-1].tag in ("ul", "ol")
    for element in [*page.all("ul"), *page.all("ol")]:
        assert {"li"} == {child.tag for child in page.elements if element in child.around[-1:]}


def test_links_and_buttons_have_words(page):
    for element in [*page.all("a"), *page.all("button"), *page.all("summary")]:
        assert element.text.strip() or element["aria-label"]


def test_what_comes_from_articles_and_readers_is_isolated(read):
    for address in ("/search?q=gas", "/article/latin?q=gas", "/"):
        page = read(address)
        for element in page.all("mark"):
            assert any(around["dir"] == "auto" for around in element.around)
        for text in ("Daily Levant", "J. Doe"):
            holders = [element for element in page.elements if element.text == text]
            assert "bdi" in [element.tag for element in holders]


def test_the_ellipsis_stands_outside_of_what_it_follows(read):
    page = read("/search", q="السد النهر")
    gaps = page.all("span", "gap")
    assert gaps
    assert not any(gap.is_in("fragment") for gap in gaps)
    assert all("true" == gap["aria-hidden"] for gap in gaps)
    assert all("auto" == fragment["dir"] for fragment in page.all("span", "fragment"))


def test_results_are_numbered_in_an_ordered_list(read):
    page = read("/search", q="مجلس", page=2)
    assert "ol" == page.one(css_class="results").tag
    assert [str(number) for number in range(11, 21)] == [rank.text for rank in page.all("span", "rank")]


def test_where_one_is_is_said_to_all(read):
    page = read("/search", q="مجلس", page=2)
    assert [("الصفحة 2", "page")] == [
        (link["aria-label"], link["aria-current"])
        for link in page.all("a", inside="pages")
        if link["aria-current"]
    ]
    assert "status" == page.one("p", "total")["role"]


def _colours(css):
    """The two schemes: names of colours to their red, green and blue."""
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    found = [dict(re.findall(r"--([\w-]+): #(\w{6});", block)) for block in (light, dark)]
    return [{name: bytes.fromhex(value) for name, value in block.items()} for block in found]


def _luminance(colour):
    """Relative luminance. Source: WCAG 2.2."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *[
            (text, ground)
            for text in ("ink", "faint", "link", "seen", "red")
            for ground in ("paper", "sheet")
        ],
        ("on-red", "red"),
        ("on-mark", "mark"),
    ],
)
def test_contrast(client, scheme, text, ground):
    with client.get("/static/style.css") as answer:
        colours = _colours(answer.text)[scheme]
    assert 4.5 <= _contrast(colours[text], colours[ground])


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("EUR/USD عند 1.1012 بعد +0.5% اليوم", "rtl"),
        ('"C++ وJava": أي لغة تتعلم؟', "rtl"),
        ("10 Downing Street مقر رئيس الوزراء البريطاني", "rtl"),
        ("CNN بالعربية", "rtl"),
        ("iPhone 15 Pro: آبل تطلق «USB-C» (الجزء 2/3) عبر www.example.com/news?id=7", "rtl"),
        ("Oil & gas: أسعار النفط at 5% (2020)", "auto"),
        ("Apple Watch Sport للبيع", "auto"),
        ("أسعار Apple Watch Sport Edition", "auto"),  # its first letter says so
        ("Brent rose.", "auto"),
        ("2015", "auto"),
        ("", "auto"),
    ],
)
def test_an_arabic_text_runs_right_to_left_whatever_comes_first(text, direction):
    assert direction == base(text)
    assert direction == base([(text[:4], False), (text[4:], True)])


def test_everywhere_an_arabic_title_runs_right_to_left(tmp_path, page_of):
    title = "Reuters: النفط يرتفع 5% في أسبوع"
    first = Article(
        "one", title, f"{title}.", source="CNN بالعربية", author="A. محمد", published="2020-01-01"
    )
    second = Article("two", f"{title} مجددا", "BBC: تقرير جديد عن النفط.", source="CNN بالعربية")
    with Library.open(tmp_path, create=True) as library:
        library.add([first, second])
        library.catch_up()
        client = create_app({"LIBRARY": library}).test_client()
        for address in ("/", "/search?q=النفط", "/article/one?q=النفط", "/concordance?q=النفط"):
            page = page_of(client.get(address).text)
            named = [each for each in page.elements if each.line in (title, "CNN بالعربية", "A. محمد")]
            turned = {each.line for each in named if each["dir"] == "rtl"}
            assert "CNN بالعربية" in turned, address
            assert title in turned or address.startswith("/concordance"), address
        page = page_of(client.get("/search?q=النفط").text)
        assert {"rtl"} == {each["dir"] for each in page.all("span", "fragment")}
