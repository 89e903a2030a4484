"""Any search as a feed: its newest articles as Atom and JSON Feed, for who follows a subject."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID, uuid5

from flask import Blueprint, Response, current_app, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from index.library import Library
from index.record import replace
from search.addresses import host_of
from search.results import Order, ResultHit
from search.service import search
from web.absolute import absolute
from web.asked import Asked
from web.atom import Entry, Feed, atom, json_feed
from web.data import data
from web.languages import language
from web.programs import asked_whole, without_paging
from web.seen import Seen

SIZE: Final = 30
"""Articles in a feed: a reader of feeds looks again before there are more new ones."""

KINDS: Final = {"atom": "application/atom+xml; charset=utf-8", "json": "application/feed+json"}

SEEN: Final = "arshif-feeds"

blueprint = Blueprint("feeds", __name__)


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.extensions[SEEN] = Seen()
    state.app.jinja_env.globals.update(feed_url=feed_url)


@blueprint.get("/feed.atom", endpoint="atom")
def atom_feed() -> Response:
    """The newest results of a search as Atom."""
    return _answer("atom", atom)


@blueprint.get("/feed.json", endpoint="json")
def as_json() -> Response:
    """The newest results of a search as JSON Feed."""
    return _answer("json", lambda feed: current_app.json.dumps(json_feed(feed)).encode())


def feed_url(kind: str, asked: Asked) -> str:
    """The address of the feed of a search."""
    return url_for(f"feeds.{kind}", **_parameters(asked))


def _answer(kind: str, write: Callable[[Feed], bytes]) -> Response:
    """The feed; 304 where the asker has it as it is."""
    asked = asked_whole()
    written = write(_feed(kind, asked))
    answer = Response(written, content_type=KINDS[kind])
    seen: Seen = current_app.extensions[SEEN]
    tag, since = seen.look(request.url, written)
    answer.set_etag(tag)
    answer.last_modified = since
    answer.make_conditional(request)
    return answer


def _feed(kind: str, asked: Asked) -> Feed:
    library = data().library()
    newest = replace(asked, sort=Order.NEWEST, limit=SIZE)
    found = search(library, newest.query())
    named = urlencode(sorted(_parameters(asked).items()), doseq=True)
    values: dict[str, Any] = _parameters(asked) | {"lang": request.args.get("lang")}
    return Feed(
        _name(library, f"feed\n{named}"),
        _title(asked),
        absolute("pages.results", **values, sort=Order.NEWEST.value),
        absolute(f"feeds.{kind}", **values),
        language(),
        tuple(_entry(library, hit) for hit in found.hits),
    )


def _entry(library: Library, hit: ResultHit) -> Entry:
    return Entry(
        _name(library, f"article\n{hit.id}"),
        absolute("pages.article", article_id=hit.id),
        hit.title or str(gettext("(بلا عنوان)")),
        "".join(text for text, _is_hit in hit.snippet_parts),
        hit.url if host_of(hit.url) else None,
        hit.author,
        hit.source,
        moment(hit.published),
    )


def moment(published: str | None) -> str | None:
    """A date of publication as RFC 3339 has it: of the publisher's clock, which is not known, UTC is made."""
    try:
        known = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return f"{known.replace(tzinfo=None, microsecond=0).isoformat()}Z"


def _name(library: Library, what: str) -> str:
    """The name of something in this archive, the same wherever the archive is served."""
    return uuid5(UUID(library.archive.identity), what).urn


def _title(asked: Asked) -> str:
    if not asked.has_words:
        return str(gettext("أرشيف: أحدث المقالات"))
    return str(gettext("أرشيف: «{query}»")).format(query=asked.text)


def _parameters(asked: Asked) -> dict[str, Any]:
    return {name: value for name, value in without_paging(asked).items() if name != "sort"}
