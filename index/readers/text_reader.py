"""Plain text: a file is an article, its first line the title."""

from __future__ import annotations

import io
from collections.abc import Iterator

from index.readers.encoding import decode
from index.readers.fields import read_fields
from index.readers.limits import Limits
from index.readers.origin import Origin
from index.readers.record import Problem, Record


def read(stream: io.BufferedReader, origin: Origin, limits: Limits) -> Iterator[Record | Problem]:
    """The article in a file. Its first line that is not blank is the title; alone it is the body too.

    Raises:
        UnreadableError: the file is too large, or in no encoding that is known.
    """
    decoded = decode(stream, limits)
    if fault := decoded.fault(0, len(decoded.text)):
        yield origin.rejected(1, f"{fault}: save it as UTF-8")
        return
    title, _, rest = decoded.text.lstrip().replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    if title:
        body = rest if rest and not rest.isspace() else title
        yield from read_fields(origin, 1, ("title", "body"), (title, body))
