"""The live reading: how the app reads the answer, typeset below it while it is typed.

A caret and a muted message point at what cannot be read yet; it becomes a warning only on Enter.
While a function's name is incomplete, its possible completions are shown instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from mnemosyne.tui.answer_reading import Doubt, Reading
from mnemosyne.tui.formula import draw_formula
from mnemosyne.tui.literal import printable
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, indented, prose, words
from mnemosyne.tui.widgets.drawing import Drawing


class Tone(Enum):
    """How prominently a doubt is shown."""

    CALM = auto()  # a hint while typing
    PLAIN = auto()  # a warning, because the answer was submitted


@dataclass(frozen=True, slots=True)
class TypedReading:
    """The text and how it is read."""

    text: str
    reading: Reading  # how the text is read
    tone: Tone = Tone.CALM  # how prominently a doubt is shown
    caret_at: int = 0  # the column of the text's first character, from the widget's left edge


class LiveReading(Drawing[TypedReading]):
    """Shows how the text is read, or where it cannot be; its height is fixed, so that typing moves nothing below."""

    DEFAULT_CSS = """
    LiveReading { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._formula: tuple[Reading, int, int, Picture] | None = None

    def draw(self, subject: TypedReading, width: int) -> Picture:
        """Return the message on what cannot be read, the completions, and the formula, as far as there are any."""
        reading = subject.reading
        doubted = _doubted(reading.doubt, subject, width) if reading.doubt else EMPTY
        offered = _offered(reading.words, width) if reading.words else EMPTY
        notes = above([doubted, offered])
        return above([notes, self._read_as(reading, width, max(0, self.size.height - notes.height))])

    @property
    def least_height(self) -> int:
        """Its whole height."""
        return self.size.height

    def on_resize(self) -> None:
        """Redraw, since more or less fits now."""
        self.redraw()

    def _read_as(self, reading: Reading, width: int, room: int) -> Picture:
        """Return the formula, drawn once for each reading and size: the text scrolls more often than it changes."""
        if self._formula is None or self._formula[0] is not reading or self._formula[1:3] != (width, room):
            self._formula = (reading, width, room, read_as(reading, width, room))
        return self._formula[3]


def read_as(reading: Reading, width: int, room: int) -> Picture:
    """Return the formula typeset if it fits, else wrapped; if that does not fit either, its last lines.

    A formula with more characters than there are cells is not typeset at all.
    """
    if reading.formula is None:
        return EMPTY
    style = "$quiet" if reading.doubt else "$formula"
    label = words("read as  ", "$quiet")
    room_beside = max(1, width - label.width)
    if reading.characters <= width * room:
        typeset = beside([label, draw_formula(reading.formula, room_beside, style)])
        if typeset.height <= room:
            return typeset
    flat = beside([label, draw_formula(reading.formula, room_beside, style, flat=True)])
    return flat if flat.height <= room else _end_of(flat, room)


def _end_of(picture: Picture, room: int) -> Picture:
    """Return the last lines, where the learner is typing, below a sign that some are hidden."""
    return above([words("⋮", "$quiet"), Picture(picture.lines[picture.height - max(0, room - 1) :])])


def _offered(names: tuple[str, ...], width: int) -> Picture:
    """Return the completions of the last word; Tab accepts the first."""
    first = beside([words("Tab ", "bold $key"), words(names[0], "bold $formula")])
    alternatives = words("   ".join(names[1:]), "$quiet")
    row = beside([first, alternatives], gap=3)
    return row if row.width <= width else first


def _doubted(doubt: Doubt, subject: TypedReading, width: int) -> Picture:
    calm = subject.tone is Tone.CALM
    style = "$quiet" if calm else "$unsure"
    reason = prose(doubt.message, width - 2, style)
    marked = reason if calm else beside([words("? ", "bold $unsure"), reason])
    if doubt.span is None:
        return marked
    start, end = doubt.span
    column = subject.caret_at + len_cells(subject.text[:start])
    if not 0 <= column < width:
        return marked
    carets = max(1, min(len_cells(subject.text[start:end]), width - column))
    return above([indented(words("^" * carets, f"bold {style}"), column), marked])


def len_cells(text: str) -> int:
    """Return the number of cells that the text takes on the screen."""
    return words(printable(text)).width
