"""`due`, `cards`, `stats`, `learn` and `config` on one deck, as other programs call them."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing

import pytest

DECK = """cards:
  - {id: square, kind: derivative, f: x^2, tags: [easy]}
  - {id: word, kind: cloze, text: "The {{chain}} rule."}
"""


@pytest.fixture
def cards(tmp_path):
    """A folder with one topic of two cards."""
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    (topic / "lesson.md").write_text("# Small\n\nA lesson.\n", encoding="utf-8")
    return tmp_path / "cards"


@pytest.fixture
def small(mnemosyne, cards):
    """Return the program over that folder."""
    return lambda *arguments, **options: mnemosyne("--cards", cards, *arguments, **options)


def test_due_counts_within_the_daily_limits(small, home):
    assert small("due").out == "0 due, 2 new, 0 drills\n"
    small("review", "--plain", stdin="2x\n3\n:quit\n")
    assert json.loads(small("due", "--json").out) == {"due": 0, "new": 1, "drills": 1}
    (home / "config.toml").write_text("new_per_day = 1\n", encoding="utf-8")
    assert small("due").out == "0 due, 0 new, 1 drill\n"
    small("review", "--plain", stdin="2x\n4\n")
    run = small("due")
    assert (run.status, run.out) == (1, "0 due, 0 new, 0 drills\n")


def test_check_finds_nothing_wrong_with_a_good_deck(small, cards):
    run = small("cards", "check")
    assert (run.status, run.out) == (0, "2 cards, all good\n")
    assert json.loads(small("cards", "check", cards / "small", "--json").out) == {
        "cards": 2,
        "problems": [],
        "advice": [],
        "drawn": [],
    }


def test_check_says_what_where_and_how_to_fix_it(small, cards):
    path = cards / "small" / "deck.yaml"
    path.write_text(f"{DECK}  - {{id: third, kind: derivative, g: x}}\n", encoding="utf-8")
    run = small("cards", "check", path)
    assert run.status == 1
    card_line = "      - {id: third, kind: derivative, g: x}\n"
    assert run.out == (
        f"{path}:4:5: f is missing; add f: …\n{card_line}        ^\n"
        f"{path}:4:35: unknown key g; choose from: id, tags, lesson, hint, hints, target, note, replaces, kind, "
        f"f, variable, order, at, tolerance, where, wrong\n{card_line}{' ' * 38}^\n2 cards, 2 problems\n"
    )


def test_check_proves_what_an_author_states(small, cards):
    path = cards / "small" / "deck.yaml"
    path.write_text('cards:\n  - {id: sum, kind: numeric, ask: "1 + 1?", answer: 1/0}\n', encoding="utf-8")
    run = small("cards", "check", path)
    assert (run.status, run.out) == (
        1,
        f"{path}:2:53: sum: its own right answer 1/0 is not accepted: This is not a real number; change `answer`\n"
        f'      - {{id: sum, kind: numeric, ask: "1 + 1?", answer: 1/0}}\n{" " * 56}^\n1 card, 1 problem\n',
    )


def test_sync_reports_every_change_and_keeps_history(small, cards):
    path = cards / "small" / "deck.yaml"
    assert json.loads(small("cards", "sync", "--json").out)["added"] == ["square", "word"]
    small("review", "--plain", stdin="2x\n\n:quit\n")
    path.write_text("cards:\n  - {id: square, kind: derivative, f: x^3}\n", encoding="utf-8")
    report = json.loads(small("cards", "sync", "--json").out)
    assert (report["changed"], report["missing"], report["broken"]) == (["square"], ["word"], [])
    assert json.loads(small("cards", "list", "--json").out)[0]["interval"] == 1
    path.write_text(DECK, encoding="utf-8")
    assert json.loads(small("cards", "sync", "--json").out)["restored"] == ["word"]


def test_a_broken_file_leaves_the_deck_as_it_is(small, cards):
    small("cards", "sync")
    path = cards / "small" / "deck.yaml"
    path.write_text("cards: [\n", encoding="utf-8")
    run = small("cards", "sync")
    assert run.status == 1
    assert f"broken: {path}:" in run.out
    assert small("due").out == "0 due, 2 new, 0 drills\n"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (["new"], ["square", "word"]),
        (["tag:easy"], ["square"]),
        (["kind:cloze"], ["word"]),
        (["topic:small", "chain"], ["word"]),
        (["unit:1", "topic:small"], ["square", "word"]),
        (["unit:deck", "-kind:cloze"], ["square"]),
        (["-unit:Deck"], []),
        (["leech"], []),
        (["suspended"], []),
        (["flag"], []),
        (["due"], []),
        (["-tag:easy"], ["word"]),
        (["--", "-tag:easy"], ["word"]),
        (["new", "-kind:cloze"], ["square"]),
        (["-new"], []),
        (["kind:cloze", "OR", "tag:easy"], ["square", "word"]),
        (["kind:cloze OR tag:easy"], ["square", "word"]),
        (["-kind:cloze", "-tag:easy", "OR", "chain"], ["word"]),
    ],
)
def test_cards_are_found(small, query, ids):
    assert [row["id"] for row in json.loads(small("cards", "list", "--json", *query).out)] == ids


def test_a_list_shows_questions_on_one_line_without_markup(small, cards):
    text = 'cards:\n  - {id: why, kind: recall, ask: "Why is $x^2$\\nnever **negative**?", answer: It is a square.}\n'
    (cards / "small" / "deck.yaml").write_text(text, encoding="utf-8")
    (line, count) = small("cards", "list").out.splitlines()
    assert (line.split(maxsplit=3), count) == (["why", "recall", "new", "Why is x² never negative?"], "1 card")


def test_an_unknown_term_of_a_query_names_the_nearest(small):
    run = small("cards", "list", "tags:easy")
    assert (run.status, run.err) == (2, "mnemosyne: unknown term tags:easy; did you mean tag:easy?\n")


@pytest.mark.parametrize(
    ("unit", "advice"),
    [
        ("dekc", "did you mean deck?"),
        ("7", "choose a number from 1 to 1, or a name such as deck"),
        ("zzz", "choose from: deck"),
    ],
)
def test_an_unknown_unit_of_a_query_gets_advice(small, unit, advice):
    small("cards", "sync")
    for command in (("cards", "list"), ("practise", "--plain")):
        run = small(*command, f"unit:{unit}")
        assert (run.status, run.out, run.err) == (2, "", f"mnemosyne: there is no unit {unit}; {advice}\n")


def test_stats_count_what_was_done(small):
    small("review", "--plain", stdin="2x\n\nchain\n1\n:quit\n")
    figures = small("stats").out
    assert "Streak            1 day, longest 1 day\n" in figures
    assert "2 reviews (2 new), 0 drills" in figures
    document = json.loads(small("stats", "--json").out)
    assert (document["streak"]["current"], document["done"]["reviews"], document["done"]["passed"]) == (1, 2, 1)
    assert [(group["name"], group["reviews"]) for group in document["links"]] == [("1", 1)]


def test_the_lesson_is_shown(small):
    assert small("learn").out == "Small\n\nA lesson.\n"
    run = small("learn", "large")
    assert (run.status, run.err) == (2, "mnemosyne: there is no topic large; choose from: small (Small)\n")


def test_a_topic_is_shown_by_its_title(small, cards):
    (cards / "small" / "topic.yaml").write_text("id: small\ntitle: A small topic\n", encoding="utf-8")
    assert small("learn").out == "A small topic\n\nSmall\n\nA lesson.\n"
    assert small("learn", "large").err.endswith("choose from: small (A small topic)\n")
    assert small("stats", "--topic", "small").out.startswith("Progress in A small topic, ")
    (cards / "small" / "topic.yaml").write_text("id: small\ntitle: Another title\n", encoding="utf-8")
    assert small("stats", "--topic", "small").out.startswith("Progress in Another title, ")
    assert small("stats").out.startswith("Progress in all topics, ")


def test_settings_are_shown_and_faults_in_them_are_located(small, home):
    assert "new_per_day = 10 " in small("config").out
    assert small("config", "get", "day_start").out == "04:00\n"
    path = home / "config.toml"
    assert small("config", "path").out == f"{path}\n"
    home.mkdir(exist_ok=True)
    path.write_text("# mine\nnew_per_dya = 3\n", encoding="utf-8")
    run = small("due")
    assert run.status == 2
    assert run.err == f"mnemosyne: {path}:2: unknown setting new_per_dya; did you mean new_per_day?\n"


def test_sync_notices_a_card_that_was_given_another_id(small, cards):
    path = cards / "small" / "deck.yaml"
    small("cards", "sync")
    path.write_text(path.read_text(encoding="utf-8").replace("square", "squared"), encoding="utf-8")
    run = small("cards", "sync")
    assert "squared reads like square: change its id back to square to keep its history\n" in run.out
    path.write_text(path.read_text(encoding="utf-8").replace("squared", "quadratic"), encoding="utf-8")
    assert {"from": "squared", "to": "quadratic"} in json.loads(small("cards", "sync", "--json").out)["renamed"]


def recall_cards(cards, ids):
    """Write a deck of recall cards: the id of each, and what it asks for."""
    texts = (f"  - {{id: {name}, kind: recall, ask: What is {text}?, answer: It.}}\n" for name, text in ids)
    (cards / "small" / "deck.yaml").write_text(f"cards:\n{''.join(texts)}", encoding="utf-8")


def test_many_cards_with_other_ids_are_reported_in_one_line(small, cards):
    recall_cards(cards, [(f"old-{i}", i) for i in range(30)])
    small("cards", "sync")
    recall_cards(cards, [(f"new-{i}", i) for i in range(30)])
    lines = small("cards", "sync").out.splitlines()
    pairs = ", ".join(f"new-{i} → old-{i}" for i in range(20))
    assert [line for line in lines if "read" in line] == [
        "30 new cards read like missing ones; to keep their history, change their ids back: " + pairs + " and 10 more"
    ]
    recall_cards(cards, [(f"newer-{i}", i) for i in range(30)])
    renamed = json.loads(small("cards", "sync", "--json").out)["renamed"]
    assert renamed == [{"from": f"new-{i}", "to": f"newer-{i}"} for i in range(30)]


def test_of_equal_cards_no_two_are_told_to_take_the_same_id(small, cards):
    recall_cards(cards, [("old-a", 1), ("old-b", 1)])
    small("cards", "sync")
    recall_cards(cards, [("new-a", 1), ("new-b", 1), ("new-c", 1)])
    renamed = json.loads(small("cards", "sync", "--json").out)["renamed"]
    assert renamed == [{"from": "old-a", "to": "new-a"}, {"from": "old-b", "to": "new-b"}]


def test_a_plain_session_questions_a_clock_that_is_behind_the_log(small, home, monkeypatch):
    small("review", "--plain", stdin="2x\n5\n:quit\n")
    with closing(sqlite3.connect(home / "deck.sqlite")) as deck, deck:
        deck.execute("UPDATE review SET study_day = '2200-01-01'")
    run = small("review", "--plain", stdin=":quit\n")
    assert re.fullmatch(
        r"mnemosyne: this machine's clock says \d+ [A-Z][a-z]{2} \d{4}, but the last review was on 1 Jan 2200: "
        r"if the clock is wrong, correct it before you review; cards graded after today will be asked again\n",
        run.err,
    )


def test_another_scheduler_is_previewed_and_set_only_with_consent(small, home):
    """Graded 4, the card comes back in 1 day by SM-2 and in 2 by FSRS."""
    small("review", "--plain", stdin="2x\n4\n:quit\n")
    run = small("config", "set", "scheduler", "fsrs")
    assert (run.status, run.out) == (2, "0 cards sooner, 1 later; due today 0 → 0.\n")
    assert run.err == "mnemosyne: cards would come back on different days; pass --yes\n"
    assert not (home / "config.toml").exists()
    run = small("config", "set", "scheduler", "fsrs", "--yes")
    assert (run.status, run.out) == (0, "0 cards sooner, 1 later; due today 0 → 0.\nscheduler = 'fsrs'\n")
    assert json.loads(small("cards", "list", "square", "--json").out)[0]["interval"] == 2
    assert small("config", "set", "desired_retention", "0.9").out == "desired_retention = 0.9\n"
    run = small("config", "set", "scheduler", "unset", "--yes")
    assert run.out == "1 card sooner, 0 later; due today 0 → 0.\nscheduler = 'sm2'\n"
    assert json.loads(small("cards", "list", "square", "--json").out)[0]["interval"] == 1


def test_learn_names_the_other_lessons(small, cards):
    folder = cards / "sums"
    folder.mkdir()
    (folder / "topic.yaml").write_text("id: sums\ntitle: Sums\n", encoding="utf-8")
    (folder / "lesson.md").write_text("# Sums\n\nTerm by term.\n", encoding="utf-8")
    run = small("learn")
    assert run.out == "Small\n\nA lesson.\n"
    assert run.err == "mnemosyne: lessons of other topics: sums; mnemosyne learn TOPIC prints one\n"
    run = small("learn", "sums")
    assert (run.status, run.out, run.err) == (0, "Sums\n\nTerm by term.\n", "")
