"""Random compositions for the checker's properties, as lines of text."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

OUTER = (
    "sin({})",
    "cos({})",
    "exp({})",
    "({})^2",
    "({})^3",
    "arctan({})",
    "sigmoid({})",
    "tanh({})",
    "arsinh({})",
    "softplus({})",
    "sqrt(1 + ({})^2)",
    "ln(2 + ({})^2)",
    "2^({})",
    "1/(3 + ({})^2)",
)
INNER = ("3*x + 1", "x^2", "x/2", "1 - x", "x^3 + x", "5*x")


def _chain(links: list[str], inner: str) -> str:
    text = inner
    for link in reversed(links):
        text = link.format(text)
    return text


@pytest.fixture(scope="session")
def chains() -> st.SearchStrategy[str]:
    """Draw compositions of one to four links."""
    return st.builds(_chain, st.lists(st.sampled_from(OUTER), min_size=1, max_size=4), st.sampled_from(INNER))
