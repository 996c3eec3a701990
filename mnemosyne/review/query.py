"""Query: the language in which cards are found, `due tag:easy lapses>3 -"two words"`; every term has to hold,
or every one on one side of an OR.

Reading it needs no deck: a Query is plain data, which the store turns into its own language. A term is a state, a field
with its value, a measure compared with a number, or words that the card says; a minus before it turns it round.
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
    """How a card stands."""

    DUE = "due"  # asked today: neither suspended nor buried
    NEW = "new"  # never reviewed
    LEECH = "leech"
    FLAG = "flag"
    SUSPENDED = "suspended"
    BURIED = "buried"
    MISSING = "missing"  # no longer in any card file; without this term such cards are left out


class QueryField(StrEnum):
    """What a card has by name."""

    TAG = "tag"
    KIND = "kind"
    TOPIC = "topic"


class Measure(StrEnum):
    """What a card has as a number: days from today, days, a factor, a count, a probability; a new card not all."""

    DUE = "due"
    INTERVAL = "interval"
    EASE = "ease"
    LAPSES = "lapses"
    RECALL = "r"


class Relation(StrEnum):
    """How a measure compares."""

    BELOW = "<"
    AT_MOST = "<="
    EQUAL = "="
    AT_LEAST = ">="
    ABOVE = ">"


class SortColumn(StrEnum):
    """What found cards can be sorted by."""

    LEARNING = "learning"  # the order of learning
    MARKS = "marks"  # the most marked first
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
    """By which column, and whether from its end; new cards are the last by `due`, cards alike in order of learning."""

    column: SortColumn = SortColumn.LEARNING
    backwards: bool = False  # whether the order is reversed


@dataclass(frozen=True, slots=True)
class Has:
    """The field has this value, letter for letter."""

    field: QueryField
    value: str


@dataclass(frozen=True, slots=True)
class Compares:
    """The measure is in this relation to the number: days, lapses, hundredths of an ease, thousandths of recall."""

    measure: Measure
    relation: Relation
    number: int  # the number, in the unit of the measure


@dataclass(frozen=True, slots=True)
class Says:
    """The card's wording, tags or id hold these letters; they are without case and accents."""

    letters: str


Condition: TypeAlias = CardStatus | Has | Compares | Says


@dataclass(frozen=True, slots=True)
class Term:
    """A condition that has to hold, or, if `negated`, must not."""

    condition: Condition
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All `terms` have to hold, or all of one of the `others`; without terms every card is found that is in a file."""

    terms: tuple[Term, ...] = ()
    others: tuple[tuple[Term, ...], ...] = ()

    @property
    def alternatives(self) -> tuple[tuple[Term, ...], ...]:
        """The terms, and those that may hold instead."""
        return (self.terms, *self.others)

    @property
    def of_missing(self) -> bool:
        """Whether it asks for cards that are in no file any more."""
        return any(map(asks_for_missing, self.alternatives))

    def narrowed(self, *terms: Term) -> Query:
        """Return the query for those of its cards for which these terms hold too."""
        return Query((*self.terms, *terms), tuple((*other, *terms) for other in self.others))


def asks_for_missing(terms: Iterable[Term]) -> bool:
    """Return whether the terms ask for cards that are in no file any more."""
    return any(term == Term(CardStatus.MISSING) for term in terms)


OR = "OR"  # must be in capitals; it binds less tightly than adjacent terms
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
    """Return the text without case and accents, `x²` and `x^2` as `x2`.

    What is searched for, and what is searched in.
    """
    if text.isascii():
        return text.lower().replace("^", "")
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _MARKS.sub("", decomposed).replace("^", "")


def parse_query(text: str) -> Query:
    """Read a query; QueryError with the place of the term that is none, and the nearest known word."""
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
    """Raise QueryError for an OR that begins or ends the query, or follows another one."""
    if place in (0, len(words) - 1) or words[place - 1][0] == OR:
        raise QueryError("OR stands between two terms", words[place].span(), "write a term on each side of it")


def _query_of(groups: Iterable[Sequence[Term]]) -> Query:
    """Return the query with a group of terms for each alternative; an empty one says nothing."""
    first, *others = [tuple(group) for group in groups if group] or [()]
    return Query(first, tuple(others))


def readable_part(text: str) -> Query:
    """Return what of a query can be read, for as long as the rest of it is being typed."""
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
    return None if condition == Says("") else Term(condition, negated)


def _require_possible(term: Term, terms: Iterable[Term], span: tuple[int, int]) -> None:
    """Raise QueryError for a second topic or kind: a card has one, so nothing could be found."""
    condition = term.condition
    if term.negated or not isinstance(condition, Has) or condition.field is QueryField.TAG:
        return
    for earlier in terms:
        match earlier:
            case Term(Has(field, value), negated=False) if field is condition.field and value != condition.value:
                problem = f"no card has both the {field} {value} and the {field} {condition.value}"
                raise QueryError(problem, span, f"a card has one {field}: ask for one at a time")


def _condition(word: str, span: tuple[int, int]) -> Condition:
    if word.startswith('"'):
        return Says(caseless(word.strip('"')))
    if word in frozenset(CardStatus):
        return CardStatus(word)
    if compared := _COMPARED.fullmatch(word):
        return _comparison(word, span, compared["name"], Relation(compared["relation"]), compared["number"])
    name, colon, value = word.partition(":")
    return _field(word, span, name, value.strip('"')) if colon else Says(caseless(word))


def _comparison(word: str, span: tuple[int, int], name: str, relation: Relation, number: str) -> Condition:
    if name not in frozenset(Measure):
        if near := nearest(name, Measure):
            _refuse(word, span, f"did you mean {near}{relation}{number}?")
        return Says(caseless(word))  # y=3 is a formula
    measure = Measure(name)
    if (amount := _number(measure, number)) is None:
        raise QueryError(f"{word}: {name} is compared with {NUMBERS[measure]}", span, _example(measure, relation))
    return Compares(measure, relation, amount)


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


def _field(word: str, span: tuple[int, int], name: str, value: str) -> Has:
    if name not in frozenset(QueryField):
        _refuse(word, span, _field_hint(name, value))
    if not value:
        raise QueryError(f"{word} names no {name}", span, f"write the {name} after the colon")
    if name == QueryField.KIND and value not in KINDS:
        near = nearest(value, KINDS)
        hint = f"did you mean kind:{near}?" if near else choices(KINDS)
        raise QueryError(f"there is no kind {value}", span, hint)
    return Has(QueryField(name), value)


def _field_hint(name: str, value: str) -> str:
    """Return the hint on `name:value` with an unknown name: the value alone, as in `is:due`, or another name."""
    if value in frozenset(CardStatus):
        return f"did you mean {value}?"
    if near := nearest(name, QueryField):
        return f"did you mean {near}:{value}?"
    return choices(f"{field}:" for field in QueryField)


def _refuse(word: str, span: tuple[int, int], hint: str) -> NoReturn:
    raise QueryError(f"unknown term {word}", span, hint)


def described(query: Query) -> str:
    """Return a known word that one of the searched words may be a slip of; empty if there is none."""
    for term in chain.from_iterable(query.alternatives):
        if isinstance(term.condition, Says):
            near = nearest(term.condition.letters, CardStatus)
            if near:
                return near
    return ""


def completion(text: str, tags: Iterable[str], topics: Iterable[str]) -> str | None:
    """Return the text with its last word completed to the first known term that begins with it.

    None if there is none.
    """
    word = text.split(" ")[-1]
    terms = known_terms(word, tags, topics) if word.removeprefix("-") else []
    return text + terms[0][len(word) :] if terms else None


def known_terms(word: str, tags: Iterable[str], topics: Iterable[str], ids: Iterable[str] = ()) -> list[str]:
    """Return the terms that begin with a word and are longer; after a minus, those that it may turn round."""
    minus, start = ("-", word[1:]) if word.startswith("-") else ("", word)
    name, colon, prefix = start.partition(":")
    values: Mapping[str, Sequence[str]] = {
        QueryField.TAG: sorted(tags),
        QueryField.KIND: [*KINDS],
        QueryField.TOPIC: sorted(topics),
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
