"""Question: one variant of a card. The values are drawn with a seed; the prompt and the expected answer are ready.

`make_question` is the only way from a card to a question; the same card and seed always give the same question.
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
from mnemosyne.rich_text.short_line import joined_pieces, pieces_on_one_line, without_common_opening
from mnemosyne.rich_text.text_reader import as_rich_text
from mnemosyne.text import one_line, shortened

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Question:
    """One variant of a card: `prompt` is Markdown with formulas as `$…$`; `names` are the symbols that
    an answer may use.

    `hints` are the author's own, with the values of the parameters substituted.
    """

    card: Card
    seed: int  # the seed that the values of the parameters are drawn with
    prompt: str
    expected: Expected  # the expected answer, which judges the given one
    names: frozenset[str] = frozenset()
    hints: tuple[str, ...] = ()


def make_question(card: Card, seed: int) -> Question:
    """Return the question of a card for a seed; raise CardError, which names the card and its place,
    if there is none.
    """
    return guarded(card, lambda: _question(card, draw(card.content.where, card.content.rules, seed), seed))


ANY_SEED: Final = 0  # variants of a card differ in their numbers but rarely in their chain, so one represents all


def list_text(card: Card, seed: int = ANY_SEED) -> str:
    """Return what a list shows of a card: its prompt, unless many cards have the same; or why it cannot be asked."""
    try:
        question = make_question(card, seed)
    except CardError as error:
        return as_rich_text(str(error))
    return _listed(question)


def _listed(question: Question) -> str:
    return question.expected.list_text or question.prompt


def asked_line(card: Card) -> str:
    """Return `list_text` as one line without markup."""
    return text_on_one_line(list_text(card))


def variant_questions(card: Card) -> Iterator[tuple[Values, Question]]:
    """Yield every variant of a card with its question, or `MOST_VARIANTS` drawn ones; raise CardError if one fails."""
    for values in guarded(card, lambda: variants(card.content.where, card.content.rules)):
        yield values, question_with(card, values)


def question_with(card: Card, values: Values) -> Question:
    """Return the question of a card for given parameter values; raise CardError if there is none."""
    return guarded(card, lambda: _question(card, values, 0))


def guarded(card: Card, make: Callable[[], Result]) -> Result:
    """Return the result of `make`; raise any exception in it as a CardError of this card."""
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


LONGEST_NAME: Final = 36  # characters, so that a message with a name fits two lines of a notification


def card_name(card: Card, seed: int = ANY_SEED) -> str:
    """Return what a list shows of the card, in the variant of the seed, as `question_name` does."""
    return _name(list_text(card, seed))


def question_name(question: Question) -> str:
    """Return what a list shows of the question, with the numbers that the learner sees.

    It is shortened and in quotation marks, without its full stop.
    """
    return _name(_listed(question))


def _name(text: str) -> str:
    pieces = without_common_opening(pieces_on_one_line(text), LONGEST_NAME)
    return f"“{shortened(one_line(joined_pieces(pieces)).rstrip('.'), LONGEST_NAME)}”"


def links(card: Card) -> int | None:
    """Return the number of links in the longest chain of the card's function or graph; None if it has neither.

    Raises CardError for a card that cannot be asked.
    """
    return guarded(card, make_question(card, ANY_SEED).expected.link_count)
