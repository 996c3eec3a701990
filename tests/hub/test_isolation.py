"""What a learner can do with raw SQL, whatever his program is: append events of his own, and read them."""

from __future__ import annotations

import psycopg
import pytest
from event_lines import line
from postgres_server import SUPERUSER, TEACHER
from school import School

APPEND = "insert into mnemosyne.event (id, line) values (%s, %s)"


@pytest.fixture(scope="module", autouse=True)
def members(school: School) -> None:
    """Add Ada and Bob, with an event each; Prof may read everything."""
    school.add("ada", "bob")
    school.add("prof", teachers=True)
    for learner in ("ada", "bob"):
        with school.connect(learner) as connection:
            connection.execute(APPEND, line())


REFUSED = {
    "update": "update mnemosyne.event set line = '{}'",
    "update of a column": "update mnemosyne.event set number = 0 where learner = current_user",
    "delete": "delete from mnemosyne.event",
    "truncate": "truncate mnemosyne.event",
    "drop": "drop table mnemosyne.event",
    "lock rows": "select * from mnemosyne.event for update",
    "lock rows for sharing": "select * from mnemosyne.event for key share",
    "lock the table": "begin; lock table mnemosyne.event in exclusive mode",
    "insert for another": "insert into mnemosyne.event (learner, id, line) values ('bob', '{id}', '{line}')",
    "insert with a number": "insert into mnemosyne.event (id, line, number) values ('{id}', '{line}', 99)",
    "insert with a time": "insert into mnemosyne.event (id, line, received_at) values ('{id}', '{line}', '2000-01-01')",
    "overwrite on conflict": "insert into mnemosyne.event (id, line) values ('{id}', '{line}')"
    " on conflict (learner, id) do update set line = '{}'",
    "copy in for another": "copy mnemosyne.event (learner, id, line) from program 'echo'",
    "copy out to a file": "copy mnemosyne.event to '/tmp/events'",
    "merge": "merge into mnemosyne.event e using (select 1) s on true when matched then delete",
    "the tally": "select * from mnemosyne.tally",
    "write the tally": "insert into mnemosyne.tally values ('bob', 'c', '2026-03-10', true, true, true, 1, 1, '{}')",
    "count others' answers": "select mnemosyne.count_answers(array['bob'], array['sine'], array['2026-03-10'])",
    "the members": "select * from mnemosyne.learner",
    "enrol": "insert into mnemosyne.learner values ('mallory')",
    "be another": "set role bob",
    "be a teacher": "set role prof",
    "be of the teachers": "set role {database}_teacher",
    "be the owner": "set role {database}_owner",
    "be the superuser": "set role admin",
    "be another from the start": "set session authorization bob",
    "row security off for the table": "alter table mnemosyne.event disable row level security",
    "row security no longer forced": "alter table mnemosyne.event no force row level security",
    "drop a policy": "drop policy read_own on mnemosyne.event",
    "a policy of his own": "create policy mine on mnemosyne.event for select using (true)",
    "row security off for the session": "set row_security = off; select * from mnemosyne.event",
    "bypass row security": "alter role ada bypassrls",
    "create roles": "create role mallory login",
    "rise": "alter role ada superuser",
    "another's password": "alter role bob password 'x'",
    "join the teachers": "grant {database}_teacher to ada",
    "a function": "create function mnemosyne.f() returns int language sql as 'select 1'",
    "a function in public": "create function public.f() returns int language sql as 'select 1'",
    "a temporary function": "create function pg_temp.f() returns int language sql as 'select 1'",
    "a trigger": "create trigger t before insert on mnemosyne.event execute function mnemosyne.read_line()",
    "triggers off": "alter table mnemosyne.event disable trigger all",
    "triggers off for the session": "set session_replication_role = replica",
    "a table": "create table public.t (i int)",
    "a temporary table": "create temporary table t (i int)",
    "a schema": "create schema mine",
    "a view": "create view public.v as select * from mnemosyne.event",
    "a rule": "create rule r as on insert to mnemosyne.event do instead nothing",
    "an extension": "create extension pg_trgm schema mnemosyne",
    "a language": "do $$ begin execute 'select * from mnemosyne.tally'; end $$",
    "a file of the server": "select pg_read_file('/etc/passwd')",
}


NO_EVENTS = {
    "an event with another's line": "insert into mnemosyne.event (id, line) values ('{other}', '{line}')",
    "no object": "insert into mnemosyne.event (id, line) values ('{id}', '[1]')",
    "no JSON": "insert into mnemosyne.event (id, line) values ('{id}', 'no JSON')",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_the_server_denies(school: School, statement: str):
    _expect(school, statement, psycopg.errors.InsufficientPrivilege)


@pytest.mark.parametrize("statement", NO_EVENTS.values(), ids=NO_EVENTS)
def test_the_server_rejects(school: School, statement: str):
    _expect(school, statement, (psycopg.errors.CheckViolation, psycopg.errors.InvalidTextRepresentation))


def _expect(school: School, statement: str, errors: type[Exception] | tuple[type[Exception], ...]) -> None:
    """Assert that Ada's statement fails with one of the errors and changes nothing."""
    before = school.rows("select * from mnemosyne.event order by learner, number")
    new, text = line()
    for sign, value in {"{id}": new, "{line}": text, "{other}": "f" * 32, "{database}": school.hub.database}.items():
        statement = statement.replace(sign, value)
    with school.connect("ada") as connection, pytest.raises(errors):
        connection.execute(statement)
    assert school.rows("select * from mnemosyne.event order by learner, number") == before


def test_a_learner_sees_his_own_rows_only_however_he_asks(school: School):
    queries = (
        "select learner from mnemosyne.event",
        "select learner from mnemosyne.event where learner = 'bob' or true",
        "select learner from mnemosyne.event union all select learner from mnemosyne.event where learner <> 'ada'",
        "table mnemosyne.event",
        "select most_common_vals::text from pg_stats where tablename = 'event' and attname = 'learner'",
    )
    with school.connect(SUPERUSER) as connection:
        connection.execute("analyze mnemosyne.event")
    for statement in queries:
        assert {row[0] for row in school.rows(statement, "ada")} <= {"ada"}, statement


def test_a_condition_that_fails_on_others_rows_never_sees_them(school: School):
    fails_on_others = "select 1 / (case learner when 'ada' then 1 else 0 end) from mnemosyne.event"
    assert school.rows(f"{fails_on_others} where 1 / (case learner when 'ada' then 1 else 0 end) = 1", "ada") == [(1,)]


def test_a_learner_can_grant_nothing(school: School):
    with school.connect("ada") as connection:
        connection.execute("grant select, insert on mnemosyne.event to public")  # a warning only
    granted = "select count(*) from information_schema.role_table_grants where grantee = 'PUBLIC'"
    assert school.rows(f"{granted} and table_schema = 'mnemosyne'") == [(0,)]


def test_a_learner_cannot_end_anybody_elses_session(school: School):
    with school.connect("bob") as bob, school.connect("ada") as ada:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ada.execute("select pg_terminate_backend(%s)", (bob.info.backend_pid,))
        assert bob.execute("select 1").fetchone() == (1,)


def test_a_learner_who_gives_up_his_role_is_himself_again(school: School):
    with school.connect("ada") as connection:
        connection.execute("set role none")
        connection.execute("reset role")
        connection.execute("reset session authorization")
        assert connection.execute("select distinct learner from mnemosyne.event").fetchall() == [("ada",)]


def test_no_setting_lets_a_learner_be_another(school: School):
    with school.connect("ada") as connection:
        for name in ("app.learner", "mnemosyne.learner", "request.jwt.claim.sub"):
            connection.execute("select set_config(%s, 'bob', false)", (name,))
        connection.execute("set search_path = pg_temp, mnemosyne")
        assert connection.execute("select distinct learner from event").fetchall() == [("ada",)]


def test_an_existing_event_cannot_be_changed(school: School):
    (number, text), *_ = school.rows("select id, line from mnemosyne.event where learner = 'ada'")
    _, other_text = line(id=number.hex, answer="another answer")
    with school.connect("ada") as connection:
        cursor = connection.execute(f"{APPEND} on conflict do nothing", (number, other_text))
        assert cursor.rowcount == 0
    assert school.rows("select line from mnemosyne.event where id = %s", "ada", number) == [(text,)]


def test_two_learners_may_have_the_same_id(school: School):
    event_id = school.rows("select id from mnemosyne.event where learner = 'bob'")[0][0]
    with school.connect("ada") as connection:
        connection.execute(APPEND, line(id=event_id.hex))
    assert len(school.rows("select learner from mnemosyne.event where id = %s", SUPERUSER, event_id)) == 2


def test_a_learner_who_holds_every_lock_he_can_delays_nobody(school: School):
    with school.connect("ada") as ada, school.connect("bob") as bob:
        ada.execute("begin")
        ada.execute(APPEND, line())
        ada.execute("lock table mnemosyne.event in access share mode")
        for key in range(200):
            ada.execute("select pg_advisory_lock(%s)", (key,))
        ada.execute(
            "select pg_advisory_lock(hashtext('bob')), pg_advisory_lock(hashtext('mnemosyne'), hashtext('bob'))"
        )
        bob.execute("set lock_timeout = '5s'")
        bob.execute(APPEND, line())
        ada.execute("rollback")


def test_a_teacher_reads_all_and_changes_nothing(school: School):
    assert {row[0] for row in school.rows("select learner from mnemosyne.event", "prof")} == {"ada", "bob"}
    assert {row[0] for row in school.rows("select learner from mnemosyne.tally", "prof")} == {"ada", "bob"}
    changes = ("insert into mnemosyne.event (id, line) values (%s, %s)", "delete from mnemosyne.event",
               "update mnemosyne.tally set answers = 0", "insert into mnemosyne.learner values ('x')")  # fmt: skip
    for statement in changes:
        with school.connect("prof") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement, line() if "%s" in statement else ())


def test_a_stranger_cannot_connect_to_the_class(school: School):
    other_hub = school.server.new_database()
    assert "permission denied" in _refusal(school.server.conninfo("ada", "postgres") + " options='-c role=bob'")
    with psycopg.connect(school.server.conninfo(TEACHER, other_hub.database), autocommit=True) as connection:
        connection.execute(f"revoke connect on database {other_hub.database} from public")
    assert "permission denied for database" in _refusal(school.server.conninfo("ada", other_hub.database))


def _refusal(conninfo: str) -> str:
    with pytest.raises(psycopg.OperationalError) as raised:
        psycopg.connect(conninfo)
    return str(raised.value)


def test_row_security_binds_the_owner_of_the_table_too(school: School):
    """Row security is forced, and only the owner's policy lets him see rows: without it he sees none."""
    with school.connect(SUPERUSER) as connection:
        connection.execute("begin")
        connection.execute("drop policy own on mnemosyne.event")
        connection.execute(f"set local role {school.hub.database}_owner")
        assert connection.execute("select count(*) from mnemosyne.event").fetchone() == (0,)
        connection.execute("rollback")


def test_the_owner_and_a_superuser_can_do_everything(school: School):
    """SECURITY.md says so: whoever runs the server, or takes the owner's role, is trusted."""
    for role in (f"{school.hub.database}_owner", SUPERUSER):
        with school.connect(SUPERUSER) as connection:
            connection.execute("begin")
            connection.execute(f"set local role {role}")
            assert connection.execute("delete from mnemosyne.event").rowcount > 0
            connection.execute("rollback")
    assert school.rows("select rolcanlogin, rolsuper from pg_roles where rolname = %s", SUPERUSER,
                       f"{school.hub.database}_owner") == [(False, False)]  # fmt: skip
