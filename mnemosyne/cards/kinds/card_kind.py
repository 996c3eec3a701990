"""What a kind of card consists of: its fields, its content, and the answer that its questions expect.

Judging is only described here: the checker, which does the mathematics, is a parameter.
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
from mnemosyne.text import missing_phrase, with_short_numbers
from mnemosyne.verdict import CORRECT_ANSWER, Asks, Explanation, Problem, Span, Verdict, Word

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_field import CardField
    from mnemosyne.cards.kinds.card_reader import CardReader
    from mnemosyne.cards.kinds.proving import Judge, VariantProof
    from mnemosyne.expressions.tree import Node

FunctionHints: TypeAlias = Callable[[str, str], tuple[str, ...]]  # from function and variable


class Answering(Enum):
    """The ways to answer."""

    FORMULA = auto()  # typed mathematics, parsed while it is typed
    WORDS = auto()  # typed words
    OPTION = auto()  # one option of a list
    REVEAL = auto()  # nothing typed

    @property
    def is_typed(self) -> bool:
        """Whether the answer goes through the answer line."""
        return self in (Answering.FORMULA, Answering.WORDS)


class Expected(ABC):
    """The answer that one question expects, and how a given answer is judged."""

    __slots__ = ()
    answering: ClassVar[Answering] = Answering.FORMULA
    has_made_hints: ClassVar[bool] = False  # whether hints can be generated when the author gives none
    asks_links: ClassVar[bool] = False  # whether the links of the chain are part of the answer
    compared_at_points: ClassVar[bool] = False  # whether the checker draws sample points, from the question's seed
    has_graph: ClassVar[bool] = False  # whether the question is about a computation graph, which is drawn

    @abstractmethod
    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Return the verdict on the typed answer."""

    @abstractmethod
    def right_answer(self, proving: VariantProof) -> str | None:
        """Return the answer that must be accepted, or None if there is none; raise NotProvedError if it
        cannot be worked out.
        """

    def foreseen(self, proving: VariantProof) -> WrongAnswers:
        """Return the wrong answers that the author foresees, as they are typed, each with its feedback."""
        del proving
        return ()

    def solve(self, seed: int, judge: Judge) -> Explanation | None:
        """Return the expected answer with its chain; None if the card itself states the answer."""
        del seed, judge
        return None

    @property
    def asks_formula(self) -> bool:
        """Whether the answer is a formula, so that a wrong one is worth another try."""
        return False

    @property
    def feedback(self) -> frozenset[str]:
        """The author's messages about answers, as rich text; every other message is a plain sentence."""
        return frozenset()

    def text_of(self, message: str) -> str:
        """Return the message of a verdict as rich text."""
        return message if message in self.feedback else as_rich_text(with_short_numbers(message))

    @property
    def likeness(self) -> object:
        """A value that is equal for two variants that are the same question; None if their prompts suffice to tell."""
        return None

    @property
    def list_text(self) -> str:
        """What a list shows instead of the prompt, as rich text; empty if the prompt tells the card apart."""
        return ""

    @property
    def field_names(self) -> tuple[str, ...]:
        """The names of the parts of the answer, which are typed with `;` between them; empty for a single part."""
        return ()

    @property
    def field_count(self) -> int:
        """The number of parts of the answer."""
        return max(1, len(self.field_names))

    @property
    def option_count(self) -> int:
        """The number of options to choose from; 0 if nothing is chosen."""
        return 0

    @property
    def unit(self) -> str:
        """The unit of the number asked for; empty if none."""
        return ""

    @property
    def label(self) -> str:
        """The label before the answer line."""
        return "answer:"

    @property
    def placeholder(self) -> str:
        """The text in an empty answer line."""
        return "type it, then Enter"

    @property
    def displayed(self) -> tuple[str, Node] | None:
        """A label and a formula that the prompt shows on a line of its own; None if there is none."""
        return None

    @property
    def stated(self) -> str:
        """The answer as the card states it; empty if the checker works it out."""
        return ""

    def is_stated(self, answer: str) -> bool:
        """Whether `stated` has this answer where it belongs, so that it need not be shown beside it."""
        del answer
        return False

    def detail_lines(self) -> list[str]:
        """Return the lines of text below the prompt."""
        return []

    def solution_lines(self) -> list[str]:
        """Return the answer as the card states it, as lines of text; empty if the checker works it out."""
        if self.answering is Answering.FORMULA:
            return [f"  {CORRECT_ANSWER}: {self.stated}"] if self.stated else []
        return marked_lines(f"  {CORRECT_ANSWER}: ", self.stated)

    def link_count(self) -> int | None:
        """Return the number of links in the longest chain to differentiate; None if nothing is differentiated."""
        return None

    @property
    def exercise(self) -> Exercise | None:
        """The function to differentiate, for the log; None if there is none."""
        return None

    def made_hints(self, of_function: FunctionHints) -> Sequence[str]:
        """Return the generated hints, the mildest first."""
        del of_function
        return ()


class ExpectedByChecker(Expected):
    """What the checker judges by itself, given a `Problem`."""

    __slots__ = ()
    wrong: WrongAnswers  # the wrong answers that the author foresees, as they are typed

    @abstractmethod
    def problem(self, seed: int) -> Problem:
        """Return the problem for the checker."""

    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Return the checker's verdict."""
        return judge.check(self.problem(seed), text)

    @property
    def asks_formula(self) -> bool:
        """Whether the answer is a formula: no values are given and no number is asked for."""
        problem = self.problem(0)
        return not problem.at and problem.asks is not Asks.NUMBER

    def foreseen(self, proving: VariantProof) -> WrongAnswers:
        """Return the author's wrong answers."""
        del proving
        return self.wrong

    @property
    def feedback(self) -> frozenset[str]:
        """The author's messages about wrong answers."""
        return frozenset(why for _, why in self.wrong)


@dataclass(frozen=True, slots=True)
class QuestionParts:
    """The question that a card's content and the values of its parameters make."""

    prompt: str  # Markdown, with formulas as `$…$`
    expected: Expected  # the expected answer, which judges the given one
    names: frozenset[str] = frozenset()  # the symbols that an answer may contain


class Content(ABC):
    """The content of a card of one kind.

    The content of a kind is a frozen dataclass. Keyword-only fields were added later: they are not stored
    while they have their default.
    """

    __slots__ = ()
    kind: ClassVar[str]

    @property
    def where(self) -> Where:
        """The parameters with the values that they may take."""
        return {}

    @property
    def rules(self) -> Rules:
        """The conditions on the values of the parameters."""
        return ()

    @property
    def varies(self) -> bool:
        """Whether another seed may give another question."""
        return bool(self.where)

    @abstractmethod
    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the question for the given parameter values; the seed determines everything else that is random."""


@dataclass(frozen=True, slots=True)
class CardKind:
    """A kind of card."""

    content: type[Content]  # the class that holds its fields
    about: str  # the task of the learner, as one sentence
    fields: tuple[CardField, ...]  # its own fields, besides those that every card has
    # checks what a schema cannot; returns None, with the problems noted, if the card is rejected
    read: Callable[[CardReader], Content | None]
    proved_at: str  # the field at which a failed proof is reported

    @property
    def name(self) -> str:
        """The name that `kind:` has in a card."""
        return self.content.kind


def concrete_wrong(wrong: WrongAnswers, values: Values, besides: frozenset[str] = frozenset()) -> WrongAnswers:
    """Return wrong answers with the values of the parameters substituted; `besides` as in `formula`."""
    return tuple((to_line(formula(answer, values, besides)), sentence(why, values)) for answer, why in wrong)


def matched(*, right: bool, message: str, stated: str, text: str) -> Verdict:
    """Return the verdict on an answer that is judged by comparing words."""
    return Verdict(Word.CORRECT if right else Word.INCORRECT, message, expected=stated, read_as=text.strip())


def unmatched(message: str, text: str, span: Span | None = None) -> Verdict:
    """Return the verdict on an answer that does not fit the question; `span` defaults to the whole text."""
    return Verdict(Word.UNREADABLE, message, span=span or (0, len(text)))


def missing_fields(parts: Sequence[str], names: Sequence[str], separator: str) -> tuple[str, int]:
    """Return the start of a sentence that names the empty fields, and where the first of them ends
    in the joined parts.

    An empty text and the end if none is empty.
    """
    filled = [*map(str.strip, parts), *[""] * len(names)]
    empty = [index for index in range(len(names)) if not filled[index]]
    if not empty:
        return "", len(separator.join(parts))
    return missing_phrase([names[index] for index in empty]), len(separator.join(parts[: empty[0] + 1]))
