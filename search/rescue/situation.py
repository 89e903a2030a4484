"""What a rescue is told of a search that found nothing, and what it may ask the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import Final, TypeAlias

from index.analysis import analyze, attachments
from index.archive import Archive
from index.engines import query
from index.engines.contract import Engine, TextField
from index.record import record, replace
from search.expansion import Kind
from search.forms import Forms
from search.hints import UnlabelledTime, unlabelled_time
from search.lexer import lex
from search.parse import parse
from search.rank import compile_query
from search.ranking import EXPANDING, RANKING
from search.rescue.wordlist import Section, is_start, start_of, wordlist
from search.results import Match, SearchQuery
from search.spellings import FIELDS, written
from search.tokens import Token, TokenKind
from search.vocabulary import Vocabulary

Filters: TypeAlias = Callable[[SearchQuery], tuple[query.Node, ...]]
"""What narrows a search down, as an engine takes it."""

MARGIN: Final = 6.0
"""How much less likely than the likeliest a text may be, as the logarithm of a ratio: 400 times."""


@record
class Situation:
    """A search that found nothing, or little.

    Attributes:
        asked: the search.
        found: how many articles have all that was asked for.
        engine, archive: what may be asked.
        filters: what narrows a search down.
    """

    asked: SearchQuery
    found: int
    engine: Engine
    archive: Archive
    filters: Filters

    def asked_for(self, text: str) -> SearchQuery:
        """The same search for another text."""
        return replace(self.asked, text=text)

    def words(self) -> list[Token]:
        """The words of the query, each with its place in the text; none of phrases and names of fields."""
        return [token for token in lex(self.asked.text).tokens if token.kind is TokenKind.WORD]

    def named_time(self) -> UnlabelledTime | None:
        """What of the query names a time without its label, if anything does."""
        return unlabelled_time(lex(self.asked.text, self.asked.today).tokens)

    def count(self, form: str) -> int:
        """How many articles have a form as it is, at least."""
        return (
            wordlist(self.engine).count(form, self.engine)
            if is_start(form)
            else self.written_counts([form])[0]
        )

    def written_counts(self, forms: Sequence[str]) -> tuple[int, ...]:
        """For each form how many articles have it in their body, or, if these are more, in their title."""
        counts = self.engine.counts([query.Term(name, form) for form in forms for name in FIELDS])
        return tuple(max(counts[at : at + len(FIELDS)]) for at in range(0, len(counts), len(FIELDS)))

    def nearest(self, form: str, edits: int, most: int) -> list[tuple[str, int]]:
        """Forms that differ in no more letters, the nearest first, and in how many articles each is."""
        counts, distances = Forms(self.engine).near(FIELDS, form, edits)
        ordered = sorted(distances, key=lambda other: (distances[other], -counts[other], other))
        return [(other, counts[other]) for other in ordered[:most]]

    def section(self, prefix: str) -> Section:
        """The forms that begin as this beginning does."""
        return wordlist(self.engine).section(start_of(prefix), self.engine)

    def written(self, forms: Iterable[str]) -> str:
        """Forms as the archive writes them, blanks between."""
        return " ".join(written(form, self.engine, self.archive) for form in forms)

    def known(self, text: str) -> int:
        """In how many articles the rarest word of a text is, in whatever inflection; 0 for unknown words."""
        tokens = analyze(text)
        stems = [(token.stem, *attachments(token.stem)) for token in tokens if token.stem]
        counts = Vocabulary(self.engine).counts(stem for each in stems for stem in each)
        found = [max(counts[stem] for stem in each) for each in stems]
        found += [self.count(token.form) for token in tokens if not token.stem]
        return min(found, default=0)

    def adjacent(self, rows: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
        """In how many articles the forms of each row stand side by side, in their bodies."""
        return self.engine.counts(
            [query.Phrase(TextField.BODY_EXACT, row, tuple(range(len(row)))) for row in rows]
        )

    def in_context(self, texts: Mapping[str, float], margin: float = MARGIN) -> list[str]:
        """Texts by how likely each is, words that are often neighbours being likelier; without the unlikely.

        Args:
            texts: how little likely they are without that, as the logarithm of a probability, negated.
            margin: how much less likely than the likeliest one may be.
        """
        pairs = {text: [*pairwise(token.form for token in analyze(text))] for text in texts}
        every = list(dict.fromkeys(pair for each in pairs.values() for pair in each))
        counts = dict(zip(every, self.adjacent(every), strict=True))
        said = {text: sum(log(1 + counts[pair]) for pair in each) for text, each in pairs.items()}
        unlikely = {text: texts[text] - said[text] for text in texts}
        most = min(unlikely.values(), default=0.0) + margin
        return sorted(
            (text for text in texts if unlikely[text] <= most), key=lambda text: (unlikely[text], text)
        )

    def node(self, asked: SearchQuery) -> query.Node | None:
        """What an engine is asked for all that a search wants; None where no word is left to look for.

        None too where a word of it is looked for only as the misspelling of another, or where all are stop
        words: what is offered has to stand for itself.
        """
        ranking = RANKING if asked.expand else RANKING.leave_out(EXPANDING)
        vocabulary = Vocabulary(self.engine)
        compiled = compile_query(
            parse(asked.text, asked.today).node,
            relaxed=asked.match is Match.ANY,
            ranking=ranking,
            vocabulary=vocabulary,
        )
        guessed = any(expansion.kind is Kind.SPELLING for expansion in compiled.expansions)
        if compiled.node is None or guessed or compiled.only_stopwords:
            return None
        return query.And((compiled.node, *self.filters(asked)))

    def counts(self, asked: Iterable[SearchQuery]) -> Iterator[tuple[query.Node, int]]:
        """Of these searches what each asks, and how many articles have all of it."""
        nodes = [self.node(each) or query.Nothing() for each in asked]
        return zip(nodes, self.engine.counts(nodes), strict=True)
