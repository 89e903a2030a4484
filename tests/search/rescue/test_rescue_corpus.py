"""The same over a day of real news, where the corpus stands beside the project."""

from pathlib import Path

import pytest

from index.readers import Record, read
from search.rescue.exonyms import named
from search.results import SearchQuery
from search.service import search

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "golden_corpus.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("# ")
]

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def library(library_of, shared):
    day = shared("corpora/saudinewsnet/2015-08-08.zip")
    return library_of([item.article for item in read([day]) if isinstance(item, Record)])


@pytest.mark.parametrize("typed", ["Mbappe", "Taif", "Homs", "Haftar"])
def test_a_name_is_offered_no_far_fetched_reading(library, typed):
    [*names] = named(typed)
    assert names
    assert all(offer.query in names for offer in search(library, SearchQuery(typed)).offers)


@pytest.mark.parametrize(("kind", "typed", "meant"), CASES)
def test_what_was_meant_is_offered_first(library, kind, typed, meant):
    offers = search(library, SearchQuery(typed)).offers
    assert [meant] == [offer.query for offer in offers if offer.kind == kind][:1]
