"""What an address asks for: its parameters read by a table, each that can't be read named to the reader."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from index.record import record, replace
from search.grammar import Bound, Period, read_dates
from search.results import Match, Order, SearchQuery
from search.service import MAX_LIMIT
from search.timeline import Unit
from web.languages import LANGUAGES, PARAMETER
from web.typed import out_of_field

PAGE_SIZE: Final = 10
"""Hits on a page."""

MAX_NUMBER: Final = 2**31 - 1
"""The largest page or offset: more articles than an index can hold."""

MAX_ECHO: Final = 40
"""Characters of a bad value that are shown again."""


@record
class Asked:
    """A search as an address has it.

    Attributes:
        text: as typed.
        page: from 1.
        sources, authors, categories: whole names; empty for all.
        first, last: days, both included; None for open.
        limit, offset: the API's way to page; None for a page of `PAGE_SIZE`.
        match: how many of the words an article must have.
        expand: whether words may be looked for that were not typed.
        unit: what a bar of the timeline stands for; None for what fits.
        share: whether the timeline shows shares of all articles, and not how many matched.
    """

    text: str = ""
    page: int = 1
    sort: Order = Order.RELEVANCE
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    limit: int | None = None
    offset: int | None = None
    match: Match = Match.ALL
    expand: bool = True
    categories: tuple[str, ...] = ()
    unit: Unit | None = None
    share: bool = False

    def query(self) -> SearchQuery:
        """The search that `search.service` is asked for."""
        limit = PAGE_SIZE if self.limit is None else self.limit
        offset = min((self.page - 1) * limit, MAX_NUMBER) if self.offset is None else self.offset
        return SearchQuery(
            self.text,
            limit,
            offset,
            self.sort,
            self.sources,
            self.authors,
            self.first,
            self.last,
            self.match,
            self.expand,
            self.categories,
        )

    def widened(self) -> Asked:
        """The same search, any of its words enough."""
        return replace(self, match=Match.ANY, page=1)

    def expanded(self) -> Asked:
        """The same search, and what was not typed too."""
        return replace(self, expand=True, page=1)

    def parameters(self) -> dict[str, Any]:
        """Of the address of this search; what is as usual is left out, the query never."""
        written = {
            "q": self.text,
            "source": list(self.sources),
            "author": list(self.authors),
            "category": list(self.categories),
            "from": self.first and self.first.isoformat(),
            "to": self.last and self.last.isoformat(),
            "match": self.match.value if self.match is not Match.ALL else None,
            "expand": None if self.expand else "0",
            "sort": self.sort.value if self.sort is not Order.RELEVANCE else None,
            "page": str(self.page) if self.page > 1 else None,
            "unit": self.unit and self.unit.value,
            "share": "1" if self.share else None,
        }
        return {name: value for name, value in written.items() if value or name == "q"}

    @property
    def is_narrowed(self) -> bool:
        """Whether the search is confined to sources, authors, categories or days."""
        return bool(self.sources or self.authors or self.categories or self.first or self.last)

    @property
    def has_words(self) -> bool:
        """Whether anything was typed; without words no article is more relevant than another."""
        return bool(self.text.strip())

    def bare(self) -> Asked:
        """The same search without what its timeline looks like: what programs ask for."""
        return replace(self, unit=None, share=False)


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
FREE: Final = frozenset({"q", "source", "author", "category", PARAMETER})
"""Parameters whose values may be any."""

KNOWN: Final = FREE | API_PARAMETERS.keys()
"""All parameters of a search of the API."""

_LANGUAGE: Final = _Parameter(
    "", str, lazy_gettext("اللغة «{value}» غير معروفة"), lazy_gettext("فعُرضت الصفحة بالعربية")
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
    asked = Asked(
        out_of_field(values.get("q", "")),
        sources=_names(values.getlist("source")),
        authors=_names(values.getlist("author")),
        categories=_names(values.getlist("category")),
        **read_values,
    )
    if asked.first and asked.last and asked.first > asked.last:
        return replace(asked, first=asked.last, last=asked.first), [
            *problems,
            Problem(str(_SWAPPED[0]), str(_SWAPPED[1]), "from"),
        ]
    return asked, problems


def _problem(name: str, text: str, parameter: _Parameter) -> Problem:
    reason = parameter.reason.format(value=_short(text), name=name, allowed=parameter.allowed)
    return Problem(reason, str(parameter.instead), name)


def unknown(values: MultiDict[str, str], known: Collection[str] = KNOWN) -> list[Problem]:
    """Parameters that the API doesn't have: a misspelt one must not change what is found."""
    names = [name for name in values if name not in known]
    reason = str(gettext("لا يُعرف وسيط باسم «{name}»"))
    return [Problem(reason.format(name=_short(name)), str(_LEFT_OUT), _short(name)) for name in names]


def _names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for value in values if (name := value.strip())))


def _short(text: str) -> str:
    return text if len(text) <= MAX_ECHO else text[:MAX_ECHO] + "…"
