"""What the commands of the shell do; each gets the session and what stands after its name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from index.record import replace
from search.commands.common import is_terminal
from search.grammar import Bound, read_dates
from search.kwic import KwicOrder, KwicQuery
from search.kwic import kwic as find_lines
from search.kwic_layout import kwic_lines
from search.layout import Line, article_lines
from search.messages import Message
from search.notices import articles
from search.results import Match, Order, SearchQuery
from search.screen import screen
from search.shell.session import Session
from search.translation import SEPARATOR

MAX_LIMIT: Final = 1000
"""Results that are shown at once."""

SINCE: Final = Message("منذ: {day}.")
UNTIL: Final = Message("حتى: {day}.")
ANY_DATE: Final = Message("أي تاريخ")
NO_DATE: Final = Message("لم يُفهم «{value}» تاريخًا، ويُكتب هكذا: 2019 أو 2019-02 أو 2019-02-28.")
EXPANDED: Final = Message("يُبحث أيضًا عن صور الكلمات الأخرى.")
AS_TYPED: Final = Message("يُبحث عن الكلمات كما كُتبت وحدها.")


def _number(session: Session, argument: str) -> str | None:
    """The id of the result of this number; None where there is none, which is a failure."""
    hits, first = (session.results.hits, session.asked.offset + 1) if session.results else ((), 1)
    try:
        at = int(argument) - first  # digits of any kind
    except ValueError:
        return None
    return hits[at].id if 0 <= at < len(hits) else None


def open_(session: Session, argument: str) -> Iterator[Line]:
    """Open a result."""
    if (found := _number(session, argument)) is None:
        yield from session.fail(_no_result(session, argument))
    elif not session.opener(session.library, found):
        yield from session.fail(Message("تعذّر فتح المقالة."))


def show(session: Session, argument: str) -> Iterator[Line]:
    """Show the text of a result."""
    found = _number(session, argument)
    article = None if found is None else session.library.archive.get(found)
    if article is None:
        return session.fail(_no_result(session, argument))
    return article_lines(article, session.translator)


def _no_result(session: Session, argument: str) -> Message:
    if session.results is None or not session.results.hits:
        return Message("لا نتائج بعد: اكتب كلمات للبحث أولًا.")
    first, count = session.asked.offset + 1, len(session.results.hits)
    return Message(
        "لا نتيجة برقم «{number}» هنا: الأرقام من {first} إلى {last}.",
        number=argument,
        first=first,
        last=first + count - 1,
    )


def next_(session: Session, _: str) -> Iterator[Line]:
    """Show the results that follow."""
    if session.results is None:
        return session.fail(_no_result(session, ""))
    following = session.asked.offset + session.asked.limit
    if following >= session.results.total:
        counted = articles(session.results.total)
        return session.fail(Message("هذه آخر النتائج، وعددها كلها: {articles}.", articles=counted))
    return session.find(replace(session.asked, offset=following))


def previous(session: Session, _: str) -> Iterator[Line]:
    """Show the results before."""
    if session.results is None:
        return session.fail(_no_result(session, ""))
    if not session.asked.offset:
        return session.fail(Message("هذه أولى النتائج."))
    return session.find(replace(session.asked, offset=max(0, session.asked.offset - session.asked.limit)))


def sort(session: Session, argument: str) -> Iterator[Line]:
    """Set the order."""
    if argument not in tuple(Order):
        return session.fail(
            Message("الترتيب واحد من هذه: {orders}.", orders=session.translator.say(SEPARATOR).join(Order))
        )
    told = Message("الترتيب: {order}.", order=argument)
    return session.change(replace(session.asked, sort=Order(argument)), told)


def limit(session: Session, argument: str) -> Iterator[Line]:
    """Set how many results are shown at once."""
    if not argument.isdecimal() or not 1 <= int(argument[:9]) <= MAX_LIMIT:
        return session.fail(Message("عدد النتائج في المرة رقم من 1 إلى {most}.", most=MAX_LIMIT))
    told = Message("عدد النتائج في المرة: {number}.", number=int(argument))
    return session.change(replace(session.asked, limit=int(argument)), told)


def name(kind: str, called: Message) -> Callable[[Session, str], Iterator[Line]]:
    """A command that confines the search to one source, author or category.

    Args:
        kind: `source`, `author` or `category`.
        called: what it is called.
    """

    def named(session: Session, argument: str) -> Iterator[Line]:
        chosen = (argument,) if argument else ()
        told = (
            Message("{field}: {name}.", field=called, name=argument)
            if argument
            else Message("{field}: الكل.", field=called)
        )
        return session.change(_with_names(session.asked, kind, chosen), told)

    return named


def _with_names(asked: SearchQuery, kind: str, chosen: tuple[str, ...]) -> SearchQuery:
    match kind:
        case "source":
            return replace(asked, sources=chosen)
        case "author":
            return replace(asked, authors=chosen)
        case _:
            return replace(asked, categories=chosen)


def since(session: Session, argument: str) -> Iterator[Line]:
    """Only what is published since then."""
    return _dated(session, argument, SINCE, lambda asked, days: replace(asked, first=days and days[0]))


def until(session: Session, argument: str) -> Iterator[Line]:
    """Only what is published until then."""
    return _dated(session, argument, UNTIL, lambda asked, days: replace(asked, last=days and days[1]))


_Days = tuple[date, date] | None


def _dated(
    session: Session, argument: str, called: Message, taken: Callable[[SearchQuery, _Days], SearchQuery]
) -> Iterator[Line]:
    dates = read_dates(Bound.ON, argument) if argument else None
    if argument and (dates is None or dates.start is None or dates.start != dates.end):
        return session.fail(NO_DATE.format(value=argument))
    days = (dates.start.first, dates.start.last) if dates and dates.start else None
    asked = taken(session.asked, days)
    if asked.first and asked.last and asked.first > asked.last:
        return session.fail(
            Message("لا يوم منذ {first} وحتى {last} معًا.", first=asked.first, last=asked.last)
        )
    return session.change(asked, called.format(day=argument or ANY_DATE))


def any_(session: Session, _: str) -> Iterator[Line]:
    """Any of the words is enough; or all again."""
    is_any = session.asked.match is Match.ANY
    match = Match.ALL if is_any else Match.ANY
    told = Message("يُبحث عن كل الكلمات.") if is_any else Message("تكفي كلمة من الكلمات.")
    return session.change(replace(session.asked, match=match), told)


def typed(session: Session, _: str) -> Iterator[Line]:
    """Only the words as they were typed; or others too, again."""
    expand = not session.asked.expand
    return session.change(replace(session.asked, expand=expand), EXPANDED if expand else AS_TYPED)


def clear(session: Session, _: str) -> Iterator[Line]:
    """The same words in the whole archive, in the usual order."""
    fresh = SearchQuery(session.asked.text, limit=session.asked.limit)
    return session.change(fresh, Message("في الأرشيف كله، والأوثق صلة أولًا."))


def kwic(session: Session, argument: str) -> Iterator[Line]:
    """Show every occurrence in its line."""
    if argument and argument not in tuple(KwicOrder):
        return session.fail(
            Message(
                "ترتيب المواضع واحد من هذه: {orders}.",
                orders=session.translator.say(SEPARATOR).join(KwicOrder),
            )
        )
    if session.results is None:
        return session.fail(_no_result(session, ""))
    found = find_lines(session.library, KwicQuery(session.asked, KwicOrder(argument or KwicOrder.RELEVANCE)))
    width = screen().width if is_terminal(sys.stdout) else None
    return kwic_lines(found, 0, width, session.translator)
