"""The shell: lines to lines, its commands, history and completion, at a prompt and through a pipe."""

import fcntl
import os
import pty
import select
import stat
import struct
import subprocess
import termios

import pytest
from click.testing import CliRunner
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from index.library import Library
from search.cli import main
from search.commands.exits import Exit
from search.results import Match, Order
from search.shell import prompt
from search.shell.commands import COMMANDS, find, names
from search.shell.completing import ShellCompleter
from search.shell.session import Session
from search.terminal import plain

SCREEN = {"TERM": "xterm", "NO_COLOR": "", "PROMPT_TOOLKIT_NO_CPR": "1"}


@pytest.fixture(scope="module")
def library(built):
    with Library.open(built) as opened:
        yield opened


@pytest.fixture
def opened():
    return []


@pytest.fixture
def session(library, opened):
    return Session(library, lambda _, article_id: opened.append(article_id) or True)


def run(session, *lines):
    """What the last of these lines prints."""
    for line in lines:
        printed = [plain(each) for each in session.run(line)]
    return printed


def test_a_line_is_a_query_and_settings_stay(session):
    assert "مقالتان: «سوريا»" == run(session, "سوريا")[0]
    assert "مقالة واحدة: «سوريا»" == run(session, ":source الغرب")[1]
    assert "مقالة واحدة: «لبنان»" == run(session, "لبنان")[0]
    assert ["المصدر: الكل.", "مقالتان: «لبنان»"] == run(session, ":source")[:2]


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        (":sort newest", "sort", Order.NEWEST),
        (":رتب oldest", "sort", Order.OLDEST),
        (":limit ٥", "limit", 5),
        (":author ليلى حداد", "authors", ("ليلى حداد",)),
        (":category سياسة", "categories", ("سياسة",)),
        (":any", "match", Match.ANY),
        (":typed", "expand", False),
        (":so newest", "sort", None),
    ],
)
def test_a_setting_is_taken_over_and_said(session, line, attribute, value):
    printed = run(session, line)
    assert 1 == len(printed)
    if value is None:  # the beginning of :sort and of :source
        assert (1, Order.RELEVANCE) == (session.failures, session.asked.sort)
    else:
        assert value == getattr(session.asked, attribute)
        assert 0 == session.failures


def test_dates(session):
    run(session, ":from 2019-02", ":to 2019-02")
    assert ("2019-02-01", "2019-02-28") == (str(session.asked.first), str(session.asked.last))
    assert "مقالة واحدة: «سوريا»" == run(session, "سوريا")[0]
    assert "لم يُفهم «غدا» تاريخًا" in run(session, ":from غدا")[0]
    assert "لا يوم منذ" in run(session, ":from 2020")[0]
    run(session, ":from", ":to")
    assert (None, None) == (session.asked.first, session.asked.last)
    assert 2 == session.failures


def test_pages(session):
    run(session, ":limit 1", "سوريا")
    first, second = session.results.hits, run(session, ":next") and session.results.hits
    assert first != second
    assert "هذه آخر النتائج" in run(session, ":next")[0]
    run(session, ":previous")
    assert first == session.results.hits
    assert ["هذه أولى النتائج."] == run(session, ":السابق")


def test_results_are_opened_and_shown_by_their_numbers(session, opened):
    run(session, ":limit 1", "سوريا", ":next", ":open 2")
    assert [session.results.hits[0].id] == opened
    assert session.results.hits[0].title == run(session, ":show ٢")[0]
    for number in ("1", "3", "0", "x", ""):
        assert run(session, f":open {number}") == [f"لا نتيجة برقم «{number}» هنا: الأرقام من 2 إلى 2."]
    assert 1 == len(opened)


def test_without_results_there_is_nothing_to_open(session, opened):
    for line in (":open 1", ":show 1", ":next", ":previous", ":kwic"):
        assert ["لا نتائج بعد: اكتب كلمات للبحث أولًا."] == run(session, line)
    assert ([], 5) == (opened, session.failures)


def test_a_concordance_of_the_query(session):
    run(session, "لبنان")
    lines = run(session, ":kwic before")
    assert "موضعان في مقالتين: «لبنان»" == lines[0]
    assert any("[لبنان]" in line for line in lines)
    assert "ترتيب المواضع واحد من هذه" in run(session, ":kwic best")[0]


def test_what_is_no_command_is_said(session):
    assert [":opne، لعلك تريد :open" in run(session, ":opne 1")[0]] == [True]
    assert "لا أمر باسم :zzz. " in run(session, ":zzz")[0]
    assert "لا أمر باسم :." in run(session, ":")[0]
    assert [] == list(session.run("  "))
    assert 3 == session.failures


def test_clear_and_any_again(session):
    run(session, "سوريا", ":source الغرب", ":any", ":any", ":clear")
    assert ((), Match.ALL, "سوريا") == (session.asked.sources, session.asked.match, session.asked.text)


def test_the_help_has_every_command(session):
    text = "\n".join(run(session, ":help"))
    for name, command in COMMANDS.items():
        assert f":{name}" in text
        assert f":{command.arabic}" in text
        assert find(name) is find(command.arabic) is command
    assert len(names()) == len(set(names()))


@pytest.mark.parametrize("line", [":help query", ":مساعدة بحث"])
def test_the_help_explains_queries(session, line):
    shown = run(session, line)
    assert '   "مهلة استسلام"' in shown
    assert 0 == session.failures


def test_there_is_no_help_on_anything_else(session):
    assert ["لا مساعدة في «zzz»: :help أو :help query."] == run(session, ":help zzz")
    assert 1 == session.failures


def test_a_long_query_and_no_hits_are_failures(session):
    assert "البحث طويل جدًا" in run(session, "كلمة " * 500)[0]
    run(session, "زرافة")
    assert 2 == session.failures


def completed(library, text):
    found = ShellCompleter(library).get_completions(Document(text), CompleteEvent())
    return [text[: len(text) + each.start_position] + each.text for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سور", ["سوريا"]),
        ("أسعار النف", ["أسعار النفط", "أسعار النفط ترتفع"]),
        ("جوله جديدة ل", ["جولة جديدة لمحادثات السد"]),
        ("النفط ترت", ["النفط ترتفع"]),  # no title begins so
        ('"سور', ['"سوريا']),
        ("لبنان -سور", ["لبنان -سوريا"]),
        ("العنوان:سور", ["العنوان:سوريا"]),
        ("س", []),
        ("", []),
        (":so", [":sort", ":source"]),
        (":رت", [":رتب"]),
        (":sort ne", [":sort newest"]),
        (":source ", [":source الشرق", ":source الغرب"]),
        (":author ليلي", [":author ليلى حداد"]),
        (":kwic be", [":kwic before"]),
        (":open 1", []),
        (":zzz x", []),
    ],
)
def test_completion(library, text, expected):
    assert expected == completed(library, text)


def test_frequent_words_come_first(library):
    assert "في" not in completed(library, "ف")
    found = completed(library, "ال")
    assert "القوات" in found or len(found) == 12


def test_without_an_index_commands_are_completed(tmp_path):
    with Library.open(tmp_path, create=True) as empty:
        assert [":sort"] == completed(empty, ":sor")
        assert [] == completed(empty, "سور")


def test_a_prompt_reads_and_remembers(library, tmp_path, capsys):
    session = Session(library, lambda *_: True)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("سوريا\r")
        keys.send_text("غلط\x03")  # Ctrl-C gives the line up
        keys.send_text(":quit\r")
        prompt.serve(session, prompt.typed(session, tmp_path))
    assert "سوريا" == session.asked.text
    assert session.is_over
    assert 1 == capsys.readouterr().out.count("مقالتان: «سوريا»")
    assert [":quit", "سوريا"] == list(prompt.history(tmp_path).load_history_strings())
    kept = tmp_path / prompt.HISTORY
    assert 0o600 == stat.S_IMODE(kept.stat().st_mode)


def test_ctrl_d_leaves(library, tmp_path):
    session = Session(library, lambda *_: True)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("\x04")
        assert [] == list(prompt.typed(session, tmp_path))


def test_where_nothing_can_be_kept_it_is_said(tmp_path, capsys):
    history = prompt.history(tmp_path / "missing")
    assert "InMemoryHistory" == type(history).__name__
    assert "What is typed is not kept" in capsys.readouterr().err


def test_lines_are_read_from_a_pipe(built):
    def shell(text):
        return CliRunner().invoke(main, ["--data", str(built), "shell"], input=text)

    result = shell("سوريا\n:sort newest\n:quit\nلبنان\n")
    assert Exit.DONE == result.exit_code
    assert ["مقالتان: «سوريا»", "الترتيب: newest.", "مقالتان: «سوريا»"] == [
        line for line in result.stdout.splitlines() if "سوريا»" in line or "newest" in line
    ]
    assert "«لبنان»" not in result.stdout
    assert Exit.INCOMPLETE == shell("زرافة\n").exit_code
    assert (Exit.DONE, "") == (shell("").exit_code, shell("").stdout)


def test_data_that_can_not_be_searched_is_said_and_the_next_line_read(tmp_path):
    Library.open(tmp_path, create=True).close()
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "shell"], input="سوريا\n:help\n")
    assert Exit.INCOMPLETE == result.exit_code
    assert "Error: " in result.stderr
    assert ":quit" in result.stdout


def test_at_a_terminal(start, data):
    """Tab completes a word of the archive; what was found is painted; Ctrl-D leaves."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    process = start("shell", stdin=theirs, stdout=theirs, stderr=theirs, environment=SCREEN)

    unread = b""

    def answer(typed, awaited):
        """Type, and read until something is on the screen."""
        nonlocal unread
        os.write(ours, typed.encode())
        while awaited.encode() not in unread:
            assert select.select([ours], [], [], 60)[0], f"{awaited} never came: {unread.decode()}"
            unread += os.read(ours, 65536)
        unread = unread.partition(awaited.encode())[2]

    answer("", "arshif>")
    answer("سور\t", "يا")
    answer("\r", "\x1b[1;31mسوريا\x1b[0m")
    answer("", "arshif>")
    answer(":sort newest\r", "newest.")
    answer("", "مقالتان")
    answer("", "arshif>")
    answer("\x1b[A\x1b[A", "سوريا")  # the arrow leads to what was typed before
    answer("\r", "مقالتان")
    answer("", "arshif>")
    os.write(ours, b"\x04")
    assert 0 == process.wait(timeout=60)
    assert "+سوريا" in (data / prompt.HISTORY).read_text(encoding="utf-8")
    for end in (ours, theirs):
        os.close(end)


def test_as_a_process(start):
    process = start("shell", stdin=subprocess.PIPE)
    out, err = process.communicate("سوريا\n:show 1\n".encode(), timeout=60)
    assert (0, b"") == (process.returncode, err)
    assert "مقالتان: «سوريا»" in out.decode()
    assert "\x1b" not in out.decode()
