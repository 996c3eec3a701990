"""A connection to a hub, with its possible failures, each explained in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from mnemosyne.errors import HubAwayError, HubError
from mnemosyne.hub_address import HubAddress
from mnemosyne.text import one_line

if TYPE_CHECKING:
    import psycopg

Connection: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"
INSTALL: Final = "pip install 'mnemosyne-review[hub]'"
CONNECT_TIMEOUT: Final = 5  # seconds before a server that does not answer counts as away
_SILENCE: Final = 15_000  # milliseconds without an acknowledgement before a connection counts as broken
_LONGEST: Final = 60_000  # milliseconds that one statement may take, including the wait for a lock
_AWAY: Final = ("08", "57P")  # SQLSTATE: the connection failed; the server is down, stopping or starting
_REASONS: Final = (  # (part of libpq's or the server's message, our message, our hint)
    ("no password supplied", "asks for a password", "put it into ~/.pgpass, readable only by you, or into PGPASSWORD"),
    ("password authentication failed", "refuses the password", "correct the line in ~/.pgpass, or ask your teacher"),
    ("is not permitted to log in", "no longer lets this role in", "ask your teacher"),
    ("does not exist", "has no such role or database", "correct the URL, or ask your teacher"),
    ("too many connections", "has too many connections", "try again later"),
    ("does not support SSL", "does not encrypt", "turn encryption on there, or end the URL with ?sslmode=disable"),
)


@contextmanager
def connected(address: HubAddress) -> Iterator[Connection]:
    """Yield a connection that commits each statement, and close it at the end; raise HubError for any failure."""
    try:
        import psycopg
    except ImportError:
        raise HubError("a hub needs psycopg, which is not installed", INSTALL) from None
    try:
        with psycopg.connect(**_parameters(address)) as connection:
            yield connection
    except psycopg.Error as error:
        raise _as_hub_error(address, error) from error


def _parameters(address: HubAddress) -> dict[str, Any]:
    certificate = {"sslrootcert": address.certificate} if address.certificate else {}
    return {
        "user": address.user,
        "host": address.host,
        "port": address.port,
        "dbname": address.database,
        "sslmode": address.encryption,
        **certificate,
        "connect_timeout": CONNECT_TIMEOUT,
        "tcp_user_timeout": _SILENCE,
        "options": f"-c statement_timeout={_LONGEST} -c timezone=UTC",
        "client_encoding": "utf-8",
        "application_name": "mnemosyne",
        "autocommit": True,
    }


def _as_hub_error(address: HubAddress, error: psycopg.Error) -> HubError:
    """Return the server's error as a HubError; a broken connection reports several lines."""
    text = str(error)
    place = f"the hub {address}"
    for sign, reason, hint in _REASONS:
        if sign in text:
            return HubError(f"{place} {reason}", hint)
    if error.sqlstate is None or error.sqlstate.startswith(_AWAY):
        return HubAwayError(f"{place} cannot be reached", "check the URL, and that the server is running")
    message = error.diag.message_primary or type(error).__name__
    return HubError(f"{place} refuses: {one_line(message)}", "ask whoever runs it")
