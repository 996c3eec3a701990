"""One card file while it is read: the positions of its fields, its problems, and the work it may still take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mnemosyne.deckfiles.problems import CardFileProblem
from mnemosyne.deckfiles.yaml_values import Document, Place, Slip, YamlPath
from mnemosyne.errors import ReadingError

# units of work for one file: a character of a parsed formula, or a draw of parameters; about 1 s
MOST_WORK = 100_000
CARD_WORK = 8  # a card without a formula
MOST_PROBLEMS = 100  # the most problems listed for one file


class TooMuchWorkError(Exception):
    """Raised to stop reading a file with too many problems or too much work."""


@dataclass(slots=True)
class CardFile:
    """A file and its problems; reading stops at `MOST_PROBLEMS`, or at `MOST_WORK` units of work."""

    path: Path  # the path, for messages
    document: Document  # the content of the file
    problems: list[CardFileProblem] = field(default_factory=list)
    work: int = 0  # units spent so far
    # YAML syntax errors, by the card that contains them
    slips: dict[YamlPath, list[Slip]] = field(default_factory=dict)
    # the same by the places where other faults follow from them
    causes: dict[Place, Slip] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for slip in self.document.slips:
            self.slips.setdefault(slip.path[:2], []).append(slip)
            self.causes.update(dict.fromkeys(slip.covered, slip))

    def add(self, steps: YamlPath, message: str, mend: str = "") -> None:
        """Note a problem at a field."""
        self.note(CardFileProblem(self.path, *self.document.place(steps), message, mend))

    def note_slips(self, card: YamlPath | None) -> None:
        """Note the texts of a card, or of everything outside the cards, that were probably meant otherwise."""
        for path, slips in self.slips.items():
            outside = path[:1] != ("cards",) or len(path) == 1
            for slip in slips if path == card or (card is None and outside) else ():
                self.note(CardFileProblem(self.path, *slip.place, slip.what, slip.mend))

    def note(self, problem: CardFileProblem) -> None:
        """Note a problem once; one that follows from a text that was probably meant otherwise is reported as that."""
        if slip := self.causes.get((problem.line, problem.column)):
            problem = CardFileProblem(self.path, *slip.place, slip.what, slip.mend)
        if problem in self.problems:
            return
        self.problems.append(problem)
        if len(self.problems) >= MOST_PROBLEMS:
            self.problems.append(CardFileProblem(self.path, 0, 0, "further problems are not shown", "fix these first"))
            raise TooMuchWorkError

    def note_all(self, problems: Iterable[CardFileProblem]) -> None:
        """Note problems from an iterable, which is not consumed beyond the limit."""
        for problem in problems:
            self.note(problem)

    def add_in(self, steps: YamlPath, text: str, error: ReadingError, variant: str = "") -> None:
        """Note a problem inside the text of a field; `variant` names the values that cause it."""
        place = self.document.place_in(steps, text, error.span[0])
        case = f" for {variant}" if variant else ""
        self.note(CardFileProblem(self.path, *place, f"{steps[-1]} cannot be read{case}: {error}"))

    def spend(self, units: int) -> None:
        """Count work; raise TooMuchWorkError once a file has taken too much."""
        self.work += units
        if self.work > MOST_WORK:
            message = "from here on there are too many formulas and parameters for one file"
            self.problems.append(CardFileProblem(self.path, *self.document.place(()), message, "split the file"))
            raise TooMuchWorkError
