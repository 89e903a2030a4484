from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from index.readers import Limits, Severity
from index.readers.files import EXTENSIONS

LINES = '{"id": "1", "body": "نص"}\n{"id": "2", "body": "نص"}\n'.encode()
LIST = json.dumps([{"id": "1", "body": "نص"}, {"id": "2", "body": "نص"}]).encode()


def zipped(members, **options):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", **{"compression": zipfile.ZIP_DEFLATED, **options}) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def places(records):
    return [(record.file.partition("/read")[2].partition("/")[2], record.number) for record in records]


def told(problems):
    return [
        (problem.severity, problem.file.partition("/read")[2].partition("/")[2], problem.reason)
        for problem in problems
    ]


@pytest.fixture
def read_named(read_bytes):
    """Reads bytes: (places of records, what problems tell), files by their names under the folder."""

    def read(name, data, **options):
        records, problems = read_bytes(name, data, **options)
        return places(records), told(problems)

    return read


@pytest.mark.parametrize(
    ("inner", "data"),
    [("a.jsonl", LINES), ("A.JSON", LIST), ("a.ndjson", LINES), ("a.csv", b"body\n1\n2\n")],
)
def test_a_file_in_each_container(read_named, inner, data):
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        packed = zipped({inner: data}, compression=method)
        assert ([(f"x.ZIP/{inner}", 1), (f"x.ZIP/{inner}", 2)], []) == read_named("x.ZIP", packed)
    name = f"{inner}.Gz"
    assert ([(name, 1), (name, 2)], []) == read_named(name, gzip.compress(data))


def test_a_text_in_each_container(read_named):
    data = "عنوان\nنص".encode("cp1256")
    assert ([("x.zip/d/a.txt", 1)], []) == read_named("x.zip", zipped({"d/": b"", "d/a.txt": data}))
    assert ([("a.txt.gz", 1)], []) == read_named("a.txt.gz", gzip.compress(data))


def test_members_are_read_in_order_of_names(read_named):
    members = {"z.jsonl": LINES, "ب/a.jsonl": LINES, "a/b.json": LIST, "a.jsonl.gz": gzip.compress(LINES)}
    found, problems = read_named("x.zip", zipped(members))
    assert [] == problems
    order = ["x.zip/a.jsonl.gz", "x.zip/a/b.json", "x.zip/z.jsonl", "x.zip/ب/a.jsonl"]
    assert [(name, n) for name in order for n in (1, 2)] == found


def test_members_of_other_kinds_are_skipped(read_named):
    members = {
        "a.pdf": b"x",
        "__MACOSX/._a.jsonl": LINES,
        "d/.DS_Store": b"x",
        ".h/a.jsonl": LINES,
        "../a.jsonl": LINES,
    }
    found, problems = read_named("x.zip", zipped(members))
    assert [("x.zip/../a.jsonl", 1), ("x.zip/../a.jsonl", 2)] == found
    hidden = "hidden files and folders are passed over"
    assert [
        (Severity.SKIPPED, "x.zip/.h/a.jsonl", hidden),
        (Severity.SKIPPED, "x.zip/__MACOSX/._a.jsonl", hidden),
        (
            Severity.SKIPPED,
            "x.zip/a.pdf",
            f"files that end in .pdf are not read, only {' '.join(EXTENSIONS)} and .zip or .gz of them",
        ),
        (Severity.SKIPPED, "x.zip/d/.DS_Store", hidden),
    ] == problems


def test_a_format_that_is_given_is_for_what_is_in_the_container(read_named):
    found, problems = read_named(
        "x.zip", zipped({"a": LINES, "b.md.gz": gzip.compress(LINES)}), format="jsonl"
    )
    assert ([(f"x.zip/{name}", n) for name in ("a", "b.md.gz") for n in (1, 2)], []) == (found, problems)
    assert ([("x.gz", 1), ("x.gz", 2)], []) == read_named("x.gz", gzip.compress(LINES), format="jsonl")


def test_a_gz_that_does_not_say_what_is_in_it(read_named):
    found, ((severity, name, reason),) = read_named("x.gz", gzip.compress(LINES))
    assert ([], Severity.REJECTED, "x.gz") == (found, severity, name)
    assert reason.startswith("files without an extension are not read")
    assert reason.endswith("name the format, --format text|json|jsonl|csv")


def test_containers_in_containers(read_named):
    inner = zipped({"a.jsonl": LINES})
    assert [("o.zip/i.zip/a.jsonl", 1), ("o.zip/i.zip/a.jsonl", 2)] == read_named(
        "o.zip", zipped({"i.zip": inner})
    )[0]
    packed = gzip.compress(zipped({"a.jsonl.gz": gzip.compress(LINES)}))
    assert [("o.zip.gz/a.jsonl.gz", 1), ("o.zip.gz/a.jsonl.gz", 2)] == read_named("o.zip.gz", packed)[0]


def test_containers_that_stand_too_deep(read_named):
    data = zipped({"a.jsonl": LINES})
    for _ in range(3):
        data = zipped({"i.zip": data, "j.jsonl": LINES})
    found, problems = read_named("o.zip", data)
    deep = "o.zip/i.zip/i.zip"
    assert [(Severity.REJECTED, f"{deep}/i.zip", DEEP)] == problems
    assert [(f"{folder}/j.jsonl", n) for folder in (deep, "o.zip/i.zip", "o.zip") for n in (1, 2)] == found
    assert 8 == len(read_named("o.zip", data, limits=Limits(depth=4))[0])


DEEP = "it stands in 3 containers, which is the limit: unpack the outer ones"


def test_a_file_that_packs_itself_ends(read_named):
    data = LINES
    for _ in range(50):
        data = gzip.compress(data)
    assert ([], [(Severity.REJECTED, "a" + ".gz" * 50, DEEP)]) == read_named("a" + ".gz" * 50, data)


def test_a_bomb_is_refused_when_it_has_gone_off_so_far(read_named):
    data = LINES + b" " * 100_000_000 + b"\n" + LINES
    limits = Limits(text=10_000_000)
    reason = (
        "can't be read: unpacked it is larger than 10000000 bytes: split it into smaller files;"
        " what comes after record 2 was not read"
    )
    for name, file, packed in (
        ("x.jsonl.gz", "x.jsonl.gz", gzip.compress(data, 1)),
        ("x.zip", "x.zip/a.jsonl", zipped({"a.jsonl": data})),
    ):
        assert len(packed) < 500_000
        found, problems = read_named(name, packed, limits=limits)
        assert [(file, 1), (file, 2)] == found
        assert [(Severity.REJECTED, file, reason)] == problems


def test_a_bomb_that_is_to_be_held_is_refused(read_named):
    packed = gzip.compress(b"[" + b" " * 100_000_000 + b"]", 1)
    found, ((severity, name, reason),) = read_named("x.json.gz", packed, limits=Limits(text=10_000_000))
    assert ([], Severity.REJECTED, "x.json.gz") == (found, severity, name)
    assert "unpacked it is larger than 10000000 bytes" in reason
    assert reason.endswith("nothing of it was read")


def test_a_file_of_just_the_size_is_read(read_named):
    packed = zipped({"a.jsonl": LINES})
    assert [] == read_named("x.zip", packed, limits=Limits(text=len(LINES)))[1]
    assert 1 == len(read_named("x.zip", packed, limits=Limits(text=len(LINES) - 1))[1])


def test_a_container_in_another_has_a_limit_of_its_own(read_named):
    inner = zipped({"a.jsonl": LINES})
    packed = zipped({"i.zip": inner, "j.jsonl": LINES})
    found, problems = read_named("o.zip", packed, limits=Limits(nested=len(inner) - 1))
    assert [("o.zip/j.jsonl", 1), ("o.zip/j.jsonl", 2)] == found
    reason = (
        "can't be unpacked: inside another container it may have"
        f" {len(inner) - 1} bytes at most: unpack the outer one"
    )
    assert [(Severity.REJECTED, "o.zip/i.zip", reason)] == problems
    assert [] == read_named("o.zip", packed, limits=Limits(nested=len(inner)))[1]


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all" * 100, zipped({"a.jsonl": LINES})[:-30]])
def test_a_zip_that_is_none(read_named, data):
    assert ([], [(Severity.REJECTED, "x.zip", "can't be unpacked: File is not a zip file")]) == read_named(
        "x.zip", data
    )


@pytest.mark.parametrize("members", [{}, {"d/": b""}])
def test_a_zip_with_nothing_in_it(read_named, members):
    assert ([], [(Severity.REJECTED, "x.zip", "there is no file in it")]) == read_named(
        "x.zip", zipped(members)
    )


def test_a_member_whose_bytes_were_changed(read_named):
    packed = bytearray(zipped({"a.jsonl": LINES, "b.jsonl": LINES}, compression=zipfile.ZIP_STORED))
    packed[packed.index(LINES) + 2] ^= 0x20
    found, ((severity, name, reason),) = read_named("x.zip", bytes(packed))
    assert [("x.zip/b.jsonl", 1), ("x.zip/b.jsonl", 2)] == found[-2:]
    assert (Severity.REJECTED, "x.zip/a.jsonl") == (severity, name)
    assert "Bad CRC-32" in reason


def test_a_member_whose_packing_is_broken(read_named):
    packed = bytearray(zipped({"a.jsonl": LINES, "b.jsonl": LINES}))
    start = packed.index(b"a.jsonl") + len(b"a.jsonl")
    packed[start : start + 8] = b"\xff" * 8
    found, ((severity, name, reason),) = read_named("x.zip", bytes(packed))
    assert [("x.zip/b.jsonl", 1), ("x.zip/b.jsonl", 2)] == found
    assert (Severity.REJECTED, "x.zip/a.jsonl") == (severity, name)
    assert reason.startswith("can't be read: Error -3 while decompressing data")
    assert reason.endswith("; nothing of it was read")


def flagged(packed, flag):
    """The archive with a flag set on its member, in both of its headers."""
    data = bytearray(packed)
    data[6] |= flag
    data[data.index(b"PK\x01\x02") + 8] |= flag
    return bytes(data)


def test_a_member_that_is_encrypted(read_named):
    packed = flagged(zipped({"a.jsonl": LINES}), 0x1)
    reason = "can't be read: it is encrypted: unpack it with its password first; nothing of it was read"
    assert ([], [(Severity.REJECTED, "x.zip/a.jsonl", reason)]) == read_named("x.zip", packed)


def test_a_container_that_is_encrypted_in_another(read_named):
    packed = flagged(zipped({"i.zip": zipped({"a.jsonl": LINES})}), 0x1)
    reason = "can't be unpacked: it is encrypted: unpack it with its password first"
    assert ([], [(Severity.REJECTED, "x.zip/i.zip", reason)]) == read_named("x.zip", packed)


def test_a_member_packed_by_another_method(read_named):
    packed = zipped({"a.jsonl": LINES}, compression=zipfile.ZIP_BZIP2)
    reason = (
        "can't be read: it is packed by a method other than deflate: pack it again; nothing of it was read"
    )
    assert ([], [(Severity.REJECTED, "x.zip/a.jsonl", reason)]) == read_named("x.zip", packed)


def test_a_member_that_patches_another(read_named):
    packed = flagged(zipped({"a.jsonl": LINES}), 0x20)
    found, ((severity, name, reason),) = read_named("x.zip", packed)
    assert ([], Severity.REJECTED, "x.zip/a.jsonl") == (found, severity, name)
    assert reason.startswith("can't be read: compressed patched data")


def test_names_in_utf8_without_the_flag(read_named):
    data = zipped({"ARSHIF.jsonl": LINES})
    assert 2 == data.count(b"ARSHIF")
    found, _ = read_named("x.zip", data.replace(b"ARSHIF", "خبر".encode()))
    assert [("x.zip/خبر.jsonl", 1), ("x.zip/خبر.jsonl", 2)] == found
    found, _ = read_named("x.zip", data.replace(b"ARSHIF", b"\x80BCDEF"))
    assert "x.zip/ÇBCDEF.jsonl" == found[0][0]


@pytest.mark.parametrize("cut", [5, 30, -9])
def test_a_gz_that_is_cut_off(read_named, cut):
    _, ((severity, name, reason),) = read_named("a.jsonl.gz", gzip.compress(LINES)[:cut])
    assert (Severity.REJECTED, "a.jsonl.gz") == (severity, name)
    assert reason.startswith(
        "can't be read: Compressed file ended before the end-of-stream marker was reached"
    )


@pytest.mark.parametrize(("why", "data"), [("Not a gzipped file", LINES), ("Not a gzipped file", b"x")])
def test_a_gz_that_is_none(read_named, why, data):
    found, ((severity, _, reason),) = read_named("a.jsonl.gz", data)
    assert ([], Severity.REJECTED) == (found, severity)
    assert reason.startswith(f"can't be read: {why}")


def test_a_gz_whose_bytes_were_changed(read_named):
    packed = bytearray(gzip.compress(LINES))
    packed[-6] ^= 1
    _, ((severity, _, reason),) = read_named("a.jsonl.gz", bytes(packed))
    assert Severity.REJECTED == severity
    assert reason.startswith("can't be read: CRC check failed")


def test_an_empty_gz_and_an_empty_member(read_named):
    assert ([], [(Severity.REJECTED, "a.jsonl.gz", "the file is empty")]) == read_named(
        "a.jsonl.gz", gzip.compress(b"")
    )
    assert ([], [(Severity.REJECTED, "x.zip/a.csv", "the file is empty")]) == read_named(
        "x.zip", zipped({"a.csv": b""})
    )
