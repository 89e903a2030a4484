"""The parameters of an address: how each is read, as tables; what can't be read is named to the reader."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from index.record import record, replace
from search.grammar import Bound, Period, read_dates
from search.results import Match, Order
from search.service import MAX_LIMIT
from search.timeline import Unit
from web.asked import MAX_NUMBER, Asked
from web.languages import LANGUAGES, PARAMETER
from web.typed import out_of_field

MAX_ECHO: Final = 40
"""Characters of a bad value that are shown again."""

MOST_NAMES: Final = 100
"""Sources, authors or categories of one address: a page links to the same search without each of them, so
that it grows with the square of their number."""


@record
class Problem:
    """A parameter that can't be used: what is wrong with it, and what was taken instead."""

    reason: str
    instead: str
    name: str = ""

    def __str__(self) -> str:
        return str(gettext("{reason}، {instead}.")).format(reason=self.reason, instead=self.instead)


@record
class _Parameter:
    """How one parameter is read: the attribute it sets, and what is said when its value is no good.

    The sentences are translated when they are shown. `allowed` is what one can name: the largest number, or
    the words that there are.
    """

    attribute: str
    read: Callable[[str], Any]  # None for a value that is no good
    reason: str
    instead: str = ""
    allowed: object = None


Parameters: TypeAlias = Mapping[str, _Parameter]


def _number(smallest: int, largest: int) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        if not text.isdecimal() or len(text.lstrip("0")) > len(str(MAX_NUMBER)):
            return None
        return int(text) if smallest <= int(text) <= largest else None

    return read


def _page(text: str) -> int | None:
    """A page; one that no archive has is taken for the last that could be."""
    return min(int(text[:100]), MAX_NUMBER) or None if text.isdecimal() else None


def _sort(text: str) -> Order | None:
    return Order(text) if text in tuple(Order) else None


def _match(text: str) -> Match | None:
    return Match(text) if text in tuple(Match) else None


def _unit(text: str) -> Unit | None:
    return Unit(text) if text in tuple(Unit) else None


def _flag(text: str) -> bool | None:
    return {"0": False, "1": True}.get(text)


def _day(end: Callable[[Period], date]) -> Callable[[str], date | None]:
    def read(text: str) -> date | None:
        dates = read_dates(Bound.ON, text)
        if dates is None or dates.start is None or dates.start != dates.end:
            return None
        return end(dates.start)

    return read


_DATE_REASON: Final = lazy_gettext(
    "لم يُفهم «{value}» تاريخًا في «{name}»، ويُكتب التاريخ هكذا: 2019 أو 2019-02 أو 2019-02-28"
)
_LEFT_OUT: Final = lazy_gettext("فأُهمل")
SEARCH_PARAMETERS: Final[Mapping[str, _Parameter]] = {
    "page": _Parameter(
        "page", _page, lazy_gettext("رقم الصفحة «{value}» غير صالح"), lazy_gettext("فعُرضت الصفحة الأولى")
    ),
    "sort": _Parameter(
        "sort",
        _sort,
        lazy_gettext("الترتيب «{value}» غير معروف"),
        lazy_gettext("فرُتّبت النتائج بحسب صلتها بالبحث"),
    ),
    "match": _Parameter(
        "match",
        _match,
        lazy_gettext("«{value}» ليس all ولا any في «{name}»"),
        lazy_gettext("فبُحث عما فيه كل الكلمات"),
    ),
    "expand": _Parameter(
        "expand",
        _flag,
        lazy_gettext("«{value}» ليس 0 ولا 1 في «{name}»"),
        lazy_gettext("فبُحث أيضًا عن صور الكلمات الأخرى"),
    ),
    "from": _Parameter("first", _day(lambda period: period.first), _DATE_REASON, _LEFT_OUT),
    "to": _Parameter("last", _day(lambda period: period.last), _DATE_REASON, _LEFT_OUT),
}
PAGE_PARAMETERS: Final[Mapping[str, _Parameter]] = {
    **SEARCH_PARAMETERS,
    "unit": _Parameter(
        "unit",
        _unit,
        lazy_gettext("«{value}» ليس في «{name}» من {allowed}"),
        lazy_gettext("فاختيرت وحدة تناسب المدة"),
        allowed=", ".join(Unit),
    ),
    "share": _Parameter(
        "share", _flag, lazy_gettext("«{value}» ليس 0 ولا 1 في «{name}»"), lazy_gettext("فعُرضت الأعداد")
    ),
}
_COUNT_REASON: Final = lazy_gettext("{name} «{value}» ليس عددًا صحيحًا بين 0 و{allowed}")
API_PARAMETERS: Final[Mapping[str, _Parameter]] = {
    **PAGE_PARAMETERS,
    "limit": _Parameter("limit", _number(0, MAX_LIMIT), _COUNT_REASON, allowed=MAX_LIMIT),
    "offset": _Parameter("offset", _number(0, MAX_NUMBER), _COUNT_REASON, allowed=MAX_NUMBER),
}
NAMED: Final[Mapping[str, str]] = {"source": "sources", "author": "authors", "category": "categories"}
"""Parameters whose values are names, any of which is enough, and the attributes that they set."""

FREE: Final = frozenset({"q", *NAMED, PARAMETER})
"""Parameters whose values may be any."""

KNOWN: Final = FREE | API_PARAMETERS.keys()
"""All parameters of a search of the API."""

_LANGUAGE: Final = _Parameter(
    "", str, lazy_gettext("اللغة «{value}» غير معروفة"), lazy_gettext("فعُرضت الصفحة بالعربية")
)
_TOO_MANY: Final = _Parameter(
    "",
    str,
    lazy_gettext("في «{name}» {value} من الأسماء، والحد الأقصى {allowed}"),
    lazy_gettext("فأُخذ أولها"),
    allowed=MOST_NAMES,
)
_SWAPPED: Final = (lazy_gettext("تاريخ البداية يأتي بعد تاريخ النهاية"), lazy_gettext("فعُكس ترتيبهما"))


def read(
    values: MultiDict[str, str], parameters: Mapping[str, _Parameter] = PAGE_PARAMETERS
) -> tuple[Asked, list[Problem]]:
    """The search that an address asks for, and what in it is no good."""
    read_values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, parameter in parameters.items():
        text = values.get(name, "").strip()
        value = parameter.read(text) if text else None
        if value is not None:
            read_values[parameter.attribute] = value
        elif text:
            problems.append(_problem(name, text, parameter))
    if (code := values.get(PARAMETER, "").strip()) and code not in LANGUAGES:
        problems.append(_problem(PARAMETER, code, _LANGUAGE))
    for name, attribute in NAMED.items():
        given = values.getlist(name)
        read_values[attribute] = _names(given[:MOST_NAMES])
        if len(given) > MOST_NAMES:
            problems.append(_problem(name, str(len(given)), _TOO_MANY))
    asked = Asked(out_of_field(values.get("q", "")), **read_values)
    if asked.first and asked.last and asked.first > asked.last:
        return replace(asked, first=asked.last, last=asked.first), [
            *problems,
            Problem(str(_SWAPPED[0]), str(_SWAPPED[1]), "from"),
        ]
    return asked, problems


def _problem(name: str, text: str, parameter: _Parameter) -> Problem:
    reason = parameter.reason.format(value=shortened(text), name=name, allowed=parameter.allowed)
    return Problem(reason, str(parameter.instead), name)


def unknown(values: MultiDict[str, str], known: Collection[str] = KNOWN) -> list[Problem]:
    """Parameters that the API doesn't have: a misspelt one must not change what is found."""
    names = [name for name in values if name not in known]
    reason = str(gettext("لا يُعرف وسيط باسم «{name}»"))
    return [Problem(reason.format(name=shortened(name)), str(_LEFT_OUT), shortened(name)) for name in names]


def _names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for value in values if (name := value.strip())))


def shortened(text: str) -> str:
    """A value that is no good, as it is shown again."""
    return text if len(text) <= MAX_ECHO else text[:MAX_ECHO] + "…"
