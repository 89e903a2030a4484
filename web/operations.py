"""What programs can ask, as a table: each address, its parameters, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from flask_babel import lazy_gettext as _

from index.record import record
from web.api_parameters import IDLE, LINE_ORDER, PARAMETERS, QUERIES, Parameter
from web.compare import COMPARE_PARAMETERS
from web.concordance import LINE_PARAMETERS
from web.parameters import API_PARAMETERS, FREE, PAGE_PARAMETERS
from web.schemas import TEXT, Schema, reference


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
        own: parameters that are others here than in `PARAMETERS`.
        idle: those that its page has, so that they may stand in its address, and that change nothing here.
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
    own: Mapping[str, Parameter] = MappingProxyType({})
    idle: tuple[str, ...] = ()

    @property
    def described(self) -> dict[str, Parameter]:
        """Its parameters by name."""
        own = {name: Parameter(PARAMETERS[name].schema, IDLE) for name in self.idle} | dict(self.own)
        return {name: own.get(name) or PARAMETERS[name] for name in self.parameters}

    @property
    def effective(self) -> tuple[str, ...]:
        """Names of its parameters that change something."""
        return tuple(name for name in self.parameters if name not in self.idle)


_FREE: Final = tuple(name for name in PARAMETERS if name in FREE)
_SEARCHES: Final = (*_FREE, *API_PARAMETERS)
_WHOLE: Final = (*_FREE, *PAGE_PARAMETERS)
_COMPARED: Final = (*_FREE, *COMPARE_PARAMETERS)
_LINES: Final = (*_FREE, *LINE_PARAMETERS)
OPERATIONS: Final = (
    Operation(
        "api.search_json",
        "/api/search",
        _("نتائج بحث، صفحة صفحة؛ وفي ترويسة Link عناوين الصفحات الأخرى"),
        _SEARCHES,
        ("application/json", reference("Results")),
        {"q": "سوريا", "limit": 2},
        idle=("unit", "share"),
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
        idle=("page", "unit", "share"),
    ),
    Operation(
        "exports.csv",
        "/export.csv",
        _("كل نتائج بحث، جدولًا لبرامج الجداول"),
        _WHOLE,
        ("text/csv", TEXT),
        {"q": "سوريا", "from": "2019"},
        idle=("page", "unit", "share"),
    ),
    Operation(
        "timeline.table",
        "/timeline.csv",
        _("كم وافق البحث من المقالات في كل مدة، وكم فيها كلها"),
        _WHOLE,
        ("text/csv", TEXT),
        {"q": "سوريا", "unit": "month"},
        idle=("page", "sort", "share"),
    ),
    Operation(
        "compare.table",
        "/compare.csv",
        _("استعلامات عدة عبر الزمن، جدولًا"),
        _COMPARED,
        ("text/csv", TEXT),
        {"q": ["سوريا", "العراق"]},
        own={"q": QUERIES},
        idle=("page", "sort", "share"),
    ),
    Operation(
        "compare.drawing",
        "/compare.svg",
        _("استعلامات عدة عبر الزمن، رسمًا"),
        _COMPARED,
        ("image/svg+xml", TEXT),
        {"q": ["سوريا", "العراق"], "share": "1"},
        own={"q": QUERIES},
        idle=("page", "sort"),
    ),
    Operation(
        "concordance.jsonl",
        "/concordance.jsonl",
        _("كل موضع وافق البحث في سطره، موضع في كل سطر؛ في أول ألف مقالة"),
        _LINES,
        ("application/jsonl", TEXT),
        {"q": "سوريا", "sort": "after"},
        own={"sort": LINE_ORDER},
        idle=("page", "unit", "share"),
    ),
    Operation(
        "concordance.csv",
        "/concordance.csv",
        _("المواضع نفسها جدولًا لبرامج الجداول"),
        _LINES,
        ("text/csv", TEXT),
        {"q": "سوريا", "words": 5},
        own={"sort": LINE_ORDER},
        idle=("page", "unit", "share"),
    ),
    Operation(
        "feeds.atom",
        "/feed.atom",
        _("أحدث نتائج بحث، لبرامج تتابع الأخبار: Atom"),
        _WHOLE,
        ("application/atom+xml", TEXT),
        {"q": "سوريا"},
        idle=("page", "sort", "unit", "share"),
    ),
    Operation(
        "feeds.json",
        "/feed.json",
        _("أحدث نتائج بحث، لبرامج تتابع الأخبار: JSON Feed"),
        _WHOLE,
        ("application/feed+json", {"type": "object"}),
        {"q": "سوريا"},
        idle=("page", "sort", "unit", "share"),
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
