"""The signed manifest of a pack: what went in, what came out, and by which rules and tools.

Canonical JSON (RFC 8785 in the part used here: sorted keys, no spaces, UTF-8, whole numbers and
strings only), signed with Ed25519 (RFC 8032). The signed text itself is kept in the envelope, so
that it can be verified years later without this program. It holds references, hashes and places,
no name and no covered text; it stays with the council, since it also lists silent boxes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from redaction.decisions import PagePlan
from redaction.document import Box
from redaction.paint.model import PaintedBox, PaintedPage
from rights.errors import IntegrityError
from rights.release import DisclosureMode

FORMAT = 1
_ALGORITHM = "Ed25519"


@dataclass(frozen=True, slots=True)
class ManifestPage:
    """One page of the pack. `document` is None for a page of our own; numbers count from 1."""

    page: int
    document: str | None = None
    source_page: int | None = None
    picture_sha256: str = ""
    boxes: tuple[PaintedBox, ...] = ()


@dataclass(frozen=True, slots=True)
class ManifestLeftOut:
    """A source page that stays back whole: ground, mode and the decision it follows from."""

    document: str
    page: int
    code: str
    mode: DisclosureMode
    cause: str

    @classmethod
    def of(cls, plan: PagePlan) -> ManifestLeftOut:
        """The line of a withheld page."""
        return cls(plan.document, plan.page, plan.code, plan.mode, plan.cause)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was sealed. All hashes are SHA-256 in hexadecimal."""

    reference: str
    sealed_at: str
    """ISO 8601 in UTC, as the caller's clock said."""
    pack_sha256: str
    """Of the unencrypted pack."""
    sources: Mapping[str, str]
    """Hash of the bytes that came in, by document."""
    pages: tuple[ManifestPage, ...]
    rules: Mapping[str, str]
    """Version of each rule set and data file that had a part."""
    tools: tuple[str, ...]
    verifier: str
    left_out: tuple[ManifestLeftOut, ...] = ()
    """Pages of the part that are not in the pack."""
    enclosed: Mapping[str, str] = field(default_factory=dict[str, str])
    """Hash of each file that goes with the answer and is no page of it, by its name."""
    editions: Mapping[str, str] = field(default_factory=dict[str, str])
    """Hash of each other edition of the pack that goes beside it (the text edition), by name."""
    previous: str = ""
    """Hash of the manifest of the part sealed before this one, if any."""


def pack_page(painted: PaintedPage, page: int) -> ManifestPage:
    """A painted page at its place in the pack."""
    return ManifestPage(
        page, painted.document, painted.source_page, painted.picture_sha256, painted.boxes
    )


def canonical(manifest: Manifest) -> bytes:
    """The one way to write a manifest; equal manifests give equal bytes."""
    body = {
        "format": FORMAT,
        "reference": manifest.reference,
        "sealed_at": manifest.sealed_at,
        "pack_sha256": manifest.pack_sha256,
        "sources": dict(manifest.sources),
        "pages": [_page_out(page) for page in manifest.pages],
        "left_out": [_left_out(page) for page in manifest.left_out],
        "rules": dict(manifest.rules),
        "tools": sorted(manifest.tools),
        "verifier": manifest.verifier,
        "previous": manifest.previous,
    }
    if manifest.enclosed:
        body["enclosed"] = dict(manifest.enclosed)
    if manifest.editions:
        body["editions"] = dict(manifest.editions)
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sign(manifest: Manifest, key: Ed25519PrivateKey) -> bytes:
    """The envelope to keep: the canonical text, its signature, and the public key's name."""
    text = canonical(manifest)
    envelope = {
        "algorithm": _ALGORITHM,
        "key": key_name(key.public_key()),
        "manifest": text.decode(),
        "signature": base64.b64encode(key.sign(text)).decode(),
    }
    return json.dumps(envelope, ensure_ascii=False, sort_keys=True, indent=1).encode()


def key_name(key: Ed25519PublicKey) -> str:
    """Short name of a public key: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def verify(
    envelope: bytes, keys: Sequence[Ed25519PublicKey], *, pack: bytes | None = None
) -> Mapping[str, Any]:
    """The manifest's content, once the signature and, if given, the pack's bytes agree with it.

    Args:
        envelope: What `sign` wrote.
        keys: The public keys that are trusted, old ones included.
        pack: The unencrypted pack.

    Raises:
        IntegrityError: The envelope is damaged, signed by no trusted key, changed since, or of
            another pack.
    """
    try:
        outer = json.loads(envelope)
        text = str(outer["manifest"]).encode()
        signature = base64.b64decode(outer["signature"], validate=True)
        named = [k for k in keys if key_name(k) == outer["key"]]
        is_known = outer["algorithm"] == _ALGORITHM
    except (ValueError, KeyError, TypeError) as error:
        raise _broken("manifest.damaged", "The manifest cannot be read.") from error
    if not named or not is_known:
        raise _broken("manifest.unknown_key", "The manifest is signed by no key that is trusted.")
    try:
        named[0].verify(signature, text)
    except InvalidSignature as error:
        raise _broken(
            "manifest.changed", "The manifest was changed after it was signed."
        ) from error
    body: dict[str, Any] = json.loads(text)
    if pack is not None and hashlib.sha256(pack).hexdigest() != body["pack_sha256"]:
        raise _broken("manifest.other_pack", "The pack is not the one that was sealed.")
    return body


def _page_out(page: ManifestPage) -> dict[str, Any]:
    return {
        "page": page.page,
        "document": page.document,
        "source_page": page.source_page,
        "picture_sha256": page.picture_sha256,
        "boxes": [
            {
                "box": _thousandths(b.box),
                "fill": b.fill.value,
                "label": b.label,
                "code": b.code,
                "mode": b.mode.value,
                "cause": b.cause,
            }
            for b in page.boxes
        ],
    }


def _left_out(page: ManifestLeftOut) -> dict[str, Any]:
    return {
        "document": page.document,
        "page": page.page,
        "code": page.code,
        "mode": page.mode.value,
        "cause": page.cause,
    }


def _thousandths(box: Box) -> list[int]:
    # Whole numbers of a thousandth of a point: no program writes them in another way.
    return [round(1000 * v) for v in (box.left, box.top, box.right, box.bottom)]


def _broken(code: str, sentence: str) -> IntegrityError:
    return IntegrityError(
        code, sentence, "Take the manifest and the pack from the backup and tell the DPO."
    )
