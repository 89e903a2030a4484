"""A concordance as lines of a terminal: the keywords below each other, right to left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from index.record import record
from search import notices
from search.cells import cells, first_words, last_words
from search.kwic import Concordance, KwicLine
from search.layout import BLANK, NO_HITS, PAST_THE_END, Line, Look, Span, Way, bulleted, first_line, told
from search.messages import Message
from search.printable import printable
from search.translation import AS_WRITTEN, Translator

WIDE: Final = 100
"""Columns from which there is room for the date and the source of a line."""

SOURCE: Final = 14
"""Columns of a source."""

LARGEST_KEYWORD: Final = 3
"""A keyword takes at most this part of a row."""

GAP: Final = " "
DAY: Final = len("2019-02-17")
NO_KEYWORDS: Final = Message("لا مواضع: لم تظهر كلمات البحث في نصوص هذه المقالات")

FEW_PLACES: Final = {0: Message("لا مواضع"), 1: Message("موضع واحد"), 2: Message("موضعان")}
PLACES: Final = Message("{number} مواضع")
MANY_PLACES: Final = Message("{number} موضعًا")
HUNDREDS_OF_PLACES: Final = Message("{number} موضع")


@record
class _Columns:
    """How wide each is; None for one that takes what there is."""

    number: int
    before: int
    keyword: int
    after: int | None
    is_wide: bool


def kwic_lines(
    found: Concordance, offset: int, width: int | None, translator: Translator = AS_WRITTEN
) -> Iterator[Line]:
    """A page of a concordance.

    Args:
        found: its lines.
        offset: how many lines were passed over.
        width: the columns of a row; None for rows that are as long as they are.
        translator: of what is said of them.
    """
    yield first_line(total(found), found.understood_in(translator.language), translator)
    yield from bulleted(found.notices, translator)
    if found.matching and not found.lines:
        yield told("", PAST_THE_END if found.total else NO_KEYWORDS, translator)
    if found.lines:
        yield BLANK
        columns = _columns(found.lines, offset, width)
        for number, line in enumerate(found.lines, start=offset + 1):
            yield _row(number, line, columns)


def total(found: Concordance) -> Message:
    """`7184 موضعًا في 1000 مقالة`, and of how many where not all were looked through."""
    if not found.matching:
        return NO_HITS
    places, articles = _places(found.total), notices.of_articles(found.looked)
    if not found.is_cut:
        return Message("{places} في {articles}", places=places, articles=articles)
    return Message(
        "{places} في {articles} من {matching} تطابق البحث؛ لم تُقرأ البقية",
        places=places,
        articles=articles,
        matching=found.matching,
    )


def _places(number: int) -> Message:
    if number in FEW_PLACES:
        return FEW_PLACES[number]
    if notices.is_of_hundreds(number):
        return HUNDREDS_OF_PLACES.format(number=number)
    return (PLACES if notices.is_few(number) else MANY_PLACES).format(number=number)


def _columns(lines: tuple[KwicLine, ...], offset: int, width: int | None) -> _Columns:
    number = len(str(offset + len(lines)))
    widest = max(cells(printable(line.parts[1])) for line in lines)
    if width is None:
        before = max(cells(printable(line.parts[0].rstrip())) for line in lines)
        return _Columns(number, before, widest, None, is_wide=True)
    keyword = min(widest, width // LARGEST_KEYWORD)
    is_wide = width >= WIDE
    about = DAY + SOURCE + 2 * len(GAP) if is_wide else 0
    sides = width - number - keyword - about - 3 * len(GAP)
    return _Columns(number, sides // 2, keyword, sides // 2, is_wide=is_wide)


def _row(number: int, line: KwicLine, columns: _Columns) -> Line:
    before, keyword, after = (printable(part).strip() for part in line.parts)
    if columns.after is not None:
        before, keyword = last_words(before, columns.before), first_words(keyword, columns.keyword)
        after = first_words(after, columns.after)
    url = line.article.url
    spans = [
        Span(str(number).rjust(columns.number), Look.NUMBER),
        Span(GAP + " " * (columns.before - cells(before))),
        Span(before, way=Way.RIGHT_TO_LEFT),
        Span(GAP),
        Span(keyword, Look.MARK, Way.RIGHT_TO_LEFT, url),
        Span(GAP + " " * (columns.keyword - cells(keyword))),
        Span(after, way=Way.RIGHT_TO_LEFT),
    ]
    if columns.is_wide and (line.article.published or line.article.source):
        between = " · " if columns.after is None else GAP + " " * (columns.after - cells(after))
        spans += _about(line, between)
    return Line(tuple(spans))


def _about(line: KwicLine, between: str) -> Iterator[Span]:
    day = (line.article.published or "")[:DAY]
    yield Span(between)
    yield Span(day.ljust(DAY), Look.DETAIL, Way.LEFT_TO_RIGHT)
    yield Span(GAP)
    yield Span(first_words(printable(line.article.source or ""), SOURCE), Look.DETAIL, Way.RIGHT_TO_LEFT)
