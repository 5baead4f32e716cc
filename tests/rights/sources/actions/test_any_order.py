"""Whatever orders come, however often and in whatever sequence, each key takes effect once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rights.errors import ConflictError
from rights.sources.actions import (
    Annotate,
    Correct,
    Erase,
    Lift,
    Order,
    Receipt,
    Restrict,
    Suppress,
)
from rights.sources.actions.sql import sqlite_write_url
from rights.sources.sql import sqlite_url
from tests.rights.sources.actions.place import COPY, NOTE, NOW, Place, fill

KINDS = st.sampled_from(["erase", "correct", "annotate", "restrict", "lift", "suppress"])
STEPS = st.lists(
    st.tuples(KINDS, st.sampled_from([NOTE, COPY]), st.sampled_from("abc")), min_size=1, max_size=8
)


@pytest.fixture(scope="module")
def blank() -> Iterator[Path]:
    """A filled database to copy from: quicker than making it for every example."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        (base / "case.sqlite").touch()
        fill(at(base), sqlite=True)
        yield base


def at(base: Path) -> Place:
    path = base / "case.sqlite"
    return Place(base, sqlite_url(path), sqlite_write_url(path))


def order_of(place: Place, kind: str, record: str, letter: str) -> Order:
    told = place.actions().state(record).digest
    number = record.partition(":")[2]
    made = {"key": f"{kind}/{number}/{letter}", "record": record, "expected": told}
    match kind:
        case "erase":
            return Erase(**made)
        case "correct":
            return Correct(values=(("TITLE", letter),), **made)
        case "annotate":
            return Annotate(text=f"Statement {letter}", by="the person", **made)
        case "restrict":
            return Restrict(**made)
        case "lift":
            return Lift(restriction=f"restrict/{number}/{letter}", **made)
        case _:
            return Suppress(key=made["key"], values=(("email", f"{letter}@example.org"),))


@settings(max_examples=12, deadline=None)
@given(steps=STEPS, again=st.integers(1, 2))
def test_orders_are_idempotent_and_prove_themselves(
    blank: Path, steps: list[tuple[str, str, str]], again: int
):
    """Each order that is carried out shows at once, and giving it again changes nothing."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name) / "place"
        shutil.copytree(blank, base)
        place = at(base)
        for kind, record, letter in steps:
            order = order_of(place, kind, record, letter)
            there = place.everything()
            try:
                receipt = place.actions().carry_out(order, NOW)
            except ConflictError as error:
                assert error.code == "sources.record_gone"
                assert not place.actions().state(record).present
                assert place.everything() == there
                continue
            assert isinstance(receipt, Receipt)
            assert place.actions().prove(order)
            assert receipt.repeated == (place.everything() == there)
            settled = place.everything()
            for _ in range(again):
                repeat = place.actions().carry_out(order, NOW)
                assert isinstance(repeat, Receipt)
                assert repeat.repeated and repeat.after == receipt.after
                assert place.everything() == settled
