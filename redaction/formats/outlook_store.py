"""Outlook's data files ([MS-PST]), taken apart by readpst where the administrator installed it.

readpst (pst-utils) is a program of its own and optional. It runs as a child of the reader, so it
has the reader's limits and no network. Each message becomes a document of its own, deleted ones
too.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from redaction.document import Attachment, HiddenItem, HiddenKind
from redaction.formats.container import damaged
from redaction.formats.limits import Limits
from redaction.formats.mail import attach, set_out
from redaction.formats.typeset import TOOL
from redaction.formats.view import View
from rights.errors import UnreadableError

PROGRAM = "readpst"


def view_store(data: bytes, limits: Limits) -> View:
    """A page that counts the folders; every message is an attachment.

    Raises:
        UnreadableError: readpst is not installed, or could not take the file apart.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise UnreadableError(
            "mail.no_readpst",
            "This is an Outlook data file, and the program that takes it apart is not installed.",
            "Have an administrator install pst-utils and read it again, or export the messages "
            "from Outlook as .msg or .eml.",
        )
    view = View(tools=[_version(program), TOOL])
    folders: Counter[str] = Counter()
    for folder, name, message in messages_of(data, program, limits.seconds):
        folders[folder] += 1
        view.hidden.append(HiddenItem(HiddenKind.METADATA, "folder of a message", folder))
        attach(view, Attachment(f"{sum(folders.values()):05d}{Path(name).suffix}", message))
    if not folders:
        raise damaged()
    rows = [(folder, f"{count} messages") for folder, count in sorted(folders.items())]
    set_out(view, [("Mailbox", "Outlook data file"), *rows], [], [], {})
    return view


def messages_of(data: bytes, program: str, seconds: float) -> Iterator[tuple[str, str, bytes]]:
    """Folder, file name and bytes of each message, contact and appointment, in order of names.

    Raises:
        UnreadableError: The program failed or took too long.
    """
    with tempfile.TemporaryDirectory(prefix="pst-") as held:
        source, out = Path(held) / "store.pst", Path(held) / "out"
        source.write_bytes(data)
        out.mkdir()
        # -e: one .eml a message with its attachments; -D: deleted ones too; -j0: one process.
        command = [program, "-e", "-D", "-q", "-j0", "-o", str(out), str(source)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
        except (OSError, subprocess.SubprocessError) as error:
            raise damaged() from error
        if done.returncode != 0:
            raise damaged()
        for path in sorted(p for p in out.rglob("*") if p.is_file() and not p.is_symlink()):
            yield str(path.parent.relative_to(out)), path.name, path.read_bytes()


def _version(program: str) -> str:
    said = subprocess.run([program, "-V"], capture_output=True, text=True, check=False)
    return (said.stdout or said.stderr).strip().split("\n")[0] or PROGRAM
