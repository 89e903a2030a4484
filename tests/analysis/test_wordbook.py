"""Strings are found where a file is mapped, and a word that stands in a wordbook is not analysed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import chain, keys, lexicon, wordbook

STRINGS = st.text().filter(lambda string: keys.END not in string)


@given(st.lists(STRINGS, unique=True), STRINGS)
def test_each_string_has_its_place_and_no_other_has_one(strings, other):
    known = keys.Keys(keys.keyed(strings))
    assert list(range(len(strings))) == [known.place(string) for string in strings]
    assert strings == [known.at(place) for place in range(len(known))] == known.all()
    assert (strings.index(other) if other in strings else None) == known.place(other)


def test_strings_that_want_the_same_slot_are_told_apart(monkeypatch):
    monkeypatch.setattr(keys, "crc32", len)
    strings = [f"{number}" for number in range(10)]
    known = keys.Keys(keys.keyed(strings))
    assert list(range(10)) == [known.place(string) for string in strings]
    assert known.place("x") is None


@given(st.dictionaries(st.text(), st.tuples(st.text(st.characters(exclude_characters="\t")), st.text())))
def test_what_is_written_is_read(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("book") / "words"
    wordbook.write(path, words)
    book = wordbook.read(path)
    assert {word: pair for word, pair in words.items() if "\n" not in word} == {
        word: pair for word in words if (pair := book.get(word))
    }


SPOILT = [
    lambda data: data[:-1],
    lambda data: b"",
    lambda data: b"x" + data[1:],
    lambda data: data[:-3] + b"x" + data[-2:],  # a letter of a word
    lambda data: data.replace("قوه".encode(), "قوة".encode()),  # another stem
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_is_spoiled_has_no_words(tmp_path, spoil):
    path = tmp_path / "words"
    wordbook.write(path, {"القوات": ("القوات", "قوه")})
    path.write_bytes(spoil(path.read_bytes()))
    assert wordbook.read(path).get("القوات") is None
    assert wordbook.read(tmp_path / "none").get("القوات") is None


def test_words_that_were_met_first_are_kept_and_not_stemmed_again(tmp_path, monkeypatch):
    monkeypatch.setattr(chain, "MEMO_LIMIT", 6)
    monkeypatch.setattr(chain, "_memo", chain._Memo())
    monkeypatch.setattr(chain, "_wordbook", wordbook.Wordbook())
    found = chain.analyze("القوات السورية في الرقة ودمشق وحلب وحماة ولبنان")
    chain.keep(tmp_path / "words")
    monkeypatch.setattr(chain, "_memo", chain._Memo())
    stemmed = []
    monkeypatch.setattr(chain, "stem", lambda form: stemmed.append(form) or "stem")
    chain.recall(tmp_path / "words")
    assert ("القوات", "قوه") == chain.known_word("القوات")
    assert found[:2] == chain.analyze("القوات السورية")
    assert [] == stemmed
    assert "stem" == chain.analyze("الرقة")[0].stem


def test_a_dict_takes_over_where_many_forms_are_asked_for(monkeypatch):
    monkeypatch.setattr(lexicon, "MANY", 2)
    entries = {form: lexicon.Entry(form, "N", 7) for form in ("كتب", "علم", "قلم")}
    known = lexicon.Lexicon(lexicon._parts({**entries, "كتاب": lexicon.Entry("مكتب", "B", 5)}))
    for _ in range(2):
        asked = ("كتب", "علم", "قلم", "كتاب", "مكتب", "x")
        assert [0, 1, 2, 3, None, None] == [known.place(form) for form in asked]
    assert "مكتب" == known["كتاب"].lemma
