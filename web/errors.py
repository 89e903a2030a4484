"""Answers for what goes wrong: a page for people, one line of JSON for programs."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException, InternalServerError

from index.archive import ArchiveBrokenError, ArchiveBusyError, ArchiveError, ArchiveMissingError
from index.built import IndexMissingError, IndexOutdatedError
from index.engines.contract import EngineError, IndexBusyError
from index.record import record, replace
from search.results import QueryRefusedError
from web.asked import Asked
from web.languages import say
from web.programs import BadParameterError, for_programs


@record
class Trouble:
    """What a reader is told.

    Attributes:
        status: of HTTP.
        heading: what happened.
        advice: what it means, and what can be done.
        command: what whoever runs the archive should run.
        message: what the program said, in English.
        where: parameters of the address that are no good.
    """

    status: int
    heading: str
    advice: str
    command: str | None = None
    message: str | None = None
    where: tuple[str, ...] = ()


_HTTP: Final = {
    400: (
        lazy_gettext("طلب غير مفهوم"),
        lazy_gettext("في عنوان الصفحة ما لا يُفهم. عُد إلى البحث وأعد المحاولة."),
    ),
    404: (
        lazy_gettext("الصفحة غير موجودة"),
        lazy_gettext("لا شيء تحت هذا العنوان: لعل المقالة حُذفت، أو في العنوان خطأ."),
    ),
    405: (lazy_gettext("طلب غير مقبول"), lazy_gettext("هذه الصفحة للقراءة فقط، ولا تُرسل إليها بيانات.")),
    500: (lazy_gettext("حدث خطأ في الخادم"), lazy_gettext("ليس الخطأ منك، وقد سُجّل. أعد المحاولة بعد قليل.")),
}
_CORRECT: Final = lazy_gettext("صحّح العنوان وأعد الطلب؛ في الصفحة /api ما يُقبل فيه.")
_OTHER: Final = (lazy_gettext("تعذّر تنفيذ الطلب"), lazy_gettext("عُد إلى البحث وأعد المحاولة."))

_ADD: Final = "arshif add PATH"
_REINDEX: Final = "arshif reindex"
_BUSY: Final = Trouble(
    503, lazy_gettext("الأرشيف مشغول"), lazy_gettext("يكتب فيه برنامج آخر منذ مدة. أعد المحاولة بعد قليل.")
)

# The first that an error is an instance of: what is special comes before what it is a case of.
_DATA: Final[tuple[tuple[type[Exception], Trouble], ...]] = (
    (
        ArchiveMissingError,
        Trouble(
            503,
            lazy_gettext("لا أرشيف هنا بعد"),
            lazy_gettext("لم تُضف أي مقالة. أضف مقالات بهذا الأمر ثم حدّث الصفحة:"),
            _ADD,
        ),
    ),
    (ArchiveBusyError, _BUSY),
    (IndexBusyError, _BUSY),
    (
        ArchiveBrokenError,
        Trouble(
            503,
            lazy_gettext("تعذّرت قراءة الأرشيف"),
            lazy_gettext("ملف الأرشيف تالف أو من إصدار آخر. أعد نسخة سليمة منه."),
        ),
    ),
    (
        ArchiveError,
        Trouble(
            503, lazy_gettext("تعذّرت قراءة الأرشيف"), lazy_gettext("راجع ما قاله البرنامج، ثم أعد المحاولة.")
        ),
    ),
    (
        IndexMissingError,
        Trouble(
            503,
            lazy_gettext("الأرشيف غير مفهرس بعد"),
            lazy_gettext("المقالات محفوظة، ويجعلها هذا الأمر قابلة للبحث:"),
            _REINDEX,
        ),
    ),
    (
        IndexOutdatedError,
        Trouble(
            503,
            lazy_gettext("الفهرس قديم"),
            lazy_gettext("المقالات محفوظة، ويبني هذا الأمر فهرسها من جديد:"),
            _REINDEX,
        ),
    ),
    (
        EngineError,
        Trouble(
            503,
            lazy_gettext("تعذّرت قراءة الفهرس"),
            lazy_gettext("المقالات محفوظة، ويبني هذا الأمر فهرسها من جديد:"),
            _REINDEX,
        ),
    ),
)
DATA_ERRORS: Final = (ArchiveError, IndexMissingError, IndexOutdatedError, EngineError)
"""What is raised when the data can't be read."""


def register(app: Flask) -> None:
    """Let an application answer its errors so."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(BadParameterError, _bad_request)
    app.register_error_handler(QueryRefusedError, _bad_request)
    for kind in DATA_ERRORS:
        app.register_error_handler(kind, _data_error)


def _http_error(error: HTTPException) -> Response:
    status = error.code or InternalServerError.code
    answer = _answer(Trouble(status, *_HTTP.get(status, _OTHER)))
    # Some statuses are nothing without their header: 405 says which methods are allowed.
    answer.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
    return answer


def _bad_request(error: Exception) -> Response:
    where = error.where if isinstance(error, BadParameterError) else ("q",)
    return _answer(Trouble(400, say(error.args[0]), _CORRECT, where=where))


def _data_error(error: Exception) -> Response:
    current_app.logger.error("%s: %s", request.path, error)
    trouble = next(trouble for kind, trouble in _DATA if isinstance(error, kind))
    return _answer(replace(trouble, message=str(error)))


def _answer(trouble: Trouble) -> Response:
    if for_programs(request.path):
        return make_response(jsonify(_for_programs(trouble)), trouble.status)
    page = render_template("error.html", trouble=trouble, asked=Asked())
    return make_response(page, trouble.status)


def _for_programs(trouble: Trouble) -> dict[str, Any]:
    """The one shape of all errors: the status, what was wrong, where, and what to do."""
    advice = f"{trouble.advice} {trouble.command}" if trouble.command else f"{trouble.advice}"
    return {
        "status": trouble.status,
        "error": trouble.message or f"{trouble.heading}",
        "where": list(trouble.where or (request.path,)),
        "advice": advice,
    }
