"""What was asked for to what an engine is asked: weighted terms, and what to mark them by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from index.analysis import Token, analyze, attachments, stop_forms
from index.engines import query
from index.engines.contract import Scoring, TextField
from search.syntax import AllOf, AnyOf, Anything, Between, Exclude, Field, InField, Node, Quoted, Word

FIELD_WEIGHTS: Final = {
    TextField.TITLE: 2.0,
    TextField.BODY: 1.0,
    TextField.TITLE_EXACT: 2.0,
    TextField.BODY_EXACT: 1.0,
}
"""How often a word counts in each field: in the title as if it stood there twice."""

FORM_WEIGHT: Final = 0.1
"""What the very form that was typed counts beside its stem."""

SCORING: Final = Scoring(k1=1.2, b=0.75)
"""BM25F's parameters, Lucene's defaults."""

STEMMED: Final = {TextField.TITLE: TextField.TITLE_EXACT, TextField.BODY: TextField.BODY_EXACT}
"""Each field of stems, and the field of forms beside it."""

NAMES: Final = {Field.SOURCE: TextField.SOURCE, Field.AUTHOR: TextField.AUTHOR}
"""Fields that hold a name and no text."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word or phrase of the query, as it is found again in a text.

    Attributes:
        typed: as it was typed.
        stems: a word with one of these stems is a match; empty for what is looked for as written.
        forms: words with these forms, in this order and side by side, are a match.
        in_body: whether the body counts too, or the title alone.
    """

    typed: str
    stems: frozenset[str]
    forms: tuple[str, ...]
    in_body: bool


@dataclass(frozen=True, slots=True)
class Compiled:
    """What an engine is asked, and what came of the words.

    Attributes:
        node: None when nothing is left to ask.
        sought: what to mark, in the order typed; excluded words are not in it.
        dropped: stop words that were left out, as typed.
        only_stopwords: every word was a stop word, so they are looked for as written.
        can_relax: there is more than one word, so that any of them can be asked for where all match nothing.
    """

    node: query.Node | None
    sought: tuple[Sought, ...]
    dropped: tuple[str, ...]
    can_relax: bool
    only_stopwords: bool = False


def compile_query(node: Node | None, *, relaxed: bool = False) -> Compiled:
    """Make the engine's query of a parsed one.

    Args:
        node: what was understood; None for nothing.
        relaxed: any word is enough where all were asked for. Phrases, groups, what is excluded, dates and
            names stay as they are.
    """
    compiled = _Compiler(relaxed=relaxed, keep_stopwords=False).compile(node)
    if compiled.node is None and compiled.dropped:
        # Nothing but stop words: they are looked for as they are written.
        kept = _Compiler(relaxed=relaxed, keep_stopwords=True).compile(node)
        return replace(kept, only_stopwords=True)
    return compiled


def widen(node: Node | None) -> Node | None:
    """The query with any of its words enough where all were asked for; what narrows it stays."""
    if not isinstance(node, AllOf):
        return node
    wanted = tuple(child for child in node.nodes if not _narrows(child))
    narrowing = tuple(child for child in node.nodes if _narrows(child))
    if len(wanted) < 2:  # noqa: PLR2004 - one is any already
        return node
    either = AnyOf(tuple(part for child in wanted for part in _alternatives(child)))
    return AllOf((either, *narrowing)) if narrowing else either


def _alternatives(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, AnyOf) else (node,)


@dataclass
class _Compiler:
    relaxed: bool
    keep_stopwords: bool
    sought: list[Sought] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    words: int = 0

    def compile(self, node: Node | None) -> Compiled:
        made = None if node is None else self._top(node)
        return Compiled(made, tuple(self.sought), tuple(dict.fromkeys(self.dropped)), self.words > 1)

    def _top(self, node: Node) -> query.Node | None:
        """The whole query: here, and only here, words that stand side by side can be relaxed."""
        nodes = node.nodes if isinstance(node, AllOf) else (node,)
        wanted = [self.node(child, tuple(STEMMED)) for child in nodes if not _narrows(child)]
        narrowing = [self.node(child, tuple(STEMMED)) for child in nodes if _narrows(child)]
        asked = _any_of(wanted) if self.relaxed else _all_of(wanted)
        if asked is None and any(not _narrows(child) for child in nodes):
            return None  # the words are gone: what narrows them is no question of its own
        return _all_of([asked, *narrowing])

    def node(  # noqa: PLR0911 - one return for each kind of node
        self, node: Node, fields: tuple[TextField, ...]
    ) -> query.Node | None:
        match node:
            case Word():
                return self._word(node.text, fields)
            case Quoted():
                return self._quoted(node.text, fields)
            case AllOf():
                return _all_of([self.node(child, fields) for child in node.nodes])
            case AnyOf():
                return _any_of([self.node(child, fields) for child in node.nodes])
            case Exclude():
                return self._exclude(node, fields)
            case InField():
                return self._in_field(node)
            case Between():
                return query.DateRange(node.first, node.last)
            case Anything():
                return query.Everything()

    def _word(self, text: str, fields: tuple[TextField, ...]) -> query.Node | None:
        if fields[0] in NAMES.values():
            return _name(text, fields[0])
        tokens = [token for token in analyze(text) if self._keeps(token, text)]
        if not tokens:
            return None
        self.words += len(tokens)
        stems = frozenset(stem for token in tokens for stem in _stems(token))
        in_body = TextField.BODY in fields
        self.sought += [Sought(text, stems, (), in_body)] if stems else []
        self.sought += [
            Sought(text, frozenset(), (token.form,), in_body) for token in tokens if not token.stem
        ]
        nodes = [_term(token, fields) for token in tokens]
        return _any_of(nodes) if self.relaxed else _all_of(nodes)

    def _keeps(self, token: Token, text: str) -> bool:
        if token.stem or self.keep_stopwords:
            return True
        self.dropped.append(text)
        return False

    def _quoted(self, text: str, fields: tuple[TextField, ...]) -> query.Node | None:
        if fields[0] in NAMES.values():
            return _name(text, fields[0])
        forms = tuple(token.form for token in analyze(text))
        if not forms:
            return None
        self.words += 1
        self.sought.append(Sought(text, frozenset(), forms, TextField.BODY in fields))
        exact = tuple(STEMMED[each] for each in fields)
        if len(forms) == 1:
            return query.Combined(forms, _weighted(exact))
        return _any_of([query.Phrase(each, forms, tuple(range(len(forms)))) for each in exact])

    def _exclude(self, node: Exclude, fields: tuple[TextField, ...]) -> query.Node | None:
        # A compiler of its own: what is excluded is not marked.
        inner = _Compiler(relaxed=False, keep_stopwords=True).node(node.node, fields)
        return None if inner is None else query.Not(inner)

    def _in_field(self, node: InField) -> query.Node | None:
        fields = (NAMES[node.field],) if node.field in NAMES else (TextField.TITLE,)
        return self.node(node.node, fields)


def _narrows(node: Node) -> bool:
    """Whether a node only narrows down what the words find."""
    return isinstance(node, Exclude | Between) or (isinstance(node, InField) and node.field in NAMES)


def _term(token: Token, fields: tuple[TextField, ...]) -> query.Node:
    """A word at every level: its stem, and beside it its very form.

    A form that a stop word has too (علي, على) would find the stop word, so it is left to the stem.
    """
    form = query.Combined((token.form,), _weighted(STEMMED[each] for each in fields))
    if not token.stem:
        return form
    stems = query.Combined(_stems(token), _weighted(fields))
    if token.form in stop_forms():
        return stems
    return query.Or((stems, query.Boosted(form, FORM_WEIGHT)))


def _stems(token: Token) -> tuple[str, ...]:
    """The stem of a word, and those it has where a clitic is attached to a word that isn't known."""
    return (token.stem, *attachments(token.stem)) if token.stem else ()


def _name(text: str, name_field: TextField) -> query.Node | None:
    """A name narrows down and adds nothing to a score."""
    named = _all_of([query.Term(name_field, token.stem or token.form) for token in analyze(text)])
    return None if named is None else query.Boosted(named, 0.0)


def _weighted(fields: Iterable[TextField]) -> tuple[tuple[str, float], ...]:
    return tuple((each, FIELD_WEIGHTS[each]) for each in fields)


def _all_of(nodes: Iterable[query.Node | None]) -> query.Node | None:
    kept = tuple(node for node in nodes if node is not None)
    return query.And(kept) if len(kept) > 1 else next(iter(kept), None)


def _any_of(nodes: Iterable[query.Node | None]) -> query.Node | None:
    kept = tuple(node for node in nodes if node is not None)
    return query.Or(kept) if len(kept) > 1 else next(iter(kept), None)
