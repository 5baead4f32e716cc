"""A case of many pages from reading to a sealed part, killed twice on its way and taken up again.

``python -m benchmarks.longcase --pages 5000``: pages a second by step, the most memory of every
kind of process, room on the disk, and how far the estimate of the first day was off.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.longcase.papers import LongFile, write
from benchmarks.longcase.watch import Watch

MOST_WORKER_MIB = 200.0
"""Bar for a process that paints or verifies pages, whatever the size of the bundle."""
PAGE_WORKERS = ("painting workers", "verifying workers")
_SHORT = 300
_WORK = (
    "import sys; from pathlib import Path; from benchmarks.longcase.work import main; "
    "main(*map(Path, sys.argv[1:4]))"
)
_NAMED = {"read": "reading", "propose": "finding", "seal": "sealing", "answers": "answering"}


def run(pages: int = _SHORT, seed: int = 1, kills: int = 2, folder: Path | None = None) -> bool:
    """Prints the figures; whether the bars are met."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        here = Path(scratch)
        began = time.perf_counter()
        made = write(here / "council", pages, seed)
        kept = {"letter": str(made.truth.letter), "people": made.truth.people}
        (here / "council" / "truth.json").write_text(json.dumps(kept), "utf-8")
        print(
            f"{made.documents:,} documents, {made.size / 1e6:.0f} MB, "
            f"made in {time.perf_counter() - began:.0f} s"
        )
        return _drill(here, made, seed, kills)


def _drill(here: Path, made: LongFile, seed: int, kills: int) -> bool:
    log = here / "log.jsonl"
    log.touch()
    rng = Random(seed)
    stages = ["read", *["seal"] * (kills - 1)] if kills else []
    peaks: dict[str, float] = {}
    room = _Room(here / "home")
    began = time.perf_counter()
    ended = 0
    for stage in [*stages, ""]:
        child = subprocess.Popen(
            # Not by -m: page workers would import the whole of it again before their own work.
            [sys.executable, "-c", _WORK, str(here / "council"), str(here / "home"), str(log)],
            start_new_session=True,
        )
        with Watch(child.pid) as watch:
            done = _until_killed(child, log, stage, rng, room)
        for kind, peak in watch.peaks.items():
            peaks[kind] = max(peaks.get(kind, 0.0), peak)
        ended = child.returncode
        if done:
            break
    wall = time.perf_counter() - began
    if ended != 0:
        print(f"the case stopped with {ended}")
        return False
    return _tell(_lines(log), peaks, room.most, wall, made)


def _until_killed(
    child: subprocess.Popen[bytes], log: Path, stage: str, rng: Random, room: _Room
) -> bool:
    """Waits for the end, or kills it and all below it at a chance moment of the stage."""
    wait = 0.0
    before = _begun(log, stage)
    since: float | None = None
    while child.poll() is None:
        time.sleep(0.2)
        room.look()
        if stage and since is None and _begun(log, stage) > before:
            since = time.monotonic()
            wait = rng.uniform(0.1, 0.6) * _expected(log, stage)
        if since is not None and time.monotonic() - since > wait:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            print(f"killed {wait:.0f} s into {_NAMED[stage]}", flush=True)
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"step": stage, "seconds": wait, "killed": True}) + "\n")
            return False
    return True


def _expected(log: Path, stage: str) -> float:
    """Seconds that the estimate gives to a stage."""
    told = next(x for x in _lines(log) if "estimate" in x)["seconds_by_step"]
    steps = ("read", "ocr") if stage == "read" else ("paint", "verify")
    return sum(float(told[s]) for s in steps)


def _begun(log: Path, stage: str) -> int:
    return sum(x.get("begin") == stage for x in _lines(log))


def _lines(log: Path) -> list[dict[str, Any]]:
    whole = log.read_text("utf-8").splitlines()
    return [json.loads(line) for line in whole]


class _Room:
    """The most that was kept below a folder, in bytes, looked at now and then."""

    def __init__(self, folder: Path) -> None:
        self.most = 0
        self._folder = folder
        self._next = 0.0

    def look(self) -> None:
        if time.monotonic() < self._next:
            return
        size = 0
        for path in self._folder.rglob("*"):
            try:
                size += path.stat().st_size if path.is_file() else 0
            except OSError:
                continue  # gone meanwhile
        self.most = max(self.most, size)
        self._next = time.monotonic() + 5


def _tell(
    lines: list[dict[str, Any]], peaks: dict[str, float], room: int, wall: float, made: LongFile
) -> bool:
    end = next(x for x in lines if x.get("end"))
    seconds: defaultdict[str, float] = defaultdict(float)
    most: defaultdict[str, float] = defaultdict(float)
    for line in lines:
        if "step" in line:
            seconds[line["step"]] += line["seconds"]
            most[line["step"]] = max(most[line["step"]], line.get("peak", 0.0))
    pages = end["pages"]
    print(
        f"{pages:,} pages ({end['scans']} of them pictures), {end['documents']:,} documents, "
        f"{end['proposals']:,} proposals, {end['questions']:,} questions; {wall / 60:.1f} minutes"
    )
    for step, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        if spent >= 1:
            name = _NAMED.get(step, step)
            print(
                f"  {name:18} {spent:8.1f} s {pages / spent:8.1f} pages/s, the case's own process "
                f"{most[step]:6.0f} MiB"
            )
    for kind, peak in sorted(peaks.items(), key=lambda item: -item[1]):
        print(f"  peak of {kind:18} {peak:8.0f} MiB")
    size = end["pack_bytes"]
    print(
        f"  pack of {end['pack_pages']:,} pages, {size / 1e6:.0f} MB, "
        f"{size / end['pack_pages'] / 1e3:.1f} kB a page; painted {end['painted']:,}"
    )
    _tell_estimate(lines, end, seconds, room)
    workers = max((peaks.get(kind, 0.0) for kind in PAGE_WORKERS), default=0.0)
    met = workers < MOST_WORKER_MIB
    print(
        f"  page workers {workers:.0f} MiB, bar {MOST_WORKER_MIB:g}: {'met' if met else 'MISSED'}"
    )
    return met


def _tell_estimate(
    lines: list[dict[str, Any]], end: dict[str, Any], seconds: dict[str, float], room: int
) -> None:
    first = next(x for x in lines if "estimate" in x)
    told = first["estimate"]
    spent = seconds["read"] + seconds["seal"]
    said = sum(first["seconds_by_step"].values())
    print(
        f"  estimate of day one: {told['pages']:,} pages ({_off(told['pages'], end['pages'])}), "
        f"{said:.0f} s ({_off(said, spent)} reading and sealing), "
        f"{first['needs'] / 1e6:.0f} MB ({_off(first['needs'], room)})"
    )
    print(f"  seconds a page on one core as measured: {_rounded(end['rates'])}")


def _off(told: float, true: float) -> str:
    return f"{100 * (told - true) / true:+.0f} % of {true:,.0f}" if true else "-"


def _rounded(rates: dict[str, float]) -> str:
    return ", ".join(f"{step} {rate:.3f}" for step, rate in sorted(rates.items()))


def main() -> int:
    """Reads the arguments and runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=_SHORT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where the case lies meanwhile")
    given = parser.parse_args()
    return 0 if run(given.pages, given.seed, given.kills, given.folder) else 1
