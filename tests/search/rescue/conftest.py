"""A small archive of sentences, and what is offered over it."""

from datetime import date
from pathlib import Path

import pytest

from index.article import Article
from index.library import Library
from search.results import SearchQuery
from search.service import search

HERE = Path(__file__).parent


def rows(name):
    """The rows of a table beside this file."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    with Library.open(tmp_path_factory.mktemp("rescue"), create=True) as opened:
        opened.add(
            [
                Article(f"a{number}", title, body, source=source, published=day)
                for number, (source, day, title, body) in enumerate(rows("articles.tsv"))
            ]
        )
        opened.catch_up()
        yield opened


@pytest.fixture(scope="session")
def offered(library):
    """What is offered for a text, and other things that a search is asked with."""

    def offered(text, **asked):
        days = {name: date.fromisoformat(asked.pop(name)) for name in ("first", "last") if name in asked}
        return search(library, SearchQuery(text, **asked, **days)).offers

    return offered
