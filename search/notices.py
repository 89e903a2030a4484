"""What a reader is told about a search, in Arabic: one sentence each, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.expansion import Expansion, Kind, grouped
from search.messages import Message


def count(number: int, one: str, two: str, few: str, many: str) -> str:
    """A number with its noun as Arabic grammar wants it: مقالة واحدة، مقالتان، 3 مقالات، 11 مقالة."""
    if number == 1:
        return one
    if number == 2:  # noqa: PLR2004 - the dual
        return two
    return f"{number} {few if is_few(number) else many}"


def is_few(number: int) -> bool:
    """Whether a noun after this number is in the plural: after 3 to 10, and what ends with these."""
    return 3 <= number % 100 <= 10  # noqa: PLR2004 - the rule of small plurals


def is_of_hundreds(number: int) -> bool:
    """Whether a noun after this number is in the genitive singular: after 100, 102, 6000, not 11."""
    return number > 2 and number % 100 <= 2  # noqa: PLR2004 - one and two are nouns of their own


def articles(number: int) -> Message:
    """A number of articles."""
    if number == 1:
        return Message("مقالة واحدة")
    if number == 2:  # noqa: PLR2004 - the dual
        return Message("مقالتان")
    if is_few(number):
        return Message("{number} مقالات", number=number)
    return Message("{number} مقالة", number=number)


def of_articles(number: int) -> Message:
    """The same after a word that governs it, من or في: the dual has another ending there."""
    return Message("مقالتين") if number == 2 else articles(number)  # noqa: PLR2004 - the dual


RELAXED = Message("لا توجد مقالة فيها كل كلمات البحث، فهذه مقالات فيها بعضها.")
ONLY_STOPWORDS = Message("كلمات البحث كلها شائعة، فبُحث عنها كما كُتبت.")
BY_ADDRESS = Message("كُتب عنوان صفحة، فهذا ما نُشر فيها. لما يذكر العنوان في نصه ضعه بين علامتي تنصيص.")
NOTHING_TYPED = Message("لم تُكتب كلمة للبحث، فهذه مقالات الأرشيف كلها.")
REMOVED_MEANWHILE = Message("بعض ما وُجد حُذف من الأرشيف بعد فهرسته؛ شغّل arshif reindex لتحديث الفهرس.")


def dropped(words: Iterable[str]) -> Message:
    """Stop words were left out."""
    return Message(
        'كلمات شائعة لم يُبحث عنها: {words}. ضعها بين علامتي تنصيص "…" للبحث عنها كما هي.', words=tuple(words)
    )


def expanded(expansions: Iterable[Expansion]) -> list[Message]:
    """What was looked for that was not typed: a sentence for each reason, the heaviest words first."""
    return [
        _EXPANDED[kind].format(typed=typed, words=_some(words)) for kind, typed, words in grouped(expansions)
    ]


LEARNED = Message("رُتّبت النتائج بكلمات تكثر في أوائلها: {words}.")

_EXPANDED = {
    Kind.VARIANT: Message("بُحث مع «{typed}» عن صور أخرى لها: {words}."),
    Kind.ROOT: Message("بُحث مع «{typed}» عن كلمات من أصلها: {words}."),
    Kind.SPELLING: Message("ليس في الأرشيف «{typed}»، فبُحث عمّا يشبهها: {words}."),
    Kind.WILDCARD: Message("بُحث عمّا يوافق «{typed}»: {words}."),
    Kind.FUZZY: Message("بُحث مع «{typed}» عمّا يقاربها كتابة: {words}."),
    Kind.FEEDBACK: LEARNED,
}


def is_of_relevance(notice: str) -> bool:
    """Whether a notice says nothing but how results were put in order of relevance."""
    return isinstance(notice, Message) and notice.template == LEARNED.template


LISTED = 6
"""Words that a sentence lists."""


def _some(words: Sequence[str]) -> tuple[str, ...] | Message:
    listed = tuple(words[:LISTED])
    return Message("{words} وغيرها", words=listed) if len(words) > LISTED else listed


def nothing_like(typed: str) -> Message:
    """No word of the archive is written as a word with stars, or nearly as another."""
    return Message("ليس في الأرشيف كلمة توافق «{typed}».", typed=typed)


def too_many_like(typed: str, number: int, most: int) -> Message:
    """A word with stars stands for more words than are looked for."""
    return Message(
        "كلمات الأرشيف التي توافق «{typed}»: {number}، فبُحث عن أكثرها ورودًا وعددها {most}.",
        typed=typed,
        number=number,
        most=most,
    )


def too_short_for_fuzzy(typed: str) -> Message:
    """A word has too few letters for one of them to differ."""
    return Message("الكلمة «{typed}» أقصر من أن يُبحث عمّا يقاربها كتابة، فبُحث عنها كما كُتبت.", typed=typed)


def behind(pending: int) -> Message:
    """The index lacks changes of the archive."""
    return Message(
        "الفهرس متأخر عن الأرشيف، ولم يدخله بعد: {articles}. شغّل arshif reindex لتحديثه.",
        articles=articles(pending),
    )


def dated_ahead(number: int) -> Message:
    """Some articles have a date that is still to come."""
    return Message("ما أُرِّخ بيوم لم يأتِ بعد يُعرض في آخر النتائج: {articles}.", articles=articles(number))


NO_SUCH_SOURCE = Message("لا مقالة من المصدر «{name}».")
NO_SUCH_AUTHOR = Message("لا مقالة للكاتب «{name}».")
NO_SUCH_CATEGORY = Message("لا مقالة في القسم «{name}».")


def unknown_name(sentence: Message, name: str, known: Iterable[str]) -> Message:
    """No article has a source, author or category of this name: the sentence for it, and what there is."""
    told, listed = sentence.format(name=name), tuple(known)
    return Message("{told} في الأرشيف: {known}.", told=told, known=listed) if listed else told


def too_long(length: int, limit: int) -> Message:
    """A query is refused for its length."""
    return Message(
        "البحث طويل جدًا: عدد حروفه {length}، والحد الأقصى {limit}. اختصره وأعد المحاولة.",
        length=length,
        limit=limit,
    )
