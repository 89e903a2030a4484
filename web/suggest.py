"""Suggestions while a reader types, for the box's script."""

from __future__ import annotations

import threading
from typing import Any, Final
from weakref import WeakKeyDictionary

from flask import Blueprint, Response, jsonify

from index.library import Library
from search import notices
from search.parse import MAX_LENGTH
from search.results import QueryRefusedError
from search.suggest import suggestions
from search.suggest_memory import Phrasebook
from web.data import data
from web.programs import asked_exactly

blueprint = Blueprint("suggest", __name__)

_books: Final[WeakKeyDictionary[Library, Phrasebook]] = WeakKeyDictionary()
_guard: Final = threading.Lock()


@blueprint.get("/suggest")
def suggest() -> Response:
    """What the text in the box may become; nothing is kept of it."""
    typed = asked_exactly({}).text
    if len(typed) > MAX_LENGTH:
        raise QueryRefusedError(notices.too_long(len(typed), MAX_LENGTH))
    library = data().library()
    phrases = phrasebook(library).phrases()
    with library.searching() as engine:
        found = suggestions(typed, phrases, engine, library.archive)
    answer: dict[str, Any] = {"query": typed, "suggestions": [each.to_json() for each in found]}
    return jsonify(answer)


def phrasebook(library: Library) -> Phrasebook:
    """The phrases of a library: one book for all threads."""
    with _guard:
        if library not in _books:
            _books[library] = Phrasebook(library)
        return _books[library]
