"""From the fields of a record, whatever they are called, to an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from index.article import Article, identify
from index.readers.cleaning import clean, collapse, is_blank, join_url, one_line
from index.readers.dates import DateError, to_iso
from index.readers.origin import Origin, quoted
from index.readers.record import Problem, Record

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "identifier", "guid", "uuid", "المعرف"),
    "title": ("title", "headline", "heading", "العنوان"),
    "body": (
        *("body", "content", "text", "article_body", "full_text", "main_text", "article", "story"),
        *("النص", "المحتوى", "نص المقال"),
    ),
    "url": ("url", "link", "permalink", "href", "web_url", "article_url", "source_url", "الرابط"),
    "source": (
        "source",
        "source_name",
        "publisher",
        "newspaper",
        "agency",
        "outlet",
        "site_name",
        "المصدر",
        "الصحيفة",
    ),
    "author": ("author", "byline", "writer", "creator", "author_name", "authors", "الكاتب", "المحرر"),
    "category": ("category", "section", "topic", "desk", "channel", "القسم", "التصنيف"),
    "published": (
        *(
            "published",
            "published_at",
            "date_published",
            "publish_date",
            "published_date",
            "publication_date",
        ),
        *(
            "pub_date",
            "date_publish",
            "date",
            "datetime",
            "timestamp",
            "created_at",
            "date_extracted",
            "التاريخ",
        ),
        "تاريخ النشر",
    ),
}
"""Fields, and the names they are known by; a name is looked at only where those before it are empty.

Case, blanks, hyphens and underscores make no difference: `published_at` is `publishedAt` too. The first is
the true name; `content` and `date_extracted` are SaudiNewsNet's. Other fields are left out.
"""

MAX_ID = 512
"""Characters of an id."""

_SEPARATORS = re.compile(r"[\s_-]+")
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff]")

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),  # before int, which it is too
    (int, "a number"),
    (float, "a number with a fraction"),
    (list, "a list"),
    (dict, "an object"),
)

_SHAPES: Mapping[str, Callable[[str], str]] = {
    "title": one_line,
    "url": join_url,
    "source": collapse,
    "author": collapse,
    "category": collapse,
}
"""Optional texts, and how each is shaped once it is clean."""


class _RejectedError(Exception):
    """The record can't be taken; the message says why."""


def has_body(names: Sequence[str]) -> bool:
    """Whether one of these is a name for the body."""
    return any(field == "body" for field, _ in _plan(tuple(names)))


def read_fields(
    origin: Origin, number: int, names: tuple[str, ...], values: Sequence[object]
) -> Iterator[Record | Problem]:
    """The article that a record holds, then what was left out or mended in it; or why it is rejected.

    Args:
        origin: the file.
        number: the record's number in it.
        names: the names of its fields, as the file has them.
        values: the value of each, of any type.
    """
    notes: list[str] = []
    try:
        article = _article(names, values, origin.source, notes)
    except _RejectedError as error:
        yield origin.rejected(number, str(error))
        return
    yield Record(article, origin.file, number)
    for note in notes:
        yield origin.adjusted(number, note)


def _article(
    names: tuple[str, ...], values: Sequence[object], source: str | None, notes: list[str]
) -> Article:
    given = _given(names, values)
    body = _body(given.get("body"), names, notes)
    texts = {field: _text(field, given.get(field), notes) for field in _SHAPES}
    title = texts["title"] or ""
    return Article(
        id=identify(_id(given.get("id")), texts["url"], title, body),
        title=title,
        body=body,
        url=texts["url"],
        source=texts["source"] or source,
        author=texts["author"],
        category=texts["category"],
        published=_published(given.get("published"), notes),
    )


def _given(names: tuple[str, ...], values: Sequence[object]) -> dict[str, object]:
    """The first value of each field that is not empty."""
    given: dict[str, object] = {}
    for field, place in _plan(names):
        if field not in given and not _is_empty(values[place]):
            given[field] = values[place]
    return given


@lru_cache(maxsize=256)
def _plan(names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """The fields that are understood and their places in a record, the true name of each first."""
    known = [(_RANKS[key], place) for place, name in enumerate(names) if (key := _key(name)) in _RANKS]
    return tuple((field, place) for (field, _), place in sorted(known))


def _key(name: str) -> str:
    return _SEPARATORS.sub("", name).casefold()


_RANKS: Mapping[str, tuple[str, int]] = {
    _key(name): (field, rank) for field, names in NAMES.items() for rank, name in enumerate(names)
}


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and (not value or value.isspace()))


def _kind(value: object) -> str:
    return next(kind for type_, kind in _KINDS if isinstance(value, type_))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _id(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) and not _is_whole(value):
        raise _RejectedError(f"the id is {_kind(value)}: it has to be a text or a whole number")
    text = str(value).strip()
    if len(text) > MAX_ID:
        raise _RejectedError(f"the id has {len(text)} characters: {MAX_ID} are the most")
    if _CONTROL.search(text):
        raise _RejectedError(f"the id {quoted(text)} holds control characters or halves of characters")
    return text


def _body(value: object, names: tuple[str, ...], notes: list[str]) -> str:
    if value is None:
        raise _RejectedError(_no_body(names))
    if not isinstance(value, str):
        raise _RejectedError(f"the body is {_kind(value)}: it has to be a text")
    text = _cleaned("body", value, notes)
    if is_blank(text):
        raise _RejectedError(_no_body(names))
    return text


def _no_body(names: tuple[str, ...]) -> str:
    if has_body(names):
        return "no body: it is empty"
    found = quoted(", ".join(names)) if names else "none"
    return f"no body: it is looked for in the fields {', '.join(NAMES['body'])}; the record's fields: {found}"


def _text(field: str, value: object, notes: list[str]) -> str | None:
    if value is None:
        return None
    if _is_whole(value):
        return str(value)
    if not isinstance(value, str):
        notes.append(f"{field} is {_kind(value)}, not a text: the article is kept without it")
        return None
    return _SHAPES[field](_cleaned(field, value, notes)) or None


def _cleaned(field: str, value: str, notes: list[str]) -> str:
    text, lost = clean(value)
    if lost:
        notes.append(f"{field} held {lost} NULs or halves of characters: removed, or replaced by U+FFFD")
    return text


def _published(value: object, notes: list[str]) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) and not _is_whole(value):
        notes.append(
            f"published is {_kind(value)}, not a date: the article is kept without one: use YYYY-MM-DD"
        )
        return None
    try:
        return to_iso(str(value))
    except DateError as error:
        notes.append(f"published {quoted(value)} {error}; the article is kept without one: use YYYY-MM-DD")
        return None
