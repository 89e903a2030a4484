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
from search.notices import articles
from search.results import Match, Order, SearchQuery
from search.screen import screen
from search.shell.session import Session

MAX_LIMIT: Final = 1000
"""Results that are shown at once."""


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
        yield from session.fail("تعذّر فتح المقالة.")


def show(session: Session, argument: str) -> Iterator[Line]:
    """Show the text of a result."""
    found = _number(session, argument)
    article = None if found is None else session.library.archive.get(found)
    if article is None:
        return session.fail(_no_result(session, argument))
    return article_lines(article)


def _no_result(session: Session, argument: str) -> str:
    if session.results is None or not session.results.hits:
        return "لا نتائج بعد: اكتب كلمات للبحث أولًا."
    first, count = session.asked.offset + 1, len(session.results.hits)
    return f"لا نتيجة برقم «{argument}» هنا: الأرقام من {first} إلى {first + count - 1}."


def next_(session: Session, _: str) -> Iterator[Line]:
    """Show the results that follow."""
    if session.results is None:
        return session.fail(_no_result(session, ""))
    following = session.asked.offset + session.asked.limit
    if following >= session.results.total:
        return session.fail(f"هذه آخر النتائج، وعددها كلها: {articles(session.results.total)}.")
    return session.find(replace(session.asked, offset=following))


def previous(session: Session, _: str) -> Iterator[Line]:
    """Show the results before."""
    if session.results is None:
        return session.fail(_no_result(session, ""))
    if not session.asked.offset:
        return session.fail("هذه أولى النتائج.")
    return session.find(replace(session.asked, offset=max(0, session.asked.offset - session.asked.limit)))


def sort(session: Session, argument: str) -> Iterator[Line]:
    """Set the order."""
    if argument not in tuple(Order):
        return session.fail(f"الترتيب واحد من هذه: {'، '.join(Order)}.")
    return session.change(replace(session.asked, sort=Order(argument)), f"الترتيب: {argument}.")


def limit(session: Session, argument: str) -> Iterator[Line]:
    """Set how many results are shown at once."""
    if not argument.isdecimal() or not 1 <= int(argument[:9]) <= MAX_LIMIT:
        return session.fail(f"عدد النتائج في المرة رقم من 1 إلى {MAX_LIMIT}.")
    return session.change(
        replace(session.asked, limit=int(argument)), f"عدد النتائج في المرة: {int(argument)}."
    )


def name(kind: str, called: str) -> Callable[[Session, str], Iterator[Line]]:
    """A command that confines the search to one source, author or category.

    Args:
        kind: `source`, `author` or `category`.
        called: what it is called.
    """

    def named(session: Session, argument: str) -> Iterator[Line]:
        chosen = (argument,) if argument else ()
        told = f"{called}: {argument}." if argument else f"{called}: الكل."
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
    return _dated(session, argument, "منذ", lambda asked, days: replace(asked, first=days and days[0]))


def until(session: Session, argument: str) -> Iterator[Line]:
    """Only what is published until then."""
    return _dated(session, argument, "حتى", lambda asked, days: replace(asked, last=days and days[1]))


_Days = tuple[date, date] | None


def _dated(
    session: Session, argument: str, called: str, taken: Callable[[SearchQuery, _Days], SearchQuery]
) -> Iterator[Line]:
    dates = read_dates(Bound.ON, argument) if argument else None
    if argument and (dates is None or dates.start is None or dates.start != dates.end):
        return session.fail(f"لم يُفهم «{argument}» تاريخًا، ويُكتب هكذا: 2019 أو 2019-02 أو 2019-02-28.")
    days = (dates.start.first, dates.start.last) if dates and dates.start else None
    asked = taken(session.asked, days)
    if asked.first and asked.last and asked.first > asked.last:
        return session.fail(f"لا يوم منذ {asked.first} وحتى {asked.last} معًا.")
    return session.change(asked, f"{called}: {argument or 'أي تاريخ'}.")


def any_(session: Session, _: str) -> Iterator[Line]:
    """Any of the words is enough; or all again."""
    is_any = session.asked.match is Match.ANY
    match = Match.ALL if is_any else Match.ANY
    told = "يُبحث عن كل الكلمات." if is_any else "تكفي كلمة من الكلمات."
    return session.change(replace(session.asked, match=match), told)


def typed(session: Session, _: str) -> Iterator[Line]:
    """Only the words as they were typed; or others too, again."""
    expand = not session.asked.expand
    told = "يُبحث أيضًا عن صور الكلمات الأخرى." if expand else "يُبحث عن الكلمات كما كُتبت وحدها."
    return session.change(replace(session.asked, expand=expand), told)


def clear(session: Session, _: str) -> Iterator[Line]:
    """The same words in the whole archive, in the usual order."""
    fresh = SearchQuery(session.asked.text, limit=session.asked.limit)
    return session.change(fresh, "في الأرشيف كله، والأوثق صلة أولًا.")


def kwic(session: Session, argument: str) -> Iterator[Line]:
    """Show every occurrence in its line."""
    if argument and argument not in tuple(KwicOrder):
        return session.fail(f"ترتيب المواضع واحد من هذه: {'، '.join(KwicOrder)}.")
    if session.results is None:
        return session.fail(_no_result(session, ""))
    found = find_lines(session.library, KwicQuery(session.asked, KwicOrder(argument or KwicOrder.RELEVANCE)))
    return kwic_lines(found, 0, screen().width if is_terminal(sys.stdout) else None)
