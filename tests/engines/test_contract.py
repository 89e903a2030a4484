"""What every engine finds: one suite for all of them, in four files."""

from datetime import date

import pytest
from engine_samples import NEWS, OIL, RAIN, WAR, document, fill, found, scores

from index.engines import open_engine
from index.engines.columns import by_columns
from index.engines.contract import MONTH, EngineError, IndexBrokenError, Page, Request, Size, Sort
from index.engines.query import (
    And,
    Best,
    Combined,
    DateRange,
    Everything,
    Keyword,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Promoted,
    Term,
)

# Opening


def test_an_engine_of_another_name_is_an_error_that_lists_the_names(tmp_path):
    with pytest.raises(EngineError, match=r"'solr'.*whoosh"):
        open_engine("solr", tmp_path)


def test_a_missing_index_is_an_error_that_says_what_to_do(make_engine):
    with pytest.raises(IndexBrokenError, match="arshif reindex"):
        make_engine(create=False)


def test_creating_keeps_an_index_that_is_there(make_engine):
    fill(make_engine(), *NEWS)
    assert 5 == make_engine(create=True).size().documents
    assert 5 == make_engine(create=False).size().documents


def test_a_closed_engine_says_so(make_engine):
    engine = make_engine()
    engine.close()
    with pytest.raises(EngineError, match="closed"):
        engine.search(Request(Everything()))


def test_an_empty_index_answers(engine):
    assert Page(0, (), {"source": (), MONTH: ()}) == engine.search(Request(WAR, facets=("source", MONTH)))
    assert 0 == engine.search(Request(Everything(), sort=Sort.OLDEST)).total
    assert set() == found(engine, Phrase("body", ("حرب", "نفط"), (0, 1)))
    assert Size(0, 0, engine.size().bytes) == engine.size()


# Terms and phrases


def test_a_term_is_found_in_its_field_alone(news):
    assert {"1", "4", "5"} == found(news, WAR)
    assert {"1", "5"} == found(news, Term("title", "حرب"))
    assert set() == found(news, Term("title_exact", "حرب"))


def test_a_term_that_is_in_no_document_finds_nothing(news):
    assert set() == found(news, Term("body", "سلم"))
    assert set() == found(news, Term("author_words", "سلم"))
    assert set() == found(news, Term("body", ""))
    assert set() == found(news, Term("body", "\ud800"))


def test_a_term_is_matched_whole(news):
    assert set() == found(news, Term("body", "حر"))
    assert set() == found(news, Term("body", "حرب نفط"))


@pytest.mark.parametrize("term", ["و", "ا" * 300, "كلمة١٢٣", "C++", "؟", "ab\u00a0cd", "x\0y", "--", "_"])
def test_any_term_without_a_space_can_be_kept(engine, term):
    others = ["قبل", "بعد"]
    fill(engine, document("1", "قبل"), document("2"))
    given = document("3")
    given.terms["body"].extend([others[0], term, others[1]])
    fill(engine, given)
    assert {"3"} == found(engine, Term("body", term))
    assert {"3"} == found(engine, Phrase("body", (others[0], term, others[1]), (0, 1, 2)))


@pytest.mark.parametrize("term", ["a b", "a\nb", "\t", " ", "-"])
def test_a_term_that_can_not_be_kept_is_an_error(engine, term):
    given = document("1", "حرب")
    given.terms["body"].append(term)
    with pytest.raises(ValueError, match=r"'1'.*term"), engine.batch() as batch:
        batch.add(given)


def test_a_document_without_an_id_is_an_error(engine):
    with pytest.raises(ValueError, match="no id"), engine.batch() as batch:
        batch.add(document("", "حرب"))


def test_a_document_that_was_refused_leaves_the_batch_as_it_was(engine):
    with engine.batch() as batch:
        batch.add(NEWS[0])
        for wrong in (document("1", "-"), document("1", "\ud800"), document("2", "حرب", source="\ud800")):
            with pytest.raises(ValueError, match=r"kept|surrogates"):
                batch.add(wrong)
        batch.add(NEWS[1])
    engine.refresh()
    assert {"1", "2"} == found(engine, Everything())
    assert {"1"} == found(engine, WAR)


@pytest.mark.parametrize(
    "wrong", [document("x", "حرب -"), document("x", source="\ud800"), document("", "حرب")]
)
def test_documents_of_which_one_was_refused_are_all_refused(engine, wrong):
    with engine.batch() as batch:
        batch.add(NEWS[0])
        with pytest.raises(ValueError, match="'x'" if wrong.id else "no id"):
            batch.add_all(by_columns([document("1", "سلم"), wrong, NEWS[2]]))
        batch.add_all(by_columns(NEWS[1:2]))
    engine.refresh()
    assert {"1", "2"} == found(engine, Everything())
    assert {"1"} == found(engine, WAR)


def test_of_documents_with_one_id_the_last_stays(engine):
    fill(engine, document("1", "حرب"))
    with engine.batch() as batch:
        batch.add_all(by_columns([document("1", "سلم"), document("2", "حرب"), document("1", "نفط")]))
        batch.add_all(by_columns([]))
    engine.refresh()
    assert ({"2"}, {"1"}) == (found(engine, WAR), found(engine, OIL))
    assert 2 == engine.size().documents


def test_a_phrase_needs_its_terms_next_to_each_other(news):
    assert {"1"} == found(news, Phrase("body", ("حرب", "نفط"), (0, 1)))
    assert {"1", "5"} == found(news, Phrase("body", ("نفط", "حرب"), (0, 1)))
    assert {"1"} == found(news, Phrase("body", ("حرب", "نفط", "حرب"), (0, 1, 2)))
    assert {"3"} == found(news, Phrase("body", ("مطر", "مطر"), (0, 1)))
    assert {"3"} == found(news, Phrase("body", ("مطر", "مطر"), (0, 2)))
    assert set() == found(news, Phrase("body", ("مطر", "حرب"), (0, 1)))
    assert set() == found(news, Phrase("body", ("نفط", "سلم"), (0, 1)))


def test_a_gap_keeps_a_place_in_a_phrase(news):
    assert set() == found(news, Phrase("body", ("حرب", "مطر"), (0, 1)))
    assert {"5"} == found(news, Phrase("body", ("حرب", "مطر"), (0, 2)))
    assert {"5"} == found(news, Phrase("body", ("نفط", "حرب", "مطر"), (0, 1, 3)))


def test_gaps_at_the_start_and_in_a_row_keep_their_places(engine):
    fill(engine, document("1", "_ _ حرب _ _ _ نفط _"), document("2", "_"))
    assert {"1"} == found(engine, Phrase("body", ("حرب", "نفط"), (0, 4)))
    assert {"1", "2"} == found(engine, Everything())


def test_one_term_of_one_field_combined_is_the_term(news):
    assert scores(news, WAR) == pytest.approx(scores(news, Combined(("حرب",), (("body", 1.0),))))
    assert scores(news, WAR) == pytest.approx(scores(news, Combined(("حرب", "حرب"), (("body", 1.0),))))


def test_terms_and_fields_combined_find_what_each_finds(news):
    either = found(
        news, Or((Term("body", "حرب"), Term("title", "حرب"), Term("body", "نفط"), Term("title", "نفط")))
    )
    assert either == found(news, Combined(("حرب", "نفط"), (("title", 2.0), ("body", 1.0))))
    assert set() == found(news, Combined(("سلم",), (("title", 2.0), ("body", 1.0))))


def test_a_field_of_more_weight_counts_more(engine):
    fill(
        engine,
        document("title", title="حرب", body="نفط نفط"),
        document("body", title="نفط", body="حرب نفط"),
        document("none", title="نفط", body="نفط نفط"),
    )
    scored = scores(engine, Combined(("حرب",), (("title", 2.0), ("body", 1.0))))
    assert scored["title"] > scored["body"]


def test_a_phrase_may_be_one_term_and_its_offsets_in_any_order(news):
    assert scores(news, WAR) == pytest.approx(scores(news, Phrase("body", ("حرب",), (0,))))
    assert {"1", "5"} == found(news, Phrase("body", ("حرب", "نفط"), (0, -1)))


def test_a_phrase_is_found_where_the_segments_of_an_index_meet(engine):
    for each in NEWS:
        fill(engine, each)
    assert {"1", "5"} == found(engine, Phrase("body", ("نفط", "حرب"), (0, 1)))


_NO_SENSE = r"nothing within|offsets|is not a valid|not over 0|Nothing stands"


@pytest.mark.parametrize(
    "node",
    [
        And(()),
        Or(()),
        Best(()),
        Combined((), (("body", 1.0),)),
        Combined(("حرب",), ()),
        Combined(("حرب",), (("body", 0.0),)),
        Combined(("حرب",), (("nowhere", 1.0),)),
        Combined(("حرب",), (("body", 1.0),), weaker=(("نفط", 0.0),)),
        Combined(("حرب",), (("body", 1.0),), weaker=(("نفط", 1.5),)),
        Combined((), (("body", 1.0),), weaker=(("نفط", 0.5),)),
        Near((), ("حرب",), (("body", 1.0),), 1),
        Near(("حرب",), (), (("body", 1.0),), 1),
        Near(("حرب",), ("نفط",), (), 1),
        Near(("حرب",), ("نفط",), (("body", -1.0),), 1),
        Near(("حرب",), ("نفط",), (("source", 1.0),), 1),
        Near(("حرب",), ("نفط",), (("body", 1.0),), 0),
        Near(("حرب",), ("نفط",), (("body", 1.0),), 2, -1),
        Promoted(Everything(), ()),
        Phrase("body", (), ()),
        Phrase("body", ("حرب", "نفط"), (0,)),
        Phrase("body", ("سلم",), (0, 1)),
        Term("source", "سانا"),
        Term("nowhere", "حرب"),
        Keyword("body", "حرب"),
        Keyword("nowhere", "حرب"),
    ],
)
def test_a_node_that_makes_no_sense_is_an_error(news, node):
    with pytest.raises(ValueError, match=_NO_SENSE):
        news.search(Request(node))
    with pytest.raises(ValueError, match=_NO_SENSE):
        news.counts([Everything(), node])


# Boolean nodes


def test_and_or_not(news):
    assert {"1", "5"} == found(news, And((WAR, OIL)))
    assert {"1", "2", "4", "5"} == found(news, Or((WAR, OIL)))
    assert {"2", "3"} == found(news, Not(WAR))
    assert {"4"} == found(news, And((WAR, Not(OIL))))
    assert {"3"} == found(news, And((Not(WAR), Not(OIL))))
    assert {"2", "3", "4"} == found(news, Not(And((WAR, OIL))))
    assert {"1", "3", "4", "5"} == found(news, Or((WAR, Not(OIL))))
    assert {"1", "4", "5"} == found(news, Not(Not(WAR)))
    assert {"1"} == found(news, And((WAR, OIL, Not(RAIN))))


def test_everything_and_nothing(news):
    assert {"1", "2", "3", "4", "5"} == found(news, Everything())
    assert set() == found(news, Nothing())
    assert set() == found(news, Not(Everything()))
    assert scores(news, WAR) == scores(news, Or((WAR, Nothing())))
    assert scores(news, WAR) == scores(news, And((WAR, Everything())))
    assert set() == found(news, And((WAR, Nothing())))


def test_a_nest_of_nodes(news):
    node = And(
        (Or((WAR, RAIN)), Not(And((OIL, Keyword("source", "واس")))), DateRange(date(2019, 1, 1), None))
    )
    assert {"1", "3"} == found(news, node)


# Keywords, ranges, filters


def test_a_keyword_is_matched_exactly(engine):
    fill(
        engine,
        document("1", source="جريدة الرياض"),
        document("2", source="الرياض"),
        document("3", author="جريدة الرياض", source=""),
    )
    assert {"1"} == found(engine, Keyword("source", "جريدة الرياض"))
    assert {"2"} == found(engine, Keyword("source", "الرياض"))
    assert set() == found(engine, Keyword("source", "جريدة"))
    assert set() == found(engine, Keyword("source", ""))
    assert {"3"} == found(engine, Keyword("author", "جريدة الرياض"))


@pytest.mark.parametrize(
    ("first", "last", "ids"),
    [
        ((2019, 2, 17), (2019, 2, 17), {"1", "2"}),
        ((2019, 2, 18), (2019, 2, 28), set()),
        ((2019, 2, 17), (2019, 3, 1), {"1", "2", "3"}),
        (None, (2018, 12, 31), {"4"}),
        ((2019, 3, 1), None, {"3"}),
        (None, None, {"1", "2", "3", "4"}),
        ((2019, 3, 1), (2019, 2, 1), set()),
    ],
)
def test_a_range_is_of_whole_days_and_has_no_undated(news, first, last, ids):
    assert ids == found(news, DateRange(first and date(*first), last and date(*last)))


def test_filters_restrict_and_do_not_score(news):
    filters = (Or((OIL, RAIN)), Not(Keyword("source", "واس")))
    assert {"1", "5"} == found(news, WAR, filters=filters)
    assert scores(news, WAR).items() >= scores(news, WAR, filters=filters).items()
    assert set() == found(news, WAR, filters=(Nothing(),))
    assert {"1", "2"} == found(news, Everything(), filters=(DateRange(date(2019, 2, 1), date(2019, 2, 28)),))
