"""Every query between two answers, or for the home screen, is answered from an index, without reading a whole table."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from mnemosyne.review.ports import Scope
from mnemosyne.store import counts, progress_figures, queues, repository
from mnemosyne.store.engine import reading
from mnemosyne.store.queues import Statement

SCOPES = [Scope(), Scope(topic="t"), Scope(tag="g"), Scope(topic="t", tag="g")]
VALUES = {
    "day": "2024-03-10", "topic": "t", "tag": "g", "since": "2024-01-01", "until": "2024-03-10", "end": "2024-04-01",
    "lapses": 8, "this": "a", "card": "a",
}  # fmt: skip


def plan(engine: Engine, query: Statement) -> list[str]:
    compiled = query.compile(dialect=engine.dialect)
    values = compiled.construct_params(VALUES)
    with reading(engine) as connection:
        rows = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {compiled}", tuple(values[name] for name in compiled.positiontup)
        )
        return [row.detail for row in rows]


def whole_tables(steps: list[str]) -> list[str]:
    """Return the steps that read a stored table or index from end to end."""
    return [
        step
        for step in steps
        if step.startswith("SCAN") and not step.startswith(("SCAN anon", "SCAN back", "SCAN CONST"))
    ]


@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize("queue", [queues.due_cards, queues.new_cards], ids=["due", "new"])
def test_a_queue_is_one_stretch_of_one_index(deck: Engine, queue: Callable[[Scope], Statement], scope: Scope):
    steps = plan(deck, queue(scope))
    index = "card_topic (topic=? AND missing=?" if scope.topic else "card_queue (missing=?"
    assert steps[0].startswith(f"SEARCH card USING COVERING INDEX {index} AND suspended=? AND due")
    assert all("TEMP B-TREE" not in step for step in steps), "it comes in order"
    assert whole_tables(steps) == []


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_drills_are_found_from_the_grades_of_the_day(deck: Engine, scope: Scope):
    steps = plan(deck, queues.drills(scope))
    assert "SEARCH review USING COVERING INDEX review_low (study_day=?)" in steps
    assert any(step.startswith("SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)") for step in steps)
    assert whole_tables(steps) == []


@pytest.mark.parametrize(
    "name", [name for name, value in vars(repository).items() if name.isupper() and getattr(value, "is_select", False)]
)
def test_no_lookup_of_a_session_reads_a_whole_table(deck: Engine, name: str):
    # From the end, up to the first match; the only row there is.
    newest = ["SCAN review USING INDEX review_id"]
    single = {"_LAST": newest, "_LAST_HERE": newest, "_ASKED": ["SCAN pending"]}
    assert whole_tables(plan(deck, getattr(repository, name))) == single.get(name, [])


FIGURES = {
    "drills": counts._DRILLS,
    "forecast": counts._FORECAST,
    "streak": counts._DAYS_BACK,
    "days": progress_figures.DAYS.where(progress_figures.in_period),
    "misconceptions": progress_figures.MISCONCEPTION_DAYS,
    "leeches": progress_figures._LEECHES,
}


@pytest.mark.parametrize("figure", FIGURES)
def test_figures_read_a_stretch_of_an_index(deck: Engine, figure: str):
    assert whole_tables(plan(deck, FIGURES[figure])) == []


def test_the_counts_of_all_topics_read_one_index_in_order(deck: Engine):
    assert plan(deck, counts._topics(with_ahead=False))[0] == "SCAN card USING COVERING INDEX card_topic"


def test_whether_the_log_runs_ahead_of_the_clock_is_one_step_in_an_index(deck: Engine):
    assert plan(deck, queues.newest_day()) == ["SEARCH review USING COVERING INDEX review_day"]


def test_what_was_done_on_a_day_is_found_in_the_index(deck: Engine):
    assert plan(deck, queues.scheduled_counts()) == ["SEARCH review USING COVERING INDEX review_day (study_day=?)"]
