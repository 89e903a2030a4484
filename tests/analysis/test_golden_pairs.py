"""Pairs of words that a linguist judged: how often the analyzer says the same."""

from collections import Counter
from pathlib import Path

from index.analysis import normalize_word
from index.analysis.stem import stem

PAIRS = [
    line.split("\t")
    for line in Path(__file__).with_name("golden_pairs.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
VERDICTS = ("same", "related", "different")
LEAST_PRECISION = 0.985  # of the pairs that are not derivations and that the analyzer brings together
LEAST_RECALL = 0.975


def brought_together(word, other):
    return stem(normalize_word(word)) == stem(normalize_word(other))


def counts():
    return Counter((verdict, brought_together(word, other)) for word, other, verdict, *_ in PAIRS)


def test_there_are_enough_pairs_and_none_twice():
    seen = {frozenset(pair[:2]) for pair in PAIRS}
    assert len(PAIRS) == len(seen) >= 400
    assert {verdict for _, _, verdict, *_ in PAIRS} == set(VERDICTS)


def test_the_analyzer_brings_together_what_is_the_same_and_little_else():
    found = counts()
    right, missed, wrong = found["same", True], found["same", False], found["different", True]
    print(f"precision {right / (right + wrong):.3f}, recall {right / (right + missed):.3f}, {dict(found)}")
    assert right / (right + wrong) >= LEAST_PRECISION
    assert right / (right + missed) >= LEAST_RECALL


def test_a_derivation_is_another_word():
    found = counts()
    assert found["related", True] <= 0.03 * (found["related", True] + found["related", False])
