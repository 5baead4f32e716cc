import hashlib
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from redaction.document import Box
from redaction.manifest import Manifest, ManifestPage, canonical, key_name, sign, verify
from redaction.paint import Fill, PaintedBox
from rights.errors import IntegrityError
from rights.release import DisclosureMode

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BOX = PaintedBox(
    Box(1.1, 2.25, 3.3337, 4), Fill.BLACK, "[third party]", "3P", DisclosureMode.NAMED, "d7"
)
NAME = key_name(KEY.public_key()).encode()
PACK = b"%PDF-1.7 a pack"
MANIFEST = Manifest(
    reference="SAR-2026-0041-K",
    sealed_at="2026-02-03T09:14:00Z",
    pack_sha256="b35df8b57e2dcbeaed1d5bbff62f1ca1dd4d8b3e4a4bd0ee4bdfa95bbcd34ad4",
    sources={"D2": "02" * 32, "D1": "01" * 32},
    pages=(ManifestPage(1), ManifestPage(2, "D1", 4, "ab" * 32, (BOX,))),
    rules={"law": "3", "find": "1"},
    tools=("pikepdf 10", "pillow 13"),
    verifier="redaction.verify 1",
)  # fmt: skip


def sealed(**changes):
    return replace(MANIFEST, pack_sha256=hashlib.sha256(PACK).hexdigest(), **changes)


def test_a_manifest_verifies_with_its_key_and_pack():
    """What was signed comes back, boxes in thousandths of a point."""
    body = verify(sign(sealed(), KEY), [KEY.public_key()], pack=PACK)
    assert body["reference"] == "SAR-2026-0041-K"
    assert body["pages"][1]["boxes"][0]["box"] == [1100, 2250, 3334, 4000]


def test_the_same_manifest_is_always_written_the_same_way():
    """The order in which things were given does not matter, nor the run."""
    turned = sealed(sources={"D1": "01" * 32, "D2": "02" * 32}, rules={"find": "1", "law": "3"})
    assert canonical(turned) == canonical(sealed())
    assert sign(turned, KEY) == sign(sealed(), KEY)


def test_an_old_key_still_verifies_among_newer_ones():
    """Years later the key that signed is found by its name."""
    newer = [Ed25519PrivateKey.generate().public_key() for _ in range(3)]
    assert verify(sign(sealed(), KEY), [*newer, KEY.public_key()])


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda e: e[:40], "manifest.damaged"),
        (lambda e: b"[]", "manifest.damaged"),
        (lambda e: e.replace(b"0041", b"0042"), "manifest.changed"),
        (lambda e: e.replace(b"2250", b"2251"), "manifest.changed"),
        (lambda e: e.replace(NAME, b"0" * 16), "manifest.unknown_key"),
    ],
)  # fmt: skip
def test_a_changed_manifest_is_told(damage, code):
    """Damage, a changed box or an unknown key each has its own code."""
    with pytest.raises(IntegrityError) as raised:
        verify(damage(sign(sealed(), KEY)), [KEY.public_key()])
    assert raised.value.code == code


def test_another_pack_is_told():
    """The manifest of one pack does not vouch for another."""
    with pytest.raises(IntegrityError) as raised:
        verify(sign(sealed(), KEY), [KEY.public_key()], pack=PACK + b" ")
    assert raised.value.code == "manifest.other_pack"
    assert json.loads(sign(sealed(), KEY))["algorithm"] == "Ed25519"
