"""Answers that were given before, kept as long as they would be given again.

A newsroom asks the same of an archive many times, and much of what a page costs is making it. A whole answer
is kept, as it was sent, by all of the request that it depends on, with the state of what it was made of: any
change of the archive or of its index, and the next day, are another state. What is kept is sent before Flask
is asked for anything; who has it already, a browser that comes back or a proxy, is told so by 304.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Hashable, Iterable
from contextlib import closing
from datetime import date
from functools import wraps
from hashlib import blake2b
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, cast

from cachetools import LRUCache
from flask import Flask, Response, make_response, request
from werkzeug.http import parse_etags, remove_entity_headers, unquote_etag

from index.record import record
from web.compression import SHORTEST
from web.data import Data, data
from web.errors import DATA_ERRORS
from web.turns import PAGES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BYTES: Final = 8 * 2**20
"""What the answers of an application may take: some six hundred pages."""

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


_TOOK: Final = re.compile(rb'"took_ms": ?[0-9.e-]+')
"""What alone is another when the same is answered anew; in a text of JSON its quotes would be escaped."""

NOT_MODIFIED: Final = "304 NOT MODIFIED"


@record
class _Kept:
    """A whole answer, its `ETag` among its headers.

    Attributes:
        state: of what it was made of.
        status: as it is sent.
        headers: as they are sent.
        body: as it is sent, or packed by zlib.
        is_packed: which of the two.
    """

    state: Hashable
    status: str
    headers: list[tuple[str, str]]
    body: bytes
    is_packed: bool

    def send(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Answer a request with it, or with 304 to who has it. Source: RFC 9110, 13.1.2 and 15.4.5."""
        headers = self.headers.copy()
        if "HTTP_IF_NONE_MATCH" not in environ or not self._is_among(environ["HTTP_IF_NONE_MATCH"]):
            start_response(self.status, headers)
            return [zlib.decompress(self.body) if self.is_packed else self.body]
        remove_entity_headers(headers)
        start_response(NOT_MODIFIED, headers)
        return []

    def _is_among(self, named: str) -> bool:
        """Whether a list of tags, as a request has it, names this answer, packed or not."""
        own = next((value for name, value in self.headers if name == "ETag"), None)
        tag, _is_weak = unquote_etag(own)
        return tag is not None and parse_etags(named).contains_weak(tag)


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
        with PAGES.turn():
            made = make_response(view())
        if made.status_code == 200 and not made.is_streamed:  # noqa: PLR2004 - OK
            request.environ[_KEEP] = state
            body, timed = _TOOK.subn(b"", made.get_data())
            made.set_etag(blake2b(body, digest_size=16).hexdigest(), weak=bool(timed))
        return made

    return answer


def _keeping(app: WSGIApplication, answers: Answers, state: Callable[[], Hashable]) -> WSGIApplication:
    """An application that sends what is kept, and keeps what it may of what the other one answers."""

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = (*_address(environ), *(environ.get(name, "") for name in _VARYING))
        PAGES.asked()
        known = answers.get(key)
        if known is not None and known.state == _known(state):
            return known.send(environ, start_response)
        begun: list[Any] = []

        def beginning(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:  # noqa: ANN401 - as it is declared in PEP 3333
            begun[:] = status, headers.copy()
            return _never if _KEEP in environ else start_response(status, headers, *error)

        given = app(environ, beginning)
        if _KEEP not in environ:
            return given
        with closing(cast("Any", given)):
            body = b"".join(given)
        status, sent = begun
        made = _Kept(environ[_KEEP], status, sent, *_packed(body, sent))
        answers.keep(key, made)
        return made.send(environ, start_response)

    return answered


def _packed(body: bytes, headers: list[tuple[str, str]]) -> tuple[bytes, bool]:
    """A body in less room, and whether it is packed: as it is, it takes six times as much."""
    if len(body) < SHORTEST or any(name == "Content-Encoding" for name, _ in headers):
        return body, False
    return zlib.compress(body, zlib.Z_BEST_SPEED), True


def _never(_: bytes) -> object:
    raise AssertionError("Flask gives what it writes, and doesn't write it itself")


def _known(state: Callable[[], Hashable]) -> Hashable | None:
    """The state; None where the data can't be read, which the application then says."""
    try:
        return state()
    except (*DATA_ERRORS, OSError):
        return None


def _state(shown: Data) -> Hashable:
    """What changes whenever an answer may; taken before it is made, so that it is never taken for newer."""
    return shown.library().state(), date.today()  # noqa: DTZ011 - the reader's day
