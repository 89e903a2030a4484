"""All rescues in order: what they propose is asked of the archive, and offered where it finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from index.engines import query
from index.record import record
from search.rescue.attested import FEW, looks_wrong
from search.rescue.dating import of_that_time
from search.rescue.fewer import unquoted, without_one, without_two
from search.rescue.keyboard import keyboards
from search.rescue.narrowing import wider
from search.rescue.offer import Candidate, Kind, Offer
from search.rescue.respelling import respellings
from search.rescue.situation import Situation
from search.rescue.transliteration import transliterations


@record
class Rescue:
    """A kind of rescue.

    Attributes:
        propose: what may be searched for instead, the likeliest first.
        tried: how many of these are asked of the archive, at most.
        offered: how many of those that find something are offered, at most.
        always: whether it is of use where a little was found too.
        anyway: whether it is however much was found.
        most_first: those that find most are offered first.
        in_place_of: of use only where nothing of these kinds is offered.
    """

    propose: Callable[[Situation], Iterable[Candidate]]
    tried: int
    offered: int
    always: bool = False
    anyway: bool = False
    most_first: bool = False
    in_place_of: tuple[Kind, ...] = ()


OTHER_LETTERS: Final = (Kind.KEYBOARD, Kind.TRANSLITERATION)
"""Where one of these is offered the words are no words, and to leave one out is of no use."""

RESCUES: Final = (
    Rescue(of_that_time, 1, 1, always=True, anyway=True),
    Rescue(keyboards, 16, 1, always=True),
    Rescue(transliterations, 6, 3, always=True),
    Rescue(respellings, 6, 3, always=True),
    Rescue(unquoted, 1, 1),
    Rescue(wider, 3, 3),
    Rescue(without_one, 6, 3, most_first=True, in_place_of=OTHER_LETTERS),
    Rescue(without_two, 15, 3, most_first=True, in_place_of=(Kind.FEWER, *OTHER_LETTERS)),
)
"""The chain, in the order of what is offered."""


def rescued(situation: Situation) -> tuple[Offer, ...]:
    """What may be searched for instead; where enough was found and no word looks wrong only a time it names.

    Each finds at least one article, and no two find the same ones. Where enough was found it costs to count
    the words' forms. Otherwise at most 53 searches are counted, not scored, and some sections of the
    vocabulary are listed (see `wordlist`): over 30,000 articles a few hundredths of a second, and some
    tenths for words whose sections were not listed before.
    """
    offered: list[Offer] = []
    nodes: list[query.Node] = []
    for rescue in _of_use(situation):
        if any(offer.kind in rescue.in_place_of for offer in offered):
            continue
        found = _found(rescue, situation)
        for offer, node in islice(_new(found, offered, nodes, situation), rescue.offered):
            offered.append(offer)
            nodes.append(node)
    return tuple(offered)


def _of_use(situation: Situation) -> tuple[Rescue, ...]:
    if not situation.found:
        return RESCUES
    is_enough = situation.found > FEW and not looks_wrong(situation)
    return tuple(rescue for rescue in RESCUES if (rescue.anyway if is_enough else rescue.always))


def _found(rescue: Rescue, situation: Situation) -> list[tuple[Offer, query.Node]]:
    """What a rescue proposes that finds something, and what the engine is asked for it."""
    proposed = (each for each in rescue.propose(situation) if each.asked != situation.asked)
    candidates = list(islice(proposed, rescue.tried))
    counted = situation.counts(candidate.asked for candidate in candidates)
    found = [
        (Offer(candidate.kind, candidate.asked, total, candidate.left_out), node)
        for candidate, (node, total) in zip(candidates, counted, strict=True)
        if total
    ]
    return sorted(found, key=lambda pair: -pair[0].total) if rescue.most_first else found


def _new(
    found: Iterable[tuple[Offer, query.Node]],
    offered: list[Offer],
    nodes: list[query.Node],
    situation: Situation,
) -> Iterator[tuple[Offer, query.Node]]:
    """Those of the offers that find other articles than all that are offered already."""
    for offer, node in found:
        same = [other for other, before in zip(nodes, offered, strict=True) if before.total == offer.total]
        shared = situation.engine.counts([query.And((node, other)) for other in same])
        if offer.total not in shared:
            yield offer, node
