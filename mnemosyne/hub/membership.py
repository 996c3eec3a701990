"""The members of a class: learners and teachers are added with a role and a password of their
own, and removed again.

Each gets one line for a shell, which stores the password where PostgreSQL looks for it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from shlex import quote
from typing import Final

from mnemosyne.errors import HubError, InputError
from mnemosyne.hub.connection import Connection, connected
from mnemosyne.hub.founding import act_as_owner, group_roles, require_current
from mnemosyne.hub_address import HubAddress
from mnemosyne.text import pluralize

NAME: Final = re.compile(r"(?!pg_)[a-z][a-z0-9_.-]{0,39}", re.ASCII)
CONNECTIONS: Final = 8  # the most connections of one member at once, so that nobody uses up those of the server
_PASSWORD: Final = 18  # bytes of randomness


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new member's name and password."""

    name: str  # the role
    password: str  # not stored anywhere: the server only has a verifier


def add_members(
    address: HubAddress, names: Sequence[str], *, teachers: bool = False, returning: bool = False
) -> list[Invitation]:
    """Add all of these to the class, or none; `returning` gives a former learner the earlier events back.

    Raises InputError for a name that is invalid, taken, or has events of a former learner.
    """
    for name in names:
        _require_name(name)
    with connected(address) as connection:
        require_current(connection, address)
        with connection.transaction():
            return [_add(connection, address, name, teachers=teachers, returning=returning) for name in names]


def remove_members(address: HubAddress, names: Sequence[str], *, erase: bool = False) -> dict[str, int]:
    """Remove all of these, and return how many events of each remain; `erase` deletes those too.

    Raises InputError for a name that is not a member's; with `erase`, former learners with events are allowed.
    """
    with connected(address) as connection:
        require_current(connection, address)
        with connection.transaction():
            return {name: _remove(connection, address, name, erase=erase) for name in names}


def _require_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise InputError(
            f"{name} cannot be the name of a member",
            "use a-z, 0-9, _ . and -, starting with a letter, at most 40 characters",
        )


def _add(connection: Connection, address: HubAddress, name: str, *, teachers: bool, returning: bool) -> Invitation:
    if connection.execute("select from pg_roles where rolname = %s", (name,)).fetchone() is not None:
        raise InputError(f"{name}: the server already has a role of this name", "choose another name")
    password = secrets.token_urlsafe(_PASSWORD)
    _create_role(connection, name, password, _group(address, teachers=teachers))
    if not teachers:
        act_as_owner(connection, address)
        events = _event_count(connection, name)
        if events and not returning:
            raise InputError(
                f"{name}: an earlier learner of this name sent {pluralize(events, 'event')}",
                "pass --returning if it is the same learner, else erase what was sent: mnemosyne class remove --erase",
            )
        connection.execute(
            "insert into mnemosyne.learner (name) values (%s) on conflict (name) do update set left_at = null", (name,)
        )
        connection.execute("reset role")
    return Invitation(name, password)


def _create_role(connection: Connection, name: str, password: str, group: str) -> None:
    """Create a role; the server and its log only see a verifier, never the password."""
    from psycopg import sql

    verifier = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    connection.execute(
        sql.SQL("create role {} login connection limit {} password {} in role {}").format(
            sql.Identifier(name), sql.Literal(CONNECTIONS), sql.Literal(verifier), sql.Identifier(group)
        )
    )


def _group(address: HubAddress, *, teachers: bool) -> str:
    roles = group_roles(address.database)
    return roles.teachers if teachers else roles.learners


def _remove(connection: Connection, address: HubAddress, name: str, *, erase: bool) -> int:
    is_member = _is_member(connection, address, name)
    if is_member:
        _drop_role(connection, name)
    act_as_owner(connection, address)
    events = _event_count(connection, name)
    if not is_member and not (erase and events):
        raise InputError(f"{name}: not a member of this class", "see mnemosyne class report")
    connection.execute("update mnemosyne.learner set left_at = now() where name = %s", (name,))
    if erase:
        connection.execute("delete from mnemosyne.event where learner = %s", (name,))
        connection.execute("delete from mnemosyne.tally where learner = %s", (name,))
        connection.execute("delete from mnemosyne.day_tally where learner = %s", (name,))
        connection.execute("delete from mnemosyne.learner where name = %s", (name,))
    connection.execute("reset role")
    return 0 if erase else events


def _is_member(connection: Connection, address: HubAddress, name: str) -> bool:
    roles = group_roles(address.database)
    rows = connection.execute(
        "select from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles r on r.oid = m.member"
        " where r.rolname = %s and g.rolname in (%s, %s) and not r.rolsuper",
        (name, roles.learners, roles.teachers),
    )
    return rows.fetchone() is not None


def _drop_role(connection: Connection, name: str) -> None:
    """End the role's sessions, and drop it with everything it owns, such as large objects."""
    from psycopg import sql

    role = sql.Identifier(name)
    connection.execute(sql.SQL("alter role {} nologin").format(role))
    connection.execute(sql.SQL("grant {} to current_user").format(role))
    connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", (name,))
    connection.execute(sql.SQL("drop owned by {}").format(role))
    connection.execute(sql.SQL("drop role {}").format(role))


def _event_count(connection: Connection, name: str) -> int:
    row = connection.execute("select count(*) from mnemosyne.event where learner = %s", (name,)).fetchone()
    if row is None:
        raise HubError("the hub did not say how many events it has", "report this")
    return int(row[0])


def member_address(hub: HubAddress, name: str) -> HubAddress:
    """Return the hub's address for a member."""
    return replace(hub, user=name)


def password_entry(hub: HubAddress, invitation: Invitation) -> str:
    """Return the line of `~/.pgpass` for a member."""
    fields = (hub.host, str(hub.port), hub.database, invitation.name, invitation.password)
    return ":".join(field.replace("\\", "\\\\").replace(":", "\\:") for field in fields)


def learner_line(hub: HubAddress, invitation: Invitation) -> str:
    """Return the learner's line, which makes their decks exchange events with the hub."""
    address = quote(str(member_address(hub, invitation.name)))
    return f"{_keep_password(hub, invitation)} && mnemosyne config set sync.hub {address}"


def teacher_line(hub: HubAddress, invitation: Invitation) -> str:
    """Return the line for a teacher, which writes a report of the class."""
    address = quote(str(member_address(hub, invitation.name)))
    return f"{_keep_password(hub, invitation)} && mnemosyne class report --hub {address} --format html -o class.html"


def _keep_password(hub: HubAddress, invitation: Invitation) -> str:
    entry = quote(password_entry(hub, invitation))
    return f"(umask 077; echo {entry} >> ~/.pgpass; chmod 600 ~/.pgpass)"
