"""The deck on the disk has the declared tables, and a migration is there as a whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_size import sample_size
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.exc import OperationalError

from mnemosyne.store import tables
from mnemosyne.store.engine import migrate, open_deck, reading, version_of
from mnemosyne.store.migrations import MIGRATIONS, Migration
from mnemosyne.store.tables import SCHEMA_VERSION

STEPS = sum(len(migration.statements) + 5 for migration in MIGRATIONS)  # begin, version, two headers, commit
KEEPS_THE_TALLY = {"counted", "tally_logged", "tally_changing", "tally_changed", "tally_left", "tally_joined"}


def schema(engine: Engine) -> dict[str, str]:
    """Return what creates each table, index, view and trigger, without spaces, which mean nothing."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: re.sub(r"\s+", "", sql) for name, sql in rows}


def test_the_migrations_make_the_declared_tables(deck: Engine):
    declared = create_engine("sqlite://")
    tables.card.metadata.create_all(declared, tables=list(tables.TABLES))
    migrated_schema = schema(deck)
    assert {name: sql for name, sql in migrated_schema.items() if name not in KEEPS_THE_TALLY} == schema(declared)
    assert migrated_schema.keys() >= KEEPS_THE_TALLY
    declared.dispose()


def test_the_versions_count_up_from_one():
    assert [migration.version for migration in MIGRATIONS] == list(range(1, SCHEMA_VERSION + 1))


def test_migrating_again_does_nothing(deck: Engine):
    before = schema(deck)
    migrate(deck)
    assert schema(deck) == before


def test_only_the_missing_versions_are_applied(deck: Engine):
    later = Migration(len(MIGRATIONS) + 1, ("CREATE TABLE later (id INTEGER)",))
    migrate(deck, (later,))
    with reading(deck) as connection:
        assert version_of(connection) == later.version
    assert "later" in inspect(deck).get_table_names()


def test_a_migration_that_fails_leaves_the_version_before(deck: Engine):
    before = schema(deck)
    broken = Migration(len(MIGRATIONS) + 1, ("CREATE TABLE later (id INTEGER)", "CREATE TABLE card (id TEXT)"))
    with pytest.raises(OperationalError, match="table card already exists"):
        migrate(deck, (broken,))
    with reading(deck) as connection:
        assert version_of(connection) == len(MIGRATIONS)
    assert schema(deck) == before


@pytest.mark.thorough
@pytest.mark.sampled
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("step", [*range(1, STEPS, 12 // sample_size(1, 12)), STEPS, STEPS + 1, STEPS + 2])
def test_a_deck_whose_creation_was_killed_is_made_by_the_next_start(
    path: Path, tmp_path: Path, step: int, die_at: Callable, make_card: Callable
):
    died = die_at(step, lambda: open_deck(path))
    assert died == (step <= STEPS)
    engine, fresh = open_deck(path), open_deck(tmp_path / "fresh.sqlite")
    assert schema(engine) == schema(fresh)
    engine.dispose()
    fresh.dispose()
