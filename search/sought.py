"""What of a query is found again in a text: words, phrases, rows, and words close to each other."""

from __future__ import annotations

from collections.abc import Iterable

from index.analysis import Variant
from index.engines.contract import TextField
from index.record import record
from search.expansion import Kind
from search.levels import LookedFor
from search.syntax import Fuzzy, Wildcard
from search.wild import Written


@record
class Beside:
    """A word that matches only close to another.

    Attributes:
        own: stems of the word, or forms.
        other: those of the one it must be close to.
        reach: 1 for the next word, and so on.
        as_written: whether these are forms.
    """

    own: frozenset[str]
    other: frozenset[str]
    reach: int
    as_written: bool


@record
class Sought:
    """A word or phrase of the query, as it is found again in a text.

    Attributes:
        typed: as it was typed.
        stems: a word with one of these stems is a match; empty for what is looked for as written.
        forms: words with these forms, in this order and side by side, are a match.
        in_body: whether the body counts too, or the title alone.
        row: words with these stems, each at its place from the first, are a match.
        in_title: whether the title counts too, or the body alone.
        any_form: a word with one of these forms is a match.
        beside: a word is a match where it stands close to another.
        kinds: why stems are looked for that are not of what was typed, and why forms are.
    """

    typed: str
    stems: frozenset[str]
    forms: tuple[str, ...]
    in_body: bool
    row: tuple[tuple[int, str], ...] = ()
    in_title: bool = True
    any_form: frozenset[str] = frozenset()
    beside: Beside | None = None
    kinds: tuple[tuple[str, Kind], ...] = ()


def in_title(sought: Iterable[Sought]) -> list[Sought]:
    """What is looked for in a title."""
    return [each for each in sought if each.in_title]


def in_body(sought: Iterable[Sought]) -> list[Sought]:
    """What is looked for in a body."""
    return [each for each in sought if each.in_body]


def seek(  # noqa: PLR0913 - one for each way to be found
    typed: str,
    fields: Iterable[TextField],
    *,
    forms: tuple[str, ...] = (),
    any_form: Iterable[str] = (),
    beside: Beside | None = None,
    kinds: tuple[tuple[str, Kind], ...] = (),
) -> Sought:
    """What is looked for as it is written, in these fields."""
    fields = tuple(fields)
    return Sought(
        typed,
        frozenset(),
        forms,
        TextField.BODY in fields,
        in_title=TextField.TITLE in fields,
        any_form=frozenset(any_form),
        beside=beside,
        kinds=kinds,
    )


def seek_words(typed: str, words: Iterable[LookedFor], fields: Iterable[TextField]) -> list[Sought]:
    """What to mark for the words of one piece of the query, and for the rows that it may be written as."""
    words, fields = list(words), tuple(fields)
    stems = frozenset(stem for word in words for stem in (*word.stems, *(stem for stem, _ in word.weaker)))
    kinds = tuple(dict(pair for word in words for pair in word.kinds).items())
    has_body, has_title = TextField.BODY in fields, TextField.TITLE in fields
    found = [Sought(typed, stems, (), has_body, in_title=has_title, kinds=kinds)] if stems else []
    found += [seek(typed, fields, forms=(word.token.form,)) for word in words if not word.stems]
    return found + [seek_row(typed, variant, fields) for word in words for variant in word.rows]


def seek_written(asked: Wildcard | Fuzzy, found: Written, fields: Iterable[TextField]) -> Sought:
    """What to mark for a word with stars, or for one that is written nearly so."""
    forms = (*found.forms, *(form for form, _ in found.weaker))
    kind = Kind.WILDCARD if isinstance(asked, Wildcard) else Kind.FUZZY
    return seek(asked.text, fields, any_form=forms, kinds=tuple((form, kind) for form in forms))


def seek_row(typed: str, variant: Variant, fields: Iterable[TextField]) -> Sought:
    """Words side by side that are another way to write what was typed."""
    fields = tuple(fields)
    row = tuple(zip(variant.offsets, variant.stems, strict=True))
    return Sought(typed, frozenset(), (), TextField.BODY in fields, row, in_title=TextField.TITLE in fields)
