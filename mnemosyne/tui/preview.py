"""The preview: cards one by one as a learner will see them, with their solutions, reloaded whenever a file is saved.

It uses the widgets of the review. Faults of the files are shown under the card.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.choice import ExpectsOption
from mnemosyne.cards.question import Question, asked_line, make_question
from mnemosyne.deckfiles.fingerprint import watch
from mnemosyne.errors import CardError, MnemosyneError
from mnemosyne.review.hints import hints_for
from mnemosyne.text import as_sentence, pluralize
from mnemosyne.tui.ending import EndingApp
from mnemosyne.tui.literal import printable
from mnemosyne.tui.session_runner import Judged
from mnemosyne.tui.theme import THEMES, meanings_in
from mnemosyne.tui.widgets.choice_options import Options
from mnemosyne.tui.widgets.prompt import DrawnQuestion, Prompt
from mnemosyne.tui.widgets.verdict_panel import VerdictPanel

if TYPE_CHECKING:
    from mnemosyne.deckfiles.loader import Loaded
    from mnemosyne.verdict import Explanation

LOOK_AGAIN = 0.5  # seconds between two looks at the files
_MOST_FAULTS = 8
_KEYS = "→ next   ← previous   / find   v another variant   q quit"


class PreviewApp(EndingApp):
    """Walks through cards; `load` reads them, `files` are watched, `solve` gives a question's solution."""

    CSS = """
    Screen { align: center top; padding: 0 2; }
    #place, #keys { height: 1; color: $quiet; }
    #place { margin: 0 0 1 0; }
    #keys { dock: bottom; }
    #faults { color: $wrong; max-height: 10; }
    VerticalScroll > * { margin: 0 0 1 0; }
    Input > .input--placeholder { color: $quiet; }
    """
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("right,n,space", "step(1)", "next"),
        Binding("left,p", "step(-1)", "before"),
        Binding("v", "vary", "another variant"),
        Binding("slash", "search", "find"),
        Binding("q,escape", "leave", "leave"),
    ]

    def __init__(
        self,
        load: Callable[[], Loaded],
        files: Sequence[Path],
        solve: Callable[[Question], Explanation | None],
        theme: str,
    ) -> None:
        super().__init__()
        for own_theme in THEMES:
            self.register_theme(own_theme)
        self.theme = theme
        self._load = load
        self._files = files
        self._solve = solve
        self._seen: object = None
        self._reading = False
        self._loaded: Loaded | None = None
        self._at = 0
        self._seed = 0

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the values of our colour variables under Textual's own themes."""
        return meanings_in(self.current_theme)

    def compose(self) -> ComposeResult:
        """Yield the position, the card, the faults and the keys."""
        yield Static(id="place", markup=False)
        with VerticalScroll():
            yield Prompt()
            yield Options()
            yield VerdictPanel()
            yield Static(id="faults", markup=False)
        yield Input(placeholder="a card's number, or words from it", id="search")
        yield Static(_KEYS, id="keys", markup=False)

    def on_mount(self) -> None:
        """Read the cards, and watch the files for changes."""
        self.query_one("#search", Input).display = False
        self.refresh_cards()
        self.set_interval(LOOK_AGAIN, self.refresh_cards)

    @work
    async def refresh_cards(self) -> None:
        """Reload everything if a file has changed; do nothing while a check is in progress."""
        if self._reading:
            return
        self._reading = True
        try:
            fingerprint = await asyncio.to_thread(watch, self._files)
            if fingerprint != self._seen:
                loaded = await asyncio.to_thread(self._load)
                self._seen, self._loaded = fingerprint, loaded
                self.show()
        finally:
            self._reading = False

    def action_step(self, by: int) -> None:
        """Go `by` cards forward."""
        if self._loaded and self._loaded.cards:
            self._at = (self._at + by) % len(self._loaded.cards)
            self._seed = 0
            self.show()

    def action_search(self) -> None:
        """Ask for a card."""
        line = self.query_one("#search", Input)
        line.display = True
        line.focus()

    def on_input_submitted(self, submitted: Input.Submitted) -> None:
        """Go to the card with that number, or to the next one that contains the text."""
        self._close_search()
        cards = self._loaded.cards if self._loaded else ()
        index = found_at(cards, submitted.value, self._at)
        if index is None:
            self.notify(printable(f"No card contains {submitted.value!r}."), markup=False)
        else:
            self._at, self._seed = index, 0
            self.show()

    def action_leave(self) -> None:
        """Close the search; if it is not open, end the preview."""
        if self.query_one("#search", Input).display:
            self._close_search()
        else:
            self.exit()

    def _close_search(self) -> None:
        self.query_one("#search", Input).display = False
        self.set_focus(None)

    def action_vary(self) -> None:
        """Show the same card with other numbers, or with its options in another order."""
        self._seed += 1
        self.show()

    def show(self) -> None:
        """Show the current card and the faults of the files; a card that cannot be asked is one of them."""
        loaded = self._loaded
        if loaded is None or not self.is_running:  # the app may have ended while the files were read
            return
        self._at = max(0, min(self._at, len(loaded.cards) - 1))
        question: Question | None = None
        faults = [str(problem) for problem in loaded.problems]
        if loaded.cards:
            try:
                question = make_question(loaded.cards[self._at], self._seed)
            except CardError as error:
                faults.insert(0, str(error))
        self._tell_place(loaded, len(faults))
        self._tell_faults(faults)
        self._show_question(question)

    def _tell_place(self, loaded: Loaded, faults: int) -> None:
        place = f"no cards, {pluralize(faults, 'problem')}"
        if loaded.cards:
            card = loaded.cards[self._at]
            where = f"{Path(card.source.path).name}:{card.source.line}"
            place = f"{self._at + 1} of {len(loaded.cards)} · {card.id} · {card.kind} · {where}"
        self.query_one("#place", Static).update(printable(place))

    def _tell_faults(self, faults: Sequence[str]) -> None:
        more = [f"and {len(faults) - _MOST_FAULTS} more"] if len(faults) > _MOST_FAULTS else []
        lines = [f"✗ {printable(fault)}" for fault in faults[:_MOST_FAULTS]]
        self.query_one("#faults", Static).update("\n".join([*lines, *more]))

    def _show_question(self, question: Question | None) -> None:
        for widget in (Prompt, Options, VerdictPanel):
            self.query_one(widget).display = question is not None
        if question is None:
            return
        self.query_one(Prompt).subject = DrawnQuestion(question, hints_for(question))
        options = self.query_one(Options)
        options.display = isinstance(question.expected, ExpectsOption)
        if isinstance(question.expected, ExpectsOption):
            options.offer(question.expected.options)
            options.reveal(question.expected.options, str(question.expected.right_number))
        self.query_one(VerdictPanel).subject = None
        self.solve(question)

    @work(exclusive=True, group="solution")
    async def solve(self, question: Question) -> None:
        """Show the solution, which the checker finds."""
        try:
            solution = await asyncio.to_thread(self._solve, question)
        except MnemosyneError as error:
            self.notify(printable(as_sentence(str(error))), severity="error", markup=False)
            return
        judged = Judged(question, "", None)
        if solution is not None:
            judged = Judged(question, "", None, solution.derivative, solution.links)
        if self.is_running:
            self.query_one(VerdictPanel).subject = judged


def found_at(cards: Sequence[Card], text: str, present: int) -> int | None:
    """Return the index of the card with a number, from 1, or of the next one whose id or question contains the text."""
    words = text.strip().casefold()
    if words.isdecimal() and len(words) < 9:
        return int(words) - 1 if 1 <= int(words) <= len(cards) else None
    places = [*range(present + 1, len(cards)), *range(min(present + 1, len(cards)))]
    return next((at for at in places if words in f"{cards[at].id} {asked_line(cards[at])}".casefold()), None)
