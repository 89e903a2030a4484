"""Records: what `dataclass(frozen=True, slots=True)` makes of a class, and in a twentieth of its time.

`dataclasses` writes the source of six methods for each class and compiles it, half a millisecond each time a
process starts. Here all records share their methods, and those of as many fields the code of `__init__`,
which is compiled when it is needed first. For the nodes of queries, of which there are many kinds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from types import FunctionType
from typing import Any, Final, NoReturn, TypeVar, dataclass_transform

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
    if set(names[len(names) - len(defaults) :]) != defaults.keys():
        raise TypeError(f"{kind.__name__} has a field without a value after one with a value")
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
    """Makes the `__init__` of a class when the first of its objects is made: most are in few runs."""

    def init(self: object, /, *given: object, **named: object) -> None:
        shown: Any = kind
        shown.__init__ = made = _made_init(kind, names, defaults)
        made(self, *given, **named)

    return init


def _made_init(kind: type, names: tuple[str, ...], defaults: dict[str, object]) -> Callable[..., None]:
    values = tuple(defaults[name] for name in names[len(names) - len(defaults) :])
    anew = tuple(isinstance(defaults.get(name), _Made) for name in names)
    made: Any = _maker(anew)(*[getattr(kind, name).__set__ for name in names])
    # Python itself takes names and values apart: several times as fast as it could be done here.
    code = made.__code__.replace(co_varnames=("self", *names))
    init: Any = FunctionType(code, made.__globals__, "__init__", values, made.__closure__)
    init.__qualname__ = f"{kind.__name__}.__init__"
    return init  # type: ignore[no-any-return]


@cache
def _maker(anew: tuple[bool, ...]) -> Callable[..., Callable[..., None]]:
    """Makes an `__init__` of what puts values into the fields.

    Args:
        anew: for each field whether the value that it has where none is given is made anew.
    """
    puts = ", ".join(f"put_{at}" for at in range(len(anew)))
    values = ", ".join(f"value_{at}" for at in range(len(anew)))
    lines = [f"        put_{at}(self, {_VALUE[made].format(at)})" for at, made in enumerate(anew)]
    head = [f"def make({puts}):", f"    def init(self, /, {values}):"]
    names: dict[str, Any] = {"_Made": _Made}
    exec("\n".join([*head, *lines, "        return", "    return init"]), names)  # noqa: S102 - of our own
    made: Callable[..., Callable[..., None]] = names["make"]
    return made


_VALUE: Final = ("value_{0}", "value_{0}.make() if value_{0}.__class__ is _Made else value_{0}")


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
