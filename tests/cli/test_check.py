"""`cards check`: what it reads, what it proves only once, and what it says where there is nothing to check."""

from __future__ import annotations

import json

import pytest

from mnemosyne.settings import bundled_cards

DECK = """cards:
  - {id: square, kind: derivative, f: (a x)^2, where: {a: 2..4}}
  - {id: word, kind: cloze, text: "The {{chain}} rule."}
"""


@pytest.fixture
def deck(tmp_path):
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    return topic / "deck.yaml"


@pytest.fixture
def check(mnemosyne, deck):
    return lambda *words, **options: mnemosyne("--cards", deck.parent.parent, "cards", "check", *words, **options)


def test_standard_input_is_checked_like_a_file(check, deck):
    run = check("-", stdin=DECK)
    assert (run.status, run.out) == (0, "2 cards, all good\n")
    run = check("-", stdin=DECK.replace("(a x)^2", "(a x"))
    assert (run.status, run.out) == (
        1,
        "standard input:2:39: f cannot be read: This ( is never closed.\n"
        "      - {id: square, kind: derivative, f: (a x, where: {a: 2..4}}\n"
        f"{' ' * 42}^\n1 card, 1 problem\n",
    )
    run = check("-", deck)
    assert run.err == "mnemosyne: - cannot be combined with other paths; check standard input by itself\n"


def test_several_paths_are_checked_together(check, deck):
    second_deck = deck.with_name("other.yaml")
    second_deck.write_text("cards:\n  - {id: word, kind: recall, ask: a, answer: b}\n", encoding="utf-8")
    run = check(deck, second_deck)
    assert run.status == 1
    assert run.out.startswith(
        f"{second_deck}:2:10: the id word is already used in {deck}:3; give one of the two another id\n"
    )
    assert run.out.endswith("\n2 cards, 1 problem\n")
    run = check(deck, deck.parent / "none.yaml")
    assert run.err == (
        f"mnemosyne: {deck.parent / 'none.yaml'}: no such file or folder; pass a card file or a folder of topics\n"
    )


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("topic.yaml", "id: small\ntitel: Small\n", ":2:1: unknown key titel; did you mean title?\n"),
        (
            "lesson.md",
            "# Small {#one}\n\n# More {#one}\n",
            ":3:1: the anchor one names several sections; give each section its own anchor\n",
        ),
    ],
)
def test_checking_topic_yaml_or_the_lesson_checks_the_whole_topic(check, deck, name, text, fault):
    path = deck.with_name(name)
    path.write_text(text.replace("titel", "title").replace("More {#one}", "More {#two}"), encoding="utf-8")
    assert check(path).out == "2 cards, all good\n"
    path.write_text(text, encoding="utf-8")
    assert f"{path}{fault}" in check(path).out


def test_a_check_of_no_cards_never_says_all_good(check, deck, tmp_path):
    deck.write_text("cards: []\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for path in (deck, deck.parent, tmp_path / "empty"):
        run = check(path)
        assert (run.status, run.out) == (1, "0 cards: nothing to check\n")
    assert check(deck, "--json").status == 1


def test_what_was_proved_is_proved_again_only_when_it_changes(check, deck, home):
    assert check().status == 0
    proofs_file = home / "proved.json"
    proved = json.loads(proofs_file.read_text(encoding="utf-8"))
    assert len(proved) == 2
    proofs_file.write_text(json.dumps(dict.fromkeys(proved, True)), encoding="utf-8")  # to see that the check reads it
    assert check().out.startswith("2 cards have over 200 variants; 200 per card were picked and proved\n")
    deck.write_text(DECK.replace("(a x)^2", "(a x)^3").replace("chain", "product"), encoding="utf-8")
    assert check("--jobs", "2").out == "2 cards, all good\n"
    deck.write_text(DECK.replace("(a x)^2", "(a x)^0 + 0 x"), encoding="utf-8")
    for _ in range(2):  # what is refuted is checked again each time
        run = check()
        assert run.status == 1
        assert (
            f"{deck}:2:39: square: the derivative of (2*x)^0 + 0*x with respect to x is zero for a = 2; "
            "change `f` or `where`\n" in run.out
        )
    proofs_file.write_text("[1", encoding="utf-8")
    deck.write_text(DECK, encoding="utf-8")
    assert check().out == "2 cards, all good\n"


def test_a_check_of_some_variants_only_says_so_and_lists_them(check, deck):
    wide = "{id: wide, kind: numeric, ask: '{a} {b} {c}', answer: a + b + c, where: {a: 1..9, b: 1..9, c: 1..9}}"
    deck.write_text(f"cards:\n  - {wide}\n", encoding="utf-8")
    run = check("--json")
    assert json.loads(run.out) == {"cards": 1, "problems": [], "advice": [], "drawn": ["wide"]}


@pytest.mark.parametrize(
    ("card", "message"),
    [
        (
            "id: say-the-rule",
            "the id say-the-rule is already used in {bundled}; give it another id, or write replaces: ",
        ),
        ("id: say-the-rule, replaces: say-the-rule", ""),
        ("id: mine, replaces: mine", "no other card has the id mine, so none is replaced; correct the id, or leave "),
    ],
)
def test_bundled_ids_are_taken_in_a_file_and_in_standard_input_alike(mnemosyne, home, card, message):
    text = f"cards:\n  - {{{card}, kind: recall, ask: Why?, answer: So.}}\n"
    file = home / "cards" / "mine" / "own.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    bundled = bundled_cards() / "chain-rule" / "05-leibniz-steps.yaml"
    line = bundled.read_text(encoding="utf-8").partition("id: say-the-rule")[0].count("\n") + 1
    as_file, as_input = mnemosyne("cards", "check", file), mnemosyne("cards", "check", "-", stdin=text)
    assert as_input.status == as_file.status == (1 if message else 0)
    assert as_input.out.replace("standard input", str(file)) == as_file.out
    assert message.format(bundled=f"{bundled}:{line}") in as_file.out


def test_a_topic_that_takes_a_bundled_id_is_refused_by_whatever_path_it_is_checked(mnemosyne, home):
    folder = home / "cards" / "mine"
    folder.mkdir(parents=True)
    (folder / "topic.yaml").write_text("id: chain-rule\ntitle: Mine\n", encoding="utf-8")
    (folder / "own.yaml").write_text("cards:\n- {id: own, kind: recall, ask: Q?, answer: A.}\n", encoding="utf-8")
    for path in (folder, folder.parent, folder / "own.yaml", folder / "topic.yaml"):
        run = mnemosyne("cards", "check", str(path))
        assert (run.status, run.out) == (
            1,
            f"{folder / 'topic.yaml'}: the topic chain-rule is already described by "
            f"{bundled_cards() / 'chain-rule' / 'topic.yaml'}; give it another id; "
            "a folder of that name without a topic.yaml adds cards to the topic\n1 card, 1 problem\n",
        )
