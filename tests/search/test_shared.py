"""The words of articles: how they are counted, and that they are those of the archive as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import counted
from index.archive import Archive
from index.article import Article
from search import recalled
from search.numbered import First, Numbered
from search.recalled import recall
from search.shared import words_of

WAR = Article("1", "حرب النفط", "الحرب على النفط، والحرب")


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db", create=True) as opened:
        opened.add([WAR, Article("2", "", "مطر")])
        yield opened


@pytest.fixture
def reads(monkeypatch):
    """The ids of articles that are read from archives."""
    asked = []
    get_many = Archive.get_many
    monkeypatch.setattr(Archive, "get_many", lambda self, ids: asked.extend(ids) or get_many(self, ids))
    return asked


def first(*articles):
    numbered = Numbered()
    return First([numbered.counted(article) for article in articles], numbered)


def stems(archive, *ids):
    articles, rows = recall(archive, ids)
    return set(articles.shared(1)), [ids[row] for row in rows]


def test_words_in_the_title_count_more():
    words = words_of(WAR)
    assert (8, 4, 3, 1) == (words.total, words.counts["حرب"], words.counts["نفط"], words.counts[""])


def test_the_usual_form_is_the_most_frequent_then_the_shortest():
    both = first(WAR, Article("3", "", "والنفط"))
    assert ["حرب", "النفط"] == [both.usual_form(both.shared(1)[stem]) for stem in ("حرب", "نفط")]
    twice = first(Article("3", "", "والحرب الحرب"))
    assert "الحرب" == twice.usual_form(twice.shared(1)["حرب"])


def test_stems_are_shared_by_as_many_articles_as_asked_for():
    both = first(WAR, Article("2", "حرب", "حرب حرب مطر"))
    assert {"حرب", "نفط", "مطر", ""} == set(both.shared(1))
    assert {"حرب"} == set(both.shared(2))
    assert {} == both.shared(3)


def test_a_share_counts_as_much_as_its_article():
    both = first(WAR, Article("2", "", "حرب مطر"), Article("3", "", "!"))
    shared = both.shared(1)
    shares = both.shares({stem: shared[stem] for stem in ("حرب", "مطر")}, [16.0, 3.0, 5.0])
    assert {"حرب": 16.0 / 8 * 4 + 3.0 / 2, "مطر": 3.0 / 2} == shares


TEXTS = st.lists(
    st.sampled_from(
        ["حرب", "الحرب،", "والحرب", "(على)", "2015/3", "G20،G20", "مطر.", "x-ray", "!", "حرب " * 300]
    )
).map(" ".join)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1))
def test_words_are_counted_as_they_are_without_numbers(texts):
    numbered = Numbered()
    for title, body in texts:
        article = Article("1", title, body)
        words, read = words_of(article), numbered.counted(article)
        assert words.total == read.total
        assert words.counts == dict(
            zip((numbered.stems[each] for each in read.stems), read.counts, strict=True)
        )
        written, _ = counted(f"{body}\n{title}\n{title}")
        assert written == dict(zip((numbered.words[each] for each in read.forms), read.often, strict=True))


def test_articles_that_are_not_there_are_left_out_and_the_order_is_kept(archive):
    assert ({"مطر", "حرب", "نفط", ""}, ["2", "1"]) == stems(archive, "2", "قنا", "1")
    assert (set(), []) == stems(archive)


def test_articles_are_read_once_until_they_change(archive, reads):
    assert stems(archive, "1", "2") == stems(archive, "1", "2")
    assert ["1", "2"] == reads
    archive.add([Article("1", "", "سلم"), Article("3", "", "ثلج")])
    archive.remove(["3"])
    assert ({"سلم", "مطر"}, ["1", "2"]) == stems(archive, "1", "2")
    assert ["1", "2", "1"] == reads
    archive.remove(["2"])
    assert ({"سلم"}, ["1"]) == stems(archive, "1", "2")


def test_when_much_has_changed_all_are_read_anew(archive, reads, monkeypatch):
    monkeypatch.setattr(recalled, "CHANGES", 1)
    stems(archive, "1", "2")
    archive.add([Article(f"new{number}", "", "سلم") for number in range(2)])
    stems(archive, "1", "2")
    assert ["1", "2", "1", "2"] == reads


def test_what_is_remembered_has_a_bound(archive, reads, monkeypatch):
    monkeypatch.setattr(recalled, "BYTES", 2500)  # room for one of them
    archive.add([Article(str(number), "", "مطر") for number in range(3, 6)])
    for _ in range(2):
        for number in range(2, 6):
            assert ({"مطر"}, [str(number)]) == stems(archive, str(number))
    assert ["2", "3", "4", "5"] * 2 == reads
    memory = recalled._memories[archive]
    assert memory._nbytes + memory._numbered.nbytes <= recalled.BYTES


def test_when_there_are_too_many_words_all_are_forgotten(archive, monkeypatch):
    monkeypatch.setattr(recalled, "WORDS", 0)
    stems(archive, "1", "2")
    assert ({"مطر"}, ["2"]) == stems(archive, "2")
    assert ["مطر"] == recalled._memories[archive]._numbered.words
