"""Exit codes as README names them, of every command where one applies; and pipes that are left early."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys

import pytest
from click.testing import CliRunner

from search.cli import main
from web.schemas import SCHEMAS

COMMAND = [sys.executable, "-c", "from search.cli import main; main(prog_name='arshif')"]
BAD = {"id": "bad", "title": "بلا نص", "body": ""}
GOOD = {"id": "new", "title": "خبر", "body": "نص الخبر الجديد."}
ODD = {
    "id": "odd",
    "title": '=HYPERLINK("http://x","غريب") وعنوان',
    "body": "نص غريب.",
    "source": 'صحيفة "الفجر", والمساء',
    "author": "-cmd\nسطر",
}
SHARED = [
    (["search", "سوريا"], 0),
    (["search", "زرافة"], 1),
    (["search", "x", "--sort", "best"], 2),
    (["kwic", "سوريا"], 0),
    (["kwic", "زرافة"], 1),
    (["kwic", "x", "--words", "x"], 2),
    (["show", "oil"], 0),
    (["show", "none"], 1),
    (["show"], 2),
    (["stats"], 0),
    (["stats", "--none"], 2),
    (["reindex"], 0),
    (["reindex", "--engine", "none"], 2),
    (["remove", "oil"], 0),
    (["remove", "none"], 1),
    (["remove"], 2),
    (["add", "no-such-file.json"], 2),
    (["shell"], 0),
    (["shell", "--none"], 2),
    (["completion", "bash"], 0),
    (["completion", "none"], 2),
    (["help"], 0),
    (["help", "search"], 0),
    (["help", "none"], 2),
    (["serve", "--port", "none"], 2),
    (["evaluate", "no-such-file", "no-such-file"], 2),
]
NEED_DATA = [
    ["search", "x"],
    ["kwic", "x"],
    ["show", "x"],
    ["stats"],
    ["reindex"],
    ["remove", "x"],
    ["shell"],
]


@pytest.mark.parametrize(("arguments", "code"), SHARED, ids=str)
def test_each_command_ends_as_readme_says(arshif, arguments, code):
    result = arshif(*arguments)
    assert code == result.exit_code, result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(("line", "code"), [("سوريا", 0), ("زرافة", 1), (":none", 1)])
def test_a_line_of_a_pipe_that_finds_nothing_is_1(data, line, code):
    result = CliRunner().invoke(main, ["--data", str(data), "shell"], input=f"{line}\n")
    assert code == result.exit_code, result.output


@pytest.mark.parametrize(("articles", "code"), [([GOOD], 0), ([GOOD, BAD], 1)])
def test_adding_ends_as_readme_says(arshif, write, articles, code):
    assert code == arshif("add", write(*articles)).exit_code


@pytest.mark.parametrize("arguments", NEED_DATA, ids=lambda value: value[0])
def test_missing_and_broken_data_is_3(arshif, data, tmp_path, arguments):
    assert 3 == arshif(*arguments, folder=tmp_path / "none").exit_code
    (data / "archive.db").write_bytes(b"x" * 4096)
    result = arshif(*arguments)
    assert (3, True) == (result.exit_code, result.stderr.startswith("Error: "))


@pytest.mark.parametrize("arguments", ["search '' --jsonl", "search '' --csv", "kwic في --csv", "search ''"])
def test_head_takes_its_line_and_nothing_is_said(data, arguments):
    command = " ".join(map(shlex.quote, [*COMMAND, "--data", str(data)])) + f" {arguments} | head -1"
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, shell=True, capture_output=True, env=environment, check=False, timeout=60)
    assert (0, b"") == (done.returncode, done.stderr)
    assert 1 == len(done.stdout.splitlines())


def test_odd_cells_come_back_and_run_nothing(arshif, write):
    assert 0 == arshif("add", write(ODD)).exit_code
    [row] = csv.DictReader(io.StringIO(arshif("search", "غريب", "--csv").stdout, newline=""))
    assert ODD["source"] == row["source"]
    for name in ("title", "author"):
        assert ODD[name] != row[name]
        assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert row[name].endswith(ODD[name].split("\n")[-1])
    [line] = map(json.loads, arshif("search", "غريب", "--jsonl").stdout.splitlines())
    assert (ODD["title"], ODD["source"]) == (line["title"], line["source"])


def test_the_json_is_what_the_openapi_document_says_of_the_api(arshif):
    import jsonschema_rs

    root = {"$ref": "#/components/schemas/Results", "components": {"schemas": dict(SCHEMAS)}}
    validator = jsonschema_rs.validator_for(root, validate_formats=True)
    for query in ("سوريا", "زرافة", "", "سورية النفظ", "الكاتب:ليلى"):
        validator.validate(json.loads(arshif("search", query, "--json").stdout))
    with pytest.raises(jsonschema_rs.ValidationError):
        validator.validate({"query": "x"})
