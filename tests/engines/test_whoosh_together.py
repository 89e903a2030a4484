"""Posting lists that are decoded together, beside what each is by itself."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.scoring.postings import packed
from index.engines.whoosh import together as whoosh_together
from index.engines.whoosh.encode import encode
from index.engines.whoosh.postings import decode
from index.engines.whoosh.together import FEW, decode_all


def written(places):
    """A posting list of documents, each with how often it has the term, as it is written here."""
    documents = np.repeat(list(places), list(places.values()))
    starts = np.concatenate([np.arange(count) for count in places.values()])
    return encode(np.zeros(len(documents), np.int64), documents, starts).data.tobytes()


NUMBERS = st.sampled_from((0, 1, 2, 254, 255, 256, 257, 65_535, 65_536, 70_000, 2**24, 2**25 + 1))
OFTEN = st.sampled_from((1, 1, 1, 2, 3, 255, 256))
POSTINGS = st.dictionaries(NUMBERS, OFTEN, min_size=1).map(lambda each: dict(sorted(each.items())))
EQUAL = st.builds(dict.fromkeys, st.sets(NUMBERS, min_size=1).map(sorted), OFTEN)


def shown(postings):
    """Postings by their values, and by what they are kept in."""
    pairs = ((each.documents, each.frequencies) for each in postings)
    return [(*map(np.ndarray.tolist, pair), *(part.dtype for part in pair)) for pair in pairs]


@given(st.lists(POSTINGS | EQUAL, min_size=FEW, max_size=9))
def test_lists_that_are_decoded_together_are_what_each_is_by_itself(lists):
    data = [written(each) for each in lists]
    with patch.object(whoosh_together, "decode", side_effect=AssertionError("one by one")):
        together = decode_all(data, 2**26)
    assert shown(packed(decode(each, 2**26)) for each in data) == shown(together)
    assert [(list(each), list(map(float, each.values()))) for each in lists] == [
        (kept.documents.tolist(), kept.unpacked().frequencies.tolist()) for kept in together
    ]
    assert all(kept.documents.base is None is kept.frequencies.base for kept in together)


def test_long_lists_are_decoded_by_themselves_and_stand_in_their_places():
    lists = [
        dict.fromkeys(range(first, 40_000, step), 1)
        for first, step in enumerate((3, 9999, 8000, 5, 7777, 6543))
    ]
    assert shown(packed(decode(written(each), 40_000)) for each in lists) == shown(
        decode_all([written(each) for each in lists], 40_000)
    )


@given(st.data())
def test_a_spoiled_list_among_others_is_what_it_is_by_itself(data):
    lists = [bytearray(written(data.draw(POSTINGS | EQUAL))) for _ in range(FEW)]
    spoiled = data.draw(st.sampled_from(lists))
    place = data.draw(st.integers(4, len(spoiled) - 1))
    spoiled[place] = data.draw(st.integers(0, 255))
    size = data.draw(st.sampled_from((2**26, 300)))
    try:
        found = decode_all([*map(bytes, lists)], size)
    except Exception:  # noqa: BLE001 - whatever unpickling raises
        return
    try:
        expected = [packed(decode(bytes(each), size)) for each in lists]
    except Exception:  # noqa: BLE001
        return
    assert shown(expected) == shown(found)


def test_a_document_beyond_the_last_is_found_out_in_lists_together():
    lists = [written({number: 1, 100 + number: 2}) for number in range(FEW)]
    assert FEW == len(decode_all(lists, 104))
    with pytest.raises(ValueError, match="beyond the last document"):
        decode_all(lists, 103)
