"""What programs can ask, as an OpenAPI 3.1 document and as a page for people: both of the same tables."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, url_for
from flask_babel import lazy_gettext as _

from search.export import MAX_ROWS
from search.results import Order, SearchQuery
from search.service import search
from web.absolute import absolute
from web.api_parameters import PARAMETERS
from web.asked import Asked
from web.data import data
from web.languages import PARAMETER
from web.operations import OPERATIONS, Operation
from web.programs import asked_exactly
from web.schemas import SCHEMAS, TEXT, Schema, reference

blueprint = Blueprint("openapi", __name__)


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
            "description": str(parameter.about),
            "schema": parameter.schema,
            **({"required": True} if parameter.is_required else {}),
        }
        for name, parameter in operation.described.items()
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
