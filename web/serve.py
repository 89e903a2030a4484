"""`arshif serve`: the page on a production server."""

from __future__ import annotations

import errno
import logging
import signal
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

import click
import waitress

from search.commands.common import Options
from search.commands.exits import Exit
from web import create_app
from web.absolute import PublicUrlError, public_url
from web.cors import is_origin
from web.data import Data, data_folder
from web.memory import hold_little, leave_alone
from web.suggest import phrasebook

STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)

_TAKEN: Final = "port {port} on {host} is taken by another program; choose another with --port"
_REFUSED: Final = "can't listen on {host}, port {port}: {reason}"


class AddressError(click.ClickException):
    """The address can't be listened on."""

    exit_code = Exit.USAGE


def _public_url(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    try:
        return public_url(value) if value else None
    except PublicUrlError as error:
        raise click.BadParameter(str(error), context, parameter) from error


def _origins(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not is_origin(value):
            message = f"{value!r} is no origin; write https://example.org, without a slash at its end, or *"
            raise click.BadParameter(message, context, parameter)
    return values


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 for any that is free.",
)
@click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Requests at the same time."
)
@click.option(
    "--public-url",
    "public",
    metavar="URL",
    callback=_public_url,
    help="The address that readers reach it by, for feeds and citations; behind a proxy it can't be known.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    callback=_origins,
    help="Let pages of this origin, or * for any, read the API; may be given more than once.",
)
@click.pass_context
def serve(  # noqa: PLR0913 - one for each option
    context: click.Context,
    /,
    *,
    host: str,
    port: int,
    threads: int,
    public: str | None,
    origins: tuple[str, ...],
) -> Exit:
    """Serve the search page, until Ctrl-C."""
    hold_little()
    app = create_app({"LIBRARY": _folder(context), "PUBLIC_URL": public, "ALLOW_ORIGINS": origins})
    shown: Data = app.extensions["arshif"]
    try:
        # Without an archive this ends here; without an index the page says so, and it may come any time.
        if problem := shown.library().index_status().problem:
            click.echo(f"Warning: {problem}; until then the page says so", err=True)
        server = _listen(app, host, port, threads)
        book = phrasebook(shown.library())
        book.phrases()  # they are counted while the first readers come
        leave_alone()
        for number in STOP_SIGNALS:
            signal.signal(number, _stop)
        for address in _addresses(server):
            click.echo(f"Arshif listens on {address} (Ctrl-C ends it)")
        server.run()
        server.close()
        book.stop()
    finally:
        shown.close()
    return Exit.DONE


def _folder(context: click.Context) -> Path:
    """The data folder that `arshif` was given, else the usual one."""
    return context.obj.data if isinstance(context.obj, Options) else data_folder()


def _listen(app: Any, host: str, port: int, threads: int) -> Any:  # noqa: ANN401 - Waitress ships no types
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a request that waits a moment is no event
    try:
        return waitress.create_server(app, host=host, port=port, threads=threads, ident=None)
    except (OSError, ValueError) as error:  # ValueError: Waitress' word for a host that has no address
        is_taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        message = _TAKEN if is_taken else _REFUSED
        raise AddressError(message.format(host=host, port=port, reason=error)) from error


def _addresses(server: Any) -> list[str]:  # noqa: ANN401 - Waitress ships no types
    """Where a server listens; a name such as localhost can stand for several addresses."""
    ends = getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)]
    return [f"http://{f'[{host}]' if ':' in host else host}:{port}/" for host, port in ends]


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End well; a second signal, by someone who doesn't want to wait, ends at once."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    raise SystemExit(0)
