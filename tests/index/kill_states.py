"""What stands in a data folder, for tests that kill: small enough to be compared as a whole.

`of(data)` looks at everything: what the archive has, which index is in use, what it finds, whether its files
are whole, what else lies about.
"""

import json
import sqlite3
import zlib
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import whoosh.index

from index.engines.contract import MONTH, KeywordField, Request, TextField
from index.engines.query import Everything, Phrase, Term
from index.engines.tantivy.files import META, Mapped
from index.library import Library

MOST = 10_000
FACETS = (KeywordField.SOURCE.value, MONTH)
PAIR = Phrase(TextField.BODY_EXACT.value, ("الحكومه", "اعلن"), (0, 1))
BESIDE = {
    "whoosh": {"MAIN_WRITELOCK"},
    "tantivy": {META, "lock", ".managed.json", ".tantivy-meta.lock", ".tantivy-writer.lock"},
}
"""Files of an engine's folder that belong to no segment."""


def of(data):
    """All of it; `index` is None where none is in use."""
    with Library.open(data, create=True) as library:
        status = library.index_status()
        seen = {"archive": archived(data, library), "pending": status.pending, "index": None}
        if (data / "index" / "current").exists():
            seen["index"] = indexed(data, library, status)
    return seen


def archived(data, library):
    """Each article's digest by its id; the file is looked through by SQLite."""
    with closing(sqlite3.connect(data / "archive.db")) as connection:
        assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
    return {article.id: article.digest().hex()[:12] for article in library.archive.articles()}


def indexed(data, library, status):
    """What the index in use finds and counts, and its files."""
    folder = data / "index" / (data / "index" / "current").read_text("utf-8").strip() / "engine"
    with library.searching() as engine:
        everything = engine.search(Request(Everything(), limit=MOST, facets=FACETS))
        found = {
            f"{field.value}:{term}": ids(engine, Term(field.value, term))
            for field in TextField
            for term, _ in engine.terms(field.value)
        }
        pair = ids(engine, PAIR)
    used = IN_USE[status.engine](folder)
    return {
        "engine": status.engine,
        "documents": status.size.documents,
        "ids": sorted(hit.id for hit in everything.hits),
        "terms": digest(of_some(found)),
        "pair": digest(pair),
        "facets": digest({name: list(map(list, rows)) for name, rows in everything.facets.items()}),
        "stock": digest(of_some(stock(folder))) if status.engine == "whoosh" else None,
        "segments": len({path.name.partition(".")[0] for path in used if not names_segments(path)}),
        "files": {path.name: sha256(path.read_bytes()).hexdigest()[:12] for path in used},
        "spoiled": [path.name for path in used if not is_whole(path)],
        "strangers": sorted(strangers(data, folder, used, status.engine)),
    }


def ids(engine, node):
    page = engine.search(Request(node, limit=MOST))
    assert page.total == len(page.hits)
    return sorted(hit.id for hit in page.hits)


def of_some(found):
    """Terms that are in some article: of one that was taken out an engine may still know the terms."""
    return sorted((term, where) for term, where in found.items() if where)


def digest(value):
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def stock(folder):
    """What stock Whoosh finds: for each term of each text field the articles that have it."""
    opened = whoosh.index.open_dir(folder)
    with closing(opened), closing(opened.reader()) as reader:
        if not reader.doc_count_all():
            return {}
        names = reader.column_reader("id")
        return {
            f"{field.value}:{term.decode()}": sorted(
                names[number]
                for number in reader.postings(field.value, term).all_ids()
                if not reader.is_deleted(number)
            )
            for field in TextField
            for term in reader.lexicon(field.value)
        }


def whoosh_files(folder):
    """The newest table of contents, and the segments that it names."""
    toc = max(folder.glob("*.toc"), key=lambda path: int(path.stem.rpartition("_")[2]))
    contents = whoosh.index.TOC.read(whoosh.filedb.filestore.FileStorage(str(folder)), "MAIN")
    return [toc, *(folder / f"{segment.segment_id()}.seg" for segment in contents.segments)]


def tantivy_files(folder):
    """What names the segments, and the files of these, of which it names one that says what is deleted."""
    meta = folder / META
    segments = json.loads(meta.read_text("utf-8"))["segments"]
    deletes = {_name(each): each["deletes"] and f"{each['deletes']['opstamp']}.del" for each in segments}
    return [meta, *(path for path in folder.iterdir() if _is_of(path.name, deletes))]


def _name(segment):
    return segment["segment_id"].replace("-", "")


def _is_of(name, deletes):
    """Whether a file is of one of these segments, each told with the end of the file of its deletes."""
    segment, _, end = name.partition(".")
    return segment in deletes and (not end.endswith(".del") or end == deletes[segment])


IN_USE = {"whoosh": whoosh_files, "tantivy": tantivy_files}


def names_segments(path):
    """Whether a file says which segments there are."""
    return path.name == META or path.suffix == ".toc"


def is_whole(path):
    """Whether a file of a tantivy segment has the checksum that its end says; others have none."""
    if names_segments(path) or path.suffix == ".seg":
        return True
    footer = path.read_bytes()
    length = int.from_bytes(footer[-8:-4], "little")
    said = json.loads(footer[-8 - length : -8])
    return zlib.crc32(Mapped(path).body) == said["crc"]


def strangers(data, folder, used, engine):
    """Files that are neither in use nor what always stands there."""
    known = {*used, *(folder / name for name in BESIDE[engine])}
    known |= {folder.parent / name for name in ("settings.json", "position.json", "words")}
    known |= {data / "index" / name for name in ("current", "lock")}
    known |= {data / f"archive.db{end}" for end in ("", "-wal", "-shm")}
    files = (path for path in Path(data).rglob("*") if path.is_file())
    return (str(path.relative_to(data)) for path in files if path not in known)
