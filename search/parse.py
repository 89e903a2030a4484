"""Typed text to a tree of what was asked for.

The language, from what binds tightest to what binds loosest:

- `word`, `=word`, `"phrase"`, `( group )`; `pre*`, `*fix`, `in*fix`: stars for any letters, `w?rd`: one;
  `word~`, `word~2`: one letter or two may differ; `"some words"~5`: these forms, close to each other;
- `من:2019-02`, `إلى:2019-03`, `تاريخ:2019`, `from: to: date:`: dates, also in words (`search.times`):
  `تاريخ:أمس`, `منذ:"الأسبوع الماضي"`, `date:August 2015`;
- `x قرب:5 y`, `x NEAR:5 y`, `x near/5 y`: both, in any form and order, with at most five words between
  them; x and y are a word, `=word` or a group of alternatives;
- `العنوان:x`, `النص:x`, `المصدر:x`, `الكاتب:x`, `القسم:x`, `title: body: source: author: category:`: a word,
  phrase or group in one field;
- `-x`, `ليس x`, `NOT x`: not this; said twice (`ليس -x`) it is one exclusion, not an affirmation;
- `x أو y`, `x | y`, `x OR y`: one of the two, so `قوات الباغوز أو الرقة` is قوات with one of the two places;
- side by side, or with `و`, `&`, `AND` between them: all of them.

`=word` is this form and no other, as if it stood in quotes. The sign stands directly before the word, at the
beginning or after a blank, an opening bracket, `|`, `&`, an exclusion or a field (`-=x`, `العنوان:=x`);
elsewhere (`x = y`, `a=b`) it is punctuation. Such a word is no operator and no name of a field.

`من:`, `بعد:` and `منذ:` (`from: after: since:`) take the period named and what follows it, `إلى:`, `قبل:` and
`حتى:` (`to: before: until:`) the period named and what precedes it: all include it, and `understood` says so.
After a label of dates come as many words as name a time; years from 1300 to 1500 are Hijri ones there. `~`
and `*` stand directly at their word; before the `~` of a phrase may be a blank.
An operator with nothing to work on is ignored; a ليس or a field name with nothing after it is a word, and so
are the words of a query or group of nothing but أو and و. Other punctuation separates words; a bracket or
quote without its partner is punctuation too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeAlias, TypeGuard

from search import grammar
from search.brackets import MAX_DEPTH, balanced
from search.grammar import Dates
from search.hints import hints
from search.lexer import asks_for_everything, lex, words_of
from search.syntax import (
    AllOf,
    AnyOf,
    Anything,
    Between,
    Exclude,
    Fuzzy,
    InField,
    Nearby,
    Node,
    Parsed,
    Quoted,
    Wildcard,
    Word,
)
from search.tokens import Token, TokenKind

MAX_LENGTH: Final = 1000
"""Characters of the longest query that a search accepts. `parse` itself reads a text of any length."""


def parse(text: str, today: date | None = None) -> Parsed:
    """Reads a query.

    Args:
        text: any text at all; a text that can't be understood in full is understood in part.
        today: the day that «أمس» is counted from; the machine's when None.

    Returns:
        What was understood, and in Arabic how the rest was taken. The node is `Anything` for a blank text
        or lone `*`, and None when there is no letter or digit to look for. `AllOf` and `AnyOf` hold none
        of their own kind, an `Exclude` no `Exclude`, and a side-by-side pair of `من:` and `إلى:` is one
        `Between`.
    """
    if asks_for_everything(text):
        return Parsed(Anything())
    lexed = lex(text, today)
    reading = _Reading([*lexed.notices, *hints(lexed.tokens)])
    node = reading.read(lexed.tokens)
    if node is None:
        reading.notices.append(grammar.NOTHING_TO_FIND)
    return Parsed(node, tuple(dict.fromkeys(reading.notices)))


# Dates stay dates until it is known whether they have a partner.
_Operand: TypeAlias = Node | Dates


class _Group:
    """A group that is being read, or the whole query.

    Attributes:
        rows: all of these rows, any one of the operands of each.
        prefixes: exclusions and a field at most, that wait for their operand.
        either: the next operand joins the row of the last one.
        near: what joins the last operand with the next one, close to each other.
        joints: words that could have joined two operands: what the group says when it has none.
    """

    def __init__(self) -> None:
        self.rows: Final[list[list[_Operand]]] = []
        self.prefixes: list[Token] = []
        self.either = False
        self.near: Token | None = None
        self.joints: list[Node] = []


class _Reading:
    """One pass over the tokens; groups stand on a stack of our own, so depth costs no recursion."""

    def __init__(self, notices: list[str]) -> None:
        self.notices = notices
        self._groups = [_Group()]

    def read(self, tokens: list[Token]) -> Node | None:
        kept, is_too_deep = balanced(tokens)
        if is_too_deep:
            self.notices.append(grammar.TOO_DEEP.format(depth=MAX_DEPTH))
        for token in kept:
            _TAKERS[token.kind](self, token)
        return self._built()

    # One method for each kind of token.

    def word(self, token: Token) -> None:
        self._add(Word(token.text))

    def phrase(self, token: Token) -> None:
        self._add(Quoted(token.text) if token.text else None)

    def wildcard(self, token: Token) -> None:
        self._add(Wildcard(token.text))

    def fuzzy(self, token: Token) -> None:
        self._add(Fuzzy(token.text, token.number))

    def nearby(self, token: Token) -> None:
        words = words_of(token.text)
        if len(words) == 1:
            self.notices.append(grammar.NEAR_ONE_WORD.format(word=grammar.visible(token.text)))
            self._add(Quoted(token.text))
        else:
            gaps = (token.number,) * (len(words) - 1)
            self._add(Nearby(tuple(map(Quoted, words)), gaps) if words else None)

    def near(self, token: Token) -> None:
        self._release()
        group = self._groups[-1]
        if group.rows and not group.either and isinstance(group.rows[-1][-1], _NEAR_WHAT):
            group.near = token
        else:
            self._tell_not_near(token)

    def dates(self, token: Token) -> None:
        self._release_field()
        self._add(token.dates)

    def field(self, token: Token) -> None:
        self._release_field()
        self._groups[-1].prefixes.append(token)

    def exclusion(self, token: Token) -> None:
        self._groups[-1].prefixes.append(token)

    def both(self, token: Token) -> None:
        self._release()
        self._groups[-1].joints += [Word(token.text)] if token.text else []

    def either(self, token: Token) -> None:
        self.both(token)
        self._groups[-1].either = bool(self._groups[-1].rows)

    def open(self, _: Token) -> None:
        self._groups.append(_Group())

    def close(self, _: Token) -> None:
        node = self._built()
        self._groups.pop()
        self._add(node)

    # What they are made of.

    def _add(self, operand: _Operand | None) -> None:
        """Takes an operand with the prefixes that wait for it; None is one with nothing in it."""
        if operand is None:
            self._release()
            return
        group = self._groups[-1]
        if group.near:
            if self._joined(group, operand):
                return
            self._leave_near()
        prefixed = self._prefixed(operand, group.prefixes) if group.prefixes else operand
        if group.either:
            group.rows[-1].append(prefixed)
        else:
            group.rows.append([prefixed])
        group.prefixes, group.either = [], False

    def _joined(self, group: _Group, operand: _Operand) -> bool:
        """Whether the operand stands close to the last one; then both are one operand."""
        left = group.rows[-1][-1]
        whole = Nearby((left,), ()) if _is_near(left) else left
        if not group.near or group.prefixes or not isinstance(whole, Nearby) or not _is_near(operand):
            return False
        group.rows[-1][-1] = Nearby((*whole.nodes, operand), (*whole.gaps, group.near.number))
        group.near = None
        return True

    def _leave_near(self) -> None:
        """Lets go of what was to join two operands."""
        token, self._groups[-1].near = self._groups[-1].near, None
        if token:
            self._tell_not_near(token)

    def _tell_not_near(self, token: Token) -> None:
        self.notices.append(grammar.NEAR_NEEDS_WORDS.format(label=grammar.visible(token.text)))

    def _prefixed(self, operand: _Operand, prefixes: list[Token]) -> Node:
        node = self._node(operand)
        for name in (token.field for token in prefixes if token.field):
            node = InField(name, node)
        is_excluded = any(token.kind is TokenKind.NOT for token in prefixes)
        return Exclude(node) if is_excluded and not isinstance(node, Exclude) else node

    def _release(self) -> None:
        """Lets prefixes go that found no operand: signs are dropped, and the last word is the operand."""
        group = self._groups[-1]
        self._leave_near()
        prefixes = group.prefixes
        while prefixes and not prefixes[-1].text:
            prefixes.pop()
        if not prefixes:
            return
        token = prefixes.pop()
        if token.field:
            self.notices.append(grammar.NOTHING_AFTER.format(label=grammar.visible(token.text)))
        self._add(Word(token.text))

    def _release_field(self) -> None:
        """Lets a field go that can't apply to what comes, and keeps the exclusions after it."""
        group = self._groups[-1]
        prefixes = group.prefixes
        places = [place + 1 for place, token in enumerate(prefixes) if token.field]
        if places:
            group.prefixes = prefixes[: places[0]]
            self._release()
            group.prefixes = prefixes[places[0] :]

    def _built(self) -> Node | None:
        """The node of the innermost group; None when there is nothing in it."""
        self._release()
        group = self._groups[-1]
        rows = [row[0] if len(row) == 1 else self._any_of(row) for row in group.rows]
        return _all_of([self._node(operand) for operand in _paired(rows)] or group.joints)

    def _any_of(self, row: list[_Operand]) -> Node:
        nodes = map(self._node, row)
        return AnyOf(tuple(n for node in nodes for n in (node.nodes if isinstance(node, AnyOf) else [node])))

    def _node(self, operand: _Operand) -> Node:
        if not isinstance(operand, Dates):
            return operand
        start, end = operand.start, operand.end
        if start and end and start.first > end.last:
            self.notices.append(grammar.SWAPPED_DATES)
            start, end = end, start
        return Between(start.first if start else None, end.last if end else None)


def _all_of(nodes: list[Node]) -> Node | None:
    flat = [n for node in nodes for n in (node.nodes if isinstance(node, AllOf) else [node])]
    return AllOf(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _paired(operands: list[_Operand]) -> list[_Operand]:
    """The operands, their first open beginning and first open end as one, where the first of them stood."""
    start = next((o for o in operands if isinstance(o, Dates) and o.end is None), None)
    end = next((o for o in operands if isinstance(o, Dates) and o.start is None), None)
    if start is None or end is None:
        return operands
    first, second = sorted((operands.index(start), operands.index(end)))
    pair = Dates(start.start, end.end)
    return [*operands[:first], pair, *operands[first + 1 : second], *operands[second + 1 :]]


_Near: TypeAlias = Word | Quoted | AnyOf
_NEAR_WHAT: Final = (Word, Quoted, AnyOf, Nearby)


def _is_near(operand: _Operand) -> TypeGuard[_Near]:
    """Whether words can stand close to this: a word, or alternatives that are words."""
    if isinstance(operand, AnyOf):
        return all(isinstance(node, Word | Quoted) and _is_near(node) for node in operand.nodes)
    return isinstance(operand, Word) or (isinstance(operand, Quoted) and len(words_of(operand.text)) == 1)


_TAKERS: Final[Mapping[TokenKind, Callable[[_Reading, Token], None]]] = {
    TokenKind.WORD: _Reading.word,
    TokenKind.PHRASE: _Reading.phrase,
    TokenKind.WILDCARD: _Reading.wildcard,
    TokenKind.FUZZY: _Reading.fuzzy,
    TokenKind.NEARBY: _Reading.nearby,
    TokenKind.OPEN: _Reading.open,
    TokenKind.CLOSE: _Reading.close,
    TokenKind.EITHER: _Reading.either,
    TokenKind.BOTH: _Reading.both,
    TokenKind.NOT: _Reading.exclusion,
    TokenKind.NEAR: _Reading.near,
    TokenKind.FIELD: _Reading.field,
    TokenKind.DATES: _Reading.dates,
}
