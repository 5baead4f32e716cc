"""Keys and their rows in the order of the keys, of more records than are held in memory.

Keys are hashes and so lie evenly: runs are sorted in memory and laid aside cut into strips of the
same bounds, and of each strip all runs together are sorted once more.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_STRIPS = 64
_BITS = 48  # of a key
_ROOM = 2_000_000  # pairs held in memory


class KeySorter:
    """Takes pairs of key and row in any order, gives them back in order.

    Args:
        folder: Where what does not fit in memory is laid aside, in a file without a name that is
            gone with this process; None to hold all in memory.
        room: Pairs held in memory.
    """

    def __init__(self, folder: Path | None, room: int = _ROOM) -> None:
        self._folder = folder
        self._room = room
        self._held: list[tuple[Numbers, Numbers]] = []
        self._count = 0
        self._file: IO[bytes] | None = None
        self._runs: list[tuple[int, list[int]]] = []  # pairs before a run, ends of its strips

    def clear(self) -> None:
        """Forgets everything."""
        self._held.clear()
        self._runs.clear()
        self._count = 0
        if self._file:
            self._file.close()
            self._file = None

    def add(self, keys: Numbers, rows: Numbers) -> None:
        """Takes pairs: `rows[i]` has the key `keys[i]`."""
        self._held.append((keys, rows))
        self._count += len(keys)
        if self._folder and self._count >= self._room:
            self._lay_aside(self._folder)

    def _lay_aside(self, folder: Path) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - `clear` closes it
        keys, rows = _sorted(self._held)
        bounds = np.arange(1, _STRIPS + 1, dtype=np.int64) << (_BITS - _STRIPS.bit_length() + 1)
        ends = np.searchsorted(keys, bounds).tolist()
        before = self._file.seek(0, 2) // 16
        pairs = np.stack([keys, rows], axis=1)
        self._file.write(pairs.tobytes())
        self._runs.append((before, [0, *ends]))
        self._held.clear()
        self._count = 0

    def sorted(self) -> Iterator[tuple[Numbers, Numbers]]:
        """All pairs in order, some at a time; nothing is kept of them."""
        if not self._runs or not self._file or not self._folder:
            if self._held:
                yield _sorted(self._held)
        else:
            if self._held:
                self._lay_aside(self._folder)
            for strip in range(_STRIPS):
                parts: list[tuple[Numbers, Numbers]] = []
                for before, ends in self._runs:
                    self._file.seek(16 * (before + ends[strip]))
                    count = ends[strip + 1] - ends[strip]
                    pairs = np.frombuffer(self._file.read(16 * count), np.int64).reshape(-1, 2)
                    parts.append((pairs[:, 0], pairs[:, 1]))
                yield _sorted(parts)
        self.clear()


def _sorted(parts: list[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    keys = np.concatenate([part[0] for part in parts])
    rows = np.concatenate([part[1] for part in parts])
    order = np.lexsort((rows, keys))
    return keys[order], rows[order]
