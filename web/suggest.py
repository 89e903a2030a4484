"""Suggestions while a reader types, for the box's script."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

from flask import Blueprint, Response, jsonify

from index.library import Library
from search import notices
from search.parse import MAX_LENGTH
from search.results import QueryRefusedError
from search.suggest import Suggestion, suggestions
from search.suggest_memory import Phrasebook
from web.data import data
from web.programs import asked_exactly
from web.turns import PAGES

blueprint = Blueprint("suggest", __name__)

_books: Final[WeakKeyDictionary[Library, Phrasebook]] = WeakKeyDictionary()
_guard: Final = threading.Lock()


@blueprint.get("/suggest")
def suggest() -> Response:
    """What the text in the box may become; nothing is kept of it."""
    typed = asked_exactly({}).text
    answer: dict[str, Any] = {"query": typed, "suggestions": [each.to_json() for each in suggested(typed)]}
    return jsonify(answer)


@blueprint.get("/suggest/opensearch")
def for_browsers() -> Response:
    """The same as browsers ask for it. Source: OpenSearch Suggestions 1.1."""
    typed = asked_exactly({}).text
    answer = jsonify([typed, [each.text for each in suggested(typed)]])
    answer.content_type = "application/x-suggestions+json"
    return answer


def suggested(typed: str) -> Sequence[Suggestion]:
    """What a text may become.

    Raises:
        QueryRefusedError: it is too long.
    """
    if len(typed) > MAX_LENGTH:
        raise QueryRefusedError(notices.too_long(len(typed), MAX_LENGTH))
    library = data().library()
    phrases = phrasebook(library).phrases()
    with library.searching() as engine:
        return suggestions(typed, phrases, engine, library.archive)


def phrasebook(library: Library) -> Phrasebook:
    """The phrases of a library: one book for all threads."""
    with _guard:
        if library not in _books:
            _books[library] = Phrasebook(library, serves=lambda: PAGES.are_wanted)
        return _books[library]
