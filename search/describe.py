"""A query as it was understood, in plain Arabic or English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from index.record import record
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

_Piece: TypeAlias = Node | str


@record
class _Words:
    """What a language says a query with; in braces, what is put there."""

    fields: Mapping[Field, str]
    word: str
    phrase: str
    exact: str
    wildcard: str
    fuzzy: tuple[str, str]  # of one letter, of two
    nearby: str
    beside: str  # no word between
    gap: tuple[str, str, str, str]  # one word between, two, few, many
    both: str
    either: str
    comma: str
    without: str
    within: str
    day: str
    since: str
    until: str
    between: str
    any_day: str
    everything: str


_LANGUAGES: Final[Mapping[str, _Words]] = {
    "ar": _Words(
        fields={
            Field.TITLE: "العنوان",
            Field.BODY: "النص",
            Field.SOURCE: "المصدر",
            Field.AUTHOR: "الكاتب",
            Field.CATEGORY: "القسم",
        },
        word="«{text}»",
        phrase="العبارة «{text}»",
        exact="«{text}» كما كُتبت",
        wildcard="كل ما يوافق «{text}»",
        fuzzy=("ما يخالف «{text}» في حرف على الأكثر", "ما يخالف «{text}» في حرفين على الأكثر"),
        nearby=" قرب ",
        beside=" (متجاورتين)",
        gap=(
            " (بينهما كلمة على الأكثر)",
            " (بينهما كلمتان على الأكثر)",
            " (بينهما {gap} كلمات على الأكثر)",
            " (بينهما {gap} كلمة على الأكثر)",
        ),
        both=" و",
        either=" أو ",
        comma="، ",
        without="دون ",
        within="في {field}: ",
        day="يوم {first}",
        since="من {first} فما بعده",
        until="حتى {last} ضمنًا",
        between="من {first} إلى {last} ضمنًا",
        any_day="في أي يوم",
        everything="كل المقالات",
    ),
    "en": _Words(
        fields={
            Field.TITLE: "the title",
            Field.BODY: "the text",
            Field.SOURCE: "the source",
            Field.AUTHOR: "the author",
            Field.CATEGORY: "the category",
        },
        word="“{text}”",
        phrase="the phrase “{text}”",
        exact="“{text}” as written",
        wildcard="all that is written like “{text}”",
        fuzzy=("“{text}” but for one letter", "“{text}” but for two letters"),
        nearby=" near ",
        beside=" (side by side)",
        gap=(
            " (at most one word between them)",
            " (at most two words between them)",
            " (at most {gap} words between them)",
            " (at most {gap} words between them)",
        ),
        both=" and ",
        either=" or ",
        comma=", ",
        without="without ",
        within="in {field}: ",
        day="on {first}",
        since="from {first} on",
        until="up to and including {last}",
        between="from {first} to {last}, both included",
        any_day="on any day",
        everything="all articles",
    ),
}
LANGUAGES: Final = tuple(_LANGUAGES)
"""The languages that a query can be said in; the first is that of the project."""

# What can stand beside others without brackets and still be read one way only.
_SIMPLE: Final = (Word, Quoted, Wildcard, Fuzzy, AnyOf, Anything)
_FEW: Final = range(3, 11)  # 3 كلمات, and 11 كلمة
_DUAL: Final = 2


def describe(node: Node | None, language: str = "ar") -> str:
    """Says what a query asks for.

    Words come first and what narrows them after: `نفط -لبنان المصدر:رويترز` is
    `«نفط»، دون «لبنان»، في المصدر: «رويترز»`.

    Args:
        node: any tree, of any depth; None for a query with nothing to look for.
        language: one of `LANGUAGES`.

    Returns:
        One line, empty for None. The words are as typed, so it is to be escaped like them.
    """
    said: list[str] = []
    waiting: list[_Piece] = [] if node is None else [node]
    words = _LANGUAGES[language]
    while waiting:  # a stack of our own: a tree can be deeper than Python's
        piece = waiting.pop()
        if isinstance(piece, str):
            said.append(piece)
        else:
            waiting += reversed(list(_pieces(piece, words)))
    return "".join(said)


def _pieces(node: Node, words: _Words) -> Iterator[_Piece]:  # noqa: C901 - one case for each kind of node
    match node:
        case Word(text):
            yield words.word.format(text=text)
        case Quoted(text):
            yield (words.phrase if text.split()[1:] else words.exact).format(text=text)
        case Wildcard(text):
            yield words.wildcard.format(text=text)
        case Fuzzy(text, edits):
            yield words.fuzzy[min(edits, len(words.fuzzy)) - 1].format(text=text)
        case Nearby(nodes, gaps):
            yield from _nearby(nodes, gaps, words)
        case AllOf(nodes):
            yield from _all_of(nodes, words)
        case AnyOf(nodes):
            yield from ("(", *_joined(nodes, words.either), ")")
        case Exclude(child):
            yield from (words.without, *_alone(child))
        case InField(field, child):
            yield from (words.within.format(field=words.fields[field]), *_alone(child))
        case Between():
            yield _days(node, words)
        case Anything():
            yield words.everything


def _nearby(nodes: tuple[Node, ...], gaps: tuple[int, ...], words: _Words) -> Iterator[_Piece]:
    """Words that stand close, in brackets; after each but the first how close."""
    yield "("
    yield from _alone(nodes[0])
    for node, gap in zip(nodes[1:], gaps, strict=True):
        yield words.nearby
        yield from _alone(node)
        yield _gap(gap, words)
    yield ")"


def _gap(gap: int, words: _Words) -> str:
    if not gap:
        return words.beside
    form = gap - 1 if gap <= _DUAL else 2 if gap % 100 in _FEW else 3
    return words.gap[form].format(gap=gap)


def _all_of(nodes: tuple[Node, ...], words: _Words) -> Iterator[_Piece]:
    """Words joined by «و», then the rest after commas, else a word could seem part of what it follows."""
    simple = [node for node in nodes if isinstance(node, (*_SIMPLE, AllOf, Nearby))]
    others = [node for node in nodes if not isinstance(node, (*_SIMPLE, AllOf, Nearby))]
    yield from _joined(simple, words.both)
    for place, node in enumerate(others):
        yield from (words.comma, node) if simple or place else (node,)


def _joined(nodes: Iterable[Node], joint: str) -> Iterator[_Piece]:
    for place, node in enumerate(nodes):
        yield from (joint, *_alone(node)) if place else _alone(node)


def _alone(node: Node) -> tuple[_Piece, ...]:
    return (node,) if isinstance(node, (*_SIMPLE, Nearby)) else ("(", node, ")")


def _days(days: Between, words: _Words) -> str:
    match days.first, days.last:
        case None, None:
            form = words.any_day
        case None, _:
            form = words.until
        case _, None:
            form = words.since
        case first, last:
            form = words.day if first == last else words.between
    return form.format(first=days.first, last=days.last)
