"""Dataclasses that are made quickly do what the standard library's do."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, asdict, astuple, field, fields, replace
from typing import ClassVar

import pytest

from mnemosyne.quick_dataclass import _ENOUGH, dataclass


def _both(**options):
    """The same class, made by the standard library and quickly."""

    def made(cls):
        twin = type(cls.__name__, cls.__bases__, dict(vars(cls)))
        return dataclasses.dataclass(slots=True, **options)(twin), dataclass(slots=True, **options)(cls)

    return made


@_both(frozen=True)
class POINTS:
    """A place with a name."""

    x: float
    y: float = 0.0
    names: list[str] = field(default_factory=list)
    note: str = field(default="", compare=False, repr=False)
    hidden: bool = field(default=False, kw_only=True)
    kind: ClassVar[str] = "point"


@_both()
class COUNTERS:
    """What can change."""

    number: int
    doubled: int = field(init=False, default=0)

    def __post_init__(self):
        self.doubled = 2 * self.number


@_both(frozen=True)
class NOTHINGS:
    """No fields."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the plane."""

    x: int
    y: int = 0


@dataclass(frozen=True, slots=True)
class PointInSpace(Point):
    """A place in space."""

    z: int = 0


@dataclass(slots=True, eq=False)
class Alone:
    """Equal to itself only."""

    x: int


ARGUMENTS = [
    ((1,), {}),
    ((1, 2.5), {}),
    ((1, 2.5, ["a"], "note"), {}),
    ((), {"x": 1, "y": 2, "hidden": True}),
    ((1,), {"names": ["b"], "note": "n"}),
]
WRONG_ARGUMENTS = [((), {}), ((1, 2, [], "", True), {}), ((1,), {"x": 2}), ((1,), {"z": 2}), ((), {"y": 2})]


@pytest.mark.parametrize(("given", "named"), ARGUMENTS)
def test_values_are_what_the_standard_library_makes_them(given, named):
    slow, quick = (cls(*given, **named) for cls in POINTS)
    assert repr(quick) == repr(slow)
    assert asdict(quick) == asdict(slow)
    assert astuple(replace(quick, y=7.0)) == astuple(replace(slow, y=7.0))
    assert POINTS[1].__match_args__ == POINTS[0].__match_args__


@pytest.mark.parametrize(("given", "named"), WRONG_ARGUMENTS)
def test_wrong_arguments_are_refused_in_the_same_words(given, named):
    refusals = []
    for cls in POINTS:
        with pytest.raises(TypeError) as refusal:
            cls(*given, **named)
        refusals.append(str(refusal.value).rpartition("__init__")[2])
    assert refusals[0] == refusals[1]


def test_the_first_values_and_those_after_many_are_equal():
    first = POINTS[1](1, 2.0)
    many = [POINTS[1](1, 2.0) for _ in range(2 * _ENOUGH)]
    assert all(value == first for value in many)
    assert POINTS[1](1).names is not POINTS[1](1).names
    with pytest.raises(FrozenInstanceError):
        many[-1].x = 2


def test_what_is_not_compared_makes_no_difference():
    quick = POINTS[1]
    assert quick(1, note="a") == quick(1, note="b") != quick(2)
    assert quick(1) != POINTS[0](1)
    assert hash(Point(1, 2)) == hash(Point(1, y=2))
    assert Point(1) != PointInSpace(1)
    assert Alone(1) != Alone(1)
    assert NOTHINGS[1]() == NOTHINGS[1]() != POINTS[1](1)


def test_a_frozen_value_cannot_be_changed_but_copied():
    point = PointInSpace(1, 2, 3)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        point.x = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del point.x
    assert copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == copy.copy(point) == point


def test_what_can_change_has_no_hash_and_is_completed_after_init():
    slow, quick = (cls(4) for cls in COUNTERS)
    quick.number += 1
    slow.number += 1
    assert (quick.number, quick.doubled) == (slow.number, slow.doubled) == (5, 8)
    assert all(COUNTERS[1](number).doubled == 2 * number for number in range(2 * _ENOUGH))
    with pytest.raises(TypeError, match="unhashable"):
        hash(quick)
    with pytest.raises(TypeError, match="unexpected keyword argument 'doubled'"):
        COUNTERS[1](1, doubled=3)


def test_fields_are_those_of_the_standard_library():
    assert [(at.name, at.type, at.kw_only) for at in fields(POINTS[1])] == [
        (at.name, at.type, at.kw_only) for at in fields(POINTS[0])
    ]
    assert [at.name for at in fields(PointInSpace)] == ["x", "y", "z"]
    assert not hasattr(Point(1), "__dict__")


def test_help_knows_the_arguments():
    assert str(inspect.signature(Point)) == "(x: int, y: int = 0) -> None"
