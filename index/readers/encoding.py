"""Tells the encoding of a file and decodes it: by its mark, as UTF-8, else by a guess that is checked."""

from __future__ import annotations

import bisect
import codecs
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from charset_normalizer import from_bytes

from index.readers.limits import SAMPLE, Limits, UnreadableError, size
from index.readers.plausibility import is_arabic, is_readable
from index.record import record

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

LEGACY: tuple[str, ...] = ("cp1256", "iso8859_6", "cp720")
"""Encodings of one byte a letter, likeliest first.

Mac Arabic was left out: it passed 14 of 19 Cyrillic and Big5 samples as Arabic, and short texts of it are
told from ISO 8859-6 by nothing.
"""

_NAMES = {"utf-8": "UTF-8", "cp1256": "Windows-1256", "iso8859_6": "ISO 8859-6", "cp720": "DOS 720"}

MAX_DAMAGE = 0.01
"""Bytes that are not UTF-8, of all, up to which a file is UTF-8 that was damaged, not something else."""

_WIDE_SIGNS = (0x00, 0x06)
"""Bytes that text in UTF-8 has not, and UTF-16 has: the high bytes of ASCII and of Arabic letters."""

_CONTEXT = 4096
"""Bytes before the place where a file broke that are looked at with what follows it."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class Encoding(NamedTuple):
    """An encoding by Python's name, and the length of the mark at the head of the file, in bytes."""

    name: str
    mark: int = 0

    @property
    def label(self) -> str:
        """The name as people know it."""
        return _NAMES.get(self.name, self.name.upper()[:6])

    @property
    def lenient(self) -> str:
        """The error handler that lets bytes through that are not of the encoding, as surrogates."""
        return "surrogatepass" if self.is_wide else "surrogateescape"

    @property
    def is_wide(self) -> bool:
        """Whether a letter takes two bytes or four."""
        return self.name.startswith(("utf-16", "utf-32"))


class Line(NamedTuple):
    """A line with its line break, and what is wrong with it, if anything is."""

    text: str
    fault: str | None


@record
class Decoded:
    """A whole file.

    Attributes:
        text: its text, with surrogates in place of what could not be decoded.
        encoding: what it was in.
        bad: where the surrogates are in the text, in order, and where in the file, in bytes.
    """

    text: str
    encoding: Encoding
    bad: tuple[tuple[int, int], ...] = ()

    def fault(self, start: int, end: int) -> str | None:
        """What is wrong with a stretch of the text; None when nothing is."""
        place = bisect.bisect_left(self.bad, (start, -1))
        if place == len(self.bad) or self.bad[place][0] >= end:
            return None
        return _fault(self.encoding, self.bad[place][1])


def detect(sample: bytes) -> Encoding:
    """The encoding of a file by the bytes at its head, never empty.

    Raises:
        UnreadableError: no encoding makes Arabic of it.
    """
    return _marked(sample) or _unmarked_wide(sample) or _narrow(sample)


def decode(stream: io.BufferedReader, limits: Limits) -> Decoded:
    """Read a whole file.

    Raises:
        UnreadableError: it is too large, or in no encoding that is known.
    """
    data = stream.read(limits.text + 1)
    if len(data) > limits.text:
        raise UnreadableError(
            f"it is larger than {size(limits.text)}: split it, or write it as JSON Lines, read line by line"
        )
    encoding = detect(data[:SAMPLE])
    try:
        return Decoded(data[encoding.mark :].decode(encoding.name), encoding)
    except UnicodeDecodeError as error:
        return _damaged(data, encoding, error.start)


def lines(stream: io.BufferedReader, limits: Limits) -> Iterator[Line]:
    r"""Read a file line by line; lines end in \n alone, as JSON Lines wants it.

    Raises:
        UnreadableError: in no encoding that is known, or it ends inside a character.
    """
    encoding = detect(stream.peek(SAMPLE)[:SAMPLE])
    stream.read(encoding.mark)
    read = _wide_lines if encoding.is_wide else _narrow_lines
    return read(stream, encoding, limits.line)


def split(decoded: Decoded) -> Iterator[Line]:
    """The lines of a file that was read whole."""
    for match in re.finditer(r"[^\n]*\n|[^\n]+", decoded.text):
        yield Line(match[0], decoded.fault(*match.span()))


def _marked(sample: bytes) -> Encoding | None:
    return next((Encoding(name, len(mark)) for mark, name in _MARKS if sample.startswith(mark)), None)


def _unmarked_wide(sample: bytes) -> Encoding | None:
    if not any(sign in sample for sign in _WIDE_SIGNS):
        return None
    for name in ("utf-16-le", "utf-16-be"):
        # "ignore": the sample may end inside a character.
        if is_readable(sample.decode(name, "ignore")):
            return Encoding(name)
    return None


def _narrow(sample: bytes) -> Encoding:
    try:
        # What fills the sample may end inside a character.
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=len(sample) < SAMPLE)
    except UnicodeDecodeError:
        text = sample.decode("utf-8", "surrogateescape")
    else:
        return Encoding("utf-8")
    bad = len(_SURROGATE.findall(text))
    good = sum(not character.isascii() for character in text) - bad
    if good >= bad or bad <= MAX_DAMAGE * len(sample):
        return Encoding("utf-8")
    return _legacy(sample)


def _legacy(sample: bytes) -> Encoding:
    """The first of charset-normalizer's guesses, then of all, that makes Arabic of the sample."""
    guesses = [match.encoding for match in from_bytes(sample, cp_isolation=list(LEGACY))]
    for name in dict.fromkeys((*guesses, *LEGACY)):
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        if name in LEGACY and is_arabic(text):
            return Encoding(name)
    tried = ", ".join(_NAMES[name] for name in LEGACY)
    raise UnreadableError(
        f"its encoding is none of UTF-8, UTF-16, {tried}, or it holds no Arabic: save it as UTF-8"
    )


def _damaged(data: bytes, encoding: Encoding, start: int) -> Decoded:
    """A file whose bytes are not all of the encoding that its head is in."""
    if encoding.name == "utf-8" and data[:start].isascii():
        # It was ASCII so far; what tells the encoding stands where it broke.
        encoding = _narrow(data[max(0, start - _CONTEXT) : start + SAMPLE])
    try:
        text = data[encoding.mark :].decode(encoding.name, encoding.lenient)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"it is {encoding.label}, but ends inside a character: copy it again"
        ) from error
    return Decoded(text, encoding, tuple(_bad(text, encoding)))


def _bad(text: str, encoding: Encoding) -> Iterator[tuple[int, int]]:
    place, byte = 0, encoding.mark
    for match in _SURROGATE.finditer(text):
        byte += len(text[place : match.start()].encode(encoding.name, encoding.lenient))
        place = match.start()
        yield place, byte


def _narrow_lines(stream: io.BufferedReader, encoding: Encoding, limit: int) -> Iterator[Line]:
    offset = encoding.mark
    while line := stream.readline(limit):
        length = len(line)
        if length == limit and not line.endswith(b"\n"):
            yield Line("", f"the line is longer than {size(limit)}")
            length += _skip_line(stream, limit)
        else:
            yield _narrow_line(line, encoding, offset)
        offset += length


def _skip_line(stream: io.BufferedReader, limit: int) -> int:
    skipped = 0
    while line := stream.readline(limit):
        skipped += len(line)
        if line.endswith(b"\n"):
            break
    return skipped


def _narrow_line(line: bytes, encoding: Encoding, offset: int) -> Line:
    try:
        return Line(line.decode(encoding.name), None)
    except UnicodeDecodeError as error:
        text = line.decode(encoding.name, encoding.lenient)
        return Line(text, _fault(encoding, offset + error.start))


def _wide_lines(stream: io.BufferedReader, encoding: Encoding, limit: int) -> Iterator[Line]:
    text = io.TextIOWrapper(stream, encoding.name, encoding.lenient, newline="\n")
    try:
        while line := text.readline(limit):
            if len(line) == limit and not line.endswith("\n"):
                raise UnreadableError(f"a line is longer than {limit} characters: save it as UTF-8")
            fault = f"characters that are not {encoding.label}" if _SURROGATE.search(line) else None
            yield Line(line, fault)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"it is {encoding.label}, but ends inside a character: copy it again"
        ) from error
    finally:
        if not stream.closed:  # it is when a reading is abandoned, and this is cleared away later
            text.detach()


def _fault(encoding: Encoding, byte: int) -> str:
    return f"bytes that are not {encoding.label} at byte {byte} of the file"
