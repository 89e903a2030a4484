"""What is offered where nothing was found: another search, why, and how many articles it finds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from index.record import record
from search import notices
from search.messages import Message
from search.results import SearchQuery


class Kind(StrEnum):
    """Why something else may have been meant, or may be worth a look; in the order of the offers."""

    TIME = "time"  # published in a time that the words name
    KEYBOARD = "keyboard"  # typed with another keyboard than was meant
    TRANSLITERATION = "transliteration"  # Arabic written in Latin letters
    SPELLING = "spelling"  # a word that is likely misspelled
    UNQUOTED = "unquoted"  # the words of phrases, side by side or not
    PERIOD = "period"  # at any time
    SOURCES = "sources"  # in all sources, or by all authors
    EVERYWHERE = "everywhere"  # in the whole archive
    FEWER = "fewer"  # without one of the words, or two


REASONS: Final[Mapping[Kind, Message]] = {
    Kind.TIME: Message("ما نُشر حينئذ:"),
    Kind.KEYBOARD: Message("بلوحة مفاتيح أخرى:"),
    Kind.TRANSLITERATION: Message("بالحروف العربية:"),
    Kind.SPELLING: Message("هل تقصد:"),
    Kind.UNQUOTED: Message("الكلمات نفسها متفرقة:"),
    Kind.PERIOD: Message("في كل المدد:"),
    Kind.SOURCES: Message("في كل المصادر والأقسام ولكل الكتّاب:"),
    Kind.EVERYWHERE: Message("في الأرشيف كله:"),
    Kind.FEWER: Message("دون {left_out}:"),
}
"""What a reader is told of each, before the text of the search."""


@record
class Candidate:
    """A search that may be offered; whether it finds anything is not known yet.

    Attributes:
        asked: the search; which page of it and in which order is as it was.
        left_out: of `FEWER` what is left out, as typed.
    """

    kind: Kind
    asked: SearchQuery
    left_out: tuple[str, ...] = ()


@record
class Offer:
    """A search that finds something.

    Attributes:
        kind: why it is offered.
        asked: the search.
        total: how many articles it finds, 1 or more.
        left_out: of `FEWER` what is left out, as typed.
    """

    kind: Kind
    asked: SearchQuery
    total: int
    left_out: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The text of the search."""
        return self.asked.text

    @property
    def reason(self) -> Message:
        """Why it is offered, as it is said before the query."""
        return REASONS[self.kind].format(left_out=self.left_out) if self.left_out else REASONS[self.kind]

    @property
    def text(self) -> Message:
        """What a reader is told, with the number of articles."""
        return Message(
            "{reason} «{query}» ({articles})",
            reason=self.reason,
            query=self.query,
            articles=notices.articles(self.total),
        )

    def to_json(self) -> dict[str, Any]:
        """The offer as the API gives it, with all that the search is asked with."""
        first, last = self.asked.first, self.asked.last
        return {
            "kind": self.kind,
            "query": self.query,
            "total": self.total,
            "text": self.text,
            "match": self.asked.match,
            "sources": list(self.asked.sources),
            "authors": list(self.asked.authors),
            "categories": list(self.asked.categories),
            "from": first and first.isoformat(),
            "to": last and last.isoformat(),
        }
