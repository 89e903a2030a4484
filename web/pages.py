"""The pages that a person reads."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext

from index.record import record
from search.notices import RELAXED
from search.results import Order, QueryRefusedError, Results, SearchQuery
from search.service import search
from web.article import article_page
from web.asked import Asked
from web.axis import UNITS
from web.data import data
from web.facets import facets, narrowings, period_facet
from web.kept import kept
from web.languages import say
from web.paging import paging
from web.parameters import Problem, read
from web.timeline import drawn
from web.widening import widening

LATEST: Final = 6
"""Articles on the front page."""

SORTS: Final = {
    Order.RELEVANCE: lazy_gettext("الأوثق صلة"),
    Order.RECENT: lazy_gettext("الأوثق فالأحدث"),
    Order.NEWEST: lazy_gettext("الأحدث"),
    Order.OLDEST: lazy_gettext("الأقدم"),
}
"""What each order is called."""

SORTS_BY_DATE: Final = {sort: SORTS[sort] for sort in (Order.NEWEST, Order.OLDEST)}
"""The orders that mean something without words."""


@record
class Example:
    """A query to try, and what it shows of the query language."""

    query: str
    shows: str


EXAMPLES: Final = (
    Example("قوات سوريا الديمقراطية", lazy_gettext("كل الكلمات، بأي صيغة: «لقوات» و«القوات» أيضًا")),
    Example('"مهلة استسلام"', lazy_gettext("العبارة كما هي، بين علامتي تنصيص")),
    Example("=السوق", lazy_gettext("هذه الصيغة وحدها، بلا صور أخرى ولا كلمات من أصلها")),
    Example("الباغوز أو الرقة", lazy_gettext("إحدى الكلمتين")),
    Example("سوريا -لبنان", lazy_gettext("الأولى دون الثانية")),
    Example("العنوان:النفط", lazy_gettext("في العنوان وحده؛ وكذلك المصدر: والكاتب:")),
    Example("الهجوم من:2019/1 إلى:2019/6", lazy_gettext("ما نُشر في مدة بعينها")),
)

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    """The front page: the box, what the archive holds, and its latest articles."""
    summary = data().summary()
    if summary.articles:
        latest = search(data().library(), SearchQuery("", limit=LATEST, sort=Order.NEWEST)).hits
    else:
        latest = ()
    return render_template("home.html", summary=summary, latest=latest, examples=EXAMPLES, asked=Asked())


@blueprint.get("/search")
@kept
def results() -> str:
    """Results, ten a page, with ways to narrow and to sort them."""
    asked, problems = read(request.args)
    try:
        found = search(data().library(), asked.query())
    except QueryRefusedError as refusal:
        return render_template("refused.html", asked=asked, refusal=say(refusal.args[0]))
    return _results_page(asked, found, problems)


def _results_page(asked: Asked, found: Results, problems: list[Problem]) -> str:
    return render_template(
        "results.html",
        asked=asked,
        found=found,
        notices=[*map(str, problems), *map(say, _told(found))],
        widening=widening(found.expansions, asked),
        facets=facets(found, asked),
        period=period_facet(found, asked),
        drawing=drawn(found, asked),
        timeline_units=UNITS,
        narrowings=narrowings(asked, relaxed=found.relaxed),
        paging=paging(found.total, asked.page),
        sorts=SORTS if asked.has_words else SORTS_BY_DATE,
        sort=asked.sort if asked.has_words or asked.sort is not Order.RELEVANCE else Order.NEWEST,
    )


def _told(found: Results) -> list[str]:
    """The notices of a search but what chips show: what was not typed, and that some words are enough."""
    return [notice for notice in found.other_notices if notice != RELAXED]


@blueprint.get("/article/<article:article_id>")
def article(article_id: str) -> str:
    """One article, whole, the words that led to it marked."""
    return article_page(article_id)
