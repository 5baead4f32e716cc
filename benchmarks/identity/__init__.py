"""How well records are matched, beside Splink on the same data in one run.

The decision rule was fixed before the first run: of each query the best candidate, taken when its
probability is at least one half, guards off. Needs `.venv-bench`.
"""

from __future__ import annotations


def run() -> bool:
    """Prints the tables; whether the bars are met."""
    from benchmarks.identity import peers, uk

    met = [peers.run(), uk.run()]
    return all(met)
