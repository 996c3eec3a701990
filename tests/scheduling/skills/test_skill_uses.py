"""Skills read off exercises: by example, for random chains, and for every card of the deck."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.scheduling.skills.skill import SKILLS
from mnemosyne.scheduling.skills.skill_uses import skill_uses, uses_of_fields, weight

NEURON = (("z", "w*x + b"), ("a", "sigmoid(z)"), ("L", "1/2*(a - y)^2"))
FORK = (("a", "w^2"), ("b", "sin(w)"), ("L", "a*b"))


def derivative_of(f: str, by: str = "x", order: int = 1, *, at: bool = False) -> Exercise:
    """Return the exercise to differentiate a function."""
    return Exercise(ExerciseKind.DERIVATIVE, f, by, order, at=((by, "2"),) if at else ())


def graph_derivative(f: str, by: str, graph: tuple[tuple[str, str], ...]) -> Exercise:
    """Return the exercise to differentiate through a graph."""
    return Exercise(ExerciseKind.BACKPROP, f, by, graph=graph)


def slope_of(equation: str) -> Exercise:
    """Return the exercise to find the slope of a curve."""
    return Exercise(ExerciseKind.IMPLICIT, equation, "x", dependent="y")


@dataclass(frozen=True, slots=True)
class Example:
    """An exercise, and its skills."""

    exercise: Exercise
    uses: dict[str, int]


@pytest.mark.parametrize(
    "example",
    [
        Example(derivative_of("x^2 + 3*x"), {}),
        Example(derivative_of("sin(x)"), {"sin": 1}),
        Example(derivative_of("sin(3*x + 1)"), {"sin": 1, "links-2": 1}),
        Example(derivative_of("2*sin(x^2) + 1"), {"sin": 1, "links-2": 1}),
        Example(derivative_of("cos(sin(x^2))"), {"sin": 1, "cos": 1, "links-3": 1}),
        Example(derivative_of("sin(sin(x))"), {"sin": 2, "links-2": 1}),
        Example(derivative_of("2^(sin(ln(cos(x))))"), {"sin": 1, "cos": 1, "exp-base": 1, "ln": 1, "links-4": 1}),
        Example(derivative_of("e^(sin(ln(cos(x^2))))"), {"sin": 1, "cos": 1, "exp": 1, "ln": 1, "links-4": 1}),
        Example(derivative_of("(3*x + 1)^5"), {"power": 1, "links-2": 1}),
        Example(derivative_of("(3*x + 1)^(-5)"), {"power": 1, "links-2": 1}),
        Example(derivative_of("(x^2 + 1)^(-1/2)"), {"root": 1, "links-2": 1}),
        Example(derivative_of("1/sqrt(x^2 + 1)"), {"root": 1, "reciprocal": 1, "links-3": 1}),
        Example(derivative_of("(x^2 + 1)^(-1)"), {"reciprocal": 1, "links-2": 1}),
        Example(derivative_of("cbrt(x^2 + 1)"), {"root": 1, "links-2": 1}),
        Example(derivative_of("root(x^2 + 1, 5)"), {"root": 1, "links-2": 1}),
        Example(derivative_of("log(x^2 + 1, 10)"), {"log-base": 1, "links-2": 1}),
        Example(derivative_of("(x^2 + 1)^x"), {"varying-exponent": 1}),
        Example(derivative_of("x^2*sin(x)"), {"sin": 1, "product": 1}),
        Example(derivative_of("x*e^x*sin(x)"), {"sin": 1, "exp": 1, "product": 2}),
        Example(derivative_of("e^(x^2)*sin(3*x)"), {"sin": 1, "exp": 1, "links-2": 2, "product": 1}),
        Example(derivative_of("ln(x)/(x + 1)"), {"ln": 1, "quotient": 1}),
        Example(derivative_of("sin(x^2 + e^(3*x))"), {"sin": 1, "exp": 1, "links-3": 1}),
        Example(derivative_of("a*sin(b*x)"), {"sin": 1, "links-2": 1}),
        Example(derivative_of("a*sin(b*x)", "b"), {"sin": 1, "links-2": 1}),
        Example(derivative_of("arctan(abs(x))"), {"arctan": 1, "abs": 1, "links-2": 1}),
        Example(derivative_of("sin(x^2)", order=3), {"sin": 1, "links-2": 1, "order": 2}),
        Example(derivative_of("sin(x^2)", at=True), {"sin": 1, "links-2": 1, "at-point": 1}),
        Example(slope_of("x^2 + x*y = 7"), {"product": 1, "implicit": 1}),
        Example(slope_of("sin(y^2) = x"), {"sin": 1, "power": 1, "links-3": 1, "implicit": 1}),
        Example(graph_derivative("L", "w", NEURON), {"power": 1, "activation": 1, "links-3": 1}),
        Example(graph_derivative("L", "a", NEURON), {"power": 1, "links-2": 1}),
        Example(graph_derivative("L", "w", FORK), {"sin": 1, "product": 1, "paths": 1}),
        Example(graph_derivative("L", "a", FORK), {}),
        Example(derivative_of("sin(("), {}),
        Example(slope_of("x + y"), {}),
        Example(graph_derivative("M", "w", NEURON), {}),
    ],
    ids=lambda example: f"{example.exercise.f} by {example.exercise.by}",
)
def test_the_skills_of_an_exercise(example: Example):
    assert dict(skill_uses(example.exercise)) == example.uses


@pytest.mark.parametrize(
    ("f", "fields"),
    [
        ("sin(x^2)", ({"links-2": 1}, {"sin": 1}, {"links-2": 1}, {"links-2": 1})),
        ("sin(x^2)^3", ({"links-3": 1}, {"power": 1}, {"sin": 1}, {"links-3": 1})),
        ("sin(sin(x))", ({"links-2": 1}, {"sin": 1}, {"sin": 1}, {"links-2": 1})),
        ("ln(x*e^x)", ({"links-2": 1}, {"ln": 1}, {"exp": 1, "product": 1}, {"links-2": 1})),
    ],
)
def test_the_skills_of_the_fields_of_steps(f: str, fields: tuple[dict[str, int], ...]):
    assert tuple(map(dict, uses_of_fields(Exercise(ExerciseKind.STEPS, f, "x")))) == fields
    assert uses_of_fields(derivative_of(f)) == ()


@pytest.mark.parametrize(("times", "expected"), [(1, 0.6), (2, 0.84), (3, 0.936)])
def test_more_uses_weigh_more_and_never_everything(times: int, expected: float):
    assert weight(times) == pytest.approx(expected)


@given(st.lists(st.sampled_from(("sin", "cos", "tan", "ln", "arctan", "arsinh")), min_size=1, max_size=8))
def test_a_chain_takes_each_of_its_functions_and_its_length(functions: list[str]):
    f = "x"
    for function in functions:
        f = f"{function}({f})"
    uses = dict(skill_uses(derivative_of(f)))
    assert {name: uses.pop(name) for name in set(functions)} == {name: functions.count(name) for name in functions}
    assert uses == ({f"links-{min(4, len(functions))}": 1} if len(functions) > 1 else {})


def test_a_chain_of_a_thousand_links_is_read():
    assert dict(skill_uses(derivative_of("sin(" * 1000 + "x" + ")" * 1000))) == {"sin": 1000, "links-4": 1}


def test_a_graph_with_more_paths_than_atoms_is_read():
    graph = [("a0", "w")]
    for n in range(400):
        graph += [(f"b{n}", f"sin(a{n})"), (f"c{n}", f"cos(a{n})"), (f"a{n + 1}", f"b{n} + c{n}")]
    uses = dict(skill_uses(graph_derivative("a400", "w", tuple(graph))))
    assert uses == {"sin": 400, "cos": 400, "links-4": 2, "paths": 9}


def test_ids_are_those_of_the_log():
    """If an id changes, what is known of the skill is lost."""
    assert ", ".join(SKILLS) == (
        "sin, cos, tan, sec, csc, cot, arcsin, arccos, arctan, arcsec, arccsc, arccot, sinh, cosh, sech, csch, coth, "
        "arsinh, arcosh, artanh, arsech, arcsch, arcoth, exp, exp-base, ln, log-base, power, root, reciprocal, "
        "varying-exponent, abs, max, activation, links-2, links-3, links-4, product, quotient, paths, order, at-point, "
        "implicit"
    )
    names = [skill.name for skill in SKILLS.values()]
    assert len({*names}) == len(names)
    assert all(SKILLS[name].id == name for name in SKILLS)
