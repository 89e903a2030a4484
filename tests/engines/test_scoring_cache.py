"""What engines keep of what was decoded and found: bounded, shared by threads, let go with its segment."""

import threading

import numpy as np
import pytest
from engine_samples import NEWS, OIL, RAIN, WAR, document, fill, found, take_out

from index.engines.contract import Request, Scoring, TextField
from index.engines.query import (
    And,
    Boosted,
    Combined,
    Everything,
    Hashed,
    Near,
    Not,
    Or,
    Phrase,
    Promoted,
    Term,
)
from index.engines.scoring.cache import Cache
from index.engines.scoring.snapshot import Snapshot
from index.engines.tantivy.segments import Leaf as TantivyLeaf
from index.engines.whoosh.segments import Leaf as WhooshLeaf

BODY = (("body", 1.0),)
PHRASE = Phrase("body", ("نفط", "حرب"), (0, 1))
NEAR = Near(("نفط",), ("حرب",), BODY, 2)


def numbers(count):
    return np.zeros(count, np.int64)


def fetched(cache, *key, count=100):
    """Whether a thing had to be made."""
    made = []
    cache.fetch(key, lambda: made.append(key) or numbers(count))
    return bool(made)


@pytest.fixture
def cache():
    kept = Cache(10_000)
    kept.keep_only(["a", "b"])
    return kept


def test_what_is_kept_is_made_once(cache):
    assert [True, False, False] == [fetched(cache, "a", "x") for _ in range(3)]
    assert fetched(cache, "a", "y")
    assert fetched(cache, "b", "x")


def test_what_was_asked_for_longest_ago_goes_first(cache):
    for name in "xyz":
        fetched(cache, "a", name, count=300)
    assert not fetched(cache, "a", "x")
    fetched(cache, "a", "new", count=300)
    assert cache.nbytes <= 10_000
    assert [False, False, False] == [fetched(cache, "a", name) for name in ("x", "z", "new")]
    assert fetched(cache, "a", "y")


def test_what_is_larger_than_all_may_be_is_not_kept(cache):
    fetched(cache, "a", "x")
    before = cache.nbytes
    assert [True, True] == [fetched(cache, "a", "y", count=2000) for _ in range(2)]
    assert before == cache.nbytes
    assert not fetched(cache, "a", "x")


def test_what_an_owner_has_goes_with_it(cache):
    fetched(cache, "a", "x")
    before = cache.nbytes
    fetched(cache, "b", "x")
    cache.keep_only(["a"])
    assert before == cache.nbytes
    assert [True, True] == [fetched(cache, "b", "x") for _ in range(2)]
    assert before == cache.nbytes
    assert not fetched(cache, "a", "x")
    cache.keep_only([])
    assert 0 == cache.nbytes


def test_keys_that_are_hashed_once_are_as_good_as_what_they_stand_for():
    one, same, other = (
        Hashed(("a", WAR)),
        Hashed(("a", Term("body", "حرب"))),
        Hashed(("a", OIL)),
    )
    assert (one, hash(one)) == (same, hash(same))
    assert one not in (other, ("a", WAR))


def test_threads_share_what_is_kept(cache):
    """However they come between each other, sizes are added up as they are taken away."""

    def use(seed):
        for step in range(2000):
            fetched(cache, "ab"[step % 2], f"{step * seed % 17}", count=step * seed % 300)
            if step % 500 == 0:
                cache.keep_only(["a", "b"] if step % 1000 else ["a"])

    threads = [threading.Thread(target=use, args=(seed,)) for seed in (1, 3, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 <= cache.nbytes <= 10_000
    cache.keep_only([])
    assert 0 == cache.nbytes


# In an engine


@pytest.fixture
def decoded(monkeypatch):
    """What segments decode from now on: (what, field, term)."""
    calls = []

    def noted(method):
        def do(leaf, field, term, *given):
            calls.append((method.__name__, field, term))
            return method(leaf, field, term, *given)

        return do

    for leaf in (WhooshLeaf, TantivyLeaf):
        monkeypatch.setattr(leaf, "postings", noted(leaf.postings))
        monkeypatch.setattr(leaf, "occurrences", noted(leaf.occurrences))
    return calls


def test_a_posting_list_is_decoded_once(news, decoded):
    node = Promoted(And((Or((WAR, OIL, PHRASE)), Not(Combined(("سلم",), BODY)))), (NEAR, Boosted(WAR, 2.0)))
    news.search(Request(node, filters=(WAR, NEAR)))
    expected = [("postings", "body", "حرب"), ("postings", "body", "نفط"), ("postings", "body", "سلم")]
    expected += [("occurrences", "body", "حرب"), ("occurrences", "body", "نفط")]
    assert sorted(expected) == sorted(decoded)
    news.search(Request(PHRASE))
    assert (2, 3) == news.counts([NEAR, WAR])
    assert len(expected) == len(decoded)


def test_a_posting_list_is_decoded_once_in_a_request_even_if_nothing_can_be_kept(
    make_engine, monkeypatch, decoded
):
    monkeypatch.setattr("index.engines.scoring.engine.CACHE_BYTES", 0)
    engine = make_engine()
    fill(engine, *NEWS)
    decoded.clear()
    engine.search(Request(Or((WAR, Boosted(WAR, 2.0), Combined(("حرب",), BODY))), filters=(WAR,)))
    assert [("postings", "body", "حرب")] == decoded


def test_a_word_is_kept_when_others_change(news, decoded):
    assert {"1", "5"} == found(news, PHRASE)
    before = len(decoded)
    fill(news, document("6", "نفط حرب"))
    take_out(news, "1")
    decoded.clear()
    assert {"5", "6"} == found(news, PHRASE) == found(news, And((OIL, NEAR)))
    assert before == len(decoded)  # of the new segment alone


@pytest.fixture
def looked_up(monkeypatch):
    """The terms that snapshots are asked for from now on."""
    calls = []
    postings_of = Snapshot.postings_of

    def noted(snapshot, terms):
        calls.extend(term for _, term in terms)
        return postings_of(snapshot, terms)

    monkeypatch.setattr(Snapshot, "postings_of", noted)
    return calls


def test_what_was_found_is_kept_for_the_next_request(news, looked_up):
    node = Or((WAR, Boosted(OIL, 2.0)))
    first = news.search(Request(node, filters=(RAIN,)))
    assert ["حرب", "نفط", "مطر"] == looked_up
    looked_up.clear()
    assert first == news.search(Request(node, filters=(RAIN,)))
    again = Or((Term("body", "حرب"), Boosted(Term("body", "نفط"), 2.0)))
    assert news.search(Request(again)) == news.search(Request(node))
    assert news.search(Request(RAIN)).total == 3
    assert [] == looked_up
    news.search(Request(Promoted(node, (Term("title", "سلم"),))))
    assert ["سلم"] == looked_up


def test_what_was_found_by_another_scoring_is_not_taken_for_it(news):
    by = [Scoring(), Scoring(k1=0.5), Scoring(b=0.1), Scoring(field_b={TextField.BODY: 0.2})]
    pages = [news.search(Request(Or((WAR, OIL)), scoring=scoring)) for scoring in by]
    assert len(by) == len({page.hits for page in pages})
    assert pages == [news.search(Request(Or((WAR, OIL)), scoring=scoring)) for scoring in by]


def test_what_was_found_goes_with_the_commit(news):
    assert {"1", "4", "5"} == found(news, WAR)
    take_out(news, "1")
    assert {"4", "5"} == found(news, WAR)
    fill(news, document("6", "حرب"))
    assert {"4", "5", "6"} == found(news, WAR) == found(news, Everything(), filters=(WAR,))
    assert (3,) == news.counts([Combined(("حرب",), BODY)])


def test_threads_that_search_while_others_change_find_what_is_there(news):
    """A thread finds all of one commit, whatever was found and kept by others at another."""
    either, wrong = Or((WAR, Boosted(OIL, 2.0))), []

    def ask():
        for _ in range(200):
            page = news.search(Request(Promoted(either, (RAIN,)), limit=100))
            wrong.extend([page] if page.total != len(page.hits) or page.total < 4 else [])

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(5):
        fill(news, document(f"new{number}", "حرب مطر"))
    for thread in threads:
        thread.join()
    assert [] == wrong
    assert 9 == news.search(Request(Promoted(either, (RAIN,)))).total


def test_words_of_a_segment_that_is_gone_are_let_go(news):
    for node in (WAR, OIL, RAIN, PHRASE):
        found(news, node)
    assert news._cache.nbytes > 0
    take_out(news, "1", "2", "3", "4", "5")
    assert 0 == news._cache.nbytes
    assert set() == found(news, Everything())


def test_a_closed_engine_keeps_nothing(news):
    found(news, Or((WAR, Term("title", "حرب"))))
    news.close()
    assert 0 == news._cache.nbytes


def test_what_is_passing_takes_no_room_of_others():
    kept = Cache(10_000, 5_000)
    kept.keep_only(["a"])
    lasting = kept.fetch(("a", "list"), lambda: np.zeros(1000))
    for number in range(20):
        kept.fetch(("a", number), lambda: np.zeros(500), passing=True)
    assert lasting is kept.fetch(("a", "list"), lambda: np.ones(1))
    assert kept.nbytes <= 15_000
    kept.keep_only(())
    assert 0 == kept.nbytes
