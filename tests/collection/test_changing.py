"""Settings changed while the program runs: written, in force from the next session, and never by a broken file."""

from __future__ import annotations

import pytest

from mnemosyne.collection import Collection
from mnemosyne.collection.changing import change, stated
from mnemosyne.errors import SettingsError
from mnemosyne.settings import load_settings


@pytest.fixture
def collection(tmp_path):
    with Collection(load_settings(tmp_path, None, {})) as collection:
        yield collection


def test_what_is_written_holds_from_the_next_session(collection):
    assert collection.session().progress.left == 10
    now = change(collection, "new_per_day", "3")
    assert (now.settings.new_per_day, now.lines, now.fault) == (3, {"new_per_day": 1}, None)
    assert collection.session().progress.left == 3


def test_fuzz_holds_from_the_next_session(collection):
    assert not collection.rules.fuzz
    change(collection, "fuzz", "true")
    assert collection.rules.fuzz


def test_what_will_not_do_is_not_written(collection):
    with pytest.raises(SettingsError, match="new_per_day must be a whole number from 0 to 9999"):
        change(collection, "new_per_day", "many")
    assert not collection.settings.config_file.exists()


def test_what_others_do_not_approve_is_not_written(collection):
    def refuse(values):
        raise SettingsError(f"not {values['theme']}")

    with pytest.raises(SettingsError, match="not nord"):
        change(collection, "theme", "nord", refuse)
    assert not collection.settings.config_file.exists()


def test_a_broken_file_changes_nothing(collection):
    change(collection, "new_per_day", "3")
    collection.settings.config_file.write_text("new_per_day =", encoding="utf-8")
    now = stated(collection)
    assert (now.settings.new_per_day, now.lines) == (3, {})
    assert str(now.fault).startswith(f"{collection.settings.config_file}: not TOML: ")
    assert collection.settings.new_per_day == 3


def test_an_edit_from_outside_is_taken_in(collection):
    collection.settings.config_file.write_text("# by hand\nnew_per_day = 4\n", encoding="utf-8")
    now = stated(collection)
    assert (now.settings.new_per_day, now.lines) == (4, {"new_per_day": 2})
    assert collection.settings.new_per_day == 4
