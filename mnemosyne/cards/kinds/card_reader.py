"""Checks of a card that a schema cannot make: formulas, parameters and what depends on them.

All problems of a card are noted at once; a field that the schema rejected is `absent`, and not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from mnemosyne.cards.kinds import parameters
from mnemosyne.cards.kinds.parameters import CardNotes, FieldPath, Parameters, parameters_in
from mnemosyne.cards.template import formula, names_in_braces
from mnemosyne.cards.variants import Rules, Values, Where, WrongAnswers, values_text
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read


@dataclass(slots=True)
class CardReader:
    """Reads one card; `base` is its place in the file, `absent` are fields that are missing or already rejected."""

    notes: CardNotes  # collects the problems
    fields: Any  # the fields of the card, as the schema of its kind has them
    base: FieldPath
    absent: frozenset[str] = frozenset()
    rules: Rules = ()  # conditions on the parameters, once these are read

    @property
    def besides(self) -> frozenset[str]:
        """The variable, a symbol even if its letter is usually a constant."""
        return frozenset((getattr(self.fields, "variable", "x"),))

    @property
    def problem_count(self) -> int:
        """The number of problems noted in the file so far."""
        return len(self.notes.problems)

    def add(self, step: str, message: str, mend: str = "", *, within: str | int | None = None) -> None:
        """Note a problem at one of the card's fields, or at an entry `within` it."""
        self.notes.add((*self.base, step) if within is None else (*self.base, step, within), message, mend)

    @contextmanager
    def reading(self, steps: FieldPath, text: str, variant: str = "") -> Iterator[None]:
        """Note a ReadingError in the block as a problem of the formula."""
        try:
            yield
        except ReadingError as error:
            self.notes.add_in((*self.base, *steps), text, error, variant)

    def parameters(self) -> Parameters | None:
        """Return the parameters; None if they are rejected."""
        if "where" in self.absent:
            return None
        params = parameters.read_parameters(self.notes, self.fields.where, self.base)
        self.rules = params[1] if params else ()
        return params

    def names_in(self, text: str, where: Where, besides: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return the names in a formula, parameters included; raise ReadingError if it cannot be read."""
        return parameters.names_in(self.notes, text, where, besides)

    def sample(self, params: Parameters) -> list[Values]:
        """Return a few variants; none, with the problem noted, if no values are possible."""
        return parameters.sample(self.notes, params, self.base)

    def require_used(self, where: Where, used: Iterable[str]) -> None:
        """Note parameters that are not used."""
        parameters.note_unused_parameters(self.notes, (where, self.rules), used, self.base)

    def braced_in(self, name: str, where: Where) -> frozenset[str]:
        """Return the parameters in braces in a text field; note braces without a parameter."""
        text = getattr(self.fields, name)
        if name not in self.absent:
            parameters.note_unknown_braces(self.notes, text, where, (*self.base, name))
        return frozenset(parameters.braced(text)) | (names_in_braces(text) & where.keys())

    def require_texts(self, params: Parameters, texts: Iterable[tuple[FieldPath, str]]) -> None:
        """Note braces without a parameter, and parameters used in no text, if the card has parameters."""
        where, used = params[0], set[str]()
        for steps, text in texts if where else ():
            parameters.note_unknown_braces(self.notes, text, where, (*self.base, *steps))
            used |= names_in_braces(text)
        if where:
            self.require_used(where, used | self.braced_in_hints(where))

    def braced_in_hints(self, where: Where) -> frozenset[str]:
        """Return the parameters in braces in the hints; note braces without a parameter."""
        braced: set[str] = set()
        for i, text in enumerate((self.fields.hint,) if self.fields.hint else self.fields.hints):
            steps = (*self.base, "hint") if self.fields.hint else (*self.base, "hints", i)
            parameters.note_unknown_braces(self.notes, text, where, steps)
            braced |= parameters.braced(text) | (names_in_braces(text) & where.keys())
        return frozenset(braced)

    def wrong_answers(self, where: Where, names: frozenset[str]) -> WrongAnswers:
        """Return the wrong answers that the author foresees; note those that cannot be read.

        `names` are the question's own.
        """
        for i, wrong in enumerate(self.fields.wrong):
            with self.reading(("wrong", i, "answer"), wrong.answer):
                unknown = sorted(self.names_in(wrong.answer, where, self.besides | names) - names - where.keys())
                if unknown:
                    message = f"wrong.{i + 1}.answer uses {', '.join(unknown)}, but the question does not"
                    self.notes.add((*self.base, "wrong", i, "answer"), message, "use the names of the question")
            parameters.note_unknown_braces(self.notes, wrong.why, where, (*self.base, "wrong", i, "why"))
        return tuple((wrong.answer, wrong.why) for wrong in self.fields.wrong)

    def require_readable(self, name: str) -> None:
        """Note a formula that cannot be read regardless of the parameters, which were rejected."""
        text = getattr(self.fields, name)
        if name not in self.absent and not parameters.called_in(text, self.fields.where):
            self.notes.spend(len(text))
            with self.reading((name,), text):
                read(text, besides=self.besides.union(self.fields.where))

    def require_variants_readable(self, name: str, params: Parameters) -> None:
        """Note a formula that cannot be read for some values of the parameters."""
        text = getattr(self.fields, name)
        for values in self.sample(params):
            self.notes.spend(len(text))
            try:
                formula(text, values, self.besides)
            except ReadingError as error:
                self.notes.add_in((*self.base, name), text, error, values_text(values))
                return

    def function(self) -> Parameters | None:
        """Return the parameters of the function `f` by `variable` if both are valid, else None."""
        params, x = self.parameters(), self.fields.variable
        if params is None or "f" in self.absent:
            self.require_readable("f")
            return None
        before, braced = self.problem_count, self.braced_in_hints(params[0])
        if x in params[0]:
            self.add("where", f"{x} is both the variable and a parameter", "rename one of them", within=x)
            return None
        with self.reading(("f",), self.fields.f):
            names = self.names_in(self.fields.f, params[0], self.besides)
            self.require_used(params[0], names | braced | parameters_in(getattr(self.fields, "at", {}), params[0]))
            if x not in names:
                self.add("f", f"f does not depend on {x}", "name another variable, or use this one in f")
            self.require_variants_readable("f", params)
        return params if self.problem_count == before else None

    def require_shown(self, names: frozenset[str], shown: frozenset[str], where: Where) -> None:
        """Note names in `answer` that have no value, or whose value `ask` does not show."""
        if unknown := sorted(names - where.keys()):
            self.add("answer", f"the answer needs a value for {', '.join(unknown)}", "add it to `where`")
        hidden = sorted((names & where.keys()) - shown)
        if hidden and "ask" not in self.absent:
            name = hidden[0]
            self.add(
                "answer", f"the answer depends on {name}, which `ask` does not mention", f"write {{{name}}} in `ask`"
            )
