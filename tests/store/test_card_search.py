"""Cards found by a query: SQL finds what a plain reading of the terms finds, in the requested order."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, astuple, dataclass
from datetime import date, timedelta
from operator import eq, ge, gt, le, lt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_size import sample_size
from sqlalchemy import Engine, delete, insert, update

from mnemosyne.review.query import (
    CardStatus,
    FieldEquals,
    Measure,
    MeasureCompares,
    Query,
    QueryField,
    Relation,
    SortColumn,
    Sorting,
    Term,
    TextContains,
    asks_for_missing,
    caseless,
    parse_query,
)
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS
from mnemosyne.scheduling.memory import FsrsMemory, Memory
from mnemosyne.scheduling.retrievability import recall_on
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import card_search, tables
from mnemosyne.store.card_search import QueryDay
from mnemosyne.store.engine import writing
from mnemosyne.store.sync import sync_cards

DAY = date(2024, 3, 10)
TODAY = QueryDay(DAY, leech_lapses=3)
TAGS, TOPICS, KINDS = ("easy", "hard"), ("limits", "chain-rule"), ("cloze", "recall")
WORDS = ("sine", "Größe", "x²", "[/0]", "100%_")
RELATIONS = {"<": lt, "<=": le, "=": eq, ">=": ge, ">": gt}


@dataclass(frozen=True)
class CardSpec:
    """A card as the deck has it."""

    id: str
    topic: str = "limits"
    kind: str = "cloze"
    tags: tuple[str, ...] = ()
    says: str = "sine"
    due: int | None = None  # days from DAY
    interval: int = 0
    ease: int = 250
    lapses: int = 0
    suspended: bool = False
    flagged: bool = False
    missing: bool = False
    buried: bool = False
    stability: float | None = None  # under FSRS

    @property
    def memory(self) -> Memory:
        """Return what the deck knows of the learner's memory of it."""
        if self.due is None:
            return Memory()
        day = DAY + timedelta(days=self.due)
        fsrs = FsrsMemory(self.stability, 5.0, day, 6, day) if self.stability else None
        return Memory(interval=self.interval, due=day, reviewed=day, fsrs=fsrs)


def fill(engine: Engine, make_card: Callable, cards: list[CardSpec]) -> None:
    """Make the deck contain these cards and no others."""
    with writing(engine) as connection:
        connection.execute(delete(tables.card_tag))
        connection.execute(delete(tables.fsrs_memory))
        connection.execute(delete(tables.card))
    content = [make_card(c.id, n, topic=c.topic, kind=c.kind, tags=c.tags, ask=c.says) for n, c in enumerate(cards)]
    sync_cards(engine, content, {})
    with writing(engine) as connection:
        for card in cards:
            due = None if card.due is None else (DAY + timedelta(days=card.due)).isoformat()
            values = {
                name: getattr(card, name) for name in ("interval", "ease", "lapses", "suspended", "flagged", "missing")
            }
            values |= {"due": due, "reviewed": due, "buried_until": "2024-03-11" if card.buried else None}
            connection.execute(update(tables.card).where(tables.card.c.id == card.id).values(values))
            if card.memory.fsrs is not None:
                fsrs = {**asdict(card.memory.fsrs), "seen": due, "sm2_due": due}
                connection.execute(insert(tables.fsrs_memory).values(card_id=card.id, **fsrs))


def text_of(content: str) -> str:
    """Return the text of the card in content that `make_card` wrote."""
    return caseless(" ".join(json.loads(content)))


def holds(term: Term, card: CardSpec) -> bool:
    """Return whether the term, read plainly, holds for the card."""
    return condition_holds(term.condition, card) is not term.negated


def condition_holds(condition: object, card: CardSpec) -> bool:
    match condition:
        case CardStatus():
            return {
                CardStatus.DUE: card.due is not None and card.due <= 0 and not card.suspended and not card.buried,
                CardStatus.NEW: card.due is None,
                CardStatus.LEECH: card.lapses >= TODAY.leech_lapses,
                CardStatus.FLAG: card.flagged,
                CardStatus.SUSPENDED: card.suspended,
                CardStatus.BURIED: card.buried,
                CardStatus.MISSING: card.missing,
            }[condition]
        case FieldEquals(QueryField.TAG, value):
            return value in card.tags
        case FieldEquals(field, value):
            return getattr(card, field.value) == value
        case TextContains(letters):
            return letters in caseless(f"{card.id} {card.topic} {card.says}")
        case MeasureCompares(Measure.RECALL, relation, number):
            recall = recall_on(card.memory, DAY, DEFAULT_WEIGHTS)
            if recall is None:
                return False
            if relation is Relation.EQUAL:
                return number - 5 <= 1000 * recall < number + 5
            return RELATIONS[relation](1000 * recall, number)
        case MeasureCompares(measure, relation, number):
            value = getattr(card, measure.value)
            return value is not None and RELATIONS[relation](value, number)
    raise AssertionError(condition)


numbers = st.integers(-5, 5)
cards = st.lists(
    st.builds(
        CardSpec,
        id=st.integers(0, 99).map("card-{}".format),
        topic=st.sampled_from(TOPICS),
        kind=st.sampled_from(KINDS),
        tags=st.lists(st.sampled_from(TAGS), unique=True).map(tuple),
        says=st.sampled_from(WORDS),
        due=st.none() | numbers,
        interval=st.integers(0, 5),
        ease=st.integers(248, 252),
        lapses=st.integers(0, 5),
        suspended=st.booleans(),
        flagged=st.booleans(),
        missing=st.booleans(),
        buried=st.booleans(),
        stability=st.none() | st.floats(0.01, 20),
    ),
    unique_by=lambda card: card.id,
    max_size=12,
)
conditions = st.one_of(
    st.sampled_from(CardStatus),
    st.builds(FieldEquals, st.just(QueryField.TAG), st.sampled_from(TAGS)),
    st.builds(FieldEquals, st.just(QueryField.KIND), st.sampled_from(KINDS)),
    st.builds(FieldEquals, st.just(QueryField.TOPIC), st.sampled_from(TOPICS)),
    st.builds(TextContains, st.sampled_from([caseless(word) for word in (*WORDS, "card-1", "nowhere")])),
    st.builds(
        MeasureCompares,
        st.sampled_from([Measure.DUE, Measure.INTERVAL, Measure.LAPSES]),
        st.sampled_from(Relation),
        numbers,
    ),
    st.builds(MeasureCompares, st.just(Measure.EASE), st.sampled_from(Relation), st.integers(248, 252)),
    st.builds(
        MeasureCompares,
        st.just(Measure.RECALL),
        st.sampled_from(Relation),
        st.sampled_from([0, 313, 650, 857, 931, 1000]),
    ),
)
terms_of_one = st.lists(st.builds(Term, conditions, st.booleans()), max_size=3).map(tuple)
queries = st.builds(Query, terms_of_one, st.lists(terms_of_one, max_size=2).map(tuple))


@settings(max_examples=sample_size(30, 200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deck_content=cards, query=queries)
def test_sql_finds_what_the_terms_say(deck: Engine, make_card: Callable, deck_content: list[CardSpec], query: Query):
    fill(deck, make_card, deck_content)
    expected = [
        card.id
        for card in deck_content
        if any(
            all(holds(term, card) for term in terms) and (asks_for_missing(terms) or not card.missing)
            for terms in query.alternatives
        )
    ]
    assert list(card_search.matching_ids(deck, query, Sorting(), TODAY, text_of)) == expected


@pytest.mark.parametrize(
    ("column", "forwards", "backwards"),
    [
        (SortColumn.LEARNING, "bacd", "dcab"),
        (SortColumn.ID, "abcd", "dcba"),
        (SortColumn.KIND, "bacd", "dbac"),
        (SortColumn.TOPIC, "cbad", "badc"),
        (SortColumn.PROMPT, "badc", "cadb"),
        (SortColumn.DUE, "cabd", "acbd"),
        (SortColumn.INTERVAL, "bdac", "cabd"),
        (SortColumn.EASE, "dbac", "bacd"),
        (SortColumn.LAPSES, "bdac", "cabd"),
        (SortColumn.MARKS, "cdba", "badc"),
    ],
)
def test_cards_are_sorted_new_ones_last_and_equal_ones_in_the_order_of_learning(
    deck: Engine, make_card: Callable, column: SortColumn, forwards: str, backwards: str
):
    fill(
        deck,
        make_card,
        [
            CardSpec("b", kind="cloze", says="1"),
            CardSpec("a", kind="cloze", says="2", due=3, interval=4, lapses=1),
            CardSpec("c", kind="cloze", topic="chain-rule", says="9", due=-3, interval=5, lapses=9, flagged=True),
            CardSpec("d", kind="recall", says="2", due=None, ease=130, suspended=True),
        ],
    )

    def order(sorting: Sorting) -> str:
        return "".join(card_search.matching_ids(deck, Query(), sorting, TODAY, lambda content: json.loads(content)[2]))

    assert (order(Sorting(column)), order(Sorting(column, backwards=True))) == (forwards, backwards)


def test_rows_come_in_the_requested_order(deck: Engine, make_card: Callable):
    fill(
        deck,
        make_card,
        [CardSpec("a"), CardSpec("b", due=2, interval=6, ease=260, lapses=1, buried=True), CardSpec("c", missing=True)],
    )
    rows = card_search.listed_by_id(deck, ["c", "unknown", "b"], TODAY)
    assert [(row.id, row.due, row.interval, row.ease, row.lapses, row.buried, row.missing) for row in rows] == [
        ("c", None, 0, 250, 0, False, True),
        ("b", date(2024, 3, 12), 6, 260, 1, True, False),
    ]
    assert [row.buried for row in card_search.listed_by_id(deck, ["b"], QueryDay(DAY + timedelta(days=1), 3))] == [
        False
    ]


def test_cards_in_files_are_counted_and_cards_in_a_state_found_with_those_missing(deck: Engine, make_card: Callable):
    fill(deck, make_card, [CardSpec("a", flagged=True), CardSpec("b", flagged=True, missing=True), CardSpec("c")])
    assert card_search.count_states(deck) == 2
    assert card_search.ids_in_state(deck, CardStatus.FLAG, TODAY) == {"a", "b"}


def test_a_long_list_is_complete(deck: Engine, make_card: Callable, path: Path):
    sync_cards(deck, [make_card(f"card-{n:05}", n) for n in range(12_345)], {})
    assert len(card_search.matching_ids(deck, parse_query("-due"), Sorting(), TODAY, caseless)) == 12_345


def test_every_card_is_listed_with_its_memory_and_its_marks(deck, repository, make_card, make_review, day):
    sync_cards(deck, [make_card("b", 1), make_card("a"), make_card("gone", 2), make_card("c", 3, topic="limits")], {})
    sync_cards(deck, [make_card("b", 1), make_card("a"), make_card("c", 3, topic="limits")], {})
    after = repository.record(make_review("b", 4)).after
    repository.suspend("a", suspended=True)
    repository.flag("b", flagged=True)
    repository.bury("c", day)
    rows = [astuple(state)[1:-1] for state in card_search.states(deck)]
    assert rows == [
        ("cards/one.yaml", 1, True, False, None),
        ("cards/one.yaml", 4, False, True, None),
        ("cards/one.yaml", 10, False, False, plus_days(day, 1)),
    ]
    assert [state.memory for state in card_search.states(deck)] == [Memory(), after, Memory()]
    assert card_search.count_states(deck) == 3
    assert [state.line for state in card_search.states(deck, "limits")] == [10]
    assert card_search.count_states(deck, "limits") == 1
