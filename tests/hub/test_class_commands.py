"""`mnemosyne class`: from an empty database to a report, with every message; and what a report is computed from."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from datetime import timedelta

import pytest
from event_lines import line
from postgres_server import PostgresServer
from program import Program
from school import School

from mnemosyne.clock import SystemClock
from mnemosyne.hub.class_figures import read_class
from mnemosyne.hub.exchange import push, with_hub
from mnemosyne.progress.class_progress import CardDifficulty, ClassScope, LearnerProgress, MisconceptionSpread
from mnemosyne.progress.period import last_days
from mnemosyne.progress.statistics import Frequency, Rate
from mnemosyne.settings import BY_NAME

TODAY = SystemClock(BY_NAME["day_start"].default).today()


@pytest.fixture(scope="module")
def mnemosyne(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Return the program, with a home of its own."""
    return Program(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def algebra(postgres: PostgresServer, mnemosyne: Program) -> Iterator[School]:
    """Yield a class that was created and filled on the command line, in which three learners worked."""
    hub = postgres.new_database()
    founded = mnemosyne("class", "init", str(hub))
    assert (founded.status, founded.err) == (0, "")
    assert founded.out == (f"{hub} is now a hub.\nAdd learners: mnemosyne class add --hub {hub} NAME ...\n")
    school = School(postgres, hub)
    added = mnemosyne("class", "add", "--hub", str(hub), "--json", "nora", "olaf", "piet", "quin")
    for invitation in json.loads(added.out):
        assert invitation["hub"] == str(school.address(invitation["name"]))
        postgres.passwords[invitation["name"]] = invitation["pgpass"].rsplit(":", 1)[1]
    for name in ("nora", "olaf", "piet"):
        with school.connect(name) as connection:
            push(connection, WORK[name])
    yield school
    school.dismiss()


def day(before: int) -> str:
    """Return the study day that many days ago."""
    return (TODAY - timedelta(days=before)).isoformat()


WORK = {
    "nora": [
        line(card="sine", day=day(9), quality=4),
        line(card="sine", day=day(2), quality=1, misconception="chain-added"),
        line(card="sine", day=day(2), quality=4, drill=True),
        line(card="root", day=day(1), quality=5),
    ],
    "olaf": [
        line(card="sine", day=day(20), quality=0, misconception="chain-added"),
        line(card="sine", day=day(1), quality=2, misconception="chain-added"),
        line(card="sine", day=day(0), quality=2, misconception="sign"),
        line(card="old", day=day(40), quality=2),
    ],
    "piet": [line(card="<b>", day=day(3), quality=0, misconception="=cmd()"), line(card="sine", day="2999-01-01")],
}


def test_a_report_is_computed_from_what_the_learners_sent(algebra: School):
    figures = read_class(algebra.hub, ClassScope(last_days(TODAY, 28)))
    second = timedelta(seconds=1)
    assert [(learner.name, learner.days, learner.answers, learner.week_answers) for learner in figures.learners] == [
        ("nora", 3, 4, 3), ("olaf", 3, 3, 2), ("piet", 1, 1, 1), ("quin", 0, 0, 0),
    ]  # fmt: skip
    join_date = figures.learners[0].joined
    assert figures.learners[0] == LearnerProgress(
        "nora", join_date, TODAY - timedelta(days=1), 3, 4, 3, Rate(2, 3), Rate(0, 1), 32 * second
    )
    assert figures.learners[3].last_day is None
    assert figures.misconceptions == (
        MisconceptionSpread("chain-added", (("nora", 1), ("olaf", 1)), Frequency(2, 6), Frequency(1, 2)),
        MisconceptionSpread("=cmd()", (("piet", 1),), Frequency(1, 6), Frequency(0, 2)),
        MisconceptionSpread("sign", (("olaf", 1),), Frequency(1, 6), Frequency(0, 2)),
    )
    assert figures.cards == (CardDifficulty("sine", 2, 2, Rate(1, 5)), CardDifficulty("<b>", 1, 1, Rate(0, 1)))
    assert [(entry.day, entry.learners, entry.answers) for entry in figures.days][-2:] == [
        (TODAY - timedelta(days=1), 2, 2), (TODAY, 1, 1),
    ]  # fmt: skip
    assert (figures.at_work, figures.retention) == (3, Rate(0, 3))


def test_a_topic_and_a_learner_narrow_the_report(algebra: School):
    figures = read_class(algebra.hub, ClassScope(last_days(TODAY, 28), "roots", ("root",), "nora"))
    assert [(learner.name, learner.answers) for learner in figures.learners] == [("nora", 1)]
    assert (figures.misconceptions, figures.cards, len(figures.days)) == ((), (), 1)


def test_days_are_the_same_in_both_tallies(algebra: School):
    period = last_days(TODAY, 28)
    of_all = read_class(algebra.hub, ClassScope(period))
    of_each = read_class(algebra.hub, ClassScope(period, "every", ("sine", "root", "<b>", "old")))
    assert (of_each.learners, of_each.days) == (of_all.learners, of_all.days)


def test_the_tally_can_always_be_computed_again_from_the_events(algebra: School):
    tallies = ("select * from mnemosyne.tally order by learner, card, day", "table mnemosyne.day_tally order by 1, 2")
    before = [algebra.rows(tally) for tally in tallies]
    with algebra.connect("admin") as connection:
        connection.execute("truncate mnemosyne.tally, mnemosyne.day_tally")
        connection.execute(
            "select mnemosyne.count_answers(array_agg(learner), array_agg(card), array_agg(day)) from mnemosyne.event"
            " where kind = 'review' and card is not null and day is not null"
        )
    assert [algebra.rows(tally) for tally in tallies] == before


def test_every_format_is_written(algebra: School, mnemosyne: Program, tmp_path):
    report = ("class", "report", "--hub", str(algebra.hub), "--format")
    moodle = mnemosyne(*report, "moodle-csv", "--since", day(9))
    assert moodle.out == (
        "username,Mnemosyne: days worked (%),Mnemosyne: retention (%)\nnora,30,0\nolaf,20,0\npiet,10,\nquin,0,\n"
    )
    assert [learner["name"] for learner in json.loads(mnemosyne(*report, "json").out)["learners"]] == [*WORK, "quin"]
    assert "learners,nora,this week,3,answers\n" in mnemosyne(*report, "csv").out
    assert mnemosyne(*report, "html", "-o", str(tmp_path / "class.html")).status == 0
    assert f"<h1>Class {algebra.hub.database}</h1>" in (tmp_path / "class.html").read_text(encoding="utf-8")
    assert "<h1>olaf</h1>" in mnemosyne(*report, "html", "--learner", "olaf").out
    assert json.loads(mnemosyne(*report, "json", "--topic", "chain-rule").out)["cards"] == []


def test_a_teacher_of_the_class_reads_it_as_the_line_that_he_was_given_says(
    algebra: School, mnemosyne: Program, monkeypatch
):
    added = mnemosyne("class", "add", "--hub", str(algebra.hub), "--teacher", "rita")
    assert added.err == "mnemosyne: give each line only to its owner; the passwords are stored nowhere else\n"
    words = shlex.split(added.out)
    assert words[words.index("--hub") + 1] == str(algebra.address("rita"))
    monkeypatch.setenv("PGPASSWORD", words[3].rsplit(":", 1)[1])
    report = mnemosyne("class", "report", "--hub", str(algebra.address("rita")), "--format", "moodle-csv")
    assert (report.status, report.err) == (0, "")
    refused = mnemosyne("class", "remove", "--hub", str(algebra.address("rita")), "nora")
    assert refused.status == 2
    assert with_hub(algebra.hub, lambda hub: hub.execute("select 1").fetchone()) == (1,)


def test_the_line_for_a_learner_puts_the_password_where_postgresql_looks(algebra: School, mnemosyne: Program):
    added = mnemosyne("class", "add", "--hub", str(algebra.hub), "sven")
    address, folder = algebra.address("sven"), algebra.server.folder
    entry = shlex.split(added.out)[3]
    assert entry.startswith(f"{folder}:5432:{algebra.hub.database}:sven:")
    assert added.out == (
        f"(umask 077; echo {entry} >> ~/.pgpass; chmod 600 ~/.pgpass) && mnemosyne config set sync.hub '{address}'\n"
    )


def test_members_are_removed_and_erased(algebra: School, mnemosyne: Program):
    mnemosyne("class", "add", "--hub", str(algebra.hub), "tove")
    removed = mnemosyne("class", "remove", "--hub", str(algebra.hub), "tove")
    assert (removed.status, removed.out) == (0, "tove: removed; 0 events kept.\n")
    second_removal = mnemosyne("class", "remove", "--hub", str(algebra.hub), "tove", "--erase")
    assert (second_removal.status, second_removal.err) == (
        2,
        "mnemosyne: tove: not a member of this class; see mnemosyne class report\n",
    )
    names = [learner.name for learner in read_class(algebra.hub, ClassScope(last_days(TODAY, 1))).learners]
    assert "tove" not in names


REFUSED = [
    (("report", "--hub", "mysql://h/c", "--format", "json"),
     "the address of the hub must be a URL such as postgresql+psycopg://ada@host/class; see mnemosyne class --help"),
    (("init", "postgresql+psycopg://ada:secret@host/class"),
     "the address of the hub must not contain a password: put it into ~/.pgpass, or into PGPASSWORD;"
     " see mnemosyne class --help"),
    (("report", "--hub", "{hub}", "--format", "json", "--since", "2999-01-01"),
     "--since 2999-01-01 is after today; pass an earlier day"),
    (("report", "--hub", "{hub}", "--format", "json", "--topic", "nope"),
     "no card has the topic nope; choose from: chain-rule"),
    (("report", "--hub", "{hub}", "--format", "json", "--learner", "nobody"),
     "nobody: not a learner of this class; see mnemosyne class report"),
    (("report", "--format", "json"), "missing option '--hub'; see mnemosyne class report --help"),
    (("add", "--hub", "{hub}", "Ada Lovelace"),
     "Ada Lovelace cannot be the name of a member; use a-z, 0-9, _ . and -, starting with a letter, "
     "at most 40 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
def test_what_cannot_be_done_is_one_line(algebra: School, mnemosyne: Program, arguments, message):
    run = mnemosyne("class", *(argument.replace("{hub}", str(algebra.hub)) for argument in arguments))
    assert (run.status, run.out, run.err) == (2, "", f"mnemosyne: {message}\n")


@pytest.mark.parametrize(
    "words",
    [("init",), ("add", "rosa", "--hub"), ("remove", "nora", "--hub"), ("report", "--format", "csv", "--hub")],
    ids=lambda words: words[0],
)
def test_a_class_that_cannot_be_reached_waits_for_no_session(mnemosyne: Program, tmp_path, words):
    hub = f"postgresql+psycopg://teacher@/algebra?host={tmp_path}"
    run = mnemosyne("class", *words, hub)
    assert (run.status, run.out) == (2, "")
    assert run.err == (f"mnemosyne: the hub {hub} cannot be reached; check the URL, and that the server is running\n")
