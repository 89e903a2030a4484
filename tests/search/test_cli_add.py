"""`arshif add`: what is counted, what is told, and what is left when the index fails."""

import json
import zipfile

import pytest

from index.library import Library
from search.commands import add as add_command
from search.commands.exits import Exit

NEW = {"id": "new", "title": "خبر جديد", "body": "نص الخبر الجديد هنا."}
EMPTY = {"id": "empty", "title": "بلا نص", "body": ""}


def ids(folder):
    with Library.open(folder) as library:
        return {article.id for article in library.archive.articles()}


def test_articles_are_added_and_found(arshif, write, tmp_path):
    folder = tmp_path / "other" / "data"
    result = arshif("add", write(NEW), folder=folder)
    assert Exit.DONE == result.exit_code
    assert "1 added, 0 updated, 0 unchanged, 0 rejected; 1 indexed\n" == result.stdout
    assert "" == result.stderr
    assert {"new"} == ids(folder)
    assert Exit.DONE == arshif("search", "جديد", folder=folder).exit_code


def test_what_comes_again_is_unchanged_or_updated(arshif, write):
    first = arshif("add", write(NEW))
    assert first.stdout.startswith("1 added, 0 updated, 0 unchanged")
    again = arshif("add", write(NEW))
    assert "0 added, 0 updated, 1 unchanged, 0 rejected; 0 indexed\n" == again.stdout
    changed = arshif("add", write(NEW | {"body": "نص آخر تماما عن الزلازل."}))
    assert "0 added, 1 updated, 0 unchanged, 0 rejected; 1 indexed\n" == changed.stdout
    assert Exit.DONE == arshif("search", "الزلازل").exit_code
    assert Exit.INCOMPLETE == arshif("search", '"نص الخبر الجديد"').exit_code


def test_what_is_unchanged_leaves_the_index_as_it_is(arshif, write, data):
    arshif("add", write(NEW))
    before = {path: path.stat().st_mtime_ns for path in (data / "index").rglob("*")}
    assert Exit.DONE == arshif("add", write(NEW)).exit_code
    assert before == {path: path.stat().st_mtime_ns for path in (data / "index").rglob("*")}


def test_rejected_records_are_all_listed_and_code_1(arshif, write):
    file = write(NEW, *(EMPTY | {"id": f"empty{number}"} for number in range(70)))
    result = arshif("add", file)
    assert Exit.INCOMPLETE == result.exit_code
    assert "1 added, 0 updated, 0 unchanged, 70 rejected; 1 indexed\n" == result.stdout
    lines = result.stderr.splitlines()
    assert 70 == len(lines)
    assert lines[0].startswith(f"rejected: {file}, record 2: ")
    assert lines[-1].startswith(f"rejected: {file}, record 71: ")


def test_skipped_files_are_counted_and_told(arshif, write, tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    write(NEW).rename(folder / "new.json")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    result = arshif("add", folder)
    assert Exit.DONE == result.exit_code
    assert "1 added, 0 updated, 0 unchanged, 0 rejected, 1 skipped; 1 indexed\n" == result.stdout
    assert f"skipped: {folder / 'photo.jpg'}: " in result.stderr


def test_an_id_that_comes_again_with_another_text_is_rejected(arshif, write):
    other = NEW | {"body": "نص مختلف."}
    file = write(NEW, NEW, other)
    result = arshif("add", file, "--json")
    assert Exit.INCOMPLETE == result.exit_code
    report = json.loads(result.stdout)
    assert (1, 0, 1, 1) == tuple(report[name] for name in ("added", "updated", "unchanged", "rejected"))
    (problem,) = report["problems"]
    assert ("rejected", str(file), 3) == (problem["severity"], problem["file"], problem["record"])
    assert problem["reason"].startswith("it has the id new of an earlier record with another text")
    assert NEW["body"] in arshif("show", "new").stdout


def test_that_is_told_across_batches_and_files(arshif, write, monkeypatch):
    monkeypatch.setattr(add_command, "BATCH", 2)
    many = [NEW | {"id": f"n{number}"} for number in range(5)]
    result = arshif("add", write(*many), write(NEW | {"id": "n0", "body": "غيره."}, name="z.json"))
    assert "5 added, 0 updated, 0 unchanged, 1 rejected; 5 indexed\n" == result.stdout
    assert "z.json, record 1: it has the id n0 of an earlier record" in result.stderr


def test_adding_again_changes_nothing_where_ids_come_again(arshif, write):
    file = write(NEW, NEW | {"body": "نص مختلف."}, NEW | {"body": "نص ثالث."})
    arshif("add", file)
    assert "0 added, 0 updated, 1 unchanged, 2 rejected; 0 indexed\n" == arshif("add", file).stdout


def test_an_unreadable_index_is_told_even_if_nothing_changed(arshif, write, data):
    file = write(NEW)
    arshif("add", file)
    for toc in data.glob("index/*/engine/*.toc"):
        toc.unlink()
    result = arshif("add", file)
    assert Exit.DATA == result.exit_code
    assert "arshif reindex" in result.stderr


def test_an_update_of_an_earlier_run_is_no_problem(arshif, write):
    arshif("add", write(NEW))
    result = arshif("add", write(NEW | {"body": "نص مختلف."}))
    assert Exit.DONE == result.exit_code
    assert "" == result.stderr


def test_very_long_articles_close_a_batch_early(arshif, write, monkeypatch):
    monkeypatch.setattr(add_command, "BATCH_CHARACTERS", 1)
    result = arshif("add", write(NEW, NEW | {"id": "two"}, NEW | {"id": "three"}))
    assert result.stdout.startswith("3 added, 0 updated")


def test_the_json_has_all_counts_and_problems(arshif, write):
    file = write(NEW, EMPTY)
    result = arshif("add", file, "--json")
    assert Exit.INCOMPLETE == result.exit_code
    report = json.loads(result.stdout)
    problems = report.pop("problems")
    assert {
        "added": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
        "skipped": 0,
        "adjusted": 0,
        "indexed": 1,
    } == report
    assert [("rejected", str(file), 2)] == [
        (each["severity"], each["file"], each["record"]) for each in problems
    ]
    assert problems[0]["reason"]
    assert "" == result.stderr


def test_format_and_source_are_used(arshif, tmp_path):
    file = tmp_path / "article.dat"
    file.write_text("عنوان المقال\n\nنص المقال عن الطيور.", encoding="utf-8")
    assert Exit.INCOMPLETE == arshif("add", file).exit_code
    assert Exit.DONE == arshif("add", "--format", "text", "--source", "الجريدة", file).exit_code
    hit = json.loads(arshif("search", "الطيور", "--json").stdout)["hits"][0]
    assert "الجريدة" == hit["source"]


def test_a_source_that_is_no_text_is_refused(arshif, write):
    result = arshif("add", "--source", "\udcff", write(NEW))
    assert Exit.USAGE == result.exit_code
    assert "not valid UTF-8" in result.stderr


def test_containers_are_looked_into(arshif, write, tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as container:
        container.write(write(NEW), "inner.json")
    assert arshif("add", tmp_path / "all.zip").stdout.startswith("1 added")


def test_a_broken_index_leaves_the_articles_in_the_archive(arshif, write, data):
    settings = next((data / "index").glob("*/settings.json"))
    settings.write_text(json.dumps(json.loads(settings.read_text()) | {"fingerprint": "another"}))
    result = arshif("add", write(NEW))
    assert Exit.DATA == result.exit_code
    assert "1 added, 0 updated, 0 unchanged, 0 rejected; 0 indexed\n" == result.stdout
    assert "Error: the index is not up to date: " in result.stderr
    assert "The archive has everything that was committed to it" in result.stderr
    assert "arshif reindex" in result.stderr
    assert "new" in ids(data)
    assert Exit.DONE == arshif("reindex").exit_code
    assert Exit.DONE == arshif("search", "جديد").exit_code


def test_what_an_earlier_run_left_out_is_indexed(arshif, write, data):
    with Library.open(data) as library:
        removed = library.archive.remove(["oil"])
    assert ["oil"] == removed
    result = arshif("add", write(NEW))
    assert result.stdout.endswith("; 2 indexed\n")


def test_another_engine_than_the_index_has_is_refused(arshif, write, data):
    settings = next((data / "index").glob("*/settings.json"))
    settings.write_text(json.dumps(json.loads(settings.read_text()) | {"engine": "another"}))
    result = arshif("--engine", "whoosh", "add", write(NEW))
    assert Exit.USAGE == result.exit_code
    assert "arshif --engine whoosh reindex" in result.stderr
    assert "new" not in ids(data)


@pytest.mark.parametrize("content", [b"", b"{", b"\x00\x01\x02\xff"])
def test_a_file_that_cannot_be_read_is_rejected(arshif, tmp_path, content):
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    result = arshif("add", file)
    assert Exit.INCOMPLETE == result.exit_code
    assert f"rejected: {file}" in result.stderr
    assert "0 added, 0 updated, 0 unchanged, 1 rejected; 0 indexed\n" == result.stdout
