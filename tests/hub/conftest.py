"""One server for all the tests of a worker, and a class in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from postgres_server import PostgresServer, running_server
from school import School

from mnemosyne.hub.founding import found_hub


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Yield a server."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="module")
def school(postgres: PostgresServer) -> Iterator[School]:
    """Yield a class without members, for the tests of one module; whoever is in it at the end is removed."""
    hub = postgres.new_database()
    found_hub(hub)
    school = School(postgres, hub)
    yield school
    school.dismiss()
