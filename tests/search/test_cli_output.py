"""`arshif search` for programs and for hands: `--jsonl`, `--csv`, `--open`."""

import csv
import io
import json
import subprocess

import click
import pytest

from search.commands.exits import Exit
from search.export import FIELDS


def test_rows_are_the_hits_in_their_order(arshif):
    hits = json.loads(arshif("search", "سوريا", "--json").stdout)["hits"]
    lines = [json.loads(line) for line in arshif("search", "سوريا", "--jsonl").stdout.splitlines()]
    table = list(csv.DictReader(io.StringIO(arshif("search", "سوريا", "--csv").stdout)))
    assert [hit["id"] for hit in hits] == [row["id"] for row in lines] == [row["id"] for row in table]
    assert list(FIELDS) == list(lines[0]) == list(table[0])
    assert ["1", "2"] == [row["rank"] for row in table]


def test_ranks_go_on_on_the_next_page(arshif):
    [row] = [json.loads(line) for line in arshif("search", "", "--jsonl", "--offset", 2).stdout.splitlines()]
    assert 3 == row["rank"]


def test_no_hits_are_no_rows_and_code_1(arshif):
    result = arshif("search", "زرافة", "--jsonl")
    assert (Exit.INCOMPLETE, "") == (result.exit_code, result.stdout)
    result = arshif("search", "زرافة", "--csv")
    assert (Exit.INCOMPLETE, ",".join(FIELDS)) == (result.exit_code, result.stdout.strip())


@pytest.mark.parametrize(
    "options", [["--json", "--csv"], ["--jsonl", "--csv"], ["--explain", "--csv"], ["--open", "x"]]
)
def test_what_can_not_be_together_is_wrong_usage(arshif, options):
    result = arshif("search", "سوريا", *options)
    assert Exit.USAGE == result.exit_code
    assert options[0] in result.stderr


def test_a_file_is_for_spreadsheets_and_a_pipe_is_not(start, tmp_path):
    path = tmp_path / "results.csv"
    with path.open("wb") as file:
        assert 0 == start("search", "سوريا", "--csv", stdout=file).wait(timeout=60)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfrank,")
    out, _ = start("search", "سوريا", "--csv").communicate(timeout=60)
    assert out.startswith(b"rank,")
    with path.open("ab") as file:  # what is added to a file stands in its middle
        assert 0 == start("search", "سوريا", "--csv", stdout=file).wait(timeout=60)
    assert 1 == path.read_bytes().count(b"\xef\xbb\xbf")


@pytest.mark.parametrize("arguments", [["search", "", "--csv"], ["search", "", "--jsonl"], ["kwic", "في"]])
def test_a_reader_that_goes_away_ends_it_silently(start, arguments):
    process = start(*arguments, stdout=subprocess.PIPE)
    process.stdout.close()
    assert (Exit.CLOSED_PIPE, b"") == (process.wait(timeout=60), process.stderr.read())


def test_a_result_is_opened_where_its_reader_is(arshif, monkeypatch):
    opened = []
    monkeypatch.setattr(click, "launch", lambda url: opened.append(url) or 0)
    listed = json.loads(arshif("search", "سوريا", "--json").stdout)["hits"]
    for number, hit in enumerate(listed, 1):
        result = arshif("search", "سوريا", "--open", number, "--limit", 1)
        assert Exit.DONE == result.exit_code
        assert (hit["url"] or hit["title"]) == result.stdout.splitlines()[0]
    assert [hit["url"] for hit in listed if hit["url"]] == opened


def test_no_such_result_and_no_browser_are_said(arshif, monkeypatch):
    result = arshif("search", "سوريا", "--open", 3)
    assert Exit.INCOMPLETE == result.exit_code
    assert "there is no number 3 to open; results found: 2" in result.stderr
    assert "results found: 0" in arshif("search", "زرافة", "--open", 1).stderr
    monkeypatch.setattr(click, "launch", lambda _: 3)
    result = arshif("search", "القوات", "--open", 1)
    assert Exit.INCOMPLETE == result.exit_code
    assert "no browser could be started" in result.stderr


def test_an_address_that_is_not_on_the_web_is_not_opened(arshif, write, monkeypatch):
    monkeypatch.setattr(click, "launch", pytest.fail)
    article = {"id": "bad", "title": "خدعة", "body": "نص الخدعة.", "url": "javascript:alert(1)"}
    assert Exit.DONE == arshif("add", write(article)).exit_code
    assert arshif("search", "خدعة", "--open", 1).stdout.startswith("خدعة\n")
