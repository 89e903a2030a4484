"""Answers that were given before, kept as long as they would be given again.

A newsroom asks the same of an archive many times, and much of what a page costs is making it. An answer is
kept by its whole address and by the state of what it was made of: any change of the archive or of its index,
and the next day, are another state.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import wraps
from threading import Lock
from typing import Final, TypeAlias, TypeVar

from cachetools import LRUCache
from flask import Response, current_app, make_response, request

from web.data import data

BYTES: Final = 16 * 2**20
"""What the answers of an application may take: some hundreds of pages."""

_Kept: TypeAlias = tuple[bytes, list[tuple[str, str]]]
_Answer = TypeVar("_Answer", str, Response)
EXTENSION: Final = "arshif-kept"


class Answers:
    """The answers that were asked for last; threads may share them."""

    def __init__(self) -> None:
        self._answers: LRUCache[Hashable, _Kept] = LRUCache(BYTES, getsizeof=lambda kept: len(kept[0]))
        self._lock = Lock()

    def get(self, key: Hashable) -> _Kept | None:
        """What is kept under a key."""
        with self._lock:
            return self._answers.get(key)

    def keep(self, key: Hashable, answer: Response) -> None:
        """Keep a whole answer; nothing else is."""
        if answer.status_code != 200 or answer.is_streamed:  # noqa: PLR2004 - OK
            return
        body = answer.get_data()
        if len(body) <= BYTES:
            with self._lock:
                self._answers[key] = (body, list(answer.headers.items()))


def kept(view: Callable[[], _Answer]) -> Callable[[], Response]:
    """A view whose answers are kept: it depends on the address, the library and the day alone."""

    @wraps(view)
    def answer() -> Response:
        answers: Answers = current_app.extensions[EXTENSION]
        key = (request.host_url, request.full_path, _state())
        found = answers.get(key)
        if found is not None:
            return Response(found[0], headers=found[1])
        made = make_response(view())
        answers.keep(key, made)
        return made

    return answer


def _state() -> Hashable:
    """What changes whenever an answer may; taken before it is made, so that it is never taken for newer."""
    library = data().library()
    with library.searching() as engine:
        return engine.state(), library.archive.last_seq(), library.pending(), date.today()  # noqa: DTZ011 - the reader's day
