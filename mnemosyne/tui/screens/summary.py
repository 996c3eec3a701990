"""The summary: what the session did, which mistakes were made, and what comes tomorrow.

Undo returns to the session.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import work
from textual.app import ComposeResult
from textual.containers import Center, VerticalScroll

from mnemosyne.review.next_steps import NextSteps
from mnemosyne.review.summary import Summary
from mnemosyne.text import pluralize
from mnemosyne.tui import wording
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import bindings_of
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, prose, pushed, sized, table, words
from mnemosyne.tui.screen_messages import LeaveSession, ShowHome, ShowReview
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.session_runner import SessionRunner
from mnemosyne.tui.type_ahead import KeyTarget
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.tui.widgets.key_bar import KeyBar
from mnemosyne.tui.widgets.qualities import NAMES

_BAR = 30  # cells of the longest bar
_LABEL = 12


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """The summary of a session, why it is over, and what can be done next."""

    summary: Summary  # the summary of the session
    steps: NextSteps  # why it is over, and what can be done next


class Report(Drawing[SessionEnd]):
    """Draws the end of a session."""

    def draw(self, subject: SessionEnd, width: int) -> Picture:
        """Draw what was done, then what comes."""
        summary = subject.summary
        if not summary.reviews and not summary.drills and not summary.practised:
            return above([words("No cards to review", "bold"), _next(subject.steps, width)], gap=1)
        return above(
            [
                above([words("Session finished", "bold $right"), _done_line(summary, width)]),
                _qualities(summary),
                _skills(summary),
                _mistakes(summary, width),
                _tomorrow(summary, width),
                _next(subject.steps, width),
            ],
            gap=1,
        )


def _next(steps: NextSteps, width: int) -> Picture:
    """Return why nothing is left, and the key that offers more."""
    key = beside([words("m ", "bold $key"), words("shows what else can be done", "$quiet")])
    return above([prose(" ".join(steps.reasons), width), key])


def _done_line(summary: Summary, width: int) -> Picture:
    parts = []
    if summary.reviews:
        parts.append(pluralize(summary.reviews, "card"))
    if summary.new:
        parts.append(f"{summary.new} new")
    if summary.reviews:
        parts.append(f"{summary.correct} passed")
    if summary.practised:
        parts.append(f"{summary.practised} practised, {summary.practised_correct} passed")
    if summary.drills:
        parts.append(pluralize(summary.drills, "drill"))
    parts.append(pluralize(summary.minutes, "minute"))
    return prose(" · ".join(parts), width)


def _qualities(summary: Summary) -> Picture:
    """Return a bar for each grade, best on top."""
    most = max(summary.by_quality, default=0)
    if not most:
        return EMPTY
    rows = []
    for quality in range(len(NAMES) - 1, -1, -1):
        count = summary.by_quality[quality]
        style = "$right" if quality >= 3 else "$wrong"
        bar = words("█" * -(-count * _BAR // most), style)
        label = sized(words(f"{quality}  {NAMES[quality]}", "$quiet"), _LABEL)
        rows.append(beside([label, pushed(words(str(count)), 4), words("  "), bar]))
    return above([words("How it went", "$quiet"), *rows])


def _skills(summary: Summary) -> Picture:
    """Return the exam's right answers by skill, weakest first."""
    if not summary.by_skill:
        return EMPTY
    rows = [
        [words(name), words(f"{right} of {answers} right", "$right" if right == answers else "$wrong")]
        for name, answers, right in summary.by_skill
    ]
    return above([words("By skill", "$quiet"), table(rows, 2)])


def _mistakes(summary: Summary, width: int) -> Picture:
    if not summary.misconceptions:
        return EMPTY
    rows = [
        beside(
            [
                pushed(words(f"{times}×", "bold $wrong"), 5),
                words("  "),
                prose(wording.mistake(id), width - 7),
            ]
        )
        for id, times in summary.misconceptions  # noqa: A001
    ]
    return above([words("Named mistakes", "$quiet"), *rows])


def _tomorrow(summary: Summary, width: int) -> Picture:
    if not summary.due_tomorrow and not summary.new_tomorrow:
        return prose("Nothing is due tomorrow.", width, "$quiet")
    text = f"{summary.due_tomorrow} due, {summary.new_tomorrow} new"
    return beside([words("Tomorrow  ", "$quiet"), prose(text, width - 10)])


class SummaryScreen(PlacedScreen):
    """Shown when the cards of a session and its drills are done."""

    CSS_PATH = "summary.tcss"
    PLACE = CommandPlace.SUMMARY
    LINES_ABOVE = 1  # the heading is right below
    BINDINGS = bindings_of(CommandPlace.SUMMARY)

    def __init__(self, runner: SessionRunner) -> None:
        super().__init__()
        self._session = runner
        self._steps: NextSteps | None = None
        self.gate_keys(hold=True)

    def compose(self) -> ComposeResult:
        """Yield one page and the keys."""
        with VerticalScroll(), Center():
            yield Report()
        yield KeyBar()

    def on_mount(self) -> None:
        """Load after the first paint; keys pressed before were meant for the last question."""
        self.load()
        self.call_after_refresh(self.count_as_seen_from_first_frame, KeyTarget.OTHER)

    @work
    async def load(self) -> None:
        """Fill the page."""
        with self.mnemosyne.notifying_errors():
            summary, self._steps = await self._session.summary()
            self.query_one(Report).subject = SessionEnd(summary, self._steps)

    @work(exclusive=True)
    async def action_more(self) -> None:
        """Ask what else to do, and start it."""
        from mnemosyne.tui.screens.next_step_dialog import choose_next_step

        if self._steps is None:
            return
        plan = await choose_next_step(self.mnemosyne, self._steps)
        if plan is not None:
            self.app.post_message(ShowReview(plan=plan))

    def action_home(self) -> None:
        """Go to the home screen."""
        self.app.post_message(ShowHome())

    def action_back(self) -> None:
        """Go back to the screen from which the session was started."""
        self.app.post_message(LeaveSession())

    @work(exclusive=True)
    async def undo_newest(self) -> None:
        """Undo the last grade and ask its question again."""
        await self.undo_in(self._session)
