"""Turns: two at a time, in order, and nobody waits for ever."""

from threading import Event, Thread

import pytest

from web.turns import LATELY, Turns

LONG = 60.0


class Maker(Thread):
    """Someone who has a turn until told to end."""

    def __init__(self, turns):
        super().__init__(daemon=True)
        self.turns, self.begun, self.ending = turns, Event(), Event()

    def run(self):
        with self.turns.turn():
            self.begun.set()
            self.ending.wait(LONG)

    def end(self):
        self.ending.set()
        self.join(LONG)


def came(turns, busy, waiting):
    """Makers one after the other: so many have a turn, so many wait for one."""
    makers = [Maker(turns) for _ in range(busy + waiting)]
    for number, maker in enumerate(makers):
        maker.start()
        if number < busy:
            assert maker.begun.wait(LONG)
        while len(turns._waiting) < number + 1 - busy:
            maker.join(0.001)
    return makers


def test_they_are_wanted_by_who_has_one_and_by_who_asked_just_before(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("web.turns.time.monotonic", lambda: now[0])
    turns = Turns()
    assert not turns.are_wanted
    with turns.turn():
        assert turns.are_wanted
    assert not turns.are_wanted
    turns.asked()
    assert turns.are_wanted
    now[0] += LATELY
    assert not turns.are_wanted


def test_two_have_their_turn_and_then_who_waited_longest():
    turns = Turns(patience=LONG)
    makers = came(turns, 2, 3)
    for number, maker in enumerate([makers[1], makers[0], makers[2]]):
        assert [False] * (3 - number) == [each.begun.is_set() for each in makers[2 + number :]]
        maker.end()
        assert makers[2 + number].begun.wait(LONG)
    for maker in makers[3:]:
        maker.end()
    assert (0, 0) == (turns._busy, len(turns._waiting))


def test_who_has_waited_long_goes_on_beside_the_others():
    turns = Turns(patience=0.01)
    makers = [Maker(turns) for _ in range(4)]
    for maker in makers:
        maker.start()
        assert maker.begun.wait(LONG)
    for maker in makers:
        maker.end()
    assert (0, 0) == (turns._busy, len(turns._waiting))


def test_what_goes_wrong_ends_a_turn():
    turns = Turns(at_once=1, patience=LONG)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError
    assert 0 == turns._busy
