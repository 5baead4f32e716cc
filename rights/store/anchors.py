"""Signed heads of all chains, kept outside the store, which catch what a chain alone cannot.

A hash chain shows a changed or removed event, but not a cut tail or a chain that was made anew. So
the heads are signed (Ed25519, RFC 8032) into an append-only file of JSON lines. Each line names the
cases that moved since the line before, and is chained to it. Whoever can rewrite the store still
lacks the signing key; whoever has both is caught by a copy of the file kept elsewhere.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from rights.errors import ConfigError
from rights.failpoints import failpoint, register
from rights.store.files import private_folder, replace, sync_folder
from rights.store.instants import instant_text

register("anchors.before-write", "anchors.after-write")

_FIRST = "0" * 64
Head = tuple[int, str]
"""Position and hash of the newest entry of a chain."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One signed line.

    Attributes:
        number: Position in the file, from 1.
        day: The day in London it was made for.
        cases: Heads of the cases that moved since the line before.
        access: Head of the access log.
        digest: Hash of the line, to which the next is chained.
    """

    number: int
    day: dt.date
    cases: Mapping[str, Head]
    access: Head
    digest: str


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """What the file holds: the lines that prove themselves, and the numbers of those that do not.

    `torn` says that the newest line was cut off while being written; the next one heals it.
    """

    anchors: tuple[Anchor, ...]
    broken: tuple[int, ...]
    torn: bool

    def heads(self) -> dict[str, Head]:
        """The newest anchored head of every case."""
        return {case: head for anchor in self.anchors for case, head in anchor.cases.items()}


class Anchors:
    """The anchor file with the key that signs it."""

    def __init__(self, folder: Path, signing_key: Path) -> None:
        self._file = folder / "heads.jsonl"
        self._public = folder / "heads.pub"
        self._private = signing_key

    def read(self) -> AnchorFile:
        """Reads and proves every line. A line that fails is named, never skipped in silence."""
        if not self._file.exists():
            return AnchorFile((), (), torn=False)
        *lines, rest = self._file.read_bytes().split(b"\n")
        public = self._public_key()
        anchors: list[Anchor] = []
        broken: list[int] = []
        previous = _FIRST
        for number, line in enumerate(lines, start=1):
            body = _proven(line, public)
            if body is None or body["prev"] != previous or body["n"] != len(anchors) + 1:
                broken.append(number)
                continue
            previous = hashlib.sha256(line).hexdigest()
            anchors.append(_anchor(body, previous))
        # A line that was cut off while being written is followed by one chained to the line
        # before it. It is taken for such only while the chain over it is whole.
        healed = {n for n in broken if _is_fragment(lines[n - 1]) and n < len(lines)}
        return AnchorFile(
            tuple(anchors), tuple(n for n in broken if n not in healed), torn=bool(rest)
        )

    def add(
        self, day: dt.date, now: dt.datetime, cases: Mapping[str, Head], access: Head
    ) -> Anchor:
        """Signs the heads into a new line, durable before this returns."""
        key = self._signing_key()
        known = self.read()
        newest = known.anchors[-1].digest if known.anchors else _FIRST
        body: dict[str, Any] = {
            "n": len(known.anchors) + 1,
            "prev": newest,
            "day": day.isoformat(),
            "at": instant_text(now),
            "cases": dict(cases),
            "access": access,
        }
        body["sig"] = base64.b64encode(key.sign(_canonical(body))).decode("ascii")
        line = _canonical(body)
        failpoint("anchors.before-write")
        self._append((b"\n" if known.torn else b"") + line + b"\n")
        failpoint("anchors.after-write")
        return _anchor(body, hashlib.sha256(line).hexdigest())

    def _append(self, data: bytes) -> None:
        private_folder(self._file.parent)
        handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # One write: a crash leaves the old file or one cut-off line at its end.
            os.write(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(self._file.parent)

    def _signing_key(self) -> Ed25519PrivateKey:
        if not self._private.exists():
            if self._file.exists():
                raise ConfigError(
                    "anchors.key_missing",
                    "The key that signs the anchors is missing although anchors are there.",
                    "Put back the signing key from its backup.",
                )
            fresh = Ed25519PrivateKey.generate()
            pem = fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            replace(self._private, [pem])
        key = load_pem_private_key(self._private.read_bytes(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ConfigError(
                "anchors.key_form",
                "The key that signs the anchors is not an Ed25519 key.",
                "Put back the signing key from its backup.",
            )
        if not self._public.exists():
            pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            replace(self._public, [pem])
        return key

    def _public_key(self) -> Ed25519PublicKey:
        """The signing key's own public half where it is at hand; the file beside otherwise."""
        if self._private.exists():
            return self._signing_key().public_key()
        if self._public.exists():
            key = load_pem_public_key(self._public.read_bytes())
            if isinstance(key, Ed25519PublicKey):
                return key
        raise ConfigError(
            "anchors.key_missing",
            "There is no key to check the anchors with.",
            "Put back the signing key, or heads.pub beside the anchors.",
        )


def _canonical(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode("ascii")


def _proven(line: bytes, public: Ed25519PublicKey) -> dict[str, Any] | None:
    """The body of a line whose signature holds."""
    try:
        body: dict[str, Any] = json.loads(line)
        signature = base64.b64decode(body.pop("sig"))
        public.verify(signature, _canonical(body))
    except (ValueError, KeyError, AttributeError, TypeError, InvalidSignature):
        return None
    return body


def _is_fragment(line: bytes) -> bool:
    """Whether a line can be the beginning of one that was cut off."""
    try:
        json.loads(line)
    except ValueError:
        return not line.endswith(b"}")
    return False


def _anchor(body: Mapping[str, Any], digest: str) -> Anchor:
    return Anchor(
        number=body["n"],
        day=dt.date.fromisoformat(body["day"]),
        cases={case: (head[0], head[1]) for case, head in body["cases"].items()},
        access=(body["access"][0], body["access"][1]),
        digest=digest,
    )
