"""SM-2's six grades: their names, when each brings the card back, and which one is proposed and why."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message

from mnemosyne.review.quality import Proposal
from mnemosyne.scheduling.sm2 import DRILL_BELOW
from mnemosyne.text import capitalized
from mnemosyne.tui.numbers import days
from mnemosyne.tui.picture import Picture, above, beside, ends, prose, sized, words
from mnemosyne.tui.widgets.drawing import Drawing

NAMES = ("blank", "wrong", "slipped", "hard", "good", "easy")  # SM-2's 0 to 5, each in one word
_GAP = 1


@dataclass(frozen=True, slots=True)
class Grading:
    """A proposal, and whether it is for a drill or for practice."""

    proposal: Proposal
    drill: bool = False  # whether it is for a drill
    practice: bool = False  # whether it is for practice

    @property
    def notes(self) -> tuple[str, str]:
        """How the grade affects the schedule, in full and, for narrow screens, in a word or two."""
        if self.practice:
            return "practice: schedule unchanged", "practice"
        return (self.proposal.drill_note, "drill") if self.drill else ("↻ = again today", "↻ today")


class Qualities(Drawing[Grading]):
    """A row of six keys; a click grades."""

    class Graded(Message):
        """The learner clicked a grade."""

        def __init__(self, quality: int) -> None:
            super().__init__()
            self.quality = quality

    def draw(self, subject: Grading, width: int) -> Picture:
        """Draw the reason above the six keys."""
        cells = zip(range(len(NAMES)), _cell_widths(width), strict=True)
        return above([_heading(subject, width), beside([_key(subject, *cell) for cell in cells], _GAP)])

    def on_click(self, event: events.Click) -> None:
        """Grade with the key under the mouse."""
        heading = self.picture(self.content_size.width).height - 3
        if self.subject is None or event.y < heading:
            return
        end = 0
        for quality, cell in enumerate(_cell_widths(self.content_size.width)):
            end += cell + _GAP
            if event.x < end:
                self.post_message(self.Graded(quality))
                return


def _cell_widths(width: int) -> list[int]:
    """Return the widths of the six keys, in cells; together they fill the width, the first ones wider by one cell."""
    count = len(NAMES)
    cell, over = divmod(max(8 * count, width - _GAP * (count - 1)), count)
    return [cell + (index < over) for index in range(count)]


def _heading(grading: Grading, width: int) -> Picture:
    proposal = grading.proposal
    key, request = "Enter: ", f"grade {proposal.quality} ({proposal.reason})"
    if proposal.quality is None:
        key, request = "0–5: ", f"{capitalized(proposal.reason)}."
    # One line if it can be: each more of them takes one from the verdict above, which is worth more.
    note = next((text for text in grading.notes if len(key + request) + 1 + len(text) <= width), grading.notes[-1])
    asked = prose(request, width - len(key) - len(note) - 1)
    return ends(beside([words(key, "bold $key"), asked]), words(note, "$quiet"), width)


def _key(grading: Grading, quality: int, width: int) -> Picture:
    proposed = quality == grading.proposal.quality
    ground = "$background on $key" if proposed else "on $panel"
    quiet = ground if proposed else "$quiet on $panel"
    digit = f"▸ {quality} ◂" if proposed else f"{quality}"
    lines = [(digit, f"bold {ground}" if proposed else "bold $key on $panel"), (NAMES[quality], ground)]
    lines.append((_back(grading, quality, width), quiet))
    return above([sized(words(text.center(width)[:width], style), width) for text, style in lines])


def _back(grading: Grading, quality: int, width: int) -> str:
    if grading.practice:
        return ""
    again = quality < DRILL_BELOW
    if grading.drill:
        return "↻ again" if again else "done"
    interval = grading.proposal.intervals[quality]
    when = days(interval)
    text = f"↻ {when}" if again else when
    return text if len(text) < width else text.replace(when, f"{interval} d")
