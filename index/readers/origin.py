"""Where records come from, and problems with them."""

from __future__ import annotations

import re

from index.readers.record import Problem, Severity
from index.record import record

QUOTE_LENGTH = 60
"""Characters of a value that a reason quotes."""

UNPRINTABLE = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What would break a line of a report, or the terminal it is printed on."""


@record
class Origin:
    """A file that is read.

    Attributes:
        file: its name in records and problems.
        source: the newspaper or agency of articles that name none.
    """

    file: str
    source: str | None = None

    def rejected(self, number: int | None, reason: str) -> Problem:
        """A record, or the whole file, that is not taken."""
        return Problem(Severity.REJECTED, self.file, number, printable(reason))

    def skipped(self, reason: str) -> Problem:
        """A file that is passed over."""
        return Problem(Severity.SKIPPED, self.file, None, printable(reason))

    def adjusted(self, number: int, reason: str) -> Problem:
        """An article that is taken, but not all of it as it came."""
        return Problem(Severity.ADJUSTED, self.file, number, printable(reason))


def printable(text: str) -> str:
    """The text on one line, with U+FFFD for what can't be printed."""
    return UNPRINTABLE.sub("\ufffd", text)


def quoted(value: object) -> str:
    """A value as a reason quotes it: one line, in «…», cut where it is long."""
    text = printable(" ".join(str(value).split()))
    return f"«{text[:QUOTE_LENGTH]}…»" if len(text) > QUOTE_LENGTH else f"«{text}»"
