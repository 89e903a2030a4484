"""Addresses that articles were published under: which of them lead to the web, and each in ASCII."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

SCHEMES: Final = ("http", "https")
"""What a link may lead to: `javascript:` and its like would act in the reader's name."""

_SIGNS: Final = "%/:?#[]@!$&'()*+,;=~-._"
"""What stands in an address as it is. Source: RFC 3986, section 2."""


def host_of(url: str | None) -> str | None:
    """The host that an address on the web leads to; None for any other address, which must not be a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:  # brackets that hold no address
        return None
    return parts.hostname if parts.scheme in SCHEMES else None


def in_ascii(url: str) -> str:
    """An address with all else escaped: Arabic letters, white space, controls."""
    return quote(url, safe=_SIGNS, errors="replace")
