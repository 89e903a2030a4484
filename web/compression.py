"""Answers compressed for browsers that take it: a page of results is a sixth as long then."""

from __future__ import annotations

import gzip
from typing import Final

from flask import Flask, Response, request

KINDS: Final = frozenset(
    {
        *("text/html", "text/css", "text/javascript", "text/csv", "image/svg+xml"),
        *("application/json", "application/javascript", "application/xml"),
    }
)
"""What gets shorter; also all that is XML or JSON by the end of its name, such as `application/atom+xml`."""

SHORTEST: Final = 1024
"""Bytes: what is shorter fits one packet anyway."""

LEVEL: Final = 5
"""Of gzip, from 1 to 9: a page of 50 KB takes a millisecond, and gets hardly shorter by a higher one."""


def register(app: Flask) -> None:
    """Compress the answers of an application; those that are written while they are sent stay as they are."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _gets_shorter(response):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"]:
        return response
    response.direct_passthrough = False  # a file is read, then
    body = response.get_data()
    if len(body) >= SHORTEST:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        etag, _ = response.get_etag()
        if etag:
            response.set_etag(etag, weak=True)  # the same content in other bytes
    return response


def _gets_shorter(response: Response) -> bool:
    kind = response.mimetype or ""
    return (
        response.status_code != 206  # noqa: PLR2004 - a part of a file, counted in its own bytes
        and "Content-Encoding" not in response.headers
        and not (response.is_streamed and not response.direct_passthrough)
        and (kind in KINDS or kind.endswith(("+xml", "+json")))
    )
