"""Answers that were given before, kept as long as they would be given again.

A newsroom asks the same of an archive many times, and much of what a page costs is making it. A whole answer
is kept, as it was sent, by all of the request that it depends on, with the state of what it was made of: any
change of the archive or of its index, and the next day, are another state. What is kept is sent before Flask
is asked for anything.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from contextlib import closing
from datetime import date
from functools import wraps
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, cast

from cachetools import LRUCache
from flask import Flask, Response, make_response, request

from index.record import record
from web.data import Data, data
from web.errors import DATA_ERRORS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BYTES: Final = 8 * 2**20
"""What the answers of an application may take: some hundreds of pages, or thousands that are compressed."""

EXTENSION: Final = "arshif-kept"

_OVERHEAD: Final = 4000
"""About how many bytes an answer takes besides its body: its headers, its key, its place here."""

_KEEP: Final = "arshif.keep"
"""In the environment of a request: the state that its answer was made of, where that may be kept."""

_Key: TypeAlias = tuple[str, ...]
_Answer = TypeVar("_Answer", str, Response)

_address: Final = itemgetter(
    "REQUEST_METHOD",
    "wsgi.url_scheme",
    "SERVER_NAME",
    "SERVER_PORT",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
)
_VARYING: Final = ("HTTP_HOST", "HTTP_ACCEPT_ENCODING", "HTTP_ORIGIN")
"""Headers of a request that answers depend on, see `web.compression` and `web.cors`; no other has a say."""


@record
class _Kept:
    state: Hashable
    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Answers:
    """The answers of an application that were asked for last; threads may share them."""

    def __init__(self) -> None:
        self._answers: LRUCache[_Key, _Kept] = LRUCache(
            BYTES, getsizeof=lambda kept: len(kept.body) + _OVERHEAD
        )
        self._lock = Lock()

    def get(self, key: _Key) -> _Kept | None:
        """What is kept under a key."""
        with self._lock:
            return self._answers.get(key)

    def keep(self, key: _Key, answer: _Kept) -> None:
        """Keep an answer in the place of an older one, if it isn't too long."""
        if len(answer.body) + _OVERHEAD <= BYTES:
            with self._lock:
                self._answers[key] = answer


def register(app: Flask) -> None:
    """Let an application keep the answers of its views that are `kept`. To be called last."""
    shown = cast("Data", app.extensions["arshif"])
    app.extensions[EXTENSION] = answers = Answers()
    keeping = _keeping(app.wsgi_app, answers, lambda: _state(shown))
    cast("Any", app).wsgi_app = keeping  # Flask's way to put something around an application


def kept(view: Callable[[], _Answer]) -> Callable[[], Response]:
    """A view whose answers are kept: it depends on the address, the library and the day alone."""

    @wraps(view)
    def answer() -> Response:
        state = _state(data())
        made = make_response(view())
        if made.status_code == 200 and not made.is_streamed:  # noqa: PLR2004 - OK
            request.environ[_KEEP] = state
        return made

    return answer


def _keeping(app: WSGIApplication, answers: Answers, state: Callable[[], Hashable]) -> WSGIApplication:
    """An application that sends what is kept, and keeps what it may of what the other one answers."""

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = (*_address(environ), *(environ.get(name, "") for name in _VARYING))
        known = answers.get(key)
        if known is not None and known.state == _known(state):
            start_response(known.status, known.headers.copy())
            return [known.body]
        begun: list[Any] = []

        def beginning(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:  # noqa: ANN401 - as it is declared in PEP 3333
            begun[:] = status, headers.copy()
            return start_response(status, headers, *error)

        given = app(environ, beginning)
        if _KEEP not in environ:
            return given
        with closing(cast("Any", given)):
            body = b"".join(given)
        status, sent = begun
        answers.keep(key, _Kept(environ[_KEEP], status, sent, body))
        return [body]

    return answered


def _known(state: Callable[[], Hashable]) -> Hashable | None:
    """The state; None where the data can't be read, which the application then says."""
    try:
        return state()
    except (*DATA_ERRORS, OSError):
        return None


def _state(shown: Data) -> Hashable:
    """What changes whenever an answer may; taken before it is made, so that it is never taken for newer."""
    return shown.library().state(), date.today()  # noqa: DTZ011 - the reader's day
