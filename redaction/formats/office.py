"""LibreOffice, once for a whole batch: starting it costs more than five documents do.

It runs with a profile of its own inside the sandbox, so it neither reads nor leaves anything in a
home folder and never meets another copy of itself. Files have numbers for names.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from redaction.formats.limits import Limits
from redaction.formats.sandbox import Sandbox

_MEMORY_MB = 6144
"""LibreOffice reserves address space generously; it uses about 300 MiB."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""  # noqa: E501 - one setting a line, as LibreOffice writes it


class Target(StrEnum):
    """What to make, as LibreOffice names its filters."""

    PDF = "pdf:writer_pdf_Export"
    DOCX = "docx:MS Word 2007 XML"
    XLSX = "xlsx:Calc MS Excel 2007 XML"

    @property
    def suffix(self) -> str:
        """The extension of what is made."""
        return self.value.partition(":")[0]


@cache
def version() -> str:
    """`LibreOffice` and its version."""
    said = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", "libreoffice-core-nogui"],
        capture_output=True,
        text=True,
        check=False,
    )
    return f"LibreOffice {said.stdout.strip()}".strip()


def convert(
    files: Sequence[tuple[str, bytes]], target: Target, sandbox: Sandbox, limits: Limits
) -> list[bytes]:
    """Converts all files in one run; empty bytes where LibreOffice gave nothing.

    A file that brings LibreOffice down takes the ones behind it along, so what is missing after
    the batch is tried once more, each by itself.

    Args:
        files: Extension ("docx") and bytes of each.
        target: What to make.
        sandbox: Where to work.
        limits: Seconds for the first and for each further file.
    """
    made = _run(list(enumerate(files)), target, sandbox, limits)
    for number, file in enumerate(files):
        if len(files) > 1 and number not in made:
            made |= _run([(number, file)], target, sandbox, limits)
    return [made.get(number, b"") for number in range(len(files))]


def _run(
    files: Sequence[tuple[int, tuple[str, bytes]]],
    target: Target,
    sandbox: Sandbox,
    limits: Limits,
) -> dict[int, bytes]:
    if not files:
        return {}
    source, out, profile = (sandbox.folder / n for n in ("office-in", "office-out", "profile"))
    for folder in (source, out, profile / "user"):
        folder.mkdir(parents=True, exist_ok=True)
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.write_text(_SETTINGS)
    paths = {number: source / f"{number:06d}.{suffix}" for number, (suffix, _) in files}
    for number, (_, data) in files:
        paths[number].write_bytes(data)
    command = [
        "soffice", "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
        f"-env:UserInstallation={profile.as_uri()}", "--convert-to", target.value,
        "--outdir", str(out), *(str(p) for p in paths.values()),
    ]  # fmt: skip
    seconds = limits.office_seconds + limits.office_seconds_each * (len(files) - 1)
    process = sandbox.start(command, _MEMORY_MB)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        pass
    finally:
        _stop(process)
    done: dict[int, bytes] = {}
    for number, path in paths.items():
        result = out / f"{path.stem}.{target.suffix}"
        if result.exists():
            done[number] = result.read_bytes()
            result.unlink()
        path.unlink()
    return done


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends LibreOffice and what it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()
