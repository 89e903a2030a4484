"""What a word may be misspelled from, and which of that the archive has."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyze
from index.article import Article
from search import spelling
from search.levels import Means, look
from search.ranking import RANKING, Level
from search.spelling import SHORTEST, misspellings
from search.vocabulary import FREQUENT, Vocabulary

TABLE = Path(__file__).with_name("golden_misspellings.tsv").read_text(encoding="utf-8")
ROWS = [line.split("\t") for line in TABLE.splitlines() if line and not line.startswith("# ")]
KNOWN_WRONG = [row for row in ROWS if len(row) > 3]
SLIPS = ("vowels", "confused", "letters")
MOST = 250
"""Stems that a word of twenty letters may be misspelled from."""

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
WORDS = st.text(LETTERS, min_size=SHORTEST, max_size=20)


def first_slip(typed, meant):
    """The kind of slip by which a word is found first; None if by none."""
    (token,), (wanted,) = analyze(typed.split()[0]), analyze(meant.split()[0])
    kinds = zip(SLIPS, misspellings(token.form), strict=False)
    return next((kind for kind, stems in kinds if wanted.stem in stems), None)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_misspelled_word_is_one_slip_from_what_is_meant(slip):
    rows = [row for row in ROWS if len(row) == 3 and row[2] == slip]
    assert [] == [
        (typed, meant, first_slip(typed, meant))
        for typed, meant, _ in rows
        if first_slip(typed, meant) != slip
    ]


@pytest.mark.parametrize(("typed", "meant", "slip", "reason"), KNOWN_WRONG, ids=range(len(KNOWN_WRONG)))
def test_what_is_known_to_come_out_wrong_still_does(typed, meant, slip, reason):
    assert first_slip(typed, meant) is None, f"{typed} comes out right now: take away the reason"


def test_the_golden_rows_are_well_formed_and_each_is_misspelled():
    assert [] == [row for row in ROWS if len(row) not in {3, 4} or not all(row) or row[2] not in SLIPS]
    assert len(ROWS) == len({typed for typed, *_ in ROWS})
    right = [row for row in ROWS if len(row) == 3]
    assert len(right) >= 60
    assert [] == [row for row in right if analyze(row[0])[0].stem == analyze(row[1])[0].stem]


@given(st.text())
def test_any_text_may_be_asked_for(text):
    assert len(list(misspellings(text))) in {0, len(SLIPS)}


@given(st.one_of(st.text(LETTERS, max_size=SHORTEST - 1), st.from_regex(r"[0-9a-z]*", fullmatch=True)))
def test_short_words_numbers_and_latin_letters_are_left_alone(text):
    assert [] == list(misspellings(text))


@pytest.mark.parametrize("form", ["", "قطر", "2015", "nato", "covid19", "كوفيد19", "بن لادن", "عبد-ربه"])
def test_what_is_no_word_of_letters_is_left_alone(form):
    assert [] == list(misspellings(form))


@given(WORDS)
def test_a_word_is_no_slip_of_itself(form):
    slips = (spelling._vowels, spelling._confused, spelling._letters)
    assert [] == [slip for make in slips for slip in make(form) if slip == form]


@given(WORDS)
def test_what_comes_is_stems_and_not_too_many(form):
    found = [stem for stems in misspellings(form) for stem in stems]
    assert all(found)
    assert len(found) < MOST


@given(WORDS)
def test_the_same_comes_each_time(form):
    assert list(misspellings(form)) == list(misspellings(form))


def test_no_letter_is_confused_with_itself():
    assert [] == [group for group in spelling.CONFUSED if len(group) < 2 or len(set(group)) < len(group)]


# Over an archive.

FEW = FREQUENT - 1
TEXTS = {
    "انتخابات نيجيريا": FREQUENT,
    "القسف على المدينة": 1,  # as an article has it
    "القصف على المدينة": 9,
    "ظحايا": FREQUENT,
    "ضحايا الزلزال": 9,
    "بوركينافاسو": FEW,
    "مسار": FREQUENT,
    "مثار": 2 * FREQUENT,
    "بغداد": FREQUENT,
    "جديد": 2 * FREQUENT,
    "محكمة": 2 * FREQUENT,
}


@pytest.fixture(scope="module")
def library(library_of):
    texts = [text for text, times in TEXTS.items() for _ in range(times)]
    return library_of([Article(f"a{number}", "", text) for number, text in enumerate(texts)])


@pytest.fixture
def vocabulary(library):
    with library.searching() as engine:
        yield Vocabulary(engine)


@pytest.fixture
def corrected(vocabulary):
    def corrected(word):
        (token,) = analyze(word)
        looked = look(word, token, 0, Means(RANKING.leave_out(frozenset({Level.ROOT})), vocabulary))
        return tuple(stem for stem, _ in looked.weaker)

    return corrected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("انتخبات", "انتخابات"),
        ("الانتخبات", "انتخابات"),
        ("المضينة", "مدينة"),
        ("محمكة", "محكمة"),
    ],
)
def test_a_word_that_the_archive_does_not_have_is_corrected_to_one_that_it_has(corrected, typed, meant):
    assert (analyze(meant)[0].stem,) == corrected(typed)


@pytest.mark.parametrize("word", [word for text in TEXTS for word in text.split() if word != "على"])
def test_a_word_that_the_archive_has_is_never_corrected(corrected, word):
    assert () == corrected(word)


def test_a_word_is_not_corrected_because_another_is_more_frequent(vocabulary, corrected):
    few, many = analyze("القسف القصف")
    counts = vocabulary.counts([few.stem, many.stem])
    assert 0 < counts[few.stem] < counts[many.stem]
    assert () == corrected("القسف")


def test_of_two_words_that_are_as_near_the_more_frequent_is_meant(vocabulary, corrected):
    near = next(stems for stems in misspellings("مصار") if "مسار" in stems)
    known = {stem: count for stem, count in vocabulary.counts(near).items() if count}
    assert {"مسار": FREQUENT, "مثار": 2 * FREQUENT} == known
    assert ("مثار",) == corrected("مصار")


def test_the_likelier_slip_is_meant_and_not_the_more_frequent_word(vocabulary, corrected):
    """بغدد lacks a vowel of بغداد; with another letter for one of its own it would be بعدد."""
    by_vowels, by_confused, _ = misspellings("بغدد")
    assert "بغداد" in by_vowels - by_confused
    assert ("بغداد",) == corrected("بغدد")


@pytest.mark.parametrize("word", ["باميا", "شيكل", "فتيل", "كوفيد", "سيناريو"])
def test_a_word_that_is_known_is_not_taken_for_a_slip(vocabulary, word):
    (token,) = analyze(word)
    assert () == vocabulary.misspelled(token.form)


@pytest.mark.parametrize(("form", "other"), [("كوفد", "وفد"), ("بشكلل", "شكل")])
def test_no_letter_of_a_misspelled_word_is_taken_for_a_clitic(form, other):
    assert all(other not in stems for stems in misspellings(form))


def test_a_word_is_not_corrected_to_one_of_too_few_articles(vocabulary, corrected):
    (rare,) = analyze("بوركينافاسو")
    assert {rare.stem: FEW} == vocabulary.counts([rare.stem])
    assert rare.stem in next(misspellings("بوركينفاسو"))
    assert () == corrected("بوركينفاسو")


@pytest.mark.parametrize("word", ["زغلول", "هبنقة", "قصر", "2015", "nato"])
def test_a_word_without_a_neighbour_is_left_alone(corrected, word):
    assert () == corrected(word)


@given(st.text(LETTERS, min_size=1, max_size=12))
def test_a_correction_is_a_frequent_word_and_the_word_itself_is_none(library, form):
    with library.searching() as engine:
        vocabulary = Vocabulary(engine)
        for token in analyze(form):
            for other in vocabulary.misspelled(token.form):
                assert other != token.stem
                assert vocabulary.counts([other])[other] >= FREQUENT
