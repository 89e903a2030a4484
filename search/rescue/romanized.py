"""Arabic in Latin letters: which letters may stand for which, and what each reading costs. Tables.

They hold what people write: English and French spellings, the romanizations of ALA-LC, DIN 31635 and
ISO 233, and the digits of chats (3 is ع, 7 is ح). Arabic letters stand here as the archive's forms have
them, folded: ا for all alefs, ي for ى and ئ, و for ؤ, ه for ة. Costs: 0 is what a Latin letter mostly is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

Readings: TypeAlias = Mapping[str, tuple[tuple[str, float], ...]]
"""Latin letters to what they may stand for, and what each costs; the empty one for what is not written."""


def _readings(rows: str) -> Readings:
    """A row a line: Latin letters, then each reading with its cost after a colon; `-` for the empty one."""
    table = {}
    for row in rows.strip().splitlines():
        latin, *readings = row.split()
        pairs = (reading.split(":") for reading in readings)
        table[latin] = tuple(("" if letters == "-" else letters, float(cost)) for letters, cost in pairs)
    return table


STEP: Final = 0.1
"""What each row that is used costs: `sh` is ش rather than س and ه."""

CONSONANTS: Final = _readings("""
    b ب:0
    p ب:0
    t ت:0 ط:.2
    th ث:0 ذ:.3 ت:.5 ط:.6
    j ج:0
    dj ج:0
    g ج:.2 غ:.3 ق:.4 ك:.7
    gh غ:0 ق:.6
    gu غ:.3 ج:.3 ق:.5
    h ه:0 ح:.1 خ:.9 -:.9
    kh خ:0 ك:.7
    ch ش:0 تش:.2 خ:.5 ك:.6
    tch تش:0
    sh ش:0
    sch ش:0
    d د:0 ض:.2 ذ:.4 ظ:.7
    dh ذ:0 ض:.2 ظ:.2 د:.5
    r ر:0
    z ز:0 ظ:.2 ذ:.3 ض:.6
    zh ج:.2 ز:.3 ظ:.4
    s س:0 ص:.1 ث:.6 ز:.8
    c ك:.2 س:.3 ق:.4
    ck ك:0
    k ك:0 ق:.2
    q ق:0 ك:.6
    qu ق:.1 ك:.2
    x كس:.1 خ:.6
    f ف:0
    ph ف:0
    v ف:0 و:.6
    w و:0 -:.8
    l ل:0
    m م:0
    n ن:0
    y ي:0 -:.6
    ç س:0 تش:.3
    ḥ ح:0
    ẖ خ:0
    ḫ خ:0
    ṭ ط:0
    ṯ ث:0
    ḍ ض:0
    ḏ ذ:0
    ṣ ص:0
    š ش:0
    ẓ ظ:0
    ž ج:.1
    ǧ ج:0
    ğ غ:0
    ġ غ:0
    č تش:0
    ş ش:.1 ص:.1
    ḵ خ:0
    ḡ غ:0
    ' ع:.1 ء:.2 -:.2 ا:.4
    ʿ ع:0
    ʾ ء:0 ا:.2 ي:.3 و:.3 -:.3
    2 ء:0 ا:.1 ق:.3 ي:.3 و:.3
    3 ع:0
    3' غ:0
    4 ذ:.2 ش:.3
    5 خ:0
    6 ط:0
    6' ظ:0
    7 ح:0
    7' خ:0
    8 ق:.1 غ:.2
    9 ق:.1 ص:.1
    9' ض:0
    - -:.1
""")
"""Letters that are no vowels, and signs and digits that are written for some."""

FIRST: Final = _readings("""
    a ا:.1 ع:.3 عا:.4 اا:.5
    aa ا:.1 عا:.2 ع:.3
    e ا:.1 ع:.4 اي:.4
    ei اي:.1 ع:.4 عي:.3
    i ا:.1 ع:.3 اي:.2 ي:.6 عي:.4
    ii اي:.1 عي:.2
    ie اي:.1
    ee اي:.1 عي:.2
    o ا:.2 ع:.2 او:.1 عو:.4
    ou او:.1 و:.2 ع:.4 عو:.3
    oo او:.1 عو:.3
    u ا:.1 ع:.3 او:.1 و:.6 عو:.4
    ya ي:.1 يا:.1
    ā ا:0
    ī اي:.1
    ū او:.1
""")
"""Vowels at the beginning of a word."""

MIDDLE: Final = _readings("""
    a -:.15 ا:.1 ع:.5 عا:.4 اع:.6 ه:.9 ي:.8
    aa ا:0 عا:.2 ع:.3 اع:.3 اا:.6
    e -:.1 ي:.3 ا:.4 ع:.5 ه:.9
    ea ي:.2 يا:.3 -:.4 ا:.3
    ee ي:0 -:.6
    i -:.15 ي:.1 ع:.6 عي:.5 ا:.7
    ii ي:0
    ie ي:.1 يا:.5 اي:.5
    o -:.2 و:.1 ع:.6 ا:.5 عو:.5
    oo و:0 -:.5
    ou و:0 -:.2 عو:.4
    u -:.15 و:.1 ع:.6 عو:.5 ا:.6
    uu و:0
    ai ي:.2 اي:.1 عي:.4 ا:.4 اء:.6
    ay ي:.1 اي:.1
    ei ي:.1 اي:.4 -:.6
    ey ي:.1
    au و:.2 او:.2 عو:.2 ا:.6
    aw و:.1 او:.2
    ow و:.1 او:.3
    ue ي:.5 و:.3
    eu و:.3 ي:.6
    ā ا:0
    â ا:0
    á ا:0
    ē ي:0
    ê ي:.1 -:.3
    ī ي:0
    î ي:0
    í ي:0
    ō و:0
    ū و:0
    û و:0
    ú و:0
    ï ي:.1
""")
"""Vowels inside a word: long ones are written, short ones are not."""

LAST: Final = _readings("""
    a ا:.1 ه:.1 ي:.4 اء:.2 ع:.5 -:.6 عه:.5
    aa ا:.1 اء:.1 ع:.3 ه:.4 عاء:.2
    ah ه:0 ا:.4 اه:.3
    e ه:.1 -:.2 ي:.2 ا:.5
    eh ه:0 ا:.5
    at ات:.1 ه:.2
    et ه:.3 ات:.3
    it ه:.4 يت:.1
    i ي:.1 -:.5 اي:.4
    ie ي:.1
    ee ي:0
    iyy ي:0
    ié ي:.2
    ia يا:.1 يه:.1
    ya يا:.1 يه:.1
    iya يا:.1 يه:.1
    iyya يه:.1 يا:.2
    iyah يه:0
    iyyah يه:0
    o و:.1 ه:.3 -:.6
    u و:.1 -:.5
    ou و:0
    ā ا:0 اء:.2
    ī ي:0
    ū و:0
    á ي:.1 ا:.1
    à ي:.1 ا:.2
    é ي:.2 ه:.3
""")
"""Vowels at the end of a word."""

UNWRITTEN: Final = (("ا", 0.8), ("ي", 0.9), ("و", 0.9))
"""Long vowels that a careless writer of Latin letters leaves out, and what that costs."""

DOUBLED: Final = 0.5
"""What it costs to take a doubled Latin consonant for two Arabic letters and not for one with a shadda."""

PREFIXES: Final = (
    ("ال", ("al-", "el-", "il-", "ul-", "l'", "l-", "al", "el"), 0.0),
    ("بال", ("bil-", "bi-l-", "bil"), 0.3),
    ("وال", ("wal-", "wa-l-", "wa-al-", "wal"), 0.3),
    ("لل", ("lil-", "li-l-", "lil"), 0.3),
)
"""Articles, alone and with what stands before them: in Arabic, in Latin letters, and what it costs."""

ASSIMILATED: Final = r"[aei](?P<sun>th|dh|sh|[tdrzsnlţṭḍẓṣš])(?:[-' ](?=\w)|(?=(?P=sun)))"
"""An article whose l is taken into the letter after it: `ash-sham`, `arriyadh`."""

BUCKWALTER: Final = {
    **dict(
        zip("'|>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYy", "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىي", strict=True)
    ),
    **dict(zip("FNKaui~o`{", "ًٌٍَُِّْٰٱ", strict=True)),
}
"""Buckwalter's transliteration: a character a letter. Source: T. Buckwalter, Arabic transliteration, 2002."""

SAFE_BUCKWALTER: Final = {**BUCKWALTER, **dict(zip("CMOWIQVcGL", "ءآأؤإئذشغٱ", strict=True))}
"""The same with letters for the signs that other systems have a use for."""
