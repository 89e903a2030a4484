"""Whoosh's posting lists as they are read here, beside what Whoosh itself reads of them."""

import pickle
import random
import struct

import numpy as np
import pytest
import whoosh.index
from engine_samples import document, fill
from hypothesis import given
from hypothesis import strategies as st
from whoosh.formats import Positions

from index.engines.contract import TextField
from index.engines.scoring.places import PLACE_BITS, occurrences
from index.engines.scoring.postings import Postings
from index.engines.whoosh.engine import WhooshEngine
from index.engines.whoosh.postings import decode
from index.engines.whoosh.schema import schema

HIGHEST = 2**31 - 1


def texts():
    """Enough for several blocks, of frequent words and rare ones, some far into a text."""
    chance = random.Random(1)
    words = [f"كلمة{number}" for number in range(40)]
    weights = [1 / (place + 1) for place in range(40)]
    return [
        " ".join(chance.choices(words, weights, k=chance.choice((3, 30, 700, 70_000 if n == 7 else 5))))
        for n in range(300)
    ]


def by_engine(folder):
    engine = WhooshEngine(folder, create=True)
    fill(engine, *(document(f"{number}", text) for number, text in enumerate(texts())))
    engine.close()


def by_whoosh(folder):
    folder.mkdir()
    writer = whoosh.index.create_in(folder, schema()).writer()
    for number, text in enumerate(texts()):
        writer.add_document(id=f"{number}", body=text)
    writer.commit()


@pytest.mark.parametrize("write", [by_engine, by_whoosh])
def test_posting_lists_are_read_as_whoosh_reads_them(folder, write):
    write(folder)
    engine = WhooshEngine(folder)
    (leaf,) = engine._snapshot.leaves
    with whoosh.index.open_dir(folder).reader() as reader:
        terms = [(name, term) for name, term in reader.all_terms() if name in {"id", "body"}]
        assert 300 + 40 == len(terms)
        for name, term in terms:
            matcher, documents, frequencies, places = reader.postings(name, term), [], [], []
            while matcher.is_active():
                documents.append(matcher.id())
                frequencies.append(matcher.weight())
                if name in set(TextField):
                    places += [(matcher.id() << PLACE_BITS) + at for at in matcher.value_as("positions")]
                matcher.next()
            postings = leaf.postings(name, term.decode())
            assert (documents, frequencies) == (postings.documents.tolist(), postings.frequencies.tolist())
            if places:
                assert places == leaf.occurrences(name, term.decode(), postings).tolist()
    engine.close()


def postings_of(positions):
    frequencies = [float(len(each)) for each in positions]
    return Postings(np.arange(len(positions)), np.array(frequencies))


def keys_of(positions):
    return [(number << PLACE_BITS) + place for number, each in enumerate(positions) for place in each]


def places(highest):
    return st.sets(st.integers(0, highest), min_size=1, max_size=20).map(sorted)


@given(st.lists(st.sampled_from((30, 300, 70_000, HIGHEST)).flatmap(places), min_size=1))
def test_encoded_places_are_read_back(positions):
    encoded = [Positions().encode(each) for each in positions]
    assert keys_of(positions) == occurrences(encoded, postings_of(positions)).tolist()


def as_tuple(encoded):
    return encoded[:4] + pickle.dumps(tuple(pickle.loads(encoded[4:])), 2)


def newer(encoded):
    return encoded[:4] + pickle.dumps(pickle.loads(encoded[4:]), 4)


def without_end(encoded):
    return encoded[:-1]


@pytest.mark.parametrize("otherwise", [as_tuple, newer, without_end])
def test_places_that_were_pickled_otherwise_are_read_by_whoosh(otherwise):
    positions = [[0, 3, 700], [5], [1, 2], [9, 70_000]]
    encoded = [Positions().encode(each) for each in positions]
    encoded[1:3] = map(otherwise, encoded[1:3])
    assert keys_of(positions) == occurrences(encoded, postings_of(positions)).tolist()


def test_very_many_places_are_read_by_whoosh():
    positions = [[4], list(range(0, 3003, 3)), [1, 2]]  # pickle writes a list of thousands in several parts
    encoded = [Positions().encode(each) for each in positions]
    assert keys_of(positions) == occurrences(encoded, postings_of(positions)).tolist()


@pytest.mark.parametrize(
    "steps", [[[3, -1]], [[-1]], [[1, 0]], [[0], [HIGHEST + 1]], [[HIGHEST, 1]], [[2**63]], [["a"]]]
)
def test_places_out_of_order_are_an_error(steps):
    encoded = [struct.pack("!I", len(each)) + pickle.dumps(each, 2) for each in steps]
    with pytest.raises((ValueError, TypeError, OverflowError)):
        occurrences(encoded, postings_of(steps))


@given(st.binary(max_size=40), st.integers(1, 3))
def test_bytes_that_are_no_places_are_an_error_or_are_read_as_whoosh_does(junk, count):
    encoded = struct.pack("!I", count) + b"\x80\x02]q\x00" + b"(" * (count > 1) + junk
    try:
        found = occurrences([encoded], postings_of([range(count)])).tolist()
    except Exception:  # noqa: BLE001 - whatever unpickling raises
        return
    assert Positions().decode_positions(encoded) == found


@pytest.mark.parametrize("positions", [[[1]], [[1], [2, 3], [4]], [[1], [2]]])
def test_places_that_do_not_agree_with_the_frequencies_are_an_error(positions):
    encoded = [Positions().encode(each) for each in positions]
    with pytest.raises(ValueError, match="than it counts"):
        occurrences(encoded, postings_of([[1], [2, 3]]))
    with pytest.raises(ValueError, match="than it counts"):
        occurrences([struct.pack("!I", 2**31) + b"\x80\x02]q\x00"], postings_of([range(2**31)]))


def posting_list(ids, weights, values=None, *, last=True):
    block = pickle.dumps((ids, weights, values), 2)
    information = pickle.dumps((len(ids), 0, 1.0, 0, 0, 0), 2)
    length = len(information) + len(block)
    return struct.pack("!i", -length if last else length) + information + block


@pytest.mark.parametrize(
    "blocks",
    [
        [((), None)],
        [((1, 0), None)],
        [((5,), None), ((5,), None)],
        [((5,), None), ((4,), None)],
        [((10,), None)],
        [((1, 2), (1.0,))],
        [((1, 2), (1.0, 0.0))],
        [((1, 2), (1.0, float("nan")))],
        [((1,), float("inf"))],
        [((-1,), None)],
        [((1.5,), None)],
        [(("1",), None)],
        [((1,), "1")],
    ],
)
def test_numbers_that_are_no_posting_list_are_an_error(blocks):
    lists = [posting_list(*block, last=number == len(blocks)) for number, block in enumerate(blocks, 1)]
    with pytest.raises((ValueError, TypeError, OverflowError)):
        decode(b"W3Bl" + b"".join(lists), 10)


def test_a_posting_list_begins_with_its_mark():
    good = posting_list((3, 2), (1.0, 2.0))
    assert [3, 5] == decode(b"W3Bl" + good, 10).documents.tolist()
    with pytest.raises(ValueError, match="does not begin"):
        decode(b"W3Bx" + good, 10)
