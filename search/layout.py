"""Results and articles as lines of text in parts that know how they look; `terminal` prints them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import Final

from index.article import Article
from index.record import record
from search import notices
from search.results import Parts, ResultHit, Results
from search.runs import runs
from search.why import grouped


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
    CHART = auto()


class Way(Enum):
    """The way a span runs whatever stands around it; `AS_IT_STANDS` is part of its line."""

    AS_IT_STANDS = auto()
    LEFT_TO_RIGHT = auto()
    RIGHT_TO_LEFT = auto()


@record
class Span:
    """A piece of a line.

    Attributes:
        way: spans side by side that run one way of their own run so together.
        link: where it leads, on a terminal that can follow: an address on the web.
    """

    text: str
    look: Look = Look.TEXT
    way: Way = Way.AS_IT_STANDS
    link: str | None = None


@record
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


def results_lines(
    results: Results, offset: int, explanation: Sequence[str] = (), chart: Iterable[Line] = ()
) -> Iterator[Line]:
    """A page of results.

    Args:
        results: what was found.
        offset: how many hits were passed over.
        explanation: how the search was done; with it every hit says why it is there.
        chart: when they were published.
    """
    yield Line((Span(_total(results, offset), Look.TOTAL), *_understood(results)))
    yield from chart
    yield from bulleted(results.notices)
    yield from (Line((Span(BULLET + offer.text, Look.NOTICE),)) for offer in results.offers)
    if explanation:
        yield BLANK
        yield from (Line((Span(line, Look.DETAIL),), is_english=True) for line in explanation)
    for number, hit in enumerate(results.hits, start=offset + 1):
        yield BLANK
        yield from _hit(number, hit, explains=bool(explanation))


def bulleted(told: Sequence[str]) -> Iterator[Line]:
    """Notices, a bullet before each of several."""
    bullet = BULLET if len(told) > 1 else ""
    yield from (Line(tuple(in_order(bullet + notice, Look.NOTICE))) for notice in told)


def in_order(text: str, look: Look = Look.TEXT) -> Iterator[Span]:
    """A text of an Arabic line, whose dates keep their order."""
    for run, is_date in runs(text):
        yield Span(run, look, Way.LEFT_TO_RIGHT if is_date else Way.AS_IT_STANDS)


def article_lines(article: Article) -> Iterator[Line]:
    """A whole article."""
    yield Line((Span(article.title, Look.TITLE) if article.title else Span(UNTITLED, Look.DETAIL),))
    for name, called in PARTICULARS.items():
        if value := getattr(article, name):
            shown = value.replace("T", " ") if name == "published" else value
            way = Way.LEFT_TO_RIGHT if name in _LEFT_TO_RIGHT else Way.AS_IT_STANDS
            link = value if name == "url" else None
            yield Line((Span(f"{called}: ", Look.DETAIL), Span(shown, Look.DETAIL, way, link)))
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
    return (Span(": ", Look.TOTAL), *in_order(results.understood)) if results.understood else ()


def _hit(number: int, hit: ResultHit, *, explains: bool) -> Iterator[Line]:
    title = _marked(hit.title_parts, Look.TITLE, Look.TITLE_MARK, hit.url)
    yield Line((Span(f"{number}. ", Look.NUMBER), *(title or (Span(UNTITLED, Look.DETAIL),))))
    yield Line(tuple(_details(hit)), INDENT)
    for fragment in hit.fragments:
        yield Line(_marked(fragment, Look.TEXT, Look.MARK), INDENT)
    if explains:
        yield from _why(hit)


def _marked(parts: Parts, plain: Look, mark: Look, link: str | None = None) -> tuple[Span, ...]:
    way = way_of("".join(text for text, _ in parts))
    return tuple(Span(text, mark if is_hit else plain, way, link) for text, is_hit in parts)


def way_of(text: str) -> Way:
    """The way of a text by its first letter that has one, as `dir="auto"` has it; Arabic is as its line."""
    found = map(unicodedata.bidirectional, text)
    first = next((each for each in found if each in ("L", "R", "AL")), "AL")
    return Way.LEFT_TO_RIGHT if first == "L" else Way.AS_IT_STANDS


def _details(hit: ResultHit) -> Iterator[Span]:
    """Source, date and id, dots between them."""
    if hit.source:
        yield from (Span(hit.source, Look.DETAIL), DOT)
    if hit.published:
        yield from (Span(hit.published[:MINUTES].replace("T", " "), Look.DETAIL, Way.LEFT_TO_RIGHT), DOT)
    yield Span(hit.id, Look.DETAIL, Way.LEFT_TO_RIGHT)


def _why(hit: ResultHit) -> Iterator[Line]:
    yield Line((Span(f"score {hit.score:.4f}", Look.DETAIL),), INDENT)
    for (word, how), forms in grouped(hit.why).items():
        yield Line((Span(f"{word}: {_row(forms)} ({how})", Look.DETAIL),), INDENT)


def _row(forms: Iterable[str]) -> str:
    return "، ".join(forms)
