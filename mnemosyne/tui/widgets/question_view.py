"""The question view: all of a review but its commands, both while asking and once the answer is judged.

Only `ask` and `judge` switch between the two. The classes `-asking`, `-judged`, `-by-...` and
`-checking` tell the stylesheet which parts are visible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Static

from mnemosyne.cards.kinds.card_kind import Answering
from mnemosyne.cards.kinds.choice import ExpectsOption
from mnemosyne.cards.question import Question
from mnemosyne.review.outcome import Outcome
from mnemosyne.tui import wording
from mnemosyne.tui.answer_reading import Doubt
from mnemosyne.tui.edits import Edits
from mnemosyne.tui.session_runner import Judged, SessionView
from mnemosyne.tui.while_shown import while_shown
from mnemosyne.tui.widgets.answer_box import AnswerBox
from mnemosyne.tui.widgets.choice_options import Options
from mnemosyne.tui.widgets.prompt import DrawnQuestion, Prompt
from mnemosyne.tui.widgets.qualities import Grading, Qualities
from mnemosyne.tui.widgets.session_line import SessionLine, SessionLineState
from mnemosyne.tui.widgets.verdict_panel import VerdictPanel
from mnemosyne.verdict import Verdict

_LOW = 32  # lines of a screen below which the prompt above a verdict is drawn flat


def _may_be_flat(subject: DrawnQuestion) -> bool:
    """Whether an unanswered question may be drawn flat: after a first answer with more to show, but never a graph."""
    verdict = subject.known
    tells = verdict is not None and (verdict.evidence is not None or bool(verdict.links))
    return tells and not subject.question.expected.has_graph


class QuestionView(Vertical):
    """Shows one question after another."""

    def compose(self) -> ComposeResult:
        """Yield all parts; the stylesheet hides those not needed."""
        yield SessionLine()
        with Container(id="workspace"), Vertical(id="page"):
            with VerticalScroll(id="body"):
                yield Prompt()
                yield Options()
                yield VerdictPanel()
            yield AnswerBox()
        yield Static("checking …", id="checking", markup=False)
        yield Qualities()

    async def ask(self, question: Question, view: SessionView, verdict: Verdict | None, edits: Sequence[Edits]) -> None:
        """Show a question; `verdict` is that on a wrong first answer, `edits` what was typed before."""
        way = question.expected.answering
        notice = wording.second_try(view.attempts, verdict, question.expected)
        subject = DrawnQuestion(question, view.hints, notice, hint_count=view.hint_count, known=verdict)
        self.query_one(Prompt).subject = replace(subject, flat=self._is_low and _may_be_flat(subject))
        self._looks_like("-asking", f"-by-{way.name.lower()}")
        if isinstance(question.expected, ExpectsOption):
            options = question.expected.options
            self.query_one(Options).offer(options, wording.how_to_choose(len(options)))
            self._focus_body(on_options=True)
        elif way is Answering.REVEAL:
            self._focus_body()
        else:
            # The body must not take the focus from the line: letters would become commands.
            self.body.can_focus = False
            box = self.query_one(AnswerBox)
            await box.ask(question, edits, verdict)
            box.line.focus()
        self.call_after_refresh(self._show_notice)

    @while_shown
    def _show_notice(self) -> None:
        """Scroll the whole message on a wrong first answer into view: there may be a tall graph above it."""
        prompt = self.query_one(Prompt)
        region = prompt.notice_region
        if region.height:
            self.body.scroll_to_region(region.translate(prompt.virtual_region.offset), animate=False)

    @property
    def edits(self) -> tuple[Edits, ...]:
        """The edits of each field of the answer."""
        return tuple(line.edits for line in self.query_one(AnswerBox).lines)

    def undo_typing(self) -> bool:
        """Undo one edit on the answer line; return whether there was one."""
        line = self.query_one(AnswerBox).line
        return line.has_focus and bool(line.value) and line.undo()

    def hint(self, view: SessionView) -> None:
        """Show one more hint; the typed answer is kept."""
        prompt = self.query_one(Prompt)
        if prompt.subject is not None:
            prompt.subject = replace(prompt.subject, hints=view.hints, hint_count=view.hint_count)
        self.body.scroll_end(animate=False)  # the hints are at the end of the prompt, which may be long

    def judge(self, judged: Judged, outcome: Outcome, *, drill: bool, practice: bool) -> None:
        """Show the judged answer, which waits for a grade."""
        question = judged.question
        if self._is_low and self.screen.has_class("-narrow"):
            self.remove_class("-reading")  # the section would cover the verdict, which comes first
        self._looks_like("-judged", f"-by-{question.expected.answering.name.lower()}")
        flat = self._is_low and not question.expected.has_graph  # graphs stay drawn
        self.query_one(Prompt).subject = DrawnQuestion(question, flat=flat, path_shown=True)
        if isinstance(question.expected, ExpectsOption):
            self.query_one(Options).reveal(question.expected.options, judged.answer)
        self.query_one(VerdictPanel).subject = judged
        if outcome.proposal is not None:
            self.query_one(Qualities).subject = Grading(outcome.proposal, drill, practice)
        self._focus_body()

    @property
    def judged(self) -> Judged | None:
        """The answered question; None while one is being asked."""
        return self.query_one(VerdictPanel).subject if self.has_class("-judged") else None

    def show_session_line(self, state: SessionLineState) -> None:
        """Update the session line at the top."""
        self.query_one(SessionLine).subject = state

    def checking(self, *, on: bool) -> None:
        """Lock the answer and show that it is being checked, or unlock it."""
        for line in self.query_one(AnswerBox).lines:
            line.locked = on
        self.set_class(on, "-checking")

    def use_vi_keys(self, *, on: bool) -> None:
        """Switch vi keys on or off."""
        for line in self.query_one(AnswerBox).lines:
            line.vi_keys = on

    def doubt(self, doubt: Doubt) -> None:
        """Point at what the checker could not read."""
        self.query_one(AnswerBox).doubt(doubt)

    def lacks_part(self) -> bool:
        """Say what is missing if no option is chosen or a field is empty; return whether anything is."""
        if not self.has_class("-by-option"):
            return self.query_one(AnswerBox).doubt_empty_field()
        options = self.query_one(Options)
        if not options.answer and options.subject is not None:
            options.ask_for_choice(wording.choose_first(len(options.subject.options)))
        return not options.answer

    @property
    def body(self) -> VerticalScroll:
        """The scrolling part above the answer."""
        return self.query_one("#body", VerticalScroll)

    @property
    def looks(self) -> tuple[object, ...]:
        """A value that changes when the learner types, chooses or scrolls."""
        return (self.text, *(scrolled.scroll_y for scrolled in self.query(VerticalScroll)))

    # The section of the lesson, created when it is first opened: the first question does not need Markdown.

    @property
    def section_open(self) -> bool:
        """Whether the section is open."""
        return self.has_class("-reading")

    @property
    def reading(self) -> VerticalScroll:
        """The widget that PgUp and PgDn scroll: the section if open, else the question."""
        return self.query_one("SectionView", VerticalScroll) if self.section_open else self.body

    async def open_section(self, text: str, *anchors: str | None) -> None:
        """Show the section of the lesson at the first known anchor; while asking, the focus stays in the answer."""
        from mnemosyne.tui.widgets.section_view import SectionView

        open_views = self.query(SectionView)
        section = open_views.first() if open_views else SectionView()
        if not open_views:
            await self.query_one("#workspace").mount(section)
        self.add_class("-reading")
        await section.show(text, *anchors)
        section.can_focus = self.has_class("-judged")
        if section.can_focus:
            section.focus()

    def close_section(self) -> None:
        """Close the section and return the focus."""
        if self.section_open:
            self.remove_class("-reading")
            self._focus()

    @property
    def text(self) -> str:
        """The current answer: the typed text, or the number of the chosen option; empty if there is none."""
        if self.has_class("-by-option"):
            return self.query_one(Options).answer
        return self.query_one(AnswerBox).text

    @while_shown
    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Draw the prompt flat on a low screen, if there is a verdict or a second try below it."""
        prompt = self.query_one(Prompt)
        subject = prompt.subject
        if subject is not None and (self.has_class("-judged") or _may_be_flat(subject)):
            prompt.subject = replace(subject, flat=self._is_low)
        self.call_after_refresh(self._show_notice)

    @property
    def _is_low(self) -> bool:
        return self.app.size.height < _LOW

    def _looks_like(self, *classes: str) -> None:
        """Set these classes, keeping that of an open section."""
        self.set_classes([*classes, *(["-reading"] if self.section_open else [])])
        for section in self.query("SectionView"):
            section.can_focus = "-judged" in classes  # or letters would become commands

    def _focus(self) -> None:
        """Focus the answer, the options or the scrolling part."""
        if self.has_class("-asking") and (self.has_class("-by-formula") or self.has_class("-by-words")):
            self.query_one(AnswerBox).line.focus()
        elif self.has_class("-asking") and self.has_class("-by-option"):
            self.query_one(Options).focus()
        else:
            self.body.focus()

    def _focus_body(self, *, on_options: bool = False) -> None:
        self.body.can_focus = True
        self.body.scroll_home(animate=False)
        (self.query_one(Options) if on_options else self.body).focus()
