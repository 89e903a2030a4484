"""The page: `create_app` makes it of a data folder. It asks `search` and shows what it is told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from index.library import Library
from web import (
    api,
    arabic,
    cite,
    compare,
    compression,
    concordance,
    cors,
    discovery,
    errors,
    exports,
    feeds,
    headers,
    kept,
    languages,
    links,
    navigation,
    openapi,
    pages,
    suggest,
    timeline,
)
from web import help as help_page
from web.data import Data, data_folder
from web.versions import version_static_files

__all__ = ["create_app"]


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the WSGI application.

    Args:
        config: Flask's settings, and `LIBRARY`: the path of a data folder, or a `Library` that is open,
            which stays the caller's to close. Without it the folder is `ARSHIF_DATA`, else the user's.
            `PUBLIC_URL` (see `web.absolute`) and `ALLOW_ORIGINS` (see `web.cors`) are for a site that
            others reach.
    """
    app = Flask(__name__)
    app.config.from_mapping(config or {})
    app.json = api.ReadableJSON(app)
    app.url_map.merge_slashes = False  # an address is right or there is nothing there; no redirects
    app.url_map.converters["article"] = links.ArticleConverter
    app.extensions["arshif"] = Data(_library(app.config.get("LIBRARY")))
    compression.register(app)  # the first here is done last: on what the others made
    languages.register(app)
    arabic.register(app)
    links.register(app)
    navigation.register(app)
    version_static_files(app)
    cors.register(app)  # before the headers, so after them
    headers.register(app)
    errors.register(app)
    for blueprint in (
        pages.blueprint,
        api.blueprint,
        exports.blueprint,
        feeds.blueprint,
        discovery.blueprint,
        cite.blueprint,
        openapi.blueprint,
        concordance.blueprint,
        timeline.blueprint,
        compare.blueprint,
        suggest.blueprint,
        help_page.blueprint,
    ):
        app.register_blueprint(blueprint)
    kept.register(app)
    return app


def _library(given: Library | Path | str | None) -> Library | Path:
    if isinstance(given, Library):
        return given
    return Path(given) if given else data_folder()
