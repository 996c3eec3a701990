"""Parameters: the ranges and lists that an author may write."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mnemosyne.cards.where import parameter
from mnemosyne.errors import InputError


def numbers(*values: object) -> tuple[Fraction, ...]:
    return tuple(Fraction(str(value)) for value in values)


@pytest.mark.parametrize(
    ("yaml_value", "values", "unlike"),
    [
        ("2..5", numbers(2, 3, 4, 5), ()),
        ("-1..1", numbers(-1, 0, 1), ()),
        ("-2..2 not 0", numbers(-2, -1, 1, 2), ()),
        ("1..3 not a", numbers(1, 2, 3), ("a",)),
        ("1..3 not 2, a, b", numbers(1, 3), ("a", "b")),
        ([2, "1/2", 0.5], (Fraction(2), Fraction(1, 2), Fraction(1, 2)), ()),
        (["sin", "cos"], ("sin", "cos"), ()),
    ],
)
def test_ranges_and_lists_are_read(yaml_value, values, unlike):
    parsed_parameter = parameter(yaml_value)
    assert (parsed_parameter.values, parsed_parameter.unlike) == (values, unlike)


@pytest.mark.parametrize(
    ("yaml_value", "message"),
    [
        ("9..2", "the range 9..2 is empty; write 2..9"),
        ("2-9", "'2-9' is not a range; write 2..9, 1..9 not a, or a list such as [2, 3, 5]"),
        ("2..9 not", "nothing follows `not` in '2..9 not'; name a number or another parameter"),
        ("2..2 not 2", "2..2 not 2 leaves no value; give at least one"),
        ("1..5000", "the range 1..5000 has over 1,000 values; make it smaller"),
        ([], "[] leaves no value; give at least one"),
        (
            "1..6 not a not b",
            "'1..6 not a not b' has a second `not`; write one, with commas, in quotes: \"1..9 not a, b\"",
        ),
        (
            "[2, 3, 4] not 3 not a",
            "'[2, 3, 4] not 3 not a' has a second `not`; write one, with commas, in quotes: \"1..9 not a, b\"",
        ),
        (["sine"], "'sine' is neither a number nor a known function; write 3, -2, 1/2, 0.5 or sin"),
        (["1/0"], "'1/0' is neither a number nor a known function; write 3, -2, 1/2, 0.5 or sin"),
        (None, "None is neither a range nor a list; write 2..9 or [2, 3, 5]"),
    ],
)
def test_a_mistake_is_reported_with_its_remedy(yaml_value, message):
    with pytest.raises(InputError) as caught:
        parameter(yaml_value)
    assert str(caught.value) == message
