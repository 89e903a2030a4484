from __future__ import annotations

import csv
import io

import pytest

from index.readers import Limits, Severity


def bodies(records):
    return [(record.number, record.article.body) for record in records]


def rejections(problems):
    assert all(problem.severity is Severity.REJECTED for problem in problems)
    return [(problem.number, problem.reason) for problem in problems]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_delimiters_line_ends_and_marks(read_bytes, delimiter, mark, end, quoting):
    rows = [
        ["ID", " Title ", "content", "date"],
        ["1", "عنوان، أول; أو, لا\t", 'سطر\nوسطر\n\nو"اقتباس"', "21/7/2015"],
        ["2", "", "نص", ""],
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    (first, second), problems = read_bytes("a.csv", mark + text.getvalue())
    assert [] == problems
    assert ("1", "عنوان، أول; أو, لا", 'سطر\nوسطر\n\nو"اقتباس"', "2015-07-21") == (
        first.article.id,
        first.article.title,
        first.article.body,
        first.article.published,
    )
    assert ("2", "", "نص", None, 2) == (
        second.article.id,
        second.article.title,
        second.article.body,
        second.article.published,
        second.number,
    )


def test_one_column(read_bytes):
    assert [(1, "أ, ب"), (2, "ج")] == bodies(read_bytes("a.csv", 'body\n"أ, ب"\nج\n')[0])


@pytest.mark.parametrize("text", ["body\rx", "body\nx\r", "body\r\nx", "body\rx\r\n", "\rbody\r\rx\n"])
def test_line_ends_that_are_mixed(read_bytes, text):
    records, problems = read_bytes("a.csv", text)
    assert ([(1, "x")], []) == (bodies(records), problems)


def test_a_header_with_line_breaks_and_other_delimiters_in_it(read_bytes):
    records, problems = read_bytes("a.csv", '\n"ti;t;l\te",";;;","bo\nx",body\n1,2,3,أ\n')
    assert ([(1, "أ")], []) == (bodies(records), problems)


def test_columns_in_arabic(read_bytes):
    records, problems = read_bytes("a.csv", "العنوان;النص;المصدر\nع;ن;سبق\n")
    assert ([("ع", "ن", "سبق")], []) == (
        [(r.article.title, r.article.body, r.article.source) for r in records],
        problems,
    )


@pytest.mark.parametrize("text", ["title,url\nع,u\n", '"title"\n"ع"', "title;url;x\nع;u;x\n", "bo,dy\tbod\n"])
def test_a_header_without_a_body_rejects_the_file(read_bytes, text):
    records, problems = read_bytes("a.csv", text)
    ((number, reason),) = rejections(problems)
    assert ([], None) == (records, number)
    assert reason.startswith("no column for the body: it is looked for under body, content, text, ")
    assert reason.endswith(f"; the columns in the first row: «{text.splitlines()[0].translate(SHOWN)}»")


SHOWN = str.maketrans({";": ", ", "\t": " ", '"': None, ",": ", "})


def test_a_row_of_other_length_is_rejected_with_the_counts(read_bytes):
    records, problems = read_bytes("a.csv", "id,body\n1,أ\n2\n3,ب,ج\n4,د\n")
    assert [(1, "أ"), (4, "د")] == bodies(records)
    wrong = [(2, "cells in the row: 1, in the header: 2"), (3, "cells in the row: 3, in the header: 2")]
    assert wrong == rejections(problems)


def test_blank_rows_are_not_counted(read_bytes):
    records, problems = read_bytes("a.csv", "id,body\n\n1,أ\n,\n  , \n2,ب\n\n")
    assert ([(1, "أ"), (2, "ب")], []) == (bodies(records), problems)


@pytest.mark.parametrize("text", ["id,body\n", "id,body", "\n  \n\r\n"])
def test_a_header_alone_or_less(read_bytes, text):
    records, problems = read_bytes("a.csv", text)
    assert ([], [(None, "there are no articles in it")]) == (records, rejections(problems))


def test_a_quote_that_is_not_closed_costs_the_rows_up_to_the_next_quote(read_bytes):
    records, problems = read_bytes("a.csv", 'id,body\n1,أ\n2,"ب\n3,ج\n4,"د"\n5,ه\n')
    assert [(1, "أ"), (3, "ه")] == bodies(records)
    assert [(2, "broken CSV, lines 3 to 5: ',' expected after '\"'")] == rejections(problems)


def test_a_quote_that_is_never_closed(read_bytes):
    records, problems = read_bytes("a.csv", 'id,body\n1,أ\n2,"ب\n3,ج\n')
    assert [(1, "أ")] == bodies(records)
    assert [(2, "broken CSV, lines 3 to 4: unexpected end of data")] == rejections(problems)


def test_a_broken_row_between_tabs(read_bytes):
    records, problems = read_bytes("a.csv", 'id\tbody\n1\t"أ"ب\n2\tج\n')
    assert [(2, "ج")] == bodies(records)
    assert [(1, "broken CSV, lines 2 to 2: 'tab' expected after '\"'")] == rejections(problems)


def test_nuls_are_removed_and_said(read_bytes):
    records, (problem,) = read_bytes("a.csv", "id,body\n1,أ\0ب\n")
    assert [(1, "أب")] == bodies(records)
    assert (Severity.ADJUSTED, 1) == (problem.severity, problem.number)


def test_a_long_body(read_bytes):
    body = "نص " * 100_000  # the csv module refuses more than 131,072 characters unless it is told
    records, problems = read_bytes("a.csv", f"id,body\n1,{body}\n")
    assert ([(1, body.strip())], []) == (bodies(records), problems)


def test_a_line_that_is_too_long_is_rejected_alone(read_bytes):
    records, problems = read_bytes("a.csv", f"id,body\n1,أ\n2,{'a' * 200}\n3,ب\n", limits=Limits(line=100))
    assert [(1, "أ"), (3, "ب")] == bodies(records)
    assert [(2, "the line is longer than 100 bytes")] == rejections(problems)


def test_rows_with_bad_bytes_are_rejected_alone(read_bytes):
    good = "id,body\n1,نص طويل بما يكفي\n".encode()
    bad = b'2,"\xe4\nb"\n'
    records, problems = read_bytes("a.csv", good + bad + "3,نص\n".encode())
    assert [(1, "نص طويل بما يكفي"), (3, "نص")] == bodies(records)
    assert [(2, f"bytes that are not UTF-8 at byte {len(good) + 3} of the file")] == rejections(problems)


def test_a_header_with_bad_bytes_rejects_the_file(read_bytes):
    records, problems = read_bytes("a.csv", b"id,body,\xe4\n" + "1,نص طويل بما يكفي,\n".encode())
    assert [] == records
    assert [(None, "the header has bytes that are not UTF-8 at byte 8 of the file")] == rejections(problems)


def test_wide_text_as_spreadsheets_write_it(read_bytes):
    records, problems = read_bytes("a.csv", 'id\tbody\r\n1\t"أ\r\nب"\r\n'.encode("utf-16"))
    assert ([(1, "أ\nب")], []) == (bodies(records), problems)
