"""Loading folders of topics: every good card, and every problem with its place. Nothing bad stops the rest.

A topic is a folder with card files (`*.yaml`) and, if it likes, a `topic.yaml` and a lesson. Files count in the order
of their names, cards in the order they stand. A card of an earlier folder stands before one of the same id in a later
folder: so the learner's own cards override bundled ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mnemosyne.cards.card import Card
from mnemosyne.cards.topic import Topic
from mnemosyne.deckfiles import schema
from mnemosyne.deckfiles.build import Builder
from mnemosyne.deckfiles.faults import problems_of
from mnemosyne.deckfiles.fingerprint import TOPIC_FILE, deck_files, topic_folders
from mnemosyne.deckfiles.lesson import anchors
from mnemosyne.deckfiles.problems import Problem, nearest
from mnemosyne.deckfiles.text import FileError, read_text
from mnemosyne.deckfiles.yaml_values import Document, YamlError, parse


@dataclass(frozen=True, slots=True)
class Loaded:
    """What some folders hold: topics and cards in the order of learning, and the problems in the order of the files."""

    topics: tuple[Topic, ...]
    cards: tuple[Card, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Gathered:
    topics: dict[str, Topic] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load_folders(folders: Sequence[Path]) -> Loaded:
    """Everything in some folders of topics, the first folder's cards before those of the others."""
    gathered = _Gathered()
    for folder in folders:
        own = _Gathered()
        for topic_folder in topic_folders(folder):
            _load_topic(topic_folder, own)
        gathered.topics = {**own.topics, **gathered.topics}
        gathered.cards = {**own.cards, **gathered.cards}
        gathered.problems += own.problems
    topics = sorted(gathered.topics.values(), key=lambda topic: (topic.order, topic.id))
    order = {topic.id: i for i, topic in enumerate(topics)}
    cards = sorted(gathered.cards.values(), key=lambda card: order[card.topic])
    return Loaded(tuple(topics), tuple(cards), tuple(gathered.problems))


def load_folder(folder: Path) -> Loaded:
    """Everything in one folder of topics."""
    return load_folders([folder])


def load_topic(folder: Path) -> Loaded:
    """Everything in the folder of one topic."""
    gathered = _Gathered()
    _load_topic(folder, gathered)
    return Loaded(tuple(gathered.topics.values()), tuple(gathered.cards.values()), tuple(gathered.problems))


def load_file(path: Path) -> Loaded:
    """The cards of one file, in the topic of its folder."""
    gathered = _Gathered()
    topic = _topic(path.parent, gathered)
    _load_deck(path, topic, _anchors(topic, gathered), gathered)
    return Loaded((topic,), tuple(gathered.cards.values()), tuple(gathered.problems))


def _load_topic(folder: Path, gathered: _Gathered) -> None:
    topic = _topic(folder, gathered)
    gathered.topics[topic.id] = topic
    known = _anchors(topic, gathered)
    for path in deck_files(folder):
        _load_deck(path, topic, known, gathered)


def _topic(folder: Path, gathered: _Gathered) -> Topic:
    path = folder / TOPIC_FILE
    fields = schema.TopicFields(id="topic", title=folder.name)
    plain = Topic(folder.name, folder.name.replace("-", " "), "", str(folder), _existing(folder / fields.lesson))
    if not path.exists():
        return plain
    document = _document(path, gathered)
    if document is None:
        return plain
    try:
        fields = schema.TopicFields.model_validate(document.value)
    except ValidationError as error:
        gathered.problems += problems_of(error, schema.TopicFields, document, (), path)
        return plain
    lesson = _existing(folder / Path(fields.lesson).name)
    return Topic(fields.id, fields.title, fields.description or "", str(folder), lesson, fields.order)


def _existing(path: Path) -> str | None:
    return str(path) if path.is_file() else None


def _anchors(topic: Topic, gathered: _Gathered) -> frozenset[str]:
    if topic.lesson is None:
        return frozenset()
    try:
        return anchors(read_text(Path(topic.lesson)))
    except FileError as error:
        gathered.problems.append(Problem(Path(topic.lesson), 0, 0, str(error)))
        return frozenset()


def _document(path: Path, gathered: _Gathered) -> Document | None:
    try:
        document = parse(read_text(path))
    except FileError as error:
        gathered.problems.append(Problem(path, 0, 0, str(error)))
        return None
    except YamlError as error:
        gathered.problems.append(Problem(path, *error.place, error.what, error.mend))
        return None
    if not isinstance(document.value, dict):
        what = "the file is empty" if document.value is None else "the file must be a mapping"
        gathered.problems.append(Problem(path, 1, 1, what, "begin with topic: and cards:"))
        return None
    return document


def _load_deck(path: Path, topic: Topic, known: frozenset[str], gathered: _Gathered) -> None:
    document = _document(path, gathered)
    if document is None:
        return
    try:
        deck = schema.DeckFields.model_validate(document.value)
    except ValidationError as error:
        gathered.problems += problems_of(error, schema.DeckFields, document, (), path)
        return
    builder = Builder(path, topic.id, deck.defaults, document, gathered.problems)
    if deck.topic not in (None, topic.id):
        builder.fault(
            ("topic",), f"the topic of this folder is {topic.id}, not {deck.topic}", "move the file, or mend it"
        )
    for i, fields in enumerate(deck.cards):
        card = _card(builder, fields, i)
        if card is not None and _fits(builder, card, i, known, gathered.cards):
            gathered.cards[card.id] = card


def _card(builder: Builder, fields: Any, index: int) -> Card | None:
    base = ("cards", index)
    if not isinstance(fields, dict):
        builder.fault(base, "a card must be a mapping", "begin with - id: …")
        return None
    kind = fields.get("kind")
    if kind not in schema.KINDS:
        what = "kind is missing" if kind is None else f"unknown kind {kind}"
        builder.fault((*base, "kind"), what, nearest(str(kind), schema.KINDS))
        return None
    model = schema.KINDS[kind]
    try:
        checked = model.model_validate(fields)
    except ValidationError as error:
        builder.problems += problems_of(error, model, builder.document, base, builder.path)
        return None
    return builder.card(checked, base)


def _fits(builder: Builder, card: Card, index: int, known: frozenset[str], others: dict[str, Card]) -> bool:
    """Whether the id is new; an anchor that the lesson has not is a problem, but no reason to leave the card out."""
    base = ("cards", index)
    other = others.get(card.id)
    if other is not None:
        place = f"{other.source.path}:{other.source.line}"
        builder.fault((*base, "id"), f"the id {card.id} is taken by {place}", "give one of the two another id")
        return False
    if card.lesson is not None and card.lesson not in known:
        steps = (*base, "lesson") if (*base, "lesson") in builder.document.values else ("defaults", "lesson")
        builder.fault(steps, f"the lesson has no anchor {card.lesson}", nearest(card.lesson, sorted(known)))
    return True
