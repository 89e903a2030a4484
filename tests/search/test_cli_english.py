"""The command in English: its sentences are, and what comes from the query or the archive stays as it is."""

import json
import re

import pytest
from click.testing import CliRunner

from index.analysis import normalize
from index.library import Library
from search import notices
from search.chart import chart
from search.cli import main
from search.commands.exits import Exit
from search.guide import SECTIONS
from search.guide.lines import guide_lines
from search.layout import Look, Way, alone, in_order
from search.messages import Message
from search.parse import MAX_LENGTH
from search.results import SearchQuery
from search.screen import Screen
from search.service import search
from search.terminal import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK, rows
from search.translation import AS_WRITTEN, LANGUAGES, Translator
from tests.search.conftest import ARTICLES

ENGLISH = Translator("en")
WORD = re.compile(r"[\u0620-\u065f]+")
LONG = "ا" * (MAX_LENGTH + 1)

SHELL = (
    *(":help", "النفط", ":sort", ":sort newest", ":limit 0", ":limit 1", "سوريا", ":next", ":next"),
    *(":previous", ":previous", ":show 9", ":author ليلى", ":author", ":category سياسة", ":clear"),
    *(":from غدا", ":from 2020", ":to 2019", ":from", ":any", ":any", ":typed", ":typed", ":kwic"),
    *(":kwic x", ":kwic after", ":nxt", ":x", ":help x", ":source لا أحد", ":clear", ":show 1"),
    "في زعفران سوريا",
)
COMMANDS = {
    "guide": ["help", "query"],
    "found": ["search", "سوريا"],
    "a part": ["search", "سوريا", "--limit", "1"],
    "a later part": ["search", "--limit", "2", "--offset", "1", ""],
    "past the end": ["search", "سوريا", "--offset", "9"],
    "notices": ["search", "في سوريا بعد:الربيع لبنانن"],
    "why": ["search", "سوريا -لبنان", "--explain"],
    "offers": ["search", "سوريا", "--source", "لا أحد"],
    "nothing": ["search", "زعفران"],
    "refused": ["search", LONG],
    "all": ["search", ""],
    "lines": ["kwic", "سوريا"],
    "some lines": ["kwic", "سوريا", "--articles", "1"],
    "no lines": ["kwic", "سوريا", "--offset", "99"],
    "no keywords": ["kwic", "المصدر:الشرق"],
    "article": ["show", "baghouz"],
    "shell": ["shell"],
}


def run(data, language, *arguments):
    given = {"input": "\n".join(SHELL)} if arguments[0] == "shell" else {}
    return CliRunner().invoke(main, ["--data", str(data), "--lang", language, *arguments], **given)


def words(*texts):
    return {word for text in texts for word in WORD.findall(normalize(str(text)))}


def own_words(arguments):
    """The Arabic words that come from the query, the archive or an example."""
    texts = [*arguments, *SHELL, *(text for article in ARTICLES for text in article.values())]
    if arguments == COMMANDS["guide"]:
        for example in (example for section in SECTIONS for example in section.examples):
            texts += [example.query, *example.also, *_values(example.finds)]
        texts += [value for section in SECTIONS for value in section.about.values.values()]
    return words(*texts)


def _values(message):
    for value in message.values.values():
        yield from value if isinstance(value, tuple) else [value]


@pytest.mark.parametrize("case", COMMANDS)
def test_english_has_no_arabic_but_of_the_query_and_the_archive(built, case):
    arguments = COMMANDS[case]
    own = own_words(arguments)
    shown, arabic = run(built, "en", *arguments), run(built, "ar", *arguments)
    assert set() == words(shown.output) - own
    assert set() != words(arabic.output) - own
    assert arabic.exit_code == shown.exit_code
    assert len(arabic.output.splitlines()) == len(shown.output.splitlines())
    assert "”،" not in shown.output


def test_arabic_is_the_language_where_none_is_named(built):
    for arguments in COMMANDS.values():
        if arguments[0] != "shell" and "--explain" not in arguments:
            plain = CliRunner().invoke(main, ["--data", str(built), *arguments])
            assert run(built, "ar", *arguments).output == plain.output


def test_the_environment_names_it_too(built):
    arguments = ["--data", str(built), "search", "سوريا"]
    assert "2 articles: “سوريا”" in CliRunner().invoke(main, arguments, env={"ARSHIF_LANG": "en"}).output
    wrong = CliRunner().invoke(main, arguments, env={"ARSHIF_LANG": "fr"})
    assert Exit.USAGE == wrong.exit_code
    assert "'fr' is not one of 'ar', 'en'" in wrong.stderr


def test_json_is_in_the_language(built):
    found = json.loads(run(built, "en", "search", "في سوريا", "--source", "لا أحد", "--json").stdout)
    assert "“في” and “سوريا”" == found["understood"]
    assert found["notices"][1].startswith("Common words that were not searched for: “في”.")
    assert "in all sources" in found["offers"][0]["text"].lower()
    lines = json.loads(run(built, "en", "kwic", "في سوريا", "--json").stdout)
    assert "“في” and “سوريا”" == lines["understood"]
    assert lines["notices"][0].startswith("Common words that were not searched for: “في”.")


def test_sentences_are_said():
    assert LANGUAGES == (AS_WRITTEN.language, ENGLISH.language)
    told = notices.dropped(("في", "على"))
    assert told == AS_WRITTEN.say(told)
    assert ENGLISH.say(told).startswith("Common words that were not searched for: “في”, “على”.")
    assert "1,234 articles" == ENGLISH.say(notices.articles(1234))
    assert "2 articles" == ENGLISH.say(notices.of_articles(2))
    assert "نص" == ENGLISH.say("نص")
    assert "لا ترجمة له" == ENGLISH.say(Message("لا ترجمة له"))


def test_on_a_terminal_english_rows_run_from_left_to_right_and_arabic_in_them_is_isolated():
    shown = [row for line in guide_lines(ENGLISH) for row in rows(line, Screen(60, has_colours=False))]
    assert not any(row.startswith(RIGHT_TO_LEFT_MARK) for row in shown)
    for row in filter(WORD.search, shown):
        assert row.startswith(LEFT_TO_RIGHT_MARK), row
        rest = re.sub("[\u2066\u2067][^\u2066\u2067\u2069]*\u2069", "", row)
        assert not WORD.search(rest), row


def test_dates_in_isolated_arabic_keep_their_order():
    line = next(
        line
        for line in guide_lines(ENGLISH)
        if any("تاريخ:2019-02..2019-06" in span.text for span in line.spans)
    )
    row = "".join(rows(line, Screen(200, has_colours=False)))
    assert "\u200f\u200e2019-02..2019-06\u200e\u200f" in row


def test_what_stands_between_two_dates_is_not_turned_around(built):
    with Library.open(built) as library:
        asked = SearchQuery("")
        drawn = chart(search(library, asked), None, None, 60, ENGLISH)
    for line in drawn:
        assert line.is_english
        assert RIGHT_TO_LEFT_MARK not in "".join(rows(line, Screen(60, has_colours=False)))
    assert "\u200e\x1b[2m2019-02-17\x1b[0m\u200e" in rows(drawn[0], Screen(60, has_colours=False))[0]
    said = "".join(span.text for span in drawn[1].spans)
    assert re.fullmatch(r"by (day|week|month) · most, 1 article, in 2019-02(-\d\d)?", said)


@pytest.mark.parametrize(
    ("text", "way"), [("النفط", Way.ARABIC), ("title:النفط", Way.LEFT_TO_RIGHT), ("2019-02", Way.ARABIC)]
)
def test_what_is_not_of_its_line_has_a_way_of_its_own(text, way):
    assert way is alone(text, Look.TEXT, ENGLISH).way
    quoted = [span for span in in_order(f"“{text}” and", Look.TEXT, ENGLISH) if span.text]
    assert ["“", text, "” and"] == [span.text for span in quoted]
    assert way is quoted[1].way
