"""Keyboards, key by key: what the same key types in Latin letters and in Arabic ones. Tables.

A row has the keys from left to right, blanks between them: what is above the tab key, the row beside it,
the home row with the key of the backslash last, and the row beside the shift key. Digits and what is over
them stand where they stand on both keyboards of a pair, and are left out. Sources: the layouts KBDUS, KBDFR,
KBDGR, KBDA1, KBDA2 and KBDA3 of Windows, the Arabic of macOS, and xkeyboard-config's `us`, `fr`, `de` and
`ara`.
"""

from __future__ import annotations

from typing import Final

from index.record import record


@record
class Layout:
    """A keyboard: its rows alone, and with the shift key."""

    plain: tuple[str, ...]
    shifted: tuple[str, ...]

    def keys(self) -> list[str]:
        """What each key types, in the order of the keys; those with the shift key after all others."""
        return [key for row in (*self.plain, *self.shifted) for key in row.split()]


QWERTY: Final = Layout(
    ("`", "q w e r t y u i o p [ ]", "a s d f g h j k l ; ' \\", "z x c v b n m , . /"),
    ("~", "Q W E R T Y U I O P { }", 'A S D F G H J K L : " |', "Z X C V B N M < > ?"),
)
QWERTZ: Final = Layout(
    ("^", "q w e r t z u i o p ü +", "a s d f g h j k l ö ä #", "y x c v b n m , . -"),
    ("°", "Q W E R T Z U I O P Ü *", "A S D F G H J K L Ö Ä '", "Y X C V B N M ; : _"),
)
AZERTY: Final = Layout(
    ("²", "a z e r t y u i o p ^ $", "q s d f g h j k l m ù *", "w x c v b n , ; : !"),
    ("~", "A Z E R T Y U I O P ¨ £", "Q S D F G H J K L M % µ", "W X C V B N ? . / §"),
)
AZERTY_MAC: Final = Layout(
    ("@", "a z e r t y u i o p ^ $", "q s d f g h j k l m ù `", "w x c v b n , ; : ="),
    ("#", "A Z E R T Y U I O P ¨ *", "Q S D F G H J K L M % £", "W X C V B N ? . / +"),
)
ARABIC_101: Final = Layout(
    ("ذ", "ض ص ث ق ف غ ع ه خ ح ج د", "ش س ي ب ل ا ت ن م ك ط \\", "ئ ء ؤ ر لا ى ة و ز ظ"),
    ("ّ", "َ ً ُ ٌ لإ إ ‘ ÷ × ؛ < >", 'ِ ٍ ] [ لأ أ ـ ، / : " |', "~ ْ } { لآ آ ’ , . ؟"),
)
ARABIC_102: Final = Layout(
    ("<", *ARABIC_101.plain[1:2], "ش س ي ب ل ا ت ن م ك ط ذ", ARABIC_101.plain[3]),
    (">", *ARABIC_101.shifted[1:2], 'ِ ٍ ] [ لأ أ ـ ، / : " ّ', ARABIC_101.shifted[3]),
)
ARABIC_MAC: Final = Layout(
    ("ـ", "ض ص ث ق ف غ ع ه خ ح ج ة", "ش س ي ب ل ا ت ن م ك ؛ \\", "ظ ط ذ د ز ر و ، . /"),
    ("~", "َ ً ِ ٍ ُ ٌ ْ ّ ] [ } {", '» « ى ٰ ـ آ ٱ ، / : " |', "| ~ ئ ء أ إ ؤ > < ؟"),
)

PAIRS: Final = (
    (QWERTY, ARABIC_101),
    (QWERTY, ARABIC_MAC),
    (QWERTY, ARABIC_102),
    (AZERTY, ARABIC_101),
    (AZERTY, ARABIC_102),
    (AZERTY_MAC, ARABIC_MAC),
    (QWERTZ, ARABIC_101),
    (QWERTZ, ARABIC_MAC),
)
"""Keyboards between which people switch, the most usual first: on the same keys."""

LIGATURES: Final = {"ﻻ": "لا", "ﻷ": "لأ", "ﻹ": "لإ", "ﻵ": "لآ"}
"""What some systems type with one key: one character for two letters."""


def to_arabic(pair: tuple[Layout, Layout]) -> dict[int, str]:
    """What was typed on a Latin keyboard to what the same keys type in Arabic, for `str.translate`."""
    latin, arabic = (layout.keys() for layout in pair)
    return {ord(key): other for key, other in zip(latin, arabic, strict=True)}


def to_latin(pair: tuple[Layout, Layout]) -> dict[str, str]:
    """What was typed on an Arabic keyboard to the Latin letters of the same keys; keys that type two too."""
    latin, arabic = (layout.keys() for layout in pair)
    found: dict[str, str] = {}
    for key, other in zip(arabic, latin, strict=True):
        found.setdefault(key, other)
    return found
