"""The guide as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from search.guide import SECTIONS, Example
from search.layout import BLANK, DOT, INDENT, Line, Look, Span, alone, in_order, line
from search.messages import Message
from search.translation import AS_WRITTEN, Translator

QUOTES: Final = Message("ضع ما تبحث عنه بين علامتين ' '، كي لا تقرأ الصدفة ما فيه من علامات.")
OR: Final = Message("وكذلك:")


def guide_lines(translator: Translator = AS_WRITTEN) -> Iterator[Line]:
    """All of it: each query, below it what it finds and how else it can be typed."""
    yield _said(QUOTES, Look.TEXT, translator)
    for section in SECTIONS:
        yield BLANK
        yield _said(section.title, Look.TOTAL, translator)
        yield _said(section.about, Look.DETAIL, translator)
        for example in section.examples:
            yield from _example(example, translator)


def _said(text: Message, look: Look, translator: Translator) -> Line:
    return line(in_order(translator.say(text), look, translator), translator)


def _example(example: Example, translator: Translator) -> Iterator[Line]:
    yield line(_query(example.query, Look.NUMBER, translator), translator, INDENT)
    yield line(in_order(translator.say(example.finds), Look.TEXT, translator), translator, 2 * INDENT)
    if others := [other for other in example.also if other]:
        yield line(_row(others, translator), translator, 2 * INDENT)


def _row(queries: list[str], translator: Translator) -> Iterator[Span]:
    for number, query in enumerate(queries):
        yield DOT if number else Span(f"{translator.say(OR)} ", Look.DETAIL)
        yield from _query(query, Look.DETAIL, translator)


def _query(query: str, look: Look, translator: Translator) -> Iterator[Span]:
    if translator.is_arabic:
        return in_order(query, look)
    return iter((alone(query, look, translator),))
