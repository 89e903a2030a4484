"""The words of articles, to find what several of them share.

What was read is remembered until the archive changes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Final
from weakref import WeakKeyDictionary

from index.analysis import counted
from index.archive import Archive
from index.article import Article

TITLE_COUNTS: Final = 2
"""A word in a title counts as if it stood there this often."""

REMEMBERED: Final = 500
"""Articles whose words are remembered, about 60 kB each; then all are forgotten: memory has a bound."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article.

    Attributes:
        total: how many there are.
        counts: for each stem, "" for stop words, how often it stands there.
        written: the same of each word as it is written.
        stems: the stem of each of these.
    """

    total: int
    counts: Mapping[str, int]
    written: Mapping[str, int]
    stems: Sequence[str]


@dataclass(slots=True)
class _Memory:
    """What was read of one state of an archive."""

    state: int
    words: dict[str, Words] = field(default_factory=dict)


_memories: WeakKeyDictionary[Archive, _Memory] = WeakKeyDictionary()


def read(archive: Archive, ids: Sequence[str]) -> dict[str, Words]:
    """The words of these articles, without those that the archive doesn't have, in the order asked for."""
    state = archive.last_seq()  # first: what is read after a change is never taken for older
    memory = _memories.get(archive)
    if memory is None or memory.state != state or len(memory.words) > REMEMBERED:
        memory = _memories[archive] = _Memory(state)
    known = memory.words
    if new := [id_ for id_ in ids if id_ not in known]:
        known.update((id_, words_of(article)) for id_, article in archive.get_many(new).items())
    return {id_: known[id_] for id_ in ids if id_ in known}


def words_of(article: Article) -> Words:
    """The words of an article, those in its title counted `TITLE_COUNTS` times."""
    written, stems = counted("\n".join([article.body, *[article.title] * TITLE_COUNTS]))
    counts: dict[str, int] = defaultdict(int)
    for stem, count in zip(stems, written.values(), strict=True):
        counts[stem] += count
    return Words(written.total(), counts, written, stems)


def usual_forms(read: Iterable[Words], stems: Iterable[str]) -> dict[str, str]:
    """How each of these stems is written most often, the shortest way of these."""
    forms: dict[str, Counter[str]] = {stem: Counter() for stem in stems}
    for words in read:
        pairs = zip(words.stems, words.written.items(), strict=True)
        for stem, (word, count) in compress(pairs, map(forms.__contains__, words.stems)):
            forms[stem][word] += count
    return {
        stem: min(found, key=lambda form: (-found[form], len(form), form)) for stem, found in forms.items()
    }
