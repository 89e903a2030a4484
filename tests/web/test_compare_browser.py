"""The comparison in a real browser: drawn at every width, changed without a reload, kept as a file."""

import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser

QUERIES = ("النفط", "سوريا أو العراق", "المدينة أو السوق")
COMPARED = "/compare?unit=year&" + "&".join(f"q={quote(query)}" for query in QUERIES)


@pytest.mark.parametrize(
    "look", [(360, "dark", "ar"), (768, "light", "en"), (1440, "light", "ar"), (1440, "dark", "en")]
)
@pytest.mark.parametrize("by", ["", "&by=source&share=1"], ids=["together", "by-source"])
def test_it_fits_every_screen(open_page, shoot, look, by):
    width, scheme, language = look
    page = open_page(width, scheme=scheme)
    page.goto(f"{COMPARED}&lang={language}{by}")
    assert width == page.evaluate("document.documentElement.scrollWidth")
    chart = page.locator(".chart").first.bounding_box()
    for mark in page.locator(".chart").first.locator(".mark").all():
        box = mark.bounding_box()
        assert chart["x"] <= box["x"] + 6
        assert box["x"] + box["width"] - 6 <= chart["x"] + chart["width"]
    for field in page.locator(".queries input[name=q]").all():
        assert field.bounding_box()["height"] >= 24
    shoot(page, f"compare-{width}-{scheme}-{language}{'-by-source' if by else ''}")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_labels_stand_where_time_ends(open_page, language):
    page = open_page(1280)
    page.goto(f"{COMPARED}&lang={language}")
    key = page.locator(".chart .key").first.bounding_box()
    marks = [mark.bounding_box()["x"] for mark in page.locator(".chart .mark").all()]
    assert key["x"] < min(marks) if language == "ar" else max(marks) < key["x"]
    names = [name.bounding_box() for name in page.locator(".chart .name").all()]
    chart = page.locator(".chart").bounding_box()
    assert all(
        chart["x"] <= box["x"] + 1 and box["x"] + box["width"] <= chart["x"] + chart["width"] + 1
        for box in names
    )
    tops = sorted(box["y"] for box in names)
    assert all(other - one >= 18 for one, other in pairwise(tops))


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_it_is_asked_for_in_the_form_and_shown_otherwise(open_page, javascript):
    page = open_page(javascript=javascript)
    page.goto("/compare")
    page.get_by_label("الاستعلام 1").fill(QUERIES[1])
    page.get_by_label("الاستعلام 3").fill(QUERIES[2])
    page.get_by_role("button", name="قارن").click()
    page.wait_for_url("**/compare?*q=*")
    assert 2 == page.locator("polyline").count()
    page.get_by_role("link", name="حصة من كل المقالات").click()
    page.wait_for_url("**share=1*")
    assert "80%" in page.locator(".chart").text_content()
    page.get_by_text("الأعداد في جدول").click()
    cell = page.locator(".figures td a").first
    cell.click()
    page.wait_for_url("**/search?*from=*")
    assert page.locator(".results h3").count()


def test_one_query_is_told_with_the_form(open_page):
    page = open_page()
    page.goto(COMPARED)
    for number in (2, 3):
        page.get_by_label(f"الاستعلام {number}").fill("")
    page.get_by_role("button", name="قارن").click()
    page.get_by_text("تُركت خانات فارغة").wait_for()
    assert QUERIES[0] == page.get_by_label("الاستعلام 1").input_value()


def test_the_drawing_is_kept_as_a_file(open_page):
    page = open_page()
    page.goto(COMPARED)
    with page.expect_download() as kept:
        page.get_by_role("link", name="SVG").click()
    assert "compare.svg" == kept.value.suggested_filename
    drawn = ET.fromstring(Path(kept.value.path()).read_text("utf-8"))
    assert 3 == len(list(drawn.iter("{http://www.w3.org/2000/svg}polyline")))
