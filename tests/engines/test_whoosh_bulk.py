"""Segments that are written at once, beside what Whoosh itself writes of the same documents."""

from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
import pytest
import whoosh.index
from engine_samples import document, fill
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.filedb.filetables import OrderedHashReader
from whoosh.filedb.structfile import BufferFile
from whoosh.formats import Positions

from index.engines.contract import GAP, Document, KeywordField, TextField, moment
from index.engines.scoring.places import positions
from index.engines.whoosh import batch as whoosh_batch
from index.engines.whoosh import encode as whoosh_encode
from index.engines.whoosh import even as whoosh_even
from index.engines.whoosh import merge as whoosh_merge
from index.engines.whoosh import runs as whoosh_runs
from index.engines.whoosh import write as whoosh_write
from index.engines.whoosh.encode import TERM, encode
from index.engines.whoosh.engine import WhooshEngine
from index.engines.whoosh.hashed import hash_tables, write_hashed
from index.engines.whoosh.postings import decode_lists
from index.engines.whoosh.schema import schema
from index.engines.whoosh.segments import GAP_MARK

WORDS = ("حرب", "حربي", "نفط", "نفطي", "نف", "و", "a", "\0", "𐎠")
FIELDS = ("title", "body", "body_exact")
few = settings(max_examples=60, deadline=None)


# What Whoosh makes of an index


def texts():
    runs = st.tuples(st.sampled_from((*WORDS, GAP)), st.sampled_from((1, 1, 1, 1, 2, 300)))
    return st.lists(runs, max_size=8).map(lambda runs: [word for word, count in runs for _ in range(count)])


def documents():
    return st.lists(
        st.builds(
            Document,
            st.sampled_from("abcdefgh") | st.sampled_from(WORDS),
            st.dictionaries(st.sampled_from([TextField(name) for name in FIELDS]), texts()),
            st.dictionaries(st.sampled_from(KeywordField), st.sampled_from(("سانا", "جريدة الرياض", ""))),
            st.sampled_from((None, "2018-12-31", "2019-02-17T23:59:59")),
        ),
        min_size=1,
        max_size=12,
    )


def questions():
    fields, words = st.sampled_from(FIELDS), st.sampled_from((*WORDS, "سلم"))
    leaves = st.one_of(
        st.builds(query.Term, fields, words),
        st.builds(query.Prefix, fields, st.sampled_from(("ح", "نف", "حرب", "x"))),
        st.builds(query.Phrase, fields, st.lists(words, min_size=2, max_size=3), slop=st.integers(1, 3)),
        st.builds(query.Term, st.sampled_from(KeywordField), st.sampled_from(("سانا", "جريدة الرياض"))),
        st.builds(query.Every, st.sampled_from((None, "source", "body"))),
    )
    some = st.lists(leaves, min_size=1, max_size=3)
    return leaves | st.builds(query.And, some) | st.builds(query.Or, some)


def by_whoosh(folder, documents):
    """Whoosh's own index of documents, with its own codec."""
    folder.mkdir()
    writer = whoosh.index.create_in(folder, schema()).writer()
    for each in {each.id: each for each in documents}.values():
        words = {name.value: [word or GAP_MARK for word in words] for name, words in each.terms.items()}
        fields = {name: " ".join(words) for name, words in words.items()}
        fields |= {name.value: value for name, value in each.keywords.items() if value}
        writer.add_document(id=each.id, published=moment(each.published), **fields)
    writer.commit()


def in_bulk(folder, documents, cut):
    """The engine's, of two batches; the segments of the first are merged into the second's."""
    engine = WhooshEngine(folder, create=True)
    with patch.object(whoosh_merge, "_PEERS", 0):
        fill(engine, *documents[:cut])
        fill(engine, *documents[cut:])
    engine.close()


def term_by_term(reader):
    """Every term with its statistics, and where which document has it."""
    ids = reader.column_reader("id")
    for name, term in reader.all_terms():
        matcher, found = reader.postings(name, term), {}
        while matcher.is_active():
            places = matcher.value_as("positions") if name in set(TextField) else None
            found[ids[matcher.id()]] = (matcher.weight(), places)
            matcher.next()
        info = reader.term_info(name, term)
        statistics = (info.weight(), info.doc_frequency(), info.max_weight())
        assert statistics == (reader.frequency(name, term), reader.doc_frequency(name, term), statistics[2])
        assert (name, term) in reader
        yield name, term, statistics, found


def row_by_row(reader):
    """Every document with its values and lengths."""
    ids = reader.column_reader("id")
    columns = {name: reader.column_reader(name) for name in ("published", *KeywordField)}
    lengths = {name: reader.field_length(name) for name in TextField}
    rows = {
        ids[number]: (
            [column[number] for column in columns.values()],
            [reader.doc_field_length(number, name) or 0 for name in TextField],
            reader.stored_fields(number),
        )
        for number in reader.all_doc_ids()
    }
    return reader.doc_count(), reader.doc_count_all(), lengths, rows


def answers(searcher, questions):
    for question in questions:
        results = searcher.search(question, limit=None)
        yield len(results), {hit["id"]: hit.score for hit in results}


@contextmanager
def two_folders():
    with TemporaryDirectory() as folder:
        yield Path(folder, "stock"), Path(folder, "bulk")


@few
@given(
    documents=documents(),
    questions=st.lists(questions(), min_size=1, max_size=8),
    cut=st.integers(0, 12),
    size=st.sampled_from((1, 2, 1024)),
    waiting=st.sampled_from((0, 7, 10**6)),
)
def test_whoosh_reads_the_same_as_of_an_index_that_it_wrote_itself(documents, questions, cut, size, waiting):
    small = (
        patch.object(whoosh_encode, "BLOCK", size),
        patch.object(whoosh_runs, "_CHUNK", size),
        patch.object(whoosh_batch, "_WAITING", waiting),
        patch.object(whoosh_write, "_LONG_COLUMN", size),
        patch.object(whoosh_merge, "_PORTION", size),
    )
    with two_folders() as (stock, bulk), ExitStack() as stack:
        for each in small:
            stack.enter_context(each)
        by_whoosh(stock, documents)
        in_bulk(bulk, documents, cut)
        with (
            whoosh.index.open_dir(stock).searcher() as expected,
            whoosh.index.open_dir(bulk).searcher() as searcher,
        ):
            assert list(term_by_term(expected.reader())) == list(term_by_term(searcher.reader()))
            assert row_by_row(expected.reader()) == row_by_row(searcher.reader())
            assert list(answers(expected, questions)) == list(answers(searcher, questions))


def test_whoosh_merges_it_into_the_same(tmp_path):
    some = [document(f"{n}", f"حرب _ كلمة{n} نفط حرب", source=f"مصدر{n % 3}") for n in range(300)]
    by_whoosh(tmp_path / "stock", some)
    in_bulk(tmp_path / "bulk", some, 150)
    whoosh.index.open_dir(tmp_path / "bulk").optimize()
    with (
        whoosh.index.open_dir(tmp_path / "stock").reader() as expected,
        whoosh.index.open_dir(tmp_path / "bulk").reader() as reader,
    ):
        assert list(term_by_term(expected)) == list(term_by_term(reader))
        assert row_by_row(expected) == row_by_row(reader)


# Posting lists

FAR = st.sampled_from((3, 300, 70_000, 2**31 - 1)).flatmap(lambda highest: st.integers(0, highest))


@given(
    st.sets(st.tuples(st.integers(0, 3), FAR, FAR), min_size=1, max_size=60), st.sampled_from((1, 3, 1024))
)
def test_posting_lists_are_read_back(tokens, block):
    terms, documents, places = (np.array(column, np.int64) for column in zip(*sorted(tokens), strict=True))
    with patch.object(whoosh_encode, "BLOCK", block):
        encoded = encode(terms, documents, places)
    assert sorted(set(terms.tolist())) == encoded.terms.tolist()
    read = []
    for term, info in zip(encoded.terms.tolist(), encoded.infos, strict=True):
        data = encoded.data[info["offset"] : info["offset"] + info["length"]].tobytes()
        found, frequencies, values = decode_lists([data])
        counts = frequencies.astype(np.int64)
        assert (len(found), counts.sum(), counts.max()) == (
            info["documents"],
            info["weight"],
            info["highest"],
        )
        assert (found[0], found[-1]) == (info["first"], info["last"])
        with patch.object(Positions, "decode_positions", side_effect=AssertionError("read slowly")):
            owners, at = np.repeat(found, counts).tolist(), positions(values, counts).tolist()
        read += [(term, *each) for each in zip(owners, at, strict=True)]
        unpickled = [
            whoosh_even.positions(data).tolist(),
            *(each.tolist() for each in whoosh_even.postings(data)),
        ]
        assert [at, found.tolist(), frequencies.tolist()] == unpickled
    assert sorted(tokens) == read


@pytest.mark.parametrize("often", [255, 256, 65_535, 65_536])
def test_a_word_may_stand_in_a_text_very_often(often):
    places, others = np.arange(0, 3 * often, 3), np.array([1])
    documents = np.repeat([4, 9], [often, 1])
    encoded = encode(np.zeros(often + 1, np.int64), documents, np.concatenate((places, others)))
    found, frequencies, values = decode_lists([encoded.data.tobytes()])
    assert ([4, 9], [often, 1]) == (found.tolist(), frequencies.tolist())
    assert [*places.tolist(), 1] == positions(values, np.array([often, 1])).tolist()


def test_what_is_written_otherwise_is_left_to_pickle(tmp_path):
    by_whoosh(tmp_path / "stock", [document(f"{n}", f"حرب {'نفط ' * n}") for n in range(1, 400)])
    with whoosh.index.open_dir(tmp_path / "stock").reader() as reader:
        (leaf,) = WhooshEngine(tmp_path / "stock")._snapshot.leaves
        for term in ("حرب", "نفط"):
            data = leaf._posting_list("body", term)
            for read in (whoosh_even.postings, whoosh_even.positions):
                with pytest.raises(whoosh_even.Uneven):
                    read(data)
            postings = leaf.postings("body", term)
            assert 399 == reader.doc_frequency("body", term) == len(postings.documents)
            assert postings.frequencies.sum() == len(leaf.occurrences("body", term, postings))


@given(st.data())
def test_spoiled_posting_lists_are_read_as_pickle_reads_them_or_not_at_all(data):
    documents = np.arange(0, 60, 2)
    encoded = bytearray(encode(np.zeros(30, np.int64), documents, np.arange(30)).data.tobytes())
    place = data.draw(st.integers(4, len(encoded) - 1))
    encoded[place] = data.draw(st.integers(0, 255))
    try:
        found, frequencies = whoosh_even.postings(bytes(encoded))
    except Exception:  # noqa: BLE001 - whatever unpickling raises
        return
    try:
        expected, often, _ = decode_lists([bytes(encoded)])
    except Exception:  # noqa: BLE001
        return
    assert (expected.tolist(), often.tolist()) == (found.tolist(), frequencies.tolist())


# Term dictionaries


@given(st.sets(st.binary(max_size=6), min_size=1, max_size=300))
def test_a_dictionary_is_read_by_whoosh(keys):
    rows = np.zeros(len(keys), TERM)
    rows["offset"] = np.arange(len(keys))
    file = BytesIO()
    write_hashed(file, sorted(keys), rows, {"fieldmap": {}})
    reader = OrderedHashReader(BufferFile(memoryview(file.getvalue())), len(file.getvalue()))
    assert [(key, row.tobytes()) for key, row in zip(sorted(keys), rows, strict=True)] == list(reader.items())
    for number, key in enumerate(sorted(keys)):
        assert rows[number].tobytes() == reader[key]
        assert sorted(keys)[number:] == list(reader.keys_from(key))
        assert (key + b"x" in keys) == (key + b"x" in reader)


def found_in(tables, slots, hash_, position):
    """Whether a key is found as `HashReader` looks for it."""
    start, count = slots[: hash_ & 255].sum(), slots[hash_ & 255]
    for step in range(count):
        slot = tables[start + ((hash_ >> 8) + step) % count]
        if not slot["position"]:
            return False
        if (hash_, position) == (slot["hash"], slot["position"]):
            return True
    return False


@given(
    st.lists(st.builds(lambda low, high: high << 8 | low, st.integers(0, 2), st.integers(0, 9)), min_size=1)
)
def test_keys_are_found_however_many_would_be_in_one_slot(hashes):
    places = np.arange(1, len(hashes) + 1)
    tables, slots = hash_tables(np.array(hashes), places)
    assert 2 * len(hashes) == len(tables)
    assert all(found_in(tables, slots, *each) for each in zip(hashes, places.tolist(), strict=True))
