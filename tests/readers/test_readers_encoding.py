from __future__ import annotations

import codecs
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers import Limits, Severity
from index.readers.encoding import decode, detect, lines, split
from index.readers.limits import SAMPLE, UnreadableError

LONG = (
    "قال مدير المركز الإعلامي لقوات سوريا الديمقراطية في تغريدة على تويتر إن المهلة انتهت"
    ' وإن القوات تلقت الأوامر بالتحرك، مؤكدا أن الهجوم "سيبدأ في أي لحظة".'
)
SHORT = "قوات سوريا الديمقراطية"
REFUSAL = (
    "its encoding is none of UTF-8, UTF-16, Windows-1256, ISO 8859-6, DOS 720, or it holds no Arabic:"
    " save it as UTF-8"
)
WIDE = ["utf-16-le", "utf-16-be"]
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def stream(data):
    return io.BufferedReader(io.BytesIO(data), SAMPLE)


def whole(data):
    return decode(stream(data), Limits())


def by_line(data, **limits):
    return [tuple(line) for line in lines(stream(data), Limits(**limits))]


@pytest.mark.parametrize("text", [SHORT, LONG, "أ", "A", "", "A\n\nأ\r\n"])
@pytest.mark.parametrize("encoding", MARKS)
def test_a_mark_tells_the_encoding(encoding, text):
    data = MARKS[encoding] + text.encode(encoding)
    assert (encoding, len(MARKS[encoding])) == detect(data)
    assert text == whole(data).text
    assert text == "".join(line for line, _ in by_line(data))


@pytest.mark.parametrize(
    "text", [SHORT, LONG, "خبر", "A title", "[1]", '{"body": "قال"}', "ﻛﺸﻔﺖ ﻣﺼﺎﺩﺭ", "مى‌خواهم"]
)
@pytest.mark.parametrize("encoding", ["utf-8", *WIDE])
def test_unicode_without_a_mark(encoding, text):
    assert (encoding, 0) == detect(text.encode(encoding))
    assert text == whole(text.encode(encoding)).text


@pytest.mark.parametrize(
    "text", [SHORT, LONG, "اقتربت ساعة الصفر", f"«{SHORT}» – 5 %", f"{SHORT}\r\n\r\n{LONG}"]
)
def test_windows_1256(text):
    assert ("cp1256", 0) == detect(text.encode("cp1256"))
    assert text == whole(text.encode("cp1256")).text


@pytest.mark.parametrize("encoding", ["iso8859_6", "cp720"])
@pytest.mark.parametrize("text", [SHORT, LONG])
def test_older_encodings(encoding, text):
    text = text.replace("،", "")  # DOS 720 has none
    assert (encoding, 0) == detect(text.encode(encoding))
    assert text == whole(text.encode(encoding)).text


def test_vocalised_text_in_windows_1256():
    text = "أَعْلَنَتْ قُوَّاتُ سُورِيَا الدِّيمُقْرَاطِيَّةُ"
    assert text == whole(text.encode("cp1256")).text


def test_json_in_windows_1256():
    text = json.dumps(
        [{"title": SHORT, "body": f"{LONG}\n{LONG}", "url": "https://example.org/"}], ensure_ascii=False
    )
    assert text == whole(text.encode("cp1256")).text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            "L'été dernier, le président français a été élu à Paris.".encode("latin-1"), id="French"
        ),
        pytest.param("Президент России встретился с министром".encode("cp1251"), id="Russian"),
        pytest.param(bytes(range(256)) * 4, id="every byte"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xd6\xff\xe1\xde\xc9\x12" * 9, id="a picture"),
        pytest.param(b"\xff" * 100, id="one byte"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl", "a.csv"])
def test_what_is_no_arabic_is_refused(read_bytes, name, data):
    with pytest.raises(UnreadableError) as error:
        detect(data)
    assert REFUSAL == str(error.value)
    records, (problem,) = read_bytes(name, data)
    assert ([], Severity.REJECTED, None) == (records, problem.severity, problem.number)
    assert f"can't be read: {REFUSAL}; nothing of it was read" == problem.reason


def test_bytes_of_utf8_that_were_damaged_are_told_from_another_encoding():
    data = LONG.encode()
    damaged = data[:50] + b"\xff" + data[51:]
    decoded = whole(damaged)
    assert "utf-8" == decoded.encoding.name
    assert f"bytes that are not UTF-8 at byte {decoded.bad[0][1]} of the file" == decoded.fault(
        0, len(decoded.text)
    )
    assert 50 in [byte for _, byte in decoded.bad]


def test_ascii_with_a_few_other_bytes_is_utf8_that_was_damaged():
    data = b'{"body": "plain text"}\n' * 100
    assert ("utf-8", 0) == detect(data + b"\xe9")
    for data in (b"caf\xe9", b"\xe9", b"a\n\xe1\xe3"):
        with pytest.raises(UnreadableError):
            detect(data)


def test_what_follows_the_sample_counts_too():
    ascii_ = b" " * SAMPLE
    assert SHORT == whole(ascii_ + SHORT.encode()).text.strip()
    assert LONG == whole(ascii_ + LONG.encode("cp1256")).text.strip()
    decoded = whole(ascii_ + LONG.encode() + b"\xff")
    assert [(SAMPLE + len(LONG), SAMPLE + len(LONG.encode()))] == list(decoded.bad)
    with pytest.raises(UnreadableError, match="it holds no Arabic"):
        whole(ascii_ + b"\xff" * 100)


def test_a_file_that_began_in_utf8_is_read_as_nothing_else():
    decoded = whole((LONG * 4000).encode() + LONG.encode("cp1256") * 9000)
    assert "utf-8" == decoded.encoding.name
    assert decoded.text.startswith(LONG * 4000)
    assert decoded.bad


def test_a_sample_that_ends_inside_a_character():
    assert ("utf-8", 0) == detect(LONG.encode()[:51])
    assert ("utf-16-le", 0) == detect(LONG.encode("utf-16-le")[:51])


def test_a_zero_byte_in_utf8_makes_it_nothing_else():
    assert ("utf-8", 0) == detect(f"{LONG}\0".encode())


@pytest.mark.parametrize("encoding", WIDE)
def test_wide_text_that_ends_inside_a_character(encoding):
    data = MARKS[encoding] + f"{SHORT}\n{SHORT}".encode(encoding)[:-1]
    why = "it is UTF-16, but ends inside a character: copy it again"
    with pytest.raises(UnreadableError, match=why):
        whole(data)
    with pytest.raises(UnreadableError, match=why):
        by_line(data)


@pytest.mark.parametrize("encoding", WIDE)
def test_wide_text_with_half_of_a_pair(encoding):
    data = MARKS[encoding] + "أ\n\ud800\nب".encode(encoding, "surrogatepass")
    decoded = whole(data)
    assert ((2, 6),) == decoded.bad
    assert "bytes that are not UTF-16 at byte 6 of the file" == decoded.fault(0, 5)
    assert [None, "characters that are not UTF-16", None] == [fault for _, fault in by_line(data)]


def test_where_the_fault_is():
    decoded = whole("قال المدير ".encode() + b"\xff" + "قال ".encode() + b"\xfe")
    assert (11, 15 + 1) == tuple(place for place, _ in decoded.bad)
    assert None is decoded.fault(0, 11)
    assert "at byte 20 of" in decoded.fault(0, 12)
    assert "at byte 20 of" in decoded.fault(11, 17)
    assert None is decoded.fault(12, 16)
    assert "at byte 28 of" in decoded.fault(12, 17)


def test_lines_of_what_was_read_whole():
    decoded = whole("أ\r\nب\u2028ج\n\nقال المدير".encode() + b"\xff")
    assert [
        ("أ\r\n", None),
        ("ب\u2028ج\n", None),
        ("\n", None),
        ("قال المدير\udcff", "bytes that are not UTF-8 at byte 32 of the file"),
    ] == [tuple(line) for line in split(decoded)]


def test_lines_with_bad_bytes():
    data = codecs.BOM_UTF8 + "قال المدير\n".encode() + b"x\xff\n" + "قال\n".encode()
    assert [
        ("قال المدير\n", None),
        ("x\udcff\n", "bytes that are not UTF-8 at byte 24 of the file"),
        ("قال\n", None),
    ] == by_line(data)


@pytest.mark.parametrize("tail", [b"", b"\n", b"\nb", b"\nb\n"])
def test_a_line_of_more_than_the_limit_is_passed_over(tail):
    found = by_line(b"a\n" + b"x" * 25 + tail, line=10)
    after = [(tail[1:].decode(), None)] if len(tail) > 1 else []
    assert [("a\n", None), ("", "the line is longer than 10 bytes"), *after] == found


# A mark of UTF-16 and a NUL are the mark of UTF-32: which of the two it was, nobody can tell.
@given(
    st.text(st.characters(codec="utf-8")).filter(lambda text: not text.startswith("\0")),
    st.sampled_from(sorted(MARKS)),
)
def test_any_text_with_a_mark_comes_back(text, encoding):
    data = MARKS[encoding] + text.encode(encoding)
    assert text == whole(data).text
    assert text == "".join(line for line, _ in by_line(data))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\x06")))
def test_any_text_in_utf8_comes_back(text):
    assert text.removeprefix("\ufeff") == whole(text.encode()).text


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data):
    try:
        decoded = whole(data)
    except UnreadableError:
        return
    assert bool(decoded.bad) == (
        not decoded.text.isascii() and any("\ud800" <= c <= "\udfff" for c in decoded.text)
    )
