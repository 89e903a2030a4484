"""What the archive says of words, over a small real library."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.library import Library
from search.vocabulary import FREQUENT, Vocabulary, association

SOLDIERS = "جندي"  # in articles of its own, and of one root with تجنيد
FILLER = "ماء وهواء وتراب"


def article(number, text):
    return Article(f"a{number}", "", text)


@pytest.fixture(scope="module")
def library(library_of):
    """Recruiting and soldiers together; executions and lack (one root) both often, and never together."""
    texts = ["تجنيد الجنود"] * 12 + ["إعدام القاتل"] * 30 + ["عدم الحضور"] * 30 + [FILLER] * 60
    texts += ["عبدالقادر وصل"] * FREQUENT
    return library_of([article(number, text) for number, text in enumerate(texts)])


@pytest.fixture
def vocabulary(library):
    with library.searching() as engine:
        yield Vocabulary(engine)


def test_articles_are_counted_by_stem_and_all_of_them_by_nothing(vocabulary):
    assert {"جندي": 12, "غايب": 0, "": 132 + FREQUENT} == vocabulary.counts(["جندي", "غايب", ""])


def test_words_of_one_root_that_stand_together_belong_together(vocabulary):
    assert {"جندي"} == {stem for stem, weight in vocabulary.derivations("تجنيد") if weight > 0.5}


def test_words_of_one_root_that_have_nothing_to_do_with_each_other_do_not(vocabulary):
    assert {"اعدام": 30, "عدم": 30} == vocabulary.counts(["اعدام", "عدم"])
    assert "عدم" not in dict(vocabulary.derivations("اعدام"))


def test_a_name_has_no_derivations(vocabulary):
    assert () == vocabulary.derivations("لبنان")


def test_two_words_that_the_archive_writes_as_one_are_that_one(vocabulary):
    assert ("عبدالقادر",) == vocabulary.joined("عبد", "القادر").stems
    assert vocabulary.joined("عبد", "الحليم") is None
    assert vocabulary.joined("ما", "ء") is None


def test_what_was_counted_is_forgotten_when_the_index_changes(tmp_path):
    with Library.open(tmp_path, create=True) as library:
        library.add([article(1, "زلزال")])
        library.catch_up()
        with library.searching() as engine:
            assert {"زلزال": 1} == Vocabulary(engine).counts(["زلزال"])
        library.add([article(2, "زلزال آخر")])
        library.catch_up()
        with library.searching() as engine:
            assert {"زلزال": 2} == Vocabulary(engine).counts(["زلزال"])


# --- association ------------------------------------------------------------------------------------------

counts = st.integers(0, 10_000)


@given(counts, counts, counts, counts)
def test_an_association_is_a_share(one, other, both, more):
    total = one + other + more
    assert 0 <= association(one, other, min(both, one, other), total) <= 1


@given(st.integers(1, 500), st.integers(1, 500), st.integers(1_000, 50_000))
def test_more_articles_with_both_never_loosen_an_association(one, other, total):
    ties = [association(one, other, both, total) for both in range(min(one, other) + 1)]
    assert sorted(ties) == ties


@pytest.mark.parametrize(
    ("one", "other", "both", "least", "most"),
    [
        (1000, 1000, 33, 0.0, 0.1),  # as often as chance: of 30,000
        (1000, 1000, 0, 0.0, 0.0),  # never together, though both are frequent
        (1000, 1000, 800, 1.0, 1.0),
        (2, 3, 0, 0.3, 0.4),  # too little to tell: believed a little
    ],
)
def test_what_an_association_says(one, other, both, least, most):
    assert least <= association(one, other, both, 30_000) <= most
