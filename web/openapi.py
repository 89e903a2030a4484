"""What programs can ask, as an OpenAPI 3.1 document and as a page for people: both of the same tables."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Final

from flask import Blueprint, Response, jsonify, render_template, url_for
from flask_babel import lazy_gettext as _

from index.record import record
from search.export import MAX_ROWS
from search.parse import MAX_LENGTH
from search.results import Match, Order, SearchQuery
from search.service import MAX_LIMIT, search
from web.absolute import absolute
from web.asked import API_PARAMETERS, KNOWN, MAX_NUMBER, PAGE_SIZE, Asked
from web.data import data
from web.feeds import FEED_PARAMETERS
from web.languages import LANGUAGES, PARAMETER
from web.programs import WHOLE_PARAMETERS, asked_exactly
from web.schemas import SCHEMAS, TEXT, Schema, a_list, reference

blueprint = Blueprint("openapi", __name__)

_DATE: Final[Schema] = {
    "anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": "^[1-9][0-9]{3}(-(0[1-9]|1[0-2]))?$"},
    ]
}


@record
class Parameter:
    """A parameter of an address: its values, and what it does."""

    schema: Schema
    about: Any  # a text, translated when it is shown


PARAMETERS: Final[Mapping[str, Parameter]] = {
    "q": Parameter(
        TEXT | {"maxLength": MAX_LENGTH, "default": ""}, _("ما يُبحث عنه، بلغة البحث؛ وبلا كلمات: كل المقالات")
    ),
    "source": Parameter(a_list(TEXT), _("من هذه المصادر وحدها")),
    "author": Parameter(a_list(TEXT), _("لهؤلاء الكتّاب وحدهم")),
    "category": Parameter(a_list(TEXT), _("من هذه الأقسام وحدها")),
    "from": Parameter(_DATE, _("ما نُشر منذ هذا اليوم أو الشهر أو العام")),
    "to": Parameter(_DATE, _("ما نُشر حتى آخر هذا اليوم أو الشهر أو العام")),
    "sort": Parameter(
        {"enum": [order.value for order in Order], "default": Order.RELEVANCE.value}, _("ترتيب النتائج")
    ),
    "match": Parameter(
        {"enum": [match.value for match in Match], "default": Match.ALL.value},
        _("هل تُشترط الكلمات كلها، أم يكفي بعضها"),
    ),
    "expand": Parameter({"enum": ["0", "1"], "default": "1"}, _("هل يُبحث أيضًا عن صور للكلمات لم تُكتب")),
    "page": Parameter({"type": "integer", "minimum": 1, "default": 1}, _("رقم الصفحة")),
    "limit": Parameter(
        {"type": "integer", "minimum": 0, "maximum": MAX_LIMIT, "default": PAGE_SIZE},
        _("عدد النتائج في الصفحة"),
    ),
    "offset": Parameter(
        {"type": "integer", "minimum": 0, "maximum": MAX_NUMBER}, _("كم نتيجة تُتخطّى، بدل رقم الصفحة")
    ),
    "lang": Parameter({"enum": list(LANGUAGES), "default": "ar"}, _("لغة الملاحظات والأخطاء")),
}
"""By name: as `web.asked` reads them. A date may be written in other ways too, as in the query language."""


@record
class Operation:
    """One address that programs ask for.

    Attributes:
        endpoint: of Flask.
        path: as OpenAPI writes it.
        about: what it gives.
        parameters: names of `PARAMETERS`.
        answer: its media type, and the schema of the answer.
        example: parameters to try it with.
        path_parameters: what stands in the path.
        refuses: whether there is anything that it answers 400 to.
        unwell: the schema of what it answers when the data can't be read.
    """

    endpoint: str
    path: str
    about: Any  # a text, translated when it is shown
    parameters: tuple[str, ...]
    answer: tuple[str, Schema]
    example: Mapping[str, Any]
    path_parameters: tuple[str, ...] = ()
    refuses: bool = True
    unwell: str = "Error"


_FREE: Final = tuple(name for name in PARAMETERS if name in KNOWN - API_PARAMETERS.keys())
_SEARCHES: Final = (*_FREE, *API_PARAMETERS)
_WHOLE: Final = (*_FREE, *WHOLE_PARAMETERS)
_FED: Final = (*_FREE, *FEED_PARAMETERS)

OPERATIONS: Final = (
    Operation(
        "api.search_json",
        "/api/search",
        _("نتائج بحث، صفحة صفحة؛ وفي ترويسة Link عناوين الصفحات الأخرى"),
        _SEARCHES,
        ("application/json", reference("Results")),
        {"q": "سوريا", "limit": 2},
    ),
    Operation(
        "api.article_json",
        "/api/article/{id}",
        _("مقالة كاملة، وكلمات البحث معلّمة فيها"),
        ("q", "expand", "lang"),
        ("application/json", reference("Article")),
        {"q": "سوريا"},
        path_parameters=("id",),
    ),
    Operation(
        "suggest.suggest",
        "/suggest",
        _("ما قد يُراد بما كُتب حتى الآن: عبارات شائعة وعناوين"),
        ("q", "lang"),
        ("application/json", reference("Suggestions")),
        {"q": "سوريا"},
    ),
    Operation(
        "suggest.for_browsers",
        "/suggest/opensearch",
        _("الاقتراحات نفسها كما تطلبها المتصفحات: OpenSearch"),
        ("q", "lang"),
        ("application/x-suggestions+json", {"type": "array"}),
        {"q": "سوريا"},
    ),
    Operation(
        "exports.jsonl",
        "/export.jsonl",
        _("كل نتائج بحث، نتيجة في كل سطر"),
        _WHOLE,
        ("application/jsonl", TEXT),
        {"q": "سوريا", "sort": "newest"},
    ),
    Operation(
        "exports.csv",
        "/export.csv",
        _("كل نتائج بحث، جدولًا لبرامج الجداول"),
        _WHOLE,
        ("text/csv", TEXT),
        {"q": "سوريا", "from": "2019"},
    ),
    Operation(
        "feeds.atom",
        "/feed.atom",
        _("أحدث نتائج بحث، لبرامج تتابع الأخبار: Atom"),
        _FED,
        ("application/atom+xml", TEXT),
        {"q": "سوريا"},
    ),
    Operation(
        "feeds.json",
        "/feed.json",
        _("أحدث نتائج بحث، لبرامج تتابع الأخبار: JSON Feed"),
        _FED,
        ("application/feed+json", {"type": "object"}),
        {"q": "سوريا"},
    ),
    Operation(
        "cite.bib",
        "/cite/bib/{id}",
        _("استشهاد بمقالة، لبرنامج BibTeX"),
        ("lang",),
        ("application/x-bibtex", TEXT),
        {},
        path_parameters=("id",),
    ),
    Operation(
        "cite.ris",
        "/cite/ris/{id}",
        _("استشهاد بمقالة، لبرامج المراجع مثل Zotero"),
        ("lang",),
        ("application/x-research-info-systems", TEXT),
        {},
        path_parameters=("id",),
    ),
    Operation(
        "cite.jsonld",
        "/cite/jsonld/{id}",
        _("وصف مقالة كما في schema.org"),
        ("lang",),
        ("application/ld+json", {"type": "object"}),
        {},
        path_parameters=("id",),
    ),
    Operation(
        "api.health",
        "/healthz",
        _("هل يُجاب عن البحث، لمن يراقب الخادم"),
        (),
        ("application/json", reference("Health")),
        {},
        refuses=False,
        unwell="Health",
    ),
    Operation(
        "openapi.document",
        "/api/openapi.json",
        _("هذا الوصف، لبرامج تقرأ OpenAPI"),
        ("lang",),
        ("application/json", {"type": "object"}),
        {},
    ),
)
"""In the order of the page."""


@blueprint.get("/api/openapi.json")
def document() -> Response:
    """The OpenAPI document."""
    asked_exactly({})
    return jsonify(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Arshif",
                "version": version("arshif"),
                "description": str(_("بحث في أرشيف أخبار عربية. كل ما هنا للقراءة، وبلا مفتاح.")),
                "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
            },
            "servers": [{"url": absolute("pages.home").rstrip("/")}],
            "paths": {operation.path: {"get": _described(operation)} for operation in OPERATIONS},
            "components": {"schemas": dict(SCHEMAS)},
        }
    )


@blueprint.get("/api")
def page() -> str:
    """The same for people, each with an example to try."""
    latest = search(data().library(), SearchQuery("", limit=1, sort=Order.NEWEST)).hits
    known = {"id": latest[0].id if latest else "ID"}
    examples = {operation.path: _example(operation, known) for operation in OPERATIONS}
    return render_template(
        "api.html",
        operations=OPERATIONS,
        parameters=PARAMETERS,
        examples=examples,
        address=absolute("pages.home").rstrip("/"),
        errors=SCHEMAS["Error"]["properties"],
        most=MAX_ROWS,
        asked=Asked(),
    )


def _example(operation: Operation, known: Mapping[str, str]) -> str:
    values: dict[str, Any] = {f"article_{name}": known[name] for name in operation.path_parameters}
    return url_for(operation.endpoint, **{PARAMETER: None, **operation.example, **values})


def _described(operation: Operation) -> dict[str, Any]:
    mimetype, schema = operation.answer
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": TEXT | {"minLength": 1}}
        for name in operation.path_parameters
    ]
    in_query = [
        {
            "name": name,
            "in": "query",
            "description": str(PARAMETERS[name].about),
            "schema": PARAMETERS[name].schema,
        }
        for name in operation.parameters
    ]
    return {
        "operationId": operation.endpoint.replace(".", "_"),
        "summary": str(operation.about),
        "parameters": in_path + in_query,
        "responses": _responses(operation, mimetype, schema),
    }


def _responses(operation: Operation, mimetype: str, schema: Schema) -> dict[str, Any]:
    given = {"200": _response(operation.about, schema, mimetype)}
    if operation.refuses:
        given["400"] = _response(_("وسيط لا يُقبل"), reference("Error"))
    if operation.path_parameters:
        given["404"] = _response(_("لا مقالة بهذا الرقم"), reference("Error"))
    given["405"] = _response(_("هنا تُقرأ البيانات ولا تُرسل"), reference("Error"))
    given["503"] = _response(_("تعذّرت قراءة الأرشيف أو فهرسه"), reference(operation.unwell))
    return given


def _response(about: object, schema: Schema, mimetype: str = "application/json") -> dict[str, Any]:
    return {"description": str(about), "content": {mimetype: {"schema": schema}}}
