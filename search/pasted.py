"""A web address that was pasted as a query: the article that was published there."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S{3,}", re.IGNORECASE)
_FOLLOWED: Final = re.compile(r"(?:utm_\w+|fbclid|gclid|igshid)=[^&#]*&?")
"""What programs add to an address to see where readers come from."""


def address(text: str) -> str | None:
    """The address that a text is, if it is one and nothing else."""
    stripped = text.strip()
    return stripped if _ADDRESS.fullmatch(stripped) else None


def spellings(url: str) -> tuple[str, ...]:
    """Ways to write an address, itself first: without what follows readers, either scheme, Arabic or in %."""
    from urllib.parse import quote, unquote  # most queries are no address

    plain = _FOLLOWED.sub("", url.partition("#")[0]).rstrip("?&")
    _, _, rest = plain.rpartition("://")
    bare = rest.rstrip("/").removeprefix("www.")
    written = dict.fromkeys((bare, unquote(bare), quote(unquote(bare), safe="/?&=:+,;@%~!$'()*")))
    hosts = [host + each for each in written for host in ("", "www.")]
    ways = [f"{scheme}://{each}{end}" for each in hosts for scheme in ("https", "http") for end in ("", "/")]
    return tuple(dict.fromkeys((url, plain, *ways)))
