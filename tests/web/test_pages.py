"""What a reader finds on each page."""

import pytest

from index.article import Article
from index.engines.contract import Sort
from index.library import Library
from search.expansion import Expansion, Kind
from search.notices import LISTED
from search.results import Match, Order, SearchQuery
from search.service import search
from web import create_app
from web.asked import Asked
from web.widening import widening

EVERY_QUERY = [
    "ماذا حدث؟",
    "سوريا -لبنان",
    '"مهلة استسلام"',
    "الباغوز أو الرقة",
    "قُوّات",
    '"علامة لم تغلق',
    "*",
    "<script>alert(1)</script>",
    "",
    "   ",
    "🙂🙂",
    "من في على",
    "(((",
    "\0\0",
    "\u202eقلب",
    "Oil & gas",
    "العنوان:",
    "من:2019 إلى:2018",
    "ـ",
]


def offers(page):
    """What a page offers to search for instead."""
    return [element.line for element in page.all("li", inside="rescue")]


class TestFrontPage:
    def test_what_the_archive_holds(self, read, articles):
        page = read("/")
        assert f"{len(articles)} مقالة" in page.one("p", "holds").text
        assert ["2015-01-01", "2020-09-01"] == [time["datetime"] for time in page.all("time", inside="holds")]

    def test_the_latest_articles_lead_to_themselves(self, read):
        page = read("/")
        assert "(بلا عنوان)" == page.all("h3")[0].text
        assert 6 == len(page.all("h3"))
        assert "مقالة بلا عنوان عن الزيتون." in read(page.link("(بلا عنوان)")).one("div", "body").text

    def test_examples_can_be_followed(self, read):
        examples = read("/").all("a", inside="examples")
        assert 5 <= len(examples)
        for example in examples:
            assert example.text == read(example["href"]).typed

    def test_sources_can_be_followed(self, read, articles):
        page = read(read("/").link("Daily Levant"))
        expected = sum(1 for article in articles.values() if article.source == "Daily Levant")
        assert f"{expected} مقالات" in page.total


class TestResults:
    @pytest.mark.parametrize("query", EVERY_QUERY)
    def test_every_query_gets_a_page(self, read, query):
        page = read("/search", q=query)
        assert query.replace("\0", "") == page.typed
        assert page.total

    @pytest.mark.parametrize("query", ["سوريا", "مجلس المدينة", "برنت", "قُوّات", "سوريا -لبنان"])
    def test_the_hits_of_the_service_in_its_order(self, read, library, query):
        found = search(library, SearchQuery(query))
        page = read("/search", q=query)
        assert [hit.title for hit in found.hits] == page.titles
        assert found.total
        assert [str(number + 1) for number in range(len(found.hits))] == [
            element.text for element in page.all("span", "rank")
        ]

    def test_marks_are_whole_words(self, read):
        page = read("/search", q="قوات")
        assert ["قُوّات", "القوات", "قوات"] == [mark.text for mark in page.all("mark")]

    def test_particulars(self, read):
        page = read("/search", q="الباغوز")
        assert "صحيفة الفجر · ليلى حداد · 17 شباط/فبراير 2019" == page.all("p", "byline")[0].line
        assert "2019-02-17T21:05:00" == page.all("time")[0]["datetime"]

    def test_what_was_understood(self, read):
        page = read("/search", q="سوريا -لبنان")
        assert "فُهم البحث: «سوريا»، دون «لبنان»" == page.one("p", "understood").text

    def test_what_the_service_has_to_say(self, read, library):
        assert search(library, SearchQuery('"كلمة')).notices
        assert list(search(library, SearchQuery('"كلمة')).notices) == read("/search", q='"كلمة').notices

    def test_no_hits(self, read):
        page = read("/search", q="زعفران")
        assert "لا نتائج" == page.total
        assert page.has("div", "nothing")
        assert [] == page.titles

    def test_a_query_that_is_too_long(self, read):
        page = read("/search", q="ا" * 10_000)
        assert "البحث طويل جدًا" in page.one("section", "trouble").text
        assert "ا" * 10_000 == page.typed
        assert [] == page.titles

    def test_nothing_typed_shows_everything_newest_first(self, read, library, articles):
        newest = search(library, SearchQuery("", sort=Sort.NEWEST))
        for address in ("/search", "/search?q=", "/search?q=%20"):
            page = read(address)
            assert [hit.title or "(بلا عنوان)" for hit in newest.hits] == page.titles
            assert f"{len(articles)} مقالة" in page.total
            assert "الأحدث" == page.sort

    @pytest.mark.parametrize("text", ["q=%00", "q=%ED%A0%80", "q=%FF%FE", "%ED", "q=%", "q=%zz&page=%00"])
    def test_bytes_that_are_no_text(self, read, text):
        assert read(f"/search?{text}").total


class TestPages:
    def test_all_pages_together_are_all_hits(self, read, library):
        expected = [hit.title for hit in search(library, SearchQuery("مجلس", limit=100)).hits]
        page, shown = read("/search", q="مجلس"), []
        for _ in range(3):
            shown += page.titles
            if any(link.text == "التالية" for link in page.all("a")):
                page = read(page.link("التالية"))
        assert 24 == len(expected)
        assert expected == shown

    def test_where_one_is(self, read):
        page = read("/search", q="مجلس", page=2)
        assert "24 مقالة · الصفحة 2 من 3" == page.total
        assert ["2"] == [link.text for link in page.all("a") if link["aria-current"] == "page"]
        assert ["السابقة", "1", "2", "3", "التالية"] == [link.text for link in page.all("a", inside="pages")]
        assert "11" == page.all("span", "rank")[0].text

    def test_the_first_and_the_last(self, read):
        assert not any(link.text == "السابقة" for link in read("/search", q="مجلس").all("a"))
        assert not any(link.text == "التالية" for link in read("/search", q="مجلس", page=3).all("a"))

    @pytest.mark.parametrize("number", ["4", "1000", "9" * 30])
    def test_beyond_the_end(self, read, number):
        page = read("/search", q="مجلس", page=number)
        assert [] == page.titles
        assert 4 == len(read(page.link("الصفحة 3")).titles)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            *[("page", "abc"), ("page", "-3"), ("sort", "best"), ("from", "2019-13"), ("to", "غدا")],
            *[("expand", "2"), ("expand", "نعم")],
        ],
    )
    def test_a_bad_parameter_is_named(self, read, name, value):
        page = read("/search", q="مجلس", **{name: value})
        assert 10 == len(page.titles)
        [notice] = page.notices
        assert f"«{value}»" in notice


class TestNarrowing:
    def test_by_source_and_back(self, read, articles):
        page = read("/search", q="مجلس")
        narrowed = read(page.link("وكالة المدى"))
        assert "8 مقالات" == narrowed.total
        assert {"وكالة المدى"} == {source.text for source in narrowed.all("bdi", "source")}
        chip = narrowed.one("a", inside="chips")
        assert "المصدر: وكالة المدى إزالة" == chip.line
        assert page.titles == read(chip["href"]).titles

    def test_it_begins_on_the_first_page(self, read):
        page = read(read("/search", q="مجلس", page=2, sort="oldest").link("وكالة المدى"))
        assert "1" == page.all("span", "rank")[0].text
        again = read(
            read("/search?q=مجلس&source=وكالة المدى&source=صحيفة الفجر&page=2").all("a", inside="chips")[0][
                "href"
            ]
        )
        assert "1" == again.all("span", "rank")[0].text
        assert "1" == read(read("/search", q="مجلس", page=2).link("الأقدم")).all("span", "rank")[0].text

    def test_by_month(self, read):
        page = read(read("/search", q="مجلس").link("آذار/مارس 2015"))
        assert {"2015-03"} == {time["datetime"][:7] for time in page.all("time")}
        assert 2 == len(page.titles)
        assert "2015-03-01" == next(e for e in page.all("input") if e["name"] == "from")["value"]

    @pytest.mark.parametrize(
        ("first", "last"), [("0622-07-01", "0622-07-31"), ("0001", "9999"), ("9999-12", "9999-12")]
    )
    def test_far_away_days(self, read, first, last):
        page = read("/search", q="مجلس", **{"from": first, "to": last})
        assert "المدة" in page.one("a", inside="chips").text

    def test_by_author(self, read):
        assert ["قُوّات الأمن تنتشر في الباغوز"] == read("/search", q="", author="ليلى حداد").titles

    def test_two_sources(self, read):
        page = read("/search?q=مجلس&source=وكالة المدى&source=صحيفة الفجر")
        assert "16 مقالة" in page.total

    def test_that_nothing_was_typed_is_not_told_to_who_chose_a_source(self, read):
        assert 1 == len(read("/search", q="").notices)
        assert [] == read("/search", q="", source="وكالة المدى").notices

    def test_no_hits_in_a_source_offers_the_whole_archive(self, read):
        page = read("/search", q="برنت", source="وكالة المدى")
        assert [] == page.titles
        assert ["في كل المصادر والأقسام ولكل الكتّاب: برنت مقالة واحدة"] == offers(page)
        assert 1 == len(read(page.one("a", inside="rescue")["href"]).titles)

    def test_what_is_offered_instead_leads_to_as_many_articles_as_it_says(self, read):
        page = read("/search", q="pvdr", source="صحيفة الفجر", sort="newest")
        assert ["بلوحة مفاتيح أخرى: حريق مقالة واحدة"] == offers(page)
        other = read(page.one("a", inside="rescue")["href"])
        assert "مقالة واحدة" == other.total
        assert "حريق" == other.typed
        assert not other.has(css_class="rescue")

    def test_a_word_that_looks_wrong_is_asked_about_beside_what_was_found(self, read):
        page = read("/search", q="مجلص")
        assert page.titles
        assert "هل تقصد: مجلس 24 مقالة" in offers(page)
        assert page.one("div", "rescue").is_in("head")

    def test_offers_in_english(self, read):
        page = read("/search", q="pvdr", lang="en")
        assert ["With another keyboard: حريق 1 article"] == offers(page)
        assert "lang=en" in page.one("a", inside="rescue")["href"]

    def test_an_unknown_source_is_told(self, read):
        [notice] = read("/search", q="مجلس", source="لا أحد").notices
        assert "«لا أحد»" in notice

    def test_a_new_search_keeps_what_it_is_narrowed_to(self, read):
        page = read("/search?q=مجلس&source=وكالة المدى&sort=oldest&from=2015-02&expand=0&page=2")
        hidden = {
            (element["name"], element["value"])
            for element in page.all("input")
            if element["type"] == "hidden" and element.is_in("box")
        }
        kept = {("source", "وكالة المدى"), ("sort", "oldest"), ("from", "2015-02-01"), ("expand", "0")}
        assert kept == hidden

    @pytest.mark.parametrize("sort", ["newest", "oldest"])
    def test_sorting(self, read, library, sort):
        label = {"newest": "الأحدث", "oldest": "الأقدم"}[sort]
        page = read(read("/search", q="مجلس").link(label))
        found = search(library, SearchQuery("مجلس", sort=Order(sort)))
        assert [hit.title for hit in found.hits] == page.titles
        assert label == page.sort


def chips(page):
    """What each chip of an expansion says to the eye."""
    return [link.line.partition(" — ")[0] for link in page.all("a", inside="expansions")]


@pytest.fixture(scope="module")
def fires(library_of):
    """A library in which the articles of one word share others."""
    articles = [Article(f"f{number}", "حريق", f"حريق في مصنع {number} قريب.") for number in range(12)]
    articles += [Article(f"o{number}", "مباراة", f"مباراة {number} بعيدة.") for number in range(120)]
    return library_of(articles)


class TestWhy:
    def test_every_hit_says_how_its_words_matched(self, read, library):
        page = read("/search", q="قوات الناتو", match="any")
        shown = [each.line for each in page.all("li", inside="why")]
        found = search(library, SearchQuery("قوات الناتو", match=Match.ANY))
        assert [reason for hit in found.hits for reason in hit.reasons] == shown
        assert "«القوات» طابقت «قوات»: ترجع معها إلى جذع واحد بعد نزع الزوائد." in shown
        assert all("open" not in each.attributes for each in page.all("details", "why"))

    def test_in_english_each_word_is_set_apart(self, read):
        page = read("/search", q="قوا*", lang="en")
        [why] = page.all("details", "why")
        assert ("en", "ltr") == (why["lang"], why["dir"])
        reason = page.one("li", inside="why")
        meaning = "the star stands for any letters, and a question mark for one"
        assert f"“قُوّات”, “القوات” matched “قوا*”: {meaning}." == reason.line
        assert ["قُوّات", "القوات", "قوا*"] == [each.text for each in page.all("bdi", inside="why")]

    def test_what_was_understood_is_said_in_the_language_of_the_page(self, read):
        assert (
            "فُهم البحث: «قوات»، من 2019-01-01 فما بعده"
            == read("/search", q="قوات من:2019").one("p", "understood").line
        )
        page = read("/search", q="قوات من:2019", lang="en")
        assert "Understood as: “قوات”, from 2019-01-01 on" == page.one("p", "understood").line
        assert ["قوات", "2019-01-01"] == [each.text for each in page.all("bdi", inside="understood")]

    def test_without_words_nothing_is_to_be_explained(self, read):
        assert not read("/search", q="").has("details", "why")


class TestWidening:
    def test_a_chip_says_what_was_looked_for_and_why(self, read):
        assert ["الناتو صور أخرى: حلف شمال الأطلسي"] == chips(read("/search", q="الناتو"))
        assert ["مدرس من أصلها: مدرسة"] == chips(read("/search", q="مدرس"))
        assert ["المجللس شبيهة: مجلس"] == chips(read("/search", q="المجللس"))

    def test_chips_stand_in_the_order_of_the_query(self, read):
        page = read("/search", q="المجللس الناتو مدرس", match="any")
        assert ["المجللس", "الناتو", "مدرس"] == [each.text for each in page.all("bdi", "typed")]

    def test_a_chip_leads_to_its_word_as_typed(self, read):
        page = read("/search", q="سوريا أو الناتو", source="وكالة المدى", sort="oldest", page=2)
        chip = page.one("a", inside="expansions")
        assert chip.line.endswith("اطلب «الناتو» كما كُتبت")
        again = read(chip["href"])
        assert "سوريا أو =الناتو" == again.typed
        assert ([], "الأقدم") == (chips(again), again.sort)
        assert "المصدر: وكالة المدى إزالة" == again.one("a", inside="chips").line
        assert "page" not in chip["href"]

    def test_a_chip_of_several_words_leads_to_all_of_them_as_typed(self, read):
        page = read("/search", q="حلف شمال الأطلسي")
        [chip] = [a for a in page.all("a", inside="expansions") if "صور أخرى" in a.text]
        assert "=حلف =شمال =الأطلسي" == read(chip["href"]).typed

    def test_all_can_be_switched_off_and_on_again(self, read):
        page = read("/search?q=مجلس الناتو&match=any&source=وكالة المدى&source=صحيفة الفجر&page=2")
        assert page.has("div", "widened")
        plain = read(page.link("ابحث كما كُتب"))
        assert not plain.has("div", "widened")
        assert page.total.partition(" ·")[0] == plain.total.partition(" ·")[0]
        assert "مجلس الناتو" == plain.typed
        assert 3 == len(plain.all("a", inside="chips"))
        again = read(plain.link("ابحث أيضًا عن صورها الأخرى"))
        assert again.has("div", "widened")
        assert 3 == len(again.all("a", inside="chips"))

    def test_as_typed_stays_for_pages_articles_and_other_orders(self, read):
        page = read("/search", q="مجلس", expand="0")
        inside = ("results", "pages", "sorts", "facets")
        addresses = [link["href"] for name in inside for link in page.all("a", inside=name)]
        assert len(addresses) > 10
        assert [] == [address for address in addresses if "expand=0" not in address]

    def test_nothing_is_said_twice(self, read, library):
        found = search(library, SearchQuery("الناتو في"))
        assert 2 == len(found.notices)
        page = read("/search", q="الناتو في")
        assert [found.notices[0]] == page.notices
        assert "كلمات شائعة" in page.notices[0]

    def test_words_that_only_order_are_folded(self, fires, page_of):
        found = search(fires, SearchQuery("حريق"))
        assert {"feedback"} == {each.kind for each in found.expansions}
        client = create_app({"LIBRARY": fires}).test_client()
        page = page_of(client.get("/search?q=حريق").text)
        assert "open" not in page.one("details", "learned").attributes
        learned = [each.text for each in page.all("bdi", inside="learned")]
        assert [each.text for each in found.expansions] == learned
        assert "مصنع" in learned
        assert ([], []) == (chips(page), page.notices)
        plain = page_of(client.get(page.link("ابحث كما كُتب")).text)
        assert not plain.has("details", "learned")

    @pytest.mark.parametrize("query", ["", "برنت", '"الناتو"', "=الناتو", "-الناتو"])
    def test_a_query_that_was_not_widened_has_no_chips(self, read, query):
        page = read("/search", q=query)
        assert not page.has("div", "widened")
        assert not any(link.line == "ابحث أيضًا عن صورها الأخرى" for link in page.all("a"))

    def test_without_words_there_is_nothing_to_switch_on(self, read):
        assert "هذه الكلمات وحدها" not in read("/search", q="", expand="0").source

    def test_any_of_the_words_is_a_chip_that_one_click_takes_off(self, read):
        loose = read("/search", q="الرقة الزيتون")
        [chip] = [a for a in loose.all("a", inside="chips") if "لا مقالة فيها كل الكلمات" in a.line]
        assert "match=every" in chip["href"]
        strict = read(chip["href"])
        assert "لا نتائج" == strict.total
        assert "الرقة الزيتون" == strict.typed
        [back] = [a for a in strict.all("a", inside="chips") if "كلها" in a.line]
        assert loose.titles == read(back["href"]).titles

    def test_a_corrected_word_is_a_chip_that_one_click_takes_off(self, read):
        chip = read("/search", q="المجللس").one("a", inside="expansions")
        again = read(chip["href"])
        assert ("=المجللس", "لا نتائج") == (again.typed, again.total)

    def test_a_word_in_an_excluded_group_is_left_as_it_is(self, read):
        page = read("/search", q="الناتو -(الناتو بغداد)")
        assert "=الناتو -(الناتو بغداد)" == read(page.one("a", inside="expansions")["href"]).typed

    def test_words_with_stars_are_chips_and_are_looked_for_as_typed_too(self, read):
        for expand in (None, "0"):
            page = read("/search", q="مجل*", expand=expand)
            assert ["مجل* موافقة لها: مجلس"] == chips(page)
            assert not any(a.line == "ابحث كما كُتب" for a in page.all("a"))
            assert "=مجل" == read(page.one("a", inside="expansions")["href"]).typed

    def test_more_words_than_a_chip_has_room_for(self):
        words = [Expansion("الناتو", Kind.ROOT, f"كلمة{number}", number / 10) for number in range(1, 9)]
        [chip] = widening(words, Asked("الناتو")).chips
        assert ("كلمة8", LISTED, True) == (chip.words[0], len(chip.words), chip.has_more)


class TestArticle:
    def test_whole(self, read, articles):
        page = read("/article/forces")
        assert articles["forces"].title == page.one("h1").text
        assert articles["forces"].body.split("\n\n") == [e.text for e in page.all("p", inside="body")]
        assert [
            "صحيفة الفجر",
            "ليلى حداد",
            "17 شباط/فبراير 2019، 21:05 (12 جمادى الآخرة 1440 هـ)",
            "سياسة",
        ] == [element.text for element in page.all("dd", inside="particulars")]
        assert not page.has("mark")
        assert not page.has("p", "back")

    def test_the_query_is_marked(self, read):
        page = read("/article/forces", q="قوات")
        assert ["قُوّات", "القوات", "قوات"] == [mark.text for mark in page.all("mark")]

    def test_every_article_of_the_archive_can_be_read(self, read, articles):
        pages = [read("/search", q="", page=number) for number in (1, 2, 3, 4)]
        addresses = [link["href"] for page in pages for link in page.all("a", inside="results")]
        titles = [read(address).one("h1").text for address in addresses]
        assert sorted(article.title or "(بلا عنوان)" for article in articles.values()) == sorted(titles)

    def test_from_results_and_back_to_the_same(self, read):
        results = read("/search?q=مجلس&page=2&sort=oldest&source=وكالة المدى&source=صحيفة الفجر")
        page = read(next(link["href"] for link in results.all("a") if link["href"].startswith("/article/")))
        [address] = {link["href"] for link in page.all("a", inside="back")}
        again = read(address)
        assert (results.titles, results.total) == (again.titles, again.total)

    def test_the_original_is_a_link_on_the_web_only(self, read):
        original = read("/article/forces").one("a", "original")
        assert "https://example.com/forces?x=1&y=2" == original["href"]
        assert "noopener noreferrer nofollow" == original["rel"]
        for article_id in ("script", "latin"):
            assert not read(f"/article/{article_id}").has("a", "original")

    def test_no_such_article(self, read):
        assert "الصفحة غير موجودة" == read("/article/nothing", 404).one("h1").text
        assert read("/article/%00%ED%A0%80", 404).has("h1")
        assert read("/article/", 404).has("h1")


class TestErrors:
    def test_no_such_page(self, read):
        assert "الصفحة غير موجودة" == read("/كذا", 404).one("h1").text

    def test_a_method_that_is_not_allowed(self, client, page_of):
        answer = client.post("/search")
        assert 405 == answer.status_code
        assert {"GET", "HEAD", "OPTIONS"} == set(answer.allow)
        assert "طلب غير مقبول" == page_of(answer.text).one("h1").text

    def test_an_error_of_ours_shows_no_traceback(self, library, page_of, caplog):
        app = create_app({"LIBRARY": library})
        app.add_url_rule("/fails", view_func=lambda: 1 / 0)
        answer = app.test_client().get("/fails")
        assert 500 == answer.status_code
        assert "حدث خطأ في الخادم" == page_of(answer.text).one("h1").text
        assert "ZeroDivision" not in answer.text
        assert "ZeroDivisionError" in caplog.text

    @pytest.mark.parametrize("address", ["/", "/search?q=x", "/article/x"])
    def test_no_archive(self, tmp_path, page_of, address):
        answer = create_app({"LIBRARY": tmp_path}).test_client().get(address)
        page = page_of(answer.text)
        assert 503 == answer.status_code
        assert "لا أرشيف هنا بعد" == page.one("h1").text
        assert "arshif add PATH" == page.one("code").text
        assert str(tmp_path) in page.one("p", "message").text

    def test_no_index(self, tmp_path, page_of):
        with Library.open(tmp_path, create=True) as opened:
            opened.add([Article("a", "عنوان", "نص")])
            answer = create_app({"LIBRARY": opened}).test_client().get("/search?q=نص")
            assert 503 == answer.status_code
            assert "arshif reindex" == page_of(answer.text).one("code").text

    def test_a_broken_archive(self, tmp_path, page_of):
        (tmp_path / "archive.db").write_bytes(b"no database" * 100)
        answer = create_app({"LIBRARY": tmp_path}).test_client().get("/")
        assert 503 == answer.status_code
        assert "تعذّرت قراءة الأرشيف" == page_of(answer.text).one("h1").text

    def test_an_empty_archive(self, tmp_path, page_of):
        with Library.open(tmp_path, create=True) as opened:
            answer = create_app({"LIBRARY": opened}).test_client().get("/")
            assert 200 == answer.status_code
            assert "الأرشيف فارغ" in page_of(answer.text).one("p", "holds").text


class TestOpening:
    def test_the_folder_named_by_the_environment(self, tmp_path, monkeypatch):
        monkeypatch.setenv("ARSHIF_DATA", str(tmp_path))
        assert str(tmp_path) in create_app().test_client().get("/").text

    def test_an_archive_that_is_made_later_is_seen(self, tmp_path):
        app = create_app({"LIBRARY": str(tmp_path)})
        client = app.test_client()
        assert 503 == client.get("/search?q=جديد").status_code
        with Library.open(tmp_path, create=True) as opened:
            opened.add([Article("new", "خبر جديد", "نص")])
            opened.catch_up()
        assert "خبر" in client.get("/search?q=جديد").text
        app.extensions["arshif"].close()

    def test_what_is_added_is_counted(self, tmp_path):
        with Library.open(tmp_path, create=True) as opened:
            client = create_app({"LIBRARY": opened}).test_client()
            for count, text in ((1, "مقالة واحدة"), (2, "مقالتان")):
                opened.add([Article(f"a{count}", "عنوان", "نص")])
                opened.catch_up()
                assert text in client.get("/").text

    def test_an_index_that_is_behind_is_told(self, tmp_path, page_of):
        with Library.open(tmp_path, create=True) as opened:
            opened.add([Article("a", "عنوان", "نص")])
            opened.catch_up()
            opened.add([Article("b", "عنوان", "نص")])
            page = page_of(create_app({"LIBRARY": opened}).test_client().get("/search?q=نص").text)
            assert "الفهرس متأخر" in page.notices[0]
