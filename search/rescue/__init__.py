"""What to try where nothing, or very little, was found: offered, never done unasked.

    offer       what is offered: a search, why, and how many articles it finds
    situation   what a rescue is told, and what it may ask
    wordlist    the archive's own words, remembered until the index changes
    editing     a query's text with words of it replaced or left out
    layouts     keyboards, key by key; keyboard types a text anew with another
    romanized   Arabic in Latin letters: tables; reading finds the words that may be meant
    exonyms     what other languages call places and people
    attested    whether the archive writes a word so
    likeness    how near two words are, by what is confused in Arabic; slips, the words that are one slip away
    misspelled  what one word may be misspelled from
    transliteration, respelling, fewer, narrowing, dating   a kind of rescue each
    chain       all rescues in order, and how much they may ask

Others use `offers` and `offer` only, and tell them a `Situation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.rescue.attested import FEW, looks_wrong
from search.rescue.situation import Situation

if TYPE_CHECKING:
    from search.rescue.offer import Offer

__all__ = ["Situation", "offers"]


def offers(situation: Situation) -> tuple[Offer, ...]:
    """What may be searched for instead, as `chain.rescued` has it.

    Nothing where enough was found, no word of it looks wrong and none names a time.
    """
    if situation.found > FEW and not situation.named_time() and not looks_wrong(situation):
        return ()
    from search.rescue.chain import rescued  # most searches need none of it

    return rescued(situation)
