"""Feeds, the site map and OpenSearch, held strictly against their specifications, written here as tables.

Sources: RFC 4287 (its grammar and section 4), JSON Feed 1.1, sitemaps.org's protocol, OpenSearch 1.1 draft 6.
"""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MANY = 10**9

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
EMAIL = re.compile(r".+@.+")
ANY = re.compile(r"(?s).*")
SOME = re.compile(r"(?s).*\S.*")
COUNT = re.compile(r"\d+")
TYPE = re.compile("text|html|xhtml")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
WEB = re.compile(r"https?://[\x21-\x7e]{1,2040}")

PERSON = {"name": (1, 1), "uri": (0, 1), "email": (0, 1)}
SHARED = {
    "author": (0, MANY),
    "category": (0, MANY),
    "contributor": (0, MANY),
    "id": (1, 1),
    "link": (0, MANY),
    "rights": (0, 1),
    "title": (1, 1),
    "updated": (1, 1),
}
CHILDREN = {
    ATOM + "feed": SHARED
    | {"generator": (0, 1), "icon": (0, 1), "logo": (0, 1), "subtitle": (0, 1), "entry": (0, MANY)},
    ATOM + "entry": SHARED | {"content": (0, 1), "published": (0, 1), "source": (0, 1), "summary": (0, 1)},
    ATOM + "source": {name: (0, most) for name, (_, most) in SHARED.items()},
    ATOM + "author": PERSON,
    ATOM + "contributor": PERSON,
    MAP + "sitemapindex": {"sitemap": (1, 50_000)},
    MAP + "sitemap": {"loc": (1, 1), "lastmod": (0, 1)},
    MAP + "urlset": {"url": (1, 50_000)},
    MAP + "url": {"loc": (1, 1), "lastmod": (0, 1), "changefreq": (0, 1), "priority": (0, 1)},
    OPENSEARCH + "OpenSearchDescription": {
        "ShortName": (1, 1),
        "Description": (1, 1),
        "Url": (1, MANY),
        "Contact": (0, 1),
        "Tags": (0, 1),
        "LongName": (0, 1),
        "Image": (0, MANY),
        "Query": (0, MANY),
        "Developer": (0, 1),
        "Attribution": (0, 1),
        "SyndicationRight": (0, 1),
        "AdultContent": (0, 1),
        "Language": (0, MANY),
        "InputEncoding": (0, MANY),
        "OutputEncoding": (0, MANY),
    },
}
"""Of each element its children: how often at least and at most. What isn't here has none."""

TEXTS = {
    ATOM + "id": IRI,
    ATOM + "updated": MOMENT,
    ATOM + "published": MOMENT,
    ATOM + "name": SOME,
    ATOM + "uri": IRI,
    ATOM + "email": EMAIL,
    ATOM + "title": ANY,
    ATOM + "summary": ANY,
    MAP + "loc": WEB,
    MAP + "lastmod": DAY,
    OPENSEARCH + "ShortName": re.compile(r"[^<>&]{1,16}"),
    OPENSEARCH + "Description": re.compile(r"[^<>&]{1,1024}"),
    OPENSEARCH + "Language": re.compile(rf"\*|{LANGUAGE.pattern}"),
    OPENSEARCH + "Image": IRI,
    OPENSEARCH + "InputEncoding": re.compile("UTF-8"),
    OPENSEARCH + "OutputEncoding": re.compile("UTF-8"),
}
"""The text of an element; what isn't here has none but white space."""

ATTRIBUTES = {
    ATOM + "link": {
        "href": IRI,
        "rel": SOME,
        "type": MEDIA_TYPE,
        "hreflang": LANGUAGE,
        "title": ANY,
        "length": COUNT,
    },
    ATOM + "category": {"term": SOME, "scheme": IRI, "label": ANY},
    ATOM + "title": {"type": TYPE},
    ATOM + "summary": {"type": TYPE},
    # `method` is Mozilla's: its browsers ask by it.
    OPENSEARCH + "Url": {"template": IRI, "type": MEDIA_TYPE, "rel": SOME, "method": re.compile("get")},
    OPENSEARCH + "Image": {"height": COUNT, "width": COUNT, "type": MEDIA_TYPE},
}
NEEDED = {ATOM + "link": {"href"}, ATOM + "category": {"term"}, OPENSEARCH + "Url": {"template", "type"}}
COMMON = {XML + "lang": LANGUAGE, XML + "base": IRI}

ITEM = {
    "id": (str, SOME),
    "url": (str, IRI),
    "external_url": (str, IRI),
    "title": (str, ANY),
    "content_text": (str, ANY),
    "content_html": (str, ANY),
    "summary": (str, ANY),
    "image": (str, IRI),
    "date_published": (str, MOMENT),
    "date_modified": (str, MOMENT),
    "language": (str, LANGUAGE),
    "authors": (list, None),
    "tags": (list, None),
}
FEED = {
    "version": (str, re.compile(re.escape("https://jsonfeed.org/version/1.1"))),
    "title": (str, SOME),
    "home_page_url": (str, IRI),
    "feed_url": (str, IRI),
    "description": (str, ANY),
    "language": (str, LANGUAGE),
    "authors": (list, None),
    "items": (list, None),
    "next_url": (str, IRI),
    "icon": (str, IRI),
    "expired": (bool, None),
}
AUTHOR = {"name": (str, SOME), "url": (str, IRI), "avatar": (str, IRI)}

SEARCHES = [{}, {"q": "مجلس"}, {"q": "زعفران"}, {"q": "متن", "lang": "en"}, {"q": "مجلس", "from": "2015-02"}]


def check(node):
    """An element, and all in it."""
    space = node.tag.partition("}")[0] + "}"
    children = CHILDREN.get(node.tag, {})
    for child in node:
        assert child.tag.startswith(space), child.tag
        assert child.tag.removeprefix(space) in children, f"{child.tag} in {node.tag}"
    for name, (least, most) in children.items():
        assert least <= len(node.findall(space + name)) <= most, f"{name} in {node.tag}"
    text = node.text or ""
    assert TEXTS[node.tag].fullmatch(text) if node.tag in TEXTS else not text.strip(), (node.tag, text)
    known = COMMON | ATTRIBUTES.get(node.tag, {})
    assert NEEDED.get(node.tag, set()) <= set(node.attrib), node.tag
    for name, value in node.attrib.items():
        assert name in known, f"{name} of {node.tag}"
        assert known[name].fullmatch(value), (node.tag, name, value)
    for child in node:
        check(child)


def check_object(found, fields, needed):
    assert needed <= set(found)
    for name, value in found.items():
        assert name in fields or name.startswith("_"), name
        kind, pattern = fields[name]
        assert isinstance(value, kind), name
        assert pattern is None or pattern.fullmatch(value), (name, value)


@pytest.mark.parametrize("asked", SEARCHES)
def test_atom(client, asked):
    feed = ET.fromstring(client.get("/feed.atom", query_string=asked).data)
    assert ATOM + "feed" == feed.tag
    check(feed)
    entries = feed.findall(ATOM + "entry")
    assert feed.findall(ATOM + "author") or all(entry.findall(ATOM + "author") for entry in entries)
    for node in (feed, *entries):
        links = [
            tuple(link.get(name) for name in ("rel", "type", "hreflang"))
            for link in node.findall(ATOM + "link")
        ]
        alternates = [link for link in links if link[0] in {None, "alternate"}]
        assert len(alternates) == len(set(alternates))
        # An entry without content leads somewhere; a feed says where it is.
        assert alternates
    assert "self" in {link.get("rel") for link in feed.findall(ATOM + "link")}


@pytest.mark.parametrize("asked", SEARCHES)
def test_json_feed(client, asked):
    feed = client.get("/feed.json", query_string=asked).json
    check_object(feed, FEED, {"version", "title", "items"})
    for item in feed["items"]:
        check_object(item, ITEM, {"id"})
        assert {"content_text", "content_html"} & set(item)
        for author in item.get("authors", []):
            check_object(author, AUTHOR, set())
            assert author
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids))


def test_the_site_map(client):
    index = client.get("/sitemap.xml")
    tree = ET.fromstring(index.data)
    check(tree)
    for place in tree.iter(MAP + "loc"):
        page = client.get(place.text)
        assert len(page.data) <= 50 * 2**20
        urls = ET.fromstring(page.data)
        check(urls)
        assert {"localhost"} == {urlsplit(each.text).netloc for each in urls.iter(MAP + "loc")}


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_opensearch(client, lang):
    tree = ET.fromstring(client.get("/opensearch.xml", query_string={"lang": lang}).data)
    assert OPENSEARCH + "OpenSearchDescription" == tree.tag
    check(tree)
    for url in tree.findall(OPENSEARCH + "Url"):
        assert ["searchTerms"] == re.findall(r"{(.+?)\??}", url.get("template"))


@pytest.mark.parametrize(
    "spoiled",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom"><title/><updated>2019-02-17T00:00:00Z</updated></feed>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title/><updated>2019-02-17</updated></feed>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>/article/1</loc></url></urlset>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><day/></url></urlset>',
    ],
)
def test_the_tables_refuse_what_is_wrong(spoiled):
    with pytest.raises(AssertionError):
        check(ET.fromstring(spoiled))
