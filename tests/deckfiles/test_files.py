"""Files that are no card files, and names that are not UTF-8: each is reported in one line, and the rest loads."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import mnemosyne.text
from mnemosyne.deckfiles.fingerprint import fingerprint, left_out
from mnemosyne.deckfiles.loader import load_file, load_folders, load_paths, load_topic
from mnemosyne.deckfiles.problems import excerpt
from mnemosyne.deckfiles.text_file import LARGEST

GOOD = "cards:\n  - {id: good, kind: recall, ask: Why?, answer: So.}\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="only POSIX has such files and names")


@pytest.fixture
def topic(tmp_path):
    folder = tmp_path / "cards" / "small"
    folder.mkdir(parents=True)
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    return folder


def messages_for(topic: Path) -> list[str]:
    """Return the messages about a folder with a good card in it, which must load."""
    loaded = load_folders([topic.parent])
    assert [card.id for card in loaded.cards] == ["good"]
    assert [line for problem in loaded.problems for line in excerpt(problem)] == []
    return [str(problem).removeprefix(f"{topic}{os.sep}") for problem in loaded.problems]


@posix
def test_what_is_not_a_regular_file_is_not_opened(topic):
    os.mkfifo(topic / "a.yaml")  # opening it would wait for ever
    os.mkfifo(topic / "topic.yaml")
    assert sorted(messages_for(topic)) == [
        "a.yaml: this is not a regular file",
        "topic.yaml: this is not a regular file",
    ]


def test_what_is_too_large_is_not_read(topic):
    for name, size in (("a.yaml", 1 << 30), ("b.yaml", 100_000_000), ("c.yaml", LARGEST + 1)):
        with (topic / name).open("wb") as file:
            file.truncate(size)  # a sparse file: nothing on the disk
    assert messages_for(topic) == [f"{name}.yaml: the file is larger than 1,000,000 bytes; split it" for name in "abc"]


def test_what_is_not_text_is_reported_with_its_place(topic):
    (topic / "a.yaml").write_bytes(b"cards:\n  - \x00\n")
    (topic / "b.yaml").write_bytes(b"cards: [\xfc]\n")
    loaded = load_folders([topic.parent])
    assert [str(problem).removeprefix(f"{topic}{os.sep}") for problem in loaded.problems] == [
        "a.yaml:2:5: the character U+0000 is not allowed; leave it out",
        "b.yaml: not UTF-8 at byte 9; save the file as UTF-8",
    ]


@pytest.mark.parametrize("name", ["a.YAML", "a.Yml", "a.yml"])
def test_the_file_extension_may_be_in_any_case(topic, name):
    (topic / name).write_text(GOOD.replace("good", "other"), encoding="utf-8")
    assert [card.id for card in load_folders([topic.parent]).cards] == ["other", "good"]
    assert len(fingerprint([topic.parent])) == 2


@pytest.mark.parametrize("name", ["topic.yaml", "topic.yml", "Topic.YAML"])
def test_a_topic_is_described_with_either_extension(topic, name):
    (topic / name).write_text("id: small\ntitle: Quite small\n", encoding="utf-8")
    loaded = load_folders([topic.parent])
    assert [topic.title for topic in loaded.topics] == ["Quite small"]
    assert (len(loaded.cards), loaded.problems) == (1, ())


@posix
def test_names_that_are_not_utf_8_are_reported_and_stop_nothing(topic):
    strange = os.fsdecode(b"m\xfcsli")
    (topic / f"{strange}.yaml").write_text(GOOD, encoding="utf-8")
    (topic.parent / strange).mkdir()
    (topic.parent / strange / "deck.yaml").write_text(GOOD, encoding="utf-8")
    loaded = load_folders([topic.parent])
    assert [card.id for card in loaded.cards] == ["good"]
    rest = ": the name is not UTF-8; give it another name"
    assert [str(problem) for problem in loaded.problems] == [
        f"{topic.parent}/m\\xfcsli{rest}",
        f"{topic}/m\\xfcsli.yaml{rest}",
    ]
    assert [str(problem) for problem in load_file(topic / f"{strange}.yaml").problems] == [
        f"{topic}/m\\xfcsli.yaml{rest}"
    ]
    assert [name for name in fingerprint([topic.parent]) if not name.isascii()] == []


@posix
def test_in_a_folder_whose_name_is_not_utf_8_topics_are_read(topic, tmp_path):
    folder = tmp_path / os.fsdecode(b"m\xfcsli")
    topic.parent.rename(folder)
    loaded = load_folders([folder])
    assert [card.id for card in loaded.cards] == ["good"]
    assert loaded.problems == ()
    file = folder / topic.name / "good.yaml"
    assert list(fingerprint([folder])) == [str(file)]
    file.write_text("cards: x", encoding="utf-8")
    (problem,) = load_folders([folder]).problems
    assert str(problem).startswith(f"{tmp_path}/m\\xfcsli/{topic.name}/good.yaml:1:8: ")


@posix
def test_a_topic_whose_own_name_is_not_utf_8_is_reported(topic):
    folder = topic.parent / os.fsdecode(b"m\xfcsli")
    topic.rename(folder)
    rest = "m\\xfcsli/good.yaml: the name is not UTF-8; give it another name"
    assert [str(problem) for problem in load_topic(folder).problems] == [f"{topic.parent}/{rest}"]


def test_several_paths_are_one_deck(topic):
    other_topic = topic.parent / "other"
    other_topic.mkdir()
    (other_topic / "deck.yaml").write_text(GOOD, encoding="utf-8")
    twice = load_paths([topic, topic / "good.yaml"], [])
    assert ([card.id for card in twice.cards], twice.problems) == (["good"], ())
    deck = load_paths([topic, other_topic], [])
    assert [str(problem) for problem in deck.problems] == [
        f"{other_topic / 'deck.yaml'}:2:10: the id good is already used in {topic / 'good.yaml'}:2; "
        "give one of the two another id"
    ]


@pytest.mark.parametrize("is_relative", [False, True])
def test_of_two_cards_the_one_that_the_deck_does_not_know_has_the_problem_whatever_path_is_checked(
    topic, monkeypatch, *, is_relative
):
    newer = topic.parent / "a-stranger"
    newer.mkdir()
    (newer / "deck.yaml").write_text(GOOD, encoding="utf-8")
    (topic / "copy.yaml").write_text(GOOD, encoding="utf-8")
    owners = {"good": ("small", str(topic / "good.yaml"))}
    start = topic.parent
    if is_relative:
        monkeypatch.chdir(start)
        start = Path()
    for paths in ([start], [start / topic.name], [start / newer.name, start / topic.name]):
        loaded = load_paths(paths, [], owners)
        faulty_paths = {str(problem).partition(": ")[0].removeprefix(f"{topic.parent}/") for problem in loaded.problems}
        assert faulty_paths <= {"a-stranger/deck.yaml:2:10", f"{topic.name}/copy.yaml:2:10"}
        assert [card.source.path for card in loaded.cards] == [str(start / topic.name / "good.yaml")]


@pytest.mark.parametrize("checked_path", ["", "mine", "mine/deck.yaml"])
def test_a_card_with_the_id_of_a_bundled_one_has_the_problem_whatever_path_is_checked(topic, tmp_path, checked_path):
    own = tmp_path / "own"
    (own / "mine").mkdir(parents=True)
    path = own / "mine" / "deck.yaml"
    path.write_text(GOOD, encoding="utf-8")
    folders = [own, topic.parent]
    loaded = load_paths([own / checked_path], folders)
    assert [str(problem) for problem in loaded.problems] == [
        f"{path}:2:10: the id good is already used in {topic / 'good.yaml'}:2; "
        "give it another id, or write replaces: good to replace that card"
    ]
    assert loaded.cards == ()
    path.write_text(GOOD.replace("id: good", "id: good, replaces: good"), encoding="utf-8")
    loaded = load_paths([own / checked_path], folders)
    assert ([card.id for card in loaded.cards], loaded.problems) == (["good"], ())


def test_a_folder_of_topics_in_use_is_one_even_with_card_files_of_its_own(topic):
    loose = topic.parent / "loose.yaml"
    loose.write_text(GOOD, encoding="utf-8")
    loaded = load_paths([topic.parent], [topic.parent])
    assert [card.source.path for card in loaded.cards] == [str(topic / "good.yaml")]
    assert [str(problem) for problem in loaded.problems] == [
        f"{loose}: this card file is outside a topic; move it into a topic's folder"
    ]


def test_an_anchor_is_looked_for_in_the_lesson_of_the_topic_wherever_it_is(topic, tmp_path):
    (topic / "good.yaml").write_text(GOOD.replace("So.", "So., lesson: start"), encoding="utf-8")
    place = f"{topic / 'good.yaml'}:2:62: the lesson has no anchor start"
    alone = load_paths([topic / "good.yaml"], [tmp_path / "nowhere"])
    assert [str(problem) for problem in alone.problems] == [f"{place}; write {{#start}} after a heading in lesson.md"]
    elsewhere = tmp_path / "bundled" / "small"
    elsewhere.mkdir(parents=True)
    (elsewhere / "topic.yaml").write_text("id: small\ntitle: Small\n", encoding="utf-8")
    (elsewhere / "lesson.md").write_text("Begin\n=====\n\n## Start {#start}\n", encoding="utf-8")
    assert load_paths([topic / "good.yaml"], [tmp_path / "bundled"]).problems == ()


@pytest.mark.parametrize(
    ("card", "few", "many"),
    [
        ("{{id: c{0}, kind: derivative, f: sin(x^2)}}", 1_000, 5_000),
        ("{{id: c{0}, kind: derivative, f: a x, where: {{a: 1..1000}}}}", 50, 500),
    ],
)
def test_the_work_of_one_file_is_bounded_and_what_came_before_is_loaded(tmp_path, card, few, many):
    path = tmp_path / "deck.yaml"
    for count in (few, many):
        path.write_text("cards:\n" + "".join(f"- {card.format(i)}\n" for i in range(count)), encoding="utf-8")
        loaded = load_file(path)
        remarks = [problem.what for problem in loaded.problems]
        assert remarks == ["from here on there are too many formulas and parameters for one file"] * (count == many)
        assert few <= len(loaded.cards) < many


@pytest.mark.parametrize(
    ("name", "text", "first"),
    [
        ("deck.yaml", "cards:\n- {{id: x, kind: recall, {0}}}\n", "2:3: ask is missing; add ask: …"),
        ("deck.yaml", "{{cards: [], {0}}}\n", "1:13: unknown key askk0; choose from: topic, defaults, cards"),
        (
            "deck.yaml",
            "{{cards: [], defaults: {{{0}}}}}\n",
            "1:24: unknown key askk0; choose from: tags, lesson, target",
        ),
        ("topic.yaml", "{{id: small, title: S, {0}}}\n", "1:23: unknown key askk0; choose from: id, title, "),
    ],
)
def test_of_thousands_of_unknown_keys_only_those_reported_are_compared(topic, monkeypatch, name, text, first):
    compared = []
    edit_distance = mnemosyne.text._edit_distance
    monkeypatch.setattr(
        mnemosyne.text, "_edit_distance", lambda word, key: compared.append(key) or edit_distance(word, key)
    )
    keys = ", ".join(f"askk{i}: 1" for i in range(9_000))
    (topic / name).write_text(text.format(keys), encoding="utf-8")
    problems = [problem for problem in load_topic(topic).problems if problem.path == topic / name]
    assert str(problems[0]).startswith(f"{topic / name}:{first}")
    assert str(problems[-1]) == f"{topic / name}: further problems are not shown; fix these first"
    assert len(problems) == 101
    assert len(compared) < 101 * 40


def test_a_card_cannot_have_dozens_of_tags(topic):
    tags = ", ".join(f"t{i}" for i in range(51))
    (topic / "good.yaml").write_text(f"defaults: {{tags: [{tags}]}}\n{GOOD.replace('So.', f'So., tags: [{tags}]')}")
    assert [str(problem).partition(".yaml:")[2] for problem in load_topic(topic).problems] == [
        "1:18: defaults.tags can have at most 50 entries",
        "3:60: tags can have at most 50 entries",
    ]


@pytest.mark.thorough
def test_the_work_for_wrong_anchors_is_bounded_in_a_lesson_of_thousands(topic):
    lesson = "".join(f"# H {{#anchor-{i}}}\n" for i in range(5_000))
    (topic / "lesson.md").write_text(lesson, encoding="utf-8")
    card = "- {{id: c{0}, kind: recall, ask: Why?, answer: So., lesson: anchr-{0}}}\n"
    (topic / "good.yaml").write_text("cards:\n" + "".join(map(card.format, range(50))), encoding="utf-8")
    problems = load_topic(topic).problems
    assert str(problems[1]).endswith(":2:58: the lesson has no anchor anchr-0; did you mean anchor-0?")
    assert problems[0].what == "from here on there are too many formulas and parameters for one file"
    assert len(problems) == 20


def test_topics_nested_too_deeply_are_looked_for_in_a_limited_number_of_folders(tmp_path, monkeypatch):
    """Or to check `/` would read the names of hundreds of thousands of files before its first word."""
    for number in range(1_100):
        (tmp_path / "wide" / str(number // 20) / str(number)).mkdir(parents=True)
    (tmp_path / "deep" / "topic").mkdir(parents=True)
    (tmp_path / "deep" / "topic" / "deck.yaml").write_text("cards: []\n")
    read_folders: set[Path] = set()
    scandir = os.scandir

    def counting(folder: str | Path):
        read_folders.add(Path(folder))  # newer versions of pathlib list folders by it too, and give the name
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", counting)
    message, mend = "its topics are nested too deeply to be found", "move them up, beside this folder"
    assert list(left_out(tmp_path)) == [(tmp_path / "deep", 0, 0, message, mend)]
    assert sum(folder.is_relative_to(tmp_path / "wide") for folder in read_folders) == 1_000
