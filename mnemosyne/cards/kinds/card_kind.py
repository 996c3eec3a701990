"""What a kind of card consists of: its fields, its content, and what is expected of an answer to it.

Judging is described here, not done: the checker, which knows the mathematics, is a parameter.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from mnemosyne.cards.template import formula, sentence
from mnemosyne.cards.variants import Rules, Values, Where, WrongAnswers
from mnemosyne.expressions.exercise import Exercise
from mnemosyne.expressions.line import to_line
from mnemosyne.rich_text.plain_lines import marked_lines
from mnemosyne.rich_text.text_reader import as_rich_text
from mnemosyne.verdict import CORRECT_ANSWER, Asks, Explanation, Problem, Span, Verdict, Word

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_field import CardField
    from mnemosyne.cards.kinds.card_reader import CardReader
    from mnemosyne.cards.kinds.proving import Judge, Proving
    from mnemosyne.expressions.tree import Node

FunctionHints: TypeAlias = Callable[[str, str], tuple[str, ...]]  # the hints for a function, as one line, by a variable


class Answering(Enum):
    """The ways to answer."""

    FORMULA = auto()  # typed mathematics, read live
    WORDS = auto()  # typed words
    OPTION = auto()  # one option of a list
    REVEAL = auto()  # nothing typed

    @property
    def is_typed(self) -> bool:
        """Whether the answer goes through the answer line."""
        return self in (Answering.FORMULA, Answering.WORDS)


class Expected(ABC):
    """What is expected of an answer to one question, and how an answer is judged."""

    __slots__ = ()
    answering: ClassVar[Answering] = Answering.FORMULA
    has_made_hints: ClassVar[bool] = False  # whether hints can be made beside the author's
    asks_links: ClassVar[bool] = False  # whether the links of the chain are part of the answer
    compared_at_points: ClassVar[bool] = False  # whether the checker draws points, from the question's seed
    has_graph: ClassVar[bool] = False  # whether the question is about a computation graph, which is drawn

    @abstractmethod
    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Return the verdict on what was typed."""

    @abstractmethod
    def right_answer(self, proving: Proving) -> str | None:
        """Return the answer that has to be accepted, None where there is none; NotProvedError if it cannot be had."""

    def foreseen(self, proving: Proving) -> WrongAnswers:
        """Return the wrong answers that the author foresees, as they are typed, each with its feedback."""
        del proving
        return ()

    def solve(self, seed: int, judge: Judge) -> Explanation | None:
        """Return what the checker expects, with its chain; None where the card itself states the answer."""
        del seed, judge
        return None

    @property
    def asks_formula(self) -> bool:
        """Whether the answer is a formula, so that a wrong one leaves something to find."""
        return False

    @property
    def feedback(self) -> frozenset[str]:
        """What the author says of answers, as texts; every other message is a plain sentence."""
        return frozenset()

    def text_of(self, message: str) -> str:
        """Return a message of a verdict as a text."""
        return message if message in self.feedback else as_rich_text(message)

    @property
    def likeness(self) -> object:
        """What is equal for two variants that are the same question; None where the prompt tells them apart."""
        return None

    @property
    def field_names(self) -> tuple[str, ...]:
        """What the parts of the answer are called, which are typed with `;` between them; none where it is one."""
        return ()

    @property
    def field_count(self) -> int:
        """How many parts the answer has."""
        return max(1, len(self.field_names))

    @property
    def option_count(self) -> int:
        """Among how many the answer is chosen; 0 where it is not chosen."""
        return 0

    @property
    def unit(self) -> str:
        """The unit in which a number is asked for."""
        return ""

    @property
    def label(self) -> str:
        """What stands before the answer line."""
        return "answer:"

    @property
    def placeholder(self) -> str:
        """What an empty answer line says."""
        return "type it, then Enter"

    @property
    def displayed(self) -> tuple[str, Node] | None:
        """What the prompt shows on a line of its own: a label and a formula."""
        return None

    @property
    def stated(self) -> str:
        """The answer as the card states it; empty where the checker works it out."""
        return ""

    def detail_lines(self) -> list[str]:
        """Return what stands below the prompt in lines of text."""
        return []

    def solution_lines(self) -> list[str]:
        """Return the answer as the card states it, in lines of text; none where the checker works it out."""
        if self.answering is Answering.FORMULA:
            return [f"  {CORRECT_ANSWER}: {self.stated}"] if self.stated else []
        return marked_lines(f"  {CORRECT_ANSWER}: ", self.stated)

    def link_count(self) -> int | None:
        """Return the links of the longest chain in what is differentiated; None where nothing is."""
        return None

    @property
    def exercise(self) -> Exercise | None:
        """What is differentiated, for the log; None where nothing is."""
        return None

    def made_hints(self, of_function: FunctionHints) -> Sequence[str]:
        """Return the hints that can be made, the mildest first."""
        del of_function
        return ()


class ExpectedByChecker(Expected):
    """What the checker judges by itself, as a `Problem`."""

    __slots__ = ()
    wrong: WrongAnswers  # the wrong answers that the author foresees, as they are typed

    @abstractmethod
    def problem(self, seed: int) -> Problem:
        """Return what the checker is asked."""

    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Leave the word to the checker."""
        return judge.check(self.problem(seed), text)

    @property
    def asks_formula(self) -> bool:
        """A formula, where no values are given and no number is asked for."""
        problem = self.problem(0)
        return not problem.at and problem.asks is not Asks.NUMBER

    def foreseen(self, proving: Proving) -> WrongAnswers:
        """Return the author's."""
        del proving
        return self.wrong

    @property
    def feedback(self) -> frozenset[str]:
        """The author's, of wrong answers."""
        return frozenset(why for _, why in self.wrong)


@dataclass(frozen=True, slots=True)
class QuestionParts:
    """What a card's content and the values of its parameters make."""

    prompt: str  # Markdown, with formulas as `$…$`
    expected: Expected  # the answer that is expected, which judges those that are given
    names: frozenset[str] = frozenset()  # the symbols that an answer may have


class Content(ABC):
    """What a card of a kind says.

    The content of a kind is a frozen dataclass. Fields by keyword only came later: a stored card that has none of them
    is stored as before.
    """

    __slots__ = ()
    kind: ClassVar[str]

    @property
    def where(self) -> Where:
        """The parameters with the values that they may take."""
        return {}

    @property
    def rules(self) -> Rules:
        """What holds between the values of the parameters."""
        return ()

    @property
    def varies(self) -> bool:
        """Whether another seed may make another question."""
        return bool(self.where)

    @abstractmethod
    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the question for the values of the parameters; the seed sets what else is drawn."""


@dataclass(frozen=True, slots=True)
class CardKind:
    """A kind of card."""

    content: type[Content]  # the class that holds its fields
    about: str  # the task of the learner, as one sentence
    fields: tuple[CardField, ...]  # the fields of its own, beside those that every card has
    # checks what a schema cannot; returns None, with the problems noted, if the card is refused
    read: Callable[[CardReader], Content | None]
    proved_at: str  # the field at which a failed proof is reported

    @property
    def name(self) -> str:
        """What `kind:` says in a card."""
        return self.content.kind


def concrete_wrong(wrong: WrongAnswers, values: Values, besides: frozenset[str] = frozenset()) -> WrongAnswers:
    """Return wrong answers with the values of the parameters put in; `besides` as in `formula`."""
    return tuple((to_line(formula(answer, values, besides)), sentence(why, values)) for answer, why in wrong)


def matched(*, right: bool, message: str, stated: str, text: str) -> Verdict:
    """Return the verdict on an answer that is judged by comparing words."""
    return Verdict(Word.CORRECT if right else Word.INCORRECT, message, expected=stated, read_as=text.strip())


def unmatched(message: str, text: str, span: Span | None = None) -> Verdict:
    """Return the verdict on an answer that is no answer to this question; `span` is of the whole text unless given."""
    return Verdict(Word.UNREADABLE, message, span=span or (0, len(text)))


def missing_field(parts: Sequence[str], count: int, separator: str) -> tuple[int | None, int]:
    """Return the first of `count` fields that is empty, None if none is, and where it ends in the parts joined."""
    filled = [*map(str.strip, parts), *[""] * count]
    missing = next((index for index in range(count) if not filled[index]), None)
    return missing, len(separator.join(parts[: len(parts) if missing is None else missing + 1]))
