"""What the guide is made of: a query, what it finds, and what tests hold it to."""

from __future__ import annotations

from datetime import date
from typing import Final

from index.record import record
from search.messages import Message

TODAY: Final = date(2025, 4, 27)
"""The day on which the examples with relative times find what is claimed of them."""


@record
class Example:
    """A query, what it finds, and what is claimed of its results over the articles in seeds/.

    Each finds something there. Patterns are regular expressions that are searched for.

    Attributes:
        query: as typed.
        finds: a sentence; in the last section the notice that is told beside the results.
        also: other ways to type it, which find the same articles.
        every: what each article has that it finds.
        never: what none of them has.
        where: in which of its texts: `all` of title and body, or one of the fields of `Article`.
        matches: words of these articles that matched.
        more_than: a query all of whose articles are found, and others.
        fewer_than: a query that finds all of these articles, and others.
        days: the first and the last day on which they were published; None for open.
        tells: what is told beside the results.
    """

    query: str
    finds: Message
    also: tuple[str, ...] = ()
    every: str | None = None
    never: str | None = None
    where: str = "all"
    matches: tuple[str, ...] = ()
    more_than: str | None = None
    fewer_than: str | None = None
    days: tuple[date | None, date | None] | None = None
    tells: Message | None = None


@record
class Section:
    """Some examples.

    Attributes:
        name: for addresses.
        about: what holds for all of them.
    """

    name: str
    title: Message
    about: Message
    examples: tuple[Example, ...]
