"""Sentences that keep how they were made, so that the page can say them in another language."""

import copy
import json

import pytest

from search import grammar, notices
from search.expansion import Expansion, Kind
from search.messages import Message
from search.parse import MAX_DEPTH, parse


def test_it_is_a_text_like_any_other():
    message = Message("رقم {n}", n=3)
    assert "رقم 3" == message
    assert {"رقم 3": 1} == {message: 1}
    assert '"رقم 3"' == json.dumps(message, ensure_ascii=False)
    assert "رقم 3" == copy.copy(message)


def test_it_keeps_how_it_was_made():
    message = Message("رقم {n} من {words}").format(n=3, words=("أ", "ب"))
    assert "رقم 3 من «أ»، «ب»" == message
    assert ("رقم {n} من {words}", {"n": 3, "words": ("أ", "ب")}) == (message.template, message.values)


def test_values_are_not_read_as_templates():
    assert "«{n}» {x}" == Message("«{typed}» {other}", typed="{n}", other="{x}")
    assert "بلا {قيم}" == Message("بلا {قيم}")


def test_values_have_names():
    with pytest.raises(TypeError, match="names"):
        Message("رقم {}").format(3)
    with pytest.raises(KeyError):
        Message("رقم {n}").format(m=3)


QUERIES = [
    '"',
    '"ا',
    "*",
    "ا*",
    "من:",
    "من:13/2019",
    "المصدر:",
    "(" * (MAX_DEPTH + 2) + "ا",
    "-",
    "من:2020 إلى:2019",
]


@pytest.mark.parametrize("query", QUERIES)
def test_what_a_parser_tells_can_be_translated(query):
    assert all(isinstance(notice, Message) for notice in parse(query).notices)


def test_all_fixed_sentences_can_be_translated():
    for module in (notices, grammar):
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, str) and " " in value:
                assert isinstance(value, Message), f"{module.__name__}.{name}"


@pytest.mark.parametrize("number", [1, 2, 3, 11, 100, 103])
def test_made_sentences_can_be_translated(number):
    words = tuple("أبتثجحخد"[:number])
    made = [
        notices.articles(number),
        notices.behind(number),
        notices.dropped(words),
        notices.too_long(number, 1),
        notices.unknown_name(notices.NO_SUCH_SOURCE, "ا", words),
        *notices.expanded(Expansion("ا", kind, word, 1.0) for kind in Kind for word in words),
    ]
    assert all(isinstance(each, Message) for each in made)
    assert len(Kind) + 5 == len(made)
