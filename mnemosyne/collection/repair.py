"""Repair of what is inside a sound file: parts of the deck that are not ours, and values that no column should hold.

Works past the open deck, on connections of its own, since what is wrong may keep the deck from being opened.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import from_json, to_json
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.errors import CardError
from mnemosyne.store import migrations, values
from mnemosyne.store.database_file import looked_into

if TYPE_CHECKING:
    from mnemosyne.store.migrations import Structure
    from mnemosyne.store.values import Wrong

_LOST = Recall("This card's question is lost.", "Its history is kept.")


def structure_of_deck(path: Path) -> Structure | None:
    """Return how the deck at `path` is built; None if it does not have the tables of a deck."""
    with looked_into(path, "rw") as connection:
        return migrations.repairable_structure_of(connection)


def mend_own_parts(path: Path) -> None:
    """Make the header state what the tables are, and rebuild our triggers, views and indexes where they differ."""
    with looked_into(path, "rw") as connection:
        structure_found = migrations.repairable_structure_of(connection)
        if structure_found is not None:
            migrations.mend_header(connection, structure_found)
            migrations.remake(connection, structure_found)


def remove_foreign_parts(path: Path) -> None:
    """Remove triggers, views and indexes that are not ours."""
    with looked_into(path, "rw") as connection:
        structure_found = migrations.repairable_structure_of(connection)
        if structure_found is not None:
            migrations.remove_foreign(connection, structure_found)


def wrong_values_in_deck(path: Path) -> list[Wrong]:
    """Return each column of the deck that has unusable values, and in how many rows."""
    with looked_into(path, "rw") as connection:
        return values.wrong_values(connection, _CONTENTS)


def mend_values_in_deck(path: Path) -> None:
    """Replace or give up the values that cannot be used, all or none. The next sync and the log tell the rest."""
    with looked_into(path, "rw") as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")  # a row is mended column by column
        with closing(connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            # Triggers that sum the log up would choke on what it holds; the tally is made anew afterwards.
            triggers = migrations.without_triggers(connection)
            values.mend_values(connection, _CONTENTS)
            for sql in triggers:
                cursor.execute(sql)
            cursor.execute("COMMIT")


def _is_card(card_id: str, content: str) -> bool:
    try:
        return from_json(content).id == card_id
    except CardError:
        return False


def lost_card(card_id: str, topic: str) -> str:
    """Return the content of a card that no card file has, as its history needs one."""
    return to_json(Card(card_id, topic, _LOST))


_CONTENTS = values.CardContents(_is_card, lost_card)
