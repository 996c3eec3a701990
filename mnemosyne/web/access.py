"""Who may use the served page: only those who were given its address, and only through its own page.

The token in the printed address is exchanged for a cookie, which every other request needs. Host is
checked, since a foreign name can be made to resolve to this server (DNS rebinding), and Origin,
since browsers let any page open a WebSocket to any address and send that address's cookies.
Browsers send a cookie to all ports of a host, so the page and its cookie have a random path: other
servers on this machine do not get it.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST: Final = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")  # a Host header in lower case


@dataclass(frozen=True, slots=True)
class Access:
    """The secrets of one run of the server, and the names it may be reached by."""

    names: frozenset[str]  # host names and addresses, lower-case, without brackets
    any_address: bool = False  # whether any IP address is accepted: no foreign name looks like one
    token: str = field(default_factory=secrets.token_urlsafe, repr=False)
    cookie: str = field(default_factory=secrets.token_urlsafe, repr=False)
    path: str = field(default_factory=lambda: f"/{secrets.token_urlsafe(12)}/", repr=False)

    def allows_host(self, header: str) -> bool:
        """Return whether a Host header names this server; the port does not matter, since a tunnel has another."""
        match = _HOST.fullmatch(header.lower())
        if match is None:
            return False
        name = match["name"].strip("[]")
        return name in self.names or (self.any_address and is_address(name))

    def allows_token(self, token: str) -> bool:
        """Return whether this is the token of the printed address."""
        return _is_equal(token, self.token)

    def allows_cookie(self, cookie: str) -> bool:
        """Return whether this is the cookie that the token was exchanged for."""
        return _is_equal(cookie, self.cookie)


def is_own_origin(origin: str, host: str) -> bool:
    """Return whether a page was loaded from the host that it contacts; false without an origin."""
    return origin.lower() == f"http://{host.lower()}"


def is_address(name: str) -> bool:
    """Return whether a name is an IP address, without brackets."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_equal(value: str, secret: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(value.encode(errors="backslashreplace"), secret.encode())
