"""The private PostgreSQL cluster."""

from __future__ import annotations

import asyncio
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from flows.cluster import PrivateCluster
from rights.errors import ConfigError
from tests.pg import postgres  # noqa: F401 - fixture


def plain(cluster: PrivateCluster, database: str) -> str:
    return cluster.url(database).replace("+psycopg", "")


def test_cluster_survives_a_restart(postgres: PrivateCluster) -> None:  # noqa: F811
    """Stopping and starting keeps the data; starting twice and stopping twice are safe."""
    with psycopg.connect(plain(postgres, "kept")) as server:
        server.execute("CREATE TABLE t AS SELECT 42 AS x")
    postgres.stop()
    postgres.stop()
    assert not postgres.is_running()
    postgres.start()
    postgres.start()
    assert postgres.is_running()
    with psycopg.connect(plain(postgres, "kept")) as server:
        assert server.execute("SELECT x FROM t").fetchone() == (42,)
    postgres.drop("kept")
    postgres.drop("kept")


def test_nothing_listens_on_the_network(postgres: PrivateCluster) -> None:  # noqa: F811
    """The cluster is reached by its socket only, in a folder closed to others."""
    with psycopg.connect(plain(postgres, "probe")) as server:
        assert server.execute("SHOW listen_addresses").fetchone() == ("",)
    assert not (postgres.folder / "socket").stat().st_mode & 0o077
    postgres.drop("probe")


def test_prefects_driver_connects(postgres: PrivateCluster) -> None:  # noqa: F811
    """The URL for asyncpg, which Prefect uses, reaches the same cluster."""

    async def ask() -> object:
        engine = create_async_engine(postgres.url("prefect", "asyncpg"))
        async with engine.connect() as connection:
            answer = (await connection.execute(text("SELECT current_database()"))).scalar()
        await engine.dispose()
        return answer

    assert asyncio.run(ask()) == "prefect"
    postgres.drop("prefect")


def test_unfit_names_and_folders_are_refused(
    postgres: PrivateCluster,  # noqa: F811
    tmp_path: Path,
) -> None:
    """A database name that is no plain word and a path too long for a socket are named."""
    with pytest.raises(ConfigError):
        postgres.url("x; DROP DATABASE postgres")
    with pytest.raises(ConfigError) as caught:
        PrivateCluster(tmp_path / ("deep" * 30)).start()
    assert caught.value.code == "cluster.path"
