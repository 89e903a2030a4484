"""Words one slip away are just those at a distance of one."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search.rescue.slips import LETTERS, slips

WORD = st.text(LETTERS, min_size=1, max_size=8)


@given(WORD)
def test_each_is_one_slip_away(form):
    assert {1} == {OSA.distance(form, other) for other in slips(form)}


@given(WORD, st.data())
def test_none_is_missing(form, data):
    place = data.draw(st.integers(0, len(form)))
    other = data.draw(WORD.map(lambda piece: form[:place] + piece[0] + form[place + 1 :]))
    assert OSA.distance(form, other) != 1 or other in slips(form)
