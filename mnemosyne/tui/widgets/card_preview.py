"""The preview of a card: its state in words, and its question with the answer, drawn as the learner sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from mnemosyne.cards.kinds.choice import ExpectsOption
from mnemosyne.cards.question import Question
from mnemosyne.collection.browsing import Row
from mnemosyne.tui import wording
from mnemosyne.tui.card_lines import meanings
from mnemosyne.tui.picture import EMPTY, Picture, above, prose, rule
from mnemosyne.tui.session_runner import Judged
from mnemosyne.tui.widgets.choice_options import Options
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.tui.widgets.prompt import DrawnQuestion, Prompt
from mnemosyne.tui.widgets.verdict_panel import VerdictPanel

_LOW = 32  # lines of a screen below which the prompt is drawn in as few lines as possible


@dataclass(frozen=True, slots=True)
class PreviewedCard:
    """A card on a study day."""

    row: Row  # the card as the list shows it
    today: date  # the study day


class CardLine(Drawing[PreviewedCard]):
    """A card's id and state."""

    def draw(self, subject: PreviewedCard, width: int) -> Picture:
        """Return a rule, the card's id and state, and advice if the card is missing."""
        row = subject.row
        facts = " · ".join([row.listed.id, row.listed.kind, wording.memory(row, subject.today), *meanings(row)])
        missing = prose(wording.MISSING, width, "$unsure") if row.listed.missing else EMPTY
        return above([rule(width), prose(facts, width, "$quiet"), missing])


class CardPreview(Vertical):
    """Shows one card at a time; its answer follows once the checker has it."""

    DEFAULT_CSS = """
    CardPreview VerticalScroll { height: 1fr; }
    CardPreview VerticalScroll > * { margin: 0 0 1 0; }
    """

    def compose(self) -> ComposeResult:
        """Yield the card's line, its question and its answer."""
        yield CardLine()
        with VerticalScroll(can_focus=False):
            yield Prompt()
            yield Options(id="shown-options")
            yield VerdictPanel()

    def on_mount(self) -> None:
        """Keep the options from taking the focus: no keys work here."""
        self.query_one(Options).can_focus = False

    def show(self, row: Row | None, today: date, question: Question | None) -> None:
        """Show a card without its answer; nothing without a row, no question if it cannot be asked."""
        self.query_one(CardLine).subject = None if row is None else PreviewedCard(row, today)
        flat = self.app.size.height < _LOW
        self.query_one(Prompt).subject = None if question is None else DrawnQuestion(question, flat=flat)
        self.query_one(VerdictPanel).subject = None
        options = self.query_one(Options)
        options.display = question is not None and isinstance(question.expected, ExpectsOption)
        if question is not None and isinstance(question.expected, ExpectsOption):
            options.reveal(question.expected.options, str(question.expected.right_number))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def answer(self, judged: Judged) -> None:
        """Show the card's answer."""
        self.query_one(VerdictPanel).subject = judged
