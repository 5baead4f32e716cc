"""Signed manifests: what was sealed, provable years later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from casework.office import Office, Work
from casework.outward import page_ref
from letters.pack import Pack
from redaction.decisions import PagePlan
from redaction.manifest import (
    Manifest,
    ManifestLeftOut,
    ManifestPage,
    pack_page,
    sign,
    verify,
)
from redaction.paint import PaintedDocument
from redaction.verifying import VerifierResult
from rights.errors import ConfigError, InputError
from rights.store.files import write_new

_KEY = "manifest.key"
_OLD_KEYS = "manifest-*.pub"
"""Public keys that signed before, 64 hexadecimal digits each, beside the one in use."""
_NONE: Mapping[str, str] = {}


def make_manifest(
    work: Work,
    pack: Pack,
    painted: Sequence[PaintedDocument],
    results: Sequence[VerifierResult],
    sources: Mapping[str, str],
    plans: Sequence[PagePlan] = (),
    enclosed: Mapping[str, str] = _NONE,
    editions: Mapping[str, str] = _NONE,
) -> bytes:
    """The signed manifest of a pack; the same pack on the same day gives the same bytes.

    Args:
        work: The case.
        pack: The pack.
        painted: Its documents.
        results: What the verifier said.
        sources: Hash of each document as it came in.
        plans: What was decided on each page of the part; those held back whole are listed.
        enclosed: Hash of each file that goes with it and is no page of it.
        editions: Hash of each other edition of the pack that goes beside it.
    """
    pages = {page_ref(p.document, p.source_page): p for d in painted for p in d.pages}
    manifest = Manifest(
        reference=work.ref,
        sealed_at=work.office.today().isoformat(),
        pack_sha256=pack.sha256,
        sources={d.document: sources[d.document] for d in painted},
        pages=tuple(
            pack_page(pages[p.page_ref], p.number) if p.page_ref else ManifestPage(p.number)
            for p in pack.page_map
        ),
        left_out=tuple(ManifestLeftOut.of(plan) for plan in plans if plan.withheld),
        rules={"law": work.office.law.version},
        tools=tuple(sorted({t for d in painted for t in d.tools} | set(results[0].tools))),
        verifier=results[0].verifier,
        enclosed=enclosed,
        editions=editions,
    )
    return sign(manifest, signing_key(work.office))


def check(office: Office, pack: Path, manifest: Path) -> tuple[str, ...]:
    """Prove that a pack is the one its manifest describes; returns what was proved.

    Raises:
        InputError: a file cannot be read.
        IntegrityError: the manifest or the pack was changed, or they do not belong together.
    """
    try:
        data, envelope = pack.read_bytes(), manifest.read_bytes()
    except OSError:
        raise InputError(
            "pack.unreadable",
            "The pack or the manifest cannot be read.",
            "Check both paths; the pack must be the unencrypted one.",
        ) from None
    body = verify(envelope, trusted_keys(office), pack=data)
    return (
        f"{body['reference']}: the pack is the one that was sealed on {body['sealed_at']}.",
        f"{len(body['pages'])} pages, {len(body['sources'])} source documents, "
        f"{sum(len(p['boxes']) for p in body['pages'])} boxes; verified by {body['verifier']}.",
    )


def trusted_keys(office: Office) -> tuple[Ed25519PublicKey, ...]:
    """The public keys of manifests: the one in use, and those that were before it.

    Where the signing key is not held any more, the old public ones alone still prove.

    Raises:
        ConfigError: an old key cannot be read.
    """
    folder = office.settings.master_key.parent
    try:
        old = [
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(path.read_text("ascii").strip()))
            for path in sorted(folder.glob(_OLD_KEYS))
        ]
    except (OSError, ValueError) as error:
        raise ConfigError(
            "manifest.old_key",
            "An old public key beside the signing key cannot be read.",
            "Each file manifest-*.pub holds one key as 64 hexadecimal digits.",
        ) from error
    held = (folder / _KEY).exists() or not old
    return (*((signing_key(office).public_key(),) if held else ()), *old)


def signing_key(office: Office) -> Ed25519PrivateKey:
    """The key that signs manifests; made on first use beside the master key."""
    path = office.settings.master_key.parent / _KEY
    if not path.exists():
        write_new(path, [Ed25519PrivateKey.generate().private_bytes_raw()])
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
