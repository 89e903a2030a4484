"""What holds for every text and every word."""

import unicodedata
from itertools import accumulate

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import (
    SIGNS,
    Analyzer,
    Bases,
    Tokens,
    analyze,
    analyze_piece,
    analyze_word,
    is_stopword,
    letters,
    normalize,
    normalize_word,
    terms,
)
from index.analysis.affixes import PROCLITICS, SUFFIXES
from index.analysis.chain import FEW
from index.analysis.lexicon import lexicon
from index.analysis.stem import stem
from index.analysis.stopwords import listed
from index.analysis.tokenize import spans, words

ARABIC = [chr(code) for code in range(0x0621, 0x064B) if chr(code).isalpha() and chr(code) != letters.TATWEEL]
SHAPES = list(letters.PRESENTATION_FORMS)
UNSEEN = letters.TATWEEL + letters.HARAKAT + letters.CONTROLS
SENTENCES = "".join(map(chr, range(0xFDFA, 0xFE00)))
PUNCTUATION = " \n\t.,;:!?-_/()«»﴿﴾؟،؛…ـ٪%٫٬#@'\"\u00a0"
ODD = "\x00\ud800\udfff²½Ⅷ％ﬁßİıǅﷺﷴ﷼😀🇸🇦\u0345\u0301\u0c4d각"

LETTER = st.sampled_from(ARABIC)
CHARACTER = st.one_of(
    LETTER,
    LETTER,
    st.sampled_from([*letters.HAMZA_SEATS, *letters.FINAL_FORMS, *letters.OTHER_SCRIPTS]),
    st.sampled_from(UNSEEN),
    st.sampled_from(SHAPES),
    st.sampled_from([*letters.DIGITS, *"0123456789"]),
    st.sampled_from("abcxyzABCXYZéÉüßøØ"),
    st.sampled_from(PUNCTUATION),
    st.sampled_from(ODD),
    st.characters(exclude_categories=()),
)
TEXT = st.text(CHARACTER, max_size=40)
KNOWN = st.sampled_from(sorted(lexicon())) | st.sampled_from(
    [word for word in listed() if not word.isascii()]
)
INFLECTED = st.builds(
    "".join, st.tuples(st.sampled_from(sorted(PROCLITICS)), KNOWN, st.sampled_from(sorted(SUFFIXES)))
)
WORD = st.one_of(st.text(LETTER, min_size=1, max_size=12), KNOWN, INFLECTED)


def as_written(text):
    return [text[token.start : token.end] for token in analyze(text)]


@given(TEXT)
@example("59ألفا٣٫٥ﷺ")
def test_tokens_are_in_order_and_slice_the_text_to_words(text):
    tokens = analyze(text)
    places = [place for token in tokens for place in (token.start, token.end)]
    assert sorted(places) == places
    assert all(token.start < token.end and token.form for token in tokens)
    assert [token.form for token in tokens] == [normalize_word(word) for word in as_written(text)]


@given(TEXT)
def test_a_word_stands_for_itself_alone(text):
    for word in as_written(text):
        assert [word] == as_written(word)


@given(TEXT)
def test_no_letter_and_no_digit_is_lost_between_words(text):
    inside = {place for start, end in spans(text) for place in range(start, end)}
    lost = [letter for place, letter in enumerate(text) if place not in inside]
    assert [] == [letter for letter in lost if letter.isalnum() and letter not in SENTENCES]


@given(TEXT)
def test_only_words_without_a_form_are_left_out(text):
    assert [(token.start, token.end) for token in analyze(text)] == [
        (start, end) for start, end in spans(text) if normalize_word(text[start:end])
    ]


@given(TEXT, st.text(st.sampled_from(SIGNS), max_size=3), st.text(st.sampled_from(SIGNS), max_size=3))
def test_signs_beside_a_word_are_no_part_of_it(text, before, after):
    for word in words(text):
        assert words(before + word + after) == words(word)


@given(TEXT)
def test_analyze_and_terms_agree(text):
    tokens = analyze(text)
    assert ([token.form for token in tokens], [token.stem for token in tokens]) == terms(text)


@given(TEXT)
def test_many_words_are_analysed_as_each_of_them_is(text):
    for written in (words(text), [*words(text), *listed(), "ـ"] * 2):
        assert [analyze_word(word) for word in written] == list(
            zip(*Analyzer().analyzed(written), strict=True)
        )


@given(TEXT)
def test_a_stop_word_has_no_stem_and_every_other_word_has_one(text):
    for word, token in zip(as_written(text), analyze(text), strict=True):
        assert is_stopword(word) == (token.stem == "")


@given(TEXT)
@example("1,500")
@example("ﷲ")
def test_normalize_is_idempotent(text):
    assert normalize(text) == normalize(normalize(text))


@given(TEXT)
@example("1,5,00")
@example("ﷲ" * 40)
def test_normalize_word_is_idempotent(text):
    form = normalize_word(text)
    assert form == normalize_word(form)
    assert len(form) <= 64


@given(TEXT)
@example("A\U0001ee67")
def test_a_form_is_one_word_again(text):
    for token in analyze(text):
        if token.form.isalpha():
            assert [token.form] == words(token.form)


@given(st.text(LETTER | st.sampled_from([*letters.HAMZA_SEATS, *"éÜﻻۂۓ"]), max_size=20))
def test_what_is_composed_and_what_is_decomposed_have_one_form(text):
    forms = {normalize(unicodedata.normalize(kind, text)) for kind in ("NFC", "NFD")}
    assert {normalize(text)} == forms


@given(WORD, st.data())
def test_what_is_not_a_letter_changes_neither_form_nor_stem(word, data):
    marks = st.text(st.sampled_from(UNSEEN), max_size=3)
    end = data.draw(st.text(st.sampled_from(letters.HARAKAT + letters.TATWEEL), max_size=2))
    marked = word[0] + "".join(data.draw(marks) + letter for letter in word[1:]) + end
    assert [marked] == as_written(marked)
    assert terms(word) == terms(marked)
    assert is_stopword(word) == is_stopword(marked)


@given(WORD)
def test_a_word_has_a_stem(word):
    assert stem(normalize_word(word))


@given(st.text(CHARACTER, min_size=1, max_size=30))
def test_whatever_has_a_form_has_a_stem(text):
    form = normalize_word(text)
    assert not form or stem(form)


@given(WORD)
def test_a_stem_is_a_form(word):
    stemmed = stem(normalize_word(word))
    assert stemmed == normalize_word(stemmed)


@given(st.sampled_from(listed()), st.data())
def test_a_listed_word_is_a_stop_word_however_it_is_typed(word, data):
    vocalised = "".join(
        letter + data.draw(st.sampled_from(["", *letters.HARAKAT[:8], letters.TATWEEL])) for letter in word
    )
    without_hamza = vocalised.translate(str.maketrans("أإؤئ", "ااوي"))
    assert is_stopword(word)
    assert is_stopword(vocalised)
    assert {""} == set(Analyzer().analyzed([word, vocalised, without_hamza] * FEW)[1])
    assert is_stopword(without_hamza)
    assert is_stopword(word.upper())


@pytest.mark.parametrize(
    "word", ["على", "عَلَى", "وعلى", "فَعَلَى", "علـى", "إلى", "الى", "إلي", "هذا", "وهذا", "The"]
)
def test_what_is_a_stop_word(word):
    assert is_stopword(word)


@pytest.mark.parametrize(
    "word",
    [
        "علي",
        "عَلِيّ",
        "وعلي",
        "آلي",
        "الآلي",
        "عام",
        "قال",
        "ولي",
        "وهم",
        "فهم",
        "والي",
        "صدام",
        "لبنان",
        "2014",
    ],
)
def test_what_is_no_stop_word(word):
    assert not is_stopword(word)
    assert terms(word)[1] != [""]


def test_a_decomposed_madda_is_told_as_a_composed_one():
    assert is_stopword("آلي") == is_stopword(unicodedata.normalize("NFD", "آلي"))


def test_a_stop_word_in_presentation_forms_is_one():
    assert is_stopword("ﻣﻦ")


@settings(max_examples=20)
@given(st.text(CHARACTER, min_size=1, max_size=4), st.text(CHARACTER, min_size=1, max_size=4))
def test_a_long_text_is_analysed(start, repeated):
    text = start + repeated * (20_000 // len(repeated))
    assert all(token.form for token in analyze(text))


@pytest.mark.parametrize(
    "text",
    ["ا" * 100_000, "ا" + "\u200f" * 100_000, "\u064e" * 100_000, "1," * 50_000, "a" * 100_000, "é" * 100_000,
     "ﷲ" * 100_000, "ـ" * 100_000, "\ud800" * 100_000, "\x00" * 100_000, "والل" * 25_000, "ا " * 50_000],
    ids=lambda text: f"U+{ord(text[0]):04X} U+{ord(text[1]):04X}",
)  # fmt: skip
def test_a_text_of_a_hundred_thousand_characters_is_analysed(text):
    forms, stems = terms(text)
    assert len(forms) == len(stems)
    assert all(len(form) <= 64 for form in forms)


def test_each_presentation_form_folds_as_the_letters_it_shows():
    wrong = []
    for shape in SHAPES:
        kind, *codes = unicodedata.decomposition(shape).split()
        shown = "".join(chr(int(code, 16)) for code in codes).replace(" ", "")
        if not kind.startswith("<") or normalize(shape) != normalize(shown):
            wrong.append(f"U+{ord(shape):04X}")
    assert [] == wrong


def test_normalize_is_idempotent_for_each_character_of_the_first_two_planes():
    characters = map(chr, range(0x20000))
    assert [] == [letter for letter in characters if normalize(form := normalize(letter)) != form]


@given(TEXT)
@example("ۥ ۥب ۥۥ1 ﾞ ab")  # some have no form
def test_tokens_are_those_that_are_made_when_they_are_asked_for(text):
    expected = analyze(text)
    pieces = text.split()
    tokens = Tokens(text, pieces, list(accumulate(len(analyze_piece(piece)) for piece in pieces)))
    assert len(expected) == len(tokens)
    assert expected[::-1] == [tokens[place] for place in reversed(range(len(tokens)))]
    assert expected[1:-1] == tokens[1:-1]
    assert tuple(token.form for token in expected[1:-1]) == tokens.forms(1, len(expected) - 1)


@given(st.lists(WORD, max_size=5), WORD)
def test_a_form_whose_stem_is_sought_has_the_letters_of_a_word_that_counts_as_it(others, word):
    form = normalize_word(word)
    bases = Bases([stem(form), *map(stem, filter(None, map(normalize_word, others)))] if form else others)
    assert not form or bases.may_be_in(form)


@given(TEXT, st.lists(WORD, min_size=1, max_size=3))
def test_words_whose_stem_is_not_asked_for_keep_their_forms(text, sought):
    stems = {token.stem for word in sought for token in analyze(word)}
    for piece in text.split():
        expected = analyze_piece(piece)
        lean = analyze_piece(piece, Bases(stems).may_be_in)
        assert [form for form, _ in expected] == [form for form, _ in lean]
        assert [stem in stems for _, stem in expected if stem] == [
            stem in stems for (_, full), (_, stem) in zip(expected, lean, strict=True) if full
        ]
