"""Commands: one declaration each, and what follows from it."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from mnemosyne.tui.app import MnemosyneApp
from mnemosyne.tui.command import CommandPlace, key_name, keys_text
from mnemosyne.tui.commands import BY_ID, COMMANDS, available
from mnemosyne.tui.screens.browse import BrowseScreen
from mnemosyne.tui.screens.card_details import CardScreen
from mnemosyne.tui.screens.damaged import DamagedScreen
from mnemosyne.tui.screens.dialog import Dialog
from mnemosyne.tui.screens.help import HelpScreen
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.screens.lesson import LessonScreen
from mnemosyne.tui.screens.pause import PauseScreen
from mnemosyne.tui.screens.review import ReviewScreen
from mnemosyne.tui.screens.settings import SettingsScreen
from mnemosyne.tui.screens.stats import StatsScreen
from mnemosyne.tui.screens.summary import SummaryScreen

SCREENS = {
    CommandPlace.HOME: HomeScreen,
    CommandPlace.ASKING: ReviewScreen,
    CommandPlace.JUDGED: ReviewScreen,
    CommandPlace.WORKING: ReviewScreen,
    CommandPlace.SUMMARY: SummaryScreen,
    CommandPlace.LESSON: LessonScreen,
    CommandPlace.STATS: StatsScreen,
    CommandPlace.BROWSE: BrowseScreen,
    CommandPlace.FINDING: BrowseScreen,
    CommandPlace.CARD: CardScreen,
    CommandPlace.HELP: HelpScreen,
    CommandPlace.SETTINGS: SettingsScreen,
    CommandPlace.CHANGING: SettingsScreen,
    CommandPlace.PAUSED: PauseScreen,
    CommandPlace.DIALOG: Dialog,
    CommandPlace.DAMAGED: DamagedScreen,
}


@pytest.mark.parametrize("place", CommandPlace)
def test_no_key_has_two_commands_at_one_place(place):
    keys = Counter(chain.from_iterable(command.keys for command in COMMANDS if place in command.places))
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_its_action_wherever_it_is_offered(command):
    for place in command.places:
        owner = MnemosyneApp if command.app_wide else SCREENS[place]
        assert callable(getattr(owner, f"action_{command.action}")), (command.id, place)


def test_ids_are_unique():
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_printable_keys_of_a_question_are_those_of_the_verdict_or_digits():
    """While an answer is typed, the answer line takes every printable key: a command needs one that works later, too.

    Digits choose an option where there is no answer line.
    """
    typed = {
        key for command in COMMANDS if CommandPlace.ASKING in command.places for key in command.keys if len(key) == 1
    }
    shared = {key for command in COMMANDS if CommandPlace.JUDGED in command.places for key in command.keys}
    assert typed - shared <= set("123456789")


def test_a_command_is_off_at_other_places():
    assert available("grade", CommandPlace.JUDGED)
    assert not available("grade", CommandPlace.ASKING)
    assert available("scroll_down", CommandPlace.ASKING), "an action that is not a command of ours is not restricted"


def test_keys_are_written_for_people():
    assert [key_name(key) for key in ("f2", "ctrl+z", "question_mark", "escape", "u", "delete", "G")] == [
        "F2",
        "Ctrl+Z",
        "?",
        "Esc",
        "u",
        "Delete",
        "G",
    ]
    assert keys_text(next(command for command in COMMANDS if command.id == "grade")) == "0-5"
    assert keys_text(BY_ID["scroll"]) == "j k g G ^D ^U"
    assert keys_text(BY_ID["undo"], ("f12", "comma")) == "F12, ,"


def test_the_palette_names_a_command_by_the_word_of_the_footer():
    """A learner who looks for `bury` in the palette must not have to know that its id is older than the word."""
    titles_and_labels = [(command.title, command.label) for command in COMMANDS if command.palette]
    assert [pair for pair in titles_and_labels if pair[1] not in pair[0].lower()] == []
    assert BY_ID["passage"].title == "Lesson section"
    assert not {title for title, _ in titles_and_labels if title.startswith(("Sign", "Choose", "Skip", "Passage"))}
