"""Advice on the texts of cards: formulas in backquotes, and formulas that are shown as written.

Neither prevents a card from being asked, and code may look like a formula, so this is advice, not a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from mnemosyne.cards.blanks import hidden
from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.card_field import FieldType
from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.cards.template import blanked_sentence
from mnemosyne.cards.variants import Values, draw, extremes
from mnemosyne.deckfiles.deck_file import FieldPlaces
from mnemosyne.deckfiles.problems import CardFileProblem, with_lines
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.statement import read_statement, statement_or_none
from mnemosyne.expressions.vocabulary import FUNCTION_WORDS
from mnemosyne.rich_text.text_blocks import RunStyle
from mnemosyne.rich_text.text_reader import read_rich_text, runs_of
from mnemosyne.text import for_message

FieldText: TypeAlias = tuple[tuple[str | int, ...], str]
_SIGN: Final = re.compile(r"[\^/*+·=√′'²³⁰-⁹≈≤≥<>−∂]|\w\(|\w\s+\w|\\|\d[^\W\d_]")
_NO_FORMULA: Final = re.compile(r"\*\*|==|//|[\[\]_;:#\"]|\w\.\w|\(\)")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def text_advice(card: Card, places: FieldPlaces | None) -> list[CardFileProblem]:
    """Return the advice on the formulas in a card's texts, each with its place."""
    advice: dict[tuple[object, str], CardFileProblem] = {}
    rows = _sample(card)
    for steps, text in _texts(card):
        variants = dict.fromkeys(hidden(blanked_sentence(text, values)) for values in rows)
        for message, mend in (pair for variant in variants for pair in _advice(variant)):
            place = places.place(*steps) if places else (card.source.line, 1)
            problem = CardFileProblem(Path(card.source.path), *place, f"{card.id}: {message}", mend)
            advice.setdefault((steps, _without_digits(message)), problem)  # one variant of a formula represents all
    return with_lines(advice.values(), places.document.text) if places else list(advice.values())


def _without_digits(message: str) -> str:
    return re.sub(r"−?\d+", "#", message)


def _sample(card: Card) -> Sequence[Values]:
    """Return a few variants that together contain every smallest and largest number."""
    where, rules = card.content.where, card.content.rules
    return [draw(where, rules, 0), *extremes(where, rules)]


def _texts(card: Card) -> Iterator[FieldText]:
    """Yield the texts of a card that are shown to the learner, each with its place in the card."""
    if len(card.hints) == 1:
        yield ("hint",), card.hints[0]
    else:
        yield from ((("hints", i), hint) for i, hint in enumerate(card.hints))
    for field in KINDS[card.kind].fields:
        value = getattr(card.content, field.name, None)
        if field.type is FieldType.TEXT and isinstance(value, str):
            yield (field.name,), value
        elif field.type is FieldType.OPTIONS and value:
            for i, option in enumerate(value):
                yield from ((("options", i, name), text) for name, text in (("text", option.text), ("why", option.why)))
        elif field.type is FieldType.WRONG_ANSWERS and value:
            yield from ((("wrong", i, "why"), why) for i, (_, why) in enumerate(value))


def _advice(text: str) -> Iterator[tuple[str, str]]:
    """Yield the advice on the formulas of a text: the message, and how to follow it."""
    for run in runs_of(read_rich_text(text)):
        if run.style & RunStyle.CODE and _looks_like_formula(run.text):
            yield f"the formula `{for_message(run.text)}` is in backticks, which are for code", f"write ${run.text}$"
        elif run.style & RunStyle.FORMULA:
            try:
                read_statement(run.text)
            except ReadingError as error:
                formula, reason = for_message(run.text), error.message.rstrip(".")
                yield (
                    f"the formula ${formula}$ is shown as written, not typeset: {reason}",
                    "write it the way answers are typed",
                )


def _looks_like_formula(code: str) -> bool:
    words_are_functions = all(word.lower() in FUNCTION_WORDS for word in _WORD.findall(code))
    is_code = _NO_FORMULA.search(code) is not None or not words_are_functions
    return not is_code and _SIGN.search(code) is not None and statement_or_none(code) is not None
