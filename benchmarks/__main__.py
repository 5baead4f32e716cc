"""``python -m benchmarks [NAME ...]``: runs all benchmarks, or those named; ``--list`` lists."""

from __future__ import annotations

import importlib
import sys

BENCHMARKS = {
    "clock": "due date from ten events; fold of 100,000 open cases with their working",
    "finding": "people, numbers and protected facts in invented case files; speed of the finders",
    "identity": "matching beside Splink: FEBRL4, fake_1000, a district of families, fairness",
    "hostile": "a damaged CSV of 2 GB: every bad row named, the rest kept, memory and time",
    "identity_index": "the people index: build, search times and memory, what the keys miss",
    "longcase": "a long case from reading to sealing, killed twice: memory, room, estimate",
    "packs": "a pack of 2,000 verified pages: time and memory against pikepdf alone",
    "painting": "painting, rebuild and verification of pages against render + G4",
    "width": "what a covered surname gives away by what is seen beside it",
    "scans": "scanned pages: turned, read, covered; ordinary words that go with a name",
    "synthetic": "Presidio's synthetic sentences: ours beside Presidio with a blank pipeline",
}
"""Module below this package and what it measures; each has ``run() -> bool`` (bar met)."""


def main(names: list[str]) -> int:
    """Runs them in order; 1 if a bar is missed, 2 for an unknown name."""
    if names == ["--list"]:
        for name, about in BENCHMARKS.items():
            print(f"{name:15} {about}")
        return 0
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. See `python -m benchmarks --list`.")
        return 2
    met = True
    for name in names or BENCHMARKS:
        print(f"== {name}: {BENCHMARKS[name]}")
        met = bool(importlib.import_module(f"benchmarks.{name}").run()) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
