"""Events to and from a hub: in order, once, whatever breaks meanwhile; and the tally that follows from them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import islice
from threading import Barrier, Thread

import psycopg
import pytest
from event_lines import line
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_size import sample_size
from school import School

from mnemosyne.errors import HubAwayError, HubError
from mnemosyne.hub import exchange
from mnemosyne.hub.exchange import Cursor, holds, pull, push, with_hub
from mnemosyne.hub_address import HubAddress

ALL = "select number, id, line from mnemosyne.event where learner = %s order by number"


def push_events(address: HubAddress, events: list[tuple[str, str]]) -> int:
    """Push these events."""
    return with_hub(address, lambda hub: push(hub, events))


def pull_events(address: HubAddress, cursor: Cursor) -> list[tuple[Cursor, str]]:
    """Pull all events after the cursor."""
    return with_hub(address, lambda hub: list(pull(hub, cursor)))


@pytest.fixture
def ada(school: School, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return a learner without events, whose password is where libpq looks for it."""
    name = f"ada{random.getrandbits(40):x}"
    school.add(name)
    monkeypatch.setenv("PGPASSWORD", school.server.passwords[name])
    return name


def test_what_is_pushed_is_pulled_unchanged_and_in_order(school: School, ada: str):
    events = [line(answer=f'ä {number} \0 𝛑 \\u0000 "') for number in range(2500)]
    assert push_events(school.address(ada), events) == 2500
    received = pull_events(school.address(ada), Cursor())
    assert [text for _, text in received] == [text for _, text in events]
    assert [cursor.number for cursor, _ in received] == list(range(1, 2501))
    end = received[-1][0]
    assert with_hub(school.address(ada), lambda hub: (holds(hub, end), list(pull(hub, end)))) == (True, [])


def test_pushing_what_is_already_there_leaves_no_trace(school: School, ada: str):
    events = [line() for _ in range(30)]
    address = school.address(ada)
    assert [push_events(address, part) for part in (events[:20], events, events)] == [20, 10, 0]
    assert [number for number, *_ in school.rows(ALL, "admin", ada)] == list(range(1, 31))


def test_a_cursor_is_kept_as_text():
    cursor = Cursor(7, "0" * 31 + "1")
    assert Cursor.parse(str(cursor)) == cursor
    for text in ("", "x", "7", "-1 a", str(Cursor())):
        assert Cursor.parse(text) == Cursor()


def test_a_hub_restored_from_a_backup_no_longer_has_the_cursor(school: School, ada: str):
    events = [line() for _ in range(3)]
    push_events(school.address(ada), events)
    *_, (end, _) = pull_events(school.address(ada), Cursor())
    with school.connect("admin") as connection:  # as in a restored backup: the last event is gone, and another came
        connection.execute("delete from mnemosyne.event where learner = %s and number = 3", (ada,))
    assert with_hub(school.address(ada), lambda hub: holds(hub, end)) is False
    push_events(school.address(ada), [line()])
    assert with_hub(school.address(ada), lambda hub: holds(hub, end)) is False
    assert with_hub(school.address(ada), lambda hub: holds(hub, Cursor())) is True


def test_concurrent_pushes_of_one_learner_leave_no_gap_and_no_row_behind_a_reader(school: School, ada: str):
    """A reader that follows meanwhile sees every number once, in order."""
    address, numbers, at_once = school.address(ada), [], Barrier(4)

    def pusher() -> None:
        at_once.wait()
        for _ in range(5):
            push_events(address, [line() for _ in range(7)])

    threads = [Thread(target=pusher) for _ in range(3)]
    for thread in threads:
        thread.start()
    at_once.wait()
    cursor = Cursor()
    while len(numbers) < 105:
        rows = pull_events(address, cursor)
        numbers += [position.number for position, _ in rows]
        cursor = rows[-1][0] if rows else cursor
    for thread in threads:
        thread.join()
    assert numbers == list(range(1, 106))


def until_killed(school: School, backend: int, events: list[tuple[str, str]], stop: int) -> Iterator[tuple[str, str]]:
    """Yield the events; kill the server's side of the connection once that many were yielded."""
    yield from events[:stop]
    school.rows("select pg_terminate_backend(%s)", "admin", backend)
    yield from events[stop:]


def test_a_push_that_is_killed_leaves_whole_batches_and_is_pushed_again(school: School, ada: str):
    events = [line() for _ in range(50)]
    chance = random.Random(19)
    for _ in range(6):
        with school.connect(ada) as connection:
            backend = connection.info.backend_pid
            stop = chance.randrange(50)
            with pytest.MonkeyPatch.context() as patch, pytest.raises(psycopg.OperationalError):
                patch.setattr(exchange, "BATCH", 7)
                push(connection, until_killed(school, backend, events, stop))
        stored_lines = [text for *_, text in school.rows(ALL, "admin", ada)]
        assert stored_lines == [text for _, text in events][: len(stored_lines)]
    push_events(school.address(ada), events)
    assert [(number, text) for number, _, text in school.rows(ALL, "admin", ada)] == [
        (number, text) for number, (_, text) in enumerate(events, 1)
    ]


@pytest.mark.thorough
def test_a_server_that_is_killed_loses_nothing_that_was_acknowledged(school: School, ada: str):
    events = [line() for _ in range(60)]
    address, acknowledged = school.address(ada), 0
    for part in range(3):
        acknowledged += push_events(address, events[part * 20 : part * 20 + 20])
        connection = school.connect(ada)
        connection.execute("begin")
        push(connection, [line()])  # never committed
        school.server.restart()
        connection.close()
    assert [text for *_, text in school.rows(ALL, "admin", ada)] == [text for _, text in events]
    assert acknowledged == 60


@pytest.mark.thorough
def test_work_whose_connection_breaks_is_done_once_more(school: School, ada: str):
    events, tries = [line() for _ in range(20)], []

    def work(hub) -> int:
        tries.append(hub)
        if len(tries) == 1:
            push(hub, events[:9])
            school.server.restart()
        return push(hub, events)

    assert with_hub(school.address(ada), work) == 11
    assert len(tries) == 2


def test_a_hub_that_is_away_is_reported_in_one_sentence(school: School, ada: str):
    school.server.kill()
    try:
        with pytest.raises(HubAwayError) as raised:
            push_events(school.address(ada), [line()])
    finally:
        school.server.start()
    assert str(raised.value) == (
        f"the hub {school.address(ada)} cannot be reached; the next session exchanges what was missed"
    )


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("wrong", "refuses the password; correct the line in ~/.pgpass, or ask your teacher"),
        (None, "asks for a password; put it into ~/.pgpass, readable only by you, or into PGPASSWORD"),
    ],
)
def test_a_wrong_password_is_reported_in_one_sentence(school: School, ada: str, monkeypatch, password, message):
    monkeypatch.setenv("PGPASSFILE", "/nonexistent")
    if password:
        monkeypatch.setenv("PGPASSWORD", password)
    else:
        monkeypatch.delenv("PGPASSWORD")
    with pytest.raises(HubError) as raised:
        push_events(school.address(ada), [line()])
    assert str(raised.value) == f"the hub {school.address(ada)} {message}"


def test_the_password_comes_from_the_usual_file(school: School, ada: str, monkeypatch, tmp_path):
    monkeypatch.delenv("PGPASSWORD")
    path = tmp_path / "pgpass"
    path.write_text(f"*:*:{school.hub.database}:{ada}:{school.server.passwords[ada]}\n")
    path.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(path))
    assert push_events(school.address(ada), [line()]) == 1


def test_whoever_is_not_a_learner_cannot_push(school: School, monkeypatch):
    with pytest.raises(HubError) as raised:
        with_hub(school.hub, lambda hub: push(hub, [line()]))
    assert str(raised.value) == (
        f"the hub {school.hub} refuses: teacher is not a learner of this class; ask whoever runs it"
    )


BY_DAY = (
    "select day, answers::int, reviews, passed, tests, kept, spent::int from mnemosyne.day_tally where learner = %s"
    " order by day"
)
FROM_CARDS = (
    "select day, sum(answers)::int, count(*) filter (where reviewed), count(*) filter (where passed),"
    " count(*) filter (where reviewed and seen), count(*) filter (where passed and seen), sum(spent)::int"
    " from mnemosyne.tally where learner = %s group by day order by day"
)
ACTS = st.lists(
    st.tuples(st.sampled_from(["sine", "cosine"]), st.integers(1, 3), st.integers(0, 5), st.booleans(), st.booleans()),
    min_size=1, max_size=25,
)  # fmt: skip


@settings(max_examples=sample_size(5, 15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS, st.randoms(use_true_random=False))
def test_the_tally_follows_from_the_events_in_whatever_order_they_come(school: School, ada: str, acts, chance):
    events, undone = [], set()
    for card, day, quality, drill, takes_back in acts:
        mistake = "chain" if quality < 3 else None
        facts = {"card": card, "day": f"2026-03-{day:02}", "quality": quality, "drill": drill, "misconception": mistake}
        events.append(line(**facts))
        if takes_back:
            undone.add(events[-1][0])
    lines = [*events, *(line("undo", of=event_id) for event_id in undone)]
    chance.shuffle(lines)
    with school.connect("admin") as connection:
        connection.execute("delete from mnemosyne.event where learner = %s", (ada,))
        connection.execute("delete from mnemosyne.tally where learner = %s", (ada,))
        connection.execute("delete from mnemosyne.day_tally where learner = %s", (ada,))
    remaining = iter(lines)
    with school.connect(ada) as connection:
        while batch := list(islice(remaining, chance.randint(1, 9))):
            push(connection, batch)
    tally_rows = school.rows(
        "select card, day, reviewed, passed, seen, answers, spent, misconceptions from mnemosyne.tally"
        " where learner = %s and answers > 0 order by card, day", "admin", ada
    )  # fmt: skip
    assert school.rows(BY_DAY, "admin", ada) == school.rows(FROM_CARDS, "admin", ada)
    assert tally_rows == _tally([json.loads(text) for event_id, text in events if event_id not in undone])


def _tally(reviews: list[dict]) -> list[tuple]:
    """Compute the same in Python, from all events at once."""
    rows = []
    for card, day in sorted({(review["card"], review["day"]) for review in reviews}):
        here = [review for review in reviews if (review["card"], review["day"]) == (card, day)]
        counting = [review for review in here if not review["drill"]]
        first = min(counting, key=lambda review: review["id"], default=None)
        was_seen = any(review["card"] == card and review["day"] < day and not review["drill"] for review in reviews)
        misconceptions = [review["misconception"] for review in here if review["misconception"]]
        passed = first is not None and first["quality"] >= 3
        rows.append((card, day, first is not None, passed, was_seen, len(here), 8000 * len(here), misconceptions))
    return rows


def test_figures_that_are_not_numbers_spoil_nothing(school: School, ada: str):
    odd = [
        line(quality=10**40, duration=-1), line(quality="5; drop", duration=1e300), line(day="today"), line(card=None),
        line(card={"a": [1]}), line(misconception=7), line(drill="yes"), line("undo", of="x"), line("future", of=None),
        line(day="2026-02-31", duration=10**14), line(card="c" * 9000), line(quality=None), line(answer="\0"),
    ]  # fmt: skip
    assert push_events(school.address(ada), odd) == len(odd)
    days = school.rows("select distinct day from mnemosyne.event where learner = %s and day is not null", "admin", ada)
    assert days == [("2026-03-10",)]
    (longest,) = school.rows("select max(spent) from mnemosyne.tally where learner = %s", "admin", ada)[0]
    assert longest <= 13 * 3_600_000
