"""What the archive itself says of words: how many articles have one, and which belong together in it."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from itertools import islice
from typing import Final
from weakref import WeakKeyDictionary

from index.analysis import Variant, analyze, derived, is_known
from index.engines import query
from index.engines.contract import Engine, TextField
from index.record import field, record
from search.forms import Forms
from search.spelling import misspellings

FIELDS: Final = (TextField.TITLE.value, TextField.BODY.value)
"""Where a word is counted. An article that has it in the title has it in the body as well, nearly always: the
larger count stands for both, and is known without reading a posting list."""

REMEMBERED: Final = 50_000
"""Words that are remembered; then all are forgotten, so that memory has a bound."""

PRIOR: Final = 1.0
"""Articles that are added to what was seen and to what chance expects: little evidence says little."""

FULL: Final = 3.0
"""The logarithm of the ratio from which on two words belong together wholly: twenty times chance."""

FREQUENT: Final = 3
"""Articles that must have a word for another to be taken for its misspelling."""


SHORTEST_JOINED: Final = 6
"""Letters of a word that two others may make together; a shorter one is another word too often."""


@record
class _Memory:
    """What was counted over one state of an index."""

    state: Hashable
    counts: dict[str, int] = field(default_factory=dict)
    derivations: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    misspellings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: dict[tuple[tuple[str, ...], tuple[int, ...]], bool] = field(default_factory=dict)


_memories: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()


class Vocabulary:
    """The words of an index. What was counted is remembered until the index changes.

    Attributes:
        forms: its words as they are written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        state = engine.state()
        memory = _memories.get(engine)
        if memory is None or memory.state != state or len(memory.counts) > REMEMBERED:
            memory = _memories[engine] = _Memory(state)
        self._memory = memory
        self.forms = Forms(engine)

    @property
    def size(self) -> int:
        """How many articles there are."""
        return self.counts([""])[""]

    def counts(self, stems: Iterable[str]) -> dict[str, int]:
        """How many articles have each of these stems in titles or in bodies; of the empty one, all."""
        wanted = list(dict.fromkeys(stems))
        known = self._memory.counts
        if new := [stem for stem in wanted if stem not in known]:
            found = iter(self._engine.counts([node for stem in new for node in _nodes(stem)]))
            known.update((stem, max(islice(found, len(FIELDS)))) for stem in new)
        return {stem: known[stem] for stem in wanted}

    def derivations(self, stem: str) -> tuple[tuple[str, float], ...]:
        """Stems of the same root that the archive uses together with this one, and how surely, over 0 to 1.

        A root has words that have little to do with each other (عدم, إعدام). How much more often two are in
        one article than chance would have them there tells; where there is too little of a word to tell,
        it is believed.
        """
        known = self._memory.derivations
        if stem not in known:
            known[stem] = self._derivations(stem)
        return known[stem]

    def misspelled(self, form: str) -> tuple[str, ...]:
        """The stem that a form is likeliest misspelled from; none for a word that the lexicon knows."""
        known = self._memory.misspellings
        if form not in known:
            known[form] = () if is_known(form) else self._misspelled(form)
        return known[form]

    def has(self, variant: Variant) -> bool:
        """Whether an article has a variant: its word, or its words side by side."""
        if len(variant.stems) == 1:
            return bool(self.counts(variant.stems)[variant.stems[0]])
        known = self._memory.rows
        key = (variant.stems, variant.offsets)
        if key not in known:
            phrases = [query.Phrase(name, *key) for name in FIELDS]
            known[key] = any(self._engine.counts(phrases))
        return known[key]

    def joined(self, left: str, right: str) -> Variant | None:
        """Two forms that the archive writes as one word as well, as that word; None if it doesn't."""
        tokens = analyze(left + right)
        if len(tokens) != 1 or len(tokens[0].form) < SHORTEST_JOINED or not tokens[0].stem:
            return None
        stem = tokens[0].stem
        found = self.counts([stem])[stem] >= FREQUENT
        return Variant(tokens[0].form, (stem,), (0,), 1.0) if found else None

    def _derivations(self, stem: str) -> tuple[tuple[str, float], ...]:
        counts = self.counts([stem, "", *derived(stem)])
        others = [other for other in derived(stem) if counts[other]]
        both = self._engine.counts([query.And((_in_body(stem), _in_body(other))) for other in others])
        weights = [
            association(counts[stem], counts[other], together, counts[""])
            for other, together in zip(others, both, strict=True)
        ]
        ordered = sorted(zip(others, weights, strict=True), key=lambda pair: (-pair[1], pair[0]))
        return tuple((other, weight) for other, weight in ordered if weight > 0)

    def _misspelled(self, form: str) -> tuple[str, ...]:
        for near in misspellings(form):  # the likeliest first
            found = {
                other: count for other, count in self.counts(near).items() if count >= FREQUENT and other
            }
            if found:
                return (max(sorted(found), key=found.__getitem__),)
        return ()


def association(one: int, other: int, both: int, total: int) -> float:
    """How surely two words belong together, 0 to 1, by how many of all articles have each and both.

    The logarithm of what was seen over what chance expects, with a prior, and with the benefit of the doubt
    where chance expects too little to tell.
    """
    expected = one * other / total + PRIOR if total else PRIOR
    evidence = math.log((both + PRIOR) / expected) + 1 / math.sqrt(expected)
    return min(1.0, max(0.0, evidence / FULL))


def _nodes(stem: str) -> list[query.Node]:
    return [query.Term(name, stem) if stem else query.Everything() for name in FIELDS]


def _in_body(stem: str) -> query.Term:
    return query.Term(TextField.BODY, stem)
