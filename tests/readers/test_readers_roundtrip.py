from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.readers.cleaning import clean, collapse, is_blank, join_url, one_line
from index.record import names

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t"), max_size=60
)
ARABIC = st.lists(
    st.sampled_from(
        [
            "قال",
            "المدير",
            "إن",
            "القوات",
            "تلقت",
            "الأوامر",
            "في",
            "سوريا",
            "العراق",
            "اليوم،",
            "جديد؟",
            "«خبر»",
            "2019",
        ]
    ),
    min_size=3,
    max_size=30,
).map(" ".join)
LINE = TEXT.map(collapse)


def optional(values):
    return st.none() | values.map(lambda value: value or None)


def articles(text):
    return st.builds(
        Article,
        id=text.map(collapse).filter(bool),
        title=text.map(lambda value: one_line(value.strip())),
        body=text.map(str.strip).filter(lambda value: not is_blank(value)),
        url=optional(text.map(lambda value: join_url(value).strip())),
        source=optional(text.map(collapse)),
        author=optional(text.map(collapse)),
        category=optional(text.map(collapse)),
        published=st.none()
        | st.dates(date(1501, 1, 1)).map(date.isoformat)
        | st.datetimes(datetime(1501, 1, 1)).map(lambda m: m.replace(microsecond=0).isoformat()),  # noqa: DTZ001 - a wall clock
    )


def unchanged(article):
    """Whether nothing in it would be cleaned away: a value strips and shapes to itself."""
    fields = (
        article.id,
        article.title,
        article.body,
        article.url,
        article.source,
        article.author,
        article.category,
    )
    return all(value is None or clean(value) == (value, 0) for value in fields) and article.title == one_line(
        article.title
    )


ANY = st.lists(articles(TEXT).filter(unchanged), min_size=1, max_size=4)
PLAIN = st.lists(articles(ARABIC), min_size=1, max_size=4)
FIELDS = list(names(Article))


def values(article):
    return {field: getattr(article, field) for field in FIELDS}


def as_json(items):
    return json.dumps([values(item) for item in items], ensure_ascii=False, indent=1)


def as_ascii_json(items):
    return json.dumps({"articles": [values(item) for item in items]})


def as_jsonl(items):
    return "".join(json.dumps(values(item), ensure_ascii=False) + "\n" for item in items)


def as_csv(items, delimiter=","):
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(values(item) for item in items)
    return text.getvalue()


def as_tsv(items):
    return as_csv(items, "\t")


FORMS = [("a.json", as_json), ("a.json", as_ascii_json), ("a.json", as_jsonl), ("a.jsonl", as_jsonl)]
FORMS += [("a.csv", as_csv), ("a.csv", as_tsv)]


def zipped(name, data):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


PACKINGS = [
    lambda name, data: (name, data),
    lambda name, data: (f"{name}.gz", gzip.compress(data, 1)),
    lambda name, data: ("x.zip", zipped(name, data)),
    lambda name, data: ("x.zip", zipped(f"{name}.gz", gzip.compress(data, 1))),
]


@given(
    ANY, st.sampled_from(FORMS), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(PACKINGS)
)
def test_any_articles_come_back_from_every_format(read_bytes, items, form, encoding, pack):
    name, write = form
    records, problems = read_bytes(*pack(name, write(items).encode(encoding)))
    assert (items, []) == ([record.article for record in records], problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1256"])
@given(items=PLAIN, form=st.sampled_from(FORMS))
def test_arabic_articles_come_back_from_every_encoding_without_a_mark(read_bytes, encoding, items, form):
    name, write = form
    records, problems = read_bytes(name, write(items).encode(encoding))
    assert (items, []) == ([record.article for record in records], problems)


@given(ARABIC, ARABIC, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"]))
def test_a_text_comes_back_from_every_encoding(read_bytes, title, body, encoding):
    (record,), problems = read_bytes("a.txt", f"{title}\r\n\r\n{body}\r\n".encode(encoding))
    assert (title, body, []) == (record.article.title, record.article.body, problems)
