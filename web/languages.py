"""The languages of the interface: Arabic, and what is written in Arabic translated."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, request
from flask_babel import Babel

ARABIC: Final = "ar"
LANGUAGES: Final = (ARABIC, "en")
"""The first is that of an address that names none: it shows the same to all, whatever a browser prefers."""

PARAMETER: Final = "lang"
"""Of an address: the language of its page."""


def language() -> str:
    """The language of the page that is asked for."""
    asked = request.args.get(PARAMETER, "") if request else ""
    return asked if asked in LANGUAGES else ARABIC


def register(app: Flask) -> None:
    """Let an application speak them: `_` in templates, and links that keep the language."""
    Babel(app, default_locale=ARABIC, locale_selector=language)
    app.url_defaults(_keep_language)


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint != "static" and language() != ARABIC:
        values.setdefault(PARAMETER, language())
