"""The parameters that programs give, as they are described to them: the values of each, and what it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _

from index.record import record
from search.compare import FEWEST, MOST
from search.kwic import MAX_WORDS, WORDS, KwicOrder
from search.parse import MAX_LENGTH
from search.results import Match, Order
from search.service import MAX_LIMIT
from search.timeline import Unit
from web.asked import MAX_NUMBER, PAGE_SIZE
from web.languages import LANGUAGES
from web.parameters import MOST_NAMES
from web.schemas import TEXT, Schema, a_list

_NAMES: Final[Schema] = a_list(TEXT) | {"maxItems": MOST_NAMES}
_HIJRI: Final = "^(1[34]|1500)"
_YEAR: Final = "([2-9][0-9]{3}|1[0-2][0-9]{2}|150[1-9]|15[1-9][0-9]|1[6-9][0-9]{2})"
_DATE: Final[Schema] = {
    "anyOf": [
        {"type": "string", "format": "date", "not": {"pattern": _HIJRI}},
        {"type": "string", "pattern": f"^{_YEAR}(-(0[1-9]|1[0-2]))?$"},
    ]
}
"""A day, a month or a year. Years from 1300 to 1500 are Hijri ones, and not all of their days are known."""


@record
class Parameter:
    """A parameter of an address: its values, and what it does."""

    schema: Schema
    about: Any  # a text, translated when it is shown
    is_required: bool = False


PARAMETERS: Final[Mapping[str, Parameter]] = {
    "q": Parameter(
        TEXT | {"maxLength": MAX_LENGTH, "default": ""}, _("ما يُبحث عنه، بلغة البحث؛ وبلا كلمات: كل المقالات")
    ),
    "source": Parameter(_NAMES, _("من هذه المصادر وحدها")),
    "author": Parameter(_NAMES, _("لهؤلاء الكتّاب وحدهم")),
    "category": Parameter(_NAMES, _("من هذه الأقسام وحدها")),
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
    "unit": Parameter(
        {"enum": [unit.value for unit in Unit]},
        _("ما يقوم له كل عمود من أعمدة الزمن؛ وبلا قيمة: ما يناسب المدة"),
    ),
    "share": Parameter({"enum": ["0", "1"], "default": "0"}, _("هل تُرسم الحصص من كل المقالات بدل الأعداد")),
    "by": Parameter({"enum": ["source"]}, _("لكل مصدر رسم")),
    "words": Parameter(
        {"type": "integer", "minimum": 0, "maximum": MAX_WORDS, "default": WORDS},
        _("عدد الكلمات قبل الموضع وبعده"),
    ),
    "lang": Parameter({"enum": list(LANGUAGES), "default": "ar"}, _("لغة الملاحظات والأخطاء")),
}
"""By name, as `web.parameters` reads them. A date may be written in other ways too, as in a query."""


IDLE: Final = _("مقبول لأن صفحة البحث تقبله، ولا يغيّر شيئًا هنا")
"""What is said of a parameter of `Operation.idle`."""

QUERIES: Final = Parameter(
    a_list(TEXT | {"maxLength": MAX_LENGTH, "pattern": r"\S"})
    | {"minItems": FEWEST, "maxItems": MOST, "uniqueItems": True},
    _("ما يُقارَن، من استعلامين إلى خمسة"),
    is_required=True,
)
"""What `q` is where several queries are compared."""

LINE_ORDER: Final = Parameter(
    {
        "enum": list(dict.fromkeys(order.value for order in (*KwicOrder, *Order))),
        "default": KwicOrder.RELEVANCE.value,
    },
    _("ترتيب المواضع"),
)
"""What `sort` is in a concordance; an order that only articles have is that of relevance."""
