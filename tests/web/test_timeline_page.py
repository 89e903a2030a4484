"""The timeline on the page of results, and the facets beside it, as a reader uses them."""

import pytest


def bars(page):
    """The bars that are links, in order of time: what each says."""
    return [link.text for link in page.all("a", inside="bars")]


def places(page):
    return [float(rect["x"].rstrip("%")) for rect in page.all("rect", "bar")]


def section(page, facet):
    """The lines of one facet: label to count."""
    [found] = [each for each in page.all("section") if each["aria-labelledby"] == f"facet-{facet}"]
    lines = [line for line in page.all("li") if found in line.around]
    return dict(line.line.rsplit(" ", 1) for line in lines)


class TestTimeline:
    def test_bars_of_the_unit_that_fits(self, read):
        page = read("/search", q="مجلس")
        assert 24 == len(bars(page))
        assert "من 27 كانون الأول/ديسمبر 2014 إلى 2 كانون الثاني/يناير 2015: مقالة واحدة" == bars(page)[0]
        assert "أسبوع" == next(link.line for link in page.all("a", inside="turns") if link["aria-current"])

    def test_time_runs_as_the_page_is_read(self, read):
        arabic, english = (read("/search", q="مجلس", unit="month", lang=lang) for lang in ("ar", "en"))
        assert sorted(places(arabic), reverse=True) == places(arabic)
        assert sorted(places(english)) == places(english)
        assert "January 2015: 2 articles" == bars(english)[0]

    def test_a_bar_narrows_to_its_days_and_the_bars_are_of_these(self, read):
        narrowed = read(read("/search", q="مجلس", unit="month").all("a", inside="bars")[2]["href"])
        assert "مقالتان" == narrowed.total
        assert ["3 آذار/مارس 2015: مقالة واحدة", "15 آذار/مارس 2015: مقالة واحدة"] == bars(narrowed)
        assert 31 == len(narrowed.one("svg", "bars")["data-starts"].split(","))
        assert 24 == len(bars(read(narrowed.link("كل المدة"))))

    def test_gaps_are_drawn_and_what_is_undated_is_said(self, read):
        page = read("/search", q="")
        assert len(bars(page)) < len(page.one("svg", "bars")["data-starts"].split(","))
        assert "بلا تاريخ: مقالتان." in page.one("figcaption").text
        assert "2" == section_missing(page, "days")

    def test_the_table_says_the_same(self, read):
        page = read("/search", q="مجلس", unit="month")
        rows = [row for row in page.all("tr", inside="figures") if row.is_in("figures")][1:]
        assert bars(page)[0].startswith(rows[0].text[:10])
        cells = [cell.text for cell in page.all("td", inside="figures")]
        assert ["2"] * 12 == cells
        links = [link["href"] for link in page.all("a", inside="figures")]
        assert [link["href"] for link in page.all("a", inside="bars")] == links

    def test_shares_of_all_articles(self, read):
        page = read("/search", q="سوريا", unit="year", share="1")
        assert ["2018: 100%", "2019: 100%"] == bars(page)
        page = read("/search", q="العنوان:لقاء أو العنوان:جلسته", share="1", unit="year")
        assert "2015: 100%" == bars(page)[0]
        assert "حصة" in page.one("figcaption").text
        assert "share=1" in read("/search", q="مجلس", share="1").all("a", inside="bars")[0]["href"]

    def test_another_unit(self, read):
        page = read(read("/search", q="مجلس").link("شهر"))
        assert 12 == len(bars(page))
        assert "كانون الثاني/يناير 2015: مقالتان" == bars(page)[0]

    def test_a_unit_that_there_is_not_is_told(self, read):
        page = read("/search", q="مجلس", unit="hour")
        assert [
            "«hour» ليس في «unit» من day, week, month, year, decade, century، فاختيرت وحدة تناسب المدة."
        ] == (page.notices)
        assert 24 == len(bars(page))

    @pytest.mark.parametrize("query", ["زعفران", "برنت", "ماذا حدث في السوق"])
    def test_where_there_is_nothing_to_compare_there_is_none(self, read, query):
        assert not read("/search", q=query).has("section", "timeline")

    def test_other_links_keep_how_it_looks(self, read):
        page = read("/search", q="مجلس", unit="week", share="1")
        for name in ("pages", "sorts", "choices"):
            address = page.all("a", inside=name)[-1]["href"]
            assert "unit=week" in address
            assert "share=1" in address


def section_missing(page, facet):
    """How many articles a facet has no value for, as is said below it."""
    [found] = [each for each in page.all("section") if each["aria-labelledby"] == f"facet-{facet}"]
    [line] = [each for each in page.all("p", "lacking") if found in each.around]
    return line.text.split()[-1]


class TestCsv:
    def test_a_spreadsheet_can_read_it(self, client):
        answer = client.get("/timeline.csv?q=مجلس&from=2015-01&to=2015-02")
        assert "text/csv; charset=utf-8" == answer.content_type
        assert 'attachment; filename="timeline.csv"' == answer.headers["Content-Disposition"]
        assert answer.data.startswith(
            b"\xef\xbb\xbffirst,last,count,all,share\r\n2015-01-01,2015-01-01,1,1,1.0"
        )
        assert answer.data.endswith(b"\r\n,,0,,\r\n")

    def test_it_has_the_unit_that_is_asked_for(self, client):
        lines = client.get("/timeline.csv?q=مجلس&unit=year&from=2015&to=2015").text.splitlines()
        assert 1 + 53 + 1 == len(lines)  # a single year is no timeline, so weeks
        lines = client.get("/timeline.csv?q=&unit=year").text.splitlines()
        assert "2015-01-01,2015-12-31,24,24,1.000000" == lines[1]

    def test_the_link_leads_there(self, read, client):
        page = read("/search", q="مجلس", share="1", unit="week", page=2)
        [link] = [each for each in page.all("a", inside="turns") if each.line == "CSV"]
        assert "download" in link.attributes
        assert 200 == client.get(link["href"]).status_code

    def test_a_query_that_is_refused(self, client):
        assert 400 == client.get("/timeline.csv?q=" + "x" * 9000).status_code


class TestFacets:
    def test_several_values_are_chosen_one_after_the_other(self, read):
        page = read("/search", q="مجلس")
        assert {"وكالة المدى": "8", "صحيفة الفجر": "8", "Daily Levant": "8"} == section(page, "source")
        page = read(page.link("وكالة المدى"))
        page = read(page.link("صحيفة الفجر"))
        assert "16 مقالة" in page.total
        assert {"وكالة المدى إزالة": "8", "صحيفة الفجر إزالة": "8", "Daily Levant": "8"} == (
            section(page, "source")
        )
        page = read(page.link("وكالة المدى إزالة"))
        assert {"صحيفة الفجر"} == {source.text for source in page.all("bdi", "source")}
        page = read(page.link("صحيفة الفجر إزالة"))
        assert "24 مقالة" in page.total

    def test_a_name_written_otherwise_is_the_one_that_is_chosen(self, read):
        page = read("/search", q="مجلس", source="وكاله المدي")
        assert "8" == section(page, "source")["وكالة المدى إزالة"]
        assert "24 مقالة" in read(page.link("وكالة المدى إزالة")).total

    def test_categories(self, read):
        page = read("/search", q="سوريا")
        assert {"سياسة": "1"} == section(page, "category")
        assert "2" == section_missing(page, "category")
        page = read(page.link("سياسة"))
        assert "مقالة واحدة" == page.total
        assert "القسم: سياسة إزالة" == page.one("a", inside="chips").line

    def test_years_where_there_are_too_many_months(self, read):
        page = read("/search", q="")
        assert ["2020", "2019", "2018", "2017", "2015"] == list(section(page, "days"))
        page = read("/search", q="", **{"from": "2019", "to": "2019"})
        assert ["آذار/مارس 2019", "شباط/فبراير 2019"] == list(section(page, "days"))
        page = read(page.link("شباط/فبراير 2019"))
        assert ["شباط/فبراير 2019 إزالة"] == list(section(page, "days"))

    def test_programs_are_not_asked_for_what_only_a_page_has(self, read, client):
        page = read("/search", q="مجلس", unit="week", share="1", category="سياسة")
        address = page.link("بصيغة JSON")
        assert 200 == client.get(address).status_code
        assert "category=" in address
