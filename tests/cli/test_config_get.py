"""`config get` and `config path`: every setting with its meaning and its line in the file, for people and programs."""

from __future__ import annotations

import json

import pytest

from mnemosyne.settings import SETTINGS


@pytest.fixture
def file(home):
    home.mkdir()
    return home / "config.toml"


def test_all_settings_with_their_meaning_and_origin(mnemosyne, file):
    file.write_text("# mine\nnew_per_day = 3\n\n[keys]\nundo = 'x'\n", encoding="utf-8")
    run = mnemosyne("config", "get")
    lines = run.out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == [setting.name for setting in SETTINGS]
    assert "new_per_day = 3           # new cards per study day (line 2)" in lines
    assert "keys = {undo = 'x'}       # your own keys for commands (line 4)" in lines
    assert "shuffle = true            # shuffle due cards each study day (default)" in lines
    assert mnemosyne("config").out == run.out


def test_as_json(mnemosyne, file):
    file.write_text("keys = {undo = 'x'}\ndeadline = 1.5\n", encoding="utf-8")
    document = json.loads(mnemosyne("config", "get", "--json").out)
    assert list(document) == [setting.name for setting in SETTINGS]
    assert (document["day_start"], document["deadline"], document["target"]) == ("04:00", 1.5, None)
    assert json.loads(mnemosyne("config", "get", "keys", "--json").out) == {"undo": "x"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("day_start", "04:00"),
        ("shuffle", "true"),
        ("target", "unset"),
        ("keys", "{undo = 'x'}"),
        ("keys.undo", "x"),
        ("keys.flag", "unset"),
    ],
)
def test_a_single_setting(mnemosyne, file, name, text):
    file.write_text("keys = {undo = 'x'}\n", encoding="utf-8")
    assert mnemosyne("config", "get", name).out == f"{text}\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("new_per_dya", "unknown setting new_per_dya; did you mean new_per_day?"),
        ("shuffle.x", "unknown setting shuffle.x; shuffle has no settings inside it: write shuffle alone"),
    ],
)
def test_an_unknown_name_gets_a_suggestion(mnemosyne, name, message):
    run = mnemosyne("config", "get", name)
    assert (run.status, run.out, run.err) == (2, "", f"mnemosyne: {message}\n")


def test_the_path_is_printed_whether_or_not_there_is_a_file(mnemosyne, home):
    assert mnemosyne("config", "path").out == f"{home / 'config.toml'}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\nnew_per_dya = 3\n", "2: unknown setting new_per_dya; did you mean new_per_day?"),
        ("# a\n# b\nshuffle = 'no'\n", "3: shuffle must be true or false; the default is true"),
        (
            "[keys]\nundo = 3\n",
            "1: keys must be a table of commands and keys, such as undo = 'u'; the default is {}",
        ),
    ],
)
def test_a_file_with_a_fault_is_named_with_its_line(mnemosyne, file, text, message):
    file.write_text(text, encoding="utf-8")
    run = mnemosyne("config", "get")
    assert (run.status, run.out, run.err) == (2, "", f"mnemosyne: {file}:{message}\n")
