"""The address of a hub: what it may contain, and that it never has a password."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.hub_address import HubAddress, read_hub_address

FOLDER = "postgresql+psycopg://ada@/class?host=/var/run/postgresql"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("postgresql+psycopg://ada@host/class", HubAddress("ada", "host", 5432, "class", "require")),
        ("postgresql+psycopg://ada@localhost:5433/class", HubAddress("ada", "localhost", 5433, "class", "prefer")),
        ("postgresql+psycopg://ada@[::1]/class", HubAddress("ada", "::1", 5432, "class", "prefer")),
        (FOLDER, HubAddress("ada", "/var/run/postgresql", 5432, "class", "prefer")),
        (
            "postgresql+psycopg://ada@host/class?sslmode=verify-full&sslrootcert=/etc/ca.pem",
            HubAddress("ada", "host", 5432, "class", "verify-full", "/etc/ca.pem"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_address_is_written_as_it_was_read(text: str, address: HubAddress):
    assert read_hub_address(text) == address
    assert str(address) == text


FORM = "must be a URL such as postgresql+psycopg://ada@host/class"
PARTS = "must name a role, a host and a database, such as postgresql+psycopg://ada@host/class"
PASSWORD = "must not contain a password: put it into ~/.pgpass, or into PGPASSWORD"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", FORM),
        (7, FORM),
        ("postgresql://ada@host/class", FORM),
        ("postgresql+psycopg2://ada@host/class", FORM),
        ("postgresql+psycopg://ada@host:x/class", FORM),
        ("postgresql+psycopg://ada@host/class?sslmode", FORM),
        ("postgresql+psycopg://ada@[host/class", FORM),
        ("postgresql+psycopg://ada:secret@host/class", PASSWORD),
        ("postgresql+psycopg://ada:@host/class", PASSWORD),
        ("postgresql+psycopg://ada@host/class?password=secret", PASSWORD),
        ("postgresql+psycopg://host/class", PARTS),
        ("postgresql+psycopg://ada@/class", PARTS),
        ("postgresql+psycopg://ada@host", PARTS),
        ("postgresql+psycopg://ada@host/a/b", PARTS),
        ("postgresql+psycopg://ada@host/class#x", PARTS),
        ("postgresql+psycopg://ada@host/class%00", PARTS),
        (
            "postgresql+psycopg://ada@host/class?options=-c",
            "has the option options, but takes only host, sslmode, sslrootcert",
        ),
    ],
)
def test_anything_else_is_refused_with_what_it_must_be(text: object, reason: str):
    with pytest.raises(ValueError, match=r".") as raised:
        read_hub_address(text)
    assert str(raised.value) == reason


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1, max_size=20)


@given(NAMES, st.sampled_from(["host", "127.0.0.1", "/run/x", "fe80::1"]), st.integers(1, 65535), NAMES)
def test_what_is_written_is_read_back(user: str, host: str, port: int, database: str):
    address = HubAddress(user, host, port, database, "require")
    assert read_hub_address(str(address)) == address
