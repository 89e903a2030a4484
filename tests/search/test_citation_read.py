"""Citations come back as they were when strict readers of BibTeX and RIS read them, whatever a title has."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from search.citation import Citation, bibtex, ris

FIELD_OF_ENTRY = re.compile(r"\s*([a-z]+)\s*=\s*")
HEAD = re.compile(r"@([a-z]+)\{([A-Za-z0-9.-]+),")
MACRO = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
NAMED = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}
TEX = re.compile(r"\\([a-z]+)\{\}|\\([&%$#_])|([&%$#_~^\\{}])|(.)", re.DOTALL)


def read_bibtex(text):
    """The kind, the key and the fields of the one entry of a text, their braces balanced."""
    head = HEAD.match(text)
    assert head, "no entry"
    place, fields = head.end(), {}
    while not re.match(r"\s*\}\s*\Z", text[place:]):
        name = FIELD_OF_ENTRY.match(text, place)
        assert name, f"no field: {text[place : place + 20]!r}"
        assert name[1] not in fields, f"{name[1]} twice"
        fields[name[1]], place = _value(text, name.end())
        assert "," == text[place : place + 1], "no comma"
        place += 1
    return head[1], head[2], fields


def _value(text, place):
    if macro := MACRO.match(text, place):
        return macro[0], macro.end()
    assert "{" == text[place], "neither braces nor a month"
    depth = 0
    for end in range(place, len(text)):
        depth += {"{": 1, "}": -1}.get(text[end], 0)  # as BibTeX counts, whatever stands before
        if not depth:
            return text[place + 1 : end], end + 1
    raise AssertionError("a brace is never closed")


def plain(value):
    """What TeX prints of a value; refused where it would take a sign for its own."""
    read = []
    for command, escaped, bare, sign in TEX.findall(value):
        assert not bare, f"a bare {bare}"
        read.append(NAMED[command] if command else escaped or sign)
    return "".join(read)


def read_ris(text):
    """The tags of the one record of a text, each once, in their order."""
    assert text.endswith("\r\n")
    pairs = []
    for line in text.removesuffix("\r\n").split("\r\n"):
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        assert match, f"no line of RIS: {line!r}"
        pairs.append(match.groups())
    tags = dict(pairs)
    assert len(tags) == len(pairs), "a tag twice"
    assert ("TY", "ER") == (pairs[0][0], pairs[-1][0])
    return tags


TITLES = [
    "قوات سوريا تتقدم",
    "{braces} and }{ the other way",
    "5% & more, #1_a $2 ~x^y",
    'قال: "لا" ثم «نعم»',
    "سطر\nوآخر\r\nوثالث\tهنا",
    r"C:\new\textbf{x}",
    r"\textbackslash{}",
    "@article{x, title = {y},\n}",
    "Übergrößenträger, Ñandú et l’été",
    "",
    "TY  - BOOK\r\nER  - ",
    "عنوان % تعليق",
]
TEXT = st.sampled_from(TITLES) | st.text() | st.text('{}\\%$#&_~^\n\r"@,=ا ', max_size=20)
FIELD = st.none() | TEXT
DATES = st.none() | st.just("قديم") | st.dates().map(date.isoformat)


def shown(text):
    """A text on one line, as any reader shows it: no controls, nothing that turns it round."""
    hidden = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    kept = (sign for sign in text or "" if ord(sign) not in hidden)
    spaced = (" " if ord(sign) < 32 or 127 <= ord(sign) < 160 else sign for sign in kept)
    return " ".join("".join(spaced).split())


@st.composite
def citations(draw):
    article = Article(
        "a-1",
        draw(TEXT),
        "نص",
        url=draw(st.none() | st.just("https://example.com/a_b%20c{d}?x=1&y=#z")),
        source=draw(FIELD),
        author=draw(FIELD),
        published=draw(DATES),
    )
    return Citation(article, "https://arshif.example/article/a-1", date(2026, 11, 25))


@given(citations())
def test_bibtex_comes_back(citation):
    kind, key, fields = read_bibtex(bibtex(citation))
    article, day = citation.article, citation.day
    assert ("article" if article.source else "misc", "arshif-a-1") == (kind, key)
    # Names in a second pair of braces are whole: no style changes their letters or cuts them at "and".
    for name, text in (("title", article.title), ("author", article.author)):
        if name in fields:
            assert fields[name].startswith("{")
            assert fields[name].endswith("}")
            assert shown(text) == plain(fields[name][1:-1])
    assert ("author" in fields) == bool(article.author)
    assert ("journal" in fields) <= bool(article.source)
    assert shown(article.source) == plain(fields.get("journal", ""))
    assert (day and f"{day.year:04}") == fields.get("year")
    assert ("month" in fields) == ("day" in fields) == (day is not None)
    assert (citation.original or citation.permalink) == fields["url"]
    assert not set("{}\\ ") & set(fields["url"])


@given(citations())
def test_ris_comes_back(citation):
    tags = read_ris(ris(citation))
    article, day = citation.article, citation.day
    for tag, text in (("TI", article.title), ("AU", article.author), ("T2", article.source)):
        assert shown(text) == tags.get(tag, "")
    assert "NEWS" == tags["TY"]
    assert (day and f"{day.year:04}/{day.month:02}/{day.day:02}/") == tags.get("DA")
    assert (citation.original or citation.permalink) == tags["UR"]


@pytest.mark.parametrize("value", ["5%", "a_b", "{", "x & y", "\\"])
def test_the_reader_refuses_what_tex_would_take_for_its_own(value):
    with pytest.raises(AssertionError):
        plain(value)


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "@misc{a,",
        "@misc{a,\n t = {x}\n}",
        "@misc{a,\n t = x,\n}",
        "@misc{a,\n t = {{x},\n}",
        "@misc{a,\n t = {},\n t = {},\n}",
    ],
)
def test_the_reader_refuses_what_is_no_entry(entry):
    with pytest.raises(AssertionError):
        read_bibtex(entry)
