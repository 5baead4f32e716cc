from __future__ import annotations

from pathlib import Path

import pytest

from demo.generate import generate
from demo.truth import Truth


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """One generated council, seed 1, shared by the tests that only read it."""
    out = tmp_path_factory.mktemp("council")
    return out, generate(out, 1)
