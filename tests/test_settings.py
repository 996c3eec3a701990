"""Settings: each one with its default, what it accepts, and what is said of anything else."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import fields
from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.errors import SettingsError
from mnemosyne.review.rules import TopicLimits
from mnemosyne.settings import (
    SETTINGS,
    Settings,
    as_toml,
    bundled_cards,
    folder,
    load_settings,
    misplaced,
    read_file,
    read_lines,
    reread,
    toml_value,
    write_setting,
)
from mnemosyne.settings.declared import TOPIC_SETTINGS


def write_config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_are_declared_once():
    defaults = Settings(Path("data"), Path("config"), ())
    assert {setting.attribute: setting.default for setting in SETTINGS} == {
        field.name: getattr(defaults, field.name) for field in fields(Settings)[3:]
    }


def test_the_settings_of_a_topic_are_the_fields_of_its_limits():
    assert [*TOPIC_SETTINGS] == [field.name for field in fields(TopicLimits)]
    assert {setting.default for setting in TOPIC_SETTINGS.values()} == {None}


def test_a_missing_file_means_the_defaults(tmp_path):
    assert read_file(tmp_path / "config.toml") == {}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("day_start = '03:30'", time(3, 30)),
        ("day_start = 03:30:00", time(3, 30)),
        ("new_per_day = 0", 0),
        ("reviews_per_day = 9999", 9999),
        ("order = 'mixed'", "mixed"),
        ("shuffle = false", False),
        ("scheduler = 'sm2'", "sm2"),
        ("second_try = false", False),
        ("target = 30", timedelta(seconds=30)),
        ("deadline = 0.5", timedelta(seconds=0.5)),
        ("leech_lapses = 4", 4),
        ("theme = 'mnemosyne-light'", "mnemosyne-light"),
        ("keys = {undo = 'ctrl+u'}", {"undo": "ctrl+u"}),
        ("plain = true", True),
        ("topics.chain-rule.new_per_day = 5", {"chain-rule": {"new_per_day": 5}}),
        ("[topics.chain-rule]\nreviews_per_day = 0", {"chain-rule": {"reviews_per_day": 0}}),
        ("topics.chain-rule.exam = 2026-12-18", {"chain-rule": {"exam": date(2026, 12, 18)}}),
        ("topics.chain-rule.exam = '2026-12-18'", {"chain-rule": {"exam": date(2026, 12, 18)}}),
        ("fuzz = true", True),
    ],
)
def test_a_value_is_read(tmp_path, line, value):
    assert list(read_file(write_config(tmp_path, line)).values()) == [value]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("new_per_dya = 3", "unknown setting new_per_dya; did you mean new_per_day?"),
        ("day_start = '25:00'", "day_start must be a time of day such as '04:00'; the default is '04:00'"),
        ("day_start = 04:00:30", "day_start must be a time of day such as '04:00'; the default is '04:00'"),
        ("day_start = 04:00:00.5", "day_start must be a time of day such as '04:00'; the default is '04:00'"),
        ("day_start = 4", "day_start must be a time of day such as '04:00'; the default is '04:00'"),
        ("new_per_day = -1", "new_per_day must be a whole number from 0 to 9999; the default is 10"),
        ("new_per_day = true", "new_per_day must be a whole number from 0 to 9999; the default is 10"),
        ("order = 'random'", "order must be 'due-first' or 'mixed'; the default is 'due-first'"),
        ("shuffle = 'no'", "shuffle must be true or false; the default is true"),
        ("fuzz = 'on'", "fuzz must be true or false; the default is false"),
        ("scheduler = 'sm5'", "scheduler must be 'sm2' or 'fsrs'; the default is 'sm2'"),
        ("desired_retention = 1", "desired_retention must be a number from 0.7 to 0.97; the default is 0.9"),
        ("desired_retention = nan", "desired_retention must be a number from 0.7 to 0.97; the default is 0.9"),
        ("desired_retention = '90 %'", "desired_retention must be a number from 0.7 to 0.97; the default is 0.9"),
        ("target = 0", "target must be a number of seconds from 1 to 3600; the default is unset"),
        ("deadline = nan", "deadline must be a number of seconds from 0.05 to 60; the default is 3"),
        ("sync.folder = ''", "sync.folder must be the path of a folder; the default is unset"),
        (
            "sync.folder = 'Sync'",
            "sync.folder must be a full path, such as ~/Sync/mnemosyne; the default is unset",
        ),
        (
            f"sync.folder = '/tmp/{'é' * 128}'",
            "sync.folder must be a path of at most 3,500 bytes, with names of at most 255; the default is unset",
        ),
        (
            f"sync.folder = '{'/sync' * 701}'",
            "sync.folder must be a path of at most 3,500 bytes, with names of at most 255; the default is unset",
        ),
        (
            'sync.folder = "/tmp/a\\u0000b"',
            "sync.folder must be a path; this one has a NUL in it; the default is unset",
        ),
        ("theme = ''", "theme must be text; the default is 'mnemosyne-dark'"),
        (
            "topics = 5",
            "topics must be a table for each topic, such as topics.chain-rule.new_per_day = 5; the default is {}",
        ),
        (
            "topics.new_per_day = 5",
            "topics must be a table for each topic, such as topics.chain-rule.new_per_day = 5; the default is {}",
        ),
        (
            "topics.a.order = 5",
            "topics.a.order is not a setting of a topic; choose from: new_per_day, reviews_per_day, exam",
        ),
        (
            "topics.a.new_per_day = -1",
            "topics.a.new_per_day must be a whole number from 0 to 9999; the default is unset",
        ),
        ("topics.a.exma = 1", "topics.a.exma is not a setting of a topic; did you mean exam?"),
        ("topics.a.exam = 18", "topics.a.exam must be a date such as 2026-12-18; the default is unset"),
        ("topics.a.exam = '2026-02-30'", "topics.a.exam must be a date such as 2026-12-18; the default is unset"),
        (
            "topics.a.exam = 2026-12-18T09:00:00",
            "topics.a.exam must be a date such as 2026-12-18; the default is unset",
        ),
        ("keys = ['u']", "keys must be a table of commands and keys, such as undo = 'u'; the default is {}"),
    ],
)
def test_a_bad_value_is_reported_with_its_line_and_remedy(tmp_path, line, message):
    path = write_config(tmp_path, f"# mine\n\n{line}\n")
    with pytest.raises(SettingsError) as caught:
        read_file(path)
    assert str(caught.value) == f"{path}:3: {message}"
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "line", "entry"),
    [
        ("[topics.a]\nexam = 2026-12-18\n\n[topics.b]\nexam = 5\n", 5, "b"),
        ("topics.a.exam = 2026-12-18\ntopics.b.exam = 5\n", 2, "b"),
        ("[topics]\na = {exam = 2026-12-18}\nb = {exam = 5}\n", 3, "b"),
    ],
)
def test_a_bad_value_of_a_topic_has_its_own_line(tmp_path, text, line, entry):
    path = write_config(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        read_file(path)
    message = f"topics.{entry}.exam must be a date such as 2026-12-18; the default is unset"
    assert str(caught.value) == f"{path}:{line}: {message}"


def test_a_broken_file_is_reported_with_its_line(tmp_path):
    path = write_config(tmp_path, "new_per_day =\n")
    with pytest.raises(SettingsError) as caught:
        read_file(path)
    assert str(caught.value).startswith(f"{path}: not TOML: ")
    path.write_bytes(b"theme = '\xff'")
    with pytest.raises(SettingsError) as caught:
        read_file(path)
    assert str(caught.value) == f"{path}: not UTF-8 at byte 10; save the file as UTF-8"


def test_home_contains_everything(tmp_path):
    settings = load_settings(tmp_path, None, {})
    assert settings.deck_path == tmp_path / "deck.sqlite"
    assert settings.config_file == tmp_path / "config.toml"
    assert settings.card_folders == (tmp_path / "cards", bundled_cards())


def test_options_come_before_the_environment(tmp_path):
    (tmp_path / "mine").mkdir()
    environment = {"MNEMOSYNE_HOME": str(tmp_path / "other"), "MNEMOSYNE_CARDS": str(tmp_path / "mine")}
    assert load_settings(None, None, environment).data_dir == tmp_path / "other"
    assert load_settings(tmp_path / "home", None, environment).data_dir == tmp_path / "home"
    assert load_settings(None, None, environment).card_folders == (tmp_path / "mine",)


def test_the_topics_of_all_devices_come_after_own_ones_and_before_the_bundled(tmp_path):
    shared = tmp_path / "shared"
    write_config(tmp_path, f"sync.folder = '{shared}'\n")
    settings = load_settings(tmp_path, None, {})
    assert settings.card_folders == (tmp_path / "cards", shared / "topics", bundled_cards())
    assert reread(settings).card_folders == settings.card_folders
    (tmp_path / "mine").mkdir()
    assert load_settings(tmp_path, tmp_path / "mine", {}).card_folders == (tmp_path / "mine",)


def test_without_a_home_the_platform_decides(monkeypatch, tmp_path):
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    settings = load_settings(None, None, {"MNEMOSYNE_HOME": ""})
    assert settings.data_dir.name == "mnemosyne"
    assert settings.config_file.name == "config.toml"


@pytest.mark.parametrize("name", ["MNEMOSYNE_HOME", "MNEMOSYNE_CARDS"])
def test_the_home_of_an_unknown_user_is_refused(name):
    with pytest.raises(SettingsError) as caught:
        load_settings(None, None, {name: "~nobody-at-all/x"})
    assert str(caught.value) == (f"{name}: ~nobody-at-all/x is the home of an unknown user; write the full path")


def test_the_users_own_home_is_found(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert load_settings(None, None, {"MNEMOSYNE_HOME": "~/x"}).data_dir == tmp_path / "x"
    assert folder("~") == tmp_path


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf# mine\r\nnew_per_day = 3\r\n")
    assert read_file(path) == {"new_per_day": 3}
    assert read_lines(path) == {"new_per_day": 2}
    write_setting(path, "shuffle", "false")
    assert read_file(path) == {"new_per_day": 3, "shuffle": False}


@given(
    st.lists(st.sampled_from(["", "# mine", "new_per_day = 3  # few", "\tplain=true", "theme = 'nord'"]), unique=True),
    st.sampled_from(["", "[keys]", "keys = {}", "[keys]\nundo = 'x'"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
    st.booleans(),
)
def test_a_setting_is_written_with_the_line_endings_and_the_byte_order_mark_of_the_file(lines, keys, end, mark, closed):
    lines = [*lines, *keys.splitlines()]
    before = mark + end.join(lines) + (end if closed and lines else "")
    with TemporaryDirectory() as place:
        path = Path(place) / "config.toml"
        path.write_bytes(before.encode())
        write_setting(path, "shuffle", "false")
        write_setting(path, "keys.flag", "m")
        content = path.read_bytes().decode()
    assert content.startswith(mark)
    assert content.count("\ufeff") == len(mark)
    ends = {end} if end in before else {"\n"}
    assert {line[len(line.rstrip("\r\n")) :] for line in content.splitlines(keepends=True)} <= ends | {""}
    assert set(lines) - {"keys = {}"} <= set(content.removeprefix(mark).splitlines())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"# mine\r\nnew_per_day = 3\r\n", b"# mine\r\nnew_per_day = 4\r\n"),
        (b"# mine\r\n", b"# mine\r\nnew_per_day = 4\r\n"),
        (b"\xef\xbb\xbf# mine\r\n", b"\xef\xbb\xbf# mine\r\nnew_per_day = 4\r\n"),
        (b"# mine\nplain = true\r\n", b"# mine\nplain = true\r\nnew_per_day = 4\n"),
        (b"", b"new_per_day = 4\n"),
    ],
)
def test_existing_lines_keep_their_endings(tmp_path, before, after):
    (tmp_path / "config.toml").write_bytes(before)
    write_setting(tmp_path / "config.toml", "new_per_day", "4")
    assert (tmp_path / "config.toml").read_bytes() == after


@pytest.mark.parametrize(
    "text",
    [
        "3\nfuzz=true",
        "3, fuzz = true",
        "3}\nfuzz = {a = 1",
        "3}, fuzz = {a = 1",
        "3 # new",
        "[" * 5000,
        "9" * 5000,
        "",
        "\ud800",
    ],
)
def test_anything_but_one_value_is_a_text(text):
    assert toml_value(text) == text


@given(
    st.text(max_size=20)
    | st.lists(st.sampled_from(["3", "\n", "fuzz", "=", "true", "{", "}", ",", "#", "'"])).map("".join)
)
def test_a_setting_is_written_whole_or_not_at_all(text):
    with TemporaryDirectory() as place:
        path = Path(place) / "config.toml"
        with suppress(SettingsError):
            write_setting(path, "new_per_day", text)
        assert not path.exists() or set(read_file(path)) <= {"new_per_day"}


def test_the_bundled_topic_is_there():
    assert (bundled_cards() / "chain-rule" / "topic.yaml").is_file()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_default_is_written_as_it_is_shown_and_read_again(setting):
    assert as_toml(setting.default) == setting.default_text
    if setting.default is not None:
        assert setting.read(toml_value(setting.default_text)) == setting.default


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_choice_is_a_value(setting):
    assert [as_toml(setting.read(toml_value(choice))).strip("'") for choice in setting.value_type.choices] == list(
        setting.value_type.choices
    )


def test_a_table_is_written_as_one():
    assert as_toml({"undo": "x", "flag": "f7,m"}) == "{undo = 'x', flag = 'f7,m'}"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", {}),
        ("# shuffle = false\nshuffle = true\n", {"shuffle": 2}),
        ("keys = {undo = 'x', flag = 'm'}\n", {"keys": 1, "keys.undo": 1, "keys.flag": 1}),
        ("[keys]\n# undo = 'y'\nflag = 'm'\n\"undo\" = 'x'\n", {"keys": 1, "keys.flag": 3, "keys.undo": 4}),
        ("plain = true\nkeys.undo = 'x'\n", {"plain": 1, "keys": 2, "keys.undo": 2}),
    ],
)
def test_the_line_of_every_setting_in_the_file(tmp_path, text, lines):
    assert read_lines(write_config(tmp_path, text)) == lines


def test_without_a_file_no_line_is_known(tmp_path):
    assert read_lines(tmp_path / "config.toml") == {}


def test_faults_found_elsewhere_get_their_line_too(tmp_path):
    path = write_config(tmp_path, "plain = true\n[keys]\nundo = 'zz'\n")
    error = misplaced(path, "keys.undo", "there is no key zz", "write f5")
    assert (str(error), error.exit_code) == (f"{path}:3: there is no key zz; write f5", 2)


def test_a_file_is_read_again_and_the_folders_stay(tmp_path):
    before = load_settings(tmp_path, None, {})
    write_config(tmp_path, "new_per_day = 3\n")
    after = reread(before)
    assert (before.new_per_day, after.new_per_day) == (10, 3)
    assert (after.data_dir, after.card_folders) == (before.data_dir, before.card_folders)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX systems have named pipes and devices")
def test_a_pipe_a_device_or_a_huge_file_is_not_read_as_settings(tmp_path):
    os.mkfifo(tmp_path / "config.toml")
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, None, {})
    message = "this is not a regular file; make it a file that can be read, or remove it"
    assert str(caught.value) == f"{tmp_path / 'config.toml'}: {message}"
    (tmp_path / "config.toml").unlink()
    (tmp_path / "config.toml").symlink_to("/dev/zero")
    with pytest.raises(SettingsError, match="this is not a regular file"):
        load_settings(tmp_path, None, {})
    (tmp_path / "config.toml").unlink()
    with (tmp_path / "config.toml").open("wb") as file:
        file.truncate(1 << 32)
    with pytest.raises(SettingsError, match=r"larger than 1,000,000 bytes; check that this is the settings file$"):
        load_settings(tmp_path, None, {})


@pytest.mark.parametrize("content", [None, b"# mine\r\n"])
def test_a_setting_that_another_program_writes_meanwhile_stays(tmp_path, content):
    path = tmp_path / "config.toml"
    if content is not None:
        path.write_bytes(content)
    asked = []

    def meanwhile(*_):
        asked.append("approval")
        if len(asked) == 1:
            write_setting(path, "shuffle", "false")

    write_setting(path, "new_per_day", "4", meanwhile)
    end = "\n" if content is None else "\r\n"
    assert path.read_bytes().decode() == f"{(content or b'').decode()}shuffle = false{end}new_per_day = 4{end}"
    assert len(asked) == 2, "what is written in the end is approved"
