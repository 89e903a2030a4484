"""Who else's pages may read the answers for programs: nobody, unless `ALLOW_ORIGINS` says so."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from web.programs import for_programs

SETTING: Final = "ALLOW_ORIGINS"
"""Of the application: origins such as `https://example.org`, or `*` for all."""

ANYONE: Final = "*"

HEADERS: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Expose-Headers": "Link, ETag, Content-Disposition, Arshif-Total, Arshif-Cut",
    "Access-Control-Max-Age": "3600",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""What is said to an origin that may read. No cookie is ever asked for."""


def is_origin(text: str) -> bool:
    """Whether a text is what a browser sends as `Origin`, or `*`: scheme and host, no path, no slash."""
    try:
        parts = urlsplit(text)
        named = f"{parts.scheme}://{parts.netloc}"
    except ValueError:  # brackets that hold no address
        return False
    is_site = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    return text == ANYONE or (is_site and text == named.lower())


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
