"""Cleans text of what no text should hold, and leaves all else as it was written."""

from __future__ import annotations

import html
import re

_REFERENCE = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
"""What a page writes for a character, and crawlers leave: &quot; for a quotation mark."""

_ODD = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LOST = re.compile("[\0\ud800-\udfff]")

_MENDING: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("\r\n|[\r\x0b\x0c\x85]"), "\n"),  # line and page breaks of other systems
    (re.compile("[\x1c-\x1f]"), " "),  # separators of fields and records
    (re.compile("[\0-\x08\x0e-\x1b\x7f-\x9f]"), ""),
    (re.compile("[\ud800-\udfff]"), "\ufffd"),  # half of a surrogate pair can't be stored
)

_BREAK = re.compile("[\n\u2028\u2029]")
_URL_BREAKS = re.compile("[\t\n]")


def clean(text: str) -> tuple[str, int]:
    r"""The text without control characters but \n and \t, its line breaks \n, stripped of outer white space.

    HTML's character references become the characters they stand for: the text of an article is no markup.

    Returns:
        The text, and how many NULs were removed and halves of surrogate pairs replaced by U+FFFD.
    """
    if "&" in text:
        text = _REFERENCE.sub(lambda reference: html.unescape(reference[0]), text)
    if not _ODD.search(text):
        return text.strip(), 0
    lost = len(_LOST.findall(text))
    for pattern, replacement in _MENDING:
        text = pattern.sub(replacement, text)
    return text.strip(), lost


def one_line(text: str) -> str:
    """The text, cleaned before, with one space for each line break and the white space around it."""
    if text.isprintable():
        return text
    return " ".join(filter(None, map(str.strip, _BREAK.split(text))))


def collapse(text: str) -> str:
    """The text with one space for each run of white space."""
    return " ".join(text.split())


def join_url(text: str) -> str:
    """The address without tabs and line breaks, as browsers read it. Source: WHATWG URL Standard, 4.4."""
    return _URL_BREAKS.sub("", text)


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen: it is white space, marks of direction and the like."""
    return not any(character.isprintable() and not character.isspace() for character in text)
