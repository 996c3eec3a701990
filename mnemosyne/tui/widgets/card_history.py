"""A card's page: its state, its question, its interval over time, and its events, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mnemosyne.collection.browsing import Row
from mnemosyne.review.record import CardEvent, DueDateChange, Reset, Review
from mnemosyne.text import calendar_day, pluralize
from mnemosyne.tui import wording
from mnemosyne.tui.card_lines import meanings
from mnemosyne.tui.interval_plot import Point, interval_plot
from mnemosyne.tui.numbers import stopwatch
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, ends, indented, prose, rule, sized, words
from mnemosyne.tui.skill_bars import skills_sentence
from mnemosyne.tui.text_picture import flow
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.tui.widgets.verdict_panel import SIGNS
from mnemosyne.verdict import Word

if TYPE_CHECKING:
    from mnemosyne.scheduling.skills.known_skill import KnownSkill

_DAY, _QUALITY, _INTERVAL, _TIME = 13, 7, 13, 8  # cells of the columns before the answer
_GAP = 2  # cells after the longest interval
_SHORTEST_ANSWER = 16


@dataclass(frozen=True, slots=True)
class LoggedCard:
    """A card on a study day, with its events, oldest first."""

    row: Row  # the card as the list shows it
    today: date  # the study day
    events: tuple[CardEvent, ...]
    asked: str = ""  # whether and why it is asked today, as a sentence
    # the skills that the card exercises, weakest first; loaded after the rest
    skills: tuple[tuple[str, KnownSkill | None], ...] = ()


class CardHistory(Drawing[LoggedCard]):
    """Draws the page of a card."""

    def draw(self, subject: LoggedCard, width: int) -> Picture:
        """Draw the card, then its events, newest first."""
        points = interval_history(subject.events)
        plot = interval_plot(points, max(subject.today, points[-1].day), width) if points else EMPTY
        label = words("Interval over time", "$quiet") if points else EMPTY
        return above([_card(subject, width), above([label, plot]), _events(subject.events, width)], gap=1)


def interval_history(events: Sequence[CardEvent]) -> tuple[Point, ...]:
    """Return the interval after each scheduled review, and 0 after each reset; other events give none."""
    points = []
    for event in events:
        if isinstance(event, Reset):
            points.append(Point(event.study_day, 0))
        elif isinstance(event, Review) and event.scheduled:
            points.append(Point(event.study_day, event.after.interval))
    return tuple(points)


def _card(subject: LoggedCard, width: int) -> Picture:
    row = subject.row
    head = ends(prose(row.listed.id, width, "bold"), words(f"{row.listed.topic} · {row.listed.kind}", "$quiet"), width)
    facts = " · ".join([wording.memory(row, subject.today), *meanings(row), *(f"tag:{tag}" for tag in row.card.tags)])
    where = prose(f"{'/'.join(Path(row.listed.path).parts[-2:])}:{row.listed.line}", width, "$quiet")
    missing = prose(wording.MISSING, width, "$unsure") if row.listed.missing else EMPTY
    why = prose(wording.why_then(row), width, "$quiet") if row.listed.due else EMPTY
    today = prose(subject.asked, width, "$key") if subject.asked else EMPTY
    skills = skills_sentence(subject.skills, width)
    state = above([prose(facts, width), why, today, skills, missing, where])
    return above([above([head, rule(width)]), flow(row.text, width), state], gap=1)


def _events(events: Sequence[CardEvent], width: int) -> Picture:
    if not events:
        return words("Not reviewed yet.", "$quiet")
    intervals = max([_INTERVAL, *(len(_led(event)) + _GAP for event in events if isinstance(event, Review))])
    lines = [_event(event, intervals, width) for event in events[::-1]]
    return above([words(pluralize(len(events), "event"), "bold"), _heads(intervals), *lines])


def _heads(intervals: int) -> Picture:
    cells = (("day", _DAY), ("grade", _QUALITY), ("interval", intervals), ("time", _TIME), ("answer", 6))
    return beside([sized(words(text, "$quiet"), width) for text, width in cells])


def _event(event: CardEvent, intervals: int, width: int) -> Picture:
    if isinstance(event, DueDateChange):
        return beside([sized(words(""), _DAY), words(f"○ due on {calendar_day(event.days[0])}, set by hand", "$drill")])
    day = sized(words(calendar_day(event.study_day)), _DAY)
    if isinstance(event, Reset):
        return beside([day, words("○ reset to new", "$drill")])
    interval = words(_led(event), "" if event.scheduled else "$drill")
    cells = [
        day,
        sized(words(f"{event.quality}", "bold"), _QUALITY),
        sized(interval, intervals),
        sized(words(stopwatch(event.duration), "$quiet"), _TIME),
    ]
    left = width - sum(cell.width for cell in cells)
    return beside([*cells, _answer(event, max(_SHORTEST_ANSWER, left))])


def _led(review: Review) -> str:
    """Return the intervals before and after; for a drill or practice, which of the two it was."""
    if not review.scheduled:
        return "↻ drill" if review.drill else "practice"
    before = "new" if review.before.new else f"{review.before.interval:,}"
    return f"{before} → {review.after.interval:,}"


def _answer(review: Review, width: int) -> Picture:
    """Return the answer with its verdict's sign, above the mistake that was named."""
    sign, style = _sign(review.verdict)
    typed = bool(review.answer.strip())
    text = prose(review.answer if typed else "without an answer", width - 2, "" if typed else "$quiet")
    answer = beside([words(f"{sign} ", style), text])
    title = wording.mistake(review.misconception)
    return above([answer, indented(prose(title, width - 2, "$unsure"), 2) if title else EMPTY])


def _sign(verdict: str | None) -> tuple[str, str]:
    if verdict in frozenset(Word):
        sign, _, style = SIGNS[Word(verdict)]
        return sign, style
    return "○", "$quiet"
