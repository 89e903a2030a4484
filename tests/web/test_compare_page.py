"""The comparison as a page, as a drawing to keep, and as CSV."""

import csv
import io
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from web.chart import APART, STYLES, _apart, round_up

QUERIES = {"q": ["مجلس", "سوريا", "السد"]}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def compared(client, page_of):
    """Parameters to the page there."""

    def get(**parameters):
        answer = client.get("/compare", query_string=parameters)
        assert 200 == answer.status_code
        return page_of(answer.text)

    return get


def rows(client, **parameters):
    text = client.get("/compare.csv", query_string=parameters).text
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


class TestPage:
    def test_a_line_for_each_query(self, compared):
        page = compared(**QUERIES, unit="year")
        assert 3 == len(page.all("polyline"))
        points = {len(line["points"].split()) for line in page.all("polyline")}
        assert {5} == points  # 2015 to 2019, and 2016 too, of which there is nothing
        assert QUERIES["q"] == [link.text for link in page.all("a", inside="legend")]

    def test_the_legend_counts_and_leads_to_the_results(self, compared, read):
        page = compared(q=["مجلس", "سوريا"], source="وكالة المدى")
        for link, count in zip(page.all("a", inside="legend"), page.all("span", "count"), strict=False):
            assert read(link["href"]).total.partition(" ·")[0] == count.text

    def test_the_table_says_the_same_and_leads_to_the_articles(self, compared, read):
        page = compared(**QUERIES, unit="year")
        links = page.all("a", inside="figures")
        assert links
        for link in links:
            assert read(link["href"]).total.split()[0] in (link.text, "مقالة", "مقالتان")

    def test_lines_differ_without_colour(self, compared):
        page = compared(q=["مجلس", "سوريا", "السد", "الرقة", "الباغوز"])
        assert 5 == len({line["stroke-dasharray"] for line in page.all("polyline")})
        assert 5 == len({style.shape for style in STYLES})
        keys = [key.text for key in page.all("text", "key")]
        assert ["1", "2", "3", "4", "5"] == keys

    def test_time_runs_as_the_page_is_read(self, compared):
        for language, step in (("ar", -1), ("en", 1)):
            points = compared(**QUERIES, lang=language).all("polyline")[0]["points"].split()
            across = [float(point.partition(",")[0]) for point in points]
            assert across == sorted(across)[::step]

    def test_units_shares_and_files_are_links(self, compared, client):
        page = compared(**QUERIES, share="1", unit="month")
        turns = page.all("a", inside="turns")
        assert ["شهر", "حصة من كل المقالات"] == [link.line for link in turns if link["aria-current"]]
        assert all(200 == client.get(link["href"]).status_code for link in turns)

    def test_each_source_has_its_drawing(self, compared):
        page = compared(**QUERIES, by="source")
        sources = ["وكالة المدى", "صحيفة الفجر", "Daily Levant"]
        assert sorted(sources) == sorted(caption.line for caption in page.all("figcaption"))
        assert 9 == len(page.all("polyline"))

    def test_the_form_keeps_what_is_asked(self, compared):
        page = compared(**QUERIES, unit="year", **{"from": "2015"})
        fields = [field["value"] for field in page.all("input", inside="queries") if field["name"] == "q"]
        assert [*QUERIES["q"], "", ""] == fields
        kept = {field["name"]: field["value"] for field in page.all("input", inside="queries")}
        assert {"unit": "year", "from": "2015-01-01"}.items() <= kept.items()

    def test_fields_that_were_left_empty_do_not_count(self, compared):
        assert 2 == len(compared(q=["مجلس", "", "سوريا", " ", "مجلس"]).all("polyline"))

    def test_nothing_asked_is_the_form_and_an_example(self, compared, client):
        page = compared()
        assert [] == page.notices
        assert 5 == len([field for field in page.all("input", inside="queries") if field["name"] == "q"])
        assert 200 == client.get(page.link("مثال")).status_code

    @pytest.mark.parametrize(
        ("queries", "said"),
        [
            (["مجلس"], "استعلامين على الأقل"),
            (["", " "], "استعلامين على الأقل"),
            (["مجلس", ""], "خانات فارغة"),
            (["1", "2", "3", "4", "5", "6"], "خمسة استعلامات على الأكثر، وفي العنوان 6"),
            (["مجلس", "ا" * 10_000], "طويل جدًا"),
        ],
    )
    def test_what_can_not_be_compared_is_told_with_the_form(self, compared, client, queries, said):
        page = compared(q=queries)
        [notice] = page.notices
        assert said in notice
        assert page.has("form", "queries")
        assert not page.has("polyline")
        for address in ("/compare.svg", "/compare.csv"):
            assert 400 == client.get(address, query_string={"q": queries}).status_code

    def test_a_bad_parameter_is_told(self, compared):
        [notice] = compared(**QUERIES, by="author").notices
        assert "«author»" in notice

    def test_nothing_that_is_dated(self, compared):
        page = compared(q=['"حريق صغير"', "زعفران"])
        assert "لا مقالة مؤرخة توافق هذه الاستعلامات." == page.total
        assert not page.has("polyline")


class TestDrawing:
    @pytest.mark.parametrize("parameters", [{}, {"by": "source"}, {"share": "1", "lang": "en"}])
    def test_it_is_whole(self, client, parameters):
        answer = client.get("/compare.svg", query_string={**QUERIES, **parameters})
        assert "image/svg+xml; charset=utf-8" == answer.content_type
        assert 'attachment; filename="compare.svg"' == answer.headers["Content-Disposition"]
        drawn = ET.fromstring(answer.text)
        assert f"{SVG}svg" == drawn.tag
        assert drawn.find(f"{SVG}title").text.startswith(QUERIES["q"][0])
        lines = list(drawn.iter(f"{SVG}polyline"))
        assert len(lines) == (9 if "by" in parameters else 3)
        assert all(line.get("stroke") for line in lines)
        shown = "".join(drawn.itertext())
        assert all(query in shown for query in QUERIES["q"])
        assert not list(drawn.iter(f"{SVG}style"))

    def test_what_was_typed_is_text(self, client):
        hostile = ["<script>alert(1)</script>", "مجلس & ]]> \0\x1b\ufffe \u202e"]
        drawn = ET.fromstring(client.get("/compare.svg", query_string={"q": hostile}).text)
        assert not list(drawn.iter(f"{SVG}script"))
        assert hostile[0] in "".join(drawn.itertext())


class TestCsv:
    def test_a_row_for_each_query_and_bar(self, client):
        names, *lines = rows(client, **QUERIES, unit="year")
        assert ["query", "source", "first", "last", "count", "all", "share"] == names
        assert ["مجلس", "", "2015-01-01", "2015-12-31", "24", "24", "1.000000"] == lines[0]
        assert QUERIES["q"] == list(dict.fromkeys(line[0] for line in lines))

    def test_a_query_is_no_formula(self, client):
        _, *lines = rows(client, q=["=سوريا", "+مجلس"], by="source")
        assert {"'=سوريا", "'+مجلس"} == {line[0] for line in lines}
        assert "وكالة المدى" in {line[1] for line in lines}


@pytest.mark.parametrize(
    ("value", "share", "top"),
    [
        *[(0, False, 2), (1, False, 2), (3, False, 4), (11, False, 20), (87, False, 100), (100, False, 100)],
        *[(0.0, True, 0.0002), (0.013, True, 0.02), (0.5, True, 0.6), (1.0, True, 1.0)],
    ],
)
def test_the_top_is_easily_halved(value, share, top):
    assert pytest.approx(top) == round_up(value, share=share)


@pytest.mark.parametrize("wanted", [[0, 0, 0], [280, 280, 280, 280, 280], [10, 200, 12], [5]])
def test_labels_stand_apart_and_within(wanted):
    found = _apart(wanted, 280)
    assert 0 <= min(found) <= max(found) <= 280
    ordered = sorted(found)
    assert all(other - one >= APART - 1e-9 for one, other in pairwise(ordered))
