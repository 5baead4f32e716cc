"""The tiny council, written once for all tests of casework."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_council import SmallTruth, build


@pytest.fixture(scope="session")
def small_council(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SmallTruth]:
    """Where its systems lie, and what is true of them."""
    out = tmp_path_factory.mktemp("small")
    return out, build(out)
