"""How every index changes: batches, and who sees them when."""

import threading
from contextlib import suppress
from datetime import date

import pytest
from engine_samples import NEWS, OIL, RAIN, WAR, document, fill, found, scores, take_out

from index.engines import ENGINE_NAMES
from index.engines.contract import (
    EngineError,
    IndexBrokenError,
    IndexBusyError,
    Page,
    Request,
    Sort,
)
from index.engines.query import (
    And,
    Combined,
    DateRange,
    Everything,
    Keyword,
    Near,
    Or,
    Promoted,
    Term,
)

# Changes


def test_a_document_with_the_same_id_is_replaced(news):
    fill(news, document("1", "سلم", "2020-01-01", source="قنا"))
    assert {"4", "5"} == found(news, WAR)
    assert {"1"} == found(news, Term("body", "سلم"))
    assert set() == found(news, And((Keyword("source", "سانا"), DateRange(None, date(2019, 2, 28)))))
    assert 5 == news.size().documents


def test_the_last_of_a_batch_with_the_same_id_is_kept(engine):
    fill(engine, document("1", "حرب"), document("2", "حرب"), document("1", "نفط"), document("1", "مطر"))
    assert {"2"} == found(engine, WAR)
    assert set() == found(engine, OIL)
    assert {"1"} == found(engine, RAIN)
    assert 2 == engine.size().documents


def test_documents_are_removed_and_come_back(news):
    take_out(news, "1", "3", "nobody")
    assert {"2", "4", "5"} == found(news, Everything())
    assert {"4", "5"} == found(news, WAR)
    fill(news, NEWS[0])
    assert {"1", "2", "4", "5"} == found(news, Everything())
    assert {"1", "4", "5"} == found(news, WAR)


def test_adding_and_removing_within_a_batch(engine):
    with engine.batch() as batch:
        batch.add(NEWS[0])
        batch.remove("1")
        batch.add(NEWS[1])
        batch.remove("2")
        batch.add(NEWS[1])
    engine.refresh()
    assert {"2"} == found(engine, Everything())
    with engine.batch() as batch:
        batch.remove("2")
        batch.add(NEWS[1])
        batch.remove("2")
    engine.refresh()
    assert set() == found(engine, Everything())
    assert Page(0, (), {"source": ()}) == engine.search(Request(OIL, facets=("source",)))
    fill(engine, *NEWS)
    assert {"1", "2", "3", "4", "5"} == found(engine, Everything())


def test_what_no_index_can_have_is_not_there(news):
    before = news.state()
    take_out(news, "\ud800")
    assert before == news.state()
    assert [] == list(news.terms("body", "\ud800"))
    assert (0,) == news.counts([Keyword("source", "\ud800")])


def test_everything_can_be_removed(news):
    take_out(news, "1", "2", "3", "4", "5")
    assert 0 == news.search(Request(Everything())).total
    assert 0 == news.size().documents
    fill(news, NEWS[2])
    assert {"3"} == found(news, RAIN)


def test_a_batch_that_raises_is_cancelled_whole(news):
    with pytest.raises(RuntimeError, match="stop"), news.batch() as batch:  # noqa: PT012 - raised within the batch
        batch.add(document("6", "حرب"))
        batch.add(document("1", "سلم"))
        batch.remove("4")
        raise RuntimeError("stop")
    news.refresh()
    assert {"1", "4", "5"} == found(news, WAR)
    fill(news, document("7", "حرب"))
    assert {"1", "4", "5", "7"} == found(news, WAR)


def test_changes_are_seen_after_a_refresh(make_engine):
    engine = make_engine()
    with engine.batch() as batch:
        batch.add(NEWS[0])
        engine.refresh()
        assert set() == found(engine, Everything())
    assert set() == found(engine, Everything())
    engine.refresh()
    assert {"1"} == found(engine, Everything())


def test_two_engines_on_one_index_see_each_others_changes(make_engine):
    one, other = make_engine(), make_engine()
    fill(one, NEWS[0])
    assert set() == found(other, Everything())
    fill(other, NEWS[1])
    assert {"1", "2"} == found(other, Everything())
    one.refresh()
    take_out(one, "2")
    other.refresh()
    assert {"1"} == found(one, Everything()) == found(other, Everything())


def test_an_empty_batch_changes_nothing(news):
    before = news.size()
    with news.batch():
        pass
    take_out(news, "nobody")
    assert before == news.size()


def test_an_index_is_still_there_when_it_is_opened_again(make_engine):
    engine = make_engine()
    fill(engine, *NEWS)
    before = scores(engine, Or((WAR, OIL)))
    engine.close()
    assert before == scores(make_engine(create=False), Or((WAR, OIL)))


def test_size_counts_documents_terms_and_bytes(news):
    size = news.size()
    assert (5, 3) == (size.documents, size.terms)
    fill(news, document("6", "سلم حرب", title_exact="السلم", source_words="واس", source="واس"))
    assert (6, 6) == (news.size().documents, news.size().terms)
    assert 0 < size.bytes < news.size().bytes


# Several threads


def test_a_second_batch_waits_for_the_first(make_engine):
    engine, done = make_engine(), []

    def write():
        fill(engine, document("2", "حرب"))
        done.append(True)

    writer = threading.Thread(target=write)
    with engine.batch() as batch:
        writer.start()
        batch.add(document("1", "حرب"))
        assert [] == done
    writer.join()
    engine.refresh()
    assert {"1", "2"} == found(engine, WAR)


def test_threads_search_while_the_index_changes(engine):
    """Every batch moves all documents from one word to the next: no search may see some of each."""
    words = ["حرب", "نفط", "مطر", "سلم"]
    body = (("body", 1.0),)
    pairs = tuple(Near((word,), (word,), body, 1) for word in words)
    everywhere = Promoted(Or(tuple(Term("body", word) for word in words)), pairs)
    weaker = Combined(words[:1], body, tuple((word, 0.5) for word in words[1:]))
    fill(engine, *(document(f"{n}", f"{words[0]} {words[0]}", source=words[0]) for n in range(5)))
    stop, wrong = threading.Event(), []

    def search():
        while not stop.is_set():
            page = engine.search(Request(everywhere, facets=("source",), sort=Sort.NEWEST))
            if (5, 1) != (page.total, len(page.facets["source"])):
                wrong.append(page)
            counts = engine.counts([everywhere, Or(pairs), weaker, And(pairs)])
            if (5, 5, 5, 0) != counts:
                wrong.append(counts)

    readers = [threading.Thread(target=search) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for word in words[1:] * 5:
            fill(engine, *(document(f"{n}", f"{word} {word}", source=word) for n in range(5)))
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert [] == wrong


def test_every_engine_is_listed():
    assert "whoosh" in ENGINE_NAMES
    assert issubclass(IndexBusyError, EngineError)
    assert issubclass(IndexBrokenError, EngineError)


def test_the_state_changes_with_what_is_searched_and_only_then(news):
    first = news.state()
    assert first == news.state()
    assert hash(first) == hash(news.state())
    news.refresh()
    found(news, WAR)
    with news.batch():
        pass
    news.refresh()
    assert first == news.state()
    with news.batch() as batch:
        batch.add(document("6", "حرب"))
    news.refresh()
    second = news.state()
    take_out(news, "6")
    assert 3 == len({first, second, news.state()})
    last = news.state()
    take_out(news, "6")
    assert last == news.state()


def test_the_state_is_that_of_what_was_seen_last(make_engine):
    reader, writer = make_engine(), make_engine()
    first = reader.state()
    fill(writer, *NEWS)
    assert first == reader.state()
    reader.refresh()
    assert first != reader.state() == writer.state()


def test_a_batch_that_is_cancelled_changes_no_state(news):
    first = news.state()
    with suppress(RuntimeError), news.batch() as batch:
        batch.remove("1")
        raise RuntimeError
    news.refresh()
    assert first == news.state()
