"""What was sought is found again in texts: the same words that are found by looking at each by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyze, chain
from index.analysis.wordbook import Wordbook
from search import marking
from search.marking import Marker
from search.parse import parse
from search.rank import compile_query
from search.sought import Beside, Sought

WORDS = (
    "قوات",
    "القوات،",
    "سوريا",
    "وسورية",
    "مجلس",
    "الأمن",
    "في",
    "«في",
    "لا",
    "تعلن",
    "يعلن",
    "G20",
    "ۥ",
    "-",
    "\n",
)
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=3).map("".join), max_size=25).map(" ".join)
QUERIES = st.lists(
    st.sampled_from(
        [
            "قوات",
            "سوريا",
            '"مجلس الأمن"',
            '"لا لا"',
            "=القوات",
            "قوات قرب:3 سوريا",
            '"في مجلس"~4',
            "سور*",
            "أعلن",
            "الامم المتحدة",
            "g20",
            "قواتت~",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


def sought_for(query):
    return compile_query(parse(query).node).sought


def slowly(text, sought):
    """Every place of a text, asked of everything that is sought."""
    tokens = analyze(text)
    matches = {}
    for place, token in enumerate(tokens):
        for each in sought:
            if is_there(tokens, place, token, each):
                matches.setdefault(place, set()).add(each.typed)
    return matches


def is_there(tokens, place, token, each):
    if each.beside:
        return is_beside(tokens, place, each.beside)
    row = [(offset, each.forms[offset], "form") for offset in range(len(each.forms))]
    row = row or [(offset, stem, "stem") for offset, stem in each.row]
    in_row = any(
        all(
            0 <= place - mine + offset < len(tokens) and getattr(tokens[place - mine + offset], kind) == term
            for offset, term, kind in row
        )
        for mine, _, _ in row
    )
    return in_row or token.stem in each.stems or token.form in each.any_form


def is_beside(tokens, place, beside):
    terms = [token.form if beside.as_written else token.stem for token in tokens]
    near = range(max(0, place - beside.reach), min(len(tokens), place + beside.reach + 1))
    return terms[place] in beside.own and any(terms[at] in beside.other for at in near if at != place)


@given(st.lists(TEXTS, min_size=1, max_size=4), QUERIES)
def test_it_finds_what_is_there_in_one_text_after_another(texts, query):
    sought = sought_for(query)
    marker = Marker(sought)
    for text in texts:
        marked = marker.mark(text)
        assert slowly(text, sought) == {place: set(typed) for place, typed in marked.matches.items()}
        assert list(marked.tokens) == analyze(text)


@given(st.lists(TEXTS, min_size=2, max_size=4), QUERIES)
def test_it_finds_the_same_in_texts_that_are_new(texts, query):
    expected = [Marker(sought_for(query)).mark(text).matches for text in texts]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(chain, "_memo", chain._Memo())
        patched.setattr(marking, "NEW", 0)
        patched.setattr(marking, "REMEMBERED", 5)
        marker = Marker(sought_for(query))
        assert expected == [marker.mark(text).matches for text in texts]


def test_words_that_can_not_match_are_not_stemmed(monkeypatch):
    stemmed, real = [], chain.stem
    monkeypatch.setattr(chain, "_memo", chain._Memo())
    monkeypatch.setattr(chain, "_wordbook", Wordbook())  # another test may have opened an archive
    monkeypatch.setattr(chain, "stem", lambda form: stemmed.append(form) or real(form))
    monkeypatch.setattr(marking, "NEW", 0)
    marker = Marker([Sought("قوات", frozenset({"قوه"}), (), in_body=True)])
    assert [1] == list(marker.mark("دخلت القوات المدينة").matches)
    assert ["القوات"] == stemmed


def test_a_row_may_begin_anywhere_and_a_word_near_itself_is_no_match():
    row = Sought("س", frozenset(), (), in_body=True, row=((0, "مجلس"), (2, "امن")))
    assert {1: ("س",), 3: ("س",)} == Marker([row]).mark("في مجلس كبير الأمن مجلس").matches
    both = frozenset({"لا"})
    beside = Sought("لا", frozenset(), (), in_body=True, beside=Beside(both, both, 1, as_written=True))
    assert {} == Marker([beside]).mark("لا في لا").matches
    assert [0, 1] == list(Marker([beside]).mark("لا لا").matches)
