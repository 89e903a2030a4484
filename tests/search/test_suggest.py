"""What is suggested while a reader types: phrases of articles, and titles; fresh without a restart."""

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.article import Article
from index.library import Library
from search.suggest import MOST, Origin, suggestions
from search.suggest_memory import BREATH, LONG_BREATH, REST, Phrasebook
from search.suggest_phrases import Phrase, Phrases, count_phrases, key_of, phrases_of

TITLES = [
    "قوات سوريا الديمقراطية تتقدم",
    "قُوّات سوريا الديمقراطية في الرقة",
    "القوات العراقية تدخل الموصل",
    "القوات العراقية تنسحب",
    "أسعار النفط ترتفع",
    "أسعار النفط تهبط اليوم",
    "اسعار النفط ثابتة",
    "وزير الخارجية يزور مصر",
    "وزير الخارجية يلتقي نظيره",
    "خادم الحرمين الشريفين يصل",
    "خادم الحرمين الشريفين يغادر",
    "الأمم المتحدة: لا حل، الأمم المتحدة تحذر",
    "الأمم المتحدة تعقد جلسة",
    "قرار 2015 في 2015",
    "<script>alert('قنبلة')</script> قنبلة",
]


@pytest.fixture(scope="module")
def library(library_of):
    return library_of([Article(f"a{number}", title, "نص.") for number, title in enumerate(TITLES)])


@pytest.fixture(scope="module")
def phrases(library):
    return count_phrases(library.archive.articles())


@pytest.fixture(scope="module")
def suggested(library, phrases):
    def suggested(typed, origin=None):
        with library.searching() as engine:
            found = suggestions(typed, phrases, engine, library.archive)
        return [each.text for each in found if origin in (None, each.origin)]

    return suggested


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("قوات س", "قوات سوريا الديمقراطية"),
        ("القوات س", "قوات سوريا الديمقراطية"),
        ("قُوّات سو", "قوات سوريا الديمقراطية"),
        ("القوات العر", "القوات العراقية"),
        ("قوات العر", "القوات العراقية"),
        ("قوات عر", "القوات العراقية"),
        ("اسعار", "أسعار النفط"),
        ("أسعار ال", "أسعار النفط"),
        ("أسعار نف", "أسعار النفط"),
        ("أسعار ", "أسعار النفط"),
        ("وزير خ", "وزير الخارجية"),
        ("خادم", "خادم الحرمين الشريفين"),
        ("امم", "الأمم المتحدة"),
        ("الأمم الم", "الأمم المتحدة"),
    ],
)
def test_phrases_are_found_by_folded_letters_without_the_article(suggested, typed, phrase):
    assert phrase in suggested(typed, Origin.PHRASE)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("دمشق وأسعار الن", None),
        ("لبنان أسعار الن", "لبنان أسعار النفط"),
        ("لبنان -أسعار الن", "لبنان -أسعار النفط"),
        ('"أسعار الن', '"أسعار النفط'),
        ("العنوان:وزير ال", "العنوان:وزير الخارجية"),
        ("(الرقة أو قوات سو", "(الرقة أو قوات سوريا الديمقراطية"),
    ],
)
def test_what_stands_before_stays_as_it_is(suggested, typed, text):
    assert text is None or text in suggested(typed)
    assert all(each.startswith(typed[:6]) for each in suggested(typed, Origin.PHRASE))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("الموص", "القوات العراقية تدخل الموصل"),
        ("تدخل المو", "القوات العراقية تدخل الموصل"),
        ("مصر وزير", "وزير الخارجية يزور مصر"),
        ("قنبل", "<script>alert('قنبلة')</script> قنبلة"),
    ],
)
def test_titles_are_found_by_their_words(suggested, typed, title):
    assert title in suggested(typed, Origin.TITLE)


@pytest.mark.parametrize("typed", ["", " ", "ق", "ال", "؟", '"', "زعفران", "كلمة " * 20, "99"])
def test_there_may_be_none(suggested, typed):
    assert [] == suggested(typed)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=30), st.text('قواتسريالنفط أسعار"-(ـ ', max_size=20)))
def test_any_text_may_be_typed(library, phrases, typed):
    with library.searching() as engine:
        found = suggestions(typed, phrases, engine, library.archive)
    assert len(found) <= MOST
    assert len({each.text for each in found}) == len(found)
    assert typed not in [each.text for each in found]
    assert all(each.text.strip() and each.articles for each in found)


def test_phrases_begin_and_end_with_words_that_say_something():
    found = phrases_of(Article("a", "لقاء محمد بن سلمان في 2015، وزير الخارجية", ""))
    assert {"محمد بن سلمان", "لقاء محمد", "وزير الخارجية"} <= found
    assert not {"محمد بن", "بن سلمان", "سلمان في", "سلمان في 2015", "2015"} & found
    assert not [phrase for phrase in found if "2015" in phrase or "سلمان وزير" in phrase]


def test_of_a_body_no_half_word_is_read():
    found = phrases_of(Article("a", "", "كلمة " * 31 + "مستشفىطويل " + "آخر " * 20))
    assert not [phrase for phrase in found if "مستشف" in phrase and "مستشفىطويل" not in phrase]


def test_a_phrase_is_shown_as_most_write_it(phrases):
    [phrase] = [each for each in phrases.phrases if key_of(each.text) == "اسعار نفط"]
    assert Phrase("أسعار النفط", 2) == phrase  # what one article alone writes is not counted


def test_a_part_of_a_phrase_is_not_shown_beside_it():
    keys = ["خادم", "خادم حرمين", "خادم حرمين شريفين"]
    found = Phrases(
        keys, [Phrase("خادم", 50), Phrase("خادم الحرمين", 10), Phrase("خادم الحرمين الشريفين", 9)]
    )
    assert ["خادم", "خادم الحرمين الشريفين"] == [each.text for each in found.beginning("خا", 5)]


def test_counting_is_bounded(monkeypatch):
    monkeypatch.setattr("search.suggest_phrases.COUNTED", 50)
    monkeypatch.setattr("search.suggest_phrases.KEPT", 3)
    articles = [
        Article(f"a{number}", f"كلمة{chr(0x627 + number % 20)}ذلك أسعار النفط", "") for number in range(200)
    ]
    found = count_phrases(articles)
    assert 3 == len(found.keys) == len(found.phrases)
    assert sorted(found.keys) == list(found.keys)


def test_what_is_frequent_outlives_what_is_not(monkeypatch):
    monkeypatch.setattr("search.suggest_phrases.COUNTED", 40)
    rare = [Article(f"a{number}", f"كلمة{number} نادرة{number}", "") for number in range(300)]
    often = [Article(f"b{number}", "أسعار النفط", "") for number in range(300)]
    found = count_phrases(article for pair in zip(rare, often, strict=True) for article in pair)
    assert {Phrase("أسعار النفط", 300)} == {each for each in found.phrases if " " in each.text}


def test_titles_of_the_whole_archive_are_counted_and_bodies_of_its_latest_articles(tmp_path, monkeypatch):
    monkeypatch.setattr("search.suggest_memory.LATEST", 4)
    with Library.open(tmp_path, create=True) as library:
        library.add([Article(f"a{number}", "وكالة الفضاء", "صاروخ فضائي جديد") for number in range(600)])
        library.add([Article(f"b{number}", "محطة القطار", "قطار سريع جديد") for number in range(4)])
        book = Phrasebook(library)
        book.phrases()
        book.wait()
        counted = {phrase.text: phrase.articles for phrase in book.phrases().phrases}
    assert {"وكالة الفضاء": 600, "محطة القطار": 4, "قطار سريع جديد": 4}.items() <= counted.items()
    assert "صاروخ فضائي جديد" not in counted


# Kept fresh.


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_new_articles_show_up_without_a_restart(tmp_path):
    clock = Clock()
    with Library.open(tmp_path, create=True) as library:
        library.add([Article(f"a{number}", "وكالة الفضاء", "") for number in range(3)])
        book = Phrasebook(library, clock)
        assert Phrases() == book.phrases()  # it is counted beside
        book.wait()
        first = book.phrases()
        assert "وكاله فضاء" in first.keys
        library.add([Article(f"b{number}", "محطة القطار", "") for number in range(3)])
        assert first is book.phrases()
        book.wait()
        assert first is book.phrases()  # too soon after the last count
        clock.now += REST
        book.phrases()
        book.wait()
        assert "محطه قطار" in book.phrases().keys
        library.remove([f"b{number}" for number in range(3)])
        clock.now += REST
        book.phrases()
        book.wait()
        assert "محطه قطار" not in book.phrases().keys


def test_nothing_is_counted_again_while_nothing_changes(library):
    clock = Clock()
    book = Phrasebook(library, clock)
    book.phrases()
    book.wait()
    first = book.phrases()
    clock.now += 10 * REST
    book.phrases()
    book.wait()
    assert first is book.phrases()


def test_who_is_served_meanwhile_goes_before_it(library, monkeypatch):
    paused = []
    monkeypatch.setattr("search.suggest_memory.time.sleep", paused.append)
    for serves in (False, True):
        book = Phrasebook(library, serves=lambda serves=serves: serves)
        book.phrases()
        book.wait()
    assert {BREATH, LONG_BREATH} == {*paused}
    assert paused == sorted(paused)


def test_an_archive_that_is_closed_meanwhile_is_said_in_the_log(tmp_path, caplog, monkeypatch):
    library = Library.open(tmp_path, create=True)
    library.add([Article("a", "وكالة الفضاء", "")])
    book = Phrasebook(library)
    changes = library.archive.changes

    def closed(after):
        library.close()
        return changes(after)

    monkeypatch.setattr(library.archive, "changes", closed)
    with caplog.at_level(logging.WARNING):
        book.phrases()
        book.wait()
    assert "phrases to suggest were not counted" in caplog.text


def test_one_that_is_stopped_counts_no_more(tmp_path):
    with Library.open(tmp_path, create=True) as library:
        library.add([Article(f"a{number}", "وكالة الفضاء", "") for number in range(3)])
        book = Phrasebook(library)
        book.stop()
        book.phrases()
        book.wait()
        assert Phrases() == book.phrases()


def test_an_article_alone_stands_for_any_word_in_titles_too(suggested):
    assert "خادم الحرمين الشريفين يغادر" in suggested("خادم الحرمين ال", Origin.TITLE)
    assert {"أسعار النفط ترتفع", "أسعار النفط تهبط اليوم"} <= {*suggested("أسعار ال", Origin.TITLE)}
    assert [] == suggested("ال", Origin.TITLE)
