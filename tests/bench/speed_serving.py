"""What a person waits for: the command from a cold start, and the server under four connections."""

import json
import os
import re
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from speed_empty import THREADS
from speed_system import Kind, Query, memory

BIN = Path(sys.executable).parent
EMPTY = Path(__file__).with_name("speed_empty.py")
CONNECTIONS = 4
WARMING = 50
PATIENCE = 60.0
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def cold(folder: Path, queries: Sequence[Query]) -> dict[str, list[dict[str, float]]]:
    """Each query in a process of its own, between two that only load the command line's library.

    One more goes before: what Python and Arshif keep for the next process is kept then, as it is for users.
    """
    commands = {
        "arshif": [str(BIN / "arshif"), "--data", str(folder), "search"],
        "click": [sys.executable, "-c", "import click"],
    }
    took = {name: [] for name in commands}
    _process([*commands["arshif"], queries[0].text])
    for query in queries:
        took["click"].append(_process(commands["click"]))
        took["arshif"].append(_process([*commands["arshif"], query.text]))
    return took


def _process(command: list[str]) -> dict[str, float]:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE, env=ENVIRONMENT)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"wall": wall, "processor": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def http(folder: Path, queries: Sequence[Query], requests: int) -> dict[str, dict]:
    """Requests a second: an empty page, then the page and the API, queries that are new and the same again.

    Each is asked so many times, of queries of its own.
    """
    page = [_address(query) for query in queries[:requests]]
    api = [_address(query, "/api/search") for query in queries[requests : 2 * requests]]
    rest = [_address(query) for query in queries[2 * requests :]]
    with _server([sys.executable, str(EMPTY)]) as (_, port):
        _load(port, ["/"] * WARMING)
        empty = _load(port, ["/"] * 4 * requests)
    with _server(_serve(folder)) as (_, port):
        _load(port, rest[:WARMING])
        return {
            "empty page": empty,
            "/search, new": _load(port, page),
            "/search, again": _load(port, page),
            "/api/search, new": _load(port, api),
            "/api/search, again": _load(port, api),
        }


def grown(folder: Path, texts: Sequence[str]) -> dict[str, int]:
    """Bytes that the server holds after its first pages, and after one for each of these different queries.

    Of all that it holds (`asked`) some are pages of the index's files, which the system shares with others
    and takes back when it wants to (`files`).
    """
    addresses = [f"/search?{urlencode({'q': text})}" for text in texts]
    with _server(_serve(folder)) as (pid, port):
        _load(port, addresses[:WARMING])
        opened = memory(pid)
        _load(port, addresses[WARMING:])
        return {
            "opened": opened,
            "asked": memory(pid),
            "files": memory(pid, "RssFile"),
            "peak": memory(pid, "VmHWM"),
            "queries": len(texts),
        }


class Serving:
    """A server that runs over a folder while others write to it."""

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        _, self._port = self._stack.enter_context(_server(_serve(folder)))
        self._connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)

    def until_found(self, query: Query, article_id: str) -> None:
        """Ask until the article is there.

        Raises:
            TimeoutError: it does not come.
        """
        patience = time.monotonic() + PATIENCE
        while time.monotonic() < patience:
            self._connection.request("GET", _address(query, "/api/search"))
            found = json.load(self._connection.getresponse())
            if [hit["id"] for hit in found["hits"]] == [article_id]:
                return
        raise TimeoutError(f"{article_id} is not found")

    def close(self) -> None:
        self._connection.close()
        self._stack.close()


def _serve(folder: Path) -> list[str]:
    options = ("serve", "--port", "0", "--threads", str(THREADS))
    return [str(BIN / "arshif"), "--data", str(folder), *options]


def _address(query: Query, path: str = "/search") -> str:
    return f"{path}?{_parameters(query)}"


def _parameters(query: Query) -> str:
    text = f'"{query.text}"' if query.kind is Kind.PHRASE else query.text
    asked = {"q": text, "match": "any" if query.kind is Kind.ANY else "all"}
    return urlencode(asked | ({"from": query.first, "to": query.last} if query.first else {}))


@contextmanager
def _server(command: list[str]) -> Iterator[tuple[int, int]]:
    """A server in a process of its own, its id and port; it ends with the block."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        line = process.stdout.readline()
        yield process.pid, int(re.search(r":(\d+)/", line)[1])
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        process.stdout.close()


def _load(port: int, addresses: Sequence[str]) -> dict[str, object]:
    """Ask for these addresses over four connections that stay open; seconds of each, and of all."""
    rest, took, failed = iter(addresses), [], []
    threads = [threading.Thread(target=_ask, args=(port, rest, took, failed)) for _ in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return {"wall": time.perf_counter() - started, "took": took}


def _ask(port: int, rest: Iterator[str], took: list[float], failed: list[Exception]) -> None:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for address in rest:
                started = time.perf_counter()
                connection.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
                _read(connection)
                took.append(time.perf_counter() - started)
    except (OSError, ValueError) as error:
        failed.append(error)


def _read(connection: socket.socket) -> None:
    """Read one response whole, with as little work as can be: the client shares the machine."""
    data = b""
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += _received(connection)
    head = data[:end].lower()
    if b" 200 " not in head[:20]:
        raise ValueError(f"the server answered {head[:40]!r}")
    missing = int(re.search(rb"content-length: (\d+)", head)[1]) - (len(data) - end - 4)
    while missing > 0:
        missing -= len(_received(connection))


def _received(connection: socket.socket) -> bytes:
    data = connection.recv(1 << 16)
    if not data:
        raise ValueError("the server closed the connection")
    return data
