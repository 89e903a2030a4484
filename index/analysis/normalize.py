"""Letters folded: two spellings of a word become one form. Which words are related is not decided here."""

from __future__ import annotations

import re
import unicodedata

from index.analysis.letters import FOLD

MAX_LENGTH = 64
"""Letters of a form that are kept; what is longer is noise, and an index is slow with it."""

LATIN_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
"""Latin letters that Unicode doesn't take apart into a letter and a mark."""

THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
"""A number whose commas part thousands."""


def normalize(text: str) -> str:
    """The form of a word, or of any text: letters folded, marks dropped. Idempotent; never raises."""
    folded = text.translate(FOLD)
    if folded.isascii():
        return folded.lower()
    if min(folded) >= "\u0621" and max(folded) <= "\u064a":
        return folded
    if " " in folded and all(map(_is_plain, folded.split(" "))):
        return folded.lower()
    return _fold_other(folded)


def _is_plain(folded: str) -> bool:
    """Whether nothing is left to fold in a word, but case."""
    return folded.isascii() or (min(folded) >= "\u0621" and max(folded) <= "\u064a")


def normalize_word(word: str) -> str:
    """The form of one word as it is indexed: normalized, a number without its separators, not too long."""
    form = normalize(word)
    if form[:1].isdigit():
        return _plain_number(form)[:MAX_LENGTH]
    return form[:MAX_LENGTH]


def _fold_other(text: str) -> str:
    """Latin and other letters: no case, no accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    again = unicodedata.normalize("NFKC", letters.casefold().translate(LATIN_LETTERS)).translate(FOLD)
    return again if again == text else _fold_other(again)


def _plain_number(form: str) -> str:
    """1,500 is 1500; a comma that parts no thousands is a decimal point: 3,5 is 3.5."""
    if THOUSANDS.fullmatch(form):
        return form.replace(",", "")
    return form.replace(",", ".")
