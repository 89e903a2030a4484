"""The guide as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from search.guide import SECTIONS, Example
from search.layout import BLANK, DOT, INDENT, Line, Look, Span, in_order

QUOTES: Final = "ضع ما تبحث عنه بين علامتين ' '، كي لا تقرأ الصدفة ما فيه من علامات."


def guide_lines() -> Iterator[Line]:
    """All of it: each query, below it what it finds and how else it can be typed."""
    yield Line((Span(QUOTES),))
    for section in SECTIONS:
        yield BLANK
        yield Line((Span(section.title, Look.TOTAL),))
        yield Line((Span(section.about, Look.DETAIL),))
        for example in section.examples:
            yield from _example(example)


def _example(example: Example) -> Iterator[Line]:
    yield Line(tuple(in_order(example.query, Look.NUMBER)), INDENT)
    yield Line(tuple(in_order(example.finds, Look.TEXT)), 2 * INDENT)
    if others := [other for other in example.also if other]:
        yield Line(tuple(_row(others)), 2 * INDENT)


def _row(queries: list[str]) -> Iterator[Span]:
    for number, query in enumerate(queries):
        yield DOT if number else Span("وكذلك: ", Look.DETAIL)
        yield from in_order(query, Look.DETAIL)
