"""From the checked fields of a card to a Card, with what a schema cannot see: formulas, parameters, blanks, options.

All that is wrong with a card is noted at once; a field that the schema refused is `absent`, and not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mnemosyne.cards import blanks
from mnemosyne.cards.card import (
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
    Steps,
    Where,
)
from mnemosyne.cards.folding import folded
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import Values, values_text
from mnemosyne.deckfiles import file_schema, parameters
from mnemosyne.deckfiles.card_file import CardFile
from mnemosyne.deckfiles.graph import read_graph
from mnemosyne.deckfiles.options import see_options
from mnemosyne.deckfiles.problems import shown
from mnemosyne.deckfiles.yaml_values import YamlPath
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.composition import inner
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node, symbols

_WORDS = 10  # characters of a text with blanks that are read in the time of one of a formula


@dataclass(slots=True)
class Builder:
    """Makes one card; `base` is its place in the file, `absent` are fields that are missing or refused already."""

    file: CardFile
    fields: Any
    base: YamlPath
    absent: frozenset[str] = frozenset()

    def card(self, topic: str, defaults: file_schema.DefaultFields) -> Card | None:
        """Return the card, or None if it has a problem."""
        fields, before = self.fields, len(self.file.problems)
        if fields.hint and fields.hints:
            self.file.add((*self.base, "hint"), "there are hint and hints", "put all of them in hints")
        make = _CONTENT.get(type(fields))
        content = make(self) if make else None
        if content is None or self.absent or len(self.file.problems) > before:
            return None
        target = fields.target or defaults.target
        return Card(
            id=fields.id,
            topic=topic,
            kind=Kind(fields.kind),
            content=content,
            tags=tuple(dict.fromkeys((*defaults.tags, *fields.tags))),
            lesson=fields.lesson or defaults.lesson,
            hints=(fields.hint,) if fields.hint else tuple(fields.hints),
            target=timedelta(seconds=target) if target else None,
            source=Source(str(self.file.path), self.file.document.place((*self.base, "id"))[0]),
        )

    @property
    def besides(self) -> frozenset[str]:
        """The variable, which is a symbol whatever letter it is."""
        return frozenset((getattr(self.fields, "variable", "x"),))

    def add(self, step: str | int, message: str, mend: str = "") -> None:
        """Note a problem at one of the card's fields."""
        self.file.add((*self.base, step), message, mend)

    @contextmanager
    def reading(self, steps: YamlPath, text: str, variant: str = "") -> Iterator[None]:
        """Note what cannot be read in a formula."""
        try:
            yield
        except ReadingError as error:
            self.file.add_in((*self.base, *steps), text, error, variant)

    def read_where(self) -> parameters.Parameters | None:
        """Return the parameters; None if they are refused."""
        if "where" in self.absent:
            return None
        return parameters.read_parameters(self.file, self.fields.where, self.base)

    def hints(self, where: Where) -> set[str]:
        """Note braces in hints that are no parameters; the letters in braces."""
        names: set[str] = set()
        for i, text in enumerate((self.fields.hint,) if self.fields.hint else self.fields.hints):
            steps = (*self.base, "hint") if self.fields.hint else (*self.base, "hints", i)
            parameters.see_braces(self.file, text, where, steps)
            names |= parameters.braced(text)
        return names

    def derivative(self) -> Content | None:
        """A function to differentiate."""
        params = self._function()
        return None if params is None else Derivative(self.fields.f, self.fields.variable, *params)

    def steps(self) -> Content | None:
        """A composition to take apart."""
        params = self._function()
        if params is None:
            return None
        x = self.fields.variable
        for values, f in self._trees(self.fields.f, params):
            if {"u", "y"} & ({x, *params[0]} | symbols(f)):
                self.add("f", "u and y are the names of the Leibniz form", "use other letters")
                return None
            if inner(f, x) is None:
                case = f" for {values_text(values)}" if values else ""
                self.add("f", f"no one function is taken of another in f{case}: there is no u", "use kind: derivative")
                return None
        return Steps(self.fields.f, x, *params)

    def _function(self) -> parameters.Parameters | None:
        """The parameters of f, once f and they are good."""
        params, x = self.read_where(), self.fields.variable
        if params is None or "f" in self.absent:
            self._see_readable("f", self.fields.f)
            return None
        before, braced = len(self.file.problems), self.hints(params[0])
        if x in params[0]:
            self.add("variable", f"{x} is the variable and a parameter", "rename one of them")
            return None
        with self.reading(("f",), self.fields.f):
            names = parameters.names_in(self.file, self.fields.f, params[0], self.besides)
            parameters.see_used(self.file, params[0], names | braced, self.base)
            if x not in names:
                self.add("f", f"f does not depend on {x}", "name another variable, or put it into f")
            self._see_trees("f", self.fields.f, params)
        return params if len(self.file.problems) == before else None

    def _see_readable(self, name: str, text: str) -> None:
        """Note a formula that cannot be read, whatever the parameters, which are refused."""
        called = parameters.called_in(text, self.fields.where)
        if name not in self.absent and not called:
            self.file.spend(len(text))
            with self.reading((name,), text):
                read(text, besides=self.besides.union(self.fields.where))

    def _see_trees(self, name: str, text: str, params: parameters.Parameters) -> None:
        """Note a formula that cannot be read for some values of the parameters."""
        for values in parameters.sample(self.file, params, self.base):
            self.file.spend(len(text))
            try:
                formula(text, values, self.besides)
            except ReadingError as error:
                self.file.add_in((*self.base, name), text, error, values_text(values))
                return

    def _trees(self, text: str, params: parameters.Parameters) -> Iterator[tuple[Values, Node]]:
        for values in parameters.sample(self.file, params, self.base):
            yield values, formula(text, values, self.besides)

    def backprop(self) -> Content | None:
        """A computation graph."""
        return read_graph(self)

    def numeric(self) -> Content | None:
        """A number."""
        fields, params = self.fields, self.read_where()
        if params is None:
            self._see_readable("answer", fields.answer)
            return None
        where, braced = params[0], self.hints(params[0])
        shown_names = parameters.braced(fields.ask)
        if "ask" not in self.absent:
            parameters.see_braces(self.file, fields.ask, where, (*self.base, "ask"))
        if "answer" in self.absent:
            return None
        with self.reading(("answer",), fields.answer):
            names = parameters.names_in(self.file, fields.answer, where)
            parameters.see_used(self.file, where, names | shown_names | braced, self.base)
            self._require_known(names, shown_names, where)
            self._see_trees("answer", fields.answer, params)
        return Numeric(fields.ask, fields.answer, fields.tolerance or "", fields.unit or "", *params)

    def _require_known(self, names: frozenset[str], shown_names: set[str], where: Where) -> None:
        """Note names of the answer that have no value, or one that the learner is not told."""
        if unknown := sorted(names - where.keys()):
            message = f"answer has {', '.join(unknown)}, which nothing gives a value"
            self.add("answer", message, "add it to where")
        hidden = sorted((names & where.keys()) - shown_names)
        if hidden and "ask" not in self.absent:
            name = hidden[0]
            self.add("answer", f"answer depends on {name}, which ask does not tell", f"write {{{name}}} in ask")

    def choice(self) -> Content | None:
        """Options of which one is right."""
        if "options" in self.absent:
            return None
        options = tuple(Option(option.text, option.right, option.why or "") for option in self.fields.options)
        see_options(self.file, options, self.base)
        return Choice(self.fields.ask, options)

    def cloze(self) -> Content | None:
        """A text with blanks."""
        fields = self.fields
        if "text" in self.absent:
            return None
        self.file.spend(len(fields.text) // _WORDS)
        synonyms, other_letters = (
            {word: tuple(synonyms_of) for word, synonyms_of in lists.items()}
            for lists in (fields.synonyms, fields.other_letters)
        )
        answers = blanks.blanks(fields.text, synonyms, other_letters)
        rest = blanks.hidden(fields.text)
        if blanks.is_anki(fields.text):
            self.add("text", "this is a cloze of Anki", "write {{word}} for {{c1::word}}")
        elif "{{" in rest or "}}" in rest:
            self.add("text", "a blank is not closed, or not opened", "write it as {{word}}")
        elif not answers:
            self.add("text", "text has no blank", "put a word in {{ }}")
        if not all(folded(word) for blank in answers for word in blank.accepted):
            self.add("text", "a blank has no word", "write it as {{word}} or {{word|synonym}}")
        for key, lists in (("synonyms", synonyms), ("other_letters", other_letters)):
            for word in lists.keys() - {blank.accepted[0] for blank in answers}:
                message = f"{shown(word)} is not a blank of the text"
                self.file.add((*self.base, key, word), message, "use the word as it stands there")
        return Cloze(fields.text, synonyms, other_letters)

    def recall(self) -> Content | None:
        """A question to think about."""
        return Recall(self.fields.ask, self.fields.answer)


_CONTENT: dict[type[file_schema.CardFields], Callable[[Builder], Content | None]] = {
    file_schema.DerivativeFields: Builder.derivative,
    file_schema.StepsFields: Builder.steps,
    file_schema.BackpropFields: Builder.backprop,
    file_schema.NumericFields: Builder.numeric,
    file_schema.ChoiceFields: Builder.choice,
    file_schema.ClozeFields: Builder.cloze,
    file_schema.RecallFields: Builder.recall,
}
