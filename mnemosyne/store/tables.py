"""The tables of a deck, as SQLModel classes: columns, constraints, indexes.

Statements name the `__table__` of each. All moments and durations are whole microseconds (moments
since 1970 UTC) and all study days ISO text, so that both can be compared in SQL. Ease factors are
integer hundredths. A new card has neither `due` nor `reviewed`; every other card has both. Decks on
disk are created by `migrations`; a test compares the two. Rows never leave this package.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    TypeDecorator,
    literal_column,
)
from sqlmodel import Field, SQLModel

from mnemosyne.scheduling.sm2 import DRILL_BELOW
from mnemosyne.store.quick_names import path_in, path_out

APPLICATION_ID: Final = 0x4D4E454D  # "MNEM": marks an SQLite database as a deck
SCHEMA_VERSION: Final = 12  # the newest version that `migrations` can make, and that of these tables
OUR_TRIGGERS: Final = frozenset({"tally_logged", "tally_changing", "tally_changed", "tally_left", "tally_joined"})


class PathText(TypeDecorator[str]):
    """The path of a file, whose name need not be UTF-8."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: object) -> Any:
        """Return the path as stored."""
        return path_out(value) if isinstance(value, str) else value

    def process_result_value(self, value: Any, _dialect: object) -> Any:
        """Return the path as used by the system; damaged values are returned unchanged."""
        return path_in(value) if isinstance(value, str) else value


class TableRow(SQLModel):
    """A row of a table. Statements create and read rows, so pydantic's validator is never needed."""

    model_config = {"defer_build": True}


class CardRow(TableRow, table=True):
    """A card: where and what it is (written by a sync), and what the learner's memory of it is (written by reviews)."""

    __tablename__ = "card"

    id: str = Field(primary_key=True, sa_type=Text)
    topic: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    path: str = Field(sa_type=PathText)
    line: int
    position: int  # the place in the order of learning
    content: str = Field(sa_type=Text)  # JSON, as deckfiles writes it
    content_hash: str = Field(sa_type=Text)  # a hash of everything but path, line and position
    missing: bool = False  # whether it is in no card file; it is kept with its history in case it returns
    suspended: bool = False
    flagged: bool = False
    buried_until: str | None = Field(default=None, sa_type=Text)  # buried on every study day before this one
    repetitions: int
    ease: int
    interval: int
    lapses: int
    due: str | None = Field(default=None, sa_type=Text)
    reviewed: str | None = Field(default=None, sa_type=Text)

    __table_args__ = (
        CheckConstraint("(due IS NULL) = (reviewed IS NULL)", name="card_due_reviewed"),
        Index("card_queue", "missing", "suspended", "due", "position", "buried_until", "id"),
        Index("card_topic", "topic", "missing", "suspended", "due", "position", "buried_until", "id"),
        Index("card_memory", "lapses", "missing", "topic", "interval", "ease", "suspended", "due", "id"),
    )


class FsrsMemoryRow(TableRow, table=True):
    """What FSRS knows about a card, and SM-2's interval and due date meanwhile; no row under SM-2 or for a new card."""

    __tablename__ = "fsrs_memory"

    card_id: str = Field(sa_column=Column("card_id", Text, ForeignKey("card.id"), primary_key=True))
    stability: float = Field(sa_type=Float)  # days
    difficulty: float = Field(sa_type=Float)
    seen: str = Field(sa_type=Text)  # the study day of the last review or drill
    sm2_interval: int
    sm2_due: str = Field(sa_type=Text)

    __table_args__ = ({"sqlite_with_rowid": False},)


class ScheduleRow(TableRow, table=True):
    """The scheduler by which the memories of the cards are computed: one row, or none for SM-2.

    After a switch, what is due at once is caught up with by a limit of cards per day, until a study day.
    """

    __tablename__ = "schedule"

    id: int = Field(default=1, sa_column=Column("id", Integer, CheckConstraint("id = 1"), primary_key=True))
    key: str = Field(sa_type=Text)
    catch_up_until: str | None = Field(default=None, sa_type=Text)
    catch_up_limit: int | None = None


class FitRow(TableRow, table=True):
    """FSRS's weights, fitted to the first scored answers of the log (`answers` of them); `weights` is a JSON list."""

    __tablename__ = "fit"

    answers: int = Field(sa_column=Column("answers", Integer, primary_key=True, autoincrement=False))
    study_day: str = Field(sa_type=Text)  # the study day on which it was made
    weights: str = Field(sa_type=Text)
    loss_before: float = Field(sa_type=Float)  # mean log loss of the default weights, in nats
    loss_after: float = Field(sa_type=Float)  # mean log loss of these weights on the later answers, in nats


class SkillFoldRow(TableRow, table=True):
    """What is known about skills after the first answers of the log (`answers` of them); `state` is JSON."""

    __tablename__ = "skill_fold"

    key: str = Field(primary_key=True, sa_type=Text)  # the version of the fold, and FSRS's weights
    last: str = Field(primary_key=True, sa_type=Text)  # the id of the last of these answers
    answers: int
    reviews: int  # the number of the newest review when the state was stored
    undos: int  # the number of the newest undo at that time
    state: str = Field(sa_type=Text)


class TagRow(TableRow, table=True):
    """One tag of one card."""

    __tablename__ = "card_tag"

    card_id: str = Field(sa_column=Column("card_id", Text, ForeignKey("card.id"), primary_key=True))
    tag: str = Field(primary_key=True, sa_type=Text)

    __table_args__ = (Index("card_tag_cards", "tag", "card_id"), {"sqlite_with_rowid": False})


class ChainRow(TableRow, table=True):
    """How many links the chain of a card has; a card without a chain has no row."""

    __tablename__ = "card_chain"

    card_id: str = Field(sa_column=Column("card_id", Text, ForeignKey("card.id"), primary_key=True))
    links: int

    __table_args__ = ({"sqlite_with_rowid": False},)


class ReviewRow(TableRow, table=True):
    """The log: one graded answer. Never deleted; an undone one has `undone_at` set and counts nowhere.

    The log is ordered by `id`; `number` counts rows in order of arrival in this deck. The memories
    before and after it, `undone_at`, and whether it is a `drill` follow from the whole log: even if
    not `asked_as_drill`, it counts as one if another device asked the card earlier on that study
    day. `answers` is a JSON list of the attempts, NULL if there were fewer than two, or if only the
    last was stored. `exercise` is what was differentiated, NULL if nothing was or it is unknown;
    for an answer with fields, `fields` has a digit for each, 1 if it is right.
    """

    __tablename__ = "review"

    number: int | None = Field(default=None, primary_key=True)
    id: str = Field(sa_type=Text)
    device: str = Field(sa_type=Text)
    card_id: str = Field(sa_column=Column("card_id", Text, ForeignKey("card.id"), nullable=False))
    answered_at: int
    utc_offset: int
    study_day: str = Field(sa_type=Text)
    drill: bool
    asked_as_drill: bool
    practice: bool
    fuzzed: bool
    seed: int
    answer: str = Field(sa_type=Text)
    verdict: str | None = Field(sa_type=Text)
    misconception: str | None = Field(sa_type=Text)
    proposed: int | None
    quality: int
    hints: int
    attempts: int
    duration: int
    before_repetitions: int
    before_ease: int
    before_interval: int
    before_lapses: int
    before_due: str | None = Field(sa_type=Text)
    before_reviewed: str | None = Field(sa_type=Text)
    after_repetitions: int
    after_ease: int
    after_interval: int
    after_lapses: int
    after_due: str | None = Field(sa_type=Text)
    after_reviewed: str | None = Field(sa_type=Text)
    undone_at: int | None = None
    answers: str | None = Field(default=None, sa_type=Text)
    exercise: str | None = Field(default=None, sa_type=Text)
    fields: str | None = Field(default=None, sa_type=Text)

    __table_args__ = (CheckConstraint("quality BETWEEN 0 AND 5", name="review_quality"),)


class ResetRow(TableRow, table=True):
    """The log: a card reset to new, which can be undone. Cards that were reset together share a number and an id."""

    __tablename__ = "reset"

    number: int = Field(sa_column=Column("number", Integer, primary_key=True, autoincrement=False))
    id: str = Field(sa_type=Text)
    device: str = Field(sa_type=Text)
    card_id: str = Field(sa_column=Column("card_id", Text, ForeignKey("card.id"), primary_key=True))
    reset_at: int
    study_day: str = Field(sa_type=Text)
    before_repetitions: int
    before_ease: int
    before_interval: int
    before_lapses: int
    before_due: str | None = Field(sa_type=Text)
    before_reviewed: str | None = Field(sa_type=Text)
    undone_at: int | None = None

    __table_args__ = (Index("reset_card", "card_id"), Index("reset_id", "id"), {"sqlite_with_rowid": False})


class MarkChangeRow(TableRow, table=True):
    """The log: a card suspended, buried or flagged, or released from that, or given a due date. It can be undone.

    `number` is in the same sequence as those of resets; cards changed together share it. `mark` is
    the column of the card, `value` its new value: 0, 1 or a day. The newest change applies; a due
    date only until the next review.
    """

    __tablename__ = "mark_change"

    number: int = Field(sa_column=Column("number", Integer, primary_key=True, autoincrement=False))
    id: str = Field(sa_type=Text)
    device: str = Field(sa_type=Text)
    card_id: str = Field(sa_column=Column("card_id", Text, ForeignKey("card.id"), primary_key=True))
    mark: str = Field(sa_type=Text)
    changed_at: int
    value: str | None = Field(sa_type=Text)
    undone_at: int | None = None

    __table_args__ = (
        Index("mark_change_card", "card_id", "mark", "id"),
        Index("mark_change_id", "id"),
        {"sqlite_with_rowid": False},
    )


class UndoRow(TableRow, table=True):
    """The log: an event that was undone, even one that has not arrived yet. Undos and resets share one numbering."""

    __tablename__ = "undo"

    number: int = Field(sa_column=Column("number", Integer, primary_key=True, autoincrement=False))
    id: str = Field(sa_type=Text)
    device: str = Field(sa_type=Text)
    event_id: str = Field(sa_type=Text)
    undone_at: int

    __table_args__ = (Index("undo_id", "id", unique=True), Index("undo_event", "event_id"))


class DeviceRow(TableRow, table=True):
    """The name of this device in the events that it makes: one row, or none before the first."""

    __tablename__ = "device"

    id: int = Field(default=1, sa_column=Column("id", Integer, CheckConstraint("id = 1"), primary_key=True))
    name: str = Field(sa_type=Text)


class CarrierRow(TableRow, table=True):
    """A folder or a hub: how far the log was `sent` there, and how far its events were `received` here."""

    __tablename__ = "carrier"

    name: str = Field(primary_key=True, sa_type=Text)
    sent: str = Field(sa_type=Text)
    received: str = Field(sa_type=Text)


class TallyRow(TableRow, table=True):
    """The log summed up by study day, topic, proposed quality (-1: none) and quality; triggers keep it up to date."""

    __tablename__ = "tally"

    study_day: str = Field(primary_key=True, sa_type=Text)
    topic: str = Field(primary_key=True, sa_type=Text)
    proposed: int = Field(sa_column=Column("proposed", Integer, primary_key=True, autoincrement=False))
    quality: int = Field(sa_column=Column("quality", Integer, primary_key=True, autoincrement=False))
    reviews: int
    first: int  # how many of the reviews were of new cards
    young: int  # how many of them test memory after an interval below 21 days
    mature: int  # how many of them test memory after a longer interval
    drills: int
    practised: int
    spent: int

    __table_args__ = ({"sqlite_with_rowid": False},)


class PendingRow(TableRow, table=True):
    """The question in progress: one row or none. `attempts` is a JSON list of the answers so far."""

    __tablename__ = "pending"

    id: int = Field(default=1, sa_column=Column("id", Integer, CheckConstraint("id = 1"), primary_key=True))
    card_id: str = Field(sa_column=Column("card_id", Text, ForeignKey("card.id"), nullable=False))
    seed: int
    drill: bool
    hints: int
    attempts: str = Field(sa_type=Text)
    spent: int


class FileRow(TableRow, table=True):
    """A deck file as it was at the last sync."""

    __tablename__ = "deck_file"

    path: str = Field(primary_key=True, sa_type=PathText)
    mtime_ns: int
    size: int


DUE: Final = "due"  # the value of `mark` for a due date set by hand
_tables = SQLModel.metadata.tables
card: Final[Table] = _tables["card"]
fsrs_memory: Final[Table] = _tables["fsrs_memory"]
schedule: Final[Table] = _tables["schedule"]
fit: Final[Table] = _tables["fit"]
skill_fold: Final[Table] = _tables["skill_fold"]
card_tag: Final[Table] = _tables["card_tag"]
card_chain: Final[Table] = _tables["card_chain"]
review: Final[Table] = _tables["review"]
reset: Final[Table] = _tables["reset"]
mark_change: Final[Table] = _tables["mark_change"]
undo: Final[Table] = _tables["undo"]
device: Final[Table] = _tables["device"]
carrier: Final[Table] = _tables["carrier"]
tally: Final[Table] = _tables["tally"]
pending: Final[Table] = _tables["pending"]
deck_file: Final[Table] = _tables["deck_file"]
TABLES: Final = tuple(_tables.values())

# The answers after which a card is asked again that day. SQLite uses the index only if the number is a literal.
_counting = review.c.undone_at.is_(None)
low_grade: Final = review.c.practice.is_(False) & (review.c.quality < literal_column(str(DRILL_BELOW))) & _counting
# Whatever counts reviews excludes undone ones, so these indexes contain only the others. Even so they include
# `undone_at`: otherwise SQLite would look up every row in the table to check what the index already implies.
_REVIEW_INDEXES: Final = {
    "review_day": ("study_day card_id quality drill practice before_reviewed duration id undone_at", _counting),
    "review_card": ("card_id study_day drill practice quality duration undone_at", _counting),
    "review_slip": (
        "misconception study_day card_id drill practice quality duration undone_at",
        review.c.misconception.is_not(None) & _counting,
    ),
    "review_low": ("study_day id card_id practice quality undone_at", low_grade),
}
for _name, (_columns, _condition) in _REVIEW_INDEXES.items():
    Index(_name, *(review.c[_column] for _column in _columns.split()), sqlite_where=_condition)
Index("review_id", review.c.id, unique=True)
