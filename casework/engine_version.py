"""Which finders and rules proposed: a review records them, so that an upgrade can be told."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from redaction.paint.pages import tools

_PARTS = {"finders": "redaction.find", "rules": "redaction.propose"}
_COUNTS = (".py", ".yaml", ".txt", ".csv", ".json")


@cache
def engine_versions() -> tuple[str, ...]:
    """The program's version, and a fingerprint of its finders and of its rules with their data."""
    marks = (f"{name} {_fingerprint(package)}" for name, package in sorted(_PARTS.items()))
    return (f"rightsdesk {version('rightsdesk')}", *marks)


@cache
def painter_version() -> str:
    """What the bytes of a painted page depend on besides its plan: our code and the libraries."""
    return ", ".join((_fingerprint("redaction.paint"), *tools()))


def _fingerprint(package: str) -> str:
    found = sha256()
    for name, content in sorted(_content(files(package), "")):
        found.update(name.encode() + b"\0" + sha256(content).digest())
    return found.hexdigest()[:12]


def _content(folder: Traversable, inside: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        name = f"{inside}/{item.name}"
        if item.is_dir() and not item.name.startswith("__"):
            found += _content(item, name)
        elif item.name.endswith(_COUNTS):
            found.append((name, item.read_bytes()))
    return found
