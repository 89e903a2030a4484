"""The places of the page: links that stand on top of every page, to what there is."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext

from index.record import record

PLACES: Final = {
    "/": lazy_gettext("البحث"),
    "/compare": lazy_gettext("المقارنة"),
    "/concordance": lazy_gettext("الكشّاف"),
    "/help": lazy_gettext("المساعدة"),
    "/api": lazy_gettext("للمبرمجين"),
}
"""Paths, each with its name; one that the application doesn't answer is left out."""


@record
class Place:
    """A link, and whether it leads to the page that it stands on."""

    name: str
    address: str
    is_here: bool


def places() -> list[Place]:
    """The places that there are, in order."""
    endpoints = {rule.rule: rule.endpoint for rule in current_app.url_map.iter_rules()}
    return [
        Place(str(name), url_for(endpoints[path]), request.endpoint == endpoints[path])
        for path, name in PLACES.items()
        if path in endpoints
    ]


def register(app: Flask) -> None:
    """Let the templates of an application show them."""
    app.jinja_env.globals["places"] = places
