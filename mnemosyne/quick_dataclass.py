"""Dataclasses whose methods are compiled only where that pays off, since a learner waits for all of them at a start.

The standard library compiles up to nine methods for each class, which takes about half a millisecond; the first
question needs 130 classes, and one value of most. Here all classes compare, describe and refuse changes by the same
functions, and `__init__` is the standard library's once many values have been made. For a type checker, and for
`fields`, `replace` and `asdict`, these are the standard library's dataclasses.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Final, TypeVar

__all__ = ["dataclass"]

Class = TypeVar("Class", bound=type[Any])
_ENOUGH: Final = 100  # values of a class after which compiling its `__init__` has paid off

if TYPE_CHECKING:
    from dataclasses import dataclass
    from inspect import Signature
else:

    def dataclass(*, slots: bool, frozen: bool = False, eq: bool = True) -> Callable[[Class], Class]:
        """Return what makes a class a dataclass with slots; `frozen` and `eq` are the standard library's."""
        assert slots, "what is made here has slots"

        def decorate(cls: Class) -> Class:
            cls.__doc__ = cls.__doc__ or cls.__name__  # else the standard library makes one, of the signature
            cls_with_slots = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
            comparing = _comparing(cls_with_slots, frozen=frozen) if eq else {}
            methods = {"__init__": _initializing(cls_with_slots, frozen=frozen), **_TELLING, **comparing}
            for name, method in {**methods, **(_FREEZING if frozen else {})}.items():
                setattr(cls_with_slots, name, method)
            return cls_with_slots

        return decorate


def _initializing(cls: type[Any], *, frozen: bool) -> Callable[..., None]:
    """Return an `__init__` for the first values.

    The standard library's takes its place after enough of them, or to say what is wrong with arguments that do not fit.
    """
    cls_fields = fields(cls)
    setters = tuple(getattr(cls, field.name).__set__ for field in cls_fields)
    by_place = [field.name for field in cls_fields if field.init and not field.kw_only]
    by_name = {field.name for field in cls_fields if field.init}
    post_init = getattr(cls, "__post_init__", None)
    count = 0

    def __init__(self: Any, *arguments: Any, **keywords: Any) -> None:  # noqa: N807 - it becomes the class's
        nonlocal count
        count += 1
        values = {**dict(zip(by_place, arguments, strict=False)), **keywords}
        fits = len(values) == len(arguments) + len(keywords) and by_name.issuperset(keywords)
        if count > _ENOUGH or not fits or not _complete(values, cls_fields):
            initialize = _compiled(cls, frozen=frozen)
            setattr(cls, "__init__", initialize)  # noqa: B010 - a type checker allows no other way
            initialize(self, *arguments, **keywords)
            return
        for set_value, field in zip(setters, cls_fields, strict=True):
            set_value(self, values[field.name])
        if post_init is not None:
            post_init(self)

    return __init__


def _complete(values: dict[str, Any], cls_fields: tuple[Field[Any], ...]) -> bool:
    """Add the defaults to the values by name; return whether none is missing then."""
    for field in cls_fields:
        if field.name not in values:
            if field.default is not MISSING:
                values[field.name] = field.default
            elif field.default_factory is not MISSING:
                values[field.name] = field.default_factory()
            else:
                return False
    return True


def _compiled(cls: type[Any], *, frozen: bool) -> Callable[..., None]:
    """Return what the standard library compiles for a class with the same fields."""
    cls_fields = [(field.name, field.type, _copied(field)) for field in fields(cls)]
    namespace = {name: vars(cls)[name] for name in ("__doc__", "__post_init__") if name in vars(cls)}
    twin = dataclasses.make_dataclass(
        cls.__name__, cls_fields, namespace=namespace, repr=False, eq=False, frozen=frozen
    )
    initialize: Callable[..., None] = vars(twin)["__init__"]
    return initialize


def _copied(field: Field[Any]) -> Any:
    """Return a field of the same kind that belongs to no class yet."""
    options = {name: getattr(field, name) for name in ("default", "default_factory", "init", "kw_only")}
    return dataclasses.field(**options)


def _comparing(cls: type[Any], *, frozen: bool) -> dict[str, Any]:
    """Return the methods by which the values of the fields say what is equal; what can change has no hash."""
    names = [field.name for field in fields(cls) if field.compare]
    values_of: Callable[[Any], object] = attrgetter(*names) if names else type

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807 - it becomes the class's
        return values_of(self) == values_of(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807 - as above
        return hash(values_of(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


@recursive_repr()
def _described(self: Any) -> str:
    text = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{type(self).__qualname__}({text})"


class _SignatureWhenAsked:
    """The arguments of a class, for `help` and `inspect`."""

    def __get__(self, _: object, cls: type[Any]) -> Signature:
        from inspect import signature

        arguments = signature(_compiled(cls, frozen=True))
        return arguments.replace(parameters=[*arguments.parameters.values()][1:])


_TELLING: Final = {"__repr__": _described, "__signature__": _SignatureWhenAsked()}


def _refuse_value(self: Any, name: str, value: object) -> None:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_removal(self: Any, name: str) -> None:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _values(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _take_values(self: Any, values: list[Any]) -> None:
    for field, value in zip(fields(self), values, strict=True):
        object.__setattr__(self, field.name, value)


_FREEZING: Final = {
    "__setattr__": _refuse_value,
    "__delattr__": _refuse_removal,
    "__getstate__": _values,  # `copy` and `pickle` would set attributes
    "__setstate__": _take_values,
}
