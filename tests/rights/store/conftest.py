"""A case store on each database, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rights.release import CaseRef, Right
from rights.store import CaseStore, StoreSettings
from tests.pg import migrated, postgres, postgres_url, store_postgres_url  # noqa: F401
from tests.rights.store.build import Clock


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store/cases.sqlite"
    return request.getfixturevalue("store_postgres_url")


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bare/cases.sqlite"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> StoreSettings:
    return StoreSettings(
        url=store_url,
        vault=tmp_path / "vault",
        keys=tmp_path / "keys",
        master_key=tmp_path / "secret" / "master.key",
        anchors=tmp_path / "anchors",
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(settings: StoreSettings, clock: Clock) -> Iterator[CaseStore]:
    opened = CaseStore.open(settings, now=clock)
    yield opened
    opened.close()


@pytest.fixture
def case(store: CaseStore) -> CaseRef:
    return store.open_case(Right.ACCESS, 2026, item="item-1")
