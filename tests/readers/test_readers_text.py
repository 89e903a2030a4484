from __future__ import annotations

import pytest

from index.article import Article, identify
from index.readers import Limits, Severity


@pytest.mark.parametrize(
    ("title", "body", "text"),
    [
        ("عنوان", "نص\nوسطر", "عنوان\nنص\nوسطر"),
        ("عنوان", "نص\n\nوسطر", "\n \n  عنوان \n\n\nنص\n\nوسطر\n\n"),
        ("عنوان", "نص\nوسطر", "عنوان\r\n\r\nنص\r\nوسطر\r\n"),
        ("عنوان", "نص\nوسطر", "عنوان\rنص\rوسطر"),
        ("عنوان", "عنوان", "عنوان"),
        ("عنوان", "عنوان", "\n عنوان \n\n  \n"),
        ("عنوان", "نص", "\ufeffعنوان\nنص"),
        ("A\ttitle", "Body", "A\ttitle\nBody"),
    ],
)
def test_the_first_line_is_the_title(read_bytes, title, body, text):
    (record,), problems = read_bytes("a.txt", text)
    assert (Article(identify(None, None, title, body), title, body), 1, []) == (
        record.article,
        record.number,
        problems,
    )


def test_the_source_can_be_given(read_bytes):
    (record,), _ = read_bytes("a.text", "عنوان\nنص", source="  وكالة\n الأنباء ")
    assert "وكالة الأنباء" == record.article.source


@pytest.mark.parametrize(
    ("reason", "data"), [("the file is empty", b""), ("there are no articles in it", b" \r\n\t")]
)
def test_a_file_with_nothing_in_it(read_bytes, reason, data):
    records, (problem,) = read_bytes("a.txt", data)
    assert ([], Severity.REJECTED, None, reason) == (
        records,
        problem.severity,
        problem.number,
        problem.reason,
    )


def test_a_text_of_marks_alone_has_no_body(read_bytes):
    records, (problem,) = read_bytes("a.txt", "\u200f\n\u200b")
    assert ([], 1, "no body: it is empty") == (records, problem.number, problem.reason)


def test_bytes_that_are_not_utf8_reject_the_file(read_bytes):
    data = "عنوان\nنص طويل ".encode() + b"\xff\xfe"
    records, (problem,) = read_bytes("a.txt", data)
    assert ([], Severity.REJECTED, 1) == (records, problem.severity, problem.number)
    assert f"bytes that are not UTF-8 at byte {len(data) - 2} of the file: save it as UTF-8" == problem.reason


def test_a_file_that_is_too_large_to_be_held(read_bytes):
    records, (problem,) = read_bytes("a.txt", b"a" * 1025, limits=Limits(text=1 << 10))
    assert [] == records
    assert (
        "can't be read: it is larger than 1 KiB: split it, or write it as JSON Lines, read line by line;"
        " nothing of it was read"
    ) == problem.reason
