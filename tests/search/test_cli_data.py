"""`arshif show`, `remove`, `reindex` and `stats`, and data that is missing or broken."""

import json
import shutil

import pytest

from index.library import Library
from search.commands import common
from search.commands.exits import Exit

EVERY_READER = [["search", "سوريا"], ["show", "oil"], ["remove", "oil"], ["reindex"], ["stats"]]


def index_files(folder):
    return [path for path in (folder / "index").glob("*/engine/*") if path.is_file()]


def edit_settings(folder, **values):
    settings = next((folder / "index").glob("*/settings.json"))
    settings.write_text(json.dumps(json.loads(settings.read_text()) | values))


def test_an_article_is_shown_with_its_particulars(arshif):
    result = arshif("show", "baghouz")
    assert Exit.DONE == result.exit_code
    assert [
        "قوات سوريا الديمقراطية تتأهب لشن آخر هجوم",
        "المصدر: الشرق",
        "الكاتب: ليلى حداد",
        "التاريخ: 2019-02-17 10:30:00",
        "الرابط: https://example.org/a/1",
        "المعرّف: baghouz",
        "",
        "أعلنت القوات أن المهلة انتهت.",
        "",
        "وقال متحدث إن الهجوم سيبدأ قريبا، وإن الممر ما زال مفتوحا.",
    ] == result.stdout.splitlines()


def test_an_article_is_shown_as_json(arshif):
    result = arshif("show", "oil", "--json")
    assert Exit.DONE == result.exit_code
    shown = json.loads(result.stdout)
    keys = ["id", "title", "body", "url", "source", "author", "category", "published"]
    assert keys == list(shown)
    assert ("oil", None, "2019-03-01") == (shown["id"], shown["url"], shown["published"])


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_article_that_is_not_there_is_code_1(arshif, options):
    result = arshif("show", "none", *options)
    assert Exit.INCOMPLETE == result.exit_code
    assert "Error: there is no article with the id none\n" == result.stderr
    assert "" == result.stdout


def test_articles_are_removed_from_archive_and_index(arshif):
    result = arshif("remove", "oil", "dam", "oil")
    assert Exit.DONE == result.exit_code
    assert "removed oil\nremoved dam\n" == result.stdout
    assert Exit.INCOMPLETE == arshif("show", "oil").exit_code
    assert Exit.INCOMPLETE == arshif("search", "لبنان").exit_code


def test_what_is_not_there_is_said_and_the_others_are_removed(arshif):
    result = arshif("remove", "none", "oil")
    assert Exit.INCOMPLETE == result.exit_code
    assert "removed oil\n" == result.stdout
    assert "Error: there is no article with the id none\n" == result.stderr


def test_a_removal_that_was_cut_short_is_ended_by_the_next(arshif, data):
    with Library.open(data) as library:
        library.archive.remove(["oil"])  # and killed before the index followed
    result = arshif("remove", "oil")
    assert Exit.INCOMPLETE == result.exit_code
    assert "Error: there is no article with the id oil\n" == result.stderr
    with Library.open(data) as library:
        assert library.index_status().up_to_date


def test_what_was_removed_is_said_when_the_index_fails(arshif, data):
    edit_settings(data, fingerprint="another")
    result = arshif("remove", "oil")
    assert Exit.DATA == result.exit_code
    assert "removed oil\n" == result.stdout
    assert "The archive has everything that was committed to it" in result.stderr


def test_an_index_is_built_again(arshif, data):
    before = (data / "index" / "current").read_text()
    result = arshif("--engine", "whoosh", "reindex")
    assert Exit.DONE == result.exit_code
    assert "3 indexed\n" == result.stdout
    assert before != (data / "index" / "current").read_text()
    assert Exit.DONE == arshif("search", "سوريا").exit_code


def test_stats_as_json(arshif):
    result = arshif("stats", "--json")
    assert Exit.DONE == result.exit_code
    stats = json.loads(result.stdout)
    assert 3 == stats["articles"]
    assert [["الشرق", 1], ["الغرب", 1]] == stats["sources"]
    assert 1 == stats["without_source"]
    assert ("2019-02-17", "2019-03-01") == (stats["first"], stats["last"])
    assert stats["terms"] > 10
    index = stats["index"]
    keys = {"engine", "up_to_date", "pending", "fingerprint", "documents", "bytes", "problem"}
    assert keys == index.keys()
    assert ("whoosh", True, 0, 3, None) == tuple(
        index[name] for name in ("engine", "up_to_date", "pending", "documents", "problem")
    )
    assert {"archive", "index"} == stats["sizes"].keys()
    assert all(size > 0 for size in stats["sizes"].values())


def test_stats_for_people(arshif):
    result = arshif("stats")
    assert Exit.DONE == result.exit_code
    lines = result.stdout.splitlines()
    assert "Articles     3" == lines[0]
    assert "Published    2019-02-17 to 2019-03-01" == lines[1]
    assert "Index        up to date" in lines
    assert "          1  الشرق" in lines
    assert "          1  (no source)" == lines[-1]


def test_stats_tell_what_the_index_lacks(arshif, data):
    with Library.open(data) as library:
        library.archive.remove(["oil"])
    assert "Index        1 change behind; run `arshif add` or `arshif reindex`" in arshif("stats").stdout
    index = json.loads(arshif("stats", "--json").stdout)["index"]
    assert (False, 1) == (index["up_to_date"], index["pending"])


@pytest.mark.parametrize("arguments", EVERY_READER)
def test_without_an_archive_it_is_said_how_to_make_one(arshif, tmp_path, arguments):
    result = arshif(*arguments, folder=tmp_path / "nothing")
    assert Exit.DATA == result.exit_code
    assert "make one with `arshif add`" in result.stderr
    assert "" == result.stdout
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("arguments", [*EVERY_READER, ["add", __file__, "--format", "text"]])
def test_a_broken_archive_is_code_3(arshif, data, arguments):
    (data / "archive.db").write_bytes(b"no database" * 1000)
    result = arshif(*arguments)
    assert Exit.DATA == result.exit_code
    assert result.stderr.startswith("Error: ")
    assert "restore it from a backup" in result.stderr


def test_without_an_index_a_search_says_what_to_do(arshif, data):
    shutil.rmtree(data / "index")
    result = arshif("search", "سوريا")
    assert Exit.DATA == result.exit_code
    assert "run `arshif reindex`" in result.stderr
    assert "can't be searched: there is no index yet" in arshif("stats").stdout
    assert Exit.DONE == arshif("show", "oil").exit_code
    assert "3 indexed\n" == arshif("reindex").stdout


@pytest.mark.parametrize("settings", [{"fingerprint": "another"}, {"layout": 0}, {"archive": "another"}])
def test_an_index_that_was_built_otherwise_is_refused(arshif, data, settings):
    edit_settings(data, **settings)
    result = arshif("search", "سوريا")
    assert Exit.DATA == result.exit_code
    assert "run `arshif reindex`" in result.stderr
    stats = arshif("stats", "--json")
    assert Exit.DONE == stats.exit_code
    report = json.loads(stats.stdout)
    assert not report["index"]["up_to_date"]
    assert "run `arshif reindex`" in report["index"]["problem"]
    assert (None, None) == (report["terms"], report["sizes"]["index"])


@pytest.mark.parametrize("damage", ["cut", "gone", "noise"])
def test_a_damaged_index_is_code_3_and_mended_by_reindex(arshif, data, damage):
    for path in index_files(data):
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:20] if damage == "cut" else b"\x7f" * 500)
    result = arshif("search", "سوريا")
    assert Exit.DATA == result.exit_code
    assert result.stderr.startswith("Error: ")
    assert "reindex" in result.stderr
    stats = arshif("stats")
    assert Exit.DONE == stats.exit_code
    assert "can't be searched" in stats.stdout
    assert Exit.DONE == arshif("reindex").exit_code
    assert Exit.DONE == arshif("search", "سوريا").exit_code


def test_a_fault_of_our_own_is_told_without_a_traceback(arshif, monkeypatch):
    def broken(_):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(common, "print_json", broken)
    monkeypatch.setattr("search.commands.search.print_json", broken)
    result = arshif("search", "سوريا", "--json")
    assert Exit.DATA == result.exit_code
    assert "this should not have happened (ZeroDivisionError: by zero)" in result.stderr
    assert "Traceback" not in result.stderr
    monkeypatch.setenv("ARSHIF_TRACEBACK", "1")
    assert "Traceback" in arshif("search", "سوريا", "--json").stderr
