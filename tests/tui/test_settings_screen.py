"""The settings screen: each setting changed in place, checked, written with the file's comments kept, and in force."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_size import others_thorough, sample
from textual import events

from mnemosyne import atomic_write
from mnemosyne.settings import SETTINGS, TOPIC_SETTINGS, EntryForm
from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.commands import COMMANDS
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.screens.settings import SettingsScreen
from mnemosyne.tui.widgets.setting_entry import SettingEntry


@pytest.fixture
def file(place):
    return place.settings.config_file


async def go_to(learner, name: str) -> SettingEntry:
    """Move to the entry of a setting."""
    entry = next(entry for entry in learner.app.screen.query(SettingEntry) if entry.row.name == name)
    entry.focus()
    await learner.settle()
    return entry


async def test_every_setting_and_every_command_is_there(started):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        names = [entry.row.name for entry in learner.app.screen.query(SettingEntry)]
        plain = [
            setting.name for setting in SETTINGS if setting.value_type.form not in (EntryForm.KEYS, EntryForm.TABLES)
        ]
        of_topic = [f"topics.chains.{name}" for name in TOPIC_SETTINGS]
        assert names == plain + of_topic + [f"keys.{command.id}" for command in COMMANDS if not command.per_key]


@pytest.mark.thorough
async def test_what_is_typed_in_a_burst_after_enter_is_the_value(started, file):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        await go_to(learner, "new_per_day")
        for name in ("enter", "backspace", "backspace", "3", "7", "enter"):
            learner.app.post_message(events.Key(name, name if len(name) == 1 else None))
        await learner.settle()
        assert "▸ new_per_day           37" in learner.screen()
    assert file.read_text(encoding="utf-8") == "new_per_day = 37\n"


@pytest.mark.thorough
async def test_the_limits_and_the_exam_of_a_topic_are_set_and_unset(started, file):
    file.write_text("# mine\n[topics.chains]\nreviews_per_day = 50\n", encoding="utf-8")
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        await go_to(learner, "topics.chains.reviews_per_day")
        page = learner.screen()
        assert "Topic: Chains" in page
        assert "limits of this topic, within the overall ones, and the day of its exam" in page
        assert "▸ reviews_per_day       50" in page
        assert "due cards of this topic per study day · line 3 of the file, default unset" in " ".join(page.split())
        await go_to(learner, "topics.chains.exam")
        page = await learner.press("enter", *"18.12.", "enter")
        assert "✗ must be a date such as 2026-12-18" in page
        page = await learner.press("escape", "enter", *"2026-12-18", "enter")
        assert "▸ exam                  2026-12-18" in page
        await go_to(learner, "topics.chains.reviews_per_day")
        page = await learner.press("r")
        assert "▸ reviews_per_day       unset" in page
    assert file.read_text(encoding="utf-8") == "# mine\n[topics.chains]\nexam = 2026-12-18\n"


@pytest.mark.thorough
async def test_a_topic_that_only_the_file_has_is_listed_once_the_file_is_read_again(started, file, place):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        file.write_text("topics.limits.new_per_day = 3\n", encoding="utf-8")
        await go_to(learner, "shuffle")
        await learner.press("enter")
        entry = await go_to(learner, "topics.limits.new_per_day")
        assert entry.row.value == "3"
        assert "Topic: Limits" in learner.screen()


@pytest.mark.thorough
async def test_keys_move_from_entry_to_entry(started):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        entries = list(learner.app.screen.query(SettingEntry))

        async def entry_after(*keys: str) -> int:
            await learner.press(*keys)
            return entries.index(learner.app.screen.focused)

        assert await entry_after("j", "down") == 2
        assert await entry_after("ctrl+d") == 6
        assert await entry_after("ctrl+u", "k", "up", "up") == 0
        assert await entry_after("G") == len(entries) - 1
        assert await entry_after("g") == 0
        assert await entry_after("tab") == 1


@pytest.mark.thorough
async def test_keys_pressed_in_haste_go_where_they_belong(started, file):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        for key in ("j", "j", "j", "enter"):
            learner.app.simulate_key(key)
        await learner.settle()
        assert "▸ order                 ○ due-first  ● mixed" in learner.screen()
    assert file.read_text(encoding="utf-8") == 'order = "mixed"\n'


async def test_an_entry_shows_value_meaning_default_origin_and_when_it_takes_effect(started, file):
    file.write_text("# mine\nnew_per_day = 7\n", encoding="utf-8")
    async with started(StartScreen.HOME) as learner:
        page = await learner.press("comma")
        assert "▸ day_start             04:00" in page
        assert "    when a study day begins · default · takes effect on restart" in page
        assert "  new_per_day           7\n" in page
        assert "new cards per study day · line 2 of the file, default 10 · takes effect" in page
        assert str(file.parent)[:40] in page


async def test_a_number_is_typed_and_written_with_the_comments_kept(started, file):
    file.write_text("# mine\nnew_per_day = 7  # few\n", encoding="utf-8")
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma", "j", "enter")
        page = await learner.press("1", "2")
        assert "Enter set  Esc back" in page
        page = await learner.press("enter")
        assert "▸ new_per_day           12" in page
        assert "Enter change  r reset  o open file  Esc back" in page
    assert file.read_text(encoding="utf-8") == "# mine\nnew_per_day = 12  # few\n"


BAD_VALUES = [
    ("day_start", "25:00", "✗ must be a time of day such as '04:00'"),
    ("new_per_day", "many", "✗ must be a whole number from 0 to 9999"),
    ("target", "0", "✗ must be a number of seconds from 1 to 3600"),
    ("leech_lapses", "", "✗ must be a whole number from 1 to 99"),
]


@pytest.mark.sampled
async def test_a_bad_value_is_refused_under_the_field_and_nothing_is_written(started, file):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        for name, typed, fault in sample(BAD_VALUES, 2):
            entry = await go_to(learner, name)
            await learner.press("enter", "backspace", *(sign if sign != ":" else "colon" for sign in typed))
            assert fault in await learner.press("enter"), name
            assert entry.changing, name
            assert fault not in await learner.press("escape"), name
            assert entry.has_focus, name
            assert isinstance(learner.app.screen, SettingsScreen), name
    assert not file.exists()


@pytest.mark.thorough
async def test_choices_are_stepped_through_in_both_directions_and_with_the_mouse(started, file):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        await go_to(learner, "shuffle")
        assert "○ on  ● off" in await learner.press("enter")
        assert "● on  ○ off" in await learner.press("left")
        assert "○ on  ● off" in await learner.press("space")
        row = next(at for at, line in enumerate(learner.screen().splitlines()) if "▸ shuffle" in line)
        await learner.pilot.click(offset=(28, row))
        await learner.settle()
        assert "● on  ○ off" in learner.screen()
    assert file.read_text(encoding="utf-8") == "shuffle = true\n"


@pytest.mark.thorough
async def test_fuzz_is_switched_on_for_the_next_session(started, file):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        entry = await go_to(learner, "fuzz")
        assert "● on  ○ off" in await learner.press("enter")
        assert "vary intervals a little" in learner.screen()
        assert entry.row.takes_effect == "takes effect in the next session"
    assert file.read_text(encoding="utf-8") == "fuzz = true\n"


async def test_a_file_that_cannot_be_written_is_reported_and_the_app_goes_on(started, file, monkeypatch):
    monkeypatch.setattr(atomic_write, "permits", lambda *_: False)  # the file is read-only, as root would not notice
    file.write_text("new_per_day = 7\n", encoding="utf-8")
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma", "j", "r")
        assert learner.notices == [
            f"{file}: Permission denied; free some space or correct the permissions, then try again."
        ]
        assert isinstance(learner.app.screen, SettingsScreen)
    assert file.read_text(encoding="utf-8") == "new_per_day = 7\n"


@pytest.mark.thorough
async def test_a_setting_is_reset_to_its_default(started, file):
    file.write_text("# few\nnew_per_day = 7\n", encoding="utf-8")
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        assert "▸ new_per_day           10" in await learner.press("j", "r")
        assert "new cards per study day · default" in learner.screen()
    assert file.read_text(encoding="utf-8") == "# few\n"


@pytest.mark.thorough
async def test_an_optional_value_left_empty_is_unset(started, file):
    file.write_text("target = 30\n", encoding="utf-8")
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        await go_to(learner, "target")
        assert "▸ target                unset" in await learner.press("enter", "backspace", "enter")
    assert file.read_text(encoding="utf-8") == ""


@pytest.mark.thorough
async def test_the_theme_changes_at_once(started, file):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        await go_to(learner, "theme")
        assert "◂ mnemosyne-light ▸  2 of 23" in await learner.press("right")
        assert learner.app.theme == "mnemosyne-light"
    assert file.read_text(encoding="utf-8") == 'theme = "mnemosyne-light"\n'


@pytest.mark.thorough
async def test_the_theme_of_the_moment_stays_when_another_setting_is_changed(started):
    async with started(StartScreen.HOME) as learner:
        await learner.press("f8", "comma")
        await go_to(learner, "shuffle")
        await learner.press("enter")
        assert learner.app.theme == "mnemosyne-light"


@pytest.mark.thorough
async def test_the_limits_apply_from_the_next_session(started):
    async with started(StartScreen.HOME) as learner:
        assert "starts  5 new" in learner.screen()
        await learner.press("comma", "j", "enter", "2", "enter")
        assert "starts  2 new" in await learner.press("escape")
        await learner.press("enter")
        assert "0 done · 2 left" in learner.screen()


async def test_a_key_is_pressed_and_works_at_once(started, file):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        await go_to(learner, "keys.leave")
        page = await learner.press("enter")
        assert "press the new key (Esc cancels)" in page
        assert "Enter set" not in page
        assert "▸ leave                 x" in await learner.press("x")
        assert "x quit" in await learner.press("escape")
    assert file.read_text(encoding="utf-8") == '[keys]\nleave = "x"\n'


@pytest.mark.thorough
async def test_a_key_that_another_command_has_is_refused(started, file):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        await go_to(learner, "keys.leave")
        page = await learner.press("enter", "u")
        assert "✗ u is already used by 'undo'; pick another key, or rebind" in page
        assert "another" in page
    assert not file.exists()


@pytest.mark.thorough
async def test_choosing_a_key_can_be_cancelled(started, file):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        entry = await go_to(learner, "keys.leave")
        await learner.press("enter")
        await learner.press("escape")
        assert not entry.changing
        assert isinstance(learner.app.screen, SettingsScreen)
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


@pytest.mark.thorough
async def test_a_file_broken_meanwhile_gives_one_line_and_the_old_settings_stay_in_force(started, place, file):
    place.settings = replace(place.settings, new_per_day=3)
    file.write_text("new_per_day = 'x'\n", encoding="utf-8")
    async with started(StartScreen.HOME) as learner:
        page = await learner.press("comma")
        expected = f"{file}:1: new_per_day must be a whole number from 0 to 9999; the default is 10."
        assert learner.notices == [expected]
        assert "  new_per_day           3\n" in page
        assert "new cards per study day · unchanged, default 10 · " in page
        await go_to(learner, "shuffle")
        await learner.press("enter")
        assert learner.notices == [expected], "the same is not said twice"
    assert file.read_text(encoding="utf-8") == "new_per_day = 'x'\n"


@pytest.mark.thorough
async def test_without_an_editor_o_says_so(started, monkeypatch):
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma", "o")
        assert learner.notices == ["No editor can be opened here; edit the file in another window."]


@pytest.mark.thorough
async def test_settings_are_in_the_palette(started):
    async with started(StartScreen.HOME) as learner:
        titles = [command.title for command in learner.app.get_system_commands(learner.app.screen)]
        assert {"Settings", "Themes", "Help", "Theme", "Quit"} <= set(titles)
        await learner.press("comma")
        titles = [command.title for command in learner.app.get_system_commands(learner.app.screen)]
        assert {"Change", "Reset", "Open file", "Back"} <= set(titles)
        assert "Keep" not in titles


@pytest.mark.thorough
@pytest.mark.parametrize("size", others_thorough([(60, 20), (200, 60)]))
async def test_it_fits_small_and_large_terminals(started, size):
    async with started(StartScreen.HOME, size=size) as learner:
        lines = (await learner.press("comma")).splitlines()
        assert len(lines) == size[1]
        assert "▸ day_start" in learner.screen()


@pytest.mark.thorough
async def test_another_scheduler_says_what_it_would_change_and_asks(started, place, file):
    with place.open() as collection:
        session = collection.session()
        session.give_up()
        session.grade(4)
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma")
        await go_to(learner, "scheduler")
        screen = await learner.press("right")
        assert "Change the due dates of cards?" in screen
        assert "0 cards sooner, 1 later; due today 0 → 0." in screen
        await learner.press("enter")  # keep the current one
        assert not file.exists()
        await learner.press("right")
        await learner.press("1", "enter")
        assert file.read_text(encoding="utf-8") == 'scheduler = "fsrs"\n'
