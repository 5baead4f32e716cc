"""A real PostgreSQL for tests: one throw-away cluster for each test process."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import count

import psycopg
import pytest

from flows.cluster import PrivateCluster, private_postgres
from rights.store.database import Database
from rights.store.migrations import migrate

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres() -> Generator[PrivateCluster]:
    """A running cluster, removed at the end of the test process."""
    with private_postgres() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated(postgres: PrivateCluster) -> str:
    """Name of a database with the case store's tables, to copy from: faster than migrating."""
    database = Database(postgres.url("migrated"))
    migrate(database)
    database.close()
    return "migrated"


@pytest.fixture
def store_postgres_url(postgres: PrivateCluster, migrated: str) -> Iterator[str]:
    """URL of a database of the test's own with the case store's empty tables."""
    name = f"test_{next(_NUMBERS)}"
    admin = postgres.url("postgres").replace("+psycopg", "")
    with psycopg.connect(admin, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {migrated}".encode())
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def postgres_url(postgres: PrivateCluster) -> Iterator[str]:
    """URL of an empty database of the test's own."""
    name = f"test_{next(_NUMBERS)}"
    yield postgres.url(name)
    postgres.drop(name)
