"""The address of a hub: `postgresql+psycopg://ada@host:5432/class`, never with a password.

The password comes from PostgreSQL's usual places, `~/.pgpass` or PGPASSWORD, so that none of our files contains one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

SCHEME: Final = "postgresql+psycopg"
EXAMPLE: Final = f"{SCHEME}://ada@host/class"
_PORT: Final = 5432
_OPTIONS: Final = ("host", "sslmode", "sslrootcert")  # the options that may follow the question mark
_THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class HubAddress:
    """Where a hub is, and the role to connect as."""

    user: str  # the role, which is the learner's name there
    host: str  # a host name, an address, or the folder of a Unix socket
    port: int
    database: str
    encryption: str  # the sslmode of libpq
    certificate: str = ""  # the file of the certificate authority; empty: the system's default

    def __str__(self) -> str:
        """Return the address as written in settings, without options that have their default."""
        folder = self.host.startswith("/")
        host = "" if folder else f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port != _PORT else ""
        options = [
            *([f"host={quote(self.host)}"] if folder else []),
            *([f"sslmode={self.encryption}"] if self.encryption != _encryption(self.host) else []),
            *([f"sslrootcert={quote(self.certificate)}"] if self.certificate else []),
        ]
        query = f"?{'&'.join(options)}" if options else ""
        return f"{SCHEME}://{quote(self.user, safe='')}@{host}{port}/{quote(self.database, safe='')}{query}"


def read_hub_address(text: object) -> HubAddress:
    """Return the parsed address; raise ValueError, with a phrase that says what it must be, if it is invalid."""
    if not isinstance(text, str) or not text.startswith(f"{SCHEME}://"):
        raise ValueError(f"must be a URL such as {EXAMPLE}")
    try:
        parts = urlsplit(text)
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True) if parts.query else ())
        port = parts.port or _PORT
    except ValueError:
        raise ValueError(f"must be a URL such as {EXAMPLE}") from None
    if parts.password is not None or "password" in options:
        raise ValueError("must not contain a password: put it into ~/.pgpass, or into PGPASSWORD")
    if unknown := [name for name in options if name not in _OPTIONS]:
        raise ValueError(f"has the option {unknown[0]}, but takes only {', '.join(_OPTIONS)}")
    host, user = options.get("host") or parts.hostname or "", unquote(parts.username or "")
    database = unquote(parts.path.removeprefix("/"))
    if not (user and host and database) or "/" in database or parts.fragment or "\0" in f"{user}{host}{database}":
        raise ValueError(f"must name a role, a host and a database, such as {EXAMPLE}")
    return HubAddress(
        user, host, port, database, options.get("sslmode") or _encryption(host), options.get("sslrootcert", "")
    )


def _encryption(host: str) -> str:
    """Return the default sslmode: traffic that leaves this machine is encrypted."""
    return "prefer" if host.startswith("/") or host in _THIS_MACHINE else "require"
