"""A class is created once; its members are added, and removed with or without what they did."""

from __future__ import annotations

import psycopg
import pytest
from event_lines import line
from postgres_server import SUPERUSER, PostgresServer
from school import School

from mnemosyne.errors import HubError, InputError
from mnemosyne.hub.founding import found_hub
from mnemosyne.hub.membership import add_members, remove_members

APPEND = "insert into mnemosyne.event (id, line) values (%s, %s)"


def test_a_class_is_created_once(school: School):
    assert found_hub(school.hub) is False


def test_a_role_that_may_not_create_a_class_is_told_what_allows_it(postgres: PostgresServer):
    hub = postgres.new_database()
    with psycopg.connect(postgres.conninfo(SUPERUSER, hub.database), autocommit=True) as connection:
        connection.execute(f"alter database {hub.database} owner to {SUPERUSER}")
    with pytest.raises(HubError) as raised:
        found_hub(hub)
    assert str(raised.value) == (
        f"teacher cannot turn {hub.database} into a hub; an administrator can allow it: ALTER ROLE teacher CREATEROLE;"
        f" ALTER DATABASE {hub.database} OWNER TO teacher"
    )


def test_a_role_of_the_same_name_is_not_taken_over(postgres: PostgresServer):
    hub = postgres.new_database()
    with psycopg.connect(postgres.conninfo(SUPERUSER, hub.database), autocommit=True) as connection:
        connection.execute(f"create role {hub.database}_learner login")
    with pytest.raises(HubError) as raised:
        found_hub(hub)
    assert str(raised.value) == (
        f"the server already has a role {hub.database}_learner; give the database another name, or drop the role"
    )
    with psycopg.connect(postgres.conninfo(SUPERUSER, hub.database), autocommit=True) as connection:
        assert connection.execute("select to_regnamespace('mnemosyne')").fetchone() == (None,)
        assert connection.execute(f"select from pg_roles where rolname = '{hub.database}_owner'").fetchall() == []


def test_a_database_without_a_class_takes_no_members(postgres: PostgresServer):
    hub = postgres.new_database()
    with pytest.raises(HubError) as raised:
        add_members(hub, ["ada"])
    assert str(raised.value) == (
        f"the database of {hub} is not a hub; a teacher can make it one: mnemosyne class init URL"
    )


def test_a_member_connects_only_with_the_password_that_he_was_given(school: School):
    school.add("cleo")
    assert school.rows("select current_user::text", "cleo") == [("cleo",)]
    for password in ("", " password=wrong"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"host={school.server.folder} user=cleo dbname={school.hub.database}{password}")
    (stored_password,) = school.rows("select rolpassword from pg_authid where rolname = 'cleo'")[0]
    assert stored_password.startswith("SCRAM-SHA-256$")


@pytest.mark.parametrize(
    "name", ["", "Ada", "pg_ada", "1ada", "ada lovelace", "ada;drop", "a" * 41, "ädä", 'a"b', "ada\n"]
)
def test_a_name_that_cannot_be_a_role_is_refused(school: School, name: str):
    with pytest.raises(InputError) as raised:
        add_members(school.hub, ["dora", name])
    assert str(raised.value) == (
        f"{name} cannot be the name of a member; use a-z, 0-9, _ . and -, starting with a letter, at most 40 characters"
    )
    assert school.rows("select from pg_roles where rolname = 'dora'") == []


def test_an_existing_role_is_never_taken_for_a_learner(school: School):
    with pytest.raises(InputError) as raised:
        add_members(school.hub, ["eve", SUPERUSER])
    assert str(raised.value) == "admin: the server already has a role of this name; choose another name"
    assert school.rows("select from pg_roles where rolname = 'eve'") == []


def test_a_removed_member_is_out_at_once_and_his_events_are_kept(school: School):
    school.add("fay")
    connection = school.connect("fay")
    connection.execute(APPEND, line())
    assert remove_members(school.hub, ["fay"]) == {"fay": 1}
    with pytest.raises(psycopg.OperationalError):
        connection.execute("select 1")
    connection.close()
    assert school.rows("select count(*) from mnemosyne.event where learner = 'fay'") == [(1,)]


def test_another_learner_of_the_same_name_does_not_get_the_events_of_a_removed_one(school: School):
    school.add("gus")
    with school.connect("gus") as connection:
        connection.execute(APPEND, line())
    remove_members(school.hub, ["gus"])
    with pytest.raises(InputError) as raised:
        add_members(school.hub, ["gus"])
    assert str(raised.value) == (
        "gus: an earlier learner of this name sent 1 event; pass --returning if it is the same learner,"
        " else erase what was sent: mnemosyne class remove --erase"
    )
    school.server.passwords["gus"] = add_members(school.hub, ["gus"], returning=True)[0].password
    assert school.rows("select count(*) from mnemosyne.event", "gus") == [(1,)]


def test_an_erased_member_leaves_nothing(school: School):
    school.add("hal")
    with school.connect("hal") as connection:
        connection.execute(APPEND, line())
    assert remove_members(school.hub, ["hal"]) == {"hal": 1}
    assert remove_members(school.hub, ["hal"], erase=True) == {"hal": 0}
    for table in ("event", "tally", "day_tally"):
        assert school.rows(f"select from mnemosyne.{table} where learner = 'hal'") == []
    assert school.rows("select from mnemosyne.learner where name = 'hal'") == []


def test_only_a_member_is_removed(school: School):
    for name in ("nobody", SUPERUSER, "teacher"):
        with pytest.raises(InputError) as raised:
            remove_members(school.hub, [name])
        assert str(raised.value) == f"{name}: not a member of this class; see mnemosyne class report"


def test_a_learner_cannot_add_or_remove_others(school: School):
    school.add("ida")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", school.server.passwords["ida"])
        with pytest.raises(HubError) as raised:
            add_members(school.address("ida"), ["mallory"])
        assert str(raised.value) == (
            f"the hub {school.address('ida')} refuses: permission denied to create role; ask whoever runs it"
        )
        with pytest.raises(HubError):
            remove_members(school.address("ida"), ["ida"])
