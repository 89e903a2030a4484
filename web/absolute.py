"""Whole addresses, for what is read elsewhere: feeds, site maps, citations.

They begin as `PUBLIC_URL` says; where it is not set, as the request's own `Host` does. No `X-Forwarded-…`
header is believed: anyone can send one. Behind a proxy say `arshif serve --public-url`.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from flask import current_app, request, url_for

from web.languages import PARAMETER

SETTING: Final = "PUBLIC_URL"
"""Of the application: `https://archive.example.org`, a path behind it if there is one."""


class PublicUrlError(ValueError):
    """What is given as the public address is none; the message says why."""


def public_url(given: str) -> str:
    """An address that others can be built on, without a slash at its end.

    Raises:
        PublicUrlError: it is not one.
    """
    try:
        parts = urlsplit(given)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and given.isascii()
        is_bare = not (parts.query or parts.fragment or parts.username or given.split() != [given])
    except ValueError:  # brackets that hold no address
        is_good = is_bare = False
    if not (is_good and is_bare):
        raise PublicUrlError(f"{given!r} is no address of a site; write https://archive.example.org")
    return given.rstrip("/")


def absolute(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as `url_for`
    """The whole address of an endpoint, ASCII; in Arabic unless `lang` is among the values."""
    base = current_app.config.get(SETTING) or request.host_url.rstrip("/")
    return f"{base}{url_for(endpoint, **{PARAMETER: None, **values})}"
