"""Which segments of an index are merged, and how: their documents are taken in, and written once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np

from index.engines.contract import KeywordField, TextField
from index.engines.scoring.found import Numbers
from index.engines.scoring.places import positions
from index.engines.whoosh.postings import decode_lists
from index.engines.whoosh.runs import Tokens, joined
from index.engines.whoosh.segments import Leaf
from index.engines.whoosh.waiting import Waiting

_SMALL = 1000
"""Documents from which on a segment is never merged for being small, so that a commit's work is bounded."""

_PEERS = 8
"""The most segments with the same number of digits in their number of documents that are left unmerged."""

_PORTION = 100_000
"""Postings that are decoded at a time."""

_List: TypeAlias = tuple[str, int, bytes]
"""A term, how many documents have it, and its encoded postings."""


def is_kept(segments: Sequence[Any]) -> list[bool]:
    """Which of an index's segments, Whoosh's own, stay as they are.

    Merged are small segments of about the same size when they have become too many, and each of which more
    than half is deleted. So a document is copied a few times at most, and after a commit there are never more
    than `_PEERS` and one small segments of a size.
    """
    peers = Counter(map(_digits, segments))
    return [
        (segment.doc_count() >= _SMALL or peers[_digits(segment)] <= _PEERS)
        and 2 * segment.doc_count() >= segment.doc_count_all()
        for segment in segments
    ]


def _digits(segment: Any) -> int:  # noqa: ANN401 - Whoosh ships no types
    return len(str(segment.doc_count()))


def take_in(segment: Any, leaf: Leaf, waiting: Waiting) -> None:  # noqa: ANN401 - Whoosh ships no types
    """Let a segment's documents wait to be written, those that are not deleted.

    Raises:
        ValueError: the segment is spoiled; some raise what unpickling raises.
    """
    living = np.ones(leaf.size, bool)
    living[list(segment.deleted_docs())] = False
    numbers = np.where(living, np.cumsum(living) - 1, -1)
    rows = zip(*_particulars(leaf, np.flatnonzero(living)), strict=True)
    tokens = {
        name: joined([_tokens(name, portion, numbers, waiting) for portion in _portions(leaf.lists(name))])
        for name in TextField
    }
    waiting.take(rows, tokens)


def _particulars(leaf: Leaf, chosen: Numbers) -> tuple[Iterable[str], Iterable[dict[str, str]], list[int]]:
    """Documents' ids, their values in the keyword fields, and when they were published."""
    columns = [leaf.column(name) for name in KeywordField]
    values = [[column.values[number] for number in column.numbers[chosen].tolist()] for column in columns]
    named = (dict(zip(KeywordField, row, strict=True)) for row in zip(*values, strict=True))
    return map(leaf.id_of, chosen.tolist()), named, leaf.moments()[chosen].tolist()


def _portions(lists: Iterable[_List]) -> Iterator[list[_List]]:
    """Posting lists, so many together that numpy is quick, and that they take little memory while decoded."""
    portion: list[_List] = []
    size = 0
    for each in lists:
        portion.append(each)
        size += each[1]
        if size >= _PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _tokens(name: str, portion: Sequence[_List], numbers: Numbers, waiting: Waiting) -> Tokens:
    """Tokens of a text field in the documents that have a number, not -1, and with it."""
    terms, counts, lists = zip(*portion, strict=True)
    documents, frequencies, encoded = decode_lists(lists)
    if sum(counts) != len(documents) or documents.max() >= len(numbers):
        raise ValueError("a term dictionary counts otherwise than its posting lists")
    counted = frequencies.astype(np.int64)
    places = positions(encoded, counted)
    if not _rise(documents, counts) or not _rise(places, counted):
        raise ValueError("a posting list is out of order")
    numbered = np.array([waiting.number(name, term) for term in terms], np.int32)
    tokens = Tokens(
        np.repeat(np.repeat(numbered, counts), counted),
        np.repeat(numbers[documents].astype(np.int32), counted),
        places.astype(np.int32),
    )
    return tokens.only(tokens.documents >= 0)


def _rise(values: Numbers, counts: Sequence[int] | Numbers) -> bool:
    """Whether numbers are 0 or more, of 31 bits, and rise in each run of so many."""
    runs = np.repeat(np.arange(len(counts)), counts)
    in_range = ((values >= 0) & (values < 1 << 31)).all()
    return bool(in_range and (np.diff((runs << 31) + values) > 0).all())
