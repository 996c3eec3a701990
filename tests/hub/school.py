"""A class on a server, and raw connections to it as anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from postgres_server import SUPERUSER, PostgresServer

from mnemosyne.hub.membership import add_members, remove_members
from mnemosyne.hub_address import HubAddress

MEMBERS = (
    "select r.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles r on r.oid = m.member"
    " where g.rolname in (%s || '_learner', %s || '_teacher')"
)


@dataclass
class School:
    """A class on a server, and raw connections to it as anybody."""

    server: PostgresServer
    hub: HubAddress  # the teacher's

    def add(self, *names: str, teachers: bool = False) -> None:
        """Add these learners, and remember their passwords."""
        for invitation in add_members(self.hub, names, teachers=teachers):
            self.server.passwords[invitation.name] = invitation.password

    def connect(self, user: str) -> psycopg.Connection[Any]:
        """Return a connection with nothing between it and the server."""
        return psycopg.connect(self.server.conninfo(user, self.hub.database), autocommit=True)

    def rows(self, statement: str, user: str = SUPERUSER, *values: object) -> list[tuple[Any, ...]]:
        """Return what a statement returns to this role."""
        with self.connect(user) as connection:
            return connection.execute(statement, values).fetchall()

    def address(self, user: str) -> HubAddress:
        """Return the hub's address for a member."""
        return self.server.address(user, self.hub.database)

    def dismiss(self) -> None:
        """Remove all members: roles belong to the whole server, which other tests share."""
        if members := [name for (name,) in self.rows(MEMBERS, SUPERUSER, self.hub.database, self.hub.database)]:
            remove_members(self.hub, members)
