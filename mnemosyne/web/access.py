"""Who may use the served page: whoever was given its address, from a page of that very address.

The token of the printed address buys a cookie, and only requests with the cookie get anything. Host is checked, since a
foreign name may be made to lead here (DNS rebinding), and Origin, since a browser lets any page open a WebSocket to
any address, with the cookies of that. Browsers send cookies to all ports of a machine alike, so the page has a path
of its own, drawn at random, and the cookie is for that path: no other server on this machine is sent it.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST: Final = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")  # a Host header, in lower case


@dataclass(frozen=True, slots=True)
class Access:
    """The secrets of one run of the server, and the names by which it may be asked."""

    names: frozenset[str]  # host names and addresses, lower-case, without brackets
    any_address: bool = False  # whether every IP address may be asked for: no foreign name can look like one
    token: str = field(default_factory=secrets.token_urlsafe, repr=False)
    cookie: str = field(default_factory=secrets.token_urlsafe, repr=False)
    path: str = field(default_factory=lambda: f"/{secrets.token_urlsafe(12)}/", repr=False)

    def allows_host(self, header: str) -> bool:
        """Return whether a Host header names this server; the port does not matter, a tunnel has another."""
        match = _HOST.fullmatch(header.lower())
        if match is None:
            return False
        name = match["name"].strip("[]")
        return name in self.names or (self.any_address and is_address(name))

    def allows_token(self, token: str) -> bool:
        """Return whether this is the token of the printed address."""
        return _same(token, self.token)

    def allows_cookie(self, cookie: str) -> bool:
        """Return whether this is the cookie that the token was exchanged for."""
        return _same(cookie, self.cookie)


def is_own_origin(origin: str, host: str) -> bool:
    """Return whether the page that asks came from the address it asks; a program that is no browser says nothing."""
    return origin.lower() == f"http://{host.lower()}"


def is_address(name: str) -> bool:
    """Return whether a name is an IP address, without brackets."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _same(value: str, secret: str) -> bool:
    """Compare in a time that tells nothing of where they differ."""
    return hmac.compare_digest(value.encode(errors="backslashreplace"), secret.encode())
