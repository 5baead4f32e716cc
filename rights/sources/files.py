"""Opening files that a system names, without leaving the folder they belong to."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from rights.errors import UnreadableError

_MEDIA = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".msg": "application/vnd.ms-outlook",
    ".eml": "message/rfc822",
}


def media_of(name: str) -> str:
    """Media type by the file's ending; '' when unknown."""
    ending = PurePosixPath(name).suffix.lower()
    return _MEDIA.get(ending) or mimetypes.guess_type(name)[0] or ""


def open_inside(folder: Path, name: str) -> tuple[Callable[[], bytes], str]:
    """A function that reads the named file below `folder`, and its media type.

    An index is data from outside: a name that climbs out of the folder is refused when read.
    """

    def read() -> bytes:
        root = folder.resolve()
        path = (root / name.replace("\\", "/")).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            raise UnreadableError(
                "sources.file_missing",
                "A file that the source lists is not in its folder.",
                "Ask the system's owner for the file; the search is not complete without it.",
            )
        try:
            return path.read_bytes()
        except OSError as error:
            raise UnreadableError(
                "sources.file_unreadable",
                f"A file that the source lists cannot be opened ({type(error).__name__}).",
                "Check that the service account may read the folder.",
            ) from None

    return read, media_of(name)
