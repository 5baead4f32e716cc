from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.cluster import PrivateCluster
from rights.sources.actions.sql import sqlite_write_url
from rights.sources.sql import sqlite_url
from tests.pg import private_postgres
from tests.rights.sources.actions.place import Place, fill


@pytest.fixture(scope="session")
def server() -> Iterator[PrivateCluster]:
    """A PostgreSQL for these tests."""
    with private_postgres() as cluster:
        yield cluster


@pytest.fixture
def small(tmp_path: Path) -> Place:
    """The small case system on SQLite."""
    path = tmp_path / "case.sqlite"
    path.touch()
    place = Place(tmp_path, sqlite_url(path), sqlite_write_url(path))
    fill(place, sqlite=True)
    return place


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """The small case system on each kind of database."""
    if request.param == "sqlite":
        return request.getfixturevalue("small")
    url = request.getfixturevalue("server").url("actions")
    found = Place(tmp_path, url, url)
    # Emptying one database is much quicker than making one for each test.
    found.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    fill(found, sqlite=False)
    return found
