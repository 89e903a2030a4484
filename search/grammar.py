"""The query language as tables: what its signs, words and dates mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum, auto
from typing import Final, TypeAlias

from index.record import record
from search.messages import Message
from search.syntax import Field

# --- signs ------------------------------------------------------------------------------------------------

# A kind is one letter, so that the kinds of a text are a string as long as it is, and patterns are matched
# against that: `a9mfs` stand for what Unicode knows, the others for signs that mean something here.
_KINDS_OF_CATEGORIES: Final = {
    "a": ("Lu", "Ll", "Lt", "Lm", "Lo"),  # letters
    "9": ("Nd", "Nl", "No"),  # digits
    "m": ("Mn", "Mc", "Me"),  # harakat and other marks
    "f": ("Cf",),  # not seen: bidi controls, zero-width joiners, the byte order mark, the soft hyphen
    "s": ("Zs", "Zl", "Zp", "Cc"),  # white space; control characters separate words too
}
_KINDS_OF_SIGNS: Final = {
    "q": '"“”„‟＂',  # opens or closes a phrase: whoever pastes text mixes them; « » are punctuation
    "(": "(（",
    ")": ")）",
    "|": "|｜",
    "&": "&＆",
    ":": ":：",
    "-": "-\u2212",  # joins inside a word, excludes before one
    "h": "\u2010\u2011\uff0d",  # hyphens that only join
    "_": "_",
    "'": "'’‘＇",
    ".": ".",
    ",": ",\u066b\u066c",  # and the Arabic decimal and thousands separators
    "/": "/",
    "e": "…‥",
    "*": "*＊٭",
    "?": "?？",  # between two letters: any one letter; the Arabic one is punctuation everywhere
    "~": "~～",  # after a word: nearly so; after a phrase: close to each other
    "=": "=＝",  # before a word: exactly this form
    "m": "\u0640",  # tatweel: a letter to Unicode, but a word can't be made of it
    "p": "ﷺﷻ",  # letters to Unicode, signs to a reader
}
_OTHER: Final = "p"  # punctuation, symbols, emoji, unassigned code points, lone surrogates

_REMEMBERED: Final = 5000
"""Characters whose kinds are remembered; then all are forgotten, so that memory has a bound."""

_KIND_OF_CATEGORY: Final = {name: kind for kind, names in _KINDS_OF_CATEGORIES.items() for name in names}
_KIND_OF_SIGN: Final = {sign: kind for kind, signs in _KINDS_OF_SIGNS.items() for sign in signs}


def kinds_of(text: str) -> str:
    """The kind of each character, as a string of the same length: `-كلمة 1` is `-aaaas9`."""
    return "".join(map(_kinds.__getitem__, text))


def visible(text: str) -> str:
    """The text without the characters that aren't seen."""
    kinds = kinds_of(text)
    if "f" not in kinds:
        return text
    return "".join(char for char, kind in zip(text, kinds, strict=True) if kind != "f")


class _Kinds(dict[str, str]):
    """The kinds of characters that were seen: a text has few different ones."""

    def __missing__(self, char: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[char] = kind = _KIND_OF_SIGN.get(char) or _KIND_OF_CATEGORY.get(
            unicodedata.category(char), _OTHER
        )
        return kind


_kinds = _Kinds()


# --- words ------------------------------------------------------------------------------------------------


class Operator(Enum):
    """What a free-standing word can do."""

    EITHER = auto()
    BOTH = auto()
    NOT = auto()


class Bound(Enum):
    """Which end of a time a date is."""

    SINCE = auto()
    UNTIL = auto()
    ON = auto()


class Joint(Enum):
    """What stands between two words and says more of them than that both are there."""

    NEAR = auto()


Label: TypeAlias = Field | Bound | Joint

_OPERATORS: Final = {
    Operator.EITHER: ("أو", "او", "OR"),
    Operator.BOTH: ("و", "AND"),
    Operator.NOT: ("ليس", "وليس", "NOT"),
}
_LABELS: Final[Mapping[Label, tuple[str, ...]]] = {
    Field.TITLE: ("العنوان", "عنوان", "title"),
    Field.BODY: ("النص", "نص", "المتن", "body", "text"),
    Field.SOURCE: ("المصدر", "مصدر", "source"),
    Field.AUTHOR: ("الكاتب", "كاتب", "المؤلف", "مؤلف", "author"),
    Field.CATEGORY: ("القسم", "قسم", "التصنيف", "تصنيف", "category", "section"),
    Bound.SINCE: ("من", "بعد", "منذ", "from", "after", "since"),
    Bound.UNTIL: ("إلى", "الى", "قبل", "حتى", "to", "before", "until"),
    Bound.ON: ("تاريخ", "التاريخ", "date", "on"),
    Joint.NEAR: ("قرب", "near"),
}
_OPERATOR_OF: Final = {word: operator for operator, words in _OPERATORS.items() for word in words}
_LABEL_OF: Final = {word: label for label, words in _LABELS.items() for word in words}

FEWEST_EDITS, MOST_EDITS = 1, 2
"""Letters in which a word may differ after `~`: where no number follows, and at most."""

USUAL_GAP, WIDEST_GAP = 5, 100
"""Words between two that are to stand close: where no number says it, and at most."""

_LONGEST_KEYWORD: Final = 16  # characters, with room for some that aren't seen


def operator_of(word: str) -> Operator | None:
    """What a word does, or None for a plain word. English operators are in capitals."""
    return _OPERATOR_OF.get(_keyword(word))


def small_operator(word: str) -> str | None:
    """The operator that an English word would be in capitals; None for other words, and for a stop word."""
    return {"or": "OR", "not": "NOT"}.get(word)


def label_of(word: str) -> Label | None:
    """What a word with a colon after it names, or None; English in any case."""
    return _LABEL_OF.get(_keyword(word).casefold())


def _keyword(word: str) -> str:
    # Some systems type أ as two code points. Long words are none of ours, and composing marks isn't linear.
    return unicodedata.normalize("NFC", visible(word)) if len(word) <= _LONGEST_KEYWORD else ""


# --- dates ------------------------------------------------------------------------------------------------


@record
class Period:
    """A year, a month or a day: its first day and its last."""

    first: date
    last: date


@record
class Dates:
    """From the first day of one period to the last day of another; None for open, never both."""

    start: Period | None
    end: Period | None


DATES_OF: Final[Mapping[Bound, Callable[[Period], Dates]]] = {
    Bound.SINCE: lambda period: Dates(period, None),
    Bound.UNTIL: lambda period: Dates(None, period),
    Bound.ON: lambda period: Dates(period, period),
}
HIJRI_YEARS: Final = range(1300, 1501)
"""Years that are of the Hijri calendar where nothing says which: no news is from their Gregorian ones."""

_SEPARATOR: Final = "[-/\u2010\u2011\u2212]"
# Compiled when the first date is read.
_PERIODS: Final = (
    rf"(?P<year>\d{{4}})(?:{_SEPARATOR}(?P<month>\d\d?)(?:{_SEPARATOR}(?P<day>\d\d?))?)?",
    rf"(?:(?P<day>\d\d?){_SEPARATOR})?(?P<month>\d\d?){_SEPARATOR}(?P<year>\d{{4}})",
)
RANGE: Final = r"(?P<start>[^.…‥]*)(?:\.{2,}|[…‥])(?P<end>[^.…‥]*)"


def read_dates(bound: Bound, text: str) -> Dates | None:
    """The days that a text names, in any digits, or None when it can't be read as dates.

    It is a period (`2019`, `2019-02`, `2019/2/28`, `28-2-2019`, `2-2019`), or a range of two with dots
    between them (`2019-01..2019-03`), one of which may be missing. 1436 is a Hijri year, and `1436-09` a
    month of one. What is since a period is from its first day on, and what is until it is up to its last:
    both include it. A range says itself what it begins and ends with.
    """
    if match := re.fullmatch(RANGE, text):
        return _read_range(match["start"], match["end"])
    period = _read_period(text.removesuffix("."))
    return DATES_OF[bound](period) if period else None


def _read_range(start: str, end: str) -> Dates | None:
    dates = Dates(_read_period(start), _read_period(end))
    is_read = bool(start) == bool(dates.start) and bool(end) == bool(dates.end)
    return dates if is_read and (start or end) else None


def _read_period(text: str) -> Period | None:
    match = next(filter(None, (re.fullmatch(form, text) for form in _PERIODS)), None)
    if match is None:
        return None
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    try:
        if year in HIJRI_YEARS:
            from search.periods import hijri_days  # its calendar takes a while

            return hijri_days(year, month, day)
        first = date(year, month or 1, day or 1)
        return Period(first, date(year, month or 12, day or days_in(year, month or 12)))
    except (ValueError, OverflowError):  # a 13th month, a 30th of February, the year 0
        return None


def days_in(year: int, month: int) -> int:
    """How many days a month has.

    Raises:
        ValueError: there is no such month.
    """
    from calendar import monthrange  # it brings locales with it, which take a moment

    return monthrange(year, month)[1]


# --- notices ----------------------------------------------------------------------------------------------

UNCLOSED_QUOTE: Final = Message("علامة التنصيص مفتوحة ولم تُغلق، فعُدّ ما بعدها كلمات عادية لا عبارة.")
SIGN_IN_EXACT: Final = Message("لا عمل للعلامتين * و~ فيما يُطلب كما كُتب، بعد = أو بين علامتي تنصيص، فأُهملتا.")
STAR_AND_EDITS: Final = Message("لا تجتمع ~ مع * أو ؟ في كلمة واحدة، فأُهملت العلامة ~ بعد «{word}».")
TOO_MANY_EDITS: Final = Message("لا يُبحث عن كلمة تخالف «{word}» في أكثر من حرفين، فبُحث عمّا يخالفها في حرفين.")
TOO_FAR: Final = Message("أبعد ما يُطلب بين كلمتين متقاربتين {most} كلمة، فأُخذ بذلك بدل {gap}.")
NEAR_ONE_WORD: Final = Message(
    "التقارب يكون بين كلمتين أو أكثر، وفي العبارة «{word}» كلمة واحدة، فبُحث عنها كما كُتبت."
)
NEAR_NEEDS_NUMBER: Final = Message(
    "يُكتب التقارب هكذا: «كلمة {label}:5 كلمة»، ولا عدد هنا بعد «{label}:»، فعُدّت «{label}» كلمة عادية."
)
NEAR_NEEDS_WORDS: Final = Message(
    "يكون التقارب بين كلمتين، ولا كلمة هنا قبل «{label}» وبعدها، فطُلب ما حولها بلا شرط التقارب."
)
SWAPPED_DATES: Final = Message("تاريخ البداية يأتي بعد تاريخ النهاية، فعُكس ترتيبهما.")
NOTHING_AFTER: Final = Message("لا شيء بعد «{label}:» يُبحث عنه فيه، فعُدّت «{label}» كلمة عادية.")
NO_DATE_AFTER: Final = Message("لا تاريخ بعد «{label}:»، فعُدّت «{label}» كلمة عادية.")
UNREADABLE_DATE: Final = Message(
    "لم يُفهم «{value}» بعد «{label}:» تاريخًا، فعُدّ كلمات عادية. "
    "يُكتب التاريخ هكذا: 2019 أو 2019-02 أو 2019-02-28، أو شباط 2019، أو أمس، أو الشهر الماضي."
)
NO_SUCH_FIELD: Final = Message(
    "ليس «{label}» اسم حقل، فعُدّت كلمة عادية. "
    "الحقول: العنوان والنص والمصدر والكاتب والقسم، والأوقات: من وإلى وتاريخ."
)
SMALL_OPERATOR: Final = Message("«{word}» كلمة هنا؛ ما يربط الكلمات يُكتب بحروف كبيرة: {operator}.")
TIME_AS_WORDS: Final = Message("«{words}» كلمات هنا لا تاريخ؛ لما نُشر حينئذ اكتب «{label}:{value}».")
HIJRI_YEAR: Final = Message("عُدّت السنة {year} هجرية؛ للميلادية اكتب «{gregorian}».")
TOO_DEEP: Final = Message("الأقواس متداخلة في أكثر من {depth} مستوى، فأُهمل ما زاد منها.")
ADDRESS_AS_TYPED: Final = Message("«{address}» عنوان صفحة، فبُحث عنه كما كُتب؛ لا عمل فيه لعلامات البحث.")
NOTHING_TO_FIND: Final = Message("لا توجد في الاستعلام كلمة يمكن البحث عنها.")
