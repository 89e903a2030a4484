"""What every answer says to the browser: load and run nothing from elsewhere, tell no one."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Style sheets, scripts and icons are files of its own, and what these ask for comes from here too."""

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",  # what a reader looks for is nobody else's business
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def register(app: Flask) -> None:
    """Set the headers on every answer of an application."""
    app.after_request(_set_headers)


def _set_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    # A browser may keep a page to go back to, and asks again before it shows it as new.
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
