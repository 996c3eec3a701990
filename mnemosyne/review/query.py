"""The query language that finds cards: `due tag:easy lapses>3 -"two words"`.

Parsing needs no deck: a Query is plain data, which the store translates to SQL. Every term must
hold, or every term on one side of an OR. A term is a state, a field with a value, a measure
compared with a number, or words of the card; a minus negates it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import NoReturn, TypeAlias

from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.errors import QueryError
from mnemosyne.text import choices, nearest


class CardStatus(StrEnum):
    """The state of a card."""

    DUE = "due"  # asked today: neither suspended nor buried
    NEW = "new"  # never reviewed
    LEECH = "leech"
    FLAG = "flag"
    SUSPENDED = "suspended"
    BURIED = "buried"
    MISSING = "missing"  # no longer in any card file; excluded without this term


class QueryField(StrEnum):
    """A named property of a card."""

    TAG = "tag"
    KIND = "kind"
    TOPIC = "topic"
    UNIT = "unit"  # by its number in the topic, or its name; `collection.names` finds its file


class Measure(StrEnum):
    """A numeric property of a card: days from today, days, a factor, a count, a probability; new cards lack some."""

    DUE = "due"
    INTERVAL = "interval"
    EASE = "ease"
    LAPSES = "lapses"
    RECALL = "r"


class Relation(StrEnum):
    """How a measure is compared."""

    BELOW = "<"
    AT_MOST = "<="
    EQUAL = "="
    AT_LEAST = ">="
    ABOVE = ">"


class SortColumn(StrEnum):
    """What cards can be sorted by."""

    LEARNING = "learning"  # the order of learning
    MARKS = "marks"  # most marks first
    ID = "id"
    KIND = "kind"
    TOPIC = "topic"
    PROMPT = "prompt"  # the prompt, as written
    DUE = "due"
    INTERVAL = "interval"
    EASE = "ease"
    LAPSES = "lapses"


@dataclass(frozen=True, slots=True)
class Sorting:
    """The column and the direction; new cards are last by `due`, and equal cards keep the order of learning."""

    column: SortColumn = SortColumn.LEARNING
    backwards: bool = False  # whether the order is descending


@dataclass(frozen=True, slots=True)
class FieldEquals:
    """The field has exactly this value."""

    field: QueryField
    value: str


@dataclass(frozen=True, slots=True)
class MeasureCompares:
    """The measure is in this relation to the number of days, lapses, hundredths of ease or thousandths of recall."""

    measure: Measure
    relation: Relation
    number: int  # the number, in the unit of the measure


@dataclass(frozen=True, slots=True)
class TextContains:
    """The card's wording, tags or id contain these letters, which are without case and accents."""

    letters: str


Condition: TypeAlias = CardStatus | FieldEquals | MeasureCompares | TextContains


@dataclass(frozen=True, slots=True)
class Term:
    """A condition that must hold or, if `negated`, must not."""

    condition: Condition
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All `terms` must hold, or all terms of one of the `others`; without terms all cards in files match."""

    terms: tuple[Term, ...] = ()
    others: tuple[tuple[Term, ...], ...] = ()

    @property
    def alternatives(self) -> tuple[tuple[Term, ...], ...]:
        """All groups of terms, one of which must hold."""
        return (self.terms, *self.others)

    @property
    def of_missing(self) -> bool:
        """Whether it asks for cards that are no longer in any file."""
        return any(map(asks_for_missing, self.alternatives))

    def narrowed(self, *terms: Term) -> Query:
        """Return the query with these terms added to every alternative."""
        return Query((*self.terms, *terms), tuple((*other, *terms) for other in self.others))


def asks_for_missing(terms: Iterable[Term]) -> bool:
    """Return whether the terms ask for cards that are no longer in any file."""
    return any(term == Term(CardStatus.MISSING) for term in terms)


OR = "OR"  # in capitals only; it binds less tightly than adjacent terms
_WORD = re.compile(r"""-?(?:[^\s":]+:)?"[^"]*"?|\S+""")
_COMPARED = re.compile(r"(?P<name>[a-z]+)(?P<relation><=|>=|<|>|=)(?P<number>.*)")
_DAYS = re.compile(r"(-?\d{1,6})d?")
_COUNT = re.compile(r"(\d{1,6})")
_PROBABILITY = re.compile(r"([01])(?:\.(\d{1,3}))?")
_FACTOR = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
NUMBERS: Mapping[Measure, str] = {
    Measure.DUE: "a number of days from today, such as 7d",
    Measure.INTERVAL: "a number of days, such as 30d",
    Measure.EASE: "a factor, such as 2.5",
    Measure.LAPSES: "a count, such as 3",
    Measure.RECALL: "a probability of recall, such as 0.8",
}


def caseless(text: str) -> str:
    """Return the text without case and accents, and `x²` and `x^2` as `x2`.

    Applied both to searched words and to the searched text.
    """
    if text.isascii():
        return text.lower().replace("^", "")
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _MARKS.sub("", decomposed).replace("^", "")


def parse_query(text: str) -> Query:
    """Parse a query; raise QueryError with the place of a bad term, and a similar known word as a hint."""
    groups: list[list[Term]] = [[]]
    words = list(_WORD.finditer(text))
    for place, match in enumerate(words):
        if match[0] == OR:
            _require_both_sides(place, words)
            groups.append([])
        elif (term := _term(match[0], match.span())) is not None:
            _require_possible(term, groups[-1], match.span())
            groups[-1].append(term)
    return _query_of(groups)


def _require_both_sides(place: int, words: Sequence[re.Match[str]]) -> None:
    """Raise QueryError for an OR at the beginning or end of the query, or after another one."""
    if place in (0, len(words) - 1) or words[place - 1][0] == OR:
        raise QueryError("OR goes between two terms", words[place].span(), "write a term on each side of it")


def _query_of(groups: Iterable[Sequence[Term]]) -> Query:
    """Return the query with each group of terms as an alternative; empty groups are dropped."""
    first, *others = [tuple(group) for group in groups if group] or [()]
    return Query(first, tuple(others))


def readable_part(text: str) -> Query:
    """Return the valid terms of a query that is still being typed."""
    groups: list[list[Term]] = [[]]
    for match in _WORD.finditer(text):
        if match[0] == OR:
            groups.append([])
            continue
        with suppress(QueryError):
            groups[-1].extend(parse_query(match[0]).terms)
    return _query_of(groups)


def _term(word: str, span: tuple[int, int]) -> Term | None:
    negated = len(word) > 1 and word.startswith("-")
    condition = _condition(word[negated:], (span[0] + negated, span[1]))
    return None if condition == TextContains("") else Term(condition, negated)


def _require_possible(term: Term, terms: Iterable[Term], span: tuple[int, int]) -> None:
    """Raise QueryError for a second topic or kind: a card has only one, so nothing could match."""
    condition = term.condition
    if term.negated or not isinstance(condition, FieldEquals) or condition.field is QueryField.TAG:
        return
    for earlier in terms:
        match earlier:
            case Term(FieldEquals(field, value), negated=False) if (
                field is condition.field and value != condition.value
            ):
                problem = f"no card has both the {field} {value} and the {field} {condition.value}"
                raise QueryError(problem, span, f"a card has one {field}: ask for one at a time")


def _condition(word: str, span: tuple[int, int]) -> Condition:
    if word.startswith('"'):
        return TextContains(caseless(word.strip('"')))
    if word in frozenset(CardStatus):
        return CardStatus(word)
    if compared := _COMPARED.fullmatch(word):
        return _comparison(word, span, compared["name"], Relation(compared["relation"]), compared["number"])
    name, colon, value = word.partition(":")
    return _field(word, span, name, value.strip('"')) if colon else TextContains(caseless(word))


def _comparison(word: str, span: tuple[int, int], name: str, relation: Relation, number: str) -> Condition:
    if name not in frozenset(Measure):
        if near := nearest(name, Measure):
            _refuse(word, span, f"did you mean {near}{relation}{number}?")
        return TextContains(caseless(word))  # y=3 is a formula
    measure = Measure(name)
    if (amount := _number(measure, number)) is None:
        raise QueryError(f"{word}: {name} is compared with {NUMBERS[measure]}", span, _example(measure, relation))
    return MeasureCompares(measure, relation, amount)


def _number(measure: Measure, text: str) -> int | None:
    if measure is Measure.RECALL:
        chance = _PROBABILITY.fullmatch(text)
        return int(chance[1]) * 1000 + int((chance[2] or "").ljust(3, "0")) if chance else None
    if measure is Measure.EASE:
        factor = _FACTOR.fullmatch(text)
        return int(factor[1]) * 100 + int((factor[2] or "").ljust(2, "0")) if factor else None
    whole = (_COUNT if measure is Measure.LAPSES else _DAYS).fullmatch(text)
    return int(whole[1]) if whole else None


def _example(measure: Measure, relation: Relation) -> str:
    return f"write {measure}{relation}{NUMBERS[measure].split()[-1]}"


def _field(word: str, span: tuple[int, int], name: str, value: str) -> FieldEquals:
    if name not in frozenset(QueryField):
        _refuse(word, span, _field_hint(name, value))
    if not value:
        raise QueryError(f"{word} names no {name}", span, f"write the {name} after the colon")
    if name == QueryField.KIND and value not in KINDS:
        near = nearest(value, KINDS)
        hint = f"did you mean kind:{near}?" if near else choices(KINDS)
        raise QueryError(f"there is no kind {value}", span, hint)
    return FieldEquals(QueryField(name), value)


def _field_hint(name: str, value: str) -> str:
    """Return the hint for `name:value` with an unknown name: the value alone, as in `is:due`, or another name."""
    if value in frozenset(CardStatus):
        return f"did you mean {value}?"
    if near := nearest(name, QueryField):
        return f"did you mean {near}:{value}?"
    return choices(f"{field}:" for field in QueryField)


def _refuse(word: str, span: tuple[int, int], hint: str) -> NoReturn:
    raise QueryError(f"unknown term {word}", span, hint)


def described(query: Query) -> str:
    """Return a state that one of the searched words may be a misspelling of; empty if there is none."""
    for term in chain.from_iterable(query.alternatives):
        if isinstance(term.condition, TextContains):
            near = nearest(term.condition.letters, CardStatus)
            if near:
                return near
    return ""


def completion(text: str, tags: Iterable[str], topics: Iterable[str], units: Sequence[str] = ()) -> str | None:
    """Return the text with its last word completed to the first known term that begins with it.

    None if there is none.
    """
    word = text.split(" ")[-1]
    terms = known_terms(word, tags, topics, units=units) if word.removeprefix("-") else []
    return text + terms[0][len(word) :] if terms else None


def known_terms(
    word: str, tags: Iterable[str], topics: Iterable[str], ids: Iterable[str] = (), units: Sequence[str] = ()
) -> list[str]:
    """Return the longer terms that begin with a word; after a minus, the negated ones."""
    minus, start = ("-", word[1:]) if word.startswith("-") else ("", word)
    name, colon, prefix = start.partition(":")
    values: Mapping[str, Sequence[str]] = {
        QueryField.TAG: sorted(tags),
        QueryField.KIND: [*KINDS],
        QueryField.TOPIC: sorted(topics),
        QueryField.UNIT: units,
    }
    if colon:
        terms = [_quoted(name, value) for value in values.get(name, ()) if value.startswith(prefix)]
    else:
        terms = [
            *CardStatus,
            *(f"{field}:" for field in QueryField),
            *(f"{measure}>" for measure in Measure if measure != "due"),
            *sorted(ids),
        ]
    return [f"{minus}{term}" for term in terms if term.startswith(start) and term != start]


def _quoted(name: str, value: str) -> str:
    return f"{name}:{value}" if " " not in value else f'{name}:"{value}"'
