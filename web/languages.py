"""The languages of the interface: Arabic, and what is written in Arabic translated."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from flask import Flask, request
from flask_babel import Babel, gettext
from flask_babel import gettext as translate  # by another name: what it is given is no text of this module
from markupsafe import Markup

from index.record import record
from search.messages import Message
from search.translation import ARABIC, FOLDER

LANGUAGES: Final = {ARABIC: "العربية", "en": "English"}
"""What each calls itself.

The first is that of an address that names none: it shows the same to all, whatever a browser prefers."""

RIGHT_TO_LEFT: Final = frozenset({ARABIC})

PARAMETER: Final = "lang"
"""Of an address: the language of its page."""

REMEMBERED: Final = 5000
"""Texts that are remembered as they are in a language: there are fewer."""


@record
class OtherLanguage:
    """A language that the page can be read in too.

    Attributes:
        code: of ISO 639.
        name: as it calls itself.
        address: of the same page in it, as seen from the page.
    """

    code: str
    name: str
    address: str


def language() -> str:
    """The language of the page that is asked for."""
    asked = request.args.get(PARAMETER, "").strip() if request else ""
    return asked if asked in LANGUAGES else ARABIC


def direction() -> str:
    """Which way it is written: `rtl` or `ltr`."""
    return "rtl" if language() in RIGHT_TO_LEFT else "ltr"


def other_languages() -> list[OtherLanguage]:
    """The languages that the page is not in."""
    return [
        OtherLanguage(code, name, _same_page(code)) for code, name in LANGUAGES.items() if code != language()
    ]


def _same_page(code: str) -> str:
    """The same address in another language; relative, so that its path stays as it was written."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    return "?" + urlencode(asked if code == ARABIC else [*asked, (PARAMETER, code)])


def say(text: str) -> str:
    """A text of `search` in the language of the page: messages translated, anything else as it is."""
    if not isinstance(text, Message):
        return text
    template = _template(text.template, language())
    return template.format_map({name: _said(value) for name, value in text.values.items()})


def _said(value: object) -> object:
    if isinstance(value, tuple):
        return listed(value)
    if isinstance(value, int):
        return f"{value:,}"
    return say(value) if isinstance(value, str) else value


@lru_cache(REMEMBERED)
def _template(text: str, _code: str) -> str:
    """The template of a message in a language, that of the page."""
    return str(translate(text))


@lru_cache(REMEMBERED)
def _written(text: str, _code: str) -> Markup:
    """A text of a template in a language, that of the page: to look it up takes longer than to write it."""
    return Markup(translate(text))  # noqa: S704 - a text of ours


@lru_cache(REMEMBERED)
def _constant(text: str, code: str) -> Markup:
    return _written(text, code) % {}


def in_template(text: str, /, **values: object) -> Markup:
    """What `_` and `trans` are in a template: the text in the language of the page, values escaped in it."""
    code = language()
    return _written(text, code) % values if values else _constant(text, code)


def listed(words: tuple[str, ...]) -> str:
    """Words in a row, each in the quotation marks of the language."""
    separator, quoted = _list_signs(language())
    return separator.join(quoted.format(word=say(word)) for word in words)


@lru_cache
def _list_signs(_code: str) -> tuple[str, str]:
    """What stands between the words of a row, and round each, in a language, that of the page."""
    return str(gettext("، ")), str(gettext("«{word}»"))


def register(app: Flask) -> None:
    """Let an application speak them: `_` in templates, and links that keep the language."""
    Babel(
        app,
        default_locale=ARABIC,
        locale_selector=language,
        default_translation_directories=str(FOLDER),
    )
    app.url_defaults(_keep_language)
    app.jinja_env.globals.update(_=in_template, gettext=in_template)
    app.jinja_env.globals.update(ARABIC=ARABIC)
    for function in (language, direction, other_languages):
        app.jinja_env.globals[function.__name__] = function
    app.jinja_env.filters["say"] = say


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint != "static" and language() != ARABIC:
        values.setdefault(PARAMETER, language())
