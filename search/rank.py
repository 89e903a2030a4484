"""What was asked for to what an engine is asked: weighted terms, and what to mark them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from index.analysis import Variant, analyze
from index.engines import query
from index.engines.contract import Scoring, TextField
from index.record import record, replace
from search.categories import category
from search.expansion import Expansion, Kind
from search.forms import Forms
from search.homographs import Reading, look_as, readings
from search.joining import all_of, any_of
from search.levels import EXACT, LookedFor, Means, row, weighted, word_nodes
from search.messages import Message
from search.nearby import near, seek_near
from search.ranking import EXPANDING, RANKING, Level, Ranking
from search.relaxing import analyzed, count_words, narrows
from search.rows import APART, close, together
from search.sought import Sought, seek, seek_row, seek_words, seek_written
from search.syntax import (
    AllOf,
    AnyOf,
    Anything,
    Between,
    Exclude,
    Field,
    Fuzzy,
    InField,
    Nearby,
    Node,
    Quoted,
    Wildcard,
    Word,
)
from search.vocabulary import Vocabulary
from search.wild import written, written_node

__all__ = ["NAMES", "TEXT", "Compiled", "Sought", "compile_query", "scoring"]

NAMES: Final = {Field.SOURCE: TextField.SOURCE, Field.AUTHOR: TextField.AUTHOR}
"""Fields that hold a name and no text."""

_FIELDS: Final = {**NAMES, Field.TITLE: TextField.TITLE, Field.BODY: TextField.BODY}

TEXT: Final = tuple(EXACT)
"""Fields that are searched where none is named."""


@record
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
        notices: what the reader should be told of words with stars and the like.
    """

    node: query.Node | None
    sought: tuple[Sought, ...]
    dropped: tuple[str, ...]
    can_relax: bool
    only_stopwords: bool = False
    words: tuple[LookedFor, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    notices: tuple[Message, ...] = ()


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
        vocabulary: what the archive says of words; without it nothing is learned from it, and words with
            stars or nearly written so find nothing.
    """
    forms = None if vocabulary is None else vocabulary.forms
    compiled = _Compiler(ranking, vocabulary, count_words(asked), forms, relaxed=relaxed).compile(asked)
    if compiled.node is None and compiled.dropped:
        # Nothing but stop words: they are looked for as they are written.
        kept = _Compiler(ranking, vocabulary, 0, forms, relaxed=relaxed, keep_stopwords=True).compile(asked)
        return replace(kept, only_stopwords=True)
    return compiled


def scoring(ranking: Ranking) -> Scoring:
    """BM25F's parameters as an engine takes them."""
    return Scoring(k1=ranking.k1, b=ranking.b)


class _Compiler:
    def __init__(  # noqa: PLR0913 - what a query is compiled with
        self,
        ranking: Ranking,
        vocabulary: Vocabulary | None,
        count: int,
        forms: Forms | None,
        *,
        relaxed: bool = False,
        keep_stopwords: bool = False,
    ) -> None:
        self.ranking: Final = ranking
        self.vocabulary: Final = vocabulary
        self.count: Final = count
        self.forms: Final = forms
        self.relaxed: Final = relaxed
        self.keep_stopwords: Final = keep_stopwords
        self.sought: list[Sought] = []
        self.dropped: list[str] = []
        self.looked: list[LookedFor] = []
        self.expansions: list[Expansion] = []
        self.notices: list[Message] = []
        self.pieces = 0

    def compile(self, asked: Node | None) -> Compiled:
        made = None if asked is None else self._top(asked)
        return Compiled(
            made,
            tuple(self.sought),
            tuple(dict.fromkeys(self.dropped)),
            self.pieces > 1,
            words=tuple(self.looked),
            expansions=tuple(dict.fromkeys(self.expansions)),
            notices=tuple(dict.fromkeys(self.notices)),
        )

    def _top(self, asked: Node) -> query.Node | None:
        """The whole query: here, and only here, words that stand side by side can be relaxed."""
        nodes = asked.nodes if isinstance(asked, AllOf) else (asked,)
        wanted = [child for child in nodes if not narrows(child)]
        found = self._side_by_side(wanted, TEXT, relaxed=self.relaxed)
        narrowing = [self.node(child, TEXT) for child in nodes if narrows(child)]
        if found is None and wanted:
            return None  # the words are gone: what narrows them is no question of its own
        return all_of([found, *narrowing])

    def node(  # noqa: C901, PLR0911 - one return for each kind of node
        self, asked: Node, fields: tuple[TextField, ...]
    ) -> query.Node | None:
        match asked:
            case Word():
                return self._side_by_side((asked,), fields, relaxed=False)
            case Quoted():
                return self._quoted(asked.text, fields)
            case Wildcard() | Fuzzy():
                return self._written(asked, fields)
            case Nearby():
                return self._near(asked, fields)
            case AllOf():
                return self._side_by_side(asked.nodes, fields, relaxed=False)
            case AnyOf():
                return any_of([self.node(child, fields) for child in asked.nodes])
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
            return all_of([*(_name(text, fields[0]) for text in texts), *others])
        words: list[LookedFor] = []
        others = []
        place = 0
        dated = any(isinstance(child, Word) and child.text.isdecimal() for child in nodes)
        means = Means(self.ranking, self.vocabulary, dated, self.count <= self.ranking.longest)
        meant = readings(nodes, analyzed, APART)
        for child in nodes:
            if isinstance(child, Word):
                words += self._words(child.text, place, fields, means, meant)
                place += len(analyzed(child.text))
            else:
                others.append(self.node(child, fields))
                place += APART
        self.pieces += len(words)
        return self._joined(words, others, fields, means, relaxed=relaxed)

    def _words(
        self, text: str, place: int, fields: tuple[TextField, ...], means: Means, meant: Mapping[int, Reading]
    ) -> list[LookedFor]:
        """The words in a piece of the query between two spaces: mostly one."""
        tokens = list(enumerate(analyzed(text), place))
        kept = [at for at, token in tokens if token.stem or at in meant or self.keep_stopwords]
        self.dropped += [text[token.start : token.end] for at, token in tokens if at not in kept]
        words = [look_as(meant.get(at), text, token, at, means) for at, token in tokens if at in kept]
        self.looked += [word for word in words if word.stems]
        self.expansions += [expansion for word in words for expansion in word.expansions]
        self.sought += seek_words(text, words, fields)
        return words

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
        nodes = word_nodes(words, fields, self.ranking, form_weight)
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
        found_node = any_of(joined) if relaxed else all_of(joined)
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
            self.sought.append(seek_row(typed, variant, fields))
            self.expansions.append(Expansion(typed, Kind.VARIANT, variant.text, variant.weight))

    def _quoted(self, text: str, fields: tuple[TextField, ...]) -> query.Node | None:
        if fields[0] in NAMES.values():
            return _name(text, fields[0])
        forms = tuple(token.form for token in analyze(text))
        if not forms:
            return None
        self.pieces += 1
        self.sought.append(seek(text, fields, forms=forms))
        exact = tuple(EXACT[each] for each in fields)
        if len(forms) == 1:
            return query.Combined(forms, weighted(exact, self.ranking))
        return any_of([query.Phrase(each, forms, tuple(range(len(forms)))) for each in exact])

    def _written(self, asked: Wildcard | Fuzzy, fields: tuple[TextField, ...]) -> query.Node | None:
        """Words as they are written; in a name they only narrow down."""
        named = fields[0] in NAMES.values()
        where = fields if named else tuple(EXACT[each] for each in fields)
        found = [] if self.forms is None else written(asked, where, self.forms)
        for each in found:
            self.notices += each.notices
            if not named:
                self.expansions += each.expansions
                self.sought.append(seek_written(asked, each, fields))
        self.pieces += len(found)
        node = all_of(written_node(each, weighted(where, self.ranking)) for each in found) or query.Nothing()
        return query.Boosted(node, 0.0) if named else node

    def _near(self, asked: Nearby, fields: tuple[TextField, ...]) -> query.Node | None:
        if fields[0] in NAMES.values():
            return all_of([self.node(each, fields) for each in asked.nodes])
        self.pieces += 1
        self.sought += seek_near(asked, fields)
        return all_of(near(asked, fields, self.ranking))

    def _exclude(self, asked: Exclude, fields: tuple[TextField, ...]) -> query.Node | None:
        # A compiler of its own: what is excluded is not marked, and nothing else is excluded because of it.
        plain = self.ranking.leave_out(EXPANDING)
        inside = _Compiler(plain, None, 0, self.forms, keep_stopwords=True)
        inner = inside.node(asked.node, fields)
        self.notices += inside.notices
        return None if inner is None else query.Not(inner)

    def _in_field(self, asked: InField) -> query.Node | None:
        if asked.field is Field.CATEGORY:
            return category(asked.node, self.forms, lambda other: self.node(other, TEXT))
        return self.node(asked.node, (_FIELDS[asked.field],))


def _name(text: str, name_field: TextField) -> query.Node | None:
    """A name narrows down and adds nothing to a score."""
    named = all_of([query.Term(name_field, token.stem or token.form) for token in analyze(text)])
    return None if named is None else query.Boosted(named, 0.0)
