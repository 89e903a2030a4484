"""Why an article matched: which of its words matched which word of the query, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

from index.record import record
from search.messages import Message


class How(StrEnum):
    """How a word of a text matched, the closest first."""

    FORM = "form"  # written the same
    FOLDED = "folded"  # the same but for hamzas, ة and ه, harakat, or capitals
    STEM = "stem"  # the same word with something attached, or inflected
    VARIANT = "variant"  # another way to write it
    ROOT = "root"  # another word of its root
    SPELLING = "spelling"  # what it may be misspelled from
    WILDCARD = "wildcard"  # its stars stand for letters
    FUZZY = "fuzzy"  # it differs in as many letters as was allowed
    PHRASE = "phrase"  # part of words in this order
    NEAR = "near"  # close to the word that it was asked for with


_SENTENCES: Final[Mapping[How, Message]] = {
    How.FORM: Message("{words} كما كُتبت في البحث."),
    How.FOLDED: Message("{words} طابقت «{typed}»: الكلمة نفسها، ولا فرق إلا في رسم حرف أو في التشكيل."),
    How.STEM: Message("{words} طابقت «{typed}»: ترجع معها إلى جذع واحد بعد نزع الزوائد."),
    How.VARIANT: Message("{words} طابقت «{typed}»: صورة أخرى لها أو اسم آخر."),
    How.ROOT: Message("{words} طابقت «{typed}»: من أصل واحد، وهذا الأرشيف يذكرهما معًا."),
    How.SPELLING: Message("{words} طابقت «{typed}»: أقرب كلمات الأرشيف إليها، ولعلها المقصودة."),
    How.WILDCARD: Message("{words} طابقت «{typed}»: النجمة تقوم مقام أي حروف، وعلامة السؤال مقام حرف."),
    How.FUZZY: Message("{words} طابقت «{typed}»: تقاربها كتابة."),
    How.PHRASE: Message("{words} من العبارة «{typed}» كما كُتبت."),
    How.NEAR: Message("{words} طابقت «{typed}»: قريبة من الكلمة التي طُلبت معها."),
}


@record
class Why:
    """One word of a text that matched.

    Attributes:
        typed: the word or phrase of the query, as typed.
        text: the word as it stands in the text.
        how: how it matched.
    """

    typed: str
    text: str
    how: How

    def to_json(self) -> dict[str, Any]:
        """The match as the API gives it."""
        return {"word": self.typed, "text": self.text, "how": self.how}


def reasons(why: Iterable[Why]) -> list[Message]:
    """A sentence for each word of the query and each way in which it was matched, in order."""
    return [
        _SENTENCES[how].format(typed=typed, words=tuple(texts))
        for (typed, how), texts in grouped(why).items()
    ]


def grouped(why: Iterable[Why]) -> dict[tuple[str, How], list[str]]:
    """For each word of the query and each way in which it was matched the words that did, in order."""
    found: dict[tuple[str, How], list[str]] = {}
    for each in why:
        found.setdefault((each.typed, each.how), []).append(each.text)
    return found
