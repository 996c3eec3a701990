"""Who may use the served page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.web.access import LOOPBACK, Access, is_own_origin
from mnemosyne.web.serving import access_for

ALONE = Access(LOOPBACK)
IN_A_NETWORK = access_for("0.0.0.0")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LocalHost:9000", "[::1]:8000"])
def test_this_machine_may_be_addressed_by_its_own_names_on_any_port(host):
    """Through a tunnel the port is another."""
    assert ALONE.allows_host(host)
    assert IN_A_NETWORK.allows_host(host)


@pytest.mark.parametrize("host", ["192.168.1.5:8000", "[fe80::1]", "10.0.0.7"])
def test_an_address_is_a_name_of_this_machine_only_where_the_network_is_served(host):
    assert not ALONE.allows_host(host)
    assert IN_A_NETWORK.allows_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.test",
        "127.0.0.1.evil.test",
        "localhost.evil.test:8000",
        "evil.test:8000@127.0.0.1",
        "127.0.0.1/evil",
        "127.0.0.1:8000:9",
        "127.0.0.1 evil.test",
        "",
        ":8000",
        "0x7f.1",
        "127.0.0.1\n",
        "[]",
        "localhost.",
        "ⓛocalhost",
    ],
)
def test_a_foreign_name_does_not_address_this_machine(host):
    """One that leads here through its own name server, or that only looks like one of this machine."""
    assert not ALONE.allows_host(host)
    assert not IN_A_NETWORK.allows_host(host)


@settings(max_examples=sample_size(12, 50))
@given(st.text(max_size=30))
def test_no_text_breaks_the_checks(text):
    assert not ALONE.allows_token(text)
    assert not ALONE.allows_cookie(text)
    assert not is_own_origin(text, "127.0.0.1:8000")
    assert ALONE.allows_host(text) == (text.lower().partition(":")[0] in LOOPBACK and text.isascii() and bool(text))


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1:9000",
        "https://127.0.0.1:8000",
        "http://localhost:8000",
        "http://evil.test",
        "null",
        "",
        "file://",
    ],
)
def test_a_page_from_another_address_is_foreign(origin):
    """Also one from this machine: another port is somebody else's server."""
    assert not is_own_origin(origin, "127.0.0.1:8000")


def test_secrets_are_new_in_every_run_and_not_shown():
    first, second = Access(LOOPBACK), Access(LOOPBACK)
    secrets = [first.token, first.cookie, first.path, second.token, second.cookie, second.path]
    assert len(set(secrets)) == 6
    assert all(secret not in repr(first) for secret in secrets)
    assert first.allows_token(first.token)
    assert not first.allows_token(second.token)
    assert not first.allows_token(first.cookie)
