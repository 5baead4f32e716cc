"""The tiny council, written once for all tests of casework."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.review import Review, Shelf
from tests.small_council import SmallTruth, build
from tests.small_office import Small, open_small, receive_letter


@pytest.fixture(scope="session")
def small_council(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SmallTruth]:
    """Where its systems lie, and what is true of them."""
    out = tmp_path_factory.mktemp("small")
    return out, build(out)


@pytest.fixture(scope="session")
def at_review(
    small_council: tuple[Path, SmallTruth], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An office's folder whose case waits for the reviewers."""
    council, truth = small_council
    home = tmp_path_factory.mktemp("review") / "home"
    office = open_small(home, council)
    Small(office, receive_letter(office, truth), truth).until("cast")
    office.store.close()
    return home


@pytest.fixture
def open_review(
    at_review: Path, small_council: tuple[Path, SmallTruth], tmp_path: Path
) -> Iterator[Callable[[], Review]]:
    """The case's review on a copy of its own, as it stands at each call."""
    home = tmp_path / "home"
    shutil.copytree(at_review, home)
    office = open_small(home, small_council[0])
    shelf, ref = Shelf(office), office.store.cases()[0]
    yield lambda: shelf.open(ref)
    office.store.close()
