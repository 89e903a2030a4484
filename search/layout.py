"""Results and articles as lines of text in parts that know how they look; `terminal` prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from index.article import Article
from search import notices
from search.results import Parts, ResultHit, Results


class Look(Enum):
    """What a span of text is, to a reader's eye."""

    TEXT = auto()
    MARK = auto()
    TITLE = auto()
    TITLE_MARK = auto()
    NUMBER = auto()
    DETAIL = auto()
    NOTICE = auto()
    TOTAL = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line.

    Attributes:
        isolated: runs from left to right whatever stands around it: an id, a date, an address.
    """

    text: str
    look: Look = Look.TEXT
    isolated: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one paragraph that is wrapped where a screen ends; no spans for a blank one.

    Attributes:
        indent: in columns.
        is_english: runs from left to right, whatever Arabic is in it.
    """

    spans: tuple[Span, ...] = ()
    indent: int = 0
    is_english: bool = False


BLANK: Final = Line()
INDENT: Final = 3
MINUTES: Final = len("2019-02-17T10:30")
BULLET: Final = "• "
"""Before each of several notices: a screen wraps them, and a reader has to see where one ends."""

DOT: Final = Span(" · ", Look.DETAIL)
UNTITLED: Final = "(بلا عنوان)"
NO_HITS: Final = "لم توجد مقالة تطابق البحث"
PAST_THE_END: Final = "لا نتائج بعد هذا الموضع"
PARTICULARS: Final = {
    "source": "المصدر",
    "author": "الكاتب",
    "category": "القسم",
    "published": "التاريخ",
    "url": "الرابط",
    "id": "المعرّف",
}
"""What is told of an article beside its text, in order, and what it is called."""

_LEFT_TO_RIGHT: Final = ("published", "url", "id")


def results_lines(results: Results, offset: int, explanation: Sequence[str] = ()) -> Iterator[Line]:
    """A page of results.

    Args:
        results: what was found.
        offset: how many hits were passed over.
        explanation: how the search was done; with it every hit says why it is there.
    """
    yield Line((Span(_total(results, offset), Look.TOTAL), *_understood(results)))
    bullet = BULLET if len(results.notices) > 1 else ""
    yield from (Line((Span(bullet + notice, Look.NOTICE),)) for notice in results.notices)
    if explanation:
        yield BLANK
        yield from (Line((Span(line, Look.DETAIL),), is_english=True) for line in explanation)
    for number, hit in enumerate(results.hits, start=offset + 1):
        yield BLANK
        yield from _hit(number, hit, explains=bool(explanation))


def article_lines(article: Article) -> Iterator[Line]:
    """A whole article."""
    yield Line((Span(article.title, Look.TITLE) if article.title else Span(UNTITLED, Look.DETAIL),))
    for name, called in PARTICULARS.items():
        if value := getattr(article, name):
            shown = value.replace("T", " ") if name == "published" else value
            isolated = name in _LEFT_TO_RIGHT
            yield Line((Span(f"{called}: ", Look.DETAIL), Span(shown, Look.DETAIL, isolated)))
    yield BLANK
    yield from (Line((Span(paragraph),)) if paragraph else BLANK for paragraph in article.body.split("\n"))


def _total(results: Results, offset: int) -> str:
    """`مقالتان`, `10 من 120 مقالة`, `11 إلى 20 من 120 مقالة`."""
    if not results.total:
        return NO_HITS
    shown = len(results.hits)
    if not shown and offset >= results.total:
        return PAST_THE_END + _of(results.total)
    if shown in (0, results.total):
        return notices.articles(results.total)
    places = f"{offset + 1} إلى {offset + shown}" if offset and shown > 1 else f"{offset + shown}"
    return places + _of(results.total)


def _of(total: int) -> str:
    """After من the dual has another ending."""
    return " من " + notices.count(total, "مقالة واحدة", "مقالتين", "مقالات", "مقالة")


def _understood(results: Results) -> tuple[Span, ...]:
    return (Span(": ", Look.TOTAL), Span(results.understood)) if results.understood else ()


def _hit(number: int, hit: ResultHit, *, explains: bool) -> Iterator[Line]:
    title = _marked(hit.title_parts, Look.TITLE, Look.TITLE_MARK)
    yield Line((Span(f"{number}. ", Look.NUMBER), *(title or (Span(UNTITLED, Look.DETAIL),))))
    yield Line(tuple(_details(hit)), INDENT)
    for fragment in hit.fragments:
        yield Line(_marked(fragment, Look.TEXT, Look.MARK), INDENT)
    if explains:
        yield from _why(hit)


def _marked(parts: Parts, plain: Look, mark: Look) -> tuple[Span, ...]:
    return tuple(Span(text, mark if is_hit else plain) for text, is_hit in parts)


def _details(hit: ResultHit) -> Iterator[Span]:
    """Source, date and id, dots between them."""
    if hit.source:
        yield from (Span(hit.source, Look.DETAIL), DOT)
    if hit.published:
        yield from (Span(hit.published[:MINUTES].replace("T", " "), Look.DETAIL, isolated=True), DOT)
    yield Span(hit.id, Look.DETAIL, isolated=True)


def _why(hit: ResultHit) -> Iterator[Line]:
    yield Line((Span(f"score {hit.score:.4f}", Look.DETAIL),), INDENT)
    for word, forms in hit.matched.items():
        yield Line((Span(f"{word}: {_row(forms)}", Look.DETAIL),), INDENT)


def _row(forms: Iterable[str]) -> str:
    return "، ".join(forms)
