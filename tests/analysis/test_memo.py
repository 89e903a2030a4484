"""A word is analysed once a process, and what is remembered has a bound."""

import pytest

from index.analysis import chain, stem
from index.analysis.wordbook import Wordbook


@pytest.fixture(autouse=True)
def no_wordbook(monkeypatch):
    """Another test may have opened an archive, whose words need no analysis."""
    monkeypatch.setattr(chain, "_wordbook", Wordbook())


@pytest.fixture
def calls(monkeypatch):
    """The forms that were stemmed, from an empty memory on."""
    stemmed, real = [], chain.stem

    def counted(form):
        stemmed.append(form)
        return real(form)

    monkeypatch.setattr(chain, "stem", counted)
    monkeypatch.setattr(chain, "_memo", chain._Memo())
    return stemmed


def test_a_word_is_stemmed_once(calls):
    chain.analyze("القوات في المدينة، القوات في المدينة")
    chain.terms("القوات في المدينة")
    chain.analyze("المدينة والقوات")
    assert ["القوات", "المدينه", "والقوات"] == calls


def test_a_stop_word_and_a_word_without_a_form_are_not_stemmed(calls):
    chain.analyze("من على ــ وهذا")
    assert [] == calls


def test_a_word_is_remembered_by_its_spelling(calls):
    chain.analyze("مدينة مدينه مَدينة")
    assert ["مدينه"] * 3 == calls


def test_what_is_remembered_has_a_bound(calls, monkeypatch):
    monkeypatch.setattr(chain, "MEMO_LIMIT", 10)
    for number in range(100):
        chain.analyze(f"{number}")
        assert len(chain._memo) <= 10
    assert 100 == len(calls)


def test_what_was_forgotten_is_worked_out_again(calls, monkeypatch):
    monkeypatch.setattr(chain, "MEMO_LIMIT", 2)
    text = "قوات سوريا الديمقراطية قوات"
    expected = ["قوه", "سوريا", "ديمقراطي", "قوه"]
    assert expected == [token.stem for token in chain.analyze(text)] == chain.terms(text)[1]
    assert 4 < len(calls)


def test_stems_of_many_words_have_a_bound_too(monkeypatch):
    monkeypatch.setattr(stem, "LIMIT", 10)
    stems = stem.Stems()
    forms = [f"وكلمه{chr(0x0628 + number)}" for number in range(20)]
    assert list(map(stem.stem, forms)) == [stems[form] for form in forms]
    assert 0 < len(stems) <= 10
