"""ZIP archives: each file in one becomes a document of its own."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath

from redaction.document import Attachment, HiddenItem, HiddenKind, Unreadable
from redaction.formats.container import opened
from redaction.formats.limits import Limits
from redaction.formats.plain import decode
from redaction.formats.sniff import TORN
from redaction.formats.typeset import TOOL, typeset
from redaction.formats.view import View
from rights.errors import UnreadableError

_LOCKED = 0x1
"""Bit of a file's flags (APPNOTE 4.4.4): it is encrypted."""
_MOST = 2000


def view_archive(data: bytes, limits: Limits) -> View:
    """A page that says how many files there are; the files, their folders' names and the comment.

    Raises:
        UnreadableError: It is torn, or holds more than any real archive.
    """
    view = View(tools=[TOOL])
    with opened(data, limits) as box:
        inside = [i for i in box.infolist() if not i.is_dir()]
        if len(inside) > _MOST:
            raise UnreadableError(
                "format.bomb",
                "The archive holds more files than can be read.",
                "Unpack it, and add the files that matter to the case.",
            )
        for one in inside:
            _take(box, one, view)
        if box.comment.strip():
            said = decode(box.comment)
            view.hidden.append(HiddenItem(HiddenKind.METADATA, "comment of the archive", said))
    said = f"An archive with {len(inside)} files; each is a document of its own."
    view.pdf = typeset(f"<p>{said}</p>")
    return view


def _take(box: zipfile.ZipFile, one: zipfile.ZipInfo, view: View) -> None:
    view.hidden.append(HiddenItem(HiddenKind.ATTACHMENT, "file in the archive", one.filename))
    if one.flag_bits & _LOCKED:
        view.unreadable.append(
            Unreadable(
                "archive.encrypted",
                "A file in the archive is locked with a password.",
                "Ask the source for the password or an unlocked copy.",
            )
        )
        return
    try:
        content = box.read(one)
    except (*TORN, NotImplementedError):
        view.unreadable.append(
            Unreadable(
                "archive.damaged",
                "A file in the archive is damaged and cannot be unpacked.",
                "Open the archive, or ask the source for a sound copy of that file.",
            )
        )
        return
    view.attachments.append(Attachment(PurePosixPath(one.filename).name or "file", content))
