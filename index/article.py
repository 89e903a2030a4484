"""An article, and what makes it the same article when it comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.record import record

if TYPE_CHECKING:  # a search hashes nothing, and OpenSSL comes with it
    import hashlib

IDENTITY_LENGTH = 16
"""Hex digits of a derived identity: 64 bits, so that a million articles collide with odds of 3 in 10^8."""


@record
class Article:
    """One news article as the archive keeps it.

    Attributes:
        id: its identity, see `identify`; never empty.
        title: may be empty; one line.
        body: the text; never blank.
        url: where it was published.
        source: the newspaper or agency.
        author: who wrote it.
        category: the section it stood in.
        published: ISO 8601, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`, the publisher's own clock, no offset.
    """

    id: str
    title: str
    body: str
    url: str | None = None
    source: str | None = None
    author: str | None = None
    category: str | None = None
    published: str | None = None

    @property
    def day(self) -> str | None:
        """The day of publication, `YYYY-MM-DD`."""
        return self.published[:10] if self.published else None

    def digest(self) -> bytes:
        """A fingerprint of all that is kept, to tell an unchanged article from an updated one."""
        fields = (self.title, self.body, self.url, self.source, self.author, self.category, self.published)
        return _hash(repr(fields)).digest()


def identify(given: str | None, url: str | None, title: str, body: str) -> str:
    """The identity of an article: the id given, else its URL's, else its content's.

    An identity that is derived is a short hash, so that it fits in a command or an address.
    """
    if given:
        return given
    if url:
        return _hash("url\n" + url).hexdigest()[:IDENTITY_LENGTH]
    return _hash(f"content\n{title}\n{body}").hexdigest()[:IDENTITY_LENGTH]


def _hash(text: str) -> hashlib.blake2b:
    import hashlib

    # A lone surrogate can't be encoded strictly, and an article must not be lost to one.
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20)
