"""Pieces: the lexer's tokens where it can read the text, and something for every character where it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions.lexer import Lexer, TokenKind
from mnemosyne.expressions.line import to_typed_line, to_unicode_line
from mnemosyne.expressions.typed_pieces import typed_pieces
from mnemosyne.expressions.typed_text import plain_text
from mnemosyne.expressions.vocabulary import vocabulary


def words(typed, names="x"):
    return [piece.text for piece in typed_pieces(typed, frozenset(names))]


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("2xsin(x^2)", ["2", "x", "sin", "(", "x", "^", "2", ")"]),
        ("x**2", ["x", "**", "2"]),
        ("2.5e3", ["2.5e3"]),
        ("xsi", ["x", "s", "i"]),
        ("1 ? 2", ["1", "?", "2"]),
        ("x²", ["x", "^", "(", "2", ")"]),
        (r"\frac{1}", [*"\\frac{1}"]),
    ],
)
def test_the_pieces(typed, pieces):
    assert words(typed) == pieces


def test_positions_are_those_of_the_typed_text():
    assert [(piece.kind, piece.start, piece.end) for piece in typed_pieces("π ½", frozenset())][:2] == [
        (TokenKind.CONSTANT, 0, 1),
        (TokenKind.OPEN, 2, 3),
    ]


@given(data=st.data())
def test_where_the_lexer_can_read_its_tokens_are_the_pieces(data, trees, names):
    tree = data.draw(trees)
    for typed in (to_typed_line(tree), to_unicode_line(tree)):
        lexer = Lexer(plain_text(typed), vocabulary(names))
        tokens = []
        while (token := lexer.next()).kind is not TokenKind.END:
            tokens.append((token.kind, token.text))
        assert [(piece.kind, piece.text) for piece in typed_pieces(typed, names)] == tokens


@given(st.text(max_size=40))
def test_every_text_has_pieces_in_order(typed):
    pieces = typed_pieces(typed, frozenset("x"))
    assert all(0 <= piece.start < piece.end <= len(typed) for piece in pieces)
    assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)
