"""What is attached to a word before and after it: tables only.

The clitics are Arabic grammar's; their costs say how sure one must be to take a clitic off: a
cost of 10 wants the rest to be a word ten times as frequent.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Proclitic(NamedTuple):
    """Attached before a word; has the article if it ends in ال or لل.

    Attributes:
        cost: what taking it off costs, in tenths of a decimal logarithm of frequency.
        kinds: what may follow, as kinds of the lexicon (N noun, B broken plural, A adjective, P name,
            V verb, I verb in the imperfect).
        restored: what stands at the beginning of the word without it: تعلن is ت + علن, and the form يعلن.
    """

    cost: int
    kinds: str
    restored: str = ""


def _persons() -> dict[str, Proclitic]:
    """The persons of the imperfect with what stands before them; the lexicon has the one in ي."""
    persons = {"ت": 6, "ن": 14, "ا": 16}
    particles = {"": 0, "س": 2, "ل": 6}
    return {
        conjunction + particle + person: Proclitic(cost + more, "I", restored="ي")
        for conjunction in ("", *CONJUNCTIONS)
        for particle, more in particles.items()
        for person, cost in persons.items()
    }


CONJUNCTIONS: Final = ("و", "ف")
"""What may stand before any word, and before all other proclitics."""

PROCLITICS: Final[dict[str, Proclitic]] = {
    "": Proclitic(0, "NBAPVI"),
    # The article, alone and after other clitics, leaves little doubt.
    "ال": Proclitic(0, "NBAP"),
    "وال": Proclitic(1, "NBAP"),
    "فال": Proclitic(2, "NBAP"),
    "بال": Proclitic(2, "NBAP"),
    "كال": Proclitic(4, "NBAP"),
    "وبال": Proclitic(2, "NBAP"),
    "فبال": Proclitic(3, "NBAP"),
    "وكال": Proclitic(4, "NBAP"),
    "لل": Proclitic(2, "NBAP"),
    "ولل": Proclitic(2, "NBAP"),
    "فلل": Proclitic(3, "NBAP"),
    "لال": Proclitic(4, "NBAP"),
    # One letter is often the word's own: وزير, بلد, لبنان, فرنسا, كتاب.
    "و": Proclitic(4, "NBAPVI"),
    "ف": Proclitic(8, "NBAPVI"),
    "ب": Proclitic(8, "NBAP"),
    "ل": Proclitic(8, "NBAPI"),
    "ك": Proclitic(12, "NBAP"),
    "وب": Proclitic(10, "NBAP"),
    "ول": Proclitic(10, "NBAPI"),
    "وك": Proclitic(14, "NBAP"),
    "فب": Proclitic(14, "NBAP"),
    "فل": Proclitic(14, "NBAPI"),
    "س": Proclitic(2, "I"),
    "وس": Proclitic(4, "I"),
    "فس": Proclitic(6, "I"),
    **_persons(),
}
"""Proclitics: و ف ب ل ك, the article, س and the persons before verbs, and what they make together."""


class Suffix(NamedTuple):
    """Attached after a word.

    Attributes:
        restored: what stands at the end of the word without it: قوات is قو + ات, and the word is قوة.
        cost: as a proclitic's.
        kinds: what it may be attached to.
        definite: it makes the word definite, as a pronoun does, so that no article stands before it.
    """

    restored: str
    cost: int
    kinds: str
    definite: bool = False


_PRONOUNS = "ه ها هم هن هما ك كم كن نا"
"""Enclitic pronouns on nouns and verbs; ني on verbs and ي on nouns have rows of their own."""


def _with_pronouns(ending: str, restored: str, cost: int, kinds: str) -> dict[str, list[Suffix]]:
    suffix = Suffix(restored, cost, kinds, definite=True)
    return {ending + pronoun: [suffix] for pronoun in _PRONOUNS.split()}


def _join(*tables: dict[str, list[Suffix]]) -> dict[str, list[Suffix]]:
    joined: dict[str, list[Suffix]] = {}
    for table in tables:
        for ending, suffixes in table.items():
            joined.setdefault(ending, []).extend(suffixes)
    return joined


SUFFIXES: Final[dict[str, list[Suffix]]] = _join(
    {
        "": [Suffix("", 0, "NBAPVI"), Suffix("ء", 6, "NBA")],  # لقا for لقاء: the hamza is often left out
        "ه": [Suffix("", 2, "A"), Suffix("", 14, "NBP")],  # سورية from سوري; but مكتبة is not from مكتب
        "ات": [Suffix("ه", 2, "NA"), Suffix("", 12, "NA")],  # عملات is from عملة where there is one
        "ون": [Suffix("", 3, "NAI"), Suffix("ي", 6, "NAI"), Suffix("و", 6, "I")],
        "ين": [Suffix("", 3, "NA"), Suffix("ي", 6, "NA")],
        "ان": [Suffix("", 4, "NAI"), Suffix("ي", 8, "NA")],
        "ن": [Suffix("", 8, "I")],
        "تان": [Suffix("ه", 3, "NA")],
        "تين": [Suffix("ه", 3, "NA")],
        "تا": [Suffix("ه", 6, "NA"), Suffix("", 6, "V")],
        "تي": [Suffix("ه", 6, "NA")],
        "وا": [Suffix("", 3, "VI"), Suffix("ي", 4, "VI"), Suffix("و", 4, "I")],  # تلقوا, from تلقى
        "و": [Suffix("", 6, "NA", definite=True)],  # مقاتلو التنظيم: the ن falls before what follows
        "ي": [Suffix("", 14, "NA", definite=True)],  # مقاتلي التنظيم, but البلدي is from بلدي, not from بلد
        "ا": [Suffix("", 4, "NBA"), Suffix("ء", 8, "NA")],  # tanwin: قرارا
        "ت": [Suffix("", 4, "V"), Suffix("ي", 4, "V"), Suffix("ا", 4, "V")],  # انتهت, دعت
        "تم": [Suffix("", 6, "V")],
        "ني": [Suffix("", 6, "VI")],
        "يا": [Suffix("ي", 3, "A"), Suffix("ء", 4, "NA")],  # رسميا; شيئا, from شيء
        "ايي": [Suffix("اء", 6, "NBA")],  # زملائي
    },
    _with_pronouns("", "", 4, "NBAVI"),
    _with_pronouns("ت", "ه", 4, "NB"),
    _with_pronouns("ت", "", 19, "V"),  # عملتها is from عملة rather than from عمل
    _with_pronouns("ات", "ه", 4, "NA"),
    _with_pronouns("ات", "", 5, "NA"),
    _with_pronouns("ي", "", 14, "NA"),  # مقاتليهم
    _with_pronouns("و", "", 6, "NAVI"),  # مقاتلوهم, قتلوه
    _with_pronouns("ون", "", 6, "I"),  # يقتلونه
    _with_pronouns("ا", "ي", 4, "NBAVI"),  # مستواه, from مستوى
    _with_pronouns("اي", "اء", 4, "NBA"),  # وزرائها
    _with_pronouns("او", "اء", 4, "NBA"),  # وزراؤها
)
"""Endings of number and gender, and the pronouns attached to them."""

LIGHT_SUFFIXES: Final = {
    "ها": 4,
    "هم": 4,
    "نا": 4,
    "ات": 4,
    "ان": 4,
    "ون": 4,
    "ين": 4,
    "وا": 4,
    "ه": 3,
    "ي": 3,
}
"""What is cut from a word that the lexicon doesn't know, in this order, each once, and how many letters must
be left. After Larkey, Ballesteros and Connell's light10 (2007), which leaves two."""

ARTICLES: Final = ("ال", "لل")
"""How a proclitic ends that has the article."""

SURE_PROCLITICS: Final = tuple(
    sorted((clitic for clitic in PROCLITICS if clitic.endswith(ARTICLES)), key=len, reverse=True)
)
"""What is cut from the front of a word that the lexicon doesn't know: only what has the article."""

UNSURE_PROCLITICS: Final = ("ب", "ل", "ف", "ك", "وب", "ول", "فب", "فل")
"""What may stand before a word that the lexicon doesn't know, or be the beginning of it."""

IMPERFECT: Final = re.compile("(?:[وف][لس]?|[لس])(?=ي..)|(?:[وف]?س)(?=[تن]...)")
"""What stands before a verb in the imperfect that the lexicon doesn't know."""
