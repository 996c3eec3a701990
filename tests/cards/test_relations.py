"""Relations between the values of parameters: computed ones, conditions, and draws that find what exists."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.cards.relations import condition_rule, relations_of
from mnemosyne.cards.variants import draw, variants
from mnemosyne.errors import InputError

DIGITS = tuple(map(Fraction, range(1, 6)))
WIDEN = "widen the ranges, or change `if`"
ZERO = (Fraction(0),)


def test_a_computed_value_follows_the_drawn_ones():
    where = {"a": DIGITS, "b": DIGITS, "d": ZERO, "c": ZERO}
    rules = (("d", "= c + 1"), ("c", "= a*b/2"))
    for seed in range(20):
        values = draw(where, rules, seed)
        assert values["c"] == values["a"] * values["b"] / 2
        assert values["d"] == values["c"] + 1


def test_all_variants_meet_the_conditions():
    combinations = variants({"a": DIGITS, "b": DIGITS}, (condition_rule("a < b"), condition_rule("a + b != 5")))
    assert {(values["a"], values["b"]) for values in combinations} == {
        (a, b) for a, b in product(DIGITS, DIGITS) if a < b and a + b != 5
    }


def test_a_combination_for_which_a_value_does_not_exist_is_not_drawn():
    combinations = variants({"a": DIGITS, "c": ZERO}, (("c", "= 1/(a - 2)"),))
    assert [values["a"] for values in combinations] == [1, 3, 4, 5]
    assert [values["a"] for values in variants({"a": DIGITS, "c": ZERO}, (("c", "= 2^(1/(a - 3))"),))] == [2, 4]


def test_equality_is_a_condition_and_computes_nothing():
    assert condition_rule("a = b") == ("(a)", "= b")
    combinations = variants({"a": DIGITS, "b": DIGITS}, (condition_rule("a = b"),))
    assert [(values["a"], values["b"]) for values in combinations] == [(digit, digit) for digit in DIGITS]


def test_a_rare_combination_is_found_by_search():
    where = dict.fromkeys("abc", tuple(map(Fraction, range(1, 101))))
    rules = (condition_rule("a + b = 2"), condition_rule("c > 99"))
    assert draw(where, rules, seed=7) == {"a": 1, "b": 1, "c": 100}


NO_VALUE = (
    " never has a value that can be used: it is undefined, not rational, or too large; "
    "change its formula in `where`, or the values that it uses"
)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ((condition_rule("a > b"), condition_rule("b >= a")), "no values meet the conditions in `where`; " + WIDEN),
        ((("c", "= a^900"),), "c" + NO_VALUE),
        ((("c", "= sqrt(a^2 + 1)"),), "c" + NO_VALUE),
        ((("c", "= 1/(a - a)"), ("a", "c")), "c" + NO_VALUE),
        ((("a", "a"),), "the parameters' values rule each other out; widen the ranges in `where`"),
        ((("c", "= a + d"), ("d", "= c")), "c and d depend on each other; give one of them a range or a list"),
        ((("c", "= c + 1"),), "c is computed from itself; give it a range or a list"),
    ],
)  # fmt: skip
def test_what_can_never_be_drawn_is_reported(rules, message):
    with pytest.raises(InputError) as caught:
        draw({"a": DIGITS, "b": DIGITS, "c": ZERO, "d": ZERO}, rules, 0)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["a", "a <", "< b", "a < b < c", "", "a << b"])
def test_what_is_not_a_condition_is_refused(text):
    with pytest.raises(InputError) as caught:
        condition_rule(text)
    assert str(caught.value) == f"{text!r} is not a condition; write a < b, or a list such as [a < b, a + b != 7]"


SIGNS = {
    "<": Fraction.__lt__,
    "<=": Fraction.__le__,
    "!=": Fraction.__ne__,
    ">": Fraction.__gt__,
    ">=": Fraction.__ge__,
}


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([*SIGNS]), st.sampled_from("abcs")), max_size=3),
    st.integers(0, 5),
)
def test_a_draw_finds_a_combination_wherever_there_is_one(conditions, seed):
    where = {**dict.fromkeys("abc", DIGITS[:4]), "s": ZERO}
    rules = (("s", "= a + b"), *(condition_rule(" ".join(condition)) for condition in conditions))
    combinations = [dict(zip("abc", values, strict=True)) for values in product(DIGITS[:4], repeat=3)]
    whole = [{**values, "s": values["a"] + values["b"]} for values in combinations]
    allowed = [v for v in whole if all(SIGNS[sign](v[left], v[right]) for left, sign, right in conditions)]
    if allowed:
        assert draw(where, rules, seed) in allowed
        assert variants(where, rules) == allowed
    else:
        with pytest.raises(InputError):
            draw(where, rules, seed)


def test_rules_are_read_once():
    rules = (("c", "= a"), condition_rule("a < b"))
    assert relations_of(rules) is relations_of(rules)
