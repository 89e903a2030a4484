"""What was asked for becomes what an engine is asked, and what to mark."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.contract import TextField
from index.engines.query import (
    And,
    Best,
    Boosted,
    Combined,
    DateRange,
    Everything,
    Near,
    Not,
    Or,
    Phrase,
    Promoted,
    Term,
)
from search.expansion import Expansion, Kind
from search.levels import EXACT
from search.parse import parse
from search.rank import Compiled, Sought, compile_query
from search.ranking import EXPANDING, RANKING, Level
from search.relaxing import widen
from search.syntax import AllOf, AnyOf, Anything, Between, Exclude, Field, InField, Quoted, Word

TITLE, BODY, LEAD = TextField.TITLE, TextField.BODY, TextField.LEAD
TITLE_EXACT, BODY_EXACT = TextField.TITLE_EXACT, TextField.BODY_EXACT
SOURCE, AUTHOR = TextField.SOURCE, TextField.AUTHOR
WEIGHTS = {TITLE: RANKING.title, TITLE_EXACT: RANKING.title, BODY: 1.0, BODY_EXACT: 1.0, LEAD: RANKING.lead}


def combined(fields, *terms):
    return Combined(terms, tuple((field, WEIGHTS[field]) for field in fields))


def word(stem, form, fields=(TITLE, BODY), count=1):
    """A word at both levels, in title, body and lead; in a query of so many words."""
    exact = combined([EXACT[field] for field in fields], form)
    searched = (*fields, LEAD) if BODY in fields else fields
    weight = RANKING.form_weight(count)
    return Promoted(combined(searched, stem), (Boosted(exact, weight),))


def pair(left, right, after=2, fields=(TITLE, BODY)):
    """What two words add that stand as they do in the query."""
    where = tuple((field, WEIGHTS[field]) for field in fields)
    return Boosted(Near((left,), (right,), where, after), RANKING.order)


def any_of(*nodes, by=()):
    """Words of which any is enough, and what they add together."""
    return Promoted(Or(nodes), (*by, Boosted(And(nodes), RANKING.all_words)))


def phrase(*forms):
    """A phrase as it is written, in title and body."""
    offsets = tuple(range(len(forms)))
    return Or(tuple(Phrase(EXACT[field], forms, offsets) for field in (TITLE, BODY)))


def name(field, term):
    return Boosted(Term(field, term), 0.0)


def as_written(form):
    return combined((TITLE_EXACT, BODY_EXACT), form)


def compiled(text, *, relaxed=False, ranking=RANKING):
    return compile_query(parse(text).node, relaxed=relaxed, ranking=ranking)


QWAT, SURIA = word("قوه", "قوات"), word("سوريا", "سوريا")
QWAT_SURIA = pair("قوه", "سوريا")


# --- the engine's query -----------------------------------------------------------------------------------


def test_a_title_counts_more_than_a_lead_and_that_more_than_what_is_not_typed():
    assert RANKING.title > RANKING.lead > 1 > RANKING.root > 0
    assert 0 < RANKING.form_weight(1) < RANKING.form_weight(5) < RANKING.form_weight(6) < 1


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("قوات", QWAT),
        ("قُوَّات", QWAT),
        ("القوات", word("قوه", "القوات")),
        ("قوات سوريا", Promoted(And((QWAT, SURIA)), (QWAT_SURIA,))),
        ("قوات أو سوريا", Or((QWAT, SURIA))),
        ("قوات -سوريا", And((QWAT, Not(SURIA)))),
        ("-سوريا", Not(SURIA)),
        ('"قوات سوريا"', phrase("قوات", "سوريا")),
        ('"قوات في سوريا"', phrase("قوات", "في", "سوريا")),
        ('"قوات"', as_written("قوات")),
        ("كوفيد-19", Promoted(And((word("كوفيد", "كوفيد"), word("19", "19"))), (pair("كوفيد", "19"),))),
        ("العنوان:قوات", word("قوه", "قوات", (TITLE,))),
        ("المصدر:رويترز", name(SOURCE, "رويترز")),
        ("الكاتب:سلمى", name(AUTHOR, "سلمي")),
        ("المصدر:رويترز قوات", And((QWAT, name(SOURCE, "رويترز")))),
        ("من:2019-02 قوات", And((QWAT, DateRange(date(2019, 2, 1), None)))),
        ("تاريخ:2019", DateRange(date(2019, 1, 1), date(2019, 12, 31))),
        ("*", Everything()),
        ("", Everything()),
        ("؟!", None),
    ],
)
def test_what_the_engine_is_asked(text, node):
    assert node == compiled(text).node


def test_a_name_of_several_words_is_all_of_them():
    agency, news = Term(SOURCE, "وكاله"), Term(SOURCE, "نبا")
    assert Boosted(And((agency, news)), 0.0) == compiled('المصدر:"وكالة الأنباء"').node
    assert And((Boosted(agency, 0.0), Boosted(news, 0.0))) == compiled("المصدر:(وكالة الأنباء)").node


def test_stop_words_are_kept_in_a_name():
    assert Boosted(And((Term(SOURCE, "نون"), Term(SOURCE, "من"))), 0.0) == compiled('المصدر:"نون من"').node


def test_a_form_that_a_stop_word_has_too_is_left_to_the_stem():
    """علي and على are one form: looked for as a form, the name would find the preposition everywhere."""
    assert combined((TITLE, BODY, LEAD), "علي") == compiled("علي").node


# --- stop words -------------------------------------------------------------------------------------------


def test_stop_words_are_dropped_and_told_as_typed():
    made = compiled("قوات في سوريا وإلى في")
    assert Promoted(And((QWAT, SURIA)), (QWAT_SURIA,)) == made.node
    assert ("في", "وإلى") == made.dropped
    assert not made.only_stopwords


@pytest.mark.parametrize("text", ["قوات أو في", "(في من) قوات", "العنوان:في قوات"])
def test_a_stop_word_beside_a_word_leaves_the_word(text):
    made = compiled(text)
    assert QWAT == made.node
    assert "في" in made.dropped


def test_nothing_but_stop_words_is_looked_for_as_written():
    made = compiled("في من")
    assert And((as_written("في"), as_written("من"))) == made.node
    assert () == made.dropped
    assert made.only_stopwords
    assert (
        Sought("في", frozenset(), ("في",), in_body=True),
        Sought("من", frozenset(), ("من",), in_body=True),
    ) == made.sought


def test_what_narrows_down_stop_words_narrows_them_down_still():
    made = compiled("في -سوريا المصدر:رويترز")
    assert And((as_written("في"), Not(SURIA), name(SOURCE, "رويترز"))) == made.node
    assert made.only_stopwords


def test_a_stop_word_that_is_excluded_is_excluded():
    made = compiled("قوات -في")
    assert And((QWAT, Not(as_written("في")))) == made.node
    assert () == made.dropped


# --- any of the words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("قوات سوريا", any_of(QWAT, SURIA, by=(QWAT_SURIA,))),
        ("قوات -سوريا", And((QWAT, Not(SURIA)))),
        (
            "قوات سوريا -لبنان من:2019",
            And(
                (
                    any_of(QWAT, SURIA, by=(QWAT_SURIA,)),
                    Not(word("لبنان", "لبنان")),
                    DateRange(date(2019, 1, 1), None),
                )
            ),
        ),
        (
            "قوات سوريا المصدر:رويترز",
            And((any_of(QWAT, SURIA, by=(QWAT_SURIA,)), name(SOURCE, "رويترز"))),
        ),
        ('قوات "سوريا لبنان"', Or((QWAT, phrase("سوريا", "لبنان")))),
        (
            "(قوات سوريا) أو الرقة",
            Or(
                (
                    Promoted(
                        And((word("قوه", "قوات", count=3), word("سوريا", "سوريا", count=3))), (QWAT_SURIA,)
                    ),
                    word("رقه", "الرقه", count=3),
                )
            ),
        ),
        ("كوفيد-19", any_of(word("كوفيد", "كوفيد"), word("19", "19"), by=(pair("كوفيد", "19"),))),
    ],
)
def test_any_word_is_enough_when_relaxed_and_nothing_else_is(text, node):
    assert node == compiled(text, relaxed=True).node


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("قوات سوريا", True),
        ('قوات "سوريا لبنان"', True),
        ("كوفيد-19", True),
        ("قوات", False),
        ("قوات في", False),
        ('"قوات سوريا"', False),
        ("قوات -سوريا -لبنان", False),
        ("قوات المصدر:رويترز", False),
        ("*", False),
        ("؟", False),
    ],
)
def test_only_where_there_are_several_words_any_can_be_asked_for(text, can):
    assert can is compiled(text).can_relax


# --- what to mark -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("القُوّات", [Sought("القُوّات", frozenset({"قوه"}), (), in_body=True)]),
        ("كوفيد-19", [Sought("كوفيد-19", frozenset({"كوفيد", "19"}), (), in_body=True)]),
        ('"قوات في سوريا"', [Sought("قوات في سوريا", frozenset(), ("قوات", "في", "سوريا"), in_body=True)]),
        ("العنوان:قوات", [Sought("قوات", frozenset({"قوه"}), (), in_body=False)]),
        ('العنوان:"قوات"', [Sought("قوات", frozenset(), ("قوات",), in_body=False)]),
        (
            "(قوات أو في) سوريا",
            [
                Sought("قوات", frozenset({"قوه"}), (), in_body=True),
                Sought("سوريا", frozenset({"سوريا"}), (), in_body=True),
            ],
        ),
        ("-قوات", []),
        ("المصدر:رويترز الكاتب:سلمى من:2019", []),
        ("*", []),
    ],
)
def test_what_is_marked(text, sought):
    assert tuple(sought) == compiled(text).sought


# --- laws -------------------------------------------------------------------------------------------------

WORDS = ("قوات", "القُوّات", "في", "على", "علي", "سوريا", "كوفيد-19", "G20", "ۥ", "😀", "ليس", "و", "\ud800")
texts = st.sampled_from(WORDS) | st.text(min_size=1, max_size=8)
leaves = (
    st.builds(Word, texts)
    | st.builds(Quoted, st.lists(texts, min_size=1, max_size=4).map(" ".join))
    | st.just(Anything())
    | st.builds(Between, st.none() | st.dates(), st.none() | st.dates())
)


def grown(inner):
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return (
        st.builds(AllOf, several)
        | st.builds(AnyOf, several)
        | st.builds(Exclude, inner)
        | st.builds(InField, st.sampled_from(Field), inner)
    )


trees = st.recursive(leaves, grown, max_leaves=12)


def nodes_of(node):
    """A node and all within it."""
    match node:
        case And(nodes) | Or(nodes) | Best(nodes):
            inner = nodes
        case Promoted(child, by):
            inner = (child, *by)
        case Not(child) | Boosted(child, _):
            inner = (child,)
        case _:
            inner = ()
    return [node, *(each for child in inner for each in nodes_of(child))]


def terms_of(node):
    return [each for each in nodes_of(node) if isinstance(each, Term | Combined | Phrase)]


@given(trees, st.booleans())
def test_whatever_is_asked_can_be_asked_of_an_engine(tree, relaxed):
    made = compile_query(tree, relaxed=relaxed)
    assert isinstance(made, Compiled)
    for node in nodes_of(made.node) if made.node else ():
        match node:
            case And(nodes) | Or(nodes):
                assert nodes
            case Term(field, term):
                assert field in set(TextField)
                assert term
            case Combined(terms, fields, weaker):
                assert terms
                assert all(terms)
                assert fields
                assert {field for field, _ in fields} <= set(WEIGHTS)
                assert all(term and 0 < weight <= 1 for term, weight in weaker)
            case Near(left, right, fields, after):
                assert all((*left, *right, *fields))
                assert after > 0
            case Promoted(_, by):
                assert by
            case Phrase(field, terms, offsets):
                assert field in set(WEIGHTS)
                assert len(terms) == len(offsets)
                assert sorted(set(offsets)) == list(offsets)
                assert all(terms)
            case Boosted(_, factor):
                assert factor >= 0


@given(trees, st.booleans())
def test_what_is_marked_is_what_was_asked_for(tree, relaxed):
    made = compile_query(tree, relaxed=relaxed)
    asked = {each for node in terms_of(made.node) if made.node for each in getattr(node, "terms", ())}
    asked |= {node.term for node in terms_of(made.node) if made.node and isinstance(node, Term)}
    for sought in made.sought:
        assert 1 == bool(sought.stems) + bool(sought.forms) + bool(sought.row)
        assert sought.stems | set(sought.forms) | {stem for _, stem in sought.row} <= asked


@given(trees)
def test_relaxing_marks_the_same_words_and_drops_the_same(tree):
    strict, relaxed = compile_query(tree), compile_query(tree, relaxed=True)
    assert (strict.sought, strict.dropped, strict.only_stopwords) == (
        relaxed.sought,
        relaxed.dropped,
        relaxed.only_stopwords,
    )


# --- other ways to write it -------------------------------------------------------------------------------


def test_a_short_name_is_looked_for_as_the_long_one_too():
    made = compiled("قسد")
    long = tuple(Phrase(field, ("قوه", "سوريا", "ديمقراطي"), (0, 1, 2)) for field in (TITLE, BODY))
    assert isinstance(made.node, Best)
    one_word = next(node for node in nodes_of(made.node) if isinstance(node, Combined))
    assert ("قسد", "sdf") == one_word.terms
    assert Or(long) in made.node.nodes
    assert (
        Sought("قسد", frozenset(), (), in_body=True, row=((0, "قوه"), (1, "سوريا"), (2, "ديمقراطي")))
        in made.sought
    )
    assert Expansion("قسد", Kind.VARIANT, "قوات سوريا الديمقراطية", 1.0) in made.expansions


@pytest.mark.parametrize("relaxed", [False, True])
def test_a_long_name_is_looked_for_as_the_short_one_too(relaxed):
    made = compiled("قوات سوريا الديموقراطيه", relaxed=relaxed)
    short = combined((TITLE, BODY, LEAD), "قسد")
    assert short in terms_of(made.node)
    assert Sought("قوات سوريا الديموقراطيه", frozenset(), (), in_body=True, row=((0, "قسد"),)) in made.sought
    # All of the words, or the short name: what has the short name alone need not have the words.
    best = [node for node in nodes_of(made.node) if isinstance(node, Best)]
    assert relaxed or [And, Combined, Combined] == [type(node) for node in best[0].nodes]


@pytest.mark.parametrize("typed", ['"قسد"', "قوات أو سوريا أو الديمقراطية", "قوات لبنان سوريا الديمقراطية"])
def test_what_is_quoted_or_apart_is_looked_for_as_it_is(typed):
    assert () == compiled(typed).expansions


@pytest.mark.parametrize(("typed", "is_month"), [("آب 2015", True), ("آب", False), ("آب لبنان", False)])
def test_a_word_that_may_be_a_month_is_one_beside_a_number(typed, is_month):
    months = [each for each in compiled(typed).expansions if each.text == "أغسطس"]
    assert is_month is bool(months)


def test_a_variant_that_is_one_word_counts_as_the_word_itself():
    made = compiled("كيلوجرام")
    (stems,) = [
        node for node in nodes_of(made.node) if isinstance(node, Combined) and LEAD in dict(node.fields)
    ]
    assert {"كيلوجرام", "كيلوغرام"} <= set(stems.terms)


def test_nothing_is_expanded_that_is_excluded():
    (excluded,) = [node for node in nodes_of(compiled("لبنان -قسد").node) if isinstance(node, Not)]
    assert Not(word("قسد", "قسد", count=1)) == Not(excluded.node)


# --- levels that are left out -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "level", sorted({Level.FORM, Level.LEAD, Level.VARIANT, Level.ORDER, Level.ALL_WORDS})
)
def test_a_level_that_is_left_out_is_not_asked_for(level):
    typed = "قوات سوريا الديمقراطية قسد لبنان العراق"
    whole = compiled(typed, relaxed=True)
    without = compiled(typed, relaxed=True, ranking=RANKING.leave_out(frozenset({level})))
    assert whole.node != without.node
    assert whole.words[0].token == without.words[0].token
    assert bool(without.expansions) is (level is not Level.VARIANT)


def test_all_that_was_not_typed_can_be_left_out():
    made = compiled("قسد كيلوجرام", ranking=RANKING.leave_out(EXPANDING))
    assert () == made.expansions
    assert {"قسد", "كيلوجرام"} == {term for node in terms_of(made.node) for term in node.terms}


# --- any of the words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "widened"),
    [
        ("قوات سوريا", "قوات أو سوريا"),
        ("قوات سوريا -لبنان من:2019", "(قوات أو سوريا) -لبنان من:2019"),
        ("قوات (سوريا أو العراق)", "قوات أو سوريا أو العراق"),
        ("قوات", "قوات"),
        ("قوات -لبنان", "قوات -لبنان"),
        ("قوات أو سوريا", "قوات أو سوريا"),
        ("*", "*"),
    ],
)
def test_any_word_is_enough_in_a_query_that_is_widened(typed, widened):
    assert parse(widened).node == widen(parse(typed).node)


def test_nothing_is_widened_to_nothing():
    assert widen(None) is None
