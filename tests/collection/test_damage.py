"""Whatever happens to a deck's file, the result is one message and never a bug, and a backup can be restored."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from sample_size import sample_size

from mnemosyne.collection import Collection, card_changes, doctor, safety
from mnemosyne.collection.doctor import RepairPlan, examine
from mnemosyne.collection.today import overview_of
from mnemosyne.errors import MnemosyneError
from mnemosyne.settings import Settings
from mnemosyne.store.backup import Reason

DECK = "cards:\n" + "".join(f"  - {{id: card-{n}, kind: recall, ask: Number {n}?, answer: Yes.}}\n" for n in range(40))
PAGE = 4096


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings of a learner with a few grades, a reset, and a backup."""
    monkeypatch.setattr(doctor, "judges", lambda _: "")
    monkeypatch.setattr(doctor, "flint_version", lambda: "0")
    (tmp_path / "cards" / "small").mkdir(parents=True)
    (tmp_path / "cards" / "small" / "deck.yaml").write_text(DECK, encoding="utf-8")
    where = Settings(tmp_path / "data", tmp_path / "config.toml", (tmp_path / "cards",))
    with Collection(where) as collection:
        session = collection.session()
        for quality in (1, 4, 5, 3, 2):
            session.give_up()
            session.grade(quality)
        session.undo()
        card_changes.reset(collection, ["card-1"])
        safety.back_up_now(collection, Reason.ASKED)
    return where


def spoil(deck: bytes, seed: int) -> bytes:
    """Return the deck with pages lost, overwritten or swapped, bytes changed, or its end cut off."""
    chance, spoilt = Random(seed), bytearray(deck)
    places = [chance.randrange(len(deck) // PAGE) * PAGE for _ in range(2)]
    match seed % 5:
        case 0:
            spoilt[places[0] : places[0] + PAGE] = chance.randbytes(PAGE)
        case 1:
            spoilt[places[0] : places[0] + PAGE] = bytes(PAGE)
        case 2:
            first_page, second_page = (slice(place, place + PAGE) for place in places)
            spoilt[first_page], spoilt[second_page] = spoilt[second_page], spoilt[first_page]
        case 3:
            for _ in range(20):
                spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        case 4:
            del spoilt[chance.randrange(len(spoilt)) :]
    return bytes(spoilt)


def a_session(collection: Collection) -> None:
    """Answer and undo once, if anything is asked."""
    session = collection.session()
    if session.question is not None:
        session.give_up()
        session.grade(4)
        session.undo()
    session.summary()


STEPS: dict[str, Callable[[Collection], object]] = {
    "backup": lambda collection: safety.back_up_now(collection, Reason.ASKED),
    "home": overview_of,
    "session": a_session,
    "doctor": lambda collection: list(examine(collection, RepairPlan(mends=True))),
}


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(3, 30)))
def test_whatever_happened_to_the_file_is_an_error_of_ours_and_a_backup_can_be_restored(settings: Settings, seed: int):
    path = settings.deck_path
    good = path.read_bytes()
    backup = safety.backups(settings.backup_folder)[0].path
    for step in STEPS.values():
        for companion in ("-wal", "-shm", "-journal"):
            path.with_name(path.name + companion).unlink(missing_ok=True)
        path.write_bytes(spoil(good, seed))
        with Collection(settings) as collection, suppress(MnemosyneError):
            step(collection)
    with Collection(settings) as collection:
        assert safety.restore_backup(collection, backup).contents.reviews == 4
        assert collection.session().question is not None
