"""Two programs on one deck, as real processes: sessions, a sync, an export; nothing lost or locked, all reported."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from folds import fold_history
from patience import PATIENCE

from mnemosyne.collection import Collection
from mnemosyne.settings import Settings
from mnemosyne.store import log

OTHER_SESSION_OPEN = (
    "mnemosyne: another session is open on this deck. You can continue; a card answered in both counts once\n"
)
DRILLED = (
    "“Differentiate sin(x²)” was already reviewed today in another session or on another device. "
    "Your grade is saved as a drill.\n"
)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.mark.thorough
def test_the_second_session_is_warned_and_a_card_graded_in_both_is_drilled(start_piped, graded, home):
    first, second = start_piped(home, "review", "--plain"), None
    first.read_until("\n> ")
    second = start_piped(home, "review", "--plain")
    assert "first" in second.read_until("\n> ")
    for session in (first, second):
        session.type_line("2x cos(x^2)", "quality [5] > ")
    assert DRILLED not in first.type_line("4", "\n> ")
    output = second.type_line("1", "\n> ")
    assert output.startswith(f"\n{DRILLED}\nQuestion 2 (derivative, second)\n"), (
        "warned once, and the session continues"
    )
    assert second.leave()[0::2] == (0, OTHER_SESSION_OPEN)
    assert first.leave()[0::2] == (0, "")
    assert graded(home) == [("first", "4"), ("first", "1")]


@pytest.mark.thorough
def test_after_a_kill_the_try_before_the_other_session_still_counts(start_piped, graded, home):
    first = start_piped(home, "review", "--plain")
    first.read_until("\n> ")
    first.type_line("cos(x^2)", "You have one more try.\n")
    second = start_piped(home, "review", "--plain")
    assert "Try" not in second.read_until("\n> "), "it asks the card anew: the try belongs to another session"
    second.type_line("x", "Incorrect")
    first.close()
    second.close()
    again = start_piped(home, "review", "--plain")
    again.read_until("\n> ")
    assert "correct after a misconception" in again.type_line("2x cos(x^2)", "quality [2] > ")


@pytest.mark.thorough
def test_a_sync_an_export_figures_and_a_backup_in_the_middle_of_a_session(start_piped, command, graded, home, cards):
    session = start_piped(home, "review", "--plain")
    session.read_until("\n> ")
    session.type_line("2x cos(x^2)", "quality [5] > ")
    deck = cards / "small" / "deck.yaml"
    deck.write_text(deck.read_text(encoding="utf-8").replace("cos(x^3)", "cos(x^4)"), encoding="utf-8")
    for line in (
        ("cards", "sync"),
        ("export", "reviews", "--format", "csv"),
        ("stats",),
        ("cards", "list", "due"),
        ("backup",),
    ):
        run = command(home, *line)
        assert (run.status, run.err) == (0, ""), line
    assert "cos(x⁴)" in session.type_line("", "\n> ")
    assert session.leave()[0::2] == (0, "")
    assert graded(home) == [("first", "5")]


@pytest.mark.thorough
def test_a_restore_in_the_middle_of_a_session_is_refused_or_noticed(start_piped, command, graded, home):
    session = start_piped(home, "review", "--plain")
    session.read_until("\n> ")
    session.type_line("2x cos(x^2)", "quality [5] > ")
    session.type_line("", "\n> ")
    assert command(home, "backup").status == 0
    session.type_line("-3x^2 sin(x^3)", "quality [5] > ")
    run = command(home, "restore", "1", "--yes")
    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "in use by another program" in run.err
    assert "No questions are left" in session.type_line("", "\n> ")
    assert session.leave()[0::2] == (0, "")
    assert graded(home) == [("first", "5"), ("second", "5")]


WORKER = """
import sys
from pathlib import Path
from mnemosyne.verdict import Verdict, Word
from mnemosyne.collection import Collection
from mnemosyne.review.record import RefusedGrade
from mnemosyne.settings import Settings
home, cards, what, rounds = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
right = Verdict(Word.CORRECT, "Correct.")
for turn in range(rounds):
    with Collection(Settings(home, home / "config.toml", (cards,), new_per_day=1000)) as collection:
        if what == "sync":
            collection.sync()
        elif what == "backup":
            from mnemosyne.collection.safety import back_up_now
            from mnemosyne.store.backup import Reason, check_backup

            collection.sync_if_changed()
            assert check_backup(back_up_now(collection, Reason.ASKED).path).cards
        elif what == "export":
            from mnemosyne.store import log

            print("read", sum(1 for _ in log.read_reviews(collection.deck)))
        else:
            session = collection.session()
            while session.question is not None:
                session.answer("x", right)
                print("refused" if isinstance(session.grade(4), RefusedGrade) else "stored", flush=True)
"""


@pytest.mark.thorough
def test_under_load_nothing_is_lost_and_nobody_is_locked_out(tmp_path, cards, home):
    text = "cards:\n" + "".join(f"  - {{id: c{n}, kind: recall, ask: Say {n}., answer: yes}}\n" for n in range(150))
    (cards / "small" / "deck.yaml").write_text(text, encoding="utf-8")
    work = [("session", 1), ("session", 1), ("sync", 8), ("export", 8), ("backup", 8)]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(home), str(cards), task, str(rounds)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for task, rounds in work
    ]
    word_counts: Counter[str] = Counter()
    for process in processes:
        out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, err) == (0, "")
        word_counts.update(line.split()[0] for line in out.splitlines())
    with Collection(Settings(home, home / "config.toml", (cards,))) as collection:
        reviews = list(log.read_reviews(collection.deck))
        assert (len(reviews), word_counts["refused"]) == (word_counts["stored"], 0)
        stored = [(review.card_id, review.quality, review.study_day) for review in reviews if not review.drill]
        assert len({card_id for card_id, _, _ in stored}) == len(stored) == 150
        folded = {card_id: fold_history([(quality, day)]) for card_id, quality, day in stored}
        assert dict(log.memories(collection.deck)) == folded
