"""Where new cards come from first: by a command or a setting, and never at the cost of a session without new cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hand_clock import HandClock
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.collection import Collection
from mnemosyne.collection.learning_unit import current_unit
from mnemosyne.errors import InputError
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.settings import Settings

FILES = {
    "01-the-idea.yaml": ("a", "b"),
    "02-sine_and_cosine.yaml": ("c", "d"),
    "03-roots.yaml": ("e", "f"),
}
ALL = ["a", "b", "c", "d", "e", "f"]


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    folder = tmp_path_factory.mktemp("units")
    topic = folder / "cards" / "chains"
    topic.mkdir(parents=True)
    for name, ids in FILES.items():
        cards = [f"  - {{id: {id_}, kind: recall, ask: {id_}?, answer: A., tags: [{tag(id_)}]}}\n" for id_ in ids]
        (topic / name).write_text("cards:\n" + "".join(cards), encoding="utf-8")
    settings = Settings(folder / "data", folder / "config.toml", (folder / "cards",))
    with Collection(settings, HandClock()) as collection:
        yield collection


def tag(card_id: str) -> str:
    return "odd" if card_id in "ace" else "even"


def ids_asked(collection: Collection, plan: SessionPlan) -> list[str]:
    session = collection.session(plan)
    ids = []
    while session.question is not None:
        ids.append(session.question.card.id)
        session.bury()
    while collection.repository.last_event() is not None:
        collection.repository.undo(collection.repository.last_event())
    return ids


@pytest.mark.parametrize(
    ("source", "first"),
    [
        ("unit:2", ["c", "d"]),
        ("unit:roots", ["e", "f"]),
        ("unit:sine and cosine", ["c", "d"]),
        ("unit:Sine-and-cosine", ["c", "d"]),
        ("tag:even", ["b", "d", "f"]),
    ],
)
def test_its_new_cards_come_first_and_the_others_after_them(units: Collection, source: str, first: list[str]) -> None:
    rest = [card_id for card_id in ALL if card_id not in first]
    assert ids_asked(units, SessionPlan(new_from=source)) == [*first, *rest]
    units.settings = replace(units.settings, new_from=source)
    try:
        assert ids_asked(units, SessionPlan()) == [*first, *rest]
        assert current_unit(units).cards == 2
        assert ids_asked(units, SessionPlan(new_from="unit:1")) == ALL, "the command overrides the settings"
    finally:
        units.settings = replace(units.settings, new_from=None)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("unit:root", "there is no unit root; did you mean roots?"),
        ("unit:9", "there is no unit 9; choose a number from 1 to 3, or a name such as the-idea"),
        ("tag:evn", "no card has the tag evn; did you mean even?"),
    ],
)
def test_an_unknown_source_is_reported_by_the_command_and_ignored_in_the_settings(
    units: Collection, source: str, message: str
) -> None:
    with pytest.raises(InputError) as raised:
        units.session(SessionPlan(new_from=source))
    assert str(raised.value) == message
    units.settings = replace(units.settings, new_from=source)
    try:
        assert ids_asked(units, SessionPlan()) == ALL
    finally:
        units.settings = replace(units.settings, new_from=None)


@given(
    source=st.sampled_from(["", "unit:1", "unit:2", "unit:3", "tag:odd", "tag:even"]),
    limit=st.integers(0, 6),
    answer_count=st.integers(0, 6),
)
def test_the_source_changes_the_order_of_new_cards_and_never_how_many(
    units: Collection, source: str, limit: int, answer_count: int
) -> None:
    units.settings = replace(units.settings, new_per_day=limit)
    first = frozenset(ids_asked(units, SessionPlan(new_from=source))[: min(limit, answer_count)])
    again = ids_asked(units, SessionPlan(new_from=source))
    assert len(again) == limit
    assert len(set(again)) == limit
    assert first <= set(again)
    units.settings = replace(units.settings, new_per_day=10)


def test_a_session_is_as_long_as_the_settings_say_unless_the_command_says_otherwise(units: Collection) -> None:
    units.settings = replace(units.settings, session_minutes=20)
    try:
        assert units.session().plan.time == timedelta(minutes=20)
        assert units.session(SessionPlan(time=timedelta(minutes=5))).plan.time == timedelta(minutes=5)
    finally:
        units.settings = replace(units.settings, session_minutes=None)
    assert units.session().plan.time is None
