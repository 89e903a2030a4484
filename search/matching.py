"""Words of a text that matched, to how they did: the parts of a query are asked one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from index.analysis import Token, analyze
from search.expansion import Kind
from search.marking import Marked
from search.snippets import MAX_FORMS
from search.sought import Sought
from search.why import How, Why

_HOW: Final[Mapping[Kind, How]] = {
    Kind.VARIANT: How.VARIANT,
    Kind.ROOT: How.ROOT,
    Kind.SPELLING: How.SPELLING,
    Kind.WILDCARD: How.WILDCARD,
    Kind.FUZZY: How.FUZZY,
}


class Explainer:
    """Says why texts matched one query.

    Args:
        sought: what the query looks for.
    """

    def __init__(self, sought: Iterable[Sought]) -> None:
        self._sought: dict[str, list[_Looked]] = {}
        for each in sought:
            self._sought.setdefault(each.typed, []).append(_Looked(each))

    def why(self, *texts: Marked) -> tuple[Why, ...]:
        """For each word of the query what matched it in these texts: each form once, the closest first."""
        found: dict[str, dict[str, Why]] = {typed: {} for typed in self._sought}
        for marked in texts:
            for place, matched in marked.matches.items():
                token = marked.tokens[place]
                for typed in matched:
                    if token.form not in found[typed]:
                        text = marked.text[token.start : token.end]
                        found[typed][token.form] = Why(typed, text, self._how(typed, token, text))
        order = list(How)
        return tuple(
            why
            for forms in found.values()
            for why in sorted(forms.values(), key=lambda why: order.index(why.how))[:MAX_FORMS]
        )

    def _how(self, typed: str, token: Token, text: str) -> How:
        ways = (looked.how(token, text) for looked in self._sought[typed])
        return min(filter(None, ways), key=list(How).index, default=How.STEM)


class _Looked:
    """One thing sought, and the words that were typed for it."""

    def __init__(self, sought: Sought) -> None:
        tokens = analyze(sought.typed)
        self._sought = sought
        self._kinds = dict(sought.kinds)
        self._forms = {token.form for token in tokens}
        self._row = {stem for _, stem in sought.row}
        self._typed = {sought.typed[token.start : token.end] for token in tokens}

    def how(self, token: Token, text: str) -> How | None:
        """How a word matched by this; None if it was not by this."""
        sought = self._sought
        if token.stem in sought.stems and sought.stems:
            return self._same(token, text) or _HOW.get(self._kinds.get(token.stem, Kind.FEEDBACK), How.STEM)
        if token.form in sought.any_form:
            return self._same(token, text) or _HOW[self._kinds[token.form]]
        if token.form in sought.forms:
            return How.PHRASE if len(sought.forms) > 1 else self._same(token, text)
        if token.stem in self._row:
            return How.VARIANT
        if sought.beside and (token.form if sought.beside.as_written else token.stem) in sought.beside.own:
            return How.NEAR
        return None

    def _same(self, token: Token, text: str) -> How | None:
        if text in self._typed:
            return How.FORM
        return How.FOLDED if token.form in self._forms else None
