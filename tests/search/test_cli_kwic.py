"""`arshif kwic`: what is printed, aligned, exported and opened."""

import csv
import io
import json

import click
import pytest

from search import kwic_layout
from search.cells import cells
from search.commands import kwic as command
from search.commands.asking import MAX_LIMIT
from search.commands.exits import Exit
from search.kwic import ARTICLES, LINES, MAX_LINES, MAX_WORDS, WORDS, Concordance, KwicOrder
from search.service import MAX_LIMIT as SERVED


def test_what_help_says_is_what_search_does():
    assert command.ORDERS == tuple(KwicOrder)
    assert (command.MAX_LINES, command.MAX_WORDS) == (MAX_LINES, MAX_WORDS)
    defaults = {option.name: option.default for option in command.kwic.params}
    assert (LINES, WORDS, ARTICLES) == (defaults["limit"], defaults["words"], defaults["articles"])
    assert MAX_LIMIT == SERVED


def test_the_keywords_stand_below_each_other(arshif):
    result = arshif("kwic", "لبنان", "--words", 3)
    assert Exit.DONE == result.exit_code
    head, _, *lines = result.stdout.splitlines()
    assert "موضعان في مقالتين: «لبنان»" == head
    assert 2 == len(lines)
    assert 1 == len({cells(line[: line.index("[")]) for line in lines})
    assert [
        "1  مياه النهر في [لبنان] .",
        "2 أسعار النفط في [لبنان] وسوريا بعد اجتماع · 2019-03-01 الغرب",
    ] == lines


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (2, "موضعان"),
        (10, "10 مواضع"),
        (99, "99 موضعًا"),
        (102, "102 موضع"),
        (110, "110 مواضع"),
        (6000, "6000 موضع"),
    ],
)
def test_a_number_of_occurrences_has_its_grammar(number, said):
    found = Concordance("", "", (), (), total=number, matching=3, looked=3, took_ms=0.0)
    assert f"{said} في 3 مقالات" == kwic_layout.total(found)


def test_lines_can_be_sorted_paged_and_counted(arshif):
    def lines(*options):
        return json.loads(arshif("kwic", "في", "مياه", "لبنان", "--any", "--json", *options).stdout)["lines"]

    whole = lines("--sort", "before")
    assert whole == [
        line for offset in range(9) for line in lines("--sort", "before", "--limit", 1, "--offset", offset)
    ]
    assert [] == lines("--offset", 100)


def test_rows_for_programs_are_the_lines(arshif):
    found = json.loads(arshif("kwic", "النفط", "--json").stdout)
    assert found["total"] == len(found["lines"]) > 1
    jsonl = [json.loads(line) for line in arshif("kwic", "النفط", "--jsonl").stdout.splitlines()]
    assert found["lines"] == jsonl
    rows = list(csv.DictReader(io.StringIO(arshif("kwic", "النفط", "--csv").stdout)))
    assert [{name: str(value or "") for name, value in line.items()} for line in jsonl] == rows


def test_no_occurrence_is_code_1(arshif):
    result = arshif("kwic", "زرافة")
    assert (Exit.INCOMPLETE, "لم توجد مقالة تطابق البحث: «زرافة»\n") == (result.exit_code, result.stdout)
    result = arshif("kwic", "المصدر:الشرق")
    assert Exit.INCOMPLETE == result.exit_code
    assert "لا مواضع" in result.stdout


@pytest.mark.parametrize(
    "options",
    [
        ["--words", "31"],
        ["--sort", "best"],
        ["--limit", "20001"],
        ["--articles", "0"],
        ["--json", "--csv"],
        ["--open", "0"],
    ],
)
def test_values_that_mean_nothing_are_wrong_usage(arshif, options):
    result = arshif("kwic", "سوريا", *options)
    assert Exit.USAGE == result.exit_code
    assert options[0] in result.stderr


def test_a_line_can_be_opened(arshif, monkeypatch):
    opened = []
    monkeypatch.setattr(click, "launch", lambda url: opened.append(url) or 0)
    result = arshif("kwic", "الممر", "--open", 1)
    assert (Exit.DONE, ["https://example.org/a/1"]) == (result.exit_code, opened)
    result = arshif("kwic", "فيينا", "--open", 1)
    assert Exit.DONE == result.exit_code
    assert "ارتفعت أسعار النفط في لبنان" in result.stdout
    result = arshif("kwic", "فيينا", "--open", 2)
    assert (Exit.INCOMPLETE, 1) == (result.exit_code, len(opened))
    assert "there is no number 2 to open; lines found: 1" in result.stderr
