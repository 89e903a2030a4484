"""What browsers and other search engines look for: OpenSearch, the map of the site, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, stream_with_context
from flask_babel import gettext

from web.absolute import absolute
from web.arabic import is_dated
from web.atom import document
from web.data import data
from web.languages import language

OPENSEARCH: Final = "http://a9.com/-/spec/opensearch/1.1/"
SITEMAPS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'

MOST: Final = 50_000
"""Addresses in one file of a site map. Source: sitemaps.org, the protocol."""

KEPT_OUT: Final = (
    "/search",
    "/article/*?",
    "/api",
    "/export.",
    "/feed.",
    "/cite/",
    "/timeline",
    "/concordance",
    "/compare",
    "/suggest",
    "/*?lang=",
    "/*&lang=",
)
"""Where robots would walk in circles, each search leading to others: articles are named in the site map."""

TEMPLATES: Final = {
    "text/html": "pages.results",
    "application/atom+xml": "feeds.atom",
    "application/x-suggestions+json": "suggest.for_browsers",
}
"""Where a browser finds what, by its type."""

blueprint = Blueprint("discovery", __name__)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """How a browser adds Arshif to its search engines."""
    root = Element("OpenSearchDescription", {"xmlns": OPENSEARCH})
    texts = {
        "ShortName": gettext("أرشيف"),
        "Description": gettext("بحث في الأخبار العربية المحفوظة"),
        "Language": language(),
        "InputEncoding": "UTF-8",
        "OutputEncoding": "UTF-8",
    }
    for name, text in texts.items():
        SubElement(root, name).text = str(text)
    for kind, endpoint in TEMPLATES.items():
        values = {} if language() == "ar" else {"lang": language()}
        separator = "&" if values else "?"
        template = f"{absolute(endpoint, **values)}{separator}q={{searchTerms}}"
        SubElement(root, "Url", {"type": kind, "method": "get", "template": template})
    icon = SubElement(root, "Image", {"type": "image/svg+xml"})
    icon.text = absolute("static", filename="icon.svg")
    return Response(document(root), content_type="application/opensearchdescription+xml; charset=utf-8")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The files of the site map: one for each `MOST` numbers of changes, so that none is ever too long."""
    last = data().library().archive.last_seq()
    pages = (absolute("discovery.sitemap_page", number=each) for each in range(1, -(-last // MOST) + 1))
    return _map("sitemapindex", (f"<sitemap><loc>{escape(page)}</loc></sitemap>\n" for page in pages))


@blueprint.get("/sitemap-<int(max=99999):number>.xml")
def sitemap_page(number: int) -> Response:
    """The addresses of articles, and the day of each."""
    archive = data().library().archive
    if not 0 < number <= -(-archive.last_seq() // MOST):
        abort(404)
    listed = archive.listing((number - 1) * MOST, number * MOST)
    return _map("urlset", (_address(article_id, published) for article_id, published in listed))


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What robots may read: articles, and not every search that there could be."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in KEPT_OUT)]
    lines += ["", f"Sitemap: {absolute('discovery.sitemap')}", ""]
    return Response("\n".join(lines), content_type="text/plain; charset=utf-8")


def _address(article_id: str, published: str | None) -> str:
    place = escape(absolute("pages.article", article_id=article_id))
    day = f"<lastmod>{published[:10]}</lastmod>" if published and is_dated(published) else ""
    return f"<url><loc>{place}</loc>{day}</url>\n"


def _map(root: str, inside: Iterable[str]) -> Response:
    def lines() -> Iterator[str]:
        yield f'{HEAD}<{root} xmlns="{SITEMAPS}">\n'
        yield from inside
        yield f"</{root}>\n"

    return Response(stream_with_context(lines()), content_type="application/xml; charset=utf-8")
