"""Records: what `dataclass(frozen=True, slots=True)` makes of a class, and in a twentieth of its time.

`dataclasses` writes the source of six methods for each class and compiles it, half a millisecond each time a
process starts. Here all records share their methods, and those of few fields the code of `__init__`. For the
nodes of queries, of which there are many kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from types import FunctionType
from typing import Any, Final, NoReturn, TypeAlias, TypeVar, dataclass_transform

T = TypeVar("T")
R = TypeVar("R")


class _Made:
    """Stands for a value that is made anew for each object."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], T]) -> T:
    """The value of a field where none is given, made anew for each object."""
    made: Any = _Made(default_factory)
    return made  # type: ignore[no-any-return] # a class says what type its objects have there


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """A class whose objects have the fields that it annotates, and never change.

    They are made from values in the order of the fields, or by their names; they are equal where class and
    values are, and have a hash if the values have. A field that the class gives a value, or a `field`, has
    that where none is given. The fields of a record that it inherits from come first.
    """
    parents = [base for base in kind.__bases__ if "__values__" in vars(base)]
    own = tuple(vars(kind).get("__annotations__", ()))
    names = (*(name for parent in parents for name in vars(parent)["__match_args__"]), *own)
    slots = own if parents else (*own, "__hashed__")
    defaults = {name: vars(kind)[name] for name in own if name in vars(kind)}
    dropped = {*own, "__dict__", "__weakref__"}
    kept = {name: value for name, value in vars(kind).items() if name not in dropped}
    shared = {**_METHODS, "__slots__": slots, "__match_args__": names, "__values__": property(_values(names))}
    made: Any = type(kind.__name__, kind.__bases__, {**kept, **shared})
    for parent in parents:
        defaults = {**vars(parent)["__given__"], **defaults}
    made.__given__ = defaults
    made.__qualname__ = kind.__qualname__
    made.__init__ = _init(made, names, defaults)
    result: type[T] = made
    return result


def replace(value: R, /, **changes: Any) -> R:  # noqa: ANN401 - of any record
    """A record with other values in some fields.

    Raises:
        TypeError: there is no field of that name.
    """
    kind, values = type(value), as_dict(value) | changes
    if len(values) > len(names(kind)):
        raise TypeError(f"{kind.__name__} takes {', '.join(names(kind)) or 'nothing'}, not {changes}")
    return kind(*values.values())


def as_dict(value: object) -> dict[str, Any]:
    """The values of a record by the names of its fields."""
    shown: Any = value
    return dict(zip(names(type(value)), shown.__values__, strict=True))


def names(kind: type) -> tuple[str, ...]:
    """The names of a record's fields, in order."""
    return tuple(vars(kind)["__match_args__"])


def _init(kind: type, names: tuple[str, ...], defaults: dict[str, object]) -> Callable[..., None]:
    puts = [getattr(kind, name).__set__ for name in names]
    given_last = names[len(names) - len(defaults) :]
    if len(puts) in _INITS and set(given_last) == defaults.keys() and not _are_made(defaults):
        made: Any = _INITS[len(puts)](*puts)
        # Python itself takes names and values apart then: several times as fast as it is done below.
        code = made.__code__.replace(co_varnames=("self", *names))
        values = tuple(defaults[name] for name in given_last)
        init: Any = FunctionType(code, globals(), "__init__", values, made.__closure__)
        init.__qualname__ = f"{kind.__name__}.__init__"
        return init  # type: ignore[no-any-return]
    return _slow_init(kind, puts, names, defaults)


def _are_made(defaults: dict[str, object]) -> bool:
    """Whether one of these is made anew for each object."""
    return any(isinstance(value, _Made) for value in defaults.values())


_Put: TypeAlias = Callable[[object, object], None]


def _init_1(put: _Put) -> Callable[..., None]:
    def init(self: object, /, a: object) -> None:
        put(self, a)

    return init


def _init_2(put_a: _Put, put_b: _Put) -> Callable[..., None]:
    def init(self: object, /, a: object, b: object) -> None:
        put_a(self, a)
        put_b(self, b)

    return init


def _init_3(put_a: _Put, put_b: _Put, put_c: _Put) -> Callable[..., None]:
    def init(self: object, /, a: object, b: object, c: object) -> None:
        put_a(self, a)
        put_b(self, b)
        put_c(self, c)

    return init


def _init_4(put_a: _Put, put_b: _Put, put_c: _Put, put_d: _Put) -> Callable[..., None]:
    def init(self: object, /, a: object, b: object, c: object, d: object) -> None:
        put_a(self, a)
        put_b(self, b)
        put_c(self, c)
        put_d(self, d)

    return init


_INITS: Final[dict[int, Callable[..., Callable[..., None]]]] = {
    1: _init_1,
    2: _init_2,
    3: _init_3,
    4: _init_4,
}
"""By the number of fields what makes a record's `__init__` of what puts values into them."""


def _slow_init(
    kind: type, puts: Sequence[_Put], names: tuple[str, ...], defaults: dict[str, object]
) -> Callable[..., None]:
    def init(self: object, /, *given: object, **named: object) -> None:
        if named or len(given) != len(puts):
            given = _completed(kind.__name__, names, defaults, given, named)
        for put, value in zip(puts, given, strict=True):
            put(self, value)

    return init


def _completed(
    kind: str,
    names: tuple[str, ...],
    defaults: dict[str, object],
    given: tuple[object, ...],
    named: dict[str, object],
) -> tuple[object, ...]:
    """A value for each field.

    Raises:
        TypeError: a field has none, or two, or there is none of that name.
    """
    values = {**defaults, **dict(zip(names, given, strict=False)), **named}
    twice = set(named) & set(names[: len(given)])
    if len(given) > len(names) or twice or values.keys() != set(names):
        raise TypeError(f"{kind} takes {', '.join(names) or 'nothing'}, not {given} and {named}")
    return tuple(_value(values[name]) for name in names)


def _value(value: object) -> object:
    return value.make() if isinstance(value, _Made) else value


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[object, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _eq(self: Any, other: Any) -> Any:  # noqa: ANN401 - of any record
    return self.__values__ == other.__values__ if type(self) is type(other) else NotImplemented


def _hash(self: Any) -> int:  # noqa: ANN401
    """Worked out once: what is within a record is often asked for again, and never changes."""
    try:
        hashed: int = self.__hashed__
    except AttributeError:
        hashed = hash(self.__values__)
        type(self).__hashed__.__set__(self, hashed)
    return hashed


def _repr(self: Any) -> str:  # noqa: ANN401
    shown = (f"{name}={value!r}" for name, value in zip(self.__match_args__, self.__values__, strict=True))
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _reduce(self: Any) -> tuple[object, ...]:  # noqa: ANN401
    return type(self), self.__values__


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} never changes; its {name} stays")


_METHODS = {
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__reduce__": _reduce,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
}
