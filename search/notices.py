"""What a reader is told about a search, in Arabic: one sentence each, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.expansion import Expansion, Kind, grouped


def names(words: Iterable[str]) -> str:
    """Words in a row, each in quotation marks."""
    return "، ".join(f"«{word}»" for word in words)


def count(number: int, one: str, two: str, few: str, many: str) -> str:
    """A number with its noun as Arabic grammar wants it: مقالة واحدة، مقالتان، 3 مقالات، 11 مقالة."""
    if number == 1:
        return one
    if number == 2:  # noqa: PLR2004 - the dual
        return two
    return f"{number} {few if 3 <= number % 100 <= 10 else many}"  # noqa: PLR2004 - the rule of small plurals


def articles(number: int) -> str:
    """A number of articles."""
    return count(number, "مقالة واحدة", "مقالتان", "مقالات", "مقالة")


RELAXED = "لا توجد مقالة فيها كل كلمات البحث، فهذه مقالات فيها بعضها."
ONLY_STOPWORDS = "كلمات البحث كلها شائعة، فبُحث عنها كما كُتبت."
NOTHING_TYPED = "لم تُكتب كلمة للبحث، فهذه مقالات الأرشيف كلها."
REMOVED_MEANWHILE = "بعض ما وُجد حُذف من الأرشيف بعد فهرسته؛ شغّل arshif reindex لتحديث الفهرس."


def dropped(words: Iterable[str]) -> str:
    """Stop words were left out."""
    return f'كلمات شائعة لم يُبحث عنها: {names(words)}. ضعها بين علامتي تنصيص "…" للبحث عنها كما هي.'


def expanded(expansions: Iterable[Expansion]) -> list[str]:
    """What was looked for that was not typed: a sentence for each reason, the heaviest words first."""
    return [
        _EXPANDED[kind].format(typed=typed, words=_some(words)) for kind, typed, words in grouped(expansions)
    ]


_EXPANDED = {
    Kind.VARIANT: "بُحث مع «{typed}» عن صور أخرى لها: {words}.",
    Kind.ROOT: "بُحث مع «{typed}» عن كلمات من أصلها: {words}.",
    Kind.SPELLING: "ليس في الأرشيف «{typed}»، فبُحث عمّا يشبهها: {words}.",
    Kind.FEEDBACK: "رُتّبت النتائج بكلمات تكثر في أوائلها: {words}.",
}

LISTED = 6
"""Words that a sentence lists."""


def _some(words: Sequence[str]) -> str:
    return names(words[:LISTED]) + (" وغيرها" if len(words) > LISTED else "")


def behind(pending: int) -> str:
    """The index lacks changes of the archive."""
    return f"الفهرس متأخر عن الأرشيف، ولم يدخله بعد: {articles(pending)}. شغّل arshif reindex لتحديثه."


def unknown_name(kind: str, name: str, known: Iterable[str]) -> str:
    """No article has a source or author of this name."""
    listed = names(known)
    return f"لا مقالة {kind} «{name}»." + (f" في الأرشيف: {listed}." if listed else "")


def too_long(length: int, limit: int) -> str:
    """A query is refused for its length."""
    return f"البحث طويل جدًا: عدد حروفه {length}، والحد الأقصى {limit}. اختصره وأعد المحاولة."
