"""The commands of the shell: names in two languages, what they take, and what they do, as a table."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from index.record import record
from search.guide.lines import guide_lines
from search.layout import BLANK, Line, Look, Span, Way
from search.messages import Message
from search.results import Order
from search.shell import actions
from search.shell.session import SIGN, Session

QUERIES: Final = ("query", "بحث")
"""What `:help` is asked for to explain the query language."""

BEGIN_ENGLISH: Final = f"A line is a query; a command begins with {SIGN}"
UNKNOWN: Final = Message("لا أمر باسم :{name}. اكتب :help لترى الأوامر.")
UNKNOWN_BUT_NEAR: Final = Message("لا أمر باسم :{name}، لعلك تريد :{near}. اكتب :help لترى الأوامر.")
NO_HELP: Final = Message("لا مساعدة في «{topic}»: :help أو :help query.")


@record
class Command:
    """A command.

    Attributes:
        run: gets the session and what stands after the name.
        takes: what may stand there, for the help; empty for nothing.
        arabic: its other name.
        help: what it does, in Arabic.
        english: the same in English.
    """

    run: Callable[[Session, str], Iterator[Line]]
    arabic: str
    takes: str
    help: str
    english: str


def run(session: Session, line: str) -> Iterator[Line]:
    """Run a line without its sign: `sort newest`, `رتب newest`."""
    name, _, argument = line.strip().partition(" ")
    command = find(name)
    if command is None:
        near = difflib.get_close_matches(name, names(), n=1)
        return session.fail(
            UNKNOWN_BUT_NEAR.format(name=name, near=near[0]) if near else UNKNOWN.format(name=name)
        )
    return command.run(session, argument.strip())


def find(name: str) -> Command | None:
    """The command of a name, in either language; what begins the name of one alone is enough."""
    if name in COMMANDS:
        return COMMANDS[name]
    begun = {id(command): command for other, command in _all() if name and other.startswith(name)}
    exact = [command for other, command in _all() if other == name]
    return exact[0] if exact else next(iter(begun.values())) if len(begun) == 1 else None


def names() -> list[str]:
    """All names, in both languages."""
    return [name for name, _ in _all()]


def _all() -> Iterator[tuple[str, Command]]:
    for name, command in COMMANDS.items():
        yield name, command
        yield command.arabic, command


def _help(session: Session, topic: str) -> Iterator[Line]:
    if topic in QUERIES:
        return guide_lines(session.translator)
    return session.fail(NO_HELP.format(topic=topic)) if topic else _commands(session)


def _commands(session: Session) -> Iterator[Line]:
    return _in_both() if session.translator.is_arabic else _in_english()


def _in_english() -> Iterator[Line]:
    yield Line((Span(BEGIN_ENGLISH, Look.NOTICE),), is_english=True)
    yield BLANK
    for name, command in COMMANDS.items():
        typed = Span(f"{SIGN}{name} {command.takes}".strip(), Look.NUMBER)
        yield Line((typed, Span(f" — {command.english}")), is_english=True)


def _in_both() -> Iterator[Line]:
    yield Line((Span(f"اكتب كلمات للبحث، أو أمرًا يبدأ بالعلامة {SIGN} ({BEGIN_ENGLISH})", Look.NOTICE),))
    yield BLANK
    for name, command in COMMANDS.items():
        typed = f"{SIGN}{name} {command.takes}".strip()
        yield Line(
            (
                Span(typed, Look.NUMBER, Way.LEFT_TO_RIGHT),
                Span(f" {SIGN}{command.arabic}", Look.NUMBER),
                Span(f" — {command.help} "),
                Span(f"({command.english})", Look.DETAIL, Way.LEFT_TO_RIGHT),
            )
        )


def _quit(session: Session, _: str) -> Iterator[Line]:
    session.is_over = True
    return iter(())


COMMANDS: Final[Mapping[str, Command]] = {
    "open": Command(
        actions.open_, "افتح", "N", "افتح النتيجة في المتصفح، أو نصها", "open result N: its page, or its text"
    ),
    "show": Command(actions.show, "اعرض", "N", "اعرض نص النتيجة هنا", "show the text of result N here"),
    "next": Command(actions.next_, "التالي", "", "النتائج التالية", "the next results"),
    "previous": Command(actions.previous, "السابق", "", "النتائج السابقة", "the results before"),
    "sort": Command(actions.sort, "رتب", "ORDER", f"رتّب النتائج: {'، '.join(Order)}", "order of the results"),
    "source": Command(
        actions.name("source", Message("المصدر")),
        "المصدر",
        "NAME",
        "من مصدر واحد؛ بلا اسم: من الكل",
        "only this source",
    ),
    "author": Command(
        actions.name("author", Message("الكاتب")),
        "الكاتب",
        "NAME",
        "لكاتب واحد؛ بلا اسم: للكل",
        "only this author",
    ),
    "category": Command(
        actions.name("category", Message("القسم")),
        "القسم",
        "NAME",
        "من قسم واحد؛ بلا اسم: من الكل",
        "only this category",
    ),
    "from": Command(actions.since, "من", "DATE", "منذ سنة أو شهر أو يوم", "since a year, month or day"),
    "to": Command(actions.until, "إلى", "DATE", "حتى آخره", "until its end"),
    "any": Command(
        actions.any_, "أي", "", "تكفي كلمة من الكلمات، أو كلها ثانية", "any word is enough, or all again"
    ),
    "typed": Command(
        actions.typed,
        "حرفيا",
        "",
        "الكلمات كما كُتبت وحدها، أو صورها ثانية",
        "only the words as typed, or not",
    ),
    "limit": Command(actions.limit, "عدد", "N", "عدد النتائج في المرة", "results at a time"),
    "kwic": Command(actions.kwic, "سياق", "ORDER", "كل موضع في سطره", "every occurrence in its line"),
    "clear": Command(actions.clear, "امسح", "", "بلا حصر ولا ترتيب", "no filters, usual order"),
    "help": Command(
        _help,
        "مساعدة",
        "[query]",
        "هذه الأوامر؛ ومع query أو بحث: كيف يُكتب البحث",
        "these commands; with query: what can be asked",
    ),
    "quit": Command(_quit, "خروج", "", "اخرج (أو Ctrl-D)", "leave"),
}
"""By their English names, in the order of the help."""
