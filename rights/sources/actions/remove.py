"""Deleting a file that a source lists, without leaving its folder."""

from __future__ import annotations

import os
from pathlib import Path

from rights.errors import SourceError


def inside(source: str, folder: Path, name: str) -> Path:
    """The path of a named file below a folder; the name is data from outside.

    Raises:
        SourceError: ``sources.file_outside``: the name climbs out of the folder.
    """
    root = folder.resolve()
    path = (root / name.replace("\\", "/")).resolve()
    if path == root or not path.is_relative_to(root):
        raise SourceError(
            "sources.file_outside",
            f"A file that the source '{source}' lists lies outside its folder.",
            "Ask the system's owner where the file is; it was not touched.",
        )
    return path


def remove_file(source: str, path: Path) -> bool:
    """Deletes a file for good; False when it was gone already.

    Raises:
        SourceError: ``sources.file_stays``: it may not be deleted.
    """
    try:
        path.unlink()
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise SourceError(
            "sources.file_stays",
            f"A file of the source '{source}' cannot be deleted ({type(error).__name__}).",
            "Check that the service account may delete in that folder, then try again.",
        ) from None
    return True
