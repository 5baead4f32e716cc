"""The processes below one: what each is for, and the most memory that each has had."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

_EVERY = 0.1
"""Seconds between two looks; the kernel keeps the peak, so a look may be missed and not the peak
of a process that lives longer."""
_KIB = 1024.0


class Watch:
    """Looks at a process and all below it until it is stopped.

    Attributes:
        peaks: The most memory of one process of each kind, in MiB (VmHWM of proc(5)).
        seen: How many processes of each kind there were.
    """

    def __init__(self, pid: int) -> None:
        self.peaks: dict[str, float] = {}
        self.seen: Counter[str] = Counter()
        self._known: dict[int, str] = {}
        self._root = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(_EVERY):
            self._look(self._root, "the case")

    def _look(self, pid: int, kind: str) -> None:
        folder = Path("/proc", str(pid))
        try:
            peak = _peak((folder / "status").read_text("ascii", "replace"))
            below = (folder / "task" / str(pid) / "children").read_text("ascii").split()
            for thread in (folder / "task").iterdir():
                if thread.name != str(pid):
                    below += (thread / "children").read_text("ascii").split()
        except OSError:
            return  # it ended meanwhile
        if self._known.get(pid) != kind:
            self._known[pid] = kind
            self.seen[kind] += 1
        self.peaks[kind] = max(self.peaks.get(kind, 0.0), peak)
        for child in below:
            self._look(int(child), _kind(int(child), kind))


def _peak(status: str) -> float:
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return float(line.split()[1]) / _KIB
    return 0.0


def _kind(pid: int, above: str) -> str:
    """What a process is for, by its command line and by what started it."""
    try:
        command = Path("/proc", str(pid), "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return above
    if "tesseract" in command:
        return "tesseract"
    if "soffice" in command:
        return "LibreOffice"
    if "redaction.verify" in command:
        return "the verifier"
    if "redaction.formats" in command:
        return "readers"
    if "spawn_main" in command:
        return "verifying workers" if above == "the verifier" else "painting workers"
    if "resource_tracker" in command:
        return "helpers"
    return above if above != "the case" else "helpers"
