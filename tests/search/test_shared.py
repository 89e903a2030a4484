"""The words of articles: how they are counted, and that they are those of the archive as it is."""

import pytest

from index.archive import Archive
from index.article import Article
from search import shared
from search.shared import read, usual_forms, words_of

WAR = Article("1", "حرب النفط", "الحرب على النفط، والحرب")


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db", create=True) as opened:
        opened.add([WAR, Article("2", "", "مطر")])
        yield opened


def test_words_in_the_title_count_more():
    words = words_of(WAR)
    assert (8, 4, 3, 1) == (words.total, words.counts["حرب"], words.counts["نفط"], words.counts[""])


def test_the_usual_form_is_the_most_frequent_then_the_shortest():
    assert {"حرب": "حرب", "نفط": "النفط"} == usual_forms([words_of(WAR)], ["حرب", "نفط"])
    twice = Article("3", "", "والحرب الحرب")
    assert {"حرب": "الحرب"} == usual_forms([words_of(twice)], ["حرب"])


def test_articles_that_are_not_there_are_left_out_and_the_order_is_kept(archive):
    assert ["2", "1"] == list(read(archive, ["2", "قنا", "1"]))
    assert {} == read(archive, [])


def test_articles_are_read_once_until_the_archive_changes(archive, monkeypatch):
    asked = []
    get_many = Archive.get_many
    monkeypatch.setattr(Archive, "get_many", lambda self, ids: asked.extend(ids) or get_many(self, ids))
    assert read(archive, ["1", "2"]) == read(archive, ["1", "2"])
    assert ["1", "2"] == asked
    archive.add([Article("1", "", "سلم")])
    archive.remove(["2"])
    (changed,) = read(archive, ["1", "2"]).values()
    assert {"سلم": 1} == changed.counts


def test_no_more_articles_are_remembered_than_said(archive, monkeypatch):
    monkeypatch.setattr(shared, "REMEMBERED", 0)
    for id_ in ("1", "2", "1"):
        read(archive, [id_])
        assert [id_] == list(shared._memories[archive].words)
