"""Presidio's own synthetic sentences: our finders, beside Presidio with a blank pipeline.

The set (../shared/data/text, MIT) is international; ours look for people by record, title and cue
and for British numbers, so the sorts that both mean to find are reported, with and without the
queue. Presidio runs only where it is installed (`.venv-bench/bin/python -m benchmarks synthetic`).
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from redaction.document import Page, ReadDocument
from redaction.find import Finder, capitals
from redaction.find.suggest import load_finder

_SET = Path(__file__).parents[2] / "shared/data/text/presidio_synth_dataset_v2.json"
_SORTS = ("PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "IBAN_CODE", "ZIP_CODE", "GPE", "ORGANIZATION")

Spans = Iterable[tuple[int, int]]


def run() -> bool:
    """Reports; there is no bar."""
    if not _SET.exists():
        print("the synthetic set is not here")
        return True
    rows: list[dict[str, Any]] = json.loads(_SET.read_text("utf-8"))
    finder = Finder(())

    def findings(text: str) -> Spans:
        return [(f.span.start, f.span.end) for f in finder.find(_document(text))]

    def with_queue(text: str) -> Spans:
        document = _document(text)
        found = finder.find(document)
        queue = capitals([document], found, examples=1000)
        return [
            *((f.span.start, f.span.end) for f in found),
            *((s.start, s.end) for c in queue for s in c.spans),
        ]

    _report("ours, no record", rows, findings)
    _report("ours, with the queue", rows, with_queue)
    if find_spec("presidio_analyzer") and find_spec("spacy"):
        presidio = load_finder("presidio", None)
        _report(
            f"presidio {presidio.version}",
            rows,
            lambda text: [(s.start, s.end) for s in presidio.find(text)],
        )
    print("public figures for PERSON with large models, other sets: spaCy, Stanford 82-88 %")
    return True


def _document(text: str) -> ReadDocument:
    return ReadDocument("d", "text/plain", "0", (Page(1, 0, 0, text, ()),))


def _report(name: str, rows: list[dict[str, Any]], find: Callable[[str], Spans]) -> None:
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    begun = time.process_time()
    for row in rows:
        text = row["full_text"]
        covered = bytearray(len(text))
        for start, end in find(text):
            covered[start:end] = b"\1" * (end - start)
        for span in row["spans"]:
            start, end = span["start_position"], span["end_position"]
            letters = [i for i in range(start, min(end, len(text))) if text[i].isalnum()]
            total[span["entity_type"]] += 1
            hits[span["entity_type"]] += bool(letters) and all(covered[i] for i in letters)
    rate = sum(len(r["full_text"]) for r in rows) / (time.process_time() - begun)
    shares = "  ".join(f"{s} {100 * hits[s] / total[s]:.0f}" for s in _SORTS)
    print(f"{name:26} % whole: {shares}   {rate / 1e3:.0f}k characters a second")
