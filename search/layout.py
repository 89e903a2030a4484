"""Results and articles as lines of text in parts that know how they look; `terminal` prints them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import Final

from index.article import Article
from index.record import record
from search import notices
from search.messages import Message
from search.results import Parts, ResultHit, Results
from search.runs import runs
from search.translation import AS_WRITTEN, SEPARATOR, Translator
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
    ARABIC = auto()  # from right to left as well, its dates in their order


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
UNTITLED: Final = Message("(بلا عنوان)")
NO_HITS: Final = Message("لم توجد مقالة تطابق البحث")
PAST_THE_END: Final = Message("لا نتائج بعد هذا الموضع")
PARTICULARS: Final = {
    "source": Message("المصدر"),
    "author": Message("الكاتب"),
    "category": Message("القسم"),
    "published": Message("التاريخ"),
    "url": Message("الرابط"),
    "id": Message("المعرّف"),
}
"""What is told of an article beside its text, in order, and what it is called."""

_LEFT_TO_RIGHT: Final = ("published", "url", "id")
_QUOTED: Final = re.compile(r"(?<=“)[^”]*(?=”)")
"""What in an English sentence is of a query or an article."""


def results_lines(
    results: Results,
    offset: int,
    explanation: Sequence[str] = (),
    chart: Iterable[Line] = (),
    translator: Translator = AS_WRITTEN,
) -> Iterator[Line]:
    """A page of results.

    Args:
        results: what was found.
        offset: how many hits were passed over.
        explanation: how the search was done; with it every hit says why it is there.
        chart: when they were published.
        translator: of what is said of them.
    """
    yield first_line(_total(results, offset), results.understood_in(translator.language), translator)
    yield from chart
    yield from bulleted(results.notices, translator)
    yield from (told(BULLET, offer.text, translator) for offer in results.offers)
    if explanation:
        yield BLANK
        yield from (Line((Span(line, Look.DETAIL),), is_english=True) for line in explanation)
    for number, hit in enumerate(results.hits, start=offset + 1):
        yield BLANK
        yield from _hit(number, hit, translator, explains=bool(explanation))


def first_line(total: Message, understood: str, translator: Translator) -> Line:
    """How much was found, and for what."""
    spans = (Span(": ", Look.TOTAL), *in_order(understood, Look.TEXT, translator)) if understood else ()
    return line((Span(translator.say(total), Look.TOTAL), *spans), translator)


def bulleted(notices: Sequence[str], translator: Translator = AS_WRITTEN) -> Iterator[Line]:
    """Notices, a bullet before each of several."""
    bullet = BULLET if len(notices) > 1 else ""
    yield from (told(bullet, notice, translator) for notice in notices)


def told(bullet: str, sentence: str, translator: Translator) -> Line:
    """A sentence to the reader."""
    return line(in_order(bullet + translator.say(sentence), Look.NOTICE, translator), translator)


def line(spans: Iterable[Span], translator: Translator, indent: int = 0) -> Line:
    """A line that runs as the language does."""
    return Line(tuple(spans), indent, is_english=not translator.is_arabic)


def in_order(text: str, look: Look = Look.TEXT, translator: Translator = AS_WRITTEN) -> Iterator[Span]:
    """A text in its line's language: in Arabic dates keep their order, in English Arabic between quotes."""
    if translator.is_arabic:
        for run, is_date in runs(text):
            yield Span(run, look, Way.LEFT_TO_RIGHT if is_date else Way.AS_IT_STANDS)
        return
    at = 0
    for quoted in _QUOTED.finditer(text):
        yield Span(text[at : quoted.start()], look)
        yield alone(quoted[0], look, translator)
        at = quoted.end()
    yield Span(text[at:], look)


def alone(text: str, look: Look, translator: Translator) -> Span:
    """A text that is not of its line: of a query or an article."""
    return Span(text, look, way_of(text, translator))


def article_lines(article: Article, translator: Translator = AS_WRITTEN) -> Iterator[Line]:
    """A whole article; its title and its text run as they do in the archive."""
    title = Line((Span(article.title, Look.TITLE),))
    yield title if article.title else line((Span(translator.say(UNTITLED), Look.DETAIL),), translator)
    for name, called in PARTICULARS.items():
        if value := getattr(article, name):
            shown = value.replace("T", " ") if name == "published" else value
            way = Way.LEFT_TO_RIGHT if name in _LEFT_TO_RIGHT else _way_of_name(shown, translator)
            link = value if name == "url" else None
            spans = Span(f"{translator.say(called)}: ", Look.DETAIL), Span(shown, Look.DETAIL, way, link)
            yield line(spans, translator)
    yield BLANK
    yield from (Line((Span(paragraph),)) if paragraph else BLANK for paragraph in article.body.split("\n"))


def _way_of_name(text: str, translator: Translator) -> Way:
    """The way of a source, an author or a category: in an Arabic line all are part of it."""
    return Way.AS_IT_STANDS if translator.is_arabic else way_of(text, translator)


def _total(results: Results, offset: int) -> Message:
    """`مقالتان`, `10 من 120 مقالة`, `11 إلى 20 من 120 مقالة`."""
    if not results.total:
        return NO_HITS
    shown, of_all = len(results.hits), notices.of_articles(results.total)
    if not shown and offset >= results.total:
        return Message("{places} من {articles}", places=PAST_THE_END, articles=of_all)
    if shown in (0, results.total):
        return notices.articles(results.total)
    last = offset + shown
    if offset and shown > 1:
        return Message("{first} إلى {last} من {articles}", first=offset + 1, last=last, articles=of_all)
    return Message("{places} من {articles}", places=last, articles=of_all)


def _hit(number: int, hit: ResultHit, translator: Translator, *, explains: bool) -> Iterator[Line]:
    title = _marked(hit.title_parts, (Look.TITLE, Look.TITLE_MARK), translator, hit.url)
    untitled = (Span(translator.say(UNTITLED), Look.DETAIL),)
    yield line((Span(f"{number}. ", Look.NUMBER), *(title or untitled)), translator)
    yield line(_details(hit, translator), translator, INDENT)
    for fragment in hit.fragments:
        yield line(_marked(fragment, (Look.TEXT, Look.MARK), translator), translator, INDENT)
    if explains:
        yield from _why(hit, translator)


def _marked(
    parts: Parts, looks: tuple[Look, Look], translator: Translator, link: str | None = None
) -> tuple[Span, ...]:
    """A text with its words that matched; they have the second of two looks."""
    way = way_of("".join(text for text, _ in parts), translator)
    return tuple(Span(text, looks[is_hit], way, link) for text, is_hit in parts)


def way_of(text: str, translator: Translator = AS_WRITTEN) -> Way:
    """The way of a text by its first letter that has one, as `dir="auto"` has it; Arabic is as its line."""
    found = map(unicodedata.bidirectional, text)
    first = next((each for each in found if each in ("L", "R", "AL")), "AL")
    if first == "L":
        return Way.LEFT_TO_RIGHT
    return Way.AS_IT_STANDS if translator.is_arabic else Way.ARABIC


def _details(hit: ResultHit, translator: Translator) -> Iterator[Span]:
    """Source, date and id, dots between them."""
    if hit.source:
        yield from (Span(hit.source, Look.DETAIL, _way_of_name(hit.source, translator)), DOT)
    if hit.published:
        yield from (Span(hit.published[:MINUTES].replace("T", " "), Look.DETAIL, Way.LEFT_TO_RIGHT), DOT)
    yield Span(hit.id, Look.DETAIL, Way.LEFT_TO_RIGHT)


def _why(hit: ResultHit, translator: Translator) -> Iterator[Line]:
    yield line((Span(f"score {hit.score:.4f}", Look.DETAIL),), translator, INDENT)
    for (word, how), forms in grouped(hit.why).items():
        yield line(_reason(word, forms, how, translator), translator, INDENT)


def _reason(word: str, forms: Iterable[str], how: str, translator: Translator) -> Iterator[Span]:
    comma = translator.say(SEPARATOR)
    for number, each in enumerate((word, *forms)):
        if number:
            yield Span(comma if number > 1 else ": ", Look.DETAIL)
        yield Span(each, Look.DETAIL, _way_of_name(each, translator))
    yield Span(f" ({how})", Look.DETAIL)
