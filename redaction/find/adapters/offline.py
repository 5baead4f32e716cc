"""No optional finder reaches the network: what the model libraries ask of the environment."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_FLAGS = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def go_offline() -> None:
    """Sets the flags by which these libraries keep from the network; before they are imported."""
    os.environ.update(_FLAGS)


def digest(folder: Path) -> str:
    """The first twelve digits of a SHA-256 over a model's files and their names."""
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0")
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()[:12]
