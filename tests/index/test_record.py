"""Records do what frozen dataclasses with slots do."""

import copy
import pickle
from dataclasses import dataclass

import pytest

from index.record import as_dict, field, names, record, replace


def point(make):
    class Point:
        """A place."""

        x: int
        y: int
        name: str = "nowhere"

        def moved(self):
            return type(self)(self.x + 1, self.y, self.name)

    return make(Point)


Record, Dataclass = point(record), point(dataclass(frozen=True, slots=True))


@record
class Pair:
    left: object
    right: object = ()


@record
class Empty:
    """Nothing is known of it."""


@pytest.mark.parametrize("kind", [Record, Dataclass])
def test_what_both_do(kind):
    one, same, other = kind(1, 2), kind(1, y=2, name="nowhere"), kind(name="a", x=1, y=2)
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert (1, 2, "nowhere") == (one.x, one.y, one.name)
    assert ("x", "y", "name") == kind.__match_args__
    assert repr(one).endswith("Point(x=1, y=2, name='nowhere')")
    assert kind(2, 2) == one.moved()
    assert "A place." == kind.__doc__
    assert not hasattr(one, "__dict__")
    assert one != (1, 2, "nowhere")
    match other:
        case kind(x, y, name="a"):
            assert (1, 2) == (x, y)
    assert other == copy.deepcopy(other)


@pytest.mark.parametrize("kind", [Record, Dataclass])
@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), ((1,), {}), ((1, 2, "a", 4), {}), ((1, 2), {"x": 1}), ((1, 2), {"z": 1}), ((), {"x": 1})],
)
def test_values_that_are_missing_or_too_many(kind, given, named):
    with pytest.raises(TypeError, match="Point"):
        kind(*given, **named)


@pytest.mark.parametrize("kind", [Record, Dataclass])
@pytest.mark.parametrize("name", ["x", "new"])
def test_none_changes(kind, name):
    one = kind(1, 2)
    with pytest.raises((AttributeError, TypeError)):
        setattr(one, name, 5)
    with pytest.raises((AttributeError, TypeError)):
        delattr(one, name)
    assert kind(1, 2) == one


def test_records_of_two_classes_are_not_equal():
    assert Pair((), ()) != Empty()
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert "Empty()" == repr(Empty())


def test_deep_ones_are_compared_and_pickled():
    deep = Pair(Pair("a", Empty()), (Pair(1), Pair(2)))
    assert deep == pickle.loads(pickle.dumps(deep))
    assert deep != Pair(Pair("a", Empty()), (Pair(1), Pair(3)))


def test_one_with_values_that_have_no_hash_has_none():
    with pytest.raises(TypeError):
        hash(Pair([], {}))


@record
class Listed:
    name: str
    seen: list = field(default_factory=list)


def test_a_field_may_be_made_anew_for_each_object():
    one, other = Listed("a"), Listed(name="b")
    one.seen.append(1)
    assert ([1], [], [2]) == (one.seen, other.seen, Listed("c", [2]).seen)


def test_no_field_without_a_value_follows_one_with_a_value():
    with pytest.raises(TypeError, match="Wrong"):
        record(type("Wrong", (), {"__annotations__": {"x": int, "y": int}, "x": 1}))


def test_other_values_in_some_fields():
    one = Record(1, 2)
    assert Record(1, 3, "there") == replace(one, name="there", y=3)
    assert Record(1, 2) == one
    with pytest.raises(TypeError, match="Point takes x, y, name"):
        replace(one, z=3)


@pytest.mark.parametrize("count", range(9))
def test_fields_are_given_in_order_or_by_name_however_many_there_are(count):
    called = [f"name{number}" for number in range(count)]
    kind = record(type("Many", (), {"__annotations__": dict.fromkeys(called, int)}))
    values = dict(zip(called, range(count), strict=True))
    one = kind(*range(count))
    assert values == as_dict(one) == as_dict(kind(**values))
    assert one == kind(**dict(reversed(values.items())))
    for wrong in ({**values, "other": 1}, dict.fromkeys(called[1:], 1)):
        if wrong != values:
            with pytest.raises(TypeError, match="Many"):
                kind(**wrong)
    with pytest.raises(TypeError, match="Many"):
        kind(*range(count + 1))


def test_the_fields_of_a_record():
    assert ("x", "y", "name") == names(Record)
    assert {"x": 1, "y": 2, "name": "nowhere"} == as_dict(Record(1, 2))


@record
class Child(Listed):
    age: int = 0

    @property
    def called(self):
        return f"{self.name}, {self.age}"


def test_the_fields_of_a_parent_come_first():
    assert ("name", "seen", "age") == names(Child)
    one = Child("a", age=3)
    assert ("a, 3", [], 0) == (one.called, one.seen, Child("b").age)
    assert Child("a", [], 3) == one != Listed("a")
    assert Child("b", [], 3) == replace(one, name="b")
    assert isinstance(one, Listed)
    assert not hasattr(one, "__dict__")
    assert pickle.loads(pickle.dumps(one)) == one
