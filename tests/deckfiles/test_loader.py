"""Folders of topics: every good card is loaded, every fault is reported with its place, nothing bad stops the rest."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mnemosyne.cards.card_json import content_hash, from_json, to_json
from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.deckfiles.loader import lesson_text, load_file, load_folders
from mnemosyne.errors import DeckError
from mnemosyne.settings import bundled_cards
from mnemosyne.text import one_line

GOOD = "  - {id: good, kind: recall, ask: Why?, answer: So.}\n"


@pytest.fixture
def topic(tmp_path):
    folder = tmp_path / "cards" / "small"
    folder.mkdir(parents=True)
    (folder / "lesson.md").write_text("# Small {#start}\n", encoding="utf-8")
    return folder


@pytest.fixture
def messages_for(topic):
    """Return a function that loads a card after a good one, which must load too, and returns the messages."""

    def load(card: str) -> list[str]:
        path = topic / "deck.yaml"
        path.write_text(f"cards:\n{GOOD}  - {card}\n", encoding="utf-8")
        loaded = load_file(path)
        assert "good" in [card.id for card in loaded.cards]
        return [str(problem).removeprefix(f"{path}:") for problem in loaded.problems]

    return load


@pytest.mark.parametrize(
    ("card", "problems"),
    [
        (
            "{id: a, kind: steps, f: sin(u*x), where: {u: 2..3}}",
            ["3:29: u and y are the names of the Leibniz form; use other letters"],
        ),
        (
            "{id: a, kind: backprop, let: {z: w*x, L: z^}, ask: dL/dw}",
            ["3:47: L cannot be read: Something is missing after “^”."],
        ),
        (
            "{id: a, kind: backprop, let: {z: w*x, L: z^2}, ask: dM/dq}",
            [
                "3:57: ask: M is not a name in `let`; ask for one of z, L",
                "3:57: ask: there is no q in the graph; it has L, w, x, z",
            ],
        ),
        (
            "{id: a, kind: backprop, let: {z: w*x, L: z^2}, ask: dL/dw, at: {w: 2, v: 1}}",
            [
                "3:68: `at` has no value for x; give every input a value, or leave `at` out",
                "3:78: at.v is not an input; they are w, x",
            ],
        ),
        (
            "{id: a, kind: backprop, let: {z: L*x, L: z^2}, ask: dL/dx}",
            ["3:46: L cannot be read: Assign L only once, and before it is used: it already has a meaning."],
        ),
        ("{id: a, kind: recall, ask: x, answer: y}", []),
        (
            "{id: a, kind: recal, ask: x}",
            ["3:5: answer is missing; add answer: …", "3:19: unknown kind recal; did you mean recall?"],
        ),
        (
            "{id: a, ask: x}",
            [f"3:5: kind is missing; choose from: {', '.join(KINDS)}"],
        ),
        ("{id: a, kind: recall, ask: x}", ["3:5: answer is missing; add answer: …"]),
        ("{id: a, kind: recall, ask: x, anwser: y, answer: z}", ["3:35: unknown key anwser; did you mean answer?"]),
        ("{id: A b, kind: recall, ask: x, answer: y}", None),
        ("{id: good, kind: recall, ask: x, answer: y}", None),
        ("{id: a, kind: derivative, f: sin(}", ["3:37: f cannot be read: This ( is never closed."]),
        ("{id: a, kind: choice, ask: x, options: [{text: b}, {text: c}]}", None),
        (
            "{id: a, kind: cloze, text: 'The {{}} rule'}",
            ["3:32: a blank has no word; write it as {{word}} or {{word|synonym}}"],
        ),
        ("{id: a, kind: cloze, text: nothing}", ["3:32: the text has no blank; put a word in {{ }}"]),
        ("{id: a, kind: recall, ask: x, answer: y, lesson: strat}", None),
        ("just a text", None),
    ],
)
def test_a_mistake_is_reported_with_its_place_and_remedy(messages_for, card, problems):
    messages = messages_for(card)
    if problems is None:
        assert len(messages) == 1
        assert messages[0].startswith("3:")
        assert "; " in messages[0]
    else:
        assert messages == problems


def test_a_broken_file_stops_no_other(topic):
    (topic / "a.yaml").write_text("cards: [", encoding="utf-8")
    (topic / "b.yaml").write_bytes(b"\xff\xfe")
    (topic / "c.yaml").write_text("", encoding="utf-8")
    (topic / "d.yaml").mkdir()
    (topic / "e.yaml").write_text(f"\ufeffcards:\n{GOOD}", encoding="utf-8")
    loaded = load_folders([topic.parent])
    assert [card.id for card in loaded.cards] == ["good"]
    assert [problem.path.name for problem in loaded.problems] == ["a.yaml", "b.yaml", "c.yaml", "d.yaml"]
    assert [str(problem).split(": ", 1)[1] for problem in loaded.problems[1:]] == [
        "not UTF-8 at byte 1; save the file as UTF-8",
        "the file is empty; begin with topic: and cards:",
        "this is a folder, not a file",
    ]


def test_the_learners_own_card_replaces_a_bundled_one_if_it_says_so(topic, tmp_path):
    (topic / "deck.yaml").write_text(f"cards:\n{GOOD}", encoding="utf-8")
    own_topic = tmp_path / "mine" / "small"
    own_topic.mkdir(parents=True)
    own = GOOD.replace("Why?", "Mine?")
    (own_topic / "deck.yaml").write_text(f"cards:\n{own}", encoding="utf-8")
    loaded = load_folders([own_topic.parent, topic.parent])
    assert [card.content.ask for card in loaded.cards] == ["Why?"]
    assert [str(problem) for problem in loaded.problems] == [
        f"{own_topic / 'deck.yaml'}:2:10: the id good is already used in {topic / 'deck.yaml'}:2; "
        "give it another id, or write replaces: good to replace that card"
    ]
    (own_topic / "deck.yaml").write_text(
        f"cards:\n{own.replace('id: good,', 'id: good, replaces: good,')}", encoding="utf-8"
    )
    loaded = load_folders([own_topic.parent, topic.parent])
    assert [card.content.ask for card in loaded.cards] == ["Mine?"]
    assert loaded.problems == ()
    (own_topic / "deck.yaml").write_text("cards: [", encoding="utf-8")
    loaded = load_folders([own_topic.parent, topic.parent], {"good": ("small", str(own_topic / "deck.yaml"))})
    assert [f"{problem.path}:{problem.line}" for problem in loaded.problems] == [f"{own_topic / 'deck.yaml'}:1"], (
        "a file that cannot be read gets no advice about its cards"
    )


def test_the_lesson_is_the_one_that_the_topic_names(topic, tmp_path):
    (topic / "topic.yaml").write_text("id: other\ntitle: Other\nlesson: read-me.md\n", encoding="utf-8")
    (topic / "read-me.md").write_text("# Other\n", encoding="utf-8")
    assert lesson_text([tmp_path / "nowhere", topic.parent], "other") == "# Other\n"
    assert lesson_text([topic.parent], "small") == ""


def test_a_lesson_without_cards_beside_it_belongs_to_the_topic_of_that_name(topic, tmp_path):
    cards = tmp_path / "mine" / "small"
    cards.mkdir(parents=True)
    (cards / "deck.yaml").write_text(f"cards:\n{GOOD}", encoding="utf-8")
    (topic / "topic.yaml").write_text("id: small\ntitle: Small\n", encoding="utf-8")
    assert lesson_text([cards.parent, topic.parent], "small") == "# Small {#start}\n"


@pytest.mark.parametrize("name", ["lesson.md", "../secret.md", "/etc/hostname", "sub/lesson.md"])
def test_no_lesson_is_read_from_outside_the_topics_folder(topic, tmp_path, name):
    (tmp_path / "cards" / "secret.md").write_text("secret\n", encoding="utf-8")
    (topic / "lesson.md").unlink()
    (topic / "lesson.md").symlink_to(tmp_path / "cards" / "secret.md")
    (topic / "topic.yaml").write_text(f"id: small\ntitle: Small\nlesson: {name}\n", encoding="utf-8")
    assert lesson_text([topic.parent], "small") == ""


def test_a_lesson_that_is_not_text_is_one_message(topic):
    (topic / "deck.yaml").write_text("cards: []\n", encoding="utf-8")
    (topic / "lesson.md").write_bytes(b"\xff\xfe")
    with pytest.raises(DeckError, match=r"lesson\.md: not UTF-8 at byte 1; save the file as UTF-8$"):
        lesson_text([topic.parent], "small")


def test_a_link_that_leads_out_of_the_folder_is_not_followed(topic, tmp_path):
    secret = tmp_path / "secret.yaml"
    secret.write_text(f"cards:\n{GOOD}", encoding="utf-8")
    (topic / "link.yaml").symlink_to(secret)
    (topic / "circle.yaml").symlink_to(topic / "circle.yaml")
    assert load_folders([topic.parent]).cards == ()


def test_control_characters_in_what_is_quoted_are_written_out(messages_for):
    (problem,) = messages_for('{id: a, kind: "x\\e[31m", ask: x}')
    assert "\x1b" not in problem


def test_every_bundled_card_survives_json():
    loaded = load_folders([bundled_cards()])
    assert loaded.problems == ()
    assert len(loaded.cards) >= 40
    for card in loaded.cards:
        assert from_json(to_json(card)) == card
        assert len(content_hash(card)) == 32


@given(st.text(max_size=200))
@example("\U0002ebe1:")  # a letter of a Unicode version newer than Python's
def test_no_text_stops_the_loader(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("deck") / "deck.yaml"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    assert all(str(problem) == one_line(str(problem)) for problem in load_file(path).problems)
