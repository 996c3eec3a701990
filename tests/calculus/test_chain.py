"""Links, outer to inner, and the derivative as a textbook writes it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.calculus.check import check, explain
from mnemosyne.verdict import Problem, Word


@pytest.mark.parametrize(
    ("f", "links"),
    [
        ("sin(x^2)", ["sin(u) at x^2: cos(x^2)", "u^2 at x: 2*x"]),
        ("(3x+1)^2", ["u^2 at 3*x + 1: 2*(3*x + 1)", "3*u + 1 at x: 3"]),
        ("3cos(x^2)", ["3*cos(u) at x^2: -3*sin(x^2)", "u^2 at x: 2*x"]),
        ("2^(3x)", ["2^u at 3*x: ln(2)*2^(3*x)", "3*u at x: 3"]),
        ("5/(x^2+1)", ["5/u at x^2 + 1: -5/(x^2 + 1)^2", "u^2 + 1 at x: 2*x"]),
        ("ln(cos(x))", ["ln(u) at cos(x): 1/cos(x)", "cos(u) at x: -sin(x)"]),
        ("x sin(x)", ["u*sin(u) at x: sin(x) + x*cos(x)"]),
        ("7", []),
    ],
)
def test_links(f: str, links: list[str]) -> None:
    assert [f"{link.outer} at {link.inner}: {link.derivative}" for link in explain(f).links] == links


def test_the_middle_is_v_where_the_variable_is_u() -> None:
    assert [link.outer for link in explain("sin(u^2)", "u").links] == ["sin(v)", "v^2"]


@pytest.mark.parametrize(
    ("f", "derivative"),
    [
        ("(3x+1)^2", "6*(3*x + 1)"),
        ("sqrt(1+x^2)", "x/sqrt(x^2 + 1)"),
        ("e^(sin x)", "cos(x)*e^sin(x)"),
        ("cbrt(x^2+1)", "2*x/(3*cbrt(x^2 + 1)^2)"),
        ("a sin(b x^2)", "2*a*b*x*cos(b*x^2)"),
        ("(x^(1/2))^b", "b*(x^0.5)^(b - 2)/2"),
        ("arccos(x^2)", "-2*x/sqrt(1 - x^4)"),
        ("sigmoid(3x)", "3*(1 - sigmoid(3*x))*sigmoid(3*x)"),
        ("x^5 - 4x", "5*x^4 - 4"),
        ("sin(x)/x", "(x*cos(x) - sin(x))/x^2"),
        ("7", "0"),
    ],
)
def test_the_derivative_as_a_textbook_writes_it(f: str, derivative: str) -> None:
    assert explain(f).derivative == derivative


@settings(max_examples=sample_size(40, 100), deadline=None)
@given(data=st.data())
def test_the_product_of_the_links_is_the_derivative(chains: st.SearchStrategy[str], data: st.DataObject) -> None:
    f = data.draw(chains)
    product = "*".join(f"({link.derivative})" for link in explain(f).links)
    assert check(Problem(f), product).word is Word.CORRECT


def test_three_hundred_links() -> None:
    f = "sin(" * 150 + "x" + ")" * 150
    links = explain(f).links
    assert len(links) == 150
    assert (links[-1].inner, links[-1].derivative) == ("x", "cos(x)")
