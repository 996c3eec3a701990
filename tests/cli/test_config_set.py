"""`config set`: one setting changed, the rest of the file as it was, and nothing written that is not valid."""

from __future__ import annotations

import json

import pytest

from mnemosyne.settings import SETTINGS


@pytest.fixture
def file(home):
    return home / "config.toml"


def test_the_first_setting_makes_the_file(mnemosyne, file):
    run = mnemosyne("config", "set", "new_per_day", "5")
    assert (run.status, run.out) == (0, "new_per_day = 5\n")
    assert file.read_text(encoding="utf-8") == "new_per_day = 5\n"


def test_comments_and_order_stay(mnemosyne, file):
    file.parent.mkdir(parents=True)
    file.write_text("# mine\nnew_per_day = 5  # few\n\n[keys]\nundo = 'z'\n", encoding="utf-8")
    assert mnemosyne("config", "set", "new_per_day", "7").status == 0
    assert mnemosyne("config", "set", "keys.flag", "m").status == 0
    assert file.read_text(encoding="utf-8") == "# mine\nnew_per_day = 7  # few\n\n[keys]\nundo = 'z'\nflag = \"m\"\n"


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("day_start", "05:30", "day_start = '05:30'"),
        ("order", "mixed", "order = 'mixed'"),
        ("second_try", "false", "second_try = false"),
        ("deadline", "1.5", "deadline = 1.5"),
        ("new_per_day", "0", "new_per_day = 0"),
        ("shuffle", "false", "shuffle = false"),
        ("target", "45", "target = 45"),
        ("leech_lapses", "4", "leech_lapses = 4"),
        ("theme", "nord", "theme = 'nord'"),
        ("plain", "true", "plain = true"),
    ],
)
def test_a_value_needs_no_quotes(mnemosyne, name, value, line):
    assert mnemosyne("config", "set", name, value).out == f"{line}\n"
    assert mnemosyne("config", "get", name).out == f"{value}\n"
    assert mnemosyne("config", "set", name, "unset").status == 0
    assert mnemosyne("config", "get", name).out != f"{value}\n"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("new_per_day", "many", "new_per_day must be a whole number from 0 to 9999; the default is 10"),
        ("new_per_dya", "unset", "unknown setting new_per_dya; did you mean new_per_day?"),
        ("", "unset", "NAME is empty: pass a value; see mnemosyne config set --help"),
        (
            "shuffle.x",
            "unset",
            "unknown setting shuffle.x; shuffle has no settings inside it: write shuffle alone",
        ),
        ("shuffle.x", "3", "unknown setting shuffle.x; shuffle has no settings inside it: write shuffle alone"),
        ("keys.", "u", "keys. names no command; write the command after the dot, such as keys.undo"),
        ("topics.", "5", "topics. names no topic; write the topic after the dot, such as topics.chain-rule"),
        (
            "topics.chain-rule",
            "5",
            "topics.chain-rule is not a setting of a topic; write new_per_day, reviews_per_day or exam after the topic",
        ),
        (
            "topics.chain-rule.new_per_day",
            "many",
            "topics.chain-rule.new_per_day must be a whole number from 0 to 9999; the default is unset",
        ),
        (".keys", "unset", f"unknown setting .keys; choose from: {', '.join(setting.name for setting in SETTINGS)}"),
        ("new_per_dya", "5", "unknown setting new_per_dya; did you mean new_per_day?"),
        ("theme", "nort", "there is no theme nort; did you mean nord?"),
        ("keys.undoo", "x", "there is no command undoo; did you mean undo?"),
        ("keys.undo", "ctr+t", "there is no key ctr+t; did you mean ctrl+t?"),
        (
            "keys.undo",
            "f2",
            "F2 is already used by 'hint'; pick another key, or rebind 'hint' first",
        ),
        (
            "keys.undo",
            "3",
            "3 is already used by 'mistake-3'; pick another key, or rebind 'mistake-3' first",
        ),
        ("new_per_day", "-3", "new_per_day must be a whole number from 0 to 9999; the default is 10"),
        ("new_per_day", "3\nfuzz=true", "new_per_day must be a whole number from 0 to 9999; the default is 10"),
        ("new_per_day", "3, fuzz = true", "new_per_day must be a whole number from 0 to 9999; the default is 10"),
        ("order", "random", "order must be 'due-first' or 'mixed'; the default is 'due-first'"),
    ],
)
def test_what_is_not_valid_is_refused_and_the_file_left_alone(mnemosyne, file, name, value, message):
    mnemosyne("config", "set", "shuffle", "false")
    before = file.read_bytes()
    run = mnemosyne("config", "set", name, value)
    assert (run.status, run.err) == (2, f"mnemosyne: {message}\n")  # without a line: the file has no such value
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("in_file", "message"),
    [
        ('keys = {undoo = "x"}', "there is no command undoo; did you mean undo?"),
        ('keys = {undo = "hm+"}', "there is no key hm+; keys are written like f5, ctrl+t or u"),
        ('theme = "nort"', "there is no theme nort; did you mean nord?"),
    ],
)
def test_a_fault_elsewhere_in_the_file_is_reported_with_its_line(mnemosyne, file, in_file, message):
    file.parent.mkdir()
    file.write_text(f"# mine\n{in_file}\n", encoding="utf-8")
    for name, value in (("new_per_day", "5"), ("keys.hint", "x"), ("fuzz", "unset")):
        run = mnemosyne("config", "set", name, value)
        assert (run.status, run.err) == (2, f"mnemosyne: {file}:2: {message}\n")
    assert file.read_text(encoding="utf-8") == f"# mine\n{in_file}\n"
    doctor = mnemosyne("doctor")
    assert (doctor.status, doctor.out.splitlines()[0]) == (1, f"WRONG   settings      {file}:2: {message}")


def test_a_theme_that_does_not_exist_can_be_replaced(mnemosyne, file):
    file.parent.mkdir()
    file.write_text('theme = "nort"\n', encoding="utf-8")
    assert mnemosyne("config", "set", "theme", "nord").status == 0
    assert file.read_text(encoding="utf-8") == 'theme = "nord"\n'


def test_a_file_that_is_linked_to_stays_a_link(mnemosyne, file, tmp_path):
    linked_file = tmp_path / "dotfiles" / "mnemosyne.toml"
    linked_file.parent.mkdir()
    linked_file.write_text("# kept elsewhere\n", encoding="utf-8")
    file.parent.mkdir()
    file.symlink_to(linked_file)
    assert mnemosyne("config", "set", "shuffle", "false").status == 0
    assert file.is_symlink()
    assert linked_file.read_text(encoding="utf-8") == "# kept elsewhere\nshuffle = false\n"


def test_a_top_level_setting_is_not_written_into_a_table(mnemosyne, file):
    mnemosyne("config", "set", "keys.undo", "x")
    assert mnemosyne("config", "set", "shuffle", "false").status == 0
    assert mnemosyne("config", "get", "shuffle").out == "false\n"
    assert mnemosyne("config", "get", "keys.undo").out == "x\n"


@pytest.fixture
def small_topic(tmp_path, monkeypatch):
    """Put one card in the topic chain-rule, instead of the bundled ones."""
    topic = tmp_path / "small" / "chain-rule"
    topic.mkdir(parents=True)
    card = "cards:\n- {id: a, kind: recall, ask: Q?, answer: A., tags: [roots]}\n"
    (topic / "words.yaml").write_text(card, encoding="utf-8")
    monkeypatch.setenv("MNEMOSYNE_CARDS", str(topic.parent))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("topics.chian-rule.new_per_day", "5", "no card has the topic chian-rule; did you mean chain-rule?"),
        ("new_from", "tag:root", "no card has the tag root; did you mean roots?"),
        ("new_from", "unit:word", "there is no unit word; did you mean words?"),
    ],
)
def test_a_name_that_no_card_has_is_reported_at_once(mnemosyne, file, small_topic, name, value, message):
    run = mnemosyne("config", "set", name, value)
    assert (run.status, run.err) == (0, f"mnemosyne: {file}:1: {message}\n")
    assert mnemosyne("config", "set", name, "unset").err == ""


def test_a_setting_of_a_topic_can_be_set_without_a_sound_deck(mnemosyne, home, small_topic):
    home.mkdir(exist_ok=True)
    (home / "deck.sqlite").write_bytes(b"no deck" * 3000)
    run = mnemosyne("config", "set", "topics.chain-rule.new_per_day", "5")
    assert (run.status, run.out, run.err) == (0, "topics = {chain-rule = {new_per_day = 5}}\n", "")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("on", "true"), ("ON", "true"), ("yes", "true"), ("True", "true"), ("off", "false"), ("No", "false")],
)
@pytest.mark.parametrize("name", ["vi_keys", "fuzz"])
def test_a_switch_may_be_on_or_off(mnemosyne, file, name, typed, value):
    assert mnemosyne("config", "set", name, typed).out == f"{name} = {value}\n"
    assert file.read_text(encoding="utf-8") == f"{name} = {value}\n"


@pytest.mark.parametrize("typed", ["maybe", "1", "", "[true]", "true, true", "true # x"])
def test_an_invalid_value_of_a_switch_is_refused_with_the_valid_ones(mnemosyne, file, typed):
    run = mnemosyne("config", "set", "fuzz", typed)
    message = "mnemosyne: fuzz must be on or off, or true or false; the default is false\n"
    assert (run.status, run.out, run.err) == (2, "", message)
    assert not file.exists()


def test_the_limits_of_a_topic_are_set_and_unset_one_by_one(mnemosyne, file, small_topic):
    mnemosyne("config", "set", "shuffle", "false")
    before = file.read_text(encoding="utf-8")
    run = mnemosyne("config", "set", "topics.chain-rule.new_per_day", "5")
    assert (run.status, run.out) == (0, "topics = {chain-rule = {new_per_day = 5}}\n")
    mnemosyne("config", "set", "topics.chain-rule.reviews_per_day", "50")
    assert file.read_text(encoding="utf-8") == f"{before}\n[topics.chain-rule]\nnew_per_day = 5\nreviews_per_day = 50\n"
    assert mnemosyne("config", "get", "topics.chain-rule.reviews_per_day").out == "50\n"
    assert mnemosyne("config", "get", "topics.limits.new_per_day").out == "unset\n"
    topics = json.loads(mnemosyne("config", "get", "topics", "--json").out)
    assert topics == {"chain-rule": {"new_per_day": 5, "reviews_per_day": 50}}
    run = mnemosyne("config", "set", "topics.chain-rule.exam", "2026-12-18")
    assert run.out == "topics = {chain-rule = {new_per_day = 5, reviews_per_day = 50, exam = 2026-12-18}}\n"
    assert mnemosyne("config", "get", "topics.chain-rule.exam").out == "2026-12-18\n"
    assert json.loads(mnemosyne("config", "get", "topics.chain-rule.exam", "--json").out) == "2026-12-18"
    mnemosyne("config", "set", "topics.chain-rule.exam", "unset")
    mnemosyne("config", "set", "topics.chain-rule.new_per_day", "unset")
    run = mnemosyne("config", "set", "topics.chain-rule.reviews_per_day", "unset")
    assert (run.status, run.out) == (0, "topics = {}\n")
    assert mnemosyne("config", "set", "topics.limits.new_per_day", "unset").status == 0
