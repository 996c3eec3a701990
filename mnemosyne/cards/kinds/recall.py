"""recall: learners think, reveal the answer, and grade themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from mnemosyne.cards.kinds.card_field import WHERE, CardField, FieldType
from mnemosyne.cards.kinds.card_kind import Answering, CardKind, Content, Expected, QuestionParts
from mnemosyne.cards.template import sentence
from mnemosyne.cards.variants import Rules, Values, Where
from mnemosyne.rich_text.plain_lines import marked_lines
from mnemosyne.verdict import Verdict, Word

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_reader import CardReader
    from mnemosyne.cards.kinds.proving import Judge, VariantProof


@dataclass(frozen=True, slots=True)
class ExpectsRecall(Expected):
    """Nothing typed: the answer is revealed."""

    answer: str

    answering: ClassVar[Answering] = Answering.REVEAL

    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Leave the verdict to the learner."""
        del text, seed, judge
        return Verdict(Word.UNDECIDED)

    def right_answer(self, proving: VariantProof) -> None:
        """Return None: there is no wrong answer."""
        del proving

    @property
    def stated(self) -> str:
        """The answer to reveal."""
        return self.answer

    def detail_lines(self) -> list[str]:
        """Return the instruction."""
        return ["  (think, then press Enter to see the answer)"]

    def solution_lines(self) -> list[str]:
        """Return the lines to reveal."""
        return marked_lines("  answer: ", self.answer)


@dataclass(frozen=True, slots=True)
class Recall(Content):
    """A question to think about."""

    ask: str  # Markdown, with formulas as `$…$`
    answer: str  # the answer, shown for the learner to compare
    where: Where = field(default_factory=dict, kw_only=True)  # the values of each parameter
    rules: Rules = field(default=(), kw_only=True)  # the conditions on the values

    kind: ClassVar[str] = "recall"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the question with the parameters' values substituted."""
        del seed
        return QuestionParts(sentence(self.ask, values), ExpectsRecall(sentence(self.answer, values)))


def _read(card: CardReader) -> Recall | None:
    fields, params = card.fields, card.parameters()
    if params is None:
        return None
    card.require_texts(params, [(("ask",), fields.ask), (("answer",), fields.answer)])
    if params[0]:
        card.sample(params)
    return Recall(fields.ask, fields.answer, where=params[0], rules=params[1])


RECALL: Final = CardKind(
    Recall,
    "Think, reveal, grade yourself.",
    (
        CardField("ask", FieldType.TEXT, "The question.", stand_in="?"),
        CardField("answer", FieldType.TEXT, "What is revealed.", stand_in="!"),
        WHERE,
    ),
    _read,
    proved_at="answer",
)
