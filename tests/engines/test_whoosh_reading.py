"""What is read of Whoosh's files without Whoosh, beside what Whoosh itself reads of them."""

import pickle
import pickletools
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zlib import crc32

import pytest
import whoosh.index
from engine_samples import NEWS, document, fill, take_out
from hypothesis import given
from hypothesis import strategies as st
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC
from whoosh.columns import VarBytesColumn
from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.filetables import OrderedHashWriter
from whoosh.util.numeric import byte_to_length

from index.engines.scoring.leaf import LENGTHS
from index.engines.whoosh.columns import StringColumn
from index.engines.whoosh.engine import WhooshEngine
from index.engines.whoosh.even import MAGIC
from index.engines.whoosh.schema import schema
from index.engines.whoosh.segments import FIELDS
from index.engines.whoosh.terms import TermDictionary
from index.engines.whoosh.toc import Segment, _unpickled, read_contents

WORDS = [f"كلمة{number}" for number in range(500)]


def by_engine(folder):
    engine = WhooshEngine(folder, create=True)
    fill(engine, *NEWS, *(document(f"n{number}", word) for number, word in enumerate(WORDS)))
    take_out(engine, "2", "4")
    engine.close()


def by_whoosh(folder):
    folder.mkdir()
    writer = whoosh.index.create_in(folder, schema()).writer()
    for number, word in enumerate(WORDS):
        writer.add_document(id=f"{number}", body=f"{word} حرب", source="سانا")
    writer.commit()
    writer = whoosh.index.open_dir(folder).writer()
    writer.delete_document(3)
    writer.add_document(id="new", title="حرب")
    writer.commit(merge=False)


@pytest.fixture(params=[by_engine, by_whoosh])
def written(request, folder):
    request.param(folder)
    return folder


def test_the_table_of_contents(written):
    expected = whoosh.index.open_dir(written)
    (path,) = written.glob("*.toc")
    contents = read_contents(path)
    assert set(expected.schema.names()) == contents.fields == FIELDS
    assert 1 <= len(contents.segments)
    assert [
        (each.segment_id(), each.doc_count_all(), set(each.deleted_docs())) for each in expected._segments()
    ] == [(each.segment_id(), each.doc_count_all(), set(each.deleted_docs())) for each in contents.segments]
    assert any(each.deleted_docs() for each in contents.segments)


def test_the_term_dictionary(written):
    engine = WhooshEngine(written)
    segments = whoosh.index.open_dir(written)._segments()
    for leaf, segment in zip(engine._snapshot.leaves, segments, strict=True):
        storage = segment.open_compound_file(whoosh.index.open_dir(written).storage)
        theirs = segment.codec().terms_reader(storage, segment)
        assert list(theirs.terms()) == list(leaf.terms())
        for (name, term), info in theirs.items():
            offset, (length,) = info.extent()
            assert (info.doc_frequency(), offset, length) == leaf._terms.find(name, term)
            assert leaf._terms.find(name, term + b"x") is None
        for prefix in ("", "كلمة4", "كلمة499", "كلمة5", "ح", "\uffff"):
            expected = [
                (term.decode(), info.doc_frequency())
                for (name, term), info in theirs.items()
                if name == "body" and term.startswith(prefix.encode())
            ]
            assert expected == list(leaf.frequencies("body", prefix))
        assert [term.decode() for name, term in theirs.terms() if name == "id"] == [
            term for term, _ in leaf.frequencies("id", "")
        ]
    engine.close()


@given(
    st.lists(st.binary(min_size=1), min_size=1, unique=True).map(sorted), st.sampled_from([0, 1]), st.binary()
)
def test_a_dictionary_of_whoosh_has_its_keys_and_no_others(keys, hash_type, other):
    storage = RamStorage()
    writer = OrderedHashWriter(storage.create_file("terms"))
    writer.hashtype, writer.hashfn = hash_type, [writer.hashfn, crc32][hash_type]
    writer.extras["fieldmap"] = {"body": 1}
    writer.dbfile.seek(4)
    writer.dbfile.write_byte(hash_type)
    writer.dbfile.seek(13)
    for number, key in enumerate(keys):
        info = b"\0" + bytes(4) + number.to_bytes(4, "big") + bytes(14) + bytes(8) + b"\0\0\0\7"
        writer.add(b"\0\1" + key, info)
    writer.close()
    data = memoryview(bytes(storage.files["terms"]))
    terms = TermDictionary(data)
    assert [(key, (number, 0, 7)) for number, key in enumerate(keys)] == list(terms.items("body"))
    assert all(terms.find("body", key).documents == number for number, key in enumerate(keys))
    assert (terms.find("body", other) is not None) == (other in keys)
    assert [key for key in keys if key >= other and key.startswith(other)] == [
        key for key, _ in terms.items("body", other)
    ]
    assert terms.find("title", keys[0]) is None
    assert [] == list(terms.items("title"))
    assert ([], []) == terms.counts("title")
    plain = [key for key in keys if b"\xff" not in key]
    if plain == keys and b"\xff" not in other:
        found = list(zip(*terms.counts("body", other), strict=True))
        assert [(key, info.documents) for key, info in terms.items("body", other)] == found


@given(st.lists(st.binary(max_size=300), max_size=60), st.integers(0, 70))
def test_a_column_of_strings(values, cutoff):
    storage = RamStorage()
    file = storage.create_file("column")
    writer = VarBytesColumn(write_offsets_cutoff=cutoff).writer(file)
    for number, value in enumerate(values):
        writer.add(number, value)
    writer.finish(len(values))
    file.close()
    column = StringColumn(memoryview(bytes(storage.files["column"])), len(values))
    assert values == list(column) == [column[number] for number in range(len(values))]


def test_what_whoosh_has_as_constants():
    assert WHOOSH3_HEADER_MAGIC == MAGIC
    assert tuple(map(byte_to_length, range(256))) == LENGTHS


class Harm:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.write_text, (self.path, "harm")


@pytest.mark.parametrize("protocol", [0, 2, 4])
def test_nothing_that_a_table_of_contents_names_is_called(tmp_path, protocol):
    pickled = pickle.dumps([Harm(tmp_path / "file"), {1, 2}], protocol)
    assert "write_text" in "".join(f"{argument}" for _, argument, _ in pickletools.genops(pickled))
    _, numbers = _unpickled(BytesIO(pickled))
    assert {1, 2} == numbers
    assert [] == list(tmp_path.iterdir())


def test_a_segment_without_deleted_documents_has_none():
    segment = Segment()
    segment._deleted = None
    assert () == segment.deleted_docs()


def test_a_search_needs_no_whoosh(written):
    code = (
        "import sys; from pathlib import Path; from index.engines import open_engine;"
        "from index.engines.contract import Request; from index.engines.query import Term, Phrase;"
        f"engine = open_engine('whoosh', Path({str(written)!r}));"
        "print(engine.search(Request(Term('body', 'حرب'))).total);"
        "engine.search(Request(Phrase('body', ('حرب', 'نفط'), (0, 1)), facets=('source', 'month')));"
        "print(*[name for name in sys.modules if name.partition('.')[0] == 'whoosh'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    total, modules = done.stdout.splitlines()
    assert int(total) > 0
    assert "" == modules
