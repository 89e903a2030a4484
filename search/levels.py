"""The levels at which a word of the query is matched, from its very form to the derivations of its root."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from index.analysis import Token, Variant, attachments, spelled, stop_forms, variants
from index.engines import query
from index.engines.contract import TextField
from index.record import record
from search.expansion import Expansion, Kind
from search.ranking import Level, Ranking
from search.vocabulary import Vocabulary

_REMEMBERED: Final = 64
"""Fields with weights that are remembered: a ranking has few."""

EXACT: Final = {TextField.TITLE: TextField.TITLE_EXACT, TextField.BODY: TextField.BODY_EXACT}
"""Each field of stems, and the field of forms beside it."""


@record
class LookedFor:
    """A word of the query, and what is looked for because of it.

    Attributes:
        typed: as it was typed.
        token: as it was analysed.
        place: its place among the words of the query; words with a sign between them are far apart.
        stems: what counts in full: its stem, that with a clitic it may have, and variants that are one word.
        weaker: stems that count less, and how much.
        rows: variants of several words.
        expansions: what of all that was not typed, for the reader.
        kinds: why each stem is looked for that is not the word's own.
    """

    typed: str
    token: Token
    place: int
    stems: tuple[str, ...]
    weaker: tuple[tuple[str, float], ...] = ()
    rows: tuple[Variant, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    kinds: tuple[tuple[str, Kind], ...] = ()


@record
class Means:
    """By what more is looked for than was typed.

    Attributes:
        ranking: which levels are in use, and what they count.
        vocabulary: what the archive says of words; None where it isn't asked.
        dated: a number stands beside the words, so that they may name a month.
        is_short: the query is short enough for more to be learned of each word.
    """

    ranking: Ranking
    vocabulary: Vocabulary | None
    dated: bool = False
    is_short: bool = True

    def corrects(self) -> bool:
        """Whether a word may be taken for another that is misspelled."""
        return self.vocabulary is not None and self.is_short and self.ranking.has(Level.SPELLING)

    def attests(self, stems: tuple[str, ...]) -> bool:
        """Whether an article has one of these; taken to be so where the archive isn't asked."""
        return self.vocabulary is None or any(self.vocabulary.counts(stems).values())

    def variants(self, stems: tuple[str, ...], offsets: tuple[int, ...] = (0,)) -> tuple[Variant, ...]:
        """Other ways to write words that stand side by side; only what the archive has, where it is asked."""
        if not self.ranking.has(Level.VARIANT):
            return ()
        found = variants(stems, offsets, dated=self.dated)
        return tuple(each for each in found if self.vocabulary is None or self.vocabulary.has(each))


def look(typed: str, token: Token, place: int, means: Means) -> LookedFor:
    """All that is looked for because of a word.

    Args:
        typed: the word as typed.
        token: what it was analysed to.
        place: its place among the words of the query.
        means: by what.
    """
    if not token.stem:
        return LookedFor(typed, token, place, ())
    own = (token.stem, *attachments(token.stem))
    others = means.variants((token.stem,))
    single = [variant for variant in others if len(variant.stems) == 1]
    same = [variant for variant in single if variant.weight == 1]
    stems = tuple(dict.fromkeys((*own, *(variant.stems[0] for variant in same))))
    weighted = {variant.stems[0]: variant.weight for variant in single if variant not in same}
    learned = _learned(token.stem, means)
    if not others and not learned and means.corrects() and not means.attests(own):
        learned = _misspelled(token.form, means)
    if not others and not learned:
        return LookedFor(typed, token, place, stems)
    weaker = {stem: weight for stem, (_, weight) in learned.items()} | weighted
    told = [Expansion(typed, Kind.VARIANT, variant.text, variant.weight) for variant in others]
    told += [
        Expansion(typed, kind, spelled(stem), weight)
        for stem, (kind, weight) in learned.items()
        if stem not in stems and stem not in weighted
    ]
    kinds = {stem: kind for stem, (kind, _) in learned.items()}
    kinds |= {variant.stems[0]: Kind.VARIANT for variant in single}
    return LookedFor(
        typed,
        token,
        place,
        stems,
        tuple((stem, weight) for stem, weight in weaker.items() if stem not in stems),
        tuple(variant for variant in others if len(variant.stems) > 1),
        tuple(told),
        tuple((stem, kind) for stem, kind in kinds.items() if stem not in own),
    )


def _learned(stem: str, means: Means) -> dict[str, tuple[Kind, float]]:
    """Stems of a word's root that the archive ties to it, each with why and its weight."""
    ranking = means.ranking
    if means.vocabulary is None or not means.is_short or not ranking.has(Level.ROOT):
        return {}
    return {
        other: (Kind.ROOT, ranking.root * surely)
        for other, surely in means.vocabulary.derivations(stem)
        if surely >= ranking.root_least
    }


def _misspelled(form: str, means: Means) -> dict[str, tuple[Kind, float]]:
    """What a word that the archive doesn't have in any way may be misspelled from."""
    found = () if means.vocabulary is None else means.vocabulary.misspelled(form)
    return dict.fromkeys(found, (Kind.SPELLING, means.ranking.spelling))


def word_nodes(
    words: Sequence[LookedFor], fields: tuple[TextField, ...], ranking: Ranking, form_weight: float
) -> list[query.Node]:
    """Words at every level; a stop word among others (أم القرى) must be there and adds nothing by itself.

    Scored as the others are it cost .03 MRR on the 70 judged questions that have such a word.
    """
    named = any(word.stems for word in words)
    nodes = [(word, word_node(word, fields, ranking, form_weight)) for word in words]
    return [node if word.stems or not named else query.Boosted(node, 0.0) for word, node in nodes]


def word_node(
    looked: LookedFor, fields: tuple[TextField, ...], ranking: Ranking, form_weight: float
) -> query.Node:
    """A word at every level, scored as one term; its very form adds a little.

    A form that a stop word has too (علي, على) would find the stop word, so it is left to the stem.
    """
    form = query.Combined((looked.token.form,), weighted((EXACT[each] for each in fields), ranking))
    if not looked.stems:
        return form
    stems = query.Combined(looked.stems, weighted(_with_lead(fields, ranking), ranking), looked.weaker)
    if form_weight and looked.token.form not in stop_forms():
        stems_and_form: query.Node = query.Promoted(stems, (query.Boosted(form, form_weight),))
    else:
        stems_and_form = stems
    if not looked.rows:
        return stems_and_form
    return query.Best((stems_and_form, *(row(variant, fields, ranking) for variant in looked.rows)))


def row(variant: Variant, fields: tuple[TextField, ...], ranking: Ranking) -> query.Node:
    """A variant of one word or several side by side."""
    found: query.Node
    if len(variant.stems) == 1:
        found = query.Combined(variant.stems, weighted(_with_lead(fields, ranking), ranking))
    else:
        phrases = tuple(query.Phrase(each, variant.stems, variant.offsets) for each in fields)
        found = phrases[0] if len(phrases) == 1 else query.Or(phrases)
    return found if variant.weight == 1 else query.Boosted(found, variant.weight)


def weighted(fields: Iterable[TextField], ranking: Ranking) -> tuple[tuple[str, float], ...]:
    """Fields, and how often a word counts in each."""
    return _weighted(tuple(fields), ranking)


@lru_cache(_REMEMBERED)
def _weighted(fields: tuple[TextField, ...], ranking: Ranking) -> tuple[tuple[str, float], ...]:
    weights = {
        TextField.TITLE: ranking.title,
        TextField.TITLE_EXACT: ranking.title,
        TextField.LEAD: ranking.lead,
    }
    return tuple((each, weights.get(each, 1.0)) for each in fields)


def _with_lead(fields: tuple[TextField, ...], ranking: Ranking) -> tuple[TextField, ...]:
    has_lead = TextField.BODY in fields and ranking.has(Level.LEAD)
    return (*fields, TextField.LEAD) if has_lead else fields
