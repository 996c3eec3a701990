"""The hub's figures, on a PostgreSQL of its own: python tests/benchmarks/hub.py [LEARNERS EVENTS KILLS].

A class of LEARNERS (1,000), each with EVENTS (10,000) over a school year, is made by SQL. Then: 10,000 events of one
learner pushed; 20 events of each of 50 learners pushed at once; the report, of four weeks to the whole year, and of a
third of the cards; and KILLS (100) kills in turn of the server and of a client that pushes, after which nothing may be
lost or doubled. Beside the time that passes stands the processor time that the server took, which a busy machine does
not change.
"""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Barrier, Thread
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "hub"))
from event_lines import line
from postgres_server import PostgresServer, running_server
from school import School

from mnemosyne.hub.class_figures import read_class
from mnemosyne.hub.exchange import push
from mnemosyne.hub.founding import found_hub
from mnemosyne.progress.class_progress import ClassScope
from mnemosyne.progress.period import last_days

TODAY = datetime.now(UTC).date()
FIRST = 1 << 100  # ids of events that no other part makes
AT_ONCE, ROUNDS, MANY, FEW, CARDS, YEAR = 50, 20, 10_000, 20, 300, 300
LOADING = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=8GB")
RUNNING = ("shared_buffers=1GB", "max_connections=80", "work_mem=64MB", "maintenance_work_mem=512MB")
EVENTS = f"""
insert into mnemosyne.event (learner, id, line, number, kind, card, day, quality, spent, misconception)
select 'learner' || l, md5(l || '-' || n)::uuid, repeat('x', 320), n, 'review', 'card-' || (n * 7919 + l) %% {CARDS},
  to_char(%s::date - ((%s - n) * {YEAR} / %s)::int, 'YYYY-MM-DD'), case when wrong then 1 else 4 end,
  9000, case when wrong then 'misconception-' || (n + l) %% 40 end
from generate_series(1, %s) l, generate_series(1, %s) n, lateral (select (n * 31 + l * 17) %% 10 < 2 as wrong) w
"""
TALLY = """
insert into mnemosyne.tally
select learner, card, day, true, bool_or(quality >= 3), day > min(day) over (partition by learner, card), count(*),
  sum(spent), coalesce(array_agg(misconception) filter (where misconception is not null), '{}')
from mnemosyne.event group by learner, card, day
"""
DAY_TALLY = """
insert into mnemosyne.day_tally
select learner, day, sum(answers), count(*), count(*) filter (where passed), count(*) filter (where seen),
  count(*) filter (where passed and seen), sum(spent) from mnemosyne.tally group by learner, day
"""
INDEXES = {
    "alter table mnemosyne.event drop constraint event_pkey":
        "alter table mnemosyne.event add primary key (learner, id)",
    "drop index mnemosyne.event_number":
        "create unique index event_number on mnemosyne.event (learner, number)",
    "drop index mnemosyne.event_card":
        "create index event_card on mnemosyne.event (learner, card, day) where kind = 'review'",
}  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds the work takes."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def fill(school: School, learners: int, events: int) -> None:
    """Make the class, without triggers and with the indexes made at the end."""
    with school.connect("admin") as connection:
        connection.execute("set session_replication_role = replica")
        for drop in INDEXES:
            connection.execute(drop)
        names = "insert into mnemosyne.learner (name) select 'learner' || l from generate_series(1, %s) l"
        connection.execute(names, (learners,))
        connection.execute(EVENTS, (TODAY, events, events, learners, events))
        for create in INDEXES.values():
            connection.execute(create)
        connection.execute(TALLY)
        connection.execute(DAY_TALLY)
        connection.execute("vacuum analyze")


def new_events(count: int) -> list[tuple[str, str]]:
    """Make reviews of today and the days before."""
    return [
        line(card=f"card-{place % CARDS}", day=str(TODAY - timedelta(days=place // 33)), answer="x" * 100)
        for place in range(count)
    ]


def push_many(school: School) -> list[float]:
    """Return the seconds of pushing 10,000 events, for three learners."""
    times = []
    for number in range(3):
        events = new_events(MANY)
        with school.connect(f"p{number}") as connection:
            times.append(timed(partial(push, connection, events)))
    return times


def push_at_once(school: School) -> list[float]:
    """Return the seconds of each push of 20 events, in rounds in which 50 learners begin at once."""
    times, start = [], Barrier(AT_ONCE)

    def learner(number: int) -> None:
        batches = [new_events(FEW) for _ in range(ROUNDS)]
        with school.connect(f"p{number}") as connection:
            for events in batches:
                start.wait()
                times.append(timed(partial(push, connection, events)))

    threads = [Thread(target=learner, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


CLIENT = """
import sys, psycopg
sys.path[:0] = {path!r}
from event_lines import line
from mnemosyne.hub import exchange
exchange.BATCH = 3
events = [line(id=f"{{number:032x}}") for number in range({first}, {first} + 30)]
print("ready", flush=True)
sys.stdin.readline()
with psycopg.connect({conninfo!r}, autocommit=True) as connection:
    for place in range(0, 30, 3):
        exchange.push(connection, events[place:place + 3])
        print(place + 3, flush=True)
"""


def survive(school: School, kills: int) -> str:
    """Kill server and client in turn while 30 events are pushed; report what was acknowledged and what was kept."""
    chance, acknowledged = random.Random(19), set()
    for turn in range(kills):
        first = FIRST + turn * 30
        count = killed_push(school, first, chance.randrange(10), server=turn % 2 == 0)
        acknowledged |= {first + place for place in range(count)}
    query = "select id from mnemosyne.event where learner = 'p0' and id >= %s::uuid"
    kept_ids = [number.int for (number,) in school.rows(query, "admin", f"{FIRST:032x}")]
    assert acknowledged <= set(kept_ids), "lost"
    with school.connect("p0") as connection:
        new = push(connection, [line(id=f"{FIRST + place:032x}") for place in range(kills * 30)])
    assert new + len(kept_ids) == kills * 30, "doubled"
    ((rows, newest),) = school.rows("select count(*), max(number) from mnemosyne.event where learner = 'p0'")
    assert rows == newest, "a gap"
    return f"{len(acknowledged)} events acknowledged, {len(kept_ids)} kept, none lost or doubled"


def killed_push(school: School, first: int, after: int, *, server: bool) -> int:
    """Push from a process of its own, kill one side after so many acknowledgements; return how many events had one."""
    text = CLIENT.format(path=sys.path[:1], first=first, conninfo=school.server.conninfo("p0", school.hub.database))
    pipe = subprocess.PIPE
    client = subprocess.Popen(
        [sys.executable, "-c", text], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    )
    client.stdout.readline()
    client.stdin.write("\n")
    client.stdin.flush()
    lines = [client.stdout.readline() for _ in range(after)]
    if server:
        school.server.restart()
    else:
        client.send_signal(signal.SIGKILL)
    lines += client.communicate()[0].split()
    return max(map(int, filter(None, map(str.strip, lines))), default=0)


def main(learners: int = 1000, events: int = 10_000, kills: int = 100) -> None:
    """Print the figures."""
    with running_server(*RUNNING, *LOADING) as server:
        hub = server.new_database()
        found_hub(hub)
        school = School(server, hub)
        school.add(*(f"p{number}" for number in range(AT_ONCE)))
        seconds = timed(partial(fill, school, learners, events))
        print(f"made {learners:,} learners with {events:,} events each in {seconds:.0f} s", flush=True)
        server.settings = RUNNING
        server.restart()
        figures(server, school)
        print(f"{kills} kills: {survive(school, kills)}")


def figures(server: PostgresServer, school: School) -> None:
    """Print how long pushes and reports take."""
    before = processor_time(server)
    print("10,000 events pushed:", *(f"{seconds:.2f} s" for seconds in push_many(school)), end="")
    print(f"; processor {(processor_time(server) - before) / 3:.2f} s each", flush=True)
    before = processor_time(server)
    times = sorted(push_at_once(school))
    median, late = statistics.median(times), times[len(times) * 9 // 10]
    print(
        f"20 events, {AT_ONCE} learners at once: {1000 * median:.0f} ms at the median, {1000 * late:.0f} ms at p90",
        end="",
    )
    print(f"; processor {1000 * (processor_time(server) - before) / len(times):.1f} ms each", flush=True)
    topic = tuple(f"card-{number}" for number in range(CARDS // 3))
    scopes = {f"{days} days": ClassScope(last_days(TODAY, days)) for days in (28, 91, YEAR)}
    scopes |= {f"{days} days, a topic": ClassScope(last_days(TODAY, days), "topic", topic) for days in (28, YEAR)}
    for label, scope in scopes.items():
        before = processor_time(server)
        seconds = [timed(partial(read_class, school.hub, scope)) for _ in range(3)]
        print(f"report of {label}:", *(f"{second:.2f} s" for second in seconds), end="")
        print(f"; processor {(processor_time(server) - before) / 3:.2f} s each", flush=True)


def processor_time(server: PostgresServer) -> float:
    """Return the processor seconds of the server and of all its processes that have ended; Linux only."""
    time.sleep(0.5)  # until the processes of closed connections have ended
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
