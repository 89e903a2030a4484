"""What to try where nothing, or very little, was found: offered, never done unasked.

    offer       what is offered: a search, why, and how many articles it finds
    situation   what a rescue is told, and what it may ask
    wordlist    the archive's own words, remembered until the index changes
    editing     a query's text with words of it replaced or left out
    layouts     keyboards, key by key; keyboard types a text anew with another
    romanized   Arabic in Latin letters: tables; reading finds the words that may be meant
    exonyms     what other languages call places and people
    likeness    how near two words are, by what is confused in Arabic; slips, the words that are one slip away
    misspelled  what one word may be misspelled from
    transliteration, respelling, fewer, narrowing, dating   a kind of rescue each
    chain       all rescues in order, and how much they may ask

Others use the names below only.
"""

from search.rescue.chain import offers
from search.rescue.offer import REASONS, Kind, Offer
from search.rescue.situation import Situation

__all__ = ["REASONS", "Kind", "Offer", "Situation", "offers"]
