"""The page of one article, and its citations."""

import json
import re
from datetime import date
from urllib.parse import unquote

import pytest

from index.article import Article
from index.library import Library
from web import create_app
from web.hijri import hijri

KINDS = ("bib", "ris", "jsonld")


def jumps(page):
    return [link["href"] for link in page.all("a", inside="jumps")]


def data_of(page):
    """The JSON-LD of a page."""
    [block] = [script for script in page.all("script") if script["type"] == "application/ld+json"]
    return json.loads(block.text)


class TestMarks:
    def test_each_can_be_gone_to(self, read):
        page = read("/article/forces", q="قوات")
        marks = page.all("mark")
        assert ["m1", "m2", "m3"] == [mark["id"] for mark in marks]
        assert ["#m1", "#m2", "#m3"] == jumps(page)
        assert "كلمات البحث: 3" == page.one("p", "how-many").line

    def test_there_is_nothing_to_go_to_without_them(self, read):
        for asked in ({}, {"q": ""}, {"q": "زعفران"}):
            page = read("/article/forces", **asked)
            assert [] == page.all("mark")
            assert not page.has("nav", "jumps")

    def test_many(self, read, articles):
        page = read("/article/dam", q="الفقرة")
        assert 12 == len(page.all("mark")) == len(jumps(page))

    def test_what_the_archive_says_of_a_word_is_marked_as_in_the_results(self, read):
        for query in ("سوريه", "مجلس المدينه", "الناتو", "قوات"):
            results = read("/search", q=query)
            link = results.all("h3", inside="results")[0]
            address = next(a["href"] for a in results.all("a") if link in a.around)
            shown = {mark.text for mark in results.all("mark") if results.all("article")[0] in mark.around}
            assert shown <= {mark.text for mark in read(address).all("mark")}


class TestTrail:
    def results(self, read, **asked):
        found = read("/search", **asked)
        return [link["href"] for link in found.all("a", inside="results")]

    def test_it_leads_through_all_results(self, read):
        asked = {"q": "مجلس", "sort": "newest"}
        expected = [
            unquote(address.split("?")[0])
            for page in ("1", "2", "3")
            for address in self.results(read, **asked, page=page)
        ]
        address, found, places = self.results(read, **asked)[0], [], []
        while address:
            page = read(address)
            found.append(unquote(address.split("?")[0]))
            places.append(page.all("span", "place")[0].line)
            address = next((link["href"] for link in page.all("a") if link["rel"] == "next"), None)
        assert expected == found
        assert 24 == len(set(found))
        assert [f"النتيجة {number} من 24" for number in range(1, 25)] == places

    def test_it_leads_back_and_to_the_right_page(self, read):
        second = self.results(read, q="مجلس", sort="newest", page="2")[0]
        [previous, _] = [link["href"] for link in read(second).all("a") if link["rel"] == "prev"]
        assert "page" not in previous
        page = read(previous)
        assert "النتيجة 10 من 24" == page.all("span", "place")[0].line
        [following, _] = [link["href"] for link in page.all("a") if link["rel"] == "next"]
        assert second == following

    def test_there_is_none_without_a_search_or_when_it_does_not_find_the_article(self, read):
        assert not read("/article/forces").has("nav", "trail")
        page = read("/article/forces", q="زعفران")
        assert page.has("nav", "trail")
        assert not page.has("span", "place")
        assert read("/article/forces", q="ا" * 3000).has("nav", "trail")


class TestDates:
    @pytest.mark.parametrize(
        ("moment", "expected"),
        [
            ("2019-02-17T21:05:00", "12 جمادى الآخرة 1440 هـ"),
            ("2019-08-30", "29 ذو الحجة 1440 هـ"),
            ("2019-08-31", "1 محرّم 1441 هـ"),
            (date(2020, 4, 24), "1 رمضان 1441 هـ"),
            ("1924-08-01", "1 محرّم 1343 هـ"),
            ("2077-11-16", "30 ذو الحجة 1500 هـ"),
            ("1924-07-31", ""),
            ("2077-11-17", ""),
            ("0001-01-01", ""),
            ("قديم", ""),
            ("", ""),
        ],
    )
    def test_hijri(self, app, moment, expected):
        with app.test_request_context():
            assert expected == hijri(moment)

    def test_on_the_page(self, read):
        assert "(12 جمادى الآخرة 1440 هـ)" == read("/article/forces").one("span", "hijri").text
        assert (
            "(12 Jumada al-Akhirah 1440 AH)" == read("/article/forces", lang="en").one("span", "hijri").text
        )
        assert not read("/article/what").has("span", "hijri")


class TestCitation:
    def test_in_words(self, read):
        page = read("/article/forces")
        in_arabic, in_english = [e.line for e in page.all("dd", inside="cite")][:2]
        assert in_arabic.startswith(
            "ليلى حداد. «قُوّات الأمن تنتشر في الباغوز». صحيفة الفجر، 17 شباط/فبراير 2019. "
            "https://example.com/forces?x=1&y=2. أرشيف، http://localhost/article/forces (اطُّلع عليه في "
        )
        assert in_english.startswith(
            "ليلى حداد. “قُوّات الأمن تنتشر في الباغوز”. صحيفة الفجر, 17 February 2019. "
            "https://example.com/forces?x=1&y=2. Arshif, http://localhost/article/forces (accessed "
        )

    def test_whatever_was_looked_for_it_is_one_page(self, client, read):
        page = read("/article/forces", q="قوات", lang="en", sort="newest")
        [canonical] = [link["href"] for link in page.all("link") if link["rel"] == "canonical"]
        assert "/article/forces" == canonical == page.one("a", "permalink")["href"]

    @pytest.mark.parametrize("kind", KINDS)
    def test_as_a_file(self, client, read, kind):
        page = read("/article/forces", lang="en", q="قوات")
        [address] = [link["href"] for link in page.all("a") if f"/cite/{kind}/" in (link["href"] or "")]
        answer = client.get(address)
        assert 200 == answer.status_code
        assert f'attachment; filename="arshif-forces.{kind}"' == answer.headers["Content-Disposition"]
        assert "قُوّات الأمن".encode() in answer.data
        assert b"http://localhost/article/forces" in answer.data
        assert b"lang=" not in answer.data

    @pytest.mark.parametrize("kind", KINDS)
    def test_of_every_article(self, client, app, articles, kind):
        for article_id in articles:
            with app.test_request_context():
                address = app.url_for(f"cite.{kind}", article_id=article_id)
            answer = client.get(address)
            assert 200 == answer.status_code
            assert re.fullmatch(
                rf'attachment; filename="arshif-[\w.-]+\.{kind}"', answer.headers["Content-Disposition"]
            )

    def test_there_is_none_of_nothing(self, client):
        assert 404 == client.get("/cite/bib/nothing").status_code
        assert 400 == client.get("/cite/bib/forces?x=1").status_code

    def test_the_page_tells_machines_the_same(self, client, read, articles):
        found = data_of(read("/article/forces", q="قوات", lang="en"))
        assert json.loads(client.get("/cite/jsonld/forces").data) == found
        assert articles["forces"].title == found["headline"]

    @pytest.mark.parametrize("article_id", ["script", "turned", "latin", "long", "untitled"])
    def test_nothing_that_others_wrote_ends_the_data(self, read, articles, article_id):
        page = read(f"/article/{article_id}")
        assert articles[article_id].title == data_of(page)["headline"]
        inside = re.search(r'ld\+json">(.*?)</script>', page.source, re.DOTALL)[1]
        assert not re.search("[<>&]", inside)


class TestRelated:
    def near(self, page, heading):
        for section in page.all("section", "near"):
            if section["aria-labelledby"] == heading:
                return [link.text for link in page.all("a") if section in link.around]
        return []

    def test_articles_of_one_subject(self, tmp_path, page_of):
        told = "أعلنت هيئة الأرصاد أن عاصفة رملية تضرب الكويت غدًا وتستمر يومين"
        articles = [
            Article("a", "عاصفة رملية تضرب الكويت", told, source="الفجر", published="2019-01-01"),
            Article("b", "عاصفة رملية تضرب الكويت غدًا", told + "، بحسب بيان", source="المدى"),
            Article("c", "الكويت بعد العاصفة الرملية", "فتحت المدارس أبوابها في الكويت بعد عاصفة رملية."),
            *(Article(f"x{number}", "أسعار النفط", f"ارتفع سعر النفط {number}.") for number in range(9)),
        ]
        with Library.open(tmp_path, create=True) as opened:
            opened.add(articles)
            opened.catch_up()
            page = page_of(create_app({"LIBRARY": opened}).test_client().get("/article/a").text)
        assert ["عاصفة رملية تضرب الكويت غدًا"] == self.near(page, "same")
        assert ["الكويت بعد العاصفة الرملية"] == self.near(page, "others")

    def test_an_article_can_be_read_without_an_index_and_is_said_to_lack_it(self, tmp_path, page_of):
        with Library.open(tmp_path, create=True) as opened:
            opened.add([Article("a", "عنوان", "نص عن سوريا")])
            page = page_of(create_app({"LIBRARY": opened}).test_client().get("/article/a?q=سوريا").text)
        assert [] == page.faults
        assert "سوريا" in [mark.text for mark in page.all("mark")]
        assert "فهرس" in page.one("p", "unknown").text
