from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.readers import Limits, Severity
from index.readers.json_recovery import LOOKS


def article(n, **more):
    return {"id": str(n), "body": f"نص {n}", **more}


def ids(records):
    return [(record.article.id, record.number) for record in records]


def rejections(problems):
    assert all(problem.severity is Severity.REJECTED for problem in problems)
    return [(problem.number, problem.reason) for problem in problems]


ARTICLES = [article(n) for n in range(1, 4)]
NUMBERED = [("1", 1), ("2", 2), ("3", 3)]


@pytest.mark.parametrize("indent", [None, 0, 1, 4])
@pytest.mark.parametrize("ascii_", [True, False])
def test_a_list(read_bytes, indent, ascii_):
    text = json.dumps(ARTICLES, indent=indent, ensure_ascii=ascii_)
    records, problems = read_bytes("a.json", text)
    assert (NUMBERED, []) == (ids(records), problems)


@pytest.mark.parametrize("indent", [None, 0, 1, 4])
def test_one_article(read_bytes, indent):
    records, problems = read_bytes("a.json", json.dumps(article(1, tags=[{"a": 1}]), indent=indent))
    assert ([("1", 1)], []) == (ids(records), problems)


@pytest.mark.parametrize("name", ["articles", "items", "data", "results", "Articles"])
def test_a_list_in_an_object(read_bytes, name):
    whole = {"status": "ok", "nested": {"items": [1]}, name: ARTICLES, "next": None}
    for indent in (None, 0, 2):
        records, problems = read_bytes("a.json", json.dumps(whole, indent=indent))
        assert (NUMBERED, []) == (ids(records), problems)


def test_the_list_that_holds_objects_is_taken(read_bytes):
    records, problems = read_bytes("a.json", json.dumps({"data": [1, 2], "articles": ARTICLES}))
    assert (NUMBERED, []) == (ids(records), problems)


def test_an_object_with_a_body_is_an_article_whatever_lists_it_has(read_bytes):
    records, problems = read_bytes("a.json", json.dumps(article(1, items=[article(2)])))
    assert ([("1", 1)], []) == (ids(records), problems)


def test_two_lists_are_not_chosen_from(read_bytes):
    records, problems = read_bytes("a.json", json.dumps({"items": ARTICLES, "data": ARTICLES}))
    assert [] == records
    assert [(None, "it holds lists under items and data: leave the one with the articles")] == rejections(
        problems
    )


@pytest.mark.parametrize("text", ["[]", " [ ]\n", '{"articles": []}', "[,]"])
def test_a_list_of_nothing(read_bytes, text):
    records, problems = read_bytes("a.json", text)
    assert ([], [(None, "there are no articles in it")]) == (records, rejections(problems))


def test_an_object_that_is_no_article(read_bytes):
    records, problems = read_bytes("a.json", '{"a": 1}')
    ((number, reason),) = rejections(problems)
    assert ([], 1) == (records, number)
    assert reason.startswith("no body: ")


@pytest.mark.parametrize(
    ("first", "text"), [("5", "5"), ('"', '"نص"'), ("n", "null"), ("ن", "نص"), ("]", "]"), ("\ufffd", "\x01")]
)
def test_what_is_no_list_or_object(read_bytes, first, text):
    records, problems = read_bytes("a.json", text)
    assert ([], [(None, f"it is no JSON list or object: it begins with «{first}»")]) == (
        records,
        rejections(problems),
    )


def test_elements_that_are_no_objects_are_rejected_alone(read_bytes):
    records, problems = read_bytes(
        "a.json", json.dumps([article(1), "نص", None, [article(9)], 5, article(6)])
    )
    assert [("1", 1), ("6", 6)] == ids(records)
    kinds = {2: "a text", 3: "null", 4: "a list", 5: "a number"}
    assert [
        (n, f"it is {kind}, not an object with the fields of an article") for n, kind in kinds.items()
    ] == rejections(problems)


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": 1, "body": "أ"} {"id": 2, "body": "ب"}]',
        '[{"id": 1, "body": "أ"},\n\n, {"id": 2, "body": "ب"},]',
        '{"id": 1, "body": "أ"} {"id": 2, "body": "ب"}',
        '{\n  "id": 1, "body": "أ"\n}\n{\n  "id": 2, "body": "ب"\n}\n',
    ],
)
def test_separators_are_not_insisted_on(read_bytes, text):
    records, problems = read_bytes("a.json", text)
    assert ([("1", 1), ("2", 2)], []) == (ids(records), problems)


def test_line_breaks_in_a_string_are_read(read_bytes):
    records, problems = read_bytes("a.json", '[{"id": 1, "body": "أ\n\tب"}]')
    assert ([], ["أ\n\tب"]) == (problems, [r.article.body for r in records])


# JSON Lines under the name of JSON


def test_json_lines(read_bytes):
    text = '{"id": 1, "body": "أ"}\n\n{"id": 3, "body": "ب"}\n{"id": 4, "bo\n{"id": 5, "body": "ج"}\n'
    records, problems = read_bytes("a.json", text)
    assert [("1", 1), ("3", 3), ("5", 5)] == ids(records)
    assert [(4, "broken JSON at column 11: Unterminated string starting at")] == rejections(problems)


def test_json_lines_whose_first_is_broken(read_bytes):
    records, problems = read_bytes(
        "a.json", '{"id": 1, "body": "أ\n{"id": 2, "body": "ب"}\n{"id": 3, "body": "ج"}'
    )
    assert [("2", 2), ("3", 3)] == ids(records)
    assert [1] == [problem.number for problem in problems]


def test_json_lines_with_bytes_that_are_not_utf8(read_bytes):
    good = '{"id": 1, "body": "نص طويل"}\n'.encode()
    records, problems = read_bytes("a.json", good + b'{"id": 2, "body": "\xe4"}\n' + good)
    assert [1, 3] == [r.number for r in records]
    assert [(2, f"bytes that are not UTF-8 at byte {len(good) + 19} of the file")] == rejections(problems)


# Broken places


def test_what_stands_before_and_after_a_broken_place_is_read(read_bytes):
    text = '[{"id": 1, "body": "أ"}, {"id": 2, "body" "ب"}, {"id": 3, "body": "ج"}]'
    records, problems = read_bytes("a.json", text)
    assert [("1", 1), ("3", 3)] == ids(records)
    assert [(2, "broken JSON at line 1, column 43: Expecting ':' delimiter")] == rejections(problems)


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ('"body" "ب"', "line 8, column 12: Expecting ':' delimiter"),
        ('"body": ب', "line 8, column 13: Expecting value"),
        ('"body": "ب', "line 11, column 6: Expecting ',' delimiter"),
        ('"body": "a"b"', "line 8, column 16: Expecting ',' delimiter"),
        ('"body": "\\x"', "line 8, column 14: Invalid \\escape"),
        ('"body": "ب",', "line 9, column 3: Expecting property name enclosed in double quotes"),
        ('"tags": [{"body": "لا"}, {', "line 14, column 2: Expecting ',' delimiter"),
        ('"tags": [\n      {\n        "body": "لا"\n      }\n', "line 13, column 3: Expecting ',' delimiter"),
    ],
)
def test_reading_goes_on_where_the_layout_shows_the_next_element(read_bytes, broken, why):
    text = json.dumps(ARTICLES, indent=2, ensure_ascii=False).replace('"body": "نص 2"', broken)
    records, problems = read_bytes("a.json", text)
    assert [("1", 1), ("3", 3)] == ids(records)
    ((number, reason),) = rejections(problems)
    assert 2 == number
    assert reason.startswith(f"broken JSON at {why}"), reason


def test_reading_goes_on_after_a_broken_line_of_a_list(read_bytes):
    lines = [json.dumps(a) for a in ARTICLES]
    for text in ("[\n" + ",\n".join(lines) + "\n]", "[" + ",\n".join(lines) + "]"):
        records, problems = read_bytes("a.json", text.replace('"2",', '"2"'))
        assert [("1", 1), ("3", 3)] == ids(records)
        assert [2] == [problem.number for problem in problems]


def test_reading_does_not_go_on_where_what_is_in_an_element_looks_like_one(read_bytes):
    text = json.dumps([article(1), article(2, tags=[{"body": "لا"}, {"body": "لا"}])], indent=0)
    records, problems = read_bytes("a.json", text.replace('"2"', "2x"))
    assert [("1", 1)] == ids(records)
    assert [2] == [problem.number for problem in problems]


def test_a_break_does_not_lead_into_another_list(read_bytes):
    text = json.dumps({"articles": ARTICLES[:2], "related": ARTICLES}, indent=2, ensure_ascii=False)
    records, problems = read_bytes("a.json", text.replace('"نص 2"\n', '"نص 2\n'))
    assert [("1", 1)] == ids(records)
    assert problems[0].reason.endswith("the rest of the file, from record 2 on, was not read")


def test_a_file_that_is_cut_off(read_bytes):
    text = json.dumps(ARTICLES)
    records, problems = read_bytes("a.json", text[:-1])
    assert NUMBERED == ids(records)
    assert [(None, "the list is not closed: the file seems to be cut off after record 3")] == rejections(
        problems
    )
    records, problems = read_bytes("a.json", text[:-5])
    assert NUMBERED[:2] == ids(records)
    assert [3] == [problem.number for problem in problems]


def test_what_comes_after_the_list_is_said(read_bytes):
    records, problems = read_bytes("a.json", json.dumps(ARTICLES) + "\n\n[1]")
    assert NUMBERED == ids(records)
    assert [(None, "what comes after the list, from line 3 on, was not read")] == rejections(problems)


def test_an_object_that_is_cut_off_in_its_list(read_bytes):
    text = json.dumps({"status": "ok", "articles": ARTICLES})
    records, problems = read_bytes("a.json", text[:-10])
    assert NUMBERED[:2] == ids(records)
    assert [3] == [problem.number for problem in problems]


def test_an_object_that_breaks_after_its_list(read_bytes):
    records, problems = read_bytes("a.json", json.dumps({"articles": ARTICLES})[:-1] + ', "next": }')
    assert NUMBERED == ids(records)
    ((number, reason),) = rejections(problems)
    assert number is None
    assert reason.endswith("Expecting value, after the list of articles, which was read")


def test_an_article_that_is_cut_off(read_bytes):
    records, problems = read_bytes("a.json", '{"id": 1, "body": "أ"')
    assert [] == records
    reason = (
        "broken JSON at line 1, column 22: Expecting ',' delimiter;"
        " the rest of the file, from record 1 on, was not read"
    )
    assert [(1, reason)] == rejections(problems)


@pytest.mark.parametrize(("before", "after"), [("[", "]"), ("", "")])
def test_json_that_is_nested_too_deep(read_bytes, before, after):
    deep = '{"body": ' + "[" * 100_000 + "]" * 100_000 + "}"
    records, problems = read_bytes("a.json", before + deep + after)
    assert [] == records
    assert [(1, "its JSON is nested too deep to be read")] == rejections(problems)


def test_a_huge_number_is_rejected_alone(read_bytes):
    text = json.dumps(ARTICLES, indent=1).replace('"2"', "9" * 5000)
    records, problems = read_bytes("a.json", text)
    assert [("1", 1), ("3", 3)] == ids(records)
    assert [(2, "it holds a whole number of more digits than are read")] == rejections(problems)


# Broken places in a list on one line

WRAPS = ["[%s]", '{"articles": [%s]}', '{"status": "ok", "articles": [%s], "next": {"page": 2}}']


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize(
    "broken",
    [
        '{"id": "2" "body": "ب"}',
        '{"id": "2", "body" "ب"}',
        '{"id": "2",, "body": "ب"}',
        '{"id": "2", "body": ب}',
        '{"id": "2", "body": "ب}',
        '{"id": "2", "body": ب"}',
        '{"id": "2, "body": "ب"}',
        '{"id: "2", "body": "ب"}',
        '{id": "2", "body": "ب"}',
        '{"id": "2", "body": "ب"أ"}',
        '{"id": "2", "body": "ب""}',
        '{"id": "2", "body": "ب"}}',
        '{{"id": "2", "body": "ب"}',
        '{"id": "2", "body": "ب"',
        '"id": "2", "body": "ب"}',
        '{"body": "ب"}, "id": "2"}',
        '{"id": "2", "tags": ["أ", "body": "ب"}',
        '{"id": "2", "tags": ["أ"]], "body": "ب"}',
        '{"id": "2", "tags": "أ"], "body": "ب"}',
        '{"id": "2", "source": "name": "أ"}, "body": "ب"}',
        '{"id": "2", "source": {"name": "أ", "body": "ب"}',
        '{"id": "2", "body":',
        '{"id": "2", "bo',
        '{"id": "2", "body": "ب',
        '{"id": "2"',
        '{"',
        "{",
        "؟",
    ],
)
def test_reading_goes_on_in_a_list_on_one_line(read_bytes, wrap, broken):
    text = wrap % ", ".join([json.dumps(article(1)), broken, *map(json.dumps, [article(3), article(4)])])
    for spaced in (text, text.replace("}, {", "},{")):
        records, problems = read_bytes("a.json", spaced)
        assert [("1", 1), ("3", 3), ("4", 4)] == ids(records)
        ((number, reason),) = rejections(problems)
        assert 2 == number
        assert reason.startswith("broken JSON at line 1, column ")
        assert "not read" not in reason


@pytest.mark.parametrize("between", [",", ", ", ",,", " , ,\n"])
@pytest.mark.parametrize("wrap", WRAPS)
def test_each_of_several_broken_elements_is_rejected_alone(read_bytes, wrap, between):
    bad = '{"id": "0" "body": "x"}'
    elements = [bad, json.dumps(article(2)), bad, bad, json.dumps(article(5)), bad]
    records, problems = read_bytes("a.json", wrap % between.join(elements))
    assert [("2", 2), ("5", 5)] == ids(records)
    assert [1, 3, 4, 6] == [number for number, _ in rejections(problems)]


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize(
    "broken",
    [
        '{"id": 2 "related": [%s, %s]}',
        '{"id": 2, "related": ["id": "n", "body": "لا"}, %s, %s], "body": "ب"}',
        '{"id": 2, "related": [{"id": "n", "body": "لا}, %s, %s], "body": "ب"}',
        '{"id": 2, "related": [%s], %s], "body": "ب"}',
        '{"id": 2, "related": [%s}, %s], "body": "ب"}',
        '{"id": 2, "related": [%s, %s}, "body": "ب"}',
        '{"id": 2, "related": ["أ, %s, %s], "body": "ب"}',
        '{"id": 2}, "related": [%s, %s], "body": "ب"}',
        '{"id": 2, "first": %s "second": %s}',
    ],
)
def test_what_is_in_a_broken_element_is_no_record(read_bytes, wrap, broken):
    nested = json.dumps({"id": "n", "body": "لا"})
    elements = [json.dumps(article(1)), broken % (nested, nested), *map(json.dumps, ARTICLES[2:])]
    records, problems = read_bytes("a.json", wrap % ", ".join(elements))
    assert [("1", 1), ("3", 3)] == ids(records)
    assert [2] == [number for number, _ in rejections(problems)]


@pytest.mark.parametrize("between", ["", " ", "\t "])
def test_reading_goes_on_without_commas(read_bytes, between):
    elements = [json.dumps(article(1)), '{"id": "2" "body": "x"}', *map(json.dumps, [article(3), article(4)])]
    for wrap in (*WRAPS, "%s"):
        records, problems = read_bytes("a.json", wrap % between.join(elements))
        assert [("1", 1), ("3", 3), ("4", 4)] == ids(records)
        assert [2] == [number for number, _ in rejections(problems)]


def test_reading_goes_on_at_the_nearest_element_not_at_the_next_line(read_bytes):
    one, three, four = (json.dumps(article(n)) for n in (1, 3, 4))
    records, problems = read_bytes("a.json", f'[\n{one},\n{{"id": 2 "body": "x"}}, {three},\n{four}\n]')
    assert [("1", 1), ("3", 3), ("4", 4)] == ids(records)
    assert [2] == [number for number, _ in rejections(problems)]


def test_an_element_cut_off_in_a_list_of_its_own_loses_the_rest(read_bytes):
    elements = [json.dumps(article(1)), '{"id": 2, "tags": ["أ"', json.dumps(article(3))]
    records, problems = read_bytes("a.json", f"[{', '.join(elements)}]")
    assert [("1", 1)] == ids(records)
    ((number, reason),) = rejections(problems)
    assert 2 == number
    assert reason.endswith("; the rest of the file, from record 2 on, was not read")


@pytest.mark.parametrize(
    "piece", ["{", '{"a":', '{"a",', '{"a":"b},', '{"', '{"a":"\\"', "[{", "{{}", "{1},"]
)
def test_a_file_of_broken_pieces_alone_is_given_up(read_bytes, piece):
    records, problems = read_bytes("a.json", "[" + piece * 20_000)
    assert [] == records
    number, reason = rejections(problems)[-1]
    assert reason.endswith(f"; the rest of the file, from record {number} on, was not read")


def test_so_many_broken_elements_are_passed_over_and_no_more(read_bytes):
    pieces = [json.dumps(article("a")), '{"id": 2 "body": ""}'] * (LOOKS + 1)
    records, problems = read_bytes("a.json", f"[{', '.join(pieces)}]")
    assert LOOKS + 1 == len(records)
    assert LOOKS + 1 == len(problems)
    assert problems[-1].reason.endswith("was not read")
    assert not problems[-2].reason.endswith("was not read")


WORDS = st.text("ابت xy'.-", min_size=1, max_size=12)
NESTED = st.fixed_dictionaries({"id": st.just("nested"), "body": st.just("نص")})
SPLIT = re.compile(r', ?\{ ?"(?!id)')
"""A brace too many, after a comma: it can't be told from an element that is cut off and the next one."""
DAMAGES = st.sampled_from(['"', "{", "}", ",", ":"])


@st.composite
def damaged_lists(draw):
    """A list on one line, the place of the element that was damaged, and how many there are."""
    count = draw(st.integers(2, 8))
    elements = [
        json.dumps(
            {
                "id": str(n),
                "title": draw(WORDS),
                "source": {"name": draw(WORDS)},
                **(
                    {"related": draw(st.lists(NESTED, min_size=1, max_size=3))} if draw(st.booleans()) else {}
                ),
                "body": "نص " + draw(WORDS),
            },
            ensure_ascii=draw(st.booleans()),
        )
        for n in range(1, count + 1)
    ]
    place = draw(st.integers(0, count - 1))
    elements[place] = draw(damaged(elements[place]))
    return draw(st.sampled_from(WRAPS)) % draw(st.sampled_from([",", ", "])).join(elements), place + 1, count


def damaged(element):
    """The element with a sign put in or left out, or cut off before the list in it."""
    inner = element.find('"related"')
    cuts = st.integers(1, len(element) - 1 if inner < 0 else inner).map(lambda end: element[:end])
    deleted = st.sampled_from([at for at, sign in enumerate(element) if sign in '"{},:']).map(
        lambda at: element[:at] + element[at + 1 :]
    )
    inserted = st.tuples(st.integers(1, len(element) - 1), DAMAGES).map(
        lambda put: element[: put[0]] + put[1] + element[put[0] :]
    )
    return (cuts | deleted | inserted).filter(lambda text: not SPLIT.search(text))


@settings(max_examples=300)
@given(damaged_lists())
def test_damage_inside_an_element_costs_no_other(read_bytes, case):
    text, hurt, count = case
    records, _ = read_bytes("a.json", text)
    found = {number: id_ for id_, number in ids(records)}
    others = {n: str(n) for n in range(1, count + 1) if n != hurt}
    assert others == {number: id_ for number, id_ in found.items() if number != hurt}
    assert "nested" not in found.values()


@pytest.mark.parametrize("sign", ['"', "{", "}", ",", ":"])
@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("between", ["%s{sign}, %s", "%s, {sign}%s", "%s,{sign} %s"])
def test_damage_between_two_elements_costs_one_of_them_at_most(read_bytes, between, wrap, sign):
    one, two, three, four = (json.dumps(article(n)) for n in range(1, 5))
    middle = between.replace("{sign}", sign) % (two, three)
    records, _ = read_bytes("a.json", wrap % f"{one}, {middle}, {four}")
    found = [record.article.id for record in records]
    assert found in (["1", "2", "3", "4"], ["1", "2", "4"], ["1", "3", "4"])


# Bytes that are not UTF-8


@pytest.mark.parametrize("wrap", [False, True])
def test_only_the_records_with_bad_bytes_are_rejected(read_bytes, wrap):
    text = json.dumps({"articles": ARTICLES} if wrap else ARTICLES, ensure_ascii=False).encode()
    bad = text.replace("نص 2".encode(), b"\xe4\xd5 2")
    records, problems = read_bytes("a.json", bad)
    assert [("1", 1), ("3", 3)] == ids(records)
    assert [(2, f"bytes that are not UTF-8 at byte {bad.index(bytes([0xE4]))} of the file")] == rejections(
        problems
    )


def test_one_article_with_bad_bytes(read_bytes):
    data = '{"body": "نص طويل '.encode() + b'\xff"}'
    records, problems = read_bytes("a.json", data)
    assert ([], [(1, f"bytes that are not UTF-8 at byte {len(data) - 3} of the file")]) == (
        records,
        rejections(problems),
    )


def test_surrogates_that_are_escaped_are_mended(read_bytes):
    records, (problem,) = read_bytes("a.json", '[{"body": "أ\\ud800"}, {"body": "\\ud83d\\ude42"}]')
    assert ["أ\ufffd", "🙂"] == [r.article.body for r in records]
    assert (Severity.ADJUSTED, 1) == (problem.severity, problem.number)


def test_a_file_that_is_too_large_to_be_held(read_bytes):
    text = json.dumps(ARTICLES)
    assert 3 == len(read_bytes("a.json", text, limits=Limits(text=len(text)))[0])
    records, problems = read_bytes("a.json", text, limits=Limits(text=len(text) - 1))
    assert [] == records
    reason = (
        f"can't be read: it is larger than {len(text) - 1} bytes: split it, or write it as JSON Lines,"
        " read line by line; nothing of it was read"
    )
    assert [(None, reason)] == rejections(problems)


@given(st.text('[]{},:"\\ \nn1a\udc80', max_size=40))
def test_no_text_stops_the_reader(read_bytes, text):
    records, problems = read_bytes("a.json", text.encode("utf-8", "surrogateescape"))
    assert [] == records
    assert problems


@given(st.integers(0, 200), st.integers(0, 200), st.sampled_from([None, 0, 2]))
def test_what_stands_before_the_damage_is_read(read_bytes, start, length, indent):
    text = json.dumps(ARTICLES, indent=indent)
    ends = [text.index(a["id"] + '"') + len(json.dumps(a)) for a in ARTICLES]
    records, problems = read_bytes("a.json", text[:start] + text[start + length :])
    untouched = sum(end + 40 < start for end in ends)  # 40: more than the blanks of an indented element
    assert NUMBERED[:untouched] == ids(records)[:untouched]
    assert problems or records
