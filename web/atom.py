"""Articles as feeds: what Atom (RFC 4287) and JSON Feed 1.1 look like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from index.record import record
from search.ahead import latest

ATOM: Final = "http://www.w3.org/2005/Atom"
JSON_FEED: Final = "https://jsonfeed.org/version/1.1"

UNDATED: Final = "1970-01-01T00:00:00Z"
"""When an article without a date was changed last: Atom must be told, and this comes before all others."""

# What XML 1.0 has no way to write, section 2.2.
_UNWRITABLE: Final = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
)


@record
class Entry:
    """One article.

    Attributes:
        id: an address that is its name, the same for good.
        url: where it is read.
        original: where it was published.
        published: RFC 3339; None where no date is known.
    """

    id: str
    url: str
    title: str
    summary: str
    original: str | None
    author: str | None
    source: str | None
    published: str | None


@record
class Feed:
    """Articles, the newest first.

    Attributes:
        id: as an entry's.
        page: the same for people.
        address: where the feed itself is.
        language: of its title.
    """

    id: str
    title: str
    page: str
    address: str
    language: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> str:
        """The date of its newest article that is not dated ahead: a reader would wait for a later one."""
        past = f"{latest().isoformat()}T23:59:59Z"
        dates = [entry.published for entry in self.entries if entry.published and entry.published <= past]
        return max(dates, default=UNDATED)


def atom(feed: Feed) -> bytes:
    """The feed as Atom, in UTF-8."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    _texts(root, {"id": feed.id, "title": feed.title, "updated": feed.updated})
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.address})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    _texts(SubElement(root, "author"), {"name": "Arshif"})  # of entries that name none
    for entry in feed.entries:
        _atom_entry(SubElement(root, "entry", {"xml:lang": "ar"}), entry)
    return document(root)


def json_feed(feed: Feed) -> dict[str, Any]:
    """The feed as JSON Feed."""
    return {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": feed.language,
        "items": [_json_item(entry) for entry in feed.entries],
    }


def document(root: Element) -> bytes:
    """An XML document in UTF-8."""
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def writable(text: str) -> str:
    """A text without what XML has no way to write."""
    return text.translate(_UNWRITABLE)


def _atom_entry(node: Element, entry: Entry) -> None:
    dates = {"published": entry.published} if entry.published else {}
    names = {"id": entry.id, "title": entry.title, "summary": entry.summary}
    _texts(node, names | dates | {"updated": entry.published or UNDATED})
    SubElement(node, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    if entry.original:
        SubElement(node, "link", {"rel": "via", "href": entry.original})
    if name := entry.author or entry.source:
        _texts(SubElement(node, "author"), {"name": name})
    if entry.source:
        SubElement(node, "category", {"term": writable(entry.source)})


def _json_item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {"id": entry.id, "url": entry.url, "title": entry.title}
    item["content_text"] = entry.summary
    item["language"] = "ar"
    optional = {
        "external_url": entry.original,
        "date_published": entry.published,
        "authors": [{"name": entry.author}] if entry.author else None,
        "tags": [entry.source] if entry.source else None,
    }
    return item | {name: value for name, value in optional.items() if value}


def _texts(node: Element, values: dict[str, str]) -> Sequence[Element]:
    children = []
    for name, text in values.items():
        child = SubElement(node, name)
        child.text = writable(text)
        children.append(child)
    return children
