"""Creating a hub in an empty database: the roles of its owner, its learners and its teachers, then the schema."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from mnemosyne.errors import HubError
from mnemosyne.hub.connection import Connection, connected
from mnemosyne.hub_address import HubAddress

VERSION: Final = 1  # the version of the hub's schema
OLDEST: Final = 150_000  # PostgreSQL 15: before it, everybody could create objects in the schema `public`


@dataclass(frozen=True, slots=True)
class GroupRoles:
    """The roles of a class. Roles belong to a whole server, so their names contain the database's name."""

    owner: str  # owns the tables; cannot log in
    learners: str  # every learner is a member
    teachers: str  # the role of those who may read everything


def group_roles(database: str) -> GroupRoles:
    """Return the names of the roles for the class in a database."""
    return GroupRoles(f"{database}_owner", f"{database}_learner", f"{database}_teacher")


def found_hub(address: HubAddress) -> bool:
    """Create a hub in the database; return False if there already is one.

    Raises HubError if the role lacks the rights, or the server is too old.
    """
    with connected(address) as connection:
        if hub_version(connection) is not None:
            require_current(connection, address)
            return False
        _require_rights(connection, address)
        with connection.transaction():
            _make_roles(connection, address.database)
            _make_schema(connection, address.database)
        return True


def hub_version(connection: Connection) -> int | None:
    """Return the version of the hub's schema; None if there is no hub."""
    if connection.execute("select to_regclass('mnemosyne.hub')").fetchone() == (None,):
        return None
    row = connection.execute("select version from mnemosyne.hub").fetchone()
    return None if row is None else int(row[0])


def require_current(connection: Connection, address: HubAddress) -> None:
    """Raise HubError unless there is a hub of a version that this program knows."""
    version = hub_version(connection)
    if version is None:
        raise HubError(f"the database of {address} is not a hub", "a teacher can make it one: mnemosyne class init URL")
    if version > VERSION:
        raise HubError(f"the hub {address} was made by a newer Mnemosyne", "update yours")


def act_as_owner(connection: Connection, address: HubAddress) -> None:
    """Act as the owner's role until the end of the transaction."""
    from psycopg import sql

    owner = group_roles(address.database).owner
    connection.execute(sql.SQL("set local role {}").format(sql.Identifier(owner)))


def _require_rights(connection: Connection, address: HubAddress) -> None:
    if connection.info.server_version < OLDEST:
        raise HubError(f"the server of {address} is older than PostgreSQL 15", "update it")
    row = connection.execute(
        "select r.rolsuper or r.rolcreaterole, r.rolsuper or pg_has_role(r.oid, d.datdba, 'member')"
        " from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()"
    ).fetchone()
    if row != (True, True):
        raise HubError(
            f"{address.user} cannot turn {address.database} into a hub",
            f"an administrator can allow it: ALTER ROLE {address.user} CREATEROLE;"
            f" ALTER DATABASE {address.database} OWNER TO {address.user}",
        )


def _make_roles(connection: Connection, database: str) -> None:
    from psycopg import sql

    roles = group_roles(database)
    for name in (roles.owner, roles.learners, roles.teachers):
        if connection.execute("select from pg_roles where rolname = %s", (name,)).fetchone() is not None:
            raise HubError(f"the server already has a role {name}", "give the database another name, or drop the role")
        connection.execute(sql.SQL("create role {} nologin").format(sql.Identifier(name)))
    connection.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(roles.owner)))


def _make_schema(connection: Connection, database: str) -> None:
    """Create the schema: only learners and teachers may connect to the database, and nobody may
    create anything in it.
    """
    from psycopg import sql

    roles = group_roles(database)
    names = {
        "database": sql.Identifier(database),
        "owner": sql.Identifier(roles.owner),
        "learners": sql.Identifier(roles.learners),
        "teachers": sql.Identifier(roles.teachers),
    }
    for statement in (
        "revoke all on database {database} from public",
        "revoke all on schema public from public",
        "grant connect on database {database} to {learners}, {teachers}",
        "grant create on database {database} to {owner}",
        "set local role {owner}",
        _schema(),
        "reset role",
        "revoke create on database {database} from {owner}",
    ):
        connection.execute(sql.SQL(statement).format(**names))


@cache
def _schema() -> str:
    return files("mnemosyne.hub").joinpath("schema.sql").read_text("utf-8")
