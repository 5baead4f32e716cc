"""The one sanctioned clear copy: a folder for the length of one job, swept if the job is killed.

A job holds a kernel lock on its folder, which dies with it; so a sweep can tell a dead job's folder
from a slow one's without trusting process ids or clocks alone.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rights.errors import InputError, IntegrityError
from rights.store.files import private_folder

_NAME = re.compile(r"[A-Za-z0-9-]{1,64}")


@dataclass(frozen=True, slots=True)
class Scratch:
    """Makes clear working folders below one root."""

    root: Path

    @contextmanager
    def job(self, name: str) -> Generator[Path]:
        """A folder only this user can read, removed at the end whatever happened.

        Args:
            name: A case reference or stage, for administrators; no personal data.

        Raises:
            InputError: the name is not one.
            IntegrityError: the folder could not be removed.
        """
        if not _NAME.fullmatch(name):
            raise InputError(
                "scratch.name", "This cannot name a working folder.", "Give a case reference."
            )
        private_folder(self.root)
        folder = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=self.root))
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield folder
        finally:
            try:
                _remove(folder)
            finally:
                os.close(handle)


def sweep(root: Path, older_than: dt.timedelta, now: dt.datetime) -> int:
    """Removes the folders that killed jobs left. Returns how many.

    Args:
        root: The root of `Scratch`.
        older_than: Younger ones are left: their job may be about to take its lock.
        now: The present instant.
    """
    if not root.exists():
        return 0
    limit = (now - older_than).timestamp()
    return sum(
        _sweep_one(folder)
        for folder in sorted(root.iterdir())
        if folder.is_dir() and folder.stat().st_mtime <= limit
    )


def _sweep_one(folder: Path) -> bool:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return False  # its job ended meanwhile
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        _remove(folder)
        return True
    finally:
        os.close(handle)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        raise IntegrityError(
            "scratch.left_behind",
            "A working folder with clear copies could not be removed.",
            "Remove it by hand from the scratch folder, and see who may write there.",
        )
