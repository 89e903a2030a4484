"""The articles of a time that the words of a query name without its label: «سوريا آب 2015»."""

from __future__ import annotations

from collections.abc import Iterator

from search.rescue.editing import has_dates
from search.rescue.offer import Candidate, Kind
from search.rescue.situation import Situation


def of_that_time(situation: Situation) -> Iterator[Candidate]:
    """The search with its time labelled, so that it is no words; none where it says already when."""
    asked = situation.asked
    if asked.first or asked.last or has_dates(asked.text):
        return
    if time := situation.named_time():
        text = f"{asked.text[: time.start]}{time.label}:{time.value}{asked.text[time.end :]}"
        if has_dates(text):
            yield Candidate(Kind.TIME, situation.asked_for(text))
