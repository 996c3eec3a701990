"""The theme and keys in the settings, checked against the themes, commands and keys that exist."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.errors import SettingsError
from mnemosyne.settings import Settings
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import BY_ID, COMMANDS
from mnemosyne.tui.preferences import THEME_NAMES, approve, check_preferences, keymap, keys_now, setting_fault

DARK = "mnemosyne-dark"


def refusal(theme: str = DARK, **keys: str) -> str:
    problem = setting_fault(theme, {name.replace("_", "-"): key for name, key in keys.items()})
    return f"{problem.name}: {problem.message}; {problem.hint}" if problem else ""


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_every_theme_is_accepted(theme):
    assert refusal(theme) == ""


def test_an_unknown_theme_is_refused():
    assert refusal("dracular") == "theme: there is no theme dracular; did you mean dracula?"
    assert refusal("x").startswith(
        "theme: there is no theme x; choose from: mnemosyne-dark, mnemosyne-light, ansi-dark, "
    )


@pytest.mark.parametrize(
    "key", ["x", "X", "f5", "ctrl+r", "shift+f3", "alt+x", ";", ",", "comma", "é", "left", "f12,y"]
)
def test_a_key_is_a_letter_or_a_name(key):
    assert refusal(reset=key) == ""


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"undoo": "x"}, "keys.undoo: there is no command undoo; did you mean undo?"),
        ({"zzz": "x"}, "keys.zzz: there is no command zzz; press F1 in `mnemosyne` to list them"),
        ({"undo": "ctr+t"}, "keys.undo: there is no key ctr+t; did you mean ctrl+t?"),
        ({"undo": "escap"}, "keys.undo: there is no key escap; did you mean escape?"),
        ({"undo": "bogus_key"}, "keys.undo: there is no key bogus_key; keys are written like f5, ctrl+t or u"),
        ({"undo": "u,"}, "keys.undo: there is no key u,; keys are written like f5, ctrl+t or u"),
        (
            {"undo": "f2"},
            "keys.undo: F2 is already used by 'hint'; pick another key, or rebind 'hint' first",
        ),
        (
            {"lesson": "u"},
            "keys.lesson: u is already used by 'undo'; pick another key, or rebind 'undo' first",
        ),
        (
            {"hint": "f12", "show": "f12"},
            "keys.show: F12 is already used by 'hint'; pick another key, or rebind 'hint' first",
        ),
        (
            {"grade-0": "x", "undo": "x"},
            "keys.undo: x is already used by 'grade-0'; pick another key, or rebind 'grade-0' first",
        ),
    ],
)
def test_what_is_wrong_is_said_with_the_nearest_name(keys, message):
    assert refusal(**keys) == message


def test_keys_may_be_exchanged():
    assert refusal(hint="f3", show="f2") == ""


def test_one_key_may_have_commands_at_two_places():
    assert refusal(start="f12", hint="f12") == ""


def test_the_line_of_the_file_is_named(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("# mine\n[keys]\nflag = 'z'\nundo = 'z'\n", encoding="utf-8")
    settings = Settings(tmp_path, file, (), keys={"flag": "z", "undo": "z"})
    with pytest.raises(SettingsError) as caught:
        check_preferences(settings)
    assert str(caught.value) == (f"{file}:4: z is already used by 'flag'; pick another key, or rebind 'flag' first")


def test_what_is_about_to_be_written_is_checked_too(tmp_path):
    approve(tmp_path / "config.toml", {"theme": "nord", "keys": {"undo": "x"}, "plain": True})
    with pytest.raises(SettingsError, match="there is no theme nort; did you mean nord"):
        approve(tmp_path / "config.toml", {"theme": "nort"})


def test_commands_that_share_a_key_with_a_rebound_one_are_listed_with_their_own_keys():
    bindings = keymap({"check": "f12"})
    assert bindings["check"] == "f12"
    sharing = {command.id for command in COMMANDS if {"enter", "space"} & {*command.keys}}
    assert bindings.keys() == sharing
    assert {name: keys for name, keys in bindings.items() if name != "check"} == {
        name: ",".join(BY_ID[name].keys) for name in sharing - {"check"}
    }
    assert keymap({}) == {}


async def test_a_command_that_shares_a_key_with_a_rebound_one_keeps_it(started):
    async with started(keys={"check": "f12"}) as learner:
        await learner.type("2x cos(x^2)")
        assert "✓ Correct" not in await learner.press("enter")
        assert "✓ Correct" in await learner.press("f12")
        assert "1 done" in await learner.press("enter")


FREE = st.sampled_from(["f12", "f13", "f14", "ctrl+r", "X"])


@given(st.dictionaries(st.sampled_from([command.id for command in COMMANDS if not command.per_key]), FREE))
def test_accepted_keys_clash_at_no_place(keys):
    if setting_fault(DARK, keys) is None:
        for place in CommandPlace:
            given_now = list(
                chain.from_iterable(keys_now(command, keys) for command in COMMANDS if place in command.places)
            )
            assert len(set(given_now)) == len(given_now), place
