"""Question: a card made concrete. Its variant is drawn from a seed; its prompt and what it expects are ready.

`make_question` is the one way from a card to a question; the same card and seed always give the same question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.card_kind import Expected
from mnemosyne.cards.template import sentence
from mnemosyne.cards.variants import Values, draw, variants
from mnemosyne.errors import CardError, MnemosyneError
from mnemosyne.rich_text.plain_lines import text_on_one_line
from mnemosyne.rich_text.text_reader import as_rich_text
from mnemosyne.text import short_question

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Question:
    """A card made concrete: `prompt` is Markdown with formulas as `$…$`; `names` are the symbols of an answer.

    `hints` are the author's own, with the values of the parameters put in.
    """

    card: Card
    seed: int  # the seed from which the values of the parameters follow
    prompt: str
    expected: Expected  # the answer that is expected, which judges those that are given
    names: frozenset[str] = frozenset()
    hints: tuple[str, ...] = ()


def make_question(card: Card, seed: int) -> Question:
    """Return the question of a card for a seed; CardError, which names the card and its place, if there is none."""
    return guarded(card, lambda: _question(card, draw(card.content.where, card.content.rules, seed), seed))


ANY_SEED: Final = 0  # variants of a card differ in their numbers, and seldom in their chain: one stands for all


def asked_text(card: Card, seed: int = ANY_SEED) -> str:
    """Return what a card asks, in the variant of the seed; why it cannot be asked where that is so."""
    try:
        return make_question(card, seed).prompt
    except CardError as error:
        return as_rich_text(str(error))


def asked_line(card: Card) -> str:
    """Return the same as one line without marks."""
    return text_on_one_line(asked_text(card))


def variant_questions(card: Card) -> Iterator[tuple[Values, Question]]:
    """Return every variant of a card with its question, or `MOST_VARIANTS` drawn ones; CardError where one fails."""
    for values in guarded(card, lambda: variants(card.content.where, card.content.rules)):
        yield values, question_with(card, values)


def question_with(card: Card, values: Values) -> Question:
    """Return the question of a card for the values of its parameters; CardError if there is none."""
    return guarded(card, lambda: _question(card, values, 0))


def guarded(card: Card, make: Callable[[], Result]) -> Result:
    """Return what `make` returns; whatever goes wrong in it is an error of this card, and stops nothing else."""
    place = f"{card.source.path}:{card.source.line}: {card.id} cannot be asked"
    try:
        return make()
    except CardError:
        raise
    except MnemosyneError as error:
        raise CardError(f"{place}: {error.message}", error.hint) from error
    except Exception as error:
        raise CardError(f"{place}: {type(error).__name__}: {error}", "change or remove the card") from error


def _question(card: Card, values: Values, seed: int) -> Question:
    parts = card.content.question(values, seed)
    hints = tuple(sentence(hint, values) for hint in card.hints)
    return Question(card, seed, parts.prompt, parts.expected, parts.names, hints)


LONGEST_NAME: Final = 36  # characters, so that a message with a name takes two lines of a notice


def card_name(card: Card, seed: int = ANY_SEED) -> str:
    """Return what the card asks in the variant of the seed, in short, in quotation marks, without its full stop."""
    return _name(asked_text(card, seed))


def question_name(question: Question) -> str:
    """Return the same of a question: with the numbers that the learner has before him."""
    return _name(question.prompt)


def _name(prompt: str) -> str:
    text = short_question(text_on_one_line(prompt)).rstrip(".")
    if len(text) > LONGEST_NAME:
        text = f"{text[: LONGEST_NAME - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"
    return f"“{text}”"


def links(card: Card) -> int | None:
    """Return the links of the longest chain in the card's function or graph; None for a card that has neither.

    CardError for a card that cannot be asked.
    """
    return guarded(card, make_question(card, ANY_SEED).expected.link_count)
