"""A query as it was understood, in plain Arabic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from search.syntax import AllOf, AnyOf, Anything, Between, Exclude, Field, InField, Node, Quoted, Word

_Piece: TypeAlias = Node | str

_FIELD_NAMES: Final[Mapping[Field, str]] = {
    Field.TITLE: "العنوان",
    Field.SOURCE: "المصدر",
    Field.AUTHOR: "الكاتب",
}
_BOTH: Final = " و"
_EITHER: Final = " أو "
_COMMA: Final = "، "
# What can stand beside others without brackets and still be read one way only.
_SIMPLE: Final = (Word, Quoted, AnyOf, Anything)


def describe(node: Node | None) -> str:
    """Says what a query asks for.

    Words come first and what narrows them after: `نفط -لبنان المصدر:رويترز` is
    `«نفط»، دون «لبنان»، في المصدر: «رويترز»`.

    Args:
        node: any tree, of any depth; None for a query with nothing to look for.

    Returns:
        One line of Arabic, empty for None. The words are as typed, so it is to be escaped like them.
    """
    said: list[str] = []
    waiting: list[_Piece] = [] if node is None else [node]
    while waiting:  # a stack of our own: a tree can be deeper than Python's
        piece = waiting.pop()
        if isinstance(piece, str):
            said.append(piece)
        else:
            waiting += reversed(list(_pieces(piece)))
    return "".join(said)


def _pieces(node: Node) -> Iterator[_Piece]:
    match node:
        case Word(text):
            yield f"«{text}»"
        case Quoted(text):
            yield f"العبارة «{text}»" if text.split()[1:] else f"«{text}» كما كُتبت"
        case AllOf(nodes):
            yield from _all_of(nodes)
        case AnyOf(nodes):
            yield from ("(", *_joined(nodes, _EITHER), ")")
        case Exclude(child):
            yield from ("دون ", *_alone(child))
        case InField(field, child):
            yield from (f"في {_FIELD_NAMES[field]}: ", *_alone(child))
        case Between():
            yield _days(node)
        case Anything():
            yield "كل المقالات"


def _all_of(nodes: tuple[Node, ...]) -> Iterator[_Piece]:
    """Words joined by «و», then the rest after commas, else a word could seem part of what it follows."""
    words = [node for node in nodes if isinstance(node, (*_SIMPLE, AllOf))]
    others = [node for node in nodes if not isinstance(node, (*_SIMPLE, AllOf))]
    yield from _joined(words, _BOTH)
    for place, node in enumerate(others):
        yield from (_COMMA, node) if words or place else (node,)


def _joined(nodes: Iterable[Node], joint: str) -> Iterator[_Piece]:
    for place, node in enumerate(nodes):
        yield from (joint, *_alone(node)) if place else _alone(node)


def _alone(node: Node) -> tuple[_Piece, ...]:
    return (node,) if isinstance(node, _SIMPLE) else ("(", node, ")")


def _days(days: Between) -> str:
    match days.first, days.last:
        case None, None:
            return "في أي يوم"
        case None, last:
            return f"حتى {last}"
        case first, None:
            return f"منذ {first}"
        case first, last:
            return f"يوم {first}" if first == last else f"من {first} إلى {last}"
