"""Letters by name, and what is folded into what: tables only.

Names are PyArabic's where it has them, Unicode's otherwise; its `araby_const` is imported and not its
`araby`, which has the same and takes longer.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from pyarabic import araby_const as araby

ALEF: Final[str] = araby.ALEF
ALEF_MADDA: Final[str] = araby.ALEF_MADDA
ALEF_WASLA: Final = "\N{ARABIC LETTER ALEF WASLA}"
BEH: Final[str] = araby.BEH
DAL: Final[str] = araby.DAL
FEH: Final[str] = araby.FEH
HEH: Final[str] = araby.HEH
JEEM: Final[str] = araby.JEEM
KAF: Final[str] = araby.KAF
LAM: Final[str] = araby.LAM
NOON: Final[str] = araby.NOON
QAF: Final[str] = araby.QAF
REH: Final[str] = araby.REH
TATWEEL: Final[str] = araby.TATWEEL
TEH: Final[str] = araby.TEH
WAW: Final[str] = araby.WAW
YEH: Final[str] = araby.YEH
ZAIN: Final[str] = araby.ZAIN

ARTICLE: Final = ALEF + LAM


def _span(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


HARAKAT: Final = (
    _span(0x064B, 0x065F)  # tanwin, short vowels, shadda, sukun, and hamza or madda as a mark
    + "\u0670"  # superscript alef
    + _span(0x0610, 0x061A)  # honorifics and small marks
    + _span(0x06D6, 0x06DC)  # Quranic annotation, here and below
    + _span(0x06DF, 0x06E8)
    + _span(0x06EA, 0x06ED)
    + _span(0x08D3, 0x08E1)
    + _span(0x08E3, 0x08FF)
)
"""Marks above and below letters; none is a letter of its own, and people rarely type them."""

SMALL_LETTERS: Final = "\u0674\u06e5\u06e6\ufe73"
"""High hamza, small waw and yeh, and the tail of a letter: letters to Unicode, marks to a reader."""

CONTROLS: Final = (
    "\u00ad\u061c"  # soft hyphen, Arabic letter mark
    + _span(0x200B, 0x200F)  # zero-width space, joiners, direction marks
    + _span(0x202A, 0x202E)  # embeddings and overrides
    + _span(0x2060, 0x2064)  # word joiner, invisible operators
    + _span(0x2066, 0x2069)  # isolates
    + "\ufeff"  # byte order mark
)
"""What is not seen: direction and joining. A word is the same word with and without."""

HAMZA_SEATS: Final = {
    ALEF_MADDA: ALEF,
    "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": ALEF,
    "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": ALEF,
    ALEF_WASLA: ALEF,
    "\u0672": ALEF,  # alef with wavy hamza above
    "\u0673": ALEF,  # alef with wavy hamza below
    "\u0675": ALEF,  # high hamza alef
    "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}": WAW,
    "\u0676": WAW,  # high hamza waw
    "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}": YEH,
    "\u0678": YEH,  # high hamza yeh
}
"""People type without hamza: a letter that carries one is the letter."""

FINAL_FORMS: Final = {"\N{ARABIC LETTER ALEF MAKSURA}": YEH, "\N{ARABIC LETTER TEH MARBUTA}": HEH}
"""Egyptian usage and haste write ى for ي and ه for ة, and the other way round."""

OTHER_SCRIPTS: Final = {
    "\u06a9": KAF,  # keheh: Persian, Urdu
    "\u06aa": KAF,  # swash kaf
    "\u06ad": KAF,  # ng, for g in Morocco
    "\u06af": KAF,  # gaf
    "\u0763": KAF,  # keheh with three dots, for g in Morocco
    "\u06cc": YEH,  # Farsi yeh
    "\u06cd": YEH,  # yeh with tail
    "\u06ce": YEH,  # yeh with small v: Kurdish
    "\u06d0": YEH,  # e
    "\u06d2": YEH,  # yeh barree: Urdu
    "\u06d3": YEH,  # yeh barree with hamza
    "\u06be": HEH,  # heh doachashmee: Urdu
    "\u06c0": HEH,  # heh with yeh above
    "\u06c1": HEH,  # heh goal: Urdu
    "\u06c2": HEH,  # heh goal with hamza
    "\u06c3": HEH,  # teh marbuta goal: Urdu
    "\u06d5": HEH,  # ae: Kurdish, Uighur
    "\u067e": BEH,  # peh
    "\u0686": JEEM,  # tcheh
    "\u0698": JEEM,  # jeh
    "\u06a4": FEH,  # veh
    "\u06a8": QAF,  # qaf with three dots, for g in Tunisia and Algeria
    "\u0679": TEH,  # tteh: Urdu
    "\u0688": DAL,  # ddal: Urdu
    "\u0691": REH,  # rreh: Urdu
    "\u0695": REH,  # reh with small v: Kurdish
    "\u06b5": LAM,  # lam with small v: Kurdish
    "\u06ba": NOON,  # noon ghunna: Urdu
    "\u06c6": WAW,  # oe: Kurdish
    "\u06c7": WAW,  # u
    "\u06c8": WAW,  # yu
    "\u06cb": WAW,  # ve
}
"""Letters of other languages, and of foreign sounds, as Arabic keyboards without them write them."""

DIGITS: Final = {
    chr(zero + value): str(value)
    for zero in (0x0660, 0x06F0)  # Arabic-Indic, and the Persian and Urdu set
    for value in range(10)
}

SEPARATORS: Final = {"\u066b": ".", "\u066c": ","}
"""Decimal and thousands separators of the Arabic digit sets."""


def _presentation_forms() -> dict[str, str]:
    """Positional shapes and ligatures, each as the letters it shows; spaces that carry a mark are dropped."""
    codes = (*range(0xFB50, 0xFDF3), *range(0xFE70, 0xFEFD))
    shapes = ((chr(code), unicodedata.normalize("NFKC", chr(code))) for code in codes)
    return {shape: letters.replace(" ", "") for shape, letters in shapes if shape != letters}


PRESENTATION_FORMS: Final = _presentation_forms()
"""What old systems and PDF files write: ﻗﻮﺍﺕ, ﻻ, ﷲ. Ligatures that are whole sentences (ﷺ) are no words."""


def _fold_table() -> dict[int, str | None]:
    letters = {**HAMZA_SEATS, **FINAL_FORMS, **OTHER_SCRIPTS, **DIGITS, **SEPARATORS}
    dropped = dict.fromkeys([*HARAKAT, *CONTROLS, TATWEEL, *SMALL_LETTERS])
    table: dict[str, str | None] = {**letters, **dropped}
    for shape, shown in PRESENTATION_FORMS.items():
        table[shape] = "".join(table.get(letter, letter) or "" for letter in shown)
    return {ord(letter): folded for letter, folded in table.items()}


FOLD: Final = _fold_table()
"""Every rule above in one table for `str.translate`: spelling, not meaning."""

_TOLD_APART: Final = {*FINAL_FORMS, ALEF_MADDA, *PRESENTATION_FORMS}

CAREFUL_FOLD: Final = {code: folded for code, folded in FOLD.items() if chr(code) not in _TOLD_APART}
"""The table for stop words: على is one and علي is a name, إلى is one and آلي means automatic."""
