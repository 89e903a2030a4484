"""Dates, numbers and names as a reader of the page writes them; the filters of the templates."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from flask import Flask, Response
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup, escape

from search import notices
from search.results import Parts
from search.runs import runs, runs_right_to_left
from web.dates import by_dates
from web.hijri import hijri
from web.languages import language, say
from web.typed import in_field

MONTHS: Final = (
    lazy_gettext("كانون الثاني/يناير"),
    lazy_gettext("شباط/فبراير"),
    lazy_gettext("آذار/مارس"),
    lazy_gettext("نيسان/أبريل"),
    lazy_gettext("أيار/مايو"),
    lazy_gettext("حزيران/يونيو"),
    lazy_gettext("تموز/يوليو"),
    lazy_gettext("آب/أغسطس"),
    lazy_gettext("أيلول/سبتمبر"),
    lazy_gettext("تشرين الأول/أكتوبر"),
    lazy_gettext("تشرين الثاني/نوفمبر"),
    lazy_gettext("كانون الأول/ديسمبر"),
)
"""Each month by its name in the Levant and in Egypt: an archive has readers of both."""

REMEMBERED: Final = 10_000
"""Days and numbers in words that are remembered: to translate takes longer than all else of a drawing."""

# What no page may contain: to a browser a NUL is an error, and the others say nothing to a reader.
_CONTROLS: Final = bytes([*range(9), 11, 12, *range(14, 32), 127])
_UNSHOWN: Final = dict.fromkeys(_CONTROLS)

_DRAWN: Final = frozenset({"text/html", "image/svg+xml"})
"""What templates make."""

_QUOTED: Final = re.compile("(?<=[«“])([^«»“”]+)(?=[»”])")


def day(moment: date | str) -> str:
    """A day with its month's two names: `17 شباط/فبراير 2019`, in English `17 February 2019`.

    Args:
        moment: a day, or one in ISO 8601 for which `is_dated` holds; its time is left out.
    """
    known = moment if isinstance(moment, date) else date.fromisoformat(moment[:10])
    return f"{known.day} {MONTHS[known.month - 1]} {known.year}"


def is_dated(moment: str) -> bool:
    """Whether a date of publication is ISO 8601; one that is not is shown as it is."""
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        return False
    return True


def clock(moment: str) -> str:
    """Hours and minutes of an ISO 8601 moment; empty for one that is a day only."""
    return moment[11:16]


def month(name: str) -> str:
    """A month, `YYYY-MM`, by its two names: `شباط/فبراير 2019`."""
    first = first_of(name)
    return f"{MONTHS[first.month - 1]} {first.year}"


def first_of(name: str) -> date:
    """The first day of a month, `YYYY-MM`."""
    return date.fromisoformat(f"{name}-01")


def last_of(name: str) -> date:
    """The last day of a month, `YYYY-MM`."""
    first = first_of(name)
    return first.replace(day=monthrange(first.year, first.month)[1])


def span(first: date | None, last: date | None) -> str:
    """A span of days in words; a whole month by its name."""
    if first and last:
        if first.day == 1 and last == last_of(first.isoformat()[:7]):
            return month(first.isoformat()[:7])
        return day(first) if first == last else _spanning(first, last)
    if first:
        return str(gettext("منذ {day}")).format(day=day(first))
    return str(gettext("حتى {day}")).format(day=day(last)) if last else ""


def _spanning(first: date, last: date) -> str:
    return str(gettext("من {first} إلى {last}")).format(first=day(first), last=day(last))


def named(first: date, last: date) -> str:
    """Some days in words as short as can be: a whole year by its number, whole years by two, else a span."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    return _named(first, last, language())


@lru_cache(REMEMBERED)
def _named(first: date, last: date, _language: str) -> str:
    """A span in the language of the page; a timeline names the same days again and again."""
    return span(first, last)


def number(value: int) -> str:
    """A number with its thousands apart."""
    return f"{value:,}"


def articles(count: int) -> str:
    """So many articles, in the number that grammar wants."""
    return _articles(count, language())


@lru_cache(REMEMBERED)
def _articles(count: int, _language: str) -> str:
    return say(notices.articles(count)) if count else str(gettext("لا مقالات"))


def is_cut(fragment: Parts) -> bool:
    """Whether a fragment ends within a sentence: then it ends with a word, and the text goes on."""
    return bool(fragment) and fragment[-1][0][-1].isalnum()


def shown(value: object) -> object:
    """What may stand on a page: texts without control characters; everything else as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.translate(_UNSHOWN)
    return value


def isolated(sentence: str) -> Markup:
    """A sentence in which what stands in quotation marks keeps its own direction, and lets the rest keep its.

    What is quoted are words of a reader or of the archive, in any script: without it «FARC» at the beginning
    of an Arabic sentence, or two Arabic words in an English one, would put the others in a wrong order.
    """
    parts = _QUOTED.split(str(shown(sentence)))
    return Markup().join(
        Markup(f"<bdi>{part}</bdi>") if at % 2 else part  # noqa: S704 - it is escaped
        for at, part in enumerate(map(_in_order, parts))
    )


def base(text: str | Sequence[tuple[str, object]]) -> str:
    """How a text of the archive, or its pieces, runs, as the attribute `dir` has it.

    An Arabic headline may begin with a Latin word; a browser left alone would take it for an English one.
    """
    whole = text if isinstance(text, str) else "".join(piece for piece, _ in text)
    return "rtl" if runs_right_to_left(whole) else "auto"


def in_order(text: str) -> Markup:
    """A text in which dates with hyphens keep their order: `2019-02` in an Arabic line is not 02-2019."""
    return _in_order(str(shown(text)))


def _in_order(text: str) -> Markup:
    """The same of a text without control characters; most have no hyphen, so no date."""
    if "-" not in text:
        return escape(text)
    return Markup().join(
        Markup('<bdi dir="ltr">{}</bdi>').format(piece) if is_date else piece for piece, is_date in runs(text)
    )  # which escapes the others


def _without_controls(response: Response) -> Response:
    """A page as it may be sent. In UTF-8 these characters are bytes of their own, so all go at once."""
    if response.mimetype in _DRAWN and not (response.is_streamed or response.direct_passthrough):
        drawn = response.get_data()
        if len(kept := drawn.translate(None, _CONTROLS)) < len(drawn):
            response.set_data(kept)
    return response


FILTERS: Final[dict[str, Any]] = {
    "articles": articles,
    "base": base,
    "by_dates": by_dates,
    "clock": clock,
    "day": day,
    "hijri": hijri,
    "in_field": in_field,
    "in_order": in_order,
    "isolated": isolated,
    "number": number,
    "shown": shown,
}


def register(app: Flask) -> None:
    """Teach the templates of an application to write so."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.tests.update(cut=is_cut, dated=is_dated)
    app.after_request(_without_controls)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
