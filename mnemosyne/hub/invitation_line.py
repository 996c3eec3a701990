"""What a teacher hands to each member: one line for a shell, which puts the password where PostgreSQL looks for it."""

from __future__ import annotations

from dataclasses import replace
from shlex import quote

from mnemosyne.hub.membership import Invitation
from mnemosyne.hub_address import HubAddress


def member_address(hub: HubAddress, name: str) -> HubAddress:
    """Return the hub's address for a member."""
    return replace(hub, user=name)


def password_entry(hub: HubAddress, invitation: Invitation) -> str:
    """Return the line of `~/.pgpass` for a member."""
    fields = (hub.host, str(hub.port), hub.database, invitation.name, invitation.password)
    return ":".join(field.replace("\\", "\\\\").replace(":", "\\:") for field in fields)


def learner_line(hub: HubAddress, invitation: Invitation) -> str:
    """Return the line for a learner: his decks exchange with the hub from then on."""
    address = quote(str(member_address(hub, invitation.name)))
    return f"{_keep_password(hub, invitation)} && mnemosyne config set sync.hub {address}"


def teacher_line(hub: HubAddress, invitation: Invitation) -> str:
    """Return the line for a teacher: what he reads reports with."""
    address = quote(str(member_address(hub, invitation.name)))
    return f"{_keep_password(hub, invitation)} && mnemosyne class report --hub {address} --format html -o class.html"


def _keep_password(hub: HubAddress, invitation: Invitation) -> str:
    entry = quote(password_entry(hub, invitation))
    return f"(umask 077; echo {entry} >> ~/.pgpass; chmod 600 ~/.pgpass)"
