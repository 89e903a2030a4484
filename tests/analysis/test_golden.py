"""The golden tables: what a linguist says, before what the code does is looked at."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from index.analysis import analyze, is_stopword, letters, normalize_word
from index.analysis.stem import stem

HERE = Path(__file__).parent
ESCAPE = re.compile(r"\\u([0-9A-F]{4})")


def rows(name):
    """The rows of a table: `# ` begins a comment, a tab parts columns, \\uXXXX is what can't be seen."""
    text = (HERE / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("# ")]
    return [
        [ESCAPE.sub(lambda code: chr(int(code[1], 16)), cell) for cell in line.split("\t")] for line in lines
    ]


def by_rule(table):
    groups = defaultdict(list)
    for *row, rule in table:
        groups[rule].append(row)
    return groups


FORMS = rows("golden_forms.tsv")
TOKENS = rows("golden_tokens.tsv")
WORDS = by_rule(rows("golden_words.tsv"))
WRONG = rows("golden_words_wrong.tsv")
SHOWN = "".join(word for word, *_ in FORMS)


def related(word, other):
    return stem(normalize_word(word)) == stem(normalize_word(other))


@pytest.mark.parametrize(("word", "form", "rule"), FORMS)
def test_a_word_has_its_form(word, form, rule):
    assert form == normalize_word(word), rule


@pytest.mark.parametrize(
    "table",
    ["HAMZA_SEATS", "FINAL_FORMS", "OTHER_SCRIPTS", "DIGITS", "SEPARATORS", "HARAKAT", "CONTROLS", "TATWEEL"],
)
def test_each_row_of_a_folding_table_has_a_golden_row(table):
    without = [f"U+{ord(letter):04X}" for letter in getattr(letters, table) if letter not in SHOWN]
    assert [] == without, f"rows of letters.{table} that no row of golden_forms.tsv shows"


@pytest.mark.parametrize(("text", "words", "rule"), TOKENS)
def test_a_text_has_its_words(text, words, rule):
    expected = words.split(" ") if words else []
    assert expected == [text[token.start : token.end] for token in analyze(text)], rule


@pytest.mark.parametrize("rule", WORDS)
def test_words_are_related_as_they_should_be(rule):
    wrong = [
        f"{word} {relation} {other}: {stem(normalize_word(word))}, {stem(normalize_word(other))}"
        for word, other, relation in WORDS[rule]
        if related(word, other) != (relation == "same")
    ]
    assert [] == wrong, f"{rule}: of {len(WORDS[rule])} rows of golden_words.tsv"


@pytest.mark.parametrize(("word", "other", "relation", "rule", "reason"), WRONG, ids=range(len(WRONG)))
def test_what_is_known_to_come_out_wrong_still_does(word, other, relation, rule, reason):
    assert related(word, other) != (relation == "same"), (
        f"{word} comes out right now: move its row to golden_words.tsv, to the rule {rule}"
    )


def test_the_words_of_the_golden_tables_are_stemmed_at_all():
    words = [word for group in WORDS.values() for word, *_ in group] + [word for word, *_ in WRONG]
    assert [] == [word for word in words if is_stopword(word)]


def test_the_golden_rows_are_well_formed_and_stand_once():
    table = [(word, other, relation) for group in WORDS.values() for word, other, relation in group]
    table += [(word, other, relation) for word, other, relation, *_ in WRONG]
    assert {"same", "different"} == {relation for *_, relation in table}
    assert len(table) == len({(word, other) for word, other, _ in table})
    assert 260 <= len(table)
    assert 60 <= len(FORMS)
