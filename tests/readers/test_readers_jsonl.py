from __future__ import annotations

import gc
import gzip
import io
import json
import tracemalloc

import pytest

from index.readers import Limits, Record, Severity
from index.readers import read as read_all
from index.readers.jsonl_reader import read
from index.readers.origin import Origin

GOOD = '{"id": "1", "body": "نص"}'


def rejections(problems):
    assert all(problem.severity is Severity.REJECTED for problem in problems)
    return [(problem.number, problem.reason) for problem in problems]


def test_a_record_is_numbered_by_its_line(read_bytes):
    records, problems = read_bytes("a.jsonl", f'{GOOD}\n\n  \r\n{{"id": "4", "body": "ب"}}\r\n')
    assert ([("1", 1), ("4", 4)], []) == ([(r.article.id, r.number) for r in records], problems)


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        ("broken JSON at column 9: Expecting value", '{"body":'),
        ("broken JSON at column 27: Extra data", f"{GOOD} x"),
        ("broken JSON at column 26: Extra data", f"{GOOD},"),
        ("broken JSON at column 1: Expecting value", "نص"),
        ("it is a list, not an object with the fields of an article", "[1]"),
        ("it is a text, not an object with the fields of an article", '"نص"'),
        ("it is a number, not an object with the fields of an article", "5"),
        ("it is a number, not an object with the fields of an article", "NaN"),
        ("it is true or false, not an object with the fields of an article", "true"),
        ("it is null, not an object with the fields of an article", "null"),
        ("its JSON is nested too deep to be read", '{"body":' + "[" * 100_000 + "]" * 100_000 + "}"),
        (
            "it holds a whole number of more digits than are read",
            '{"body": "نص", "id": ' + "1" * 5000 + "}",
        ),
    ],
)
def test_a_line_that_is_rejected_costs_no_other(read_bytes, reason, line):
    records, problems = read_bytes("a.jsonl", f"{GOOD}\n{line}\n{GOOD}")
    assert [1, 3] == [r.number for r in records]
    assert [(2, reason)] == rejections(problems)


def test_lines_that_are_not_utf8_are_rejected_alone(read_bytes):
    good = '{"body": "نص عربي طويل يكفي"}\n'.encode()
    cp1256 = '{"body": "نص"}\n'.encode("cp1256")
    records, problems = read_bytes("a.jsonl", good + cp1256 + good * 3 + cp1256 + good)
    assert [1, 3, 4, 5, 7] == [r.number for r in records]
    first = len(good) + len(b'{"body": "')
    assert [
        (2, f"bytes that are not UTF-8 at byte {first} of the file"),
        (6, f"bytes that are not UTF-8 at byte {first + len(good) * 3 + len(cp1256)} of the file"),
    ] == rejections(problems)


def test_nan_and_infinity_and_repeated_keys_do_no_harm(read_bytes):
    records, problems = read_bytes(
        "a.jsonl", '{"body": "أ", "x": NaN, "y": -Infinity, "body": "ب", "Body": "ج"}'
    )
    assert (["ب"], []) == ([r.article.body for r in records], problems)


def test_raw_tabs_and_marks_of_joined_files_do_no_harm(read_bytes):
    records, problems = read_bytes("a.jsonl", '\ufeff{"body": "أ\tب"}\n\ufeff{"body": "ج"}\n')
    assert (["أ\tب", "ج"], []) == ([r.article.body for r in records], problems)


def test_separators_of_unicode_end_no_line(read_bytes):
    records, problems = read_bytes("a.jsonl", '{"body": "أ\u2028ب\x85ج\x0bد"}\n')
    assert (["أ\u2028ب\nج\nد"], []) == ([r.article.body for r in records], problems)


@pytest.mark.parametrize("text", ['[\n{"body": "أ"}\n]', '\n{\n  "body": "أ"\n}\n'])
def test_one_json_text_is_recognised(read_bytes, text):
    records, problems = read_bytes("a.jsonl", text)
    assert [] == records
    assert [
        (None, "it is not JSON Lines but one JSON text over several lines: use --format json")
    ] == rejections(problems)
    records, problems = read_bytes("a.jsonl", text, format="json")
    assert (["أ"], []) == ([r.article.body for r in records], problems)


@pytest.mark.parametrize("tail", ["\n", "\n" + GOOD + "\n"])
def test_a_line_that_is_too_long_is_rejected_alone(read_bytes, tail):
    long = json.dumps({"body": "a" * 500})
    records, problems = read_bytes("a.jsonl", f"{GOOD}\n{long}{tail}", limits=Limits(line=100))
    assert [(2, "the line is longer than 100 bytes")] == rejections(problems)
    assert [1, 3][: 1 + (GOOD in tail)] == [r.number for r in records]


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_lines_about_as_long_as_the_limit(read_bytes, extra):
    line = json.dumps({"body": "a" * 100}) + "\n"
    records, problems = read_bytes("a.jsonl", line * 3, limits=Limits(line=len(line) + extra))
    assert (3 if extra >= 0 else 0) == len(records)
    assert (0 if extra >= 0 else 3) == len(problems)


def test_a_wide_line_that_is_too_long_ends_the_file(read_bytes):
    text = f"{GOOD}\n{GOOD}{' ' * 200}\n{GOOD}\n"
    records, (problem,) = read_bytes("a.jsonl", text.encode("utf-16"), limits=Limits(line=100))
    assert [1] == [r.number for r in records]
    assert (
        "can't be read: a line is longer than 100 characters: save it as UTF-8;"
        " what comes after record 1 was not read"
    ) == problem.reason


def test_a_file_is_streamed_and_never_held(tmp_path):
    path = tmp_path / "big.jsonl.gz"
    with gzip.open(path, "wt", compresslevel=1) as file:
        file.writelines(f'{{"id": {n}, "body": "{"ن" * 5000}"}}\n' for n in range(4000))
    tracemalloc.start()
    with gzip.open(path) as packed, io.BufferedReader(packed, 1 << 20) as stream:
        count = sum(isinstance(item, Record) for item in read(stream, Origin("f"), Limits()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 4000 == count
    assert peak < 8 << 20  # the text is 40 MB


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_reading_that_is_abandoned_leaves_nothing_open(tmp_path, name, encoding):
    path = tmp_path / name
    path.write_bytes((f"{GOOD}\n{GOOD}\n" if name == "a.jsonl" else "body\nأ\nب\n").encode(encoding))
    reading = read_all([path])
    assert 1 == next(reading).number
    reading.close()
    del reading
    gc.collect()  # a file that is open, or an error that is passed over, fails the test
