"""The query language as a specification: what each term means, what is refused and how, and what is offered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.errors import QueryError
from mnemosyne.review.query import (
    CardStatus,
    FieldEquals,
    Measure,
    MeasureCompares,
    Query,
    QueryField,
    Relation,
    Term,
    TextContains,
    caseless,
    completion,
    described,
    known_terms,
    parse_query,
    readable_part,
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("   ", []),
        ("due", [Term(CardStatus.DUE)]),
        ("new leech", [Term(CardStatus.NEW), Term(CardStatus.LEECH)]),
        ("-suspended", [Term(CardStatus.SUSPENDED, negated=True)]),
        ("tag:easy", [Term(FieldEquals(QueryField.TAG, "easy"))]),
        ("unit:2", [Term(FieldEquals(QueryField.UNIT, "2"))]),
        ('tag:"two words"', [Term(FieldEquals(QueryField.TAG, "two words"))]),
        (
            "kind:cloze -topic:limits",
            [Term(FieldEquals(QueryField.KIND, "cloze")), Term(FieldEquals(QueryField.TOPIC, "limits"), negated=True)],
        ),
        ("lapses>3", [Term(MeasureCompares(Measure.LAPSES, Relation.ABOVE, 3))]),
        ("r<0.8", [Term(MeasureCompares(Measure.RECALL, Relation.BELOW, 800))]),
        ("r>=0.955", [Term(MeasureCompares(Measure.RECALL, Relation.AT_LEAST, 955))]),
        ("-r=1", [Term(MeasureCompares(Measure.RECALL, Relation.EQUAL, 1000), negated=True)]),
        ("interval<=30d", [Term(MeasureCompares(Measure.INTERVAL, Relation.AT_MOST, 30))]),
        ("due<7d", [Term(MeasureCompares(Measure.DUE, Relation.BELOW, 7))]),
        ("due>=-3", [Term(MeasureCompares(Measure.DUE, Relation.AT_LEAST, -3))]),
        ("ease<2.5", [Term(MeasureCompares(Measure.EASE, Relation.BELOW, 250))]),
        ("ease=2.36", [Term(MeasureCompares(Measure.EASE, Relation.EQUAL, 236))]),
        ("Sine", [Term(TextContains("sine"))]),
        ("Größe", [Term(TextContains("grosse"))]),
        ('"two words"', [Term(TextContains("two words"))]),
        ('"still typed', [Term(TextContains("still typed"))]),
        ('-"not this"', [Term(TextContains("not this"), negated=True)]),
        ('"due"', [Term(TextContains("due"))]),
        ('""', []),
        ("-", [Term(TextContains("-"))]),
        ("y=3", [Term(TextContains("y=3"))]),
        ("x^2", [Term(TextContains("x2"))]),
        ("Due", [Term(TextContains("due"))]),
    ],
)
def test_a_term_is_read(text, terms):
    assert parse_query(text) == Query(tuple(terms))


@pytest.mark.parametrize(
    ("text", "message", "span"),
    [
        ("kind:der", "there is no kind der; did you mean kind:derivative?", (0, 8)),
        ("tags:easy", "unknown term tags:easy; did you mean tag:easy?", (0, 9)),
        ("due -topics:x", "unknown term topics:x; did you mean topic:x?", (5, 13)),
        (
            "due topic:a new topic:b",
            "no card has both the topic a and the topic b; a card has one topic: ask for one at a time",
            (16, 23),
        ),
        (
            "kind:cloze kind:recall",
            "no card has both the kind cloze and the kind recall; a card has one kind: ask for one at a time",
            (11, 22),
        ),
        ("zzz:x", "unknown term zzz:x; choose from: tag:, kind:, topic:, unit:", (0, 5)),
        (
            "unit:2 unit:powers",
            "no card has both the unit 2 and the unit powers; a card has one unit: ask for one at a time",
            (7, 18),
        ),
        ("is:due", "unknown term is:due; did you mean due?", (0, 6)),
        ("tag:", "tag: names no tag; write the tag after the colon", (0, 4)),
        ("kind:clozes", "there is no kind clozes; did you mean kind:cloze?", (0, 11)),
        (
            "kind:q",
            f"there is no kind q; choose from: {', '.join(KINDS)}",
            (0, 6),
        ),
        ("new lapse>3", "unknown term lapse>3; did you mean lapses>3?", (4, 11)),
        ("lapses>", "lapses>: lapses is compared with a count, such as 3; write lapses>3", (0, 7)),
        ("r<low", "r<low: r is compared with a probability of recall, such as 0.8; write r<0.8", (0, 5)),
        ("r<80", "r<80: r is compared with a probability of recall, such as 0.8; write r<0.8", (0, 4)),
        ("ease>two", "ease>two: ease is compared with a factor, such as 2.5; write ease>2.5", (0, 8)),
        ("due<soon", "due<soon: due is compared with a number of days from today, such as 7d; write due<7d", (0, 8)),
    ],
)
def test_what_cannot_be_read_is_pointed_at_with_the_nearest_known_word(text, message, span):
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    assert (str(caught.value), caught.value.span) == (message, span)


@pytest.mark.parametrize("text", ["topic:a topic:a", "topic:a -topic:b", "-topic:a -topic:b", "tag:a tag:b"])
def test_terms_that_can_hold_together_are_read(text):
    assert len(parse_query(text).terms) == 2


def test_what_can_be_read_is_found_while_the_rest_is_typed():
    assert readable_part("due kind:der -tag: lapses>") == parse_query("due")
    assert readable_part('new "two words"') == parse_query('new "two words"')


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_within_it(text):
    try:
        assert all(
            not isinstance(term.condition, TextContains) or term.condition.letters for term in parse_query(text).terms
        )
    except QueryError as error:
        start, end = error.span
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("text", ["ÉCOLE", "École", "ecole"])
def test_case_and_accents_make_no_difference(text):
    assert caseless(text) == "ecole"


def test_superscripts_are_found_as_they_are_typed():
    assert caseless("sin(x²)") == caseless("sin(x^2)") == "sin(x2)"


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(text):
    assert caseless(caseless(text)) == caseless(text)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("", None),
        ("due ", None),
        ("d", "due"),
        ("due", None),
        ("-susp", "-suspended"),
        ("new ta", "new tag:"),
        ("new tag:e", "new tag:easy"),
        ("kind:cl", "kind:cloze"),
        ("topic:ch", "topic:chain-rule"),
        ("unit:po", "unit:powers"),
        ("laps", "lapses>"),
        ("xyz", None),
    ],
)
def test_a_word_is_completed(text, offered):
    assert completion(text, {"easy", "hard"}, {"chain-rule"}, ["ideas", "powers"]) == offered


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("s", ["suspended", "sine-of-a-square"]),
        ("-s", ["-suspended", "-sine-of-a-square"]),
        ("tag:", ["tag:easy", 'tag:"two words"']),
        ("-tag:e", ["-tag:easy"]),
        ("topic:", ["topic:chain-rule"]),
        ("-unit:", ["-unit:ideas", "-unit:powers"]),
        ("sine-of-a-square", []),
        ("other:x", []),
    ],
)
def test_all_terms_that_begin_with_a_word(word, offered):
    assert (
        known_terms(word, {"easy", "two words"}, {"chain-rule"}, {"sine-of-a-square"}, ["ideas", "powers"]) == offered
    )


def test_a_searched_word_that_is_nearly_a_known_one_is_noticed():
    assert described(parse_query("leeches")) == "leech"
    assert described(parse_query("flagged")) == "flag"
    assert described(parse_query("sine due")) == ""


def test_missing_cards_are_found_only_on_request():
    assert parse_query("missing tag:x").of_missing
    assert not parse_query("-missing").of_missing


def test_or_separates_alternatives_and_binds_less_than_terms_side_by_side():
    due, leech, easy = Term(CardStatus.DUE), Term(CardStatus.LEECH), Term(FieldEquals(QueryField.TAG, "easy"))
    assert parse_query("due tag:easy OR leech") == Query((due, easy), ((leech,),))
    assert parse_query("due OR leech OR tag:easy") == Query((due,), ((leech,), (easy,)))
    assert parse_query("due OR leech").narrowed(easy) == Query((due, easy), ((leech, easy),))
    assert parse_query("due or leech").terms[1] == Term(TextContains("or")), "only capitals are the operator"
    assert parse_query("topic:a OR topic:b").alternatives == tuple(
        (Term(FieldEquals(QueryField.TOPIC, topic)),) for topic in "ab"
    )
    assert parse_query("due OR missing").of_missing


@pytest.mark.parametrize(
    ("text", "span"), [("OR due", (0, 2)), ("due OR", (4, 6)), ("due OR OR new", (7, 9)), ("OR", (0, 2))]
)
def test_or_needs_a_term_on_each_side(text, span):
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    assert str(caught.value) == "OR goes between two terms; write a term on each side of it"
    assert caught.value.span == span


def test_while_an_alternative_is_typed_the_rest_is_found():
    assert readable_part("due OR") == parse_query("due")
    assert readable_part("due OR kind:der") == parse_query("due")
    assert readable_part("due OR leech OR") == parse_query("due OR leech")


@pytest.mark.parametrize("state", ["due", "new", "leech", "flag", "suspended", "buried", "missing"])
def test_a_state_is_a_word_of_its_own(state):
    with pytest.raises(QueryError) as caught:
        parse_query(f"is:{state}")
    assert str(caught.value) == f"unknown term is:{state}; did you mean {state}?"
