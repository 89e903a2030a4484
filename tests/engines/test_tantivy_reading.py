"""What is read of tantivy's files is what tantivy wrote: terms, posting lists and places."""

import random
import string
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
import tantivy
from engine_samples import document, fill, take_out
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engines.contract import GAP, TextField
from index.engines.scoring.places import PLACE_BITS
from index.engines.tantivy.engine import TantivyEngine
from index.engines.tantivy.files import parts
from index.engines.tantivy.postings import unpack
from index.engines.tantivy.segments import Commit
from index.engines.tantivy.terms import Terms

BODY = TextField.BODY
LETTERS = [*string.printable[:94], *map(chr, range(0x621, 0x64B)), "\0", "\u00a0", "é", "字", "😀"]


@pytest.fixture
def engine(folder):
    engine = TantivyEngine(folder, create=True)
    yield engine
    engine.close()


def leaves(engine):
    return engine._current().leaves


def searcher(engine):
    engine._index.reload()
    return engine._index.searcher()


def written(words, seed, documents=700):
    """Documents of some words, most of them of few, and where each word stands."""
    chance = random.Random(seed)
    made, places = [], defaultdict(list)
    for number in range(documents):
        text = []
        for place in range(chance.randrange(120)):
            word = words[min(int(chance.paretovariate(0.5)) - 1, len(words) - 1)]
            text.append(GAP if chance.random() < 0.1 else word)
            if text[-1]:
                places[word].append((number, place))
        each = document(f"{number:05}", source=f"مصدر{number % 3}")
        each.terms[BODY].extend(text)
        made.append(each)
    return made, places


def words_of(chance, count):
    words = {"".join(chance.choices(LETTERS, k=chance.randint(1, 7))) for _ in range(count)}
    return sorted(words - {"-"})


def occurrences(leaf, term):
    found = leaf.occurrences("body", term, leaf.postings("body", term))
    return [(place >> PLACE_BITS, place & (1 << PLACE_BITS) - 1) for place in found.tolist()]


@pytest.mark.parametrize("seed", [1, 2])
def test_every_word_is_where_it_was_written(engine, seed):
    made, places = written(words_of(random.Random(seed), 4000), seed)
    fill(engine, *made)
    (leaf,) = leaves(engine)
    assert max(map(len, places.values())) > 3 * 128  # blocks, and some left over
    for word, expected in places.items():
        assert expected == occurrences(leaf, word)
        assert leaf.frequency("body", word) == len({number for number, _ in expected})
    for number in range(3):
        documents = leaf.postings("source", f"مصدر{number}").documents
        assert [row for row in range(len(made)) if row % 3 == number] == documents.tolist()


def test_every_term_is_listed_and_found_as_tantivy_lists_it(engine):
    words = words_of(random.Random(3), 4000)
    made, _ = written(words, 3)
    alone = document("x")
    alone.terms[BODY].extend(letter for letter in LETTERS if letter != "-")  # a node has more than 32 ways
    fill(engine, *made, alone)
    (leaf,) = leaves(engine)
    terms = leaf._fields["body"].terms
    expected = {term.encode(): count for term, count in searcher(engine).terms_with_prefix("body", "")}
    assert [(term, expected[term]) for term in sorted(expected)] == [
        (term, info.documents) for term, info in terms.items()
    ]
    assert len(terms) == len(expected)
    for term, count in expected.items():
        assert count == terms.find(term).documents
        assert (terms.find(term + b"\x7f") is None) == (term + b"\x7f" not in expected)
    assert terms.find(b"") is None


@settings(max_examples=60, deadline=None)
@given(terms=st.sets(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6), max_size=40))
def test_any_terms_are_found_and_no_others(terms):
    builder = tantivy.SchemaBuilder().add_text_field("value", tokenizer_name="raw", index_option="basic")
    schema = builder.build()
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        index = tantivy.Index(schema, path=name)
        writer = index.writer(15_000_000, 1)
        for term in terms:
            made = tantivy.Document()
            made.add_text("value", term)
            writer.add_document(made)
        writer.commit()
        writer.wait_merging_threads()
        paths = list(Path(name).glob("*.term"))
        assert bool(paths) == bool(terms)
        for path in paths:
            read = Terms(parts(path)[0])
            encoded = sorted(term.encode() for term in terms)
            assert encoded == [term for term, _ in read.items()]
            assert all(read.find(term).documents == 1 for term in encoded)
            ends = [info.postings for _, info in read.items()]
            assert all(one[1] == other[0] for one, other in pairwise(ends))


def test_segments_and_deletes_are_those_of_the_commit(engine, folder):
    for start in range(0, 60, 20):
        fill(engine, *(document(f"{number}", "حرب") for number in range(start, start + 20)))
    take_out(engine, "3", "30", "31")
    commit = Commit.read(folder)
    ids = engine._current()
    deleted = [len(segment.deleted_docs(folder)) for segment in commit.segments]
    assert (60, 3) == (sum(segment.size for segment in commit.segments), sum(deleted))
    alive = set(ids.ids(range(60)))
    assert {str(number) for number in range(60)} == alive
    assert {"3", "30", "31"} == alive - set(ids.ids(ids.documents.tolist()))


@pytest.mark.parametrize("width", range(1, 33))
def test_numbers_of_every_width_are_unpacked(width):
    """Each lane of a block is a row of bits, the lowest first, and every fourth word is of the same lane."""
    chance = random.Random(width)
    numbers = [chance.getrandbits(width) for _ in range(128)]
    words = [0] * (4 * width)
    for lane in range(4):
        bits = sum(number << row * width for row, number in enumerate(numbers[lane::4]))
        words[lane::4] = [bits >> 32 * word & 0xFFFFFFFF for word in range(width)]
    data = b"..." + np.array(words, "<u4").tobytes() + b"!"
    found, end = unpack(memoryview(data), 3, np.array([0, width, 0]))
    assert [[0] * 128, numbers, [0] * 128] == found.tolist()
    assert len(data) - 1 == end
