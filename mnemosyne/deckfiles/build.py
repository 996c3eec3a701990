"""From the checked fields of a card to a Card, with what a schema cannot see: ranges, formulas, blanks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from mnemosyne.cards import template, variants
from mnemosyne.cards.blanks import blanks, hidden
from mnemosyne.cards.card import (
    Backprop,
    Card,
    Choice,
    Cloze,
    Content,
    Derivative,
    Kind,
    Numeric,
    Option,
    Recall,
    Source,
    Unlike,
    Where,
)
from mnemosyne.cards.card import Steps as StepsContent
from mnemosyne.cards.where import Parameter, parameter
from mnemosyne.deckfiles import schema
from mnemosyne.deckfiles.problems import Problem, shown
from mnemosyne.deckfiles.yaml_values import Document
from mnemosyne.deckfiles.yaml_values import Path as Steps
from mnemosyne.errors import InputError, MnemosyneError, ReadingError
from mnemosyne.expressions.assignments import known_names, read_assignments
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node, symbols


@dataclass(slots=True)
class Builder:
    """Makes the cards of one file; faults are added to `problems`, at the place of the field they are in."""

    path: Path
    topic: str
    defaults: schema.DefaultFields
    document: Document
    problems: list[Problem]

    def card(self, fields: schema.CardFields, base: Steps) -> Card | None:
        """The card, or None if it has a fault."""
        before = len(self.problems)
        content = _CONTENT[type(fields)](self, fields, base)
        if fields.hint and fields.hints:
            self.fault((*base, "hint"), "there are hint and hints", "put all of them in hints")
        if content is None or len(self.problems) > before:
            return None
        target = fields.target or self.defaults.target
        return Card(
            id=fields.id,
            topic=self.topic,
            kind=Kind(fields.kind),  # type: ignore[attr-defined]
            content=content,
            tags=tuple(dict.fromkeys((*self.defaults.tags, *fields.tags))),
            lesson=fields.lesson or self.defaults.lesson,
            hints=(fields.hint,) if fields.hint else tuple(fields.hints),
            target=timedelta(seconds=target) if target else None,
            source=Source(str(self.path), self.document.place((*base, "id"))[0]),
        )

    def fault(self, steps: Steps, what: str, mend: str = "") -> None:
        """Note a fault at a field."""
        self.problems.append(Problem(self.path, *self.document.place(steps), what, mend))

    def _fault_in(self, steps: Steps, written: str, error: ReadingError) -> None:
        """Note a fault inside the text of a field."""
        place = self.document.place_in(steps, written, error.span[0])
        self.problems.append(Problem(self.path, *place, f"{steps[-1]} cannot be read: {error}"))

    def _where(self, written: Mapping[str, Any], base: Steps) -> tuple[Where, Unlike]:
        found: dict[str, Parameter] = {}
        for name, value in written.items():
            try:
                found[name] = parameter(value)
            except InputError as error:
                self.fault((*base, "where", name), f"where.{name}: {error.message}", error.hint)
            if not symbols(read(name)):
                self.fault((*base, "where", name), f"where.{name}: {name} is a number already", "use another letter")
        for name, one in found.items():
            for other in one.unlike:
                if other not in written:
                    what = f"where.{name}: there is no parameter {shown(other)}"
                    self.fault((*base, "where", name), what, "name one of where")
        pairs = tuple((name, other) for name, one in found.items() for other in one.unlike)
        return {name: one.values for name, one in found.items()}, pairs

    def _formula(self, text: str, where: Where, unlike: Unlike, steps: Steps, allowed: frozenset[str]) -> None:
        """Note what is wrong with a formula: it cannot be read, or has symbols that nothing gives a value."""
        try:
            values = variants.draw(where, unlike, seed=0)
            free = symbols(template.formula(text, values)) - allowed
        except ReadingError as error:
            self._fault_in(steps, text, error)
        except MnemosyneError as error:
            self.fault(steps, error.message, error.hint)
        else:
            if free:
                names = ", ".join(sorted(free))
                self.fault(steps, f"{steps[-1]} has {names}, which nothing gives a value", "add it to where")

    def derivative(self, fields: schema.DerivativeFields, base: Steps) -> Content:
        return Derivative(*self._function(fields, base))

    def _function(
        self, fields: schema.DerivativeFields | schema.StepsFields, base: Steps
    ) -> tuple[str, str, Where, Unlike]:
        where, unlike = self._where(fields.where, base)
        if len(where) == len(fields.where):
            parameters = frozenset("abcdfghjklmnpqrstuvwxyz") if not where else frozenset((fields.variable,))
            self._formula(fields.f, where, unlike, (*base, "f"), parameters | {fields.variable})
        if fields.variable in where:
            self.fault((*base, "where", fields.variable), "the variable cannot be a parameter", "rename one of them")
        return fields.f, fields.variable, where, unlike

    def steps(self, fields: schema.StepsFields, base: Steps) -> Content:
        if {"u", "y"} & {*fields.where, fields.variable}:
            self.fault((*base, "f"), "u and y are the names of the Leibniz form", "use other letters")
        return StepsContent(*self._function(fields, base))

    def backprop(self, fields: schema.BackpropFields, base: Steps) -> Content | None:
        where, unlike = self._where(fields.where, base)
        of, by = (part.strip(" d∂") for part in fields.ask.split("/"))
        let = tuple(fields.let.items())
        known = known_names(fields.let.values(), fields.let)
        trees: dict[str, Node] = {}
        for count, (name, text) in enumerate(let, 1):
            try:
                trees = read_assignments(let[:count], known)
            except ReadingError as error:
                self._fault_in((*base, "let", name), text, error)
                return None
        inputs = frozenset().union(*map(symbols, trees.values())) - trees.keys() - where.keys()
        if of not in trees:
            self.fault((*base, "ask"), f"ask: {shown(of)} is not a name of let", f"ask for one of {', '.join(trees)}")
        if by not in inputs | trees.keys():
            there_are = ", ".join(sorted(inputs | trees.keys()))
            self.fault((*base, "ask"), f"ask: there is no {shown(by)} in the graph", f"it has {there_are}")
        self._values(fields.at, inputs, where, base)
        return Backprop(let, of, by, tuple(fields.at.items()), fields.tolerance or "", where, unlike)

    def _values(self, at: Mapping[str, str], inputs: frozenset[str], where: Where, base: Steps) -> None:
        """Note which inputs have no value, and which values have no input."""
        for name in at:
            if name not in inputs:
                self.fault((*base, "at", name), f"at.{name} is not an input", f"they are {', '.join(sorted(inputs))}")
            else:
                self._formula(at[name], where, (), (*base, "at", name), frozenset())
        missing = sorted(inputs - at.keys())
        if at and missing:
            self.fault((*base, "at"), f"at has no value for {', '.join(missing)}", "give every input one, or none")

    def numeric(self, fields: schema.NumericFields, base: Steps) -> Content:
        where, unlike = self._where(fields.where, base)
        if len(where) == len(fields.where):
            self._formula(fields.answer, where, unlike, (*base, "answer"), frozenset())
        return Numeric(fields.ask, fields.answer, fields.tolerance or "", fields.unit or "", where, unlike)

    def choice(self, fields: schema.ChoiceFields, base: Steps) -> Content:
        options = tuple(Option(option.text, option.right, option.why or "") for option in fields.options)
        right = sum(option.right for option in options)
        if right != 1:
            self.fault((*base, "options"), f"{right} options are right", "mark exactly one with right: true")
        texts = [option.text for option in options]
        for i, text in enumerate(texts):
            if text in texts[:i]:
                self.fault((*base, "options", i), f"the option {shown(text)} stands here twice", "leave one out")
        return Choice(fields.ask, options)

    def cloze(self, fields: schema.ClozeFields, base: Steps) -> Content:
        synonyms = {word: tuple(others) for word, others in fields.synonyms.items()}
        found = blanks(fields.text, synonyms)
        if "{{" in hidden(fields.text) or "}}" in hidden(fields.text):
            self.fault((*base, "text"), "a blank is not closed, or not opened", "write it as {{word}}")
        elif not found:
            self.fault((*base, "text"), "text has no blank", "put a word in {{ }}")
        if not all(all(blank.accepted) for blank in found):
            self.fault((*base, "text"), "a blank has no word", "write it as {{word}} or {{word|synonym}}")
        words = {blank.accepted[0] for blank in found}
        for word in synonyms:
            if word not in words:
                what = f"{shown(word)} is not a blank of the text"
                self.fault((*base, "synonyms", word), what, "use the word as it stands there")
        return Cloze(fields.text, synonyms)

    def recall(self, fields: schema.RecallFields, _: Steps) -> Content:
        return Recall(fields.ask, fields.answer)


_CONTENT: dict[type[schema.CardFields], Callable[[Builder, Any, Steps], Content | None]] = {
    schema.DerivativeFields: Builder.derivative,
    schema.StepsFields: Builder.steps,
    schema.BackpropFields: Builder.backprop,
    schema.NumericFields: Builder.numeric,
    schema.ChoiceFields: Builder.choice,
    schema.ClozeFields: Builder.cloze,
    schema.RecallFields: Builder.recall,
}
