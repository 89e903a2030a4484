"""Who else's pages may read the answers for programs: nobody, unless `ALLOW_ORIGINS` says so."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, current_app, request

from web.programs import for_programs

SETTING: Final = "ALLOW_ORIGINS"
"""Of the application: origins such as `https://example.org`, or `*` for all."""

ANYONE: Final = "*"

HEADERS: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Expose-Headers": "Link, Content-Disposition, Arshif-Total, Arshif-Cut",
    "Access-Control-Max-Age": "3600",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""What is said to an origin that may read. No cookie is ever asked for."""


def register(app: Flask) -> None:
    """Let the origins of the setting read what an application answers to programs."""
    app.after_request(_allow)


def _allow(response: Response) -> Response:
    allowed = current_app.config.get(SETTING) or ()
    if not allowed or not for_programs(request.path):
        return response
    if ANYONE not in allowed:
        response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin and (ANYONE in allowed or origin in allowed):
        response.headers["Access-Control-Allow-Origin"] = ANYONE if ANYONE in allowed else origin
        response.headers.update(HEADERS)
    return response
