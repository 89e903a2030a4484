"""Results as rows: JSON Lines and CSV."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.library import Library
from index.record import replace
from search import export as module
from search.export import FIELDS, cell, csv_lines, export, json_lines, rows
from search.results import ListedHit, Order, SearchQuery
from search.service import search

HIT = ListedHit(
    id="a",
    score=1.23456,
    title="عنوان «أول»",
    url=None,
    source="المدى, بغداد",
    author=None,
    category="شؤون عربية",
    published="2019-02-17",
    fragments=((("قبل ", False), ("كلمة", True)), (("آخر\nسطر", False),)),
)
ROW = {
    "rank": 1,
    "id": "a",
    "title": "عنوان «أول»",
    "source": "المدى, بغداد",
    "author": None,
    "category": "شؤون عربية",
    "published": "2019-02-17",
    "url": None,
    "score": 1.2346,
    "snippet": "قبل كلمة … آخر\nسطر",
}


@pytest.fixture(scope="module")
def library(library_of):
    articles = [
        Article(
            f"n{number:02}", f"خبر {number}", "قوات " * (number % 7 + 1), published=f"2019-01-{number:02}"
        )
        for number in range(1, 31)
    ]
    return library_of(articles)


def read_csv(lines):
    return list(csv.reader(io.StringIO("".join(lines), newline="")))


class TestRows:
    def test_a_row_has_all_fields_in_order(self):
        assert [ROW] == list(rows([HIT]))
        assert list(FIELDS) == list(ROW)

    def test_ranks_go_on_from_the_first(self):
        assert [11, 12] == [row["rank"] for row in rows([HIT, HIT], first=11)]

    def test_json_lines(self):
        lines = list(json_lines(rows([HIT, HIT])))
        assert [ROW, ROW | {"rank": 2}] == [json.loads(line) for line in lines]
        assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
        assert "عنوان" in lines[0]

    def test_csv(self):
        names, values = read_csv(csv_lines(rows([HIT])))
        assert list(FIELDS) == names
        assert ["" if value is None else str(value) for value in ROW.values()] == values

    def test_csv_without_rows_has_its_names(self):
        assert [list(FIELDS)] == read_csv(csv_lines([]))


class TestCell:
    @pytest.mark.parametrize(
        "text",
        [*"=+-@\t\r\n＝＋－＠", "=1+1", "@SUM(A1)", "\tx", "  =1", "\0=1"],
    )
    def test_no_text_is_a_formula(self, text):
        assert cell(text).startswith("'")

    @pytest.mark.parametrize("value", ["عنوان", "1 = 1", "", "'=1", 5, -2, -0.5, None])
    def test_everything_else_is_as_it_is(self, value):
        assert value == cell(value)

    @given(st.lists(st.text() | st.integers() | st.none(), min_size=len(FIELDS), max_size=len(FIELDS)))
    def test_any_values_are_read_as_they_were_written(self, values):
        row = dict(zip(FIELDS, values, strict=True))
        _, read = read_csv(csv_lines([row]))
        assert ["" if value is None else str(cell(value)) for value in values] == read
        assert not any(
            text.startswith(module.FORMULA_SIGNS) for text in read if not text.lstrip("-").isdigit()
        )


class TestExport:
    @pytest.mark.parametrize("sort", list(Order))
    def test_it_has_what_the_pages_have_in_their_order(self, library, monkeypatch, sort):
        monkeypatch.setattr(module, "FIRST", 1)
        monkeypatch.setattr(module, "PAGE", 7)
        asked = SearchQuery("قوات", limit=3, offset=5, sort=sort)
        found = export(library, asked)
        expected = search(library, replace(asked, limit=1000, offset=0))
        assert (30, False) == (found.total, found.is_cut)
        assert [hit.id for hit in expected.hits] == [hit.id for hit in found.hits]

    def test_it_ends_at_its_bound_and_says_so(self, library, monkeypatch):
        monkeypatch.setattr(module, "FIRST", 1)
        monkeypatch.setattr(module, "PAGE", 7)
        monkeypatch.setattr(module, "MAX_ROWS", 14)
        found = export(library, SearchQuery("قوات"))
        assert (30, True, 14) == (found.total, found.is_cut, len(list(found.hits)))

    def test_what_is_added_or_removed_meanwhile_moves_nothing(self, tmp_path, monkeypatch):
        monkeypatch.setattr(module, "FIRST", 1)
        monkeypatch.setattr(module, "PAGE", 2)
        with Library.open(tmp_path, create=True) as opened:
            opened.add(
                [Article(f"n{day}", "خبر", "قوات", published=f"2019-01-0{day}") for day in range(1, 7)]
            )
            opened.catch_up()
            hits = export(opened, SearchQuery("قوات", sort=Order.NEWEST)).hits
            first = [next(hits).id, next(hits).id]
            opened.add([Article("new", "خبر", "قوات", published="2020-01-01")])
            opened.remove(["n2"])
            assert ["n6", "n5", "n4", "n3", "n1"] == first + [hit.id for hit in hits]

    def test_articles_are_read_as_rows_are_asked_for(self, library, monkeypatch):
        monkeypatch.setattr(module, "FIRST", 2)
        asked, real = [], library.archive.get_many

        def counted(ids):
            asked.append([*ids])
            return real(asked[-1])

        found = export(library, SearchQuery("قوات"))
        monkeypatch.setattr(library.archive, "get_many", counted)
        next(rows(found.hits))
        assert [2] == list(map(len, asked))
