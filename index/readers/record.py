"""What a reader yields: a record it could read, or a problem with one."""

from __future__ import annotations

from enum import StrEnum

from index.article import Article
from index.record import record


@record
class Record:
    """An article, and where it was read: the file, and its number in it, from 1."""

    article: Article
    file: str
    number: int


class Severity(StrEnum):
    """What a problem cost.

    REJECTED: a record that can't be used is not in the archive.
    SKIPPED: a file in a folder that holds no articles was passed over.
    ADJUSTED: the article was taken, but something in it was left out or mended.
    """

    REJECTED = "rejected"
    SKIPPED = "skipped"
    ADJUSTED = "adjusted"


@record
class Problem:
    """Something a person should know about what was read.

    Attributes:
        severity: what it cost.
        file: the path, `archive.zip/member.json` for a member of an archive.
        number: the record's number in the file, from 1; None when it is the whole file.
        reason: what was wrong and what to do, one line, without the file's name.
    """

    severity: Severity
    file: str
    number: int | None
    reason: str
