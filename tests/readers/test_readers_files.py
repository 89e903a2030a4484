from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from index.readers import FORMATS, Limits, Severity, read
from index.readers.files import EXTENSIONS
from index.readers.limits import size

LINE = '{"body": "نص"}\n'


@pytest.fixture
def folder(tmp_path):
    """A folder of files: `folder("b/a.jsonl", "c.txt")`."""

    def make(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(LINE, "utf-8")
        return tmp_path

    return make


def told(problems, top):
    return [(problem.severity, os.path.relpath(problem.file, top), problem.reason) for problem in problems]


def files(records, top):
    return [os.path.relpath(record.file, top) for record in records]


HIDDEN = "hidden files and folders are passed over"


def test_the_formats():
    assert ("text", "json", "jsonl", "csv") == FORMATS
    assert set(FORMATS) == set(EXTENSIONS.values())


def test_a_format_that_is_none_is_refused_at_once():
    with pytest.raises(ValueError, match="no format 'xml': there are text, json, jsonl, csv"):
        read([], format="xml")


def test_no_paths_give_nothing(read_paths):
    assert ([], []) == read_paths()


def test_a_folder_is_walked_in_order_of_names(read_paths, folder):
    top = folder("b.jsonl", "a/z.jsonl", "a/b/c.jsonl", "a.jsonl", "C.jsonl", "ع.jsonl", "a/a.jsonl")
    records, problems = read_paths(top)
    order = ["C.jsonl", "a/a.jsonl", "a/b/c.jsonl", "a/z.jsonl", "a.jsonl", "b.jsonl", "ع.jsonl"]
    assert (order, []) == (files(records, top), problems)


def test_paths_are_read_in_the_order_given(read_paths, folder):
    top = folder("a.jsonl", "b/x.jsonl")
    assert ["b/x.jsonl", "a.jsonl", "a.jsonl"] == files(
        read_paths(top / "b", top / "a.jsonl", top / "a.jsonl")[0], top
    )


@pytest.mark.parametrize("name", ["a.json", "a.JSON", "a.jsonl", "a.NdJson", "a.txt", "a.Text"])
def test_extensions_in_any_case(read_paths, folder, name):
    records, problems = read_paths(folder(name))
    assert (1, []) == (len(records), problems)


def test_files_of_other_kinds_in_a_folder_are_skipped(read_paths, folder):
    top = folder("a.jsonl", "b.PDF", "sub/readme", "sub/.hidden.jsonl", ".git/x.jsonl", "__MACOSX/a.jsonl")
    records, problems = read_paths(top)
    assert ["a.jsonl"] == files(records, top)
    only = "are not read, only .txt .text .json .jsonl .ndjson .csv and .zip or .gz of them"
    assert [
        (Severity.SKIPPED, ".git", HIDDEN),
        (Severity.SKIPPED, "__MACOSX", HIDDEN),
        (Severity.SKIPPED, "b.PDF", f"files that end in .pdf {only}"),
        (Severity.SKIPPED, "sub/.hidden.jsonl", HIDDEN),
        (Severity.SKIPPED, "sub/readme", f"files without an extension {only}"),
    ] == told(problems, top)


def test_what_is_hidden_is_read_when_it_is_named(read_paths, folder):
    top = folder(".git/x.jsonl", ".a.jsonl")
    records, problems = read_paths(top / ".git", top / ".a.jsonl")
    assert ([".git/x.jsonl", ".a.jsonl"], []) == (files(records, top), problems)


@pytest.mark.parametrize(
    ("what", "name"), [("files that end in .md", "a.md"), ("files without an extension", "a")]
)
def test_a_named_file_of_another_kind_is_rejected(read_paths, folder, what, name):
    top = folder(name)
    records, problems = read_paths(top / name)
    reason = (
        f"{what} are not read, only .txt .text .json .jsonl .ndjson .csv and .zip or .gz of them:"
        " name the format, --format text|json|jsonl|csv"
    )
    assert ([], [(Severity.REJECTED, name, reason)]) == (records, told(problems, top))


def test_a_format_that_is_given_is_for_every_file(read_paths, folder):
    top = folder("a.md", "b.txt", "c", "sub/d.json", ".hidden")
    records, problems = read_paths(top, format="jsonl")
    assert ["a.md", "b.txt", "c", "sub/d.json"] == files(records, top)
    assert [(Severity.SKIPPED, ".hidden", HIDDEN)] == told(problems, top)
    assert {"نص"} == {record.article.body for record in records}
    records, problems = read_paths(top / ".hidden", format="text")
    assert [LINE.strip()] == [record.article.body for record in records]


def test_a_path_that_is_missing(read_paths, tmp_path):
    records, problems = read_paths(tmp_path / "no", tmp_path / "no" / "a.json")
    reason = "there is no such file or folder"
    assert [(Severity.REJECTED, "no", reason), (Severity.REJECTED, "no/a.json", reason)] == told(
        problems, tmp_path
    )
    assert [] == records


def test_paths_that_the_system_refuses(read_paths, tmp_path):
    (tmp_path / "loop.json").symlink_to("loop.json")
    long = "a" * 300 + ".json"
    _, problems = read_paths(tmp_path / "loop.json", tmp_path / long, tmp_path / "a\0.json")
    assert [
        (Severity.REJECTED, "loop.json", "can't be read: Too many levels of symbolic links"),
        (Severity.REJECTED, long, "can't be read: File name too long"),
        (Severity.REJECTED, "a\ufffd.json", "can't be read: embedded null byte"),
    ] == told(problems, tmp_path)


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="needs Linux's /proc")  # noqa: PTH110 - a fixed path
def test_a_file_whose_reading_fails(read_paths, tmp_path):
    (tmp_path / "a.json").symlink_to("/proc/self/mem")
    _, problems = read_paths(tmp_path)
    assert [
        (Severity.REJECTED, "a.json", "can't be read: Input/output error; nothing of it was read")
    ] == told(problems, tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(read_paths, folder):
    top = folder("a.jsonl", "sub/b.jsonl", "c.jsonl")
    (top / "a.jsonl").chmod(0)
    (top / "sub").chmod(0)
    records, problems = read_paths(top)
    (top / "sub").chmod(0o700)
    assert ["c.jsonl"] == files(records, top)
    assert [
        (Severity.REJECTED, "a.jsonl", "can't be read: Permission denied; nothing of it was read"),
        (Severity.REJECTED, "sub", "can't be read: Permission denied"),
    ] == told(problems, top)


def test_a_folder_without_a_file(read_paths, tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    records, problems = read_paths(tmp_path)
    assert ([], [(Severity.REJECTED, ".", "there is no file in this folder")]) == (
        records,
        told(problems, tmp_path),
    )


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.csv", "a.txt"])
@pytest.mark.parametrize(
    ("reason", "data"), [("the file is empty", b""), ("there are no articles in it", b"\xef\xbb\xbf\n ")]
)
def test_an_empty_file(read_bytes, name, reason, data):
    records, (problem,) = read_bytes(name, data)
    assert ([], Severity.REJECTED, None, reason) == (
        records,
        problem.severity,
        problem.number,
        problem.reason,
    )


def test_links_are_followed_and_a_folder_is_read_once(read_paths, folder):
    top = folder("a/x.jsonl", "b/y.jsonl")
    (top / "a" / "up").symlink_to(top, target_is_directory=True)
    (top / "a" / "b").symlink_to(top / "b", target_is_directory=True)
    (top / "c.jsonl").symlink_to(top / "a" / "x.jsonl")
    (top / "d.jsonl").symlink_to(top / "missing")
    records, problems = read_paths(top)
    assert ["a/b/y.jsonl", "a/x.jsonl", "c.jsonl"] == files(records, top)
    assert [
        (Severity.SKIPPED, "a/up", "this folder was read already"),
        (Severity.SKIPPED, "b", "this folder was read already"),
        (Severity.REJECTED, "d.jsonl", "there is no such file or folder"),
    ] == told(problems, top)


def test_pipes_and_sockets_are_not_opened(read_paths, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    os.mkfifo(tmp_path / "a.jsonl")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("b.jsonl")
        records, problems = read_paths(tmp_path, tmp_path / "a.jsonl")
    assert [] == records
    assert [
        (Severity.SKIPPED, "a.jsonl", "this is a device or a pipe"),
        (Severity.SKIPPED, "b.jsonl", "this is a device or a pipe"),
        (Severity.REJECTED, "a.jsonl", "this is a device or a pipe: give a file or a folder"),
    ] == told(problems, tmp_path)


@pytest.fixture
def deep(tmp_path, monkeypatch):
    """A folder of 1,100 folders in each other, taken away one by one, for pytest can't."""
    monkeypatch.chdir(tmp_path)
    for _ in range(1100):
        Path("d").mkdir()
        os.chdir("d")
    yield tmp_path
    for _ in range(1100):
        os.chdir("..")
        Path("d").rmdir()


def test_a_folder_that_is_deeper_than_the_stack_of_python(read_paths, deep):
    (deep / "z.jsonl").write_text(LINE, "utf-8")
    records, problems = read_paths(deep)
    assert (["z.jsonl"], []) == (files(records, deep), problems)


def test_names_that_can_not_be_printed(read_paths, tmp_path):
    name = os.fsencode(tmp_path) + b"/a\xff\n\x1b[1m.jsonl"
    with open(name, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(LINE.encode())
    (record,), problems = read_paths(tmp_path)
    assert [] == problems
    assert str(tmp_path / "a\ufffd\ufffd\ufffd[1m.jsonl") == record.file


def test_the_limits_unless_others_are_given():
    assert (3, "1 GiB", "256 MiB", "64 MiB") == (
        (limits := Limits()).depth,
        size(limits.text),
        size(limits.nested),
        size(limits.line),
    )


@pytest.mark.parametrize(
    ("text", "count"), [("1 GiB", 1 << 30), ("64 MiB", 64 << 20), ("3 KiB", 3072), ("1000 bytes", 1000)]
)
def test_how_a_size_is_written(text, count):
    assert text == size(count)
