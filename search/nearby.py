"""Words that are to stand close to each other: what an engine is asked, and what is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from index.analysis import analyze, attachments
from index.engines import query
from index.engines.contract import TextField
from index.record import record
from search.levels import EXACT, weighted
from search.ranking import Ranking
from search.sought import Beside, Sought, seek
from search.syntax import AnyOf, Nearby, Quoted, Word

Node: TypeAlias = "Word | Quoted | AnyOf"


@record
class _Choice:
    """One word that may stand at a place: as it was typed, its form, its stems; none for one as written."""

    typed: str
    form: str
    stems: tuple[str, ...]


@record
class _Pair:
    """Two places that are to be close: the words that may stand there, and how many words apart."""

    left: tuple[_Choice, ...]
    right: tuple[_Choice, ...]
    reach: int

    @property
    def as_written(self) -> bool:
        """Whether a word of it is looked for as written; then all are, for both stand in one field."""
        return any(not choice.stems for choice in (*self.left, *self.right))

    def terms(self, choices: Sequence[_Choice]) -> tuple[str, ...]:
        """What is looked for at a place."""
        if self.as_written:
            return tuple(dict.fromkeys(choice.form for choice in choices))
        return tuple(dict.fromkeys(stem for choice in choices for stem in choice.stems))


def near(asked: Nearby, fields: tuple[TextField, ...], ranking: Ranking) -> list[query.Node]:
    """What must match, each two words that follow each other in the query a node.

    Args:
        asked: the words, and how far apart they may be. Those of which one is asked for as it is written, or
            is a stop word, are looked for as written both.
        fields: where they are looked for.
        ranking: what a field counts.
    """
    nodes: list[query.Node] = []
    for pair in _pairs(asked):
        within = tuple(EXACT[each] for each in fields) if pair.as_written else fields
        left, right = pair.terms(pair.left), pair.terms(pair.right)
        nodes.append(query.Near(left, right, weighted(within, ranking), pair.reach, pair.reach))
    return nodes


def seek_near(asked: Nearby, fields: tuple[TextField, ...]) -> Iterator[Sought]:
    """What to mark: each word where it stands close to the one that it was asked for with."""
    for pair in _pairs(asked):
        for own, other in ((pair.left, pair.right), (pair.right, pair.left)):
            others = frozenset(pair.terms(other))
            for choice in own:
                beside = Beside(frozenset(pair.terms((choice,))), others, pair.reach, pair.as_written)
                if pair.as_written:
                    beside = Beside(frozenset((choice.form,)), others, pair.reach, as_written=True)
                yield seek(choice.typed, fields, beside=beside)


def _pairs(asked: Nearby) -> Iterator[_Pair]:
    """Each two places that follow each other; the words of one piece (كوفيد-19) are side by side."""
    places: list[tuple[tuple[_Choice, ...], int]] = []
    for node, gap in zip(asked.nodes, (0, *asked.gaps), strict=True):
        for number, choices in enumerate(_places(node)):
            places.append((choices, 0 if number else gap))
    for (left, _), (right, gap) in pairwise(places):
        yield _Pair(left, right, gap + 1)


def _places(node: Node) -> Iterator[tuple[_Choice, ...]]:
    """The words of a node, one place each; alternatives share one."""
    if isinstance(node, AnyOf):
        choices = (place for each in node.nodes if isinstance(each, Word | Quoted) for place in _places(each))
        yield tuple(choice for place in choices for choice in place)
        return
    for token in analyze(node.text):
        stems = (token.stem, *attachments(token.stem)) if isinstance(node, Word) and token.stem else ()
        yield (_Choice(node.text, token.form, stems),)
