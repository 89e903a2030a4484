"""Whether bytes that were decoded by a guess came out as Arabic.

Windows-1256 gives a character for every byte, so that decoding alone proves nothing. The rule and its
numbers were measured on SaudiNewsNet: written in Windows-1256, 4 of 30,675 whole articles were refused, and
37 of the first three words of 30,949 titles, most of them of one letter or two; none was misread. Latin,
Cyrillic, Greek, Hebrew, Thai and East Asian sentences in 30 encodings were all refused. Of three words in
ISO 8859-6, 1 in 20 passes as Windows-1256, which is tried first because it is what is met.
"""

from __future__ import annotations

import re

MIN_ARABIC = 0.95
"""Of the characters beyond ASCII, the least share that is Arabic or the punctuation that goes with it."""

MIN_LETTERS = 3
"""Of Arabic: fewer prove nothing."""

MAX_ODD = 0.06
"""Of the Arabic letters, the largest share that stands where no word has it, see `_ODD`."""

MAX_CONTROLS = 0.01
"""Of all characters, the largest share of control and replacement characters."""

MIN_COMMON = 0.55
"""The least share of the twelve commonest letters; they are 0.74 of newspaper text, 0.57 in one article.

Few letters vary more: the share may be lower by 1 / sqrt(letters).
"""

MIN_READABLE = 0.9
"""For UTF-16 without a mark: the least share of characters that are ASCII, Arabic or its punctuation."""

_LETTER = "\u0621-\u063a\u0641-\u064a\u0671-\u06d3"
_PUNCTUATION = "«»‹›“”‘’‚„†‡‰•–—…×÷°±§©®\u00a0\u200c-\u200f"
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"

_LETTERS = re.compile(f"[{_LETTER}]")
_COMMON = re.compile("[اليمونترعبةد]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_ARABIC = re.compile(f"[\u0600-\u06ff{_PUNCTUATION}]")
_READABLE = re.compile(f"[ -~\\t\\r\\n\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc{_PUNCTUATION}]")
_CONTROLS = re.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f-\\x9f\ufffd\ue000-\uf8ff]")

_ODD = re.compile(
    "|".join(
        (
            f"[{_LETTER}][{_LATIN}]",  # Arabic and Latin in one word
            f"(?<!\\\\)[{_LATIN}][{_LETTER}]",  # the same; but n of \n in JSON is no Latin letter
            f"ة[{_LETTER}]|ى(?!ء)[{_LETTER}]",  # letters that end a word, inside one
            f"(?<![{_LETTER}\u0640\u064b-\u065f])[ةىءؤئ\u064b-\u065f]",  # letters and marks that begin none
            f"[{_LETTER}][×÷]|[×÷][{_LETTER}]",  # signs of reckoning in a word
            f"([{_LETTER}])\\1\\1",  # a letter three times
        )
    )
)


def is_arabic(text: str) -> bool:
    """Whether a text that was decoded by a guess is Arabic, but for ASCII, and its letters make words."""
    letters = _count(_LETTERS, text)
    beyond = _count(_BEYOND_ASCII, text)
    return (
        letters >= MIN_LETTERS
        and _count(_CONTROLS, text) <= MAX_CONTROLS * len(text)
        and _count(_ARABIC, text) >= MIN_ARABIC * beyond
        and _count(_ODD, text) <= MAX_ODD * letters
        and _count(_COMMON, text) >= (MIN_COMMON - letters**-0.5) * letters
    )


def is_readable(text: str) -> bool:
    """Whether a text, decoded as UTF-16 by a guess, is of ASCII and Arabic; the wrong guess gives neither."""
    return (
        _count(_CONTROLS, text) <= MAX_CONTROLS * len(text)
        and _count(_READABLE, text) >= MIN_READABLE * len(text) > 0
    )


def _count(pattern: re.Pattern[str], text: str) -> int:
    return len(pattern.findall(text))
