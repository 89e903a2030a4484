"""Other ways to write the same thing: the tables, and what comes of them."""

import itertools
from pathlib import Path

import pytest

from index.analysis import analyze, is_stopword, longest, normalize, tables, variants
from index.analysis.letters import ARTICLE
from index.analysis.lexicon import lexicon
from index.analysis.variants import TABLES, UNSURE

TABLE = Path(__file__).with_name("golden_variants.tsv").read_text(encoding="utf-8")
ROWS = [line.split("\t") for line in TABLE.splitlines() if line and not line.startswith("# ")]
KNOWN_WRONG = [row for row in ROWS if len(row) > 4]
KINDS = {"spelling", "name", "compound", "organisation", "month"}
NOT_KINDS = {"belonging", "look-alike", "part and whole", "ordinary word"}

LINES = {name: [line.split("\t") for line in tables.lines(f"variants/{name}.tsv")] for name in TABLES}
ALL = [cells for lines in LINES.values() for cells in lines]
DOUBTFUL_MONTHS = [cell[1:] for cells in LINES["months"] for cell in cells if cell.startswith(UNSURE)]
INFLECTED = {"شوون", "شيون", "رووس", "كووس", "فووس", "مبادي", "شواطي", "فيزيايي", "فوتوغرافيا"}
"""Words of the tables that are stemmed to another that is known, and rightly."""


def placed(tokens):
    """The stems of tokens, each with its place from the first."""
    kept = [(place, token.stem) for place, token in enumerate(tokens) if token.stem]
    return tuple((place - kept[0][0], stem) for place, stem in kept)


def stems(text):
    """The stems of a text without stop words and numbers; and whether there is a number."""
    tokens = analyze(text)
    kept = [token for token in tokens if not token.form.isdecimal()]
    return placed(kept), len(kept) < len(tokens)


def others(row, *, dated=False):
    """The variants of stems with their places, by theirs."""
    found = variants(tuple(stem for _, stem in row), tuple(place for place, _ in row), dated=dated)
    return {tuple(zip(variant.offsets, variant.stems, strict=True)): variant for variant in found}


def looks_for(typed, other):
    """Whether a query for one looks for the other: as a whole, or each word of it for each of the other."""
    wanted, _ = stems(other)
    found, dated = stems(typed)

    def same(some, want):
        return some == want or want in others(some, dated=dated)

    one_by_one = len(found) == len(wanted) and all(
        same(((0, stem),), ((0, want),)) for (_, stem), (_, want) in zip(found, wanted, strict=True)
    )
    return same(found, wanted) or one_by_one


def read(cell):
    """The stems of a spelling of a table; nothing for one that loses all words but one to the stop words."""
    tokens = analyze(cell.removeprefix(UNSURE))
    row = placed(tokens)
    return () if len(row) == 1 and len(tokens) > 1 else row


SURE = {read(cell) for cells in ALL for cell in cells if not cell.startswith(UNSURE)} - {()}


@pytest.mark.parametrize("kind", sorted(KINDS | NOT_KINDS))
def test_a_query_looks_for_what_is_the_same_and_for_nothing_else(kind):
    wrong = [
        f"{typed} {verdict} {other}: {stems(typed)[0]}, {stems(other)[0]}"
        for typed, other, verdict, shows, *reason in ROWS
        if shows == kind and not reason and looks_for(typed, other) != (verdict == "same")
    ]
    assert [] == wrong


@pytest.mark.parametrize(
    ("typed", "other", "verdict", "kind", "reason"), KNOWN_WRONG, ids=range(len(KNOWN_WRONG))
)
def test_what_is_known_to_come_out_wrong_still_does(typed, other, verdict, kind, reason):
    assert looks_for(typed, other) != (verdict == "same"), (
        f"{typed} comes out right now: take away the reason"
    )


def test_the_golden_rows_are_well_formed_and_stand_once():
    assert [] == [row for row in ROWS if len(row) not in {4, 5} or not all(row)]
    assert {"same", "not"} == {verdict for _, _, verdict, *_ in ROWS}
    assert KINDS | NOT_KINDS == {kind for _, _, _, kind, *_ in ROWS}
    assert len(ROWS) == len({(typed, other) for typed, other, *_ in ROWS})
    assert len(ROWS) >= 160 > 5 * len(KNOWN_WRONG)


@pytest.mark.parametrize("name", TABLES)
def test_a_line_of_a_table_has_spellings_and_nothing_besides(name):
    assert LINES[name]
    assert [] == [cells for cells in LINES[name] if len(cells) < 2]
    cells = list(itertools.chain.from_iterable(LINES[name]))
    assert [] == [cell for cell in cells if not cell.strip() or " ".join(cell.split()) != cell]
    assert [] == [
        cell for cell in cells if not normalize(cell.removeprefix(UNSURE)).replace(" ", "").isalnum()
    ]


@pytest.mark.parametrize("name", TABLES)
def test_a_spelling_stands_in_a_table_once(name):
    seen = set()
    cells = [cell.removeprefix(UNSURE) for cells in LINES[name] for cell in cells]
    assert [] == [cell for cell in cells if cell in seen or seen.add(cell)]


@pytest.mark.parametrize("name", TABLES)
def test_a_line_brings_something_or_is_brought_already(name):
    """The stemmer may know a line's words as one, or a stop word keeps a spelling from being read."""
    idle = [cells for cells in LINES[name] if len({read(cell) for cell in cells} - {()}) < 2]
    unexplained = [
        cells
        for cells in idle
        if not all(map(read, cells)) and not any(is_stopword(word) for cell in cells for word in cell.split())
    ]
    assert [] == unexplained
    assert len(idle) <= len(LINES[name]) / 10


@pytest.mark.parametrize("name", TABLES)
def test_a_spelling_is_not_stemmed_to_a_word_that_is_something_else(name):
    """Who looks for people (ناس) doesn't look for NASA (ناسا) because its ا was taken for an ending."""

    def strays(cell, spellings):
        form, ((_, stem),) = normalize(cell), read(cell)
        bare = form.removeprefix(ARTICLE)
        inflected = bare in INFLECTED or bare == f"{stem}ه" or f"{stem}ه" in spellings
        return stem not in {form, bare, *spellings} and stem in lexicon() and not inflected

    wrong = [
        f"{cell}: {read(cell)[0]}"
        for cells in LINES[name]
        for cell in cells
        if len(read(cell)) == 1 and not cell.startswith(UNSURE) and len({*map(read, cells)} - {()}) > 1
        if strays(cell, {normalize(other).removeprefix(ARTICLE) for other in cells})
    ]
    assert [] == wrong


def test_only_months_are_in_doubt_and_not_all_of_a_line():
    doubtful = {
        name for name, lines in LINES.items() if any(UNSURE in cell for cells in lines for cell in cells)
    }
    assert {"months"} == doubtful
    assert [] == [cell for cells in ALL for cell in cells if UNSURE in cell[1:]]


@pytest.mark.parametrize("word", DOUBTFUL_MONTHS)
def test_a_month_that_is_another_word_too_is_one_beside_a_number_only(word):
    assert {} == others(read(word))
    same_line = next(cells for cells in LINES["months"] if UNSURE + word in cells)
    assert {read(cell) for cell in same_line} - {read(word), ()} == set(others(read(word), dated=True))


def test_nobody_is_sent_to_look_for_a_word_that_is_in_doubt_without_a_number():
    targets = {row for key in SURE for row in others(key)}
    assert set() == targets & {read(word) for word in DOUBTFUL_MONTHS}


def test_no_variant_is_what_was_asked_for_and_none_is_given_twice():
    for key in SURE:
        found = variants(tuple(stem for _, stem in key), tuple(place for place, _ in key))
        assert key not in others(key)
        assert len(found) == len(others(key)), key


def test_what_is_a_variant_of_a_thing_has_it_as_a_variant():
    assert [] == [(key, row) for key in SURE for row in others(key) if key not in others(row)]


def test_a_variant_has_a_weight_and_the_places_of_its_stems():
    for row, variant in itertools.chain.from_iterable(others(key).items() for key in SURE):
        assert 0 < variant.weight <= 1
        assert variant.offsets[0] == 0
        assert sorted(set(variant.offsets)) == list(variant.offsets)
        assert read(variant.text) == row


def test_words_that_stand_apart_are_not_the_name_that_they_would_be_together():
    long = ((0, "قوه"), (1, "سوريا"), (2, "ديمقراطي"))
    apart = ((0, "قوه"), (1, "سوريا"), (3, "ديمقراطي"))
    assert ((0, "قسد"),) in others(long)
    assert {} == others(apart)


def test_a_variant_that_is_an_inflection_of_another_word_counts_less():
    weights = {variant.text: variant.weight for variant in variants(("شءون",))}
    assert {"شؤون": 0.5} == weights
    assert {1.0} == {variant.weight for variant in variants(("بوتين",))}


def test_stop_words_within_a_variant_keep_their_place():
    offsets = {variant.text: variant.offsets for variant in variants(("unifil",))}
    assert (0, 1, 2, 3, 5) == offsets["قوة الأمم المتحدة المؤقتة في لبنان"]


def test_the_longest_is_as_long_as_it_says():
    assert longest() == max(map(len, SURE)) >= 6
    assert () == variants(("لا", "شيء", "من", "هذا"), (0, 1, 2, 3))
