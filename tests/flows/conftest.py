"""One running house for all tests of the flows: they are kept on one test process."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.flows.house import House, running_house


@pytest.fixture(scope="session")
def house() -> Generator[House]:
    """PostgreSQL, Prefect server, worker and desk on a tiny council."""
    with running_house() as running:
        yield running
