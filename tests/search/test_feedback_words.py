"""Which words of the first articles are learned: those that bounds leave out would not have been taken."""

from hypothesis import given
from hypothesis import strategies as st

from search.feedback import Learner
from search.ranking import RANKING

TOTAL = 100


class Counted:
    """A vocabulary of words that so many articles have in the title, in the body, and in both."""

    def __init__(self, words):
        self._words = words

    def bounds(self, stems):
        pairs = {stem: self._words[stem][:2] for stem in stems}
        return {stem: (max(pair), sum(pair)) for stem, pair in pairs.items()}


@st.composite
def words(draw):
    title, body = draw(st.integers(0, 12)), draw(st.integers(0, 12))
    return title, body, draw(st.integers(max(title, body), title + body))


@given(
    found=st.dictionaries(st.text("abcdef", min_size=1, max_size=3), words(), max_size=40),
    share=st.lists(st.sampled_from((0.01, 0.02, 0.05, 0.3)), min_size=40, max_size=40),
)
def test_no_word_is_missed_that_would_be_learned(found, share):
    learner = Learner(Counted(found), RANKING)
    shares, counts = dict(zip(found, share, strict=False)), {stem: each[2] for stem, each in found.items()}
    promising = learner._promising(shares, TOTAL)
    assert learner._weights(shares, counts, TOTAL) == learner._weights(promising, counts, TOTAL)
