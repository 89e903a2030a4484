"""Typed text to the tokens of a query: where words, phrases and signs begin and end.

The patterns below are matched against the kinds of the characters (`grammar.kinds_of`), not the characters.
What matches none of them is white space or punctuation and separates words. Possessive quantifiers (`*+`)
never go back over what they matched, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from search import grammar
from search.grammar import Bound, Dates, Operator
from search.syntax import Field


class TokenKind(Enum):
    """What a token is to the parser."""

    WORD = auto()
    PHRASE = auto()
    OPEN = auto()
    CLOSE = auto()
    EITHER = auto()
    BOTH = auto()
    NOT = auto()
    FIELD = auto()
    DATES = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query.

    Attributes:
        text: as typed, without colon, quotes or equals sign; empty for a sign, for dates and for a phrase
            without words.
        start: where a WORD begins in the text.
        field: the field that a FIELD names.
        dates: the days that DATES names.
    """

    kind: TokenKind
    text: str = ""
    start: int = 0
    field: Field | None = None
    dates: Dates | None = None


@dataclass(slots=True)
class Lexed:
    """The tokens of a text in order, and what the reader should be told about it."""

    tokens: list[Token] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


# Letters and digits with their marks; between them one hyphen, underscore or apostrophe, between two digits
# a decimal or thousands separator; characters that aren't seen stay inside, never at the edges.
_WORD: Final = r"[a9](?:f*+(?:[-h_']f*+|(?<=9)[.,](?=9))?[am9])*+"
# Directly before a thing: punctuation may stand between (`-#word`), white space may not.
_EXCLUDES: Final = r"f*+(?:-f*+)++(?=[^sa9q()|&]*+[a9q(])"
# Directly before a word, and nothing between.
_EXACTLY: Final = rf"f*+=f*+(?P<exact>{_WORD})"

_TOKEN: Final = re.compile(
    rf"""
      (?P<word>{_WORD})(?P<label>f*+:)?+
    | (?P<phrase>q[^q]*+q)
    | (?P<quote>q)
    | (?P<sign>[()|&])
    | (?:\A|(?<=[s(|&]))(?:(?P<minus>{_EXCLUDES})|{_EXACTLY})
    """,
    re.VERBOSE,
)
_MINUS: Final = re.compile(_EXCLUDES)
_EXACT: Final = re.compile(_EXACTLY)
_DATES: Final = re.compile(r"[sf]*+(?P<value>[-h_'./eam9f]*+)")
_ENDS: Final = ".…‥"  # of a sentence, not of the unreadable date that ends it
_STAR_AT_WORD: Final = re.compile(r"[am9]f*+\*|\*f*+[am9]")
_EVERYTHING: Final = re.compile(r"[sf]*+\*?+[sf]*+")

_SIGNS: Final = {"(": TokenKind.OPEN, ")": TokenKind.CLOSE, "|": TokenKind.EITHER, "&": TokenKind.BOTH}
_OPERATORS: Final = {
    None: TokenKind.WORD,
    Operator.EITHER: TokenKind.EITHER,
    Operator.BOTH: TokenKind.BOTH,
    Operator.NOT: TokenKind.NOT,
}
_LONGEST_NAMED: Final = 40  # characters of an unreadable date that a notice repeats


def asks_for_everything(text: str) -> bool:
    """Whether a text is blank, or nothing but one star."""
    return _EVERYTHING.fullmatch(grammar.kinds_of(text)) is not None


def lex(text: str) -> Lexed:
    """The tokens of a text; any text has some, or none."""
    lexer = _Lexer(text)
    lexer.run()
    return lexer.lexed


class _Lexer:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.lexed = Lexed()
        self._text = text
        self._kinds = grammar.kinds_of(text)
        self._at = 0
        self._after_minus = -1  # where the last exclusion sign ended

    def run(self) -> None:
        if _STAR_AT_WORD.search(self._kinds):
            self._tell(grammar.WILDCARD)
        while match := _TOKEN.search(self._kinds, self._at):
            self._at = match.end()
            _READERS[match.lastgroup](self, match)

    def _tell(self, notice: str) -> None:
        self.lexed.notices.append(notice)

    def _add(self, token: Token) -> None:
        self.lexed.tokens.append(token)

    def word(self, match: re.Match[str]) -> None:
        word = self._text[slice(*match.span("word"))]
        # `-أو` excludes the word; it can't be anything else.
        operator = None if match.start() == self._after_minus else grammar.operator_of(word)
        self._add(Token(_OPERATORS[operator], word, match.start("word")))

    def label(self, match: re.Match[str]) -> None:
        word = self._text[slice(*match.span("word"))]
        label = grammar.label_of(word)
        if isinstance(label, Field):
            self._field(word, label)
        elif isinstance(label, Bound):
            self._dates(match, label)
        else:
            self.word(match)

    def _field(self, word: str, name: Field) -> None:
        self._add(Token(TokenKind.FIELD, word, field=name))
        if not self._directly(_MINUS, _Lexer.minus):  # `title:-word`
            self._directly(_EXACT, _Lexer.exact)  # `title:=word`

    def _directly(self, form: re.Pattern[str], reader: Callable[[_Lexer, re.Match[str]], None]) -> bool:
        """Whether what comes next has this form; then it is read."""
        match = form.match(self._kinds, self._at)
        if match:
            self._at = match.end()
            reader(self, match)
        return match is not None

    def _dates(self, label: re.Match[str], bound: Bound) -> None:
        match = _DATES.match(self._kinds, self._at)
        value = grammar.visible(self._text[slice(*match.span("value"))]) if match else ""
        dates = grammar.read_dates(bound, value)
        if match and dates:
            self._at = match.end()
            self._add(Token(TokenKind.DATES, dates=dates))
        else:
            word = self._text[slice(*label.span("word"))]
            self._add(Token(TokenKind.WORD, word, label.start("word")))
            self._tell_no_dates(grammar.visible(word), value.rstrip(_ENDS))

    def _tell_no_dates(self, label: str, value: str) -> None:
        has_words = any(map(str.isalnum, value))
        form = grammar.UNREADABLE_DATE if has_words else grammar.NO_DATE_AFTER
        named = value if len(value) <= _LONGEST_NAMED else value[:_LONGEST_NAMED] + "…"
        self._tell(form.format(label=label, value=named))

    def phrase(self, match: re.Match[str]) -> None:
        start, end = match.start() + 1, match.end() - 1
        inside = self._kinds[start:end]
        start += len(inside) - len(inside.lstrip("sf"))
        end -= len(inside) - len(inside.rstrip("sf"))
        has_words = "a" in inside or "9" in inside
        self._add(Token(TokenKind.PHRASE, self._text[start:end] if has_words else ""))

    def quote(self, _: re.Match[str]) -> None:
        self._tell(grammar.UNCLOSED_QUOTE)

    def sign(self, match: re.Match[str]) -> None:
        self._add(Token(_SIGNS[match["sign"]]))

    def minus(self, match: re.Match[str]) -> None:
        self._add(Token(TokenKind.NOT))
        self._after_minus = match.end()
        self._directly(_EXACT, _Lexer.exact)  # `-=word`

    def exact(self, match: re.Match[str]) -> None:
        self._add(Token(TokenKind.PHRASE, self._text[slice(*match.span("exact"))]))


_READERS: Final[Mapping[str | None, Callable[[_Lexer, re.Match[str]], None]]] = {
    "word": _Lexer.word,
    "label": _Lexer.label,
    "phrase": _Lexer.phrase,
    "quote": _Lexer.quote,
    "sign": _Lexer.sign,
    "minus": _Lexer.minus,
    "exact": _Lexer.exact,
}
