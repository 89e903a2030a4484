"""Stop words of a query that are a noun or part of a name there: فلم is a film, and أم القرى a place.

In articles these words are mostly what the list of stop words takes them for: of 455 فلم in 30,676 articles
of newspapers one in sixty is a film. Who searches means the other, so they are told apart here and in no
index. `=فلم` and quotes ask for the word as it is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

from index.analysis import Token, analyze, normalize
from index.record import record, replace
from search.expansion import Expansion, Kind
from search.levels import LookedFor, Means, look
from search.ranking import Level
from search.syntax import Node, Word

_Condition: TypeAlias = Callable[[Token | None, Token | None], bool]
"""Told the words before and after, whether a word is a noun between them."""


def _anywhere(_: Token | None, __: Token | None) -> bool:
    return True


def _first(before: Token | None, after: Token | None) -> bool:
    return before is None and after is not None


def _last_after(words: str) -> _Condition:
    """No preposition ends a query, but a name that is written so, as in Egypt."""
    forms = frozenset(words.split())
    return lambda before, after: before is not None and after is None and before.form in forms


def _no_verb(_: Token | None, after: Token | None) -> bool:
    """Not before a verb in the imperfect, which begins with ا، ت، ن or ي and loses that in its stem."""
    if after is None or after.form[0] not in "اتني":
        return True
    return bool(after.stem) and after.stem.startswith(after.form[:2])


def _after(words: str) -> _Condition:
    forms = frozenset(words.split())
    return lambda before, _: before is not None and before.form in forms


def _before(words: str) -> _Condition:
    forms = frozenset(words.split())
    return lambda _, after: after is not None and after.form in forms


AS_WRITTEN: Final = ""
"""Part of a name: looked for as it is written."""

_GIVEN_NAMES: Final = (
    "محمد احمد محمود حسن حسين سيد مصطفي ابراهيم اسماعيل خالد عمر عمرو يوسف صالح سالم سعيد حسام طارق هشام ياسر"
)
_VITAMIN: Final = _after("فيتامين فيتامينات الفيتامين")

# The words beside are written as `normalize` folds them.
RULES: Final[tuple[tuple[str, str, _Condition], ...]] = (
    ("فلم", "فيلم", _no_verb),
    ("وكيلا", "وكيل", _anywhere),
    ("فكي", "فك", _anywhere),
    ("اذن", "الأذن", _anywhere),
    ("اية", "آية", _before("الله الكرسي قرانيه كريمه")),
    ("مني", "منى", _after("مشعر وادي صعيد جسر مسجد مخيمات مخيم")),
    ("مني", "منى", _before("زكي الشاذلي واصف")),
    ("على", "علي", _last_after(_GIVEN_NAMES)),
    ("على", "علي", _before("كلاي باشا جناح خامنيي السيستاني")),
    ("ام", AS_WRITTEN, _first),
    ("ام", AS_WRITTEN, _before("القري القيوين المومنين كلثوم درمان قصر الفحم الدنيا الحمام الدوم سلمه")),
    ("فان", AS_WRITTEN, _anywhere),
    ("بي", AS_WRITTEN, _anywhere),
    ("واي", AS_WRITTEN, _anywhere),
    ("فاي", AS_WRITTEN, _anywhere),
    ("فلاي", AS_WRITTEN, _anywhere),
    ("بان", AS_WRITTEN, _before("كي")),
    ("كي", AS_WRITTEN, _after("بان")),
    ("كي", AS_WRITTEN, _before("مون جي")),
    ("لي", AS_WRITTEN, _after("بروس جيت سبايك")),
    ("ان", AS_WRITTEN, _after("سي بي ان")),
    ("كان", AS_WRITTEN, _after("مهرجان")),
    ("كان", AS_WRITTEN, _before("السينمايي")),
    ("هي", AS_WRITTEN, _after("مجله")),
    ("لها", AS_WRITTEN, _after("مجله")),
    ("ذا", AS_WRITTEN, _before("فويس صن")),
    *((letter, AS_WRITTEN, _VITAMIN) for letter in ("ا", "ب", "ك", "a")),
)
"""A stop word, what it is read as, and where. Each row has one in `tests/search/golden_homographs.tsv`."""


@record
class Reading:
    """What a stop word of a query is read as.

    Attributes:
        token: what is looked for, at the place where the word was typed.
        text: the noun, as a reader would write it; empty for what is looked for as it was typed.
    """

    token: Token
    text: str


def readings(
    nodes: Sequence[Node], tokens: Callable[[str], Sequence[Token]], apart: int
) -> dict[int, Reading]:
    """The stop words that are nouns or names, by their places in a row of nodes.

    Args:
        nodes: what stands side by side.
        tokens: analyses the text of a word.
        apart: how many places a node takes that is no word.
    """
    row: dict[int, Token] = {}
    place = 0
    for node in nodes:
        found = tokens(node.text) if isinstance(node, Word) else ()
        row |= enumerate(found, place)
        place += len(found) if isinstance(node, Word) else apart
    read = {at: _read(at, row) for at, token in row.items() if not token.stem}
    return {at: reading for at, reading in read.items() if reading}


def look_as(reading: Reading | None, typed: str, token: Token, place: int, means: Means) -> LookedFor:
    """All that is looked for because of a word (`levels.look`), or of the noun that it is read as."""
    if reading is None or not reading.text or not means.ranking.has(Level.VARIANT):
        return look(typed, token, place, means)
    looked = look(typed, reading.token, place, means)
    told = Expansion(typed, Kind.VARIANT, reading.text, 1.0)
    return replace(looked, expansions=(told, *looked.expansions))


def _read(at: int, row: Mapping[int, Token]) -> Reading | None:
    token = row[at]
    for text, holds in _rules_by_form().get(token.form, ()):
        if holds(row.get(at - 1), row.get(at + 1)):
            noun = analyze(text)[0] if text else token
            return Reading(Token(token.start, token.end, noun.form, noun.stem), text)
    return None


@cache
def _rules_by_form() -> Mapping[str, Sequence[tuple[str, _Condition]]]:
    rules: dict[str, list[tuple[str, _Condition]]] = defaultdict(list)
    for word, text, holds in RULES:
        rules[normalize(word)].append((text, holds))
    return rules
