from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, identify
from index.readers.cleaning import clean, is_blank
from index.readers.fields import MAX_ID, NAMES, has_body, read_fields
from index.readers.origin import UNPRINTABLE, Origin
from index.readers.record import Problem, Record, Severity

ORIGIN = Origin("file.json")
BODY = {"body": "نص"}


def fields(record, origin=ORIGIN, number=7):
    """The article and the problems of a record given as a mapping."""
    found = list(read_fields(origin, number, tuple(record), list(record.values())))
    articles = [item.article for item in found if isinstance(item, Record)]
    problems = [item for item in found if isinstance(item, Problem)]
    return (articles[0] if articles else None), problems


def rejection(record):
    article, problems = fields(record)
    assert article is None
    (problem,) = problems
    assert (Severity.REJECTED, "file.json", 7) == (problem.severity, problem.file, problem.number)
    return problem.reason


def adjustment(record):
    article, problems = fields(record)
    (problem,) = problems
    assert (Severity.ADJUSTED, "file.json", 7) == (problem.severity, problem.file, problem.number)
    return article, problem.reason


def test_all_fields_by_their_own_names():
    record = {
        "id": "a-1",
        "title": "عنوان",
        "body": "نص",
        "url": "https://example.org/1",
        "source": "سبق",
        "author": "كاتب",
        "category": "محليات",
        "published": "2015-07-21",
    }
    assert (Article(**record), []) == fields(record)


def test_the_record_knows_where_it_was_read():
    (record,) = read_fields(ORIGIN, 7, ("body",), ("نص",))
    assert ("file.json", 7) == (record.file, record.number)


def test_saudinewsnet():
    article, problems = fields(
        {
            "source": "alriyadh",
            "url": "http://www.alriyadh.com/1",
            "date_extracted": "2015-07-21 02:33:01",
            "title": "عنوان",
            "author": "",
            "content": "نص",
        }
    )
    assert [] == problems
    assert ("نص", "2015-07-21T02:33:01", None) == (article.body, article.published, article.author)
    assert identify(None, "http://www.alriyadh.com/1", "عنوان", "نص") == article.id


@pytest.mark.parametrize(
    ("field", "name"), [(field, name) for field, names in NAMES.items() for name in names]
)
def test_every_name_of_every_field(field, name):
    value = "2015-07-21" if field == "published" else "قيمة"
    for spelling in (name, name.upper(), f"  {name.title()} ", name.replace("_", " "), name.replace("_", "")):
        article, problems = fields({**({} if field == "body" else BODY), spelling: value})
        assert [] == problems
        assert value == getattr(article, field)


def test_no_name_is_of_two_fields():
    names = [name.replace("_", "") for all_names in NAMES.values() for name in all_names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("order", [1, -1])
def test_the_true_name_wins_whatever_comes_first(order):
    record = {"content": "غيره", "Body": "هو", "text": "غيره"}
    article, _ = fields(dict(list(record.items())[::order]))
    assert "هو" == article.body


@pytest.mark.parametrize("empty", [None, "", "  \n"])
def test_another_name_is_taken_where_the_true_one_is_empty(empty):
    article, problems = fields({"body": empty, "content": "هو", "id": empty, "guid": "g"})
    assert ("هو", "g", []) == (article.body, article.id, problems)


def test_fields_that_are_not_known_are_left_out():
    assert (Article(identify(None, None, "", "نص"), "", "نص"), []) == fields({**BODY, "tags": ["a"], "": 1})


@pytest.mark.parametrize("value", [None, "", " \t\n "])
@pytest.mark.parametrize("field", ["id", "title", "url", "source", "author", "category", "published"])
def test_an_empty_field_is_none(field, value):
    article, problems = fields({**BODY, field: value})
    assert [] == problems
    assert Article(identify(None, None, "", "نص"), "", "نص") == article


@pytest.mark.parametrize(
    ("expected", "given_id"),
    [("12", 12), ("0", 0), ("-3", -3), ("a b", " a b "), ("ع" * MAX_ID, "ع" * MAX_ID)],
)
def test_an_id_is_a_text_or_a_whole_number(expected, given_id):
    article, problems = fields({**BODY, "id": given_id})
    assert (expected, []) == (article.id, problems)


@pytest.mark.parametrize(
    ("expected", "given_id"),
    [
        ("the id is true or false: it has to be a text or a whole number", True),
        ("the id is a number with a fraction: it has to be a text or a whole number", 1.0),
        ("the id is a list: it has to be a text or a whole number", ["a"]),
        ("the id is an object: it has to be a text or a whole number", {"$oid": "a"}),
        ("the id has 513 characters: 512 are the most", "a" * 513),
        ("the id has 600 characters: 512 are the most", 10**599),
        ("the id «a b» holds control characters or halves of characters", "a\nb"),
        (
            "the id «a\ufffdb» holds control characters or halves of characters",
            "a\x9bb",
        ),
        ("the id «a\ufffd» holds control characters or halves of characters", "a\ud800"),
    ],
)
def test_an_id_that_rejects_the_record(expected, given_id):
    assert expected == rejection({**BODY, "id": given_id})


def test_an_article_is_identified_by_its_id_then_its_url_then_its_content():
    assert "7" == fields({**BODY, "id": 7, "url": "u"})[0].id
    assert identify(None, "u", "", "") == fields({**BODY, "url": "u"})[0].id
    assert identify(None, None, "ع", "نص") == fields({**BODY, "title": "ع"})[0].id


@pytest.mark.parametrize("value", [None, "", " \n\u00a0\t", "\u200f\n\u200b", "\x00\x01", "\ufeff"])
def test_a_blank_body_rejects_the_record(value):
    assert "no body: it is empty" == rejection({"title": "عنوان", "content": value})


def test_a_record_without_a_body_is_told_which_names_there_are():
    reason = rejection({"title": "عنوان", "konten\n": "نص"})
    assert reason.startswith("no body: it is looked for in the fields body, content, text, ")
    assert reason.endswith("; the record's fields: «title, konten»")
    assert rejection({}).endswith("; the record's fields: none")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("a list", ["نص"]),
        ("an object", {"a": "نص"}),
        ("true or false", False),
        ("a number", 5),
        ("a number with a fraction", float("nan")),
    ],
)
def test_a_body_that_is_no_text_rejects_the_record(kind, value):
    assert f"the body is {kind}: it has to be a text" == rejection({"body": value})


@pytest.mark.parametrize("field", ["title", "url", "source", "author", "category"])
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("a list", ["x"]),
        ("an object", {"name": "x"}),
        ("true or false", True),
        ("a number with a fraction", 1.5),
    ],
)
def test_an_optional_field_that_is_no_text_is_left_out_and_said(field, kind, value):
    article, reason = adjustment({**BODY, field: value})
    assert f"{field} is {kind}, not a text: the article is kept without it" == reason
    assert Article(identify(None, None, "", "نص"), "", "نص") == article


def test_a_whole_number_is_a_text_too():
    article, problems = fields({**BODY, "title": 1984, "category": 3})
    assert ("1984", "3", []) == (article.title, article.category, problems)


@pytest.mark.parametrize(
    ("expected", "value"),
    [("2015-07-21T00:00:00", 1437436800), ("2015-07-21", 20150721), ("2015-07-21", "21/7/2015")],
)
def test_published_is_a_text_or_a_whole_number(expected, value):
    article, problems = fields({**BODY, "published": value})
    assert (expected, []) == (article.published, problems)


NOT_UNDERSTOOD = "is not a date that is understood; the article is kept without one: use YYYY-MM-DD"
HIJRI = (
    "looks like a day of the Hijri calendar, which is not converted;"
    " the article is kept without one: use YYYY-MM-DD"
)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        (f"«أمس» {NOT_UNDERSTOOD}", "أمس"),
        (f"«30 شباط 2015» {NOT_UNDERSTOOD}", "30 شباط\n2015"),
        (f"«0» {NOT_UNDERSTOOD}", 0),
        (f"«1436/10/05» {HIJRI}", "1436/10/05"),
        ("is a list, not a date: the article is kept without one: use YYYY-MM-DD", [2015]),
        ("is true or false, not a date: the article is kept without one: use YYYY-MM-DD", True),
        ("is a number with a fraction, not a date: the article is kept without one: use YYYY-MM-DD", 1.5e9),
    ],
)
def test_a_date_that_is_not_understood_is_left_out_and_said(expected, value):
    article, reason = adjustment({**BODY, "published": value})
    assert (f"published {expected}", None) == (reason, article.published)


def test_a_reason_is_one_line_and_quotes_little():
    _, reason = adjustment({**BODY, "published": "س\u2028\x1b" * 1000})
    assert "«س \ufffdس" in reason
    assert reason.isprintable()
    assert len(reason) < 200


def test_every_fault_of_a_record_is_said_after_it():
    found = list(read_fields(ORIGIN, 1, ("body", "author", "published"), ("نص", [], "؟")))
    assert [Record, Problem, Problem] == [type(item) for item in found]


def test_the_default_source_is_for_records_that_name_none():
    origin = Origin("f", "واس")
    assert "واس" == fields(BODY, origin)[0].source
    assert "واس" == fields({**BODY, "source": " "}, origin)[0].source
    assert "واس" == fields({**BODY, "source": {"name": "x"}}, origin)[0].source
    assert "سبق" == fields({**BODY, "source": "سبق"}, origin)[0].source


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("سطر وسطر", "سطر\nوسطر"),
        ("سطر وسطر", " سطر \r\n\r\n  وسطر\r\n"),
        ("سطر وسطر", "سطر\u2028وسطر"),
        ("سطر وسطر", "سطر\x85وسطر"),
        ("سطر  وسطر", "سطر  وسطر"),  # blanks in a line stay
        pytest.param(*["سطر" + "\t" * 300_000 + "وسطر"] * 2, id="many tabs"),  # which take no longer
        ("سطر", "س\x07طر"),
        ("عَرَبِيّـــة مى\u200cآید", "عَرَبِيّـــة مى\u200cآید"),
    ],
)
def test_a_title_is_one_line(expected, value):
    article, problems = fields({**BODY, "title": value})
    assert (expected, []) == (article.title, problems)


@pytest.mark.parametrize("field", ["source", "author", "category"])
def test_blanks_in_names_are_collapsed(field):
    article, problems = fields({**BODY, field: " سبق \u00a0\n  الالكترونية\t"})
    assert ("سبق الالكترونية", []) == (getattr(article, field), problems)


def test_an_address_loses_its_line_breaks():
    assert "https://example.org/a b" == fields({**BODY, "url": " https://example.org/\n\ta b\n"})[0].url


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("أ\nب\nج\nد", "أ\r\nب\rج\nد"),
        ("أ\n\nب", "أ\r\n\r\nب"),
        ("أ\nب\nج\nد", "أ\x0bب\x0cج\x85د"),
        ("أ ب", "أ\x1eب"),
        ("أب", "أ\x01\x08\x1b\x7f\x93ب"),
        ("أ\tب", "أ\tب"),
        ("أ", "\n \n\u00a0أ \n\n"),
        ("أ", "\r\n  أ"),
    ],
)
def test_what_is_cleaned_from_a_body(expected, value):
    article, problems = fields({"body": value})
    assert (expected, []) == (article.body, problems)


@pytest.mark.parametrize(
    "text",
    [
        "عَرَبِيَّةٌ مُشَكَّلَة",
        "تطويـــــــل",
        "می‌خواهم",
        "أ  ب   ج",
        "سطر \n\n\n سطر",
        "\u200fيمين\u200e \u202bداخل\u202c",
        "ﷲ ﻻ",
        "آ e\u0301",
        "🙂 \U0001f1f8\U0001f1e6",
        "أ\u2028ب\u2029ج",
        "\ufeffأ",
    ],
)
def test_all_else_in_a_body_stays_as_it_was(text):
    assert text == fields({"body": text})[0].body


@pytest.mark.parametrize(
    ("expected", "count", "value"),
    [("أ\ufffdب", 1, "أ\ud83dب"), ("أب", 2, "أ\x00\x00ب"), ("\ufffd\ufffdأ", 3, "\udc80\ud800أ\x00")],
)
def test_halves_of_characters_and_nuls_are_mended_and_said(expected, count, value):
    article, reason = adjustment({"body": value})
    assert expected == article.body
    assert f"body held {count} NULs or halves of characters: removed, or replaced by U+FFFD" == reason


def test_they_are_mended_in_every_field():
    record = {**BODY, **dict.fromkeys(("title", "url", "source", "author", "category"), "أ\ud800ب")}
    article, problems = fields(record)
    assert 5 == len(problems)
    assert {"أ\ufffdب"} == {article.title, article.url, article.source, article.author, article.category}


@given(st.text(st.characters(exclude_categories=())))
def test_cleaning_is_idempotent_and_leaves_what_can_be_stored(text):
    once, _ = clean(text)
    assert (once, 0) == clean(once)
    once.encode("utf-8")
    assert not any((ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 for c in once)


@given(st.text())
def test_no_body_is_blank(text):
    article, _ = fields({"body": text})
    assert (article is None) == is_blank(clean(text)[0])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
    max_leaves=5,
)


@given(
    st.dictionaries(st.sampled_from([name for names in NAMES.values() for name in names]), JSON, max_size=8)
)
def test_any_record_gives_one_article_or_one_rejection(record):
    article, problems = fields(record)
    rejected = [problem for problem in problems if problem.severity is Severity.REJECTED]
    assert (article is None) == (len(rejected) == 1)
    assert not any(UNPRINTABLE.search(problem.reason) for problem in problems)
    if article:
        assert article.id
        assert article.body.strip()
        assert "\n" not in article.title


def test_whether_names_hold_a_body():
    assert has_body(["id", " Content "])
    assert not has_body(["id", "title"])


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("&quot;العمري&quot; يحتفل", '"العمري" يحتفل'),
        ("&#8220;مهلة&#8221; &#x2019;", "“مهلة” ’"),
        ("R&amp;D &amp;quot;", "R&D &quot;"),
        ("AT&T & أخرى; &قوات;", "AT&T & أخرى; &قوات;"),
        ("&unknown; &#0;", "&unknown; \ufffd"),
    ],
)
def test_character_references_become_their_characters(written, read_as):
    assert (read_as, 0) == clean(written)
