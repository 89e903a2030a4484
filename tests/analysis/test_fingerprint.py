"""An index that was made by other rules is refused: their fingerprint sees to it."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from index.analysis import FINGERPRINT, affixes, chain, letters, lexicon, terms

SAMPLE = ("golden_words.tsv", "golden_words_wrong.tsv")
PINNED = (5, "d1931c014b104fd4")
"""ALGORITHM, and a digest of what comes of the first two columns of the golden tables of words."""


def sample():
    """The words of the golden tables, whichever of the two they stand in."""
    texts = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in SAMPLE)
    lines = (line for text in texts for line in text.splitlines() if line and not line.startswith("# "))
    return sorted({word for line in lines for word in line.split("\t")[:2]})


def test_the_number_of_the_algorithm_is_raised_when_something_else_comes_out():
    lines = [repr((word, *terms(word))) for word in sample()]
    digest = hashlib.blake2b("\n".join(lines).encode(), digest_size=8).hexdigest()
    assert PINNED == (chain.ALGORITHM, digest), (
        "what comes out changed: raise ALGORITHM in chain.py, then update this digest"
        " (update the digest alone if only a table, a data file or a golden row changed: the fingerprint sees"
        " the first two by itself)"
    )


def test_the_fingerprint_is_worked_out_from_the_rules():
    assert re.fullmatch("[0-9a-f]{16}", FINGERPRINT)
    assert chain._fingerprint() == FINGERPRINT


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_has_the_same_fingerprint(seed):
    code = "from index.analysis import FINGERPRINT; print(FINGERPRINT)"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-W", "ignore", "-c", code]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert FINGERPRINT == run.stdout.strip()


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        (affixes.PROCLITICS, "ت", affixes.Proclitic(3, "P")),
        (affixes.PROCLITICS, "و", affixes.Proclitic(5, "NBAPV")),
        (affixes.SUFFIXES, "ون", [affixes.Suffix("", 9, "NA")]),
        (affixes.LIGHT_SUFFIXES, "ي", 5),
        (letters.FOLD, ord("ص"), "س"),
        (letters.CAREFUL_FOLD, ord("ص"), "س"),
        (chain.LATIN_LETTERS, ord("ß"), "z"),
    ],
)
def test_a_changed_table_changes_the_fingerprint(monkeypatch, table, key, value):
    monkeypatch.setitem(table, key, value)
    assert chain._fingerprint() != FINGERPRINT


def test_the_order_of_the_light_suffixes_changes_the_fingerprint(monkeypatch):
    monkeypatch.setattr(affixes, "LIGHT_SUFFIXES", dict(reversed(affixes.LIGHT_SUFFIXES.items())))
    assert chain._fingerprint() != FINGERPRINT


@pytest.mark.parametrize(
    "name", ["ALGORITHM", "MAX_LENGTH", "SHORTEST_WORD", "LONGEST_WORD", "WHOLE_BONUS", "SHORT_PENALTY"]
)
def test_a_changed_number_changes_the_fingerprint(monkeypatch, name):
    monkeypatch.setattr(chain, name, getattr(chain, name) + 1)
    assert chain._fingerprint() != FINGERPRINT


@pytest.mark.parametrize(
    ("place", "name"), [(chain, "WORD"), (affixes, "IMPERFECT")], ids=["words", "what precedes an imperfect"]
)
def test_a_changed_pattern_changes_the_fingerprint(monkeypatch, place, name):
    monkeypatch.setattr(place, name, re.compile(getattr(place, name).pattern + "|x"))
    assert chain._fingerprint() != FINGERPRINT


def test_changed_stop_words_change_the_fingerprint(monkeypatch):
    monkeypatch.setattr(chain, "stopwords", lambda: frozenset({"من"}))
    assert chain._fingerprint() != FINGERPRINT


def test_changed_data_change_the_fingerprint(monkeypatch):
    data = lexicon.data() + "كلمة\tN\n".encode()
    monkeypatch.setattr(lexicon, "data", lambda: data)
    assert chain._fingerprint() != FINGERPRINT


@pytest.mark.parametrize(
    ("place", "name"), [(affixes, "PROCLITICS"), (affixes, "SUFFIXES"), (letters, "FOLD")]
)
def test_the_order_of_a_table_that_has_none_leaves_the_fingerprint(monkeypatch, place, name):
    monkeypatch.setattr(place, name, dict(reversed(getattr(place, name).items())))
    assert chain._fingerprint() == FINGERPRINT
