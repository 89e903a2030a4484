"""The tokens of a query: its words, phrases and signs, as the lexer finds them and the parser takes them."""

from __future__ import annotations

from enum import Enum, auto

from index.record import field, record
from search.grammar import Dates
from search.syntax import Field


class TokenKind(Enum):
    """What a token is to the parser."""

    WORD = auto()
    PHRASE = auto()
    WILDCARD = auto()
    FUZZY = auto()
    NEARBY = auto()
    OPEN = auto()
    CLOSE = auto()
    EITHER = auto()
    BOTH = auto()
    NOT = auto()
    NEAR = auto()
    FIELD = auto()
    DATES = auto()


@record
class Token:
    """A piece of a query.

    Attributes:
        text: as typed, without colon, quotes, equals sign or `~`; empty for a sign, for dates and for a
            phrase without words.
        start, end: where a WORD, WILDCARD or FUZZY stands in the text, its signs included.
        field: the field that a FIELD names.
        dates: the days that DATES names.
        number: letters that a FUZZY may differ in; words between those of NEARBY, or of both sides of NEAR.
    """

    kind: TokenKind
    text: str = ""
    start: int = 0
    end: int = 0
    field: Field | None = None
    dates: Dates | None = None
    number: int = 0


@record
class Lexed:
    """The tokens of a text in order, and what the reader should be told about it."""

    tokens: list[Token] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
