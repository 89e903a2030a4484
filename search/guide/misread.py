"""The guide to what can't be understood in full: the notice that is told of it."""

from __future__ import annotations

from typing import Final

from search import grammar, notices
from search.guide.example import Example, Section
from search.messages import Message
from search.parse import MAX_LENGTH


def _told(query: str, notice: Message) -> Example:
    """A query that can't be understood in full: what is said of it is what there is to know."""
    return Example(query, notice, tells=notice)


MISREAD: Final = Section(
    "misread",
    Message("ما لا يُفهم"),
    Message(
        "لا يُرفض استعلام لعلامة فيه لا تُفهم: يُبحث عمّا فُهم منه، ويُقال بجانب النتائج ما لم يُفهم وكيف أُخذ. "
        "ولا يُرفض إلا ما زاد على {most} حرف.",
        most=MAX_LENGTH,
    ),
    (
        _told('"مهلة استسلام', grammar.UNCLOSED_QUOTE),
        _told("لبنان العنوان:", grammar.NOTHING_AFTER.format(label="العنوان")),
        _told("سوريا قرب: لبنان", grammar.NEAR_NEEDS_NUMBER.format(label="قرب")),
        _told("سوريا~3", grammar.TOO_MANY_EDITS.format(word="سوريا")),
        _told("قوا*~", grammar.STAR_AND_EDITS.format(word="قوا*")),
        _told("الرقة تاريخ:الربيع", grammar.UNREADABLE_DATE.format(label="تاريخ", value="الربيع")),
        _told("من:2019/6 إلى:2019/2", grammar.SWAPPED_DATES),
        _told("حريق أمس", grammar.TIME_AS_WORDS.format(words="أمس", label="تاريخ", value="أمس")),
        _told(
            "الرقة آب 2015",
            grammar.TIME_AS_WORDS.format(words="آب 2015", label="تاريخ", value='"آب 2015"'),
        ),
        _told("الحج تاريخ:1440", grammar.HIJRI_YEAR.format(year="1440", gregorian="1440 م")),
        _told("في سوريا", notices.dropped(("في",))),
    ),
)
