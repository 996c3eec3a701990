"""choice: one of several options, shuffled each time. Exactly one is right, and no two mean the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar, Final

from mnemosyne.cards.folding import folded
from mnemosyne.cards.kinds.card_field import WHERE, CardField, FieldType
from mnemosyne.cards.kinds.card_kind import (
    Answering,
    CardKind,
    Content,
    Expected,
    QuestionParts,
    matched,
    unmatched,
)
from mnemosyne.cards.template import sentence
from mnemosyne.cards.variants import Rules, Values, Where
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import LINE, node_text
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node, Product, Sum, fold
from mnemosyne.rich_text.plain_lines import marked_lines, text_on_one_line
from mnemosyne.text import for_message
from mnemosyne.verdict import CORRECT_ANSWER, Verdict

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_reader import CardReader
    from mnemosyne.cards.kinds.proving import Judge, VariantProof

_FORMULA = re.compile(r"[0-9^*/+()·²³√]")
_LONGEST_FORMULA = 100  # characters; longer options are compared as words


@dataclass(frozen=True, slots=True)
class Option:
    """One option, with the feedback for choosing it."""

    text: str  # Markdown, with formulas as `$…$`
    right: bool = False  # whether it is the right option; exactly one is
    why: str = ""  # the feedback; may be empty


@dataclass(frozen=True, slots=True)
class ExpectsOption(Expected):
    """The number (from 1) of one of the options, which are in the order shown."""

    options: tuple[Option, ...]

    answering: ClassVar[Answering] = Answering.OPTION

    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Return the verdict on the number (from 1), the letter (from a) or the full text of an option."""
        del seed, judge
        index = self._index(text.strip())
        if index is None:
            return unmatched(f"Type a number from 1 to {len(self.options)}.", text)
        option = self.options[index]
        message = option.why or ("Correct." if option.right else "That is not the right option.")
        return matched(right=option.right, message=message, stated=self.stated, text=text)

    def right_answer(self, proving: VariantProof) -> str:
        """Return the number of the right option; raise NotProvedError if two options mean the same."""
        alike = _alike(self.options)
        if alike is not None:
            first, second = (for_message(self.options[i].text) for i in alike)
            raise proving.error(f"the options {first} and {second} mean the same{proving.case}")
        return str(self.right_number)

    @property
    def feedback(self) -> frozenset[str]:
        """The author's feedback on options."""
        return frozenset(option.why for option in self.options if option.why)

    @property
    def right_number(self) -> int:
        """The number of the right option, from 1; 0 if there is none."""
        return next((n for n, option in enumerate(self.options, 1) if option.right), 0)

    @property
    def option_count(self) -> int:
        """The number of options."""
        return len(self.options)

    @property
    def stated(self) -> str:
        """The text of the right option."""
        return "; ".join(option.text for option in self.options if option.right)

    def detail_lines(self) -> list[str]:
        """Return the options as numbered lines."""
        return [line for n, option in enumerate(self.options, 1) for line in marked_lines(f"  {n}. ", option.text)]

    def solution_lines(self) -> list[str]:
        """Return the right option and the reason for it."""
        option = self.options[self.right_number - 1]
        why = marked_lines("  ", option.why) if option.why else []
        return [*marked_lines(f"  {CORRECT_ANSWER}: {self.right_number}. ", option.text), *why]

    def _index(self, typed: str) -> int | None:
        count = len(self.options)
        if typed.isdecimal() and len(typed) <= 3:
            return int(typed) - 1 if 1 <= int(typed) <= count else None
        texts = [folded(text_on_one_line(option.text)) for option in self.options]
        bare = folded(typed)
        by_text = texts.index(bare) if bare and texts.count(bare) == 1 else None
        if len(typed) == 1 and 0 <= ord(typed.lower()) - ord("a") < count:
            by_letter = ord(typed.lower()) - ord("a")
            return by_letter if by_text in (None, by_letter) else None  # b, where the first option is b
        return by_text


@dataclass(frozen=True, slots=True)
class Choice(Content):
    """Several options, one of which is right."""

    ask: str  # Markdown, with formulas as `$…$`
    options: tuple[Option, ...]  # the options, in the author's order
    where: Where = field(default_factory=dict, kw_only=True)  # the values of each parameter
    rules: Rules = field(default=(), kw_only=True)  # the conditions on the values

    kind: ClassVar[str] = "choice"

    @property
    def varies(self) -> bool:
        """Always true: the order of the options varies."""
        return True

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the question with the parameters' values substituted and the options shuffled."""
        options = _concrete(self.options, values)
        return QuestionParts(sentence(self.ask, values), ExpectsOption(_shuffled(options, seed)))


def _concrete(options: Sequence[Option], values: Values) -> tuple[Option, ...]:
    return tuple(
        Option(sentence(option.text, values), option.right, sentence(option.why, values)) for option in options
    )


def _shuffled(options: Sequence[Option], seed: int) -> tuple[Option, ...]:
    """Return the options in an order that depends only on the seed."""
    keys = {i: sha256(f"{seed}/{i}".encode()).digest() for i in range(len(options))}
    return tuple(options[i] for i in sorted(keys, key=lambda i: keys[i]))


def _read(card: CardReader) -> Choice | None:
    params = card.parameters()
    if params is None or "options" in card.absent:
        return None
    options = tuple(Option(option.text, option.right, option.why or "") for option in card.fields.options)
    right = sum(option.right for option in options)
    if right != 1:
        card.add("options", f"{right} options are right", "mark exactly one with right: true")
    parts = [
        (("options", i, name), text) for i, o in enumerate(options) for name, text in (("text", o.text), ("why", o.why))
    ]
    card.require_texts(params, [(("ask",), card.fields.ask), *parts])
    for values in card.sample(params) if params[0] else [{}]:
        if _note_alike(card, options, _concrete(options, values)):
            break
    return Choice(card.fields.ask, options, where=params[0], rules=params[1])


def _note_alike(card: CardReader, templates: tuple[Option, ...], options: tuple[Option, ...]) -> bool:
    """Note options that cannot be told apart; return whether there are any."""
    card.notes.spend(sum(len(option.text) for option in options if len(option.text) <= _LONGEST_FORMULA))
    alike = _alike(options)
    if alike is None:
        return False
    first, second = alike
    if templates[first].text == templates[second].text:
        card.add(
            "options", f"the option {for_message(options[second].text)} appears twice", "leave one out", within=second
        )
    else:
        message = (
            f"the options {for_message(options[first].text)} and {for_message(options[second].text)} mean the same"
        )
        card.add("options", message, "leave one out", within=second)
    return True


def _alike(options: Sequence[Option]) -> tuple[int, int] | None:
    """Return the indices of the first two options that mean the same; None if all differ."""
    places: dict[str, int] = {}
    for i, option in enumerate(options):
        meaning = _meaning(option.text)
        if meaning in places:
            return places[meaning], i
        places[meaning] = i
    return None


def _meaning(text: str) -> str:
    """Return the meaning of an option: without case, spaces, and the order of its terms and factors."""
    bare = text_on_one_line(text)
    if len(bare) <= _LONGEST_FORMULA and _FORMULA.search(bare):
        try:
            return fold(read(bare), _ordered)
        except ReadingError:
            pass
    return folded(bare) or bare


def _ordered(node: Node, lines: tuple[str, ...]) -> str:
    """Return the line of a node with the parts of sums and products in a fixed order."""
    parts = tuple(f"({line})" for line in lines)
    if isinstance(node, Sum | Product):
        return f"{type(node).__name__}{''.join(sorted(parts))}"
    return node_text(node, parts, LINE)


CHOICE: Final = CardKind(
    Choice,
    "Choose one of several options.",
    (
        CardField("ask", FieldType.TEXT, "The question.", stand_in="?"),
        CardField(
            "options",
            FieldType.OPTIONS,
            "Shown in a new order each time.",
            stand_in=[{"text": "a", "right": True}, {"text": "b"}],
        ),
        WHERE,
    ),
    _read,
    proved_at="options",
)
