"""What was asked for to what an engine is asked: weighted terms, and what to mark them by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from index.analysis import Token, Variant, analyze
from index.engines import query
from index.engines.contract import Scoring, TextField
from search.expansion import Expansion, Kind
from search.levels import EXACT, LookedFor, Means, look, row, weighted, word_node
from search.ranking import EXPANDING, RANKING, Level, Ranking
from search.rows import APART, close, together
from search.syntax import AllOf, AnyOf, Anything, Between, Exclude, Field, InField, Node, Quoted, Word
from search.vocabulary import Vocabulary

NAMES: Final = {Field.SOURCE: TextField.SOURCE, Field.AUTHOR: TextField.AUTHOR}
"""Fields that hold a name and no text."""

TEXT: Final = tuple(EXACT)
"""Fields that are searched where none is named."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word or phrase of the query, as it is found again in a text.

    Attributes:
        typed: as it was typed.
        stems: a word with one of these stems is a match; empty for what is looked for as written.
        forms: words with these forms, in this order and side by side, are a match.
        in_body: whether the body counts too, or the title alone.
        row: words with these stems, each at its place from the first, are a match.
    """

    typed: str
    stems: frozenset[str]
    forms: tuple[str, ...]
    in_body: bool
    row: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """What an engine is asked, and what came of the words.

    Attributes:
        node: None when nothing is left to ask.
        sought: what to mark, in the order typed; excluded words are not in it.
        dropped: stop words that were left out, as typed.
        only_stopwords: every word was a stop word, so they are looked for as written.
        can_relax: there is more than one word, so that any of them can be asked for where all match nothing.
        words: how many words are looked for at all levels.
        expansions: what was not typed and is looked for as well.
    """

    node: query.Node | None
    sought: tuple[Sought, ...]
    dropped: tuple[str, ...]
    can_relax: bool
    only_stopwords: bool = False
    words: tuple[LookedFor, ...] = ()
    expansions: tuple[Expansion, ...] = ()


def compile_query(
    asked: Node | None,
    *,
    relaxed: bool = False,
    ranking: Ranking = RANKING,
    vocabulary: Vocabulary | None = None,
) -> Compiled:
    """Make the engine's query of a parsed one.

    Args:
        asked: what was understood; None for nothing.
        relaxed: any word is enough where all were asked for. Phrases, groups, what is excluded, dates and
            names stay as they are.
        ranking: what counts how much.
        vocabulary: what the archive says of words; without it, nothing is learned from it.
    """
    compiled = _Compiler(ranking, vocabulary, _count(asked), relaxed=relaxed).compile(asked)
    if compiled.node is None and compiled.dropped:
        # Nothing but stop words: they are looked for as they are written.
        kept = _Compiler(ranking, vocabulary, 0, relaxed=relaxed, keep_stopwords=True).compile(asked)
        return replace(kept, only_stopwords=True)
    return compiled


def scoring(ranking: Ranking) -> Scoring:
    """BM25F's parameters as an engine takes them."""
    return Scoring(k1=ranking.k1, b=ranking.b)


def widen(asked: Node | None) -> Node | None:
    """The query as it reads when any of its words is enough where all were asked for."""
    if not isinstance(asked, AllOf):
        return asked
    wanted = tuple(child for child in asked.nodes if not _narrows(child))
    narrowing = tuple(child for child in asked.nodes if _narrows(child))
    if len(wanted) < 2:  # noqa: PLR2004 - one is any already
        return asked
    either = AnyOf(tuple(part for child in wanted for part in _alternatives(child)))
    return AllOf((either, *narrowing)) if narrowing else either


def _alternatives(asked: Node) -> tuple[Node, ...]:
    return asked.nodes if isinstance(asked, AnyOf) else (asked,)


def _count(asked: Node | None) -> int:
    """How many words of a query say what it is about."""
    match asked:
        case Word(text):
            return sum(bool(token.stem) for token in analyze(text))
        case AllOf(nodes) | AnyOf(nodes):
            return sum(map(_count, nodes))
        case InField(name, inner) if name not in NAMES:
            return _count(inner)
        case _:
            return 0


@dataclass
class _Compiler:
    ranking: Ranking
    vocabulary: Vocabulary | None
    count: int
    relaxed: bool = False
    keep_stopwords: bool = False
    sought: list[Sought] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    looked: list[LookedFor] = field(default_factory=list)
    expansions: list[Expansion] = field(default_factory=list)
    pieces: int = 0

    def compile(self, asked: Node | None) -> Compiled:
        made = None if asked is None else self._top(asked)
        return Compiled(
            made,
            tuple(self.sought),
            tuple(dict.fromkeys(self.dropped)),
            self.pieces > 1,
            words=tuple(self.looked),
            expansions=tuple(dict.fromkeys(self.expansions)),
        )

    def _top(self, asked: Node) -> query.Node | None:
        """The whole query: here, and only here, words that stand side by side can be relaxed."""
        nodes = asked.nodes if isinstance(asked, AllOf) else (asked,)
        wanted = [child for child in nodes if not _narrows(child)]
        found = self._side_by_side(wanted, TEXT, relaxed=self.relaxed)
        narrowing = [self.node(child, TEXT) for child in nodes if _narrows(child)]
        if found is None and wanted:
            return None  # the words are gone: what narrows them is no question of its own
        return _all_of([found, *narrowing])

    def node(  # noqa: PLR0911 - one return for each kind of node
        self, asked: Node, fields: tuple[TextField, ...]
    ) -> query.Node | None:
        match asked:
            case Word():
                return self._side_by_side((asked,), fields, relaxed=False)
            case Quoted():
                return self._quoted(asked.text, fields)
            case AllOf():
                return self._side_by_side(asked.nodes, fields, relaxed=False)
            case AnyOf():
                return _any_of([self.node(child, fields) for child in asked.nodes])
            case Exclude():
                return self._exclude(asked, fields)
            case InField():
                return self._in_field(asked)
            case Between():
                return query.DateRange(asked.first, asked.last)
            case Anything():
                return query.Everything()

    def _side_by_side(
        self, nodes: Sequence[Node], fields: tuple[TextField, ...], *, relaxed: bool
    ) -> query.Node | None:
        """Nodes that must all match, or any where that is enough; better together, in order and close."""
        if fields[0] in NAMES.values():
            texts = [child.text for child in nodes if isinstance(child, Word)]
            others = [self.node(child, fields) for child in nodes if not isinstance(child, Word)]
            return _all_of([*(_name(text, fields[0]) for text in texts), *others])
        words: list[LookedFor] = []
        others = []
        place = 0
        dated = any(isinstance(child, Word) and child.text.isdecimal() for child in nodes)
        means = Means(self.ranking, self.vocabulary, dated, self.count <= self.ranking.longest)
        for child in nodes:
            if isinstance(child, Word):
                words += self._words(child.text, place, fields, means)
                place += len(analyze(child.text))
            else:
                others.append(self.node(child, fields))
                place += APART
        self.pieces += len(words)
        return self._joined(words, others, fields, means, relaxed=relaxed)

    def _words(self, text: str, place: int, fields: tuple[TextField, ...], means: Means) -> list[LookedFor]:
        """The words in a piece of the query between two spaces: mostly one."""
        tokens = list(enumerate(analyze(text), place))
        self.dropped += [text[token.start : token.end] for _, token in tokens if not self._keeps(token)]
        words = [look(text, token, at, means) for at, token in tokens if self._keeps(token)]
        self.looked += [word for word in words if word.stems]
        self.expansions += [expansion for word in words for expansion in word.expansions]
        in_body = TextField.BODY in fields
        self.sought += _sought(text, words, in_body=in_body)
        for word in words:
            self.sought += [_sought_row(text, variant, in_body=in_body) for variant in word.rows]
        return words

    def _keeps(self, token: Token) -> bool:
        return bool(token.stem) or self.keep_stopwords

    def _joined(
        self,
        words: Sequence[LookedFor],
        others: Iterable[query.Node | None],
        fields: tuple[TextField, ...],
        means: Means,
        *,
        relaxed: bool,
    ) -> query.Node | None:
        form_weight = self.ranking.form_weight(self.count)
        nodes = [word_node(word, fields, self.ranking, form_weight) for word in words]
        joined: list[query.Node | None] = []
        at = 0
        for places, found in together(words, means):
            otherwise = [row(variant, fields, self.ranking) for variant in found]
            self._tell_row(words[places.start : places.stop], found, fields)
            joined += nodes[at : places.start]
            these = nodes[places.start : places.stop]
            joined += [*these, *otherwise] if relaxed else [query.Best((query.And(tuple(these)), *otherwise))]
            at = places.stop
        joined += [*nodes[at:], *others]
        found_node = _any_of(joined) if relaxed else _all_of(joined)
        by = list(close(words, fields, self.ranking))
        if relaxed and len(nodes) > 1 and self.ranking.has(Level.ALL_WORDS):
            by.append(query.Boosted(query.And(tuple(nodes)), self.ranking.all_words))
        return query.Promoted(found_node, tuple(by)) if found_node and by else found_node

    def _tell_row(
        self, words: Sequence[LookedFor], found: Iterable[Variant], fields: tuple[TextField, ...]
    ) -> None:
        """Words that are looked for as a whole in another way: what to mark, and what the reader is told."""
        typed = " ".join(dict.fromkeys(word.typed for word in words))
        for variant in found:
            self.sought.append(_sought_row(typed, variant, in_body=TextField.BODY in fields))
            self.expansions.append(Expansion(typed, Kind.VARIANT, variant.text, variant.weight))

    def _quoted(self, text: str, fields: tuple[TextField, ...]) -> query.Node | None:
        if fields[0] in NAMES.values():
            return _name(text, fields[0])
        forms = tuple(token.form for token in analyze(text))
        if not forms:
            return None
        self.pieces += 1
        self.sought.append(Sought(text, frozenset(), forms, TextField.BODY in fields))
        exact = tuple(EXACT[each] for each in fields)
        if len(forms) == 1:
            return query.Combined(forms, weighted(exact, self.ranking))
        return _any_of([query.Phrase(each, forms, tuple(range(len(forms)))) for each in exact])

    def _exclude(self, asked: Exclude, fields: tuple[TextField, ...]) -> query.Node | None:
        # A compiler of its own: what is excluded is not marked, and nothing else is excluded because of it.
        plain = self.ranking.leave_out(EXPANDING)
        inner = _Compiler(plain, None, 0, keep_stopwords=True).node(asked.node, fields)
        return None if inner is None else query.Not(inner)

    def _in_field(self, asked: InField) -> query.Node | None:
        fields = (NAMES[asked.field],) if asked.field in NAMES else (TextField.TITLE,)
        return self.node(asked.node, fields)


def _sought(text: str, words: Iterable[LookedFor], *, in_body: bool) -> list[Sought]:
    """What to mark for the words of one piece of the query."""
    words = list(words)
    stems = frozenset(stem for word in words for stem in (*word.stems, *(stem for stem, _ in word.weaker)))
    found = [Sought(text, stems, (), in_body)] if stems else []
    return found + [
        Sought(text, frozenset(), (word.token.form,), in_body) for word in words if not word.stems
    ]


def _sought_row(typed: str, variant: Variant, *, in_body: bool) -> Sought:
    row_of_stems = tuple(zip(variant.offsets, variant.stems, strict=True))
    return Sought(typed, frozenset(), (), in_body, row_of_stems)


def _narrows(asked: Node) -> bool:
    """Whether a node only narrows down what the words find."""
    return isinstance(asked, Exclude | Between) or (isinstance(asked, InField) and asked.field in NAMES)


def _name(text: str, name_field: TextField) -> query.Node | None:
    """A name narrows down and adds nothing to a score."""
    named = _all_of([query.Term(name_field, token.stem or token.form) for token in analyze(text)])
    return None if named is None else query.Boosted(named, 0.0)


def _all_of(nodes: Iterable[query.Node | None]) -> query.Node | None:
    kept = tuple(found for found in nodes if found is not None)
    return query.And(kept) if len(kept) > 1 else next(iter(kept), None)


def _any_of(nodes: Iterable[query.Node | None]) -> query.Node | None:
    kept = tuple(found for found in nodes if found is not None)
    return query.Or(kept) if len(kept) > 1 else next(iter(kept), None)
