"""Reading the cards of one file: every valid card, and every problem with its place.

A problem never stops the rest from being read.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mnemosyne.cards.card import Card, Source
from mnemosyne.cards.kinds.card_reader import CardReader
from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.cards.topic import Topic
from mnemosyne.deckfiles import file_schema
from mnemosyne.deckfiles.card_file import CARD_WORK, CardFile, TooMuchWorkError
from mnemosyne.deckfiles.fingerprint import LESSON
from mnemosyne.deckfiles.ids import IdHolder, Ids, id_of, says_replaces
from mnemosyne.deckfiles.problems import CardFileProblem, misnamed_problem, with_lines
from mnemosyne.deckfiles.schema_faults import problems_of
from mnemosyne.deckfiles.text_file import FileError, decoded, read_text
from mnemosyne.deckfiles.yaml_faults import YamlError
from mnemosyne.deckfiles.yaml_values import Document, Place, YamlPath, parse
from mnemosyne.text import choices, for_message, is_unicode, nearest, suggestion


@dataclass(frozen=True, slots=True)
class FieldPlaces:
    """The positions of one card's fields in its file."""

    document: Document  # the file
    base: YamlPath  # the path of the card in it

    def place(self, *steps: str | int) -> Place:
        """Return the line and column of a field, or of the card if it has no such field."""
        return self.document.place((*self.base, *steps))


@dataclass(slots=True)
class FileContents:
    """The content of some files. `ids` says which card has each id, even an invalid card."""

    cards: dict[str, Card] = field(default_factory=dict)  # the valid ones, by id
    places: dict[str, FieldPlaces] = field(default_factory=dict)  # the places of the cards' fields, by id
    problems: list[CardFileProblem] = field(default_factory=list)  # all problems, in order of reading
    ids: Ids = field(default_factory=Ids)
    folder: int = 0  # the number of the folder of topics being read


def read_document(
    path: Path, beginning: str, problems: list[CardFileProblem], data: bytes | None = None
) -> Document | None:
    """Return the mapping in a file, or in `data` instead of it; None, with the problem noted, if there is none."""
    text = ""
    if not (is_unicode(path.name) and is_unicode(path.parent.name)):
        problems.append(misnamed_problem(path))
        return None
    try:
        text = read_text(path) if data is None else decoded(data)
        document = parse(text)
    except FileError as error:
        problems.append(CardFileProblem(path, 0, 0, str(error)))
        return None
    except YamlError as error:
        problems += with_lines([CardFileProblem(path, *error.place, error.what, error.mend)], text)
        return None
    if not isinstance(document.value, dict):
        message = "the file is empty" if document.value is None else "the file must be a mapping"
        problems.append(CardFileProblem(path, 1, 1, message, beginning))
        return None
    return document


def in_order(problems: list[CardFileProblem]) -> list[CardFileProblem]:
    """Return the problems of one file by line and column, those of the whole file last."""
    return sorted(problems, key=lambda problem: (problem.line == 0, problem.line, problem.column))


def read_cards(
    path: Path, topic: Topic, anchors: frozenset[str] | None, contents: FileContents, data: bytes | None = None
) -> None:
    """Add the cards of a file, or of `data` instead of it.

    `anchors` are those of the topic's lesson; None if it may be elsewhere.
    """
    document = read_document(path, "begin with topic: and cards:", contents.problems, data)
    if document is None:
        return
    file = CardFile(path, document)
    with suppress(TooMuchWorkError):  # noted in the file's problems
        _read(file, topic, anchors, contents)
    contents.problems += with_lines(in_order(file.problems), document.text)


def _read(file: CardFile, topic: Topic, anchors: frozenset[str] | None, contents: FileContents) -> None:
    fields = _deck_fields(file)
    file.note_slips(None)
    if fields.topic not in (None, topic.id):
        message = f"the topic of this folder is {topic.id}, not {fields.topic}"
        file.add(("topic",), message, "move the file, or correct it")
    for i, value in enumerate(fields.cards):
        file.spend(CARD_WORK)
        base = ("cards", i)
        card = _card(file, value, base, topic.id, fields.defaults)
        is_first = id_of(value) not in contents.ids.claimed
        fresh = _is_fresh(file, value, base, contents)
        if card is not None and fresh:
            if says_replaces(value):
                _require_replaceable(file, card, value, base, is_alone=is_first and contents.ids.several_folders)
            _require_anchor(file, card, base, anchors)
            contents.cards[card.id] = card
            contents.places[card.id] = FieldPlaces(file.document, base)


def _deck_fields(file: CardFile) -> file_schema.DeckFields:
    """Return the file's fields without invalid ones, so that a fault outside the cards costs none of them."""
    value = file.document.value
    try:
        return file_schema.DeckFields.model_validate(value)
    except ValidationError as error:
        wrong = {detail["loc"][0] for detail in error.errors(include_url=False)}
        file.note_all(problems_of(error, file_schema.DeckFields, file.document, (), file.path))
        return file_schema.DeckFields.model_validate(
            {"cards": [], **{name: field for name, field in value.items() if name not in wrong}}
        )


def _card(file: CardFile, value: Any, base: YamlPath, topic: str, defaults: file_schema.DefaultFields) -> Card | None:
    """Return the card, or None with its problems noted; valid fields are checked even if others are not."""
    if not isinstance(value, dict):
        wrong = file.document.slip_at(base)
        if wrong is None:
            file.add(base, "a card must be a mapping", "begin with - id: …")
        else:
            file.note(CardFileProblem(file.path, *wrong.place, wrong.what, wrong.mend))
        return None
    before = len(file.problems)
    file.note_slips(base)
    card = _built(file, value, base, topic, defaults)
    return card if len(file.problems) == before or card is None else None


def _built(
    file: CardFile, mapping: dict[str, Any], base: YamlPath, topic: str, defaults: file_schema.DefaultFields
) -> Card | None:
    model = _model(file, mapping.get("kind"), base)
    absent = frozenset[str]()
    if mapping.get("kind") != file_schema.kind_of(model):
        mapping, absent = {**mapping, "kind": file_schema.kind_of(model)}, frozenset(("kind",))
    try:
        fields = model.model_validate(mapping)
    except ValidationError as error:
        absent |= {str(detail["loc"][0]) for detail in error.errors(include_url=False)}
        file.note_all(problems_of(error, model, file.document, base, file.path))
        rest = {name: value for name, value in mapping.items() if name not in absent - {"kind"}}
        stand_ins = file_schema.stand_ins(model)
        absent |= stand_ins.keys() - rest.keys()
        fields = model.model_validate({**stand_ins, **rest})
    return build_card(file, fields, base, absent, topic, defaults)


def _model(file: CardFile, kind: Any, base: YamlPath) -> type[file_schema.CardFields]:
    """Return the schema of the kind; for an unknown kind note the problem, and return that of the nearest
    kind or of any.
    """
    if isinstance(kind, str) and kind in file_schema.SCHEMAS:
        return file_schema.SCHEMAS[kind]
    if not isinstance(kind, str):
        file.add((*base, "kind"), "kind is missing", choices(file_schema.SCHEMAS))
        return file_schema.AnyFields
    file.add((*base, "kind"), f"unknown kind {for_message(kind)}", suggestion(kind, file_schema.SCHEMAS))
    return file_schema.SCHEMAS.get(nearest(kind, file_schema.SCHEMAS) or "", file_schema.AnyFields)


def _is_fresh(file: CardFile, value: Any, base: YamlPath, contents: FileContents) -> bool:
    """Return whether no other card, valid or not, has the id; note the problem if one has."""
    card_id = id_of(value)
    if card_id is None:
        return False
    line = file.document.place((*base, "id"))[0]
    holder = IdHolder(str(file.path), line, contents.folder, says_replaces(value))
    owner = contents.ids.claim(card_id, holder)
    if owner is None:
        return True
    if owner.folder == contents.folder:
        file.add(
            (*base, "id"), f"the id {for_message(card_id)} is already used in {owner}", "give one of the two another id"
        )
    elif owner.folder > contents.folder:
        mend = f"give it another id, or write replaces: {for_message(card_id)} to replace that card"
        file.add((*base, "id"), f"the id {for_message(card_id)} is already used in {owner}", mend)
    elif owner.line and not owner.replaces:  # the learner's own card, which was there first, keeps the id
        message = f"the id {for_message(card_id)} is also used by {holder}"
        mend = f"write replaces: {for_message(card_id)} if your card is to replace that one, or give yours another id"
        contents.problems.append(CardFileProblem(Path(owner.path), owner.line, 1, message, mend))
    return False


def _require_replaceable(file: CardFile, card: Card, value: Any, base: YamlPath, *, is_alone: bool) -> None:
    """Note a `replaces` that names another id, or an id that no other card has; the card is kept all the same."""
    if file_schema.as_text(value["replaces"]) != card.id:
        message = f"`replaces` must repeat the card's own id, {card.id}: the history is kept under that id"
        file.add((*base, "replaces"), message, f"write replaces: {card.id}, or leave it out")
    elif is_alone:
        message = f"no other card has the id {card.id}, so none is replaced"
        file.add((*base, "replaces"), message, "correct the id, or leave `replaces` out")


def _require_anchor(file: CardFile, card: Card, base: YamlPath, anchors: frozenset[str] | None) -> None:
    """Note an anchor that the lesson does not have; the card is kept all the same."""
    if anchors is not None and card.lesson is not None and card.lesson not in anchors:
        file.spend(len(anchors))  # each is compared to find the nearest
        steps = (*base, "lesson") if (*base, "lesson") in file.document.values else ("defaults", "lesson")
        mend = (
            suggestion(card.lesson, sorted(anchors))
            if anchors
            else f"write {{#{for_message(card.lesson)}}} after a heading in {LESSON}"
        )
        file.add(steps, f"the lesson has no anchor {for_message(card.lesson)}", mend)


def build_card(
    file: CardFile, fields: Any, base: YamlPath, absent: frozenset[str], topic: str, defaults: file_schema.DefaultFields
) -> Card | None:
    """Return the card at `base`, or None with the problems noted; `absent` fields are missing or already rejected."""
    before = len(file.problems)
    if fields.hint and fields.hints:
        file.add((*base, "hint"), "both `hint` and `hints` are given", "put all of them in `hints`")
    kind = KINDS.get(fields.kind)
    content = kind.read(CardReader(file, fields, base, absent)) if kind else None
    if content is None or absent or len(file.problems) > before:
        return None
    target = fields.target or defaults.target
    return Card(
        id=fields.id,
        topic=topic,
        content=content,
        tags=tuple(dict.fromkeys((*defaults.tags, *fields.tags))),
        lesson=fields.lesson or defaults.lesson,
        hints=(fields.hint,) if fields.hint else tuple(fields.hints),
        target=timedelta(seconds=target) if target else None,
        source=Source(str(file.path), file.document.place((*base, "id"))[0]),
    )
