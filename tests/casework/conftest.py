"""The tiny council, written once for all tests of casework."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.review import Review, Shelf
from tests.small_council import SmallTruth, build
from tests.small_office import NOON, PlainAt, Small, open_small, receive_letter


@pytest.fixture(scope="session")
def small_council(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SmallTruth]:
    """Where its systems lie, and what is true of them."""
    out = tmp_path_factory.mktemp("small")
    return out, build(out)


_POINTS = ("people", "match", "cast", "regulator", "approve")


@pytest.fixture(scope="session")
def plain_at(
    small_council: tuple[Path, SmallTruth], tmp_path_factory: pytest.TempPathFactory
) -> PlainAt:
    """One access request, walked once for all tests that begin somewhere on its road."""
    council, truth = small_council
    folder = tmp_path_factory.mktemp("plain")
    kept: dict[str, Path] = {}

    def at(topic: str, home: Path, clock: Callable[[], dt.datetime] = lambda: NOON) -> Small:
        if topic not in kept:
            earlier = [point for point in _POINTS[: _POINTS.index(topic)] if point in kept]
            if earlier:
                shutil.copytree(kept[earlier[-1]], folder / topic)
            office = open_small(folder / topic, council)
            ref = office.store.cases()[0] if earlier else receive_letter(office, truth)
            Small(office, ref, truth).until(topic)
            office.store.close()
            kept[topic] = folder / topic
        shutil.copytree(kept[topic], home)
        office = open_small(home, council, clock)
        return Small(office, office.store.cases()[0], truth)

    return at


@pytest.fixture
def open_review(plain_at: PlainAt, tmp_path: Path) -> Iterator[Callable[[], Review]]:
    """The case's review on a copy of its own, as it stands at each call."""
    small = plain_at("cast", tmp_path / "home")
    shelf = Shelf(small.office)
    yield lambda: shelf.open(small.ref)
    small.office.store.close()
