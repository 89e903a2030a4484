"""Citations: BibTeX, RIS and JSON-LD."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.record import replace
from search.citation import Citation, bibtex, json_ld, ris

ARTICLE = Article(
    "a1b2",
    "قوات سوريا تتقدم",
    "نص",
    url="https://example.com/news?id=1&x=2",
    source="صحيفة الفجر",
    author="ليلى حداد",
    category="سياسة",
    published="2019-02-17T21:05:00",
)
PERMALINK = "https://arshif.example/article/a1b2"
TODAY = date(2026, 11, 25)
CITATION = Citation(ARTICLE, PERMALINK, TODAY)
EXPECTED_BIBTEX = r"""@article{arshif-a1b2,
  author = {{ليلى حداد}},
  title = {{قوات سوريا تتقدم}},
  journal = {صحيفة الفجر},
  year = {2019},
  day = {17},
  url = {https://example.com/news?id=1&x=2},
  urldate = {2026-11-25},
  note = {Arshif a1b2, \url{https://arshif.example/article/a1b2}},
  langid = {arabic},
  month = feb,
}
"""
EXPECTED_RIS = [
    "TY  - NEWS",
    "TI  - قوات سوريا تتقدم",
    "AU  - ليلى حداد",
    "T2  - صحيفة الفجر",
    "SE  - سياسة",
    "PY  - 2019",
    "DA  - 2019/02/17/",
    "UR  - https://example.com/news?id=1&x=2",
    "L2  - https://arshif.example/article/a1b2",
    "DB  - Arshif",
    "AN  - a1b2",
    "Y2  - 2026/11/25/",
    "LA  - ar",
    "ER  - ",
    "",
]
TEXT = st.text() | st.text('{}\\%$#&_~^\n\r"@,=ا \u202e\0', max_size=20)
FIELD = st.none() | TEXT


def cited(**changes):
    return Citation(replace(ARTICLE, **changes), PERMALINK, TODAY)


class TestBibtex:
    def test_an_entry(self):
        assert EXPECTED_BIBTEX == bibtex(CITATION)

    def test_without_a_source_a_date_and_an_address(self):
        entry = bibtex(cited(source=None, published=None, url=None, author=None))
        assert entry.startswith("@misc{arshif-a1b2,\n  title = ")
        assert f"url = {{{PERMALINK}}}" in entry
        assert not re.search("journal|year|month|day|author", entry)

    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("5% & more", r"5\% \& more"),
            ("a_b #1 $2", r"a\_b \#1 \$2"),
            ("{x}", r"\textbraceleft{}x\textbraceright{}"),
            ("}", r"\textbraceright{}"),
            ("a\\b", r"a\textbackslash{}b"),
            ("x^2 ~y", r"x\textasciicircum{}2 \textasciitilde{}y"),
            ("سطر\nوآخر", "سطر وآخر"),
            ("عنوان \u202eمقلوب", "عنوان مقلوب"),
        ],
    )
    def test_what_tex_would_take_for_its_own(self, title, expected):
        assert f"title = {{{{{expected}}}}}," in bibtex(cited(title=title))

    @given(TEXT, FIELD, FIELD, FIELD)
    def test_any_article_is_one_entry_with_braces_that_match(self, title, source, author, url):
        entry = bibtex(cited(title=title, source=source, author=author, url=url))
        depth = 0
        for sign in entry:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0
        assert 0 == depth
        lines = entry.split("\n")
        assert re.fullmatch(r"@(article|misc)\{arshif-[A-Za-z0-9.-]+,", lines[0])
        assert ["}", ""] == lines[-2:]
        assert all(re.fullmatch(r"  [a-z]+ = (\{.*\}|[a-z]{3}),", line) for line in lines[1:-2])
        assert not re.search(r"(?<!\\)[%&#$_]", re.sub(r"(url = |\\url)\{[^}]*\}", "", entry))

    @pytest.mark.parametrize("article_id", ["a/../b?c=1&d#e \"<x>'é/", "مقالة", "x" * 200, "}", "-"])
    def test_any_id_is_a_key(self, article_id):
        key = cited(id=article_id).key
        assert re.fullmatch("arshif-[0-9a-f]{12}", key)
        assert key != cited(id=article_id + "x").key


class TestRis:
    def test_a_record(self):
        assert EXPECTED_RIS == ris(CITATION).split("\r\n")

    @given(TEXT, FIELD, FIELD, FIELD)
    def test_any_article_is_one_record(self, title, source, author, url):
        record = ris(cited(title=title, source=source, author=author, url=url))
        lines = record.split("\r\n")
        assert ("TY  - NEWS", "ER  - ", "") == (lines[0], *lines[-2:])
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]*", line) for line in lines[:-1])


class TestJsonLd:
    def test_an_article(self):
        assert {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": PERMALINK,
            "headline": "قوات سوريا تتقدم",
            "author": {"@type": "Person", "name": "ليلى حداد"},
            "publisher": {"@type": "Organization", "name": "صحيفة الفجر"},
            "datePublished": "2019-02-17T21:05:00",
            "articleSection": "سياسة",
            "isBasedOn": "https://example.com/news?id=1&x=2",
            "inLanguage": "ar",
            "identifier": "a1b2",
            "url": PERMALINK,
            "mainEntityOfPage": PERMALINK,
        } == json_ld(CITATION)

    def test_what_is_not_known_is_left_out(self):
        found = json_ld(cited(source=None, author=None, category=None, published="قديم", url="javascript:x"))
        assert {
            "@context",
            "@type",
            "@id",
            "headline",
            "inLanguage",
            "identifier",
            "url",
            "mainEntityOfPage",
        } == set(found)
        assert json.dumps(found)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (None, None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("http://[::1", None),
        ("//example.com", None),
        ("http://example.com/a b{c}", "http://example.com/a%20b%7Bc%7D"),
        ("https://example.com/خبر?x=%41", "https://example.com/%D8%AE%D8%A8%D8%B1?x=%41"),
    ],
)
def test_the_original_is_an_address_of_the_web(url, expected):
    assert expected == cited(url=url).original
