"""Typed text to the tokens of a query: where words, phrases and signs begin and end.

The patterns below are matched against the kinds of the characters (`grammar.kinds_of`), not the characters.
What matches none of them is white space or punctuation and separates words. Possessive quantifiers (`*+`)
never go back over what they matched, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

from search import grammar
from search.grammar import Bound, Joint, Operator
from search.syntax import Field
from search.times import MOST_WORDS, read_times, unsaid_hijri_year
from search.tokens import Lexed, Token, TokenKind

# Letters and digits with their marks; between them one hyphen, underscore or apostrophe, between two digits
# a decimal or thousands separator; characters that aren't seen stay inside, never at the edges.
_WORD: Final = r"[a9](?:f*+(?:[-h_']f*+|(?<=9)[.,](?=9))?[am9])*+"
# A word with stars before, in or after it, or with a question mark in it.
_STARRED: Final = rf"(?:\*f*+)?+{_WORD}(?:f*+(?:\*++|\?++)f*+{_WORD})*+(?:f*+\*++)?+"
# After a word or phrase, and nothing directly after it: between two words or numbers it means other things.
_TILDE: Final = r"f*+~(?:f*+(?P<{}>9{{1,3}}+))?+(?![a9~])"
# Directly before a thing: punctuation may stand between (`-#word`), white space may not.
_EXCLUDES: Final = r"f*+(?:-f*+)++(?=[^sa9q()|&]*+[a9q(])"
# Directly before a word, and nothing between.
_EXACTLY: Final = rf"f*+=f*+(?P<exact>{_WORD})(?P<signs>f*+[*~])?+"

_TOKEN: Final = re.compile(
    rf"""
      (?P<address>(?<![am9])a{{3,6}}+://[^sq]++)
    | (?P<word>{_STARRED})(?:(?P<label>f*+:)|(?P<slash>f*+/(?=9))|(?P<tilde>(?<!9){_TILDE.format("edits")}))?+
    | (?P<phrase>q(?P<inside>[^q]*+)q)(?P<near>[sf]*+{_TILDE.format("gap")})?+
    | (?P<quote>q)
    | (?P<sign>[()|&])
    | (?:\A|(?<=[s(|&]))(?:(?P<minus>{_EXCLUDES})|{_EXACTLY})
    """,
    re.VERBOSE,
)
# Compiled when they are needed first, for most queries have none of it.
# A time after its label: words with blanks between them, or in quotes.
_TIME_WORD: Final = "[-h_'./eam9f]++"
_TIME_WORDS: Final = f"(?P<value>{_TIME_WORD})"
_YEAR: Final = "9{4}[.f]*+"
_TIMES: Final = rf"[sf]*+(?P<value>(?:{_TIME_WORD}(?:s++(?=f*+[-h_'./eam9]))?+){{0,{MOST_WORDS}}}+)"
_QUOTED_TIME: Final = r"[sf]*+q(?P<value>[^q]*+)q"
_GAP: Final = r"[sf]*+(?P<gap>9++)(?![-h_'.,am])"
_ENDS: Final = ".…‥"  # of a sentence, not of the unreadable date that ends it
_SIGN_AT_WORD: Final = r"[am9]f*+\*|\*f*+[am9]"
_EVERYTHING: Final = r"[sf*]*+"

_SIGNS: Final = {"(": TokenKind.OPEN, ")": TokenKind.CLOSE, "|": TokenKind.EITHER, "&": TokenKind.BOTH}
_OPERATORS: Final = {
    None: TokenKind.WORD,
    Operator.EITHER: TokenKind.EITHER,
    Operator.BOTH: TokenKind.BOTH,
    Operator.NOT: TokenKind.NOT,
}
_LONGEST_NAMED: Final = 40  # characters of what was typed that a notice repeats
_LONGEST_NUMBER: Final = 3  # digits after a sign


def asks_for_everything(text: str) -> bool:
    """Whether a text is blank, or nothing but stars."""
    return re.fullmatch(_EVERYTHING, grammar.kinds_of(text)) is not None


def words_of(text: str) -> list[str]:
    """The words in a piece of a query, as typed."""
    return [text[slice(*match.span())] for match in re.finditer(_WORD, grammar.kinds_of(text))]


def lex(text: str, today: date | None = None) -> Lexed:
    """The tokens of a text; any text has some, or none.

    Args:
        text: as typed.
        today: the day that «أمس» is counted from; the machine's when None.
    """
    lexer = _Lexer(text, today or datetime.now().astimezone().date())
    lexer.run()
    return lexer.lexed


class _Lexer:
    """One pass over a text."""

    def __init__(self, text: str, today: date) -> None:
        self.lexed = Lexed()
        self._text = text
        self._today = today
        self._kinds = grammar.kinds_of(text)
        self._at = 0
        self._after_minus = -1  # where the last exclusion sign ended

    def run(self) -> None:
        while match := _TOKEN.search(self._kinds, self._at):
            self._at = match.end()
            _READERS[match.lastgroup](self, match)

    def _tell(self, notice: str) -> None:
        self.lexed.notices.append(notice)

    def _add(self, token: Token) -> None:
        self.lexed.tokens.append(token)

    def _typed(self, match: re.Match[str], group: str) -> str:
        return self._text[slice(*match.span(group))]

    def word(self, match: re.Match[str]) -> None:
        word, place = self._typed(match, "word"), match.span("word")
        if _is_starred(match):
            self._add(Token(TokenKind.WILDCARD, word, *place))
            return
        # `-أو` excludes the word; it can't be anything else.
        operator = None if match.start() == self._after_minus else grammar.operator_of(word)
        self._add(Token(_OPERATORS[operator], word, *place))

    def address(self, match: re.Match[str]) -> None:
        """An address of a page: its signs are its own."""
        typed = self._typed(match, "address")
        if words_of(typed[typed.index("//") :]):
            self._tell(grammar.ADDRESS_AS_TYPED.format(address=_named(typed)))
            self._add(Token(TokenKind.PHRASE, typed))

    def label(self, match: re.Match[str]) -> None:
        word = self._typed(match, "word")
        label = None if _is_starred(match) else grammar.label_of(word)
        if isinstance(label, Field):
            self._field(word, label)
        elif isinstance(label, Bound):
            self._dates(match, label)
        elif isinstance(label, Joint):
            self._near(match)
        else:
            if word.isalpha() and self._kinds[self._at : self._at + 1] in ("a", "q"):
                self._tell(grammar.NO_SUCH_FIELD.format(label=_named(word)))
            self.word(match)

    def slash(self, match: re.Match[str]) -> None:
        """`near/3`, as other engines have it; with another word the stroke is punctuation."""
        is_near = not _is_starred(match) and isinstance(grammar.label_of(self._typed(match, "word")), Joint)
        (self._near if is_near else self.word)(match)

    def tilde(self, match: re.Match[str]) -> None:
        word = self._typed(match, "word")
        if _is_starred(match):
            self._tell(grammar.STAR_AND_EDITS.format(word=_named(word)))
            self.word(match)
            return
        edits = _number(self._typed(match, "edits")) if match["edits"] else grammar.FEWEST_EDITS
        if edits > grammar.MOST_EDITS:
            self._tell(grammar.TOO_MANY_EDITS.format(word=_named(word)))
        if edits:
            self._add(Token(TokenKind.FUZZY, word, *match.span(), number=min(edits, grammar.MOST_EDITS)))
        else:  # no letter may differ
            self._add(Token(TokenKind.PHRASE, word))

    def _field(self, word: str, name: Field) -> None:
        self._add(Token(TokenKind.FIELD, word, field=name))
        if not self._directly(_EXCLUDES, _Lexer.minus):  # `title:-word`
            self._directly(_EXACTLY, _Lexer.exact)  # `title:=word`

    def _directly(self, form: str, reader: Callable[[_Lexer, re.Match[str]], None]) -> bool:
        """Whether what comes next has this form; then it is read."""
        match = re.compile(form).match(self._kinds, self._at)
        if match:
            self._at = match.end()
            reader(self, match)
        return match is not None

    def _dates(self, label: re.Match[str], bound: Bound) -> None:
        pieces = self._pieces()
        for start, end, after in _times(pieces):
            if dates := read_times(bound, self._text[start:end], self._today):
                self._at = after
                self._add(Token(TokenKind.DATES, dates=dates))
                if year := unsaid_hijri_year(self._text[start:end]):
                    self._tell(grammar.HIJRI_YEAR.format(year=year, gregorian=f"{year} م"))
                return
        word = self._typed(label, "word")
        self._add(Token(TokenKind.WORD, word, *label.span("word")))
        shortest = self._text[slice(*pieces[0].span("value"))] if pieces else ""
        self._tell_no_dates(grammar.visible(word), grammar.visible(shortest).rstrip(_ENDS))

    def _pieces(self) -> list[re.Match[str]]:
        """What may be a time after a label: what stands in quotes, or the next words."""
        if quoted := re.compile(_QUOTED_TIME).match(self._kinds, self._at):
            return [quoted]
        match = re.compile(_TIMES).match(self._kinds, self._at)
        return list(re.compile(_TIME_WORDS).finditer(self._kinds, *match.span("value"))) if match else []

    def _tell_no_dates(self, label: str, value: str) -> None:
        has_words = any(map(str.isalnum, value))
        form = grammar.UNREADABLE_DATE if has_words else grammar.NO_DATE_AFTER
        self._tell(form.format(label=label, value=_named(value)))

    def _near(self, label: re.Match[str]) -> None:
        word = self._typed(label, "word")
        match = re.compile(_GAP).match(self._kinds, self._at)
        if match:
            self._at = match.end()
            self._add(Token(TokenKind.NEAR, word, number=self._gap(self._typed(match, "gap"))))
        else:
            self._add(Token(TokenKind.WORD, word, *label.span("word")))
            self._tell(grammar.NEAR_NEEDS_NUMBER.format(label=grammar.visible(word)))

    def _gap(self, typed: str) -> int:
        """How many words may stand between two."""
        gap = _number(typed)
        if gap > grammar.WIDEST_GAP:
            self._tell(grammar.TOO_FAR.format(gap=_named(grammar.visible(typed)), most=grammar.WIDEST_GAP))
        return min(gap, grammar.WIDEST_GAP)

    def phrase(self, match: re.Match[str]) -> None:
        self._add(Token(TokenKind.PHRASE, self._inside(match)))

    def near(self, match: re.Match[str]) -> None:
        gap = self._gap(self._typed(match, "gap")) if match["gap"] else grammar.USUAL_GAP
        self._add(Token(TokenKind.NEARBY, self._inside(match), number=gap))

    def _inside(self, match: re.Match[str]) -> str:
        """What stands in a phrase; empty where no word does."""
        start, end = match.span("inside")
        inside = match["inside"]
        if re.search(_SIGN_AT_WORD, inside):
            self._tell(grammar.SIGN_IN_EXACT)
        start += len(inside) - len(inside.lstrip("sf"))
        end -= len(inside) - len(inside.rstrip("sf"))
        return self._text[start:end] if "a" in inside or "9" in inside else ""

    def quote(self, _: re.Match[str]) -> None:
        self._tell(grammar.UNCLOSED_QUOTE)

    def sign(self, match: re.Match[str]) -> None:
        self._add(Token(_SIGNS[match["sign"]]))

    def minus(self, match: re.Match[str]) -> None:
        self._add(Token(TokenKind.NOT))
        self._after_minus = match.end()
        self._directly(_EXACTLY, _Lexer.exact)  # `-=word`

    def exact(self, match: re.Match[str]) -> None:
        if match["signs"]:
            self._tell(grammar.SIGN_IN_EXACT)
        self._add(Token(TokenKind.PHRASE, self._typed(match, "exact")))


def _times(pieces: list[re.Match[str]]) -> Iterator[tuple[int, int, int]]:
    """Where a time may begin and end and what follows it begins: the most words first.

    A year stands for itself only at the end: «رمضان 1200» is not the latest رمضان and a number.
    """
    for count in range(len(pieces), 0, -1):
        last = pieces[count - 1]
        is_cut = count < len(pieces) and re.fullmatch(_YEAR, pieces[count]["value"])
        if not is_cut:
            yield pieces[0].start("value"), last.end("value"), last.end()


def _is_starred(match: re.Match[str]) -> bool:
    return "*" in match["word"] or "?" in match["word"]


def _number(typed: str) -> int:
    """The number after a sign; a higher one than any that is allowed for what is none."""
    digits = grammar.visible(typed)
    return int(digits) if digits.isdecimal() and len(digits) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER


def _named(text: str) -> str:
    """A text as a notice repeats it."""
    return text if len(text) <= _LONGEST_NAMED else text[:_LONGEST_NAMED] + "…"


_READERS: Final[Mapping[str | None, Callable[[_Lexer, re.Match[str]], None]]] = {
    "address": _Lexer.address,
    "word": _Lexer.word,
    "label": _Lexer.label,
    "slash": _Lexer.slash,
    "tilde": _Lexer.tilde,
    "phrase": _Lexer.phrase,
    "near": _Lexer.near,
    "quote": _Lexer.quote,
    "sign": _Lexer.sign,
    "minus": _Lexer.minus,
    "exact": _Lexer.exact,
    "signs": _Lexer.exact,
}
