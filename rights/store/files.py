"""Files that survive a power cut: written beside, synced, then put in place in one step."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from rights.failpoints import failpoint, register

register("files.written", "files.placed", "files.overwritten")

_PARTIAL = ".partial-"


def sync_folder(folder: Path) -> None:
    """Makes the entries of a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def private_folder(folder: Path) -> Path:
    """The folder, made for this user alone when it is not there.

    Parents that are missing are made too; others may pass through them and not list them, because
    the database server below the same home runs as a user of its own.
    """
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700 if each == folder else 0o711, exist_ok=True)
        sync_folder(each.parent)
    return folder


def write_new(path: Path, parts: Iterable[bytes]) -> bool:
    """Writes a file that is not there yet, whole or not at all.

    Returns:
        False when the file is there already; it is left as it is.
    """
    return _write(path, parts, _link)


def replace(path: Path, parts: Iterable[bytes]) -> None:
    """Writes a file in place of one that may be there, whole or not at all."""
    _write(path, parts, _rename)


def _write(path: Path, parts: Iterable[bytes], place: Callable[[Path, Path], bool]) -> bool:
    private_folder(path.parent)
    partial = path.with_name(f"{_PARTIAL}{secrets.token_hex(8)}")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            for part in parts:
                out.write(part)
            out.flush()
            os.fsync(out.fileno())
        failpoint("files.written")
        placed = place(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    sync_folder(path.parent)
    failpoint("files.placed")
    return placed


def _link(partial: Path, path: Path) -> bool:
    # A link, unlike a rename, never replaces what another process has written meanwhile.
    try:
        os.link(partial, path)
    except FileExistsError:
        return False
    return True


def _rename(partial: Path, path: Path) -> bool:
    partial.replace(path)
    return True


def overwrite(handle: int) -> None:
    """Overwrites an open file with random bytes and syncs it.

    On flash memory and on copying file systems old blocks may outlive this; a council that must
    exclude it keeps the keys folder on an encrypted volume.
    """
    size = os.fstat(handle).st_size
    os.pwrite(handle, secrets.token_bytes(size), 0)
    os.fsync(handle)


def destroy_file(path: Path) -> bool:
    """Overwrites and removes a file. False when it is not there."""
    try:
        handle = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return False
    try:
        overwrite(handle)
        failpoint("files.overwritten")
    finally:
        os.close(handle)
    path.unlink()
    sync_folder(path.parent)
    return True


def remove_partials(folder: Path, older_than: dt.timedelta, now: dt.datetime) -> int:
    """Removes what killed writers left below a folder; younger ones may still be written."""
    limit = (now - older_than).timestamp()
    removed = 0
    for path in folder.rglob(f"{_PARTIAL}*"):
        try:
            if path.stat().st_mtime > limit:
                continue
            path.unlink()
        except FileNotFoundError:
            continue  # its writer ended meanwhile
        removed += 1
    return removed
