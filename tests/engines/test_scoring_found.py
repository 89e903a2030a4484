"""Sums, shares and orders of what is found, beside plain dictionaries."""

import numpy as np
import pytest
from engine_samples import document, fill
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engines import ENGINE_NAMES, open_engine
from index.engines.contract import Request, Sort, moment
from index.engines.query import Everything
from index.engines.scoring.collect import collect
from index.engines.scoring.found import Adder, Found, common
from index.engines.scoring.postings import Postings, packed

MANY = 400
"""Of so many documents a few are put in order otherwise than of ten."""


def maps(size):
    return st.dictionaries(st.integers(0, size - 1), st.sampled_from((0.0, 0.5, 1.0, 2.0)), max_size=20)


def found(scores):
    documents = sorted(scores)
    return Found(np.array(documents, np.int64), np.array([scores[each] for each in documents], np.float64))


def as_map(what):
    assert np.all(np.diff(what.documents) > 0)
    return dict(zip(what.documents.tolist(), what.scores.tolist(), strict=True))


@pytest.mark.parametrize("size", [10, MANY])
@given(data=st.data())
def test_any_of_common_and_best_of(size, data):
    adder = Adder(size)
    for _ in range(2):  # what one sum leaves on the slate is in no other
        parts = data.draw(st.lists(maps(size), min_size=1, max_size=4))
        given = [found(part) for part in parts]
        union = set().union(*parts)
        sums = {each: sum(part.get(each, 0.0) for part in parts) for each in union}
        best = {each: max(part.get(each, 0.0) for part in parts) for each in union}
        assert sums == as_map(adder.any_of(given))
        shared = common([each.documents for each in given])
        assert sorted(set(parts[0]).intersection(*parts)) == shared.tolist()
        tied = {each: best[each] + 0.5 * (sums[each] - best[each]) for each in union}
        assert tied == as_map(adder.best_of(given, 0.5))


FREQUENCIES = st.dictionaries(st.integers(0, 49), st.sampled_from((1.0, 2.0, 200.0, 255.0, 256.0, 0.5)))


@given(st.lists(st.tuples(FREQUENCIES, st.sampled_from((1, 1.0, 3, 0.3, 4 * 0.21))), min_size=1, max_size=4))
def test_lists_are_weighted_and_added(lists):
    given = [
        (packed(Postings(found(often).documents, found(often).scores)), weight) for often, weight in lists
    ]
    sums = {}
    for often, weight in lists:
        for each in often:
            sums[each] = sums.get(each, 0.0) + weight * often[each]
    assert sums == as_map(Adder(50).weighted(given))


@given(FREQUENCIES)
def test_postings_are_packed_without_loss(often):
    postings = Postings(found(often).documents, found(often).scores)
    small = packed(postings)
    assert small.nbytes <= postings.nbytes
    again = small.unpacked()
    assert (postings.documents.tolist(), postings.frequencies.tolist()) == (
        again.documents.tolist(),
        again.frequencies.tolist(),
    )
    assert (np.int64, np.float64) == (again.documents.dtype, again.frequencies.dtype)


@given(maps(50), maps(50))
def test_within_without_and_promoted(one, other):
    given, others = found(one), found(other)
    assert {each: score for each, score in one.items() if each in other} == as_map(given.within(others))
    assert {each: score for each, score in one.items() if each not in other} == as_map(given.without(others))
    promoted = {each: score + other.get(each, 0.0) for each, score in one.items()}
    assert promoted == as_map(given.promoted(others))
    assert one == as_map(given)


DATES = (None, "2019-01-01", "2019-01-01T12:00:00", "2020-05-05")
SCORES = (0.0, 1.0, 1 + 1e-12, 1 - 1e-12, 1 + 4e-9, 1 + 6e-9, 1 - 6e-9, 1 + 2e-8, 2.0, 123456.789)


@pytest.fixture(scope="module", params=ENGINE_NAMES)
def snapshot(request, tmp_path_factory):
    """Thirty documents in two segments, numbered through as they are named, with all dates."""
    engine = open_engine(request.param, tmp_path_factory.mktemp("dated") / "index", create=True)
    named = [document(f"{number:02}", "حرب", DATES[number % len(DATES)]) for number in range(30)]
    fill(engine, *named[:20])
    fill(engine, *named[20:])
    yield engine._snapshot
    engine.close()


@settings(deadline=None)
@given(
    scores=st.dictionaries(st.integers(0, 29), st.sampled_from(SCORES), max_size=30),
    sort=st.sampled_from(Sort),
    offset=st.integers(0, 5),
    limit=st.integers(1, 12),
)
def test_hits_are_in_order_to_nine_digits(snapshot, scores, sort, offset, limit):
    def key(number):
        rounded, at = float(f"{scores[number]:.9g}"), moment(DATES[number % len(DATES)])
        first = {Sort.RELEVANCE: 0, Sort.NEWEST: -at, Sort.OLDEST: at or 10**20}[sort]
        return first, -rounded, -at, number

    page = collect(found(scores), found(scores), Request(Everything(), (), limit, offset, sort), snapshot)
    expected = sorted(scores, key=key)[offset : offset + limit]
    assert [(f"{each:02}", float(f"{scores[each]:.9g}")) for each in expected] == [
        (hit.id, hit.score) for hit in page.hits
    ]
    assert len(scores) == page.total
