"""``python -m demo OUT --seed N`` writes a synthetic council."""

from __future__ import annotations

import argparse
from pathlib import Path

from demo.generate import generate


def main() -> None:
    """Reads the command line, generates, and says what came out."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another family")
    chosen = parser.parse_args()
    truth = generate(chosen.out, chosen.seed)
    mine = truth.file_of(truth.subject)
    pages = sum(d.pages for d in mine)
    scans = sum(d.pages for d in mine if d.kind == "scan")
    print(f"{len(truth.records)} records, {len(mine)} documents in the subject's file,")
    print(f"about {pages} pages of which {scans} scanned; seed {chosen.seed}.")


if __name__ == "__main__":
    main()
